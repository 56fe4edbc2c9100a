"""Nothing is lost: undo to the start and redo to the end, the log replayed, values and deleted records put back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.core.command import AnyCommand, FieldEdit
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment, ChangeCommitments, DeleteCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.offers.commands import UseOffer
from samenleven_desktop.services.offers.queries import list_offers, uses
from samenleven_desktop.services.people.commands import AddContact, ChangeContact, ContactContent, DeleteContact
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.safekeeping.history import field_history, list_bin
from samenleven_desktop.services.safekeeping.restore_commands import PutDeletedBack, PutValueBack
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions.commands import (
    ChangeSession,
    DeleteSession,
    NewAgreement,
    RegisterSession,
    SessionContent,
)
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
    AddKpiEntry,
    CompleteAgreement,
    DeleteAgreement,
)
from samenleven_desktop.services.sessions.queries import list_agreements, list_sessions, list_tracks
from samenleven_desktop.services.sessions.track_commands import AddTrack, DeleteTrack, TrackContent
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage import replay
from samenleven_desktop.storage.models import TRACKED, table_of
from samenleven_desktop.storage.view import View
from tests.builders import TODAY, WorkFile, action_ids
from tests.digest import content_digest


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def digest(workspace: Workspace) -> str:
    with workspace.store.read() as connection:
        return content_digest(View(connection))


def replayed_digest(workspace: Workspace, empty: WorkFile, folder: Path) -> str:
    """The log of a work file played on a new, empty one."""
    file = empty.copy_to(folder, "leeg.samenlevendb")
    other = open_workspace(file.path, Runtime(day=TODAY), file.passphrase)
    try:
        with workspace.store.read() as source, other.store.write_untracked() as target:
            target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for name, model in TRACKED.items():
                for row in replay.rows_of_log(source, name).values():
                    target.execute(insert(table_of(model)).values(**row))
        return digest(other)
    finally:
        other.close()


class Coach:
    """Runs a command made of what is there; `step` and `pick` come from the search."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.governments = [workspace.query(government_by_code, code).id for code in ("12025", "12021", "12009")]

    def run(self, step: str, pick: int) -> bool:
        command = self._command(step, pick)
        if command is None:
            return False
        try:
            self.workspace.run(command)
        except UserError:
            return False
        return True

    def _command(self, step: str, pick: int) -> AnyCommand | None:
        ask, government = self.workspace.query, self.governments[pick % 3]
        text = f"woord {pick} <é&\"'>"
        content = SessionContent(TODAY, 540, 600 + pick, SessionMode.VISIT, (government,), text)

        def one(found: list[object], make: Callable[[object], AnyCommand]) -> AnyCommand | None:
            return make(found[pick % len(found)]) if found else None

        commitments = ask(list_commitments, 2, [government])
        makers: dict[str, Callable[[], AnyCommand | None]] = {
            "contact": lambda: AddContact(ContactContent(text, government)),
            "rename": lambda: one(
                ask(list_contacts), lambda it: ChangeContact(it.id, ContactContent(text, it.government_id))
            ),
            "forget": lambda: one(ask(list_contacts), lambda it: DeleteContact(it.id)),
            "session": lambda: RegisterSession(content, (NewAgreement(Party.COACH, text, TODAY),)),
            "rewrite": lambda: one(ask(list_sessions), lambda it: ChangeSession(it.id, content)),
            "unsession": lambda: one(ask(list_sessions), lambda it: DeleteSession(it.id, it.day)),
            "agree": lambda: AddAgreement(government, Party.GOVERNMENT, text, None),
            "done": lambda: one(ask(list_agreements), lambda it: CompleteAgreement(it.id, TODAY)),
            "disagree": lambda: one(ask(list_agreements), lambda it: DeleteAgreement(it.id)),
            "commit": lambda: one(
                self.workspace.plan.action(5).targets, lambda it: AddCommitment(government, 3, it.id, 5, 40)
            ),
            "numbers": lambda: one(
                commitments,
                lambda it: ChangeCommitments((FieldEdit(it.id, "confirmed", pick), FieldEdit(it.id, "note", text))),
            ),
            "uncommit": lambda: one(commitments, lambda it: DeleteCommitment(it.id)),
            "count": lambda: one(commitments, lambda it: AddKpiEntry(it.id, TODAY, EntryKind.INCREMENT, pick, text)),
            "use": lambda: one(
                commitments,
                lambda it: UseOffer(ask(list_offers)[0].id, government, TODAY, it.id, price_cents=pick),
            ),
            "track": lambda: AddTrack(government, TrackContent(text, TODAY)),
            "untrack": lambda: one(ask(list_tracks), lambda it: DeleteTrack(it.id)),
            "back": lambda: one(ask(list_bin, self.workspace.now), lambda it: PutDeletedBack(it.command_id)),
        }
        return makers[step]()


STEPS = (
    "contact", "rename", "forget", "session", "rewrite", "unsession", "agree", "done", "disagree", "commit", "numbers",
    "uncommit", "count", "use", "track", "untrack", "back",
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 40)), max_size=25))
def test_undo_to_the_start_redo_to_the_end_and_the_log_replayed(
    work_file: WorkFile, empty_template: WorkFile, steps: list[tuple[str, int]]
) -> None:
    with TemporaryDirectory() as folder:
        file = work_file.copy_to(Path(folder))
        workspace = open_workspace(file.path, Runtime(day=TODAY), file.passphrase)
        try:
            # The newest step of the builder can be undone too.
            before = digest(workspace)
            coach = Coach(workspace)
            done = sum(coach.run(*step) for step in steps)
            after = digest(workspace)
            for _ in range(done):
                workspace.undo()
            assert digest(workspace) == before
            for _ in range(done):
                workspace.redo()
            assert digest(workspace) == after == replayed_digest(workspace, empty_template, Path(folder))
            assert not [one for one in check_health(workspace) if one.code != "backup"]
        finally:
            workspace.close()


def test_a_value_comes_back_from_the_history_of_its_field(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    commitment = workspace.query(list_commitments, 2, [mechelen])[0]
    first = commitment.confirmed
    for number in (70, 80):
        workspace.run(ChangeCommitments((FieldEdit(commitment.id, "confirmed", number),)))
    found = workspace.query(field_history, "commitment", commitment.id, "confirmed")
    assert [one.value for one in found] == [80, 70, first]
    assert all(one.officer == "coach Rivierenland" for one in found)
    assert workspace.run(PutValueBack("commitment", commitment.id, "confirmed", 70)).result
    assert workspace.query(list_commitments, 2, [mechelen])[0].confirmed == 70
    assert len(workspace.query(field_history, "commitment", commitment.id, "confirmed")) == 4
    workspace.undo()
    assert workspace.query(list_commitments, 2, [mechelen])[0].confirmed == 80
    workspace.run(DeleteCommitment(commitment.id))
    with pytest.raises(UserError, match="no longer there"):
        workspace.run(PutValueBack("commitment", commitment.id, "confirmed", 70))


def test_dates_come_back_as_dates(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    agreement = workspace.run(AddAgreement(mechelen, Party.COACH, "bellen", date(2024, 5, 1))).result
    workspace.run(CompleteAgreement(agreement, TODAY))
    assert [one.value for one in workspace.query(field_history, "follow_up", agreement, "done_on")] == [TODAY, None]
    workspace.run(PutValueBack("follow_up", agreement, "done_on", None))
    assert next(one for one in workspace.query(list_agreements) if one.id == agreement).done_on is None


def test_the_bin_brings_back_what_hung_on_a_record(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    content = SessionContent(TODAY, 540, 600, SessionMode.VISIT, (mechelen,), "een verslag", action_ids=action_ids(5))
    session = workspace.run(RegisterSession(content, (NewAgreement(Party.COACH, "zaal vragen", TODAY),))).result
    before = digest(workspace)
    workspace.run(DeleteSession(session, TODAY))
    (line,) = workspace.query(list_bin, workspace.now)
    assert line.records == {"support_session": 1, "follow_up": 1}
    assert (line.governments, line.words) == (("Mechelen",), "een verslag")
    workspace.run(PutDeletedBack(line.command_id))
    assert digest(workspace) == before
    assert workspace.query(list_bin, workspace.now) == []
    with pytest.raises(UserError, match="nothing left"):
        workspace.run(PutDeletedBack(line.command_id))


def test_a_reference_comes_back_with_the_record_it_named(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    commitment = workspace.query(list_commitments, 2, [mechelen])[0]
    offer = workspace.query(list_offers)[0].id
    use = workspace.run(UseOffer(offer, mechelen, TODAY, commitment.id)).result
    before = digest(workspace)
    workspace.run(DeleteCommitment(commitment.id))
    assert next(one for one in workspace.query(uses, [mechelen], TODAY, TODAY) if one.id == use).commitment_id is None
    workspace.run(PutDeletedBack(workspace.query(list_bin, workspace.now)[0].command_id))
    assert digest(workspace) == before


def test_a_record_whose_place_was_taken_does_not_come_back(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    commitment = workspace.query(list_commitments, 2, [mechelen])[0]
    workspace.run(DeleteCommitment(commitment.id))
    line = workspace.query(list_bin, workspace.now)[0]
    workspace.run(AddCommitment(mechelen, 2, commitment.target_id, 1, 9))
    before = digest(workspace)
    with pytest.raises(UserError, match="taken its place"):
        workspace.run(PutDeletedBack(line.command_id))
    assert digest(workspace) == before


def test_the_bin_keeps_for_ninety_days(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    workspace.run(DeleteContact(workspace.run(AddContact(ContactContent("diensthoofd", mechelen))).result))
    now = datetime.now(UTC)
    assert len(workspace.query(list_bin, now + timedelta(days=89))) == 1
    assert workspace.query(list_bin, now + timedelta(days=91)) == []
