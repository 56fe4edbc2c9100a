"""A column that was dragged keeps its width: after new rows, on another page, and in the next session."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from samenleven_desktop.ui.preferences import Preferences
from samenleven_desktop.ui.widgets.table import RowsTable
from tests.builders import WorkFile
from tests.pages.window import WindowPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui


def governments(window: WindowPage) -> RowsTable:
    page = window.application.shell.show_page("governments")
    window.settle()
    return next(one for one in page.findChildren(RowsTable) if one.isVisible())


def edge_of(table: RowsTable, section: int) -> QPoint:
    head = table.horizontalHeader()
    return QPoint(head.sectionViewportPosition(section) + head.sectionSize(section) - 1, 8)


def drag(table: RowsTable, section: int, by: int) -> int:
    """Drags the edge of a column; returns its width after that."""
    head, edge = table.horizontalHeader().viewport(), edge_of(table, section)
    QTest.mouseMove(head, edge)
    QTest.mousePress(head, Qt.MouseButton.LeftButton, pos=edge)
    for step in (by // 2, by):
        QTest.mouseMove(head, edge + QPoint(step, 0))
    QTest.mouseRelease(head, Qt.MouseButton.LeftButton, pos=edge + QPoint(by, 0))
    return table.columnWidth(section)


def test_a_column_that_was_dragged_keeps_its_width(open_window: Open, practice_file: WorkFile) -> None:
    window = open_window(practice_file.path)
    table = governments(window)
    before = table.columnWidth(0)
    dragged = drag(table, 0, -80)
    assert dragged < before - 50
    window.application.shell.resize(1300, 800)
    window.application.shell.show_page("start")
    assert governments(window).columnWidth(0) == dragged
    preferences = window.application.preferences
    preferences.save()
    kept = Preferences(preferences._path).list_widths
    assert [list(columns.values()) for columns in kept.values()] == [[dragged]]


def test_a_double_click_on_the_edge_gives_the_width_back(open_window: Open, practice_file: WorkFile) -> None:
    window = open_window(practice_file.path)
    table = governments(window)
    dragged = drag(table, 0, -80)
    QTest.mouseDClick(table.horizontalHeader().viewport(), Qt.MouseButton.LeftButton, pos=edge_of(table, 0))
    # Rows that came meanwhile may ask some pixels more or less than before.
    assert table.columnWidth(0) > dragged + 50
    assert not any(window.application.preferences.list_widths.values())


@pytest.mark.parametrize("wrong", ["wide", {"a": 3}, {"a": {"b": "c"}}, {"a": {"b": -4}}, {"a": {"b": 10**9}}])
def test_widths_of_a_damaged_file_are_not_believed(tmp_path: Path, wrong: object) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(json.dumps({"list_widths": wrong}))
    assert not any(Preferences(path).list_widths.values())
