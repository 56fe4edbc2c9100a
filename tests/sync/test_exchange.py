"""Two colleagues exchange work by file: nothing is lost, what both changed is asked, a pack can be let go again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.plan import TargetKind
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.readmodels.exchange import Choice, ConflictKind
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.exchange.apply_pack import apply_pack, preview_pack
from samenleven_desktop.services.exchange.colleagues import list_colleagues
from samenleven_desktop.services.exchange.conflict_commands import ResolveConflicts
from samenleven_desktop.services.exchange.folder import received_numbers
from samenleven_desktop.services.exchange.received_packs import list_waiting
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment, ChangeCommitments
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.people.commands import AddAttachment, AddContact, ContactContent
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions.commands import NewAgreement, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, AddKpiEntry
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.queries.conflicts import conflicts
from tests.builders import TODAY, WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of, newcomer
from tests.sync.forging import opened


@pytest.fixture
def pair(work_file: WorkFile, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague]]:
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    yield one, two
    one.close()
    two.close()


def commitment(workspace: Workspace) -> str:
    mechelen = workspace.query(government_by_code, "12025").id
    lines = workspace.query(list_commitments, 2, [mechelen])
    return min(line.id for line in lines)


def edit(one: Colleague, field: str, value: object) -> None:
    one.workspace.run(ChangeCommitments((FieldEdit(commitment(one.workspace), field, value),)))


def inbox(one: Colleague) -> list:
    return one.workspace.query(lambda reading: conflicts(reading.view))


def test_what_one_wrote_the_other_has(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    edit(one, "note", "eerste nota")
    mechelen = one.workspace.query(government_by_code, "12025").id
    one.workspace.run(AddAgreement(mechelen, Party.COACH, "bel terug", None))
    shown = preview_pack(two.workspace, pack := one.give(two))
    assert (shown.new, shown.changed, shown.deleted, shown.conflicts) == (1, 1, 0, ())
    before = two.digest
    assert preview_pack(two.workspace, pack) == shown
    assert two.digest == before
    assert two.take(pack).different == ()
    assert two.digest == one.digest


@pytest.mark.slow
def test_a_newcomer_gets_everything(work_file: WorkFile, tmp_path: Path) -> None:
    one, two = copy_of(work_file, tmp_path, "one"), newcomer(tmp_path, "two")
    all_know(one, two)
    got = two.take(one.give(two))
    assert got.different == ()
    assert got.waiting == ()
    assert two.digest == one.digest
    assert check_health(two.workspace) == []
    one.close()
    two.close()


@pytest.mark.slow
def test_what_both_changed_is_asked_and_the_choice_travels(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    edit(one, "note", "van een")
    edit(two, "note", "van twee")
    two.take(one.give(two))
    one.take(two.give(one))
    assert one.digest == two.digest
    (mine,), (theirs,) = inbox(one), inbox(two)
    assert mine.id == theirs.id
    assert (mine.mine.value, mine.theirs.value) == ("van een", "van twee")
    assert (theirs.mine.value, theirs.theirs.value) == ("van twee", "van een")
    one.workspace.run(ResolveConflicts({mine.id: Choice.BOTH}))
    assert inbox(one) == []
    two.take(one.give(two))
    assert inbox(two) == []
    assert one.digest == two.digest
    kept = {line.id: line for line in two.workspace.query(list_commitments, 2, None)}[commitment(two.workspace)]
    assert kept.note == "van een\n\nvan twee"


def test_equal_content_is_no_conflict(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    edit(one, "note", "hetzelfde")
    edit(two, "note", "hetzelfde")
    assert two.take(one.give(two)).conflicts == ()
    assert inbox(two) == []


@pytest.mark.slow
def test_a_deletion_against_an_edit_is_asked(pair: tuple[Colleague, Colleague]) -> None:
    from samenleven_desktop.services.kpi.commands import DeleteCommitment

    one, two = pair
    row = commitment(one.workspace)
    edit(two, "note", "nog bezig")
    one.workspace.run(DeleteCommitment(row))
    got = two.take(one.give(two))
    one.take(two.give(one))
    assert one.digest == two.digest
    (asked,) = [line for line in inbox(two) if line.table_name == "commitment"]
    assert got.conflicts
    assert asked.kind is ConflictKind.DELETED
    two.workspace.run(ResolveConflicts({asked.id: Choice.MINE}))
    assert row in {line.id for line in two.workspace.query(list_commitments, 2, None)}
    one.take(two.give(one))
    assert inbox(one) == []
    assert one.digest == two.digest


@pytest.mark.slow
def test_a_pack_is_let_go_and_taken_again(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    edit(one, "note", "eerste nota")
    edit(two, "motivation", "eigen werk")
    before, vector = two.digest, two.workspace.query(_vector)
    pack = one.give(two)
    two.take(pack)
    assert two.digest != before
    after = two.digest
    two.workspace.undo()
    assert two.digest == before
    assert two.workspace.query(_vector) == vector
    assert check_health(two.workspace) == []
    two.take(pack)
    assert two.digest == after


def test_undo_of_a_pack_that_was_built_on_is_a_new_edit(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    edit(one, "note", "eerste nota")
    before = two.digest
    two.take(one.give(two))
    edit(two, "note", "verder gewerkt")
    two.workspace.undo()
    two.workspace.undo()
    assert two.digest == before
    one.take(two.give(one))
    assert one.digest == two.digest
    two.workspace.redo()
    assert two.digest != before


def test_the_same_pack_twice_changes_nothing(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    edit(one, "note", "eerste nota")
    pack = one.give(two)
    two.take(pack)
    names = two.workspace.undo_names()
    again = two.take(pack)
    assert (again.changes, again.new, again.changed) == (0, 0, 0)
    assert two.workspace.undo_names() == names


@pytest.mark.slow
def test_taking_over_can_be_stopped_at_any_part_and_then_nothing_is_changed(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    edit(one, "note", "eerste nota")
    pack, before = one.give(two), two.digest

    def stop_after(count: int) -> Callable[[str], None]:
        told: list[str] = []

        def progress(part: str) -> None:
            told.append(part)
            if len(told) > count:
                raise UserError("stopped")

        return progress

    stopped = 0
    while True:
        try:
            apply_pack(two.workspace, pack, stop_after(stopped))
            break
        except UserError:
            assert two.digest == before
            assert two.workspace.undo_names().undo is None or "File" not in two.workspace.undo_names().undo[0]
            stopped += 1
    assert stopped >= 7
    assert two.digest == one.digest


def test_only_what_the_colleague_lacks_goes(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    one.take(two.give(one))
    edit(one, "note", "eerste nota")
    got = two.take(one.give(two))
    assert (got.changes, got.known) == (1, 0)
    line = next(line for line in list_colleagues(one.workspace))
    assert (line.heard, line.waiting) == (True, 1)


def _vector(reading: object) -> dict:
    from samenleven_desktop.storage.exchange import outgoing

    return outgoing.vector(reading.view.connection)  # type: ignore[attr-defined]


def add_commitment(one: Colleague) -> str:
    mechelen = one.workspace.query(government_by_code, "12025").id
    taken = {line.target_code for line in one.workspace.query(list_commitments, 2, [mechelen])}
    target = next(
        target.id
        for action in one.workspace.plan.actions
        for target in action.targets
        if target.kind is TargetKind.COUNT and target.in_year(2) is not None and target.code not in taken
    )
    return one.workspace.run(AddCommitment(mechelen, 2, target, existing_reach=0, requested=9, confirmed=9)).result


@pytest.mark.slow
def test_rows_that_come_before_their_parents_wait(pair: tuple[Colleague, Colleague]) -> None:
    """A backup that was put back, or as here a file that was let go again: the sender counts on what is not there."""
    one, two = pair
    commitment_id = add_commitment(one)
    first = one.give(two)
    two.take(first)
    one.take(two.give(one))
    two.workspace.undo()
    one.workspace.run(AddKpiEntry(commitment_id, TODAY, EntryKind.INCREMENT, 3, "telling"))
    second = one.give(two)
    before = two.digest
    got = two.take(second)
    assert (got.changes, got.new, got.left_to_decide) == (1, 0, True)
    assert [(line.table_name, line.needs_table, line.rows) for line in got.waiting] == [("kpi_entry", "commitment", 1)]
    assert got.missing_packs == (1,)
    assert list(got.waiting) == two.workspace.query(list_waiting)
    assert two.digest == before
    assert check_health(two.workspace) == []
    again = two.take(first)
    assert (again.new, again.waiting, again.different) == (2, (), ())
    assert two.workspace.query(list_waiting) == []
    assert two.digest == one.digest
    assert check_health(two.workspace) == []


@pytest.mark.slow
def test_the_file_that_is_missing_is_named(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    packs = []
    for note in ("eerste nota", "tweede nota"):
        edit(one, "note", note)
        packs.append(one.give(two))
        assert two.take(packs[-1]).missing_packs == ()
        one.take(two.give(one))
    two.workspace.undo()
    edit(one, "note", "derde nota")
    got = two.take(one.give(two))
    assert (got.number, got.missing_packs, got.left_to_decide) == (3, (2,), True)
    assert two.take(packs[1]).missing_packs == ()
    assert two.digest == one.digest


def test_team_numbers_hold_no_person_and_no_text_and_are_never_merged(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    mechelen = one.workspace.query(government_by_code, "12025").id
    planted = "Qzwxwoord"
    one.workspace.run(AddContact(ContactContent(f"{planted}naam", mechelen, role=planted, note=planted)))
    for field in ("note", "motivation", "anchor_moments"):
        edit(one, field, planted)
    content = SessionContent(TODAY, 540, 600, SessionMode.VISIT, (mechelen,), f"Verslag {planted}.")
    agreement = NewAgreement(Party.COACH, planted, None)
    one.workspace.run(RegisterSession(content, (agreement,), ()))
    one.workspace.run(AddKpiEntry(commitment(one.workspace), TODAY, EntryKind.INCREMENT, 3, planted))
    one.workspace.run(AddAttachment(mechelen, f"{planted}.txt", planted.encode()))
    pack = one.give(two, profile=Profile.NUMBERS)
    inside = opened(pack, two)
    assert planted not in repr((inside.manifest, inside.body, inside.contents))
    assert [inside.body[name] for name in ("commands", "changes", "places", "erasures", "redactions")] == [[]] * 5
    assert (inside.manifest["scopes"], inside.manifest["contents"]) == ([], [])
    before, steps = two.digest, two.workspace.undo_names()
    got = two.take(pack)
    assert (got.profile, got.changes, got.left_to_decide) == (Profile.NUMBERS, 0, False)
    assert (two.digest, two.workspace.undo_names()) == (before, steps)
    (numbers,) = received_numbers(two.workspace)
    assert numbers["colleague"] == "coach Rivierenland"
    mine = {
        # Earlier versions read a number where there is no entry.
        line.target_code: line.existing_reach if line.reached_to_date is None else line.reached_to_date
        for line in one.workspace.query(list_commitments, 2, [mechelen])
    }
    year = next(year for gov in numbers["governments"] if gov["code"] == "12025" for year in gov["years"][1:2])
    assert {target["code"]: target["reached_to_date"] for target in year["targets"]} == mine
