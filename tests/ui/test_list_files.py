"""Lists of the window as files: every list of records comes back unchanged and whole; overviews are no import."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.interchange.tables.writer import write_table
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.importing.run import preview, read_workbook, wish_for
from samenleven_desktop.services.kpi.queries import list_commitments, list_entries
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.ui.list_export import list_in_sight, save_list, table_of
from samenleven_desktop.ui.screens.columns import entry_columns
from samenleven_desktop.ui.screens.support.screen import SupportScreen
from samenleven_desktop.ui.widgets.choice import TabBar
from samenleven_desktop.ui.widgets.lazy_rows import FIRST_BLOCK
from samenleven_desktop.ui.widgets.table import RowsTable
from tests.pages.screens import ImportPage
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".ods"])
def test_every_list_on_screen_comes_back_unchanged(window: WindowPage, tmp_path: Path, ending: str) -> None:
    """A list of records names its kind and changes nothing; any other list is no import."""
    workspace, taken = window.workspace, dict[str, int]()
    for number, (name, table) in enumerate(lists_on_screen(window)):
        path = tmp_path / f"{number}{ending}"
        path.write_bytes(write_table(table_of(window.application, table), ending))
        sheet = read_workbook(path).sheets[0]
        if not any(str(one).startswith("Kenmerk van") for one in sheet.rows[0]) or "Op koers" in sheet.rows[0]:
            with pytest.raises(UserError, match=r"This is an overview|come with the program"):
                wish_for(workspace, sheet)
            continue
        mapping = wish_for(workspace, sheet)
        assert mapping is not None
        plan = preview(workspace, path.name, sheet, mapping)
        assert {row.state for row in plan.rows} == {RowState.SAME}, (name, plan.kind, plan.header)
        taken[plan.kind] = taken.get(plan.kind, 0) + 1
    assert taken.keys() >= {"sessions", "commitments", "entries", "uses", "offers", "follow-ups", "tracks", "contacts"}


def lists_on_screen(window: WindowPage) -> Iterator[tuple[str, RowsTable]]:
    """Every list with rows, of every page and every part of a dossier; the first row of each is chosen, as entries
    stand behind a row."""
    seen = set[int]()
    window.open_page("governments")
    window.governments.open("Mechelen")
    for page in ("dossier", *window.application.shell.sidebar.entries):
        if page != "dossier":
            window.open_page(page)
        shown = window.application.shell.page(page)
        for bar in shown.findChildren(TabBar) or [None]:
            for part in range(bar.count() if bar is not None else 1):
                if bar is not None:
                    bar.setCurrentIndex(part)
                    window.settle()
                for table in shown.findChildren(RowsTable):
                    if table.isVisible():
                        for row in range(min(4, len(table.rows_model.rows))):
                            table.setCurrentIndex(table.model().index(row, 0))
                            window.settle()
                            yield from fresh(shown, page, seen)
                yield from fresh(shown, page, seen)


def fresh(shown: QWidget, page: str, seen: set[int]) -> Iterator[tuple[str, RowsTable]]:
    for table in shown.findChildren(RowsTable):
        if table.rows_model.rows and id(table) not in seen:
            seen.add(id(table))
            yield f"{page}: {table.accessibleName()}", table


@pytest.mark.slow
def test_all_rows_of_a_long_list_go_to_excel(window: WindowPage, tmp_path: Path) -> None:
    """Only the newest of a long list are loaded at first."""
    mechelen = window.workspace.query(government_by_code, "12025").id
    for minute in range(FIRST_BLOCK + 10):
        content = SessionContent(date(2024, 3, 8), minute, minute + 60, SessionMode.PHONE, (mechelen,))
        window.workspace.run(RegisterSession(content))
    window.open_page("support")
    shown = window.screen("support", SupportScreen).sessions
    window.until(lambda: len(shown.rows_model.rows) == FIRST_BLOCK)
    save_list(window.application, shown, tmp_path / "sessies.csv")
    window.until((tmp_path / "sessies.csv").exists)
    lines = read_workbook(tmp_path / "sessies.csv").sheets[0].rows
    assert len(lines) == 1 + len(shown.rows_model.rows) > FIRST_BLOCK + 10


def test_an_overview_or_governments_are_refused_with_a_sentence(window: WindowPage, tmp_path: Path) -> None:
    window.open_page("governments")
    shown = list_in_sight(window.shell)
    assert shown is not None
    save_list(window.application, shown, tmp_path / "besturen.csv")
    window.until((tmp_path / "besturen.csv").exists)
    page = ImportPage(window, tmp_path / "besturen.csv").screen
    window.until(lambda: "komen met het programma mee" in page.ui.problem.text())


def test_a_corrected_entry_is_no_part_of_the_sum(window: WindowPage) -> None:
    workspace = window.workspace
    mine = workspace.query(list_commitments, 2)[0]
    first = workspace.run(AddKpiEntry(mine.id, date(2024, 3, 8), EntryKind.READING, 960)).result
    workspace.run(AddKpiEntry(mine.id, date(2024, 3, 8), EntryKind.READING, 62, corrects_id=first))
    old, new = (one for one in workspace.query(list_entries, [mine.id]) if one.units in (960, 62))
    old, new = sorted((old, new), key=lambda one: one.corrected, reverse=True)
    number = next(
        one for one in entry_columns(window.screen("support", SupportScreen).context) if one.title == "Aantal"
    )
    assert number.value is not None
    assert [(number.text(one), number.value(one)) for one in (old, new)] == [("(960)", None), ("62", 62)]
