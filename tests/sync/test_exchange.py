"""Two colleagues exchange work by file: nothing is lost, what both changed is asked, a pack can be let go again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.exchange_rows import Choice, ConflictKind
from samenleven_desktop.services import support
from samenleven_desktop.services.command import FieldEdit
from samenleven_desktop.services.commands.commitments import ChangeCommitments
from samenleven_desktop.services.commands.conflicts import ResolveConflicts
from samenleven_desktop.services.commands.dossier import AddAgreement
from samenleven_desktop.services.commands.sessions import ChangeSession, SessionContent
from samenleven_desktop.services.commands.tracks import AddTrack, TrackContent
from samenleven_desktop.services.exchange.folder import FolderState, look_at
from samenleven_desktop.services.governments import government_by_code
from samenleven_desktop.services.kpi import list_commitments
from samenleven_desktop.services.workspace import Workspace
from samenleven_desktop.storage.queries.conflicts import conflicts
from tests.builders import TODAY, WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of, newcomer


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
    from samenleven_desktop.domain.rows import Party

    one.workspace.run(AddAgreement(mechelen, Party.COACH, "bel terug", None))
    shown = two.workspace.exchange.preview(pack := one.give(two))
    assert (shown.new, shown.changed, shown.deleted, shown.conflicts) == (1, 1, 0, ())
    before = two.digest
    assert two.workspace.exchange.preview(pack) == shown
    assert two.digest == before
    assert two.take(pack).different == ()
    assert two.digest == one.digest


def test_a_newcomer_gets_everything(work_file: WorkFile, tmp_path: Path) -> None:
    one, two = copy_of(work_file, tmp_path, "one"), newcomer(tmp_path, "two")
    all_know(one, two)
    got = two.take(one.give(two))
    assert got.different == ()
    assert got.waiting == ()
    assert two.digest == one.digest
    assert two.workspace.check() == []
    one.close()
    two.close()


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


def test_a_deletion_against_an_edit_is_asked(pair: tuple[Colleague, Colleague]) -> None:
    from samenleven_desktop.services.commands.commitments import DeleteCommitment

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
    assert two.workspace.check() == []
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


def test_only_what_the_colleague_lacks_goes(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    one.take(two.give(one))
    edit(one, "note", "eerste nota")
    got = two.take(one.give(two))
    assert (got.changes, got.known) == (1, 0)
    line = next(line for line in one.workspace.exchange.colleagues())
    assert (line.heard, line.waiting) == (True, 1)


def _vector(reading: object) -> dict:
    from samenleven_desktop.storage.exchange import gathering

    return gathering.vector(reading.view.connection)  # type: ignore[attr-defined]


def test_rows_that_come_before_their_parents_wait(pair: tuple[Colleague, Colleague]) -> None:
    assert support is not None


def test_a_disputed_record_is_told_by_its_name(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    mechelen = one.workspace.query(government_by_code, "12025").id
    names = ("Oefenkansen", "Taalbeleid")
    tracks = [one.workspace.run(AddTrack(mechelen, TrackContent(name, TODAY))).result for name in names]
    two.take(one.give(two))
    line = one.workspace.query(support.list_sessions, mechelen)[0]
    for who, track in zip(pair, tracks, strict=True):
        content = SessionContent(
            line.day, line.start_minute, line.end_minute, line.form, (mechelen,), line.report, track_id=track
        )
        who.workspace.run(ChangeSession(line.id, content))
    two.take(one.give(two))
    (asked,) = [found for found in inbox(two) if found.field == "track_id"]
    assert (asked.mine.words, asked.theirs.words) == ("Taalbeleid", "Oefenkansen")
    two.workspace.run(ResolveConflicts({asked.id: Choice.THEIRS}))
    kept = {found.id: found.track_id for found in two.workspace.query(support.list_sessions, mechelen)}
    assert kept[line.id] == tracks[0]


def test_any_pack_is_taken_back_and_looking_first_changes_nothing(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    edit(one, "note", "eerste nota")
    two.take(one.give(two))
    edit(one, "motivation", "tweede pak")
    two.take(one.give(two))
    edit(two, "note", "verder gewerkt")
    newest, older = two.workspace.exchange.packs()
    before = two.digest
    look = {pack.number: two.workspace.exchange.look_at_undo(pack.command_id or "") for pack in (newest, older)}
    assert (look[1].built_upon, look[1].colleague) == (True, "coach Rivierenland")
    assert two.digest == before
    two.workspace.exchange.take_back(older.command_id or "")
    kept = {line.id: line for line in two.workspace.query(list_commitments, 2, None)}[commitment(two.workspace)]
    assert (kept.note, kept.motivation) == ("verder gewerkt", "tweede pak")
    with pytest.raises(UserError):
        two.workspace.exchange.take_back(older.command_id or "")
    assert [pack.standing for pack in two.workspace.exchange.packs()] == [True, False]
    one.take(two.give(one))
    assert one.digest == two.digest
    assert two.workspace.check() == []


def test_a_folder_tells_what_lies_in_it_for_me(pair: tuple[Colleague, Colleague], tmp_path: Path) -> None:
    one, two = pair
    team = tmp_path / "team"
    team.mkdir()
    for who in pair:
        who.workspace.exchange.watch(team)
    edit(one, "note", "eerste nota")
    made = one.give(two).rename(team / "een.samenleven")
    notes = {line.path.name: line.state for line in two.workspace.exchange.look_in_folder()}
    assert notes == {"een.samenleven": FolderState.NEW}
    asked = two.workspace.exchange.ask_folder()
    assert asked is not None
    first = look_at(asked)
    assert look_at(asked, first) == first
    two.take(made)
    asked = two.workspace.exchange.ask_folder()
    assert asked is not None
    assert [line.state for line in look_at(asked, first)] == [FolderState.KNOWN]
    own = one.give(two)
    own.rename(team / own.name)
    states = {line.path.name: line.state for line in one.workspace.exchange.look_in_folder()}
    assert states == {"een.samenleven": FolderState.OTHERS, own.name: FolderState.OWN}
