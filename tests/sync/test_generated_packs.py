"""Whatever a trusted colleague's file holds: it is refused whole in one sentence, or the program works on as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.core.search import search
from samenleven_desktop.services.exchange.apply_pack import apply_pack, preview_pack
from samenleven_desktop.services.exchange.received_packs import list_conflicts, list_waiting, pack_lines, take_back
from samenleven_desktop.services.governments.queries import dossier, list_governments
from samenleven_desktop.services.importing.open_data import export_all
from samenleven_desktop.services.lists.queries import RECORDS, ListRequest
from samenleven_desktop.services.offers.queries import catalogue
from samenleven_desktop.services.reports.kinds import document_of, report_bytes
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.safekeeping import history
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.start.start_summary import start_summary
from tests.builders import WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of
from tests.sync.generated_packs import Generator
from tests.sync.test_damaged_packs import everything
from tests.sync.test_taking_back import newest, state

ENGLISH = Language("en")


def works(one: Colleague, other: Colleague) -> None:
    """Every list, dossier, the start, offers, search, history, bin, inbox, list of files; and a file for another."""
    ask = one.workspace.query
    for rows in RECORDS.values():
        ask(rows.ask, ListRequest(everything=True))
    for line in ask(list_governments, mine=False):
        if line.mine or line.member_count is not None:
            ask(dossier, line.id, 2)
    ask(start_summary)
    ask(catalogue, 2)
    ask(search, "gewist")
    ask(list_conflicts)
    ask(list_waiting)
    ask(history.list_history, limit=50)
    ask(history.list_bin, one.workspace.now)
    pack_lines(one.workspace)
    one.workspace.undo_names()
    other.take(one.give(other))
    assert other.digest == one.digest


def unwell(one: Colleague) -> list[str]:
    """What the health check finds, except that an attachment came without its content: that it says, and rightly."""
    return [problem.code for problem in check_health(one.workspace) if problem.code != "contents"]


def reports(one: Colleague, *endings: str) -> None:
    """Every kind of report as a document, and as files with these endings."""
    mine = [line.id for line in one.workspace.query(list_governments)][:2]
    session = one.workspace.query(support.list_sessions, mine[0])[0].id
    for kind in REPORT_KINDS.values():
        ids = (mine[0],) if kind.of_one else tuple(mine)
        request = ReportRequest(kind.id, ids, 2, session_id=session if kind.id == "session" else None)
        document = one.workspace.query(document_of, request, ENGLISH)
        for ending in endings:
            assert report_bytes(document, ending)


def take(two: Colleague, path: Path, *, back: bool) -> None:
    """Takes a pack over, after taking it back once, to exactly the state of before, unless it erases."""
    before = state(two)
    got = two.take(path)
    if back and got.changes and not got.erased:
        take_back(two.workspace, newest(two))
        assert state(two) == before
        two.take(path)


def play(work_file: WorkFile, folder: Path, packs: int, seed: int) -> tuple[int, int]:
    """Returns how many packs were taken over and refused; the store keeps what was taken over."""
    one, two, third = (copy_of(work_file, folder, name) for name in ("one", "two", "third"))
    try:
        all_know(one, two, third)
        two.take(one.give(two))
        generator, taken, refused = Generator(one, two, seed), 0, 0
        before = everything(two)
        for _ in range(packs):
            path = generator.pack(folder)
            try:
                preview_pack(two.workspace, path)
            except UserError as refusal:
                said = ENGLISH.error(refusal)
                assert path.name in said
                assert "\n" not in said
                with pytest.raises(UserError):
                    apply_pack(two.workspace, path)
                assert everything(two) == before
                refused += 1
            else:
                take(two, path, back=taken % 3 == 0)
                before = everything(two)
                taken += 1
                if taken % 4 == 0:
                    works(two, third)
                    before = everything(two)
                if taken % 20 == 0:
                    reports(two)
                    assert unwell(two) == []
            path.unlink()
        works(two, third)
        reports(two, ".pdf", ".xlsx", ".csv", ".ods")
        assert export_all(two.workspace)
        assert unwell(two) == []
        return taken, refused
    finally:
        for who in (one, two, third):
            who.close()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_fifty_packs(seed: int, work_file: WorkFile, tmp_path: Path) -> None:
    taken, refused = play(work_file, tmp_path, 50, seed)
    assert taken > 10
    assert refused > 10


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(100, 110))
def test_two_thousand_packs(seed: int, work_file: WorkFile, tmp_path: Path) -> None:
    taken, refused = play(work_file, tmp_path, 200, seed)
    assert taken > 40
    assert refused > 40
