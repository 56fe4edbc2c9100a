"""After a pack came: conflicts by name, taking a pack back, and what a shared folder tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.readmodels.exchange import Choice, FolderState
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.exchange.conflict_commands import ResolveConflicts
from samenleven_desktop.services.exchange.folder import FolderLine, prepare_scan, scan_folder
from samenleven_desktop.services.exchange.received_packs import list_conflicts, look_at_undo, pack_lines, take_back
from samenleven_desktop.services.exchange.status import watch_folder
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import ChangeCommitments
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.sessions.commands import ChangeSession, SessionContent
from samenleven_desktop.services.sessions.track_commands import AddTrack, TrackContent
from samenleven_desktop.services.workfile.workspace import Workspace
from tests.builders import TODAY, WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of


@pytest.fixture
def pair(work_file: WorkFile, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague]]:
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    yield one, two
    one.close()
    two.close()


def commitment(workspace: Workspace) -> str:
    mechelen = workspace.query(government_by_code, "12025").id
    return min(line.id for line in workspace.query(list_commitments, 2, [mechelen]))


def edit(one: Colleague, field: str, value: object) -> None:
    one.workspace.run(ChangeCommitments((FieldEdit(commitment(one.workspace), field, value),)))


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
    (asked,) = [found for found in two.workspace.query(list_conflicts) if found.field == "track_id"]
    assert (asked.mine.words, asked.theirs.words) == ("Taalbeleid", "Oefenkansen")
    two.workspace.run(ResolveConflicts({asked.id: Choice.THEIRS}))
    kept = {found.id: found.track_id for found in two.workspace.query(support.list_sessions, mechelen)}
    assert kept[line.id] == tracks[0]


@pytest.mark.slow
def test_any_pack_is_taken_back_and_looking_first_changes_nothing(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    edit(one, "note", "eerste nota")
    two.take(one.give(two))
    edit(one, "motivation", "tweede pak")
    two.take(one.give(two))
    edit(two, "note", "verder gewerkt")
    newest, older = pack_lines(two.workspace)
    before = two.digest
    look = {pack.number: look_at_undo(two.workspace, pack.command_id or "") for pack in (newest, older)}
    assert (look[1].built_upon, look[1].colleague) == (True, "coach Rivierenland")
    assert two.digest == before
    take_back(two.workspace, older.command_id or "")
    kept = {line.id: line for line in two.workspace.query(list_commitments, 2, None)}[commitment(two.workspace)]
    assert (kept.note, kept.motivation) == ("verder gewerkt", "tweede pak")
    with pytest.raises(UserError):
        take_back(two.workspace, older.command_id or "")
    assert [pack.standing for pack in pack_lines(two.workspace)] == [True, False]
    one.take(two.give(one))
    assert one.digest == two.digest
    assert check_health(two.workspace) == []


def lines_for(who: Colleague) -> list[FolderLine]:
    asked = prepare_scan(who.workspace)
    assert asked is not None
    return scan_folder(asked)


def test_a_folder_tells_what_lies_in_it_for_me(pair: tuple[Colleague, Colleague], tmp_path: Path) -> None:
    one, two = pair
    team = tmp_path / "team"
    team.mkdir()
    for who in pair:
        watch_folder(who.workspace, team)
    edit(one, "note", "eerste nota")
    made = one.give(two).rename(team / "een.samenleven")
    notes = {line.path.name: line.state for line in lines_for(two)}
    assert notes == {"een.samenleven": FolderState.NEW}
    asked = prepare_scan(two.workspace)
    assert asked is not None
    first = scan_folder(asked)
    assert scan_folder(asked, first) == first
    two.take(made)
    asked = prepare_scan(two.workspace)
    assert asked is not None
    assert [line.state for line in scan_folder(asked, first)] == [FolderState.KNOWN]
    own = one.give(two)
    own.rename(team / own.name)
    states = {line.path.name: line.state for line in lines_for(one)}
    assert states == {"een.samenleven": FolderState.OTHERS, own.name: FolderState.OWN}
