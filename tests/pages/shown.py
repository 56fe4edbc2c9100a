"""What a page shows, as words: labels, buttons, fields, choices, rows of lists, and what is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QTabBar,
    QWidget,
)

from samenleven_desktop.ui.models.list_model import LOOK_ROLE
from samenleven_desktop.ui.screens.reports.screen import ReportsScreen
from samenleven_desktop.ui.widgets.calendar import CalendarGrid
from samenleven_desktop.ui.widgets.map import MapWidget


def shown(page: QWidget) -> list[str]:
    """One line per visible part, in the order in which the parts are read: within each part from top to bottom."""
    lines = [line for one in _in_reading_order(page) for line in _lines(one)]
    if isinstance(page, ReportsScreen):
        lines.append(f"report {page.report}")
    return lines


def _in_reading_order(part: QWidget) -> Iterator[QWidget]:
    inside = [one for one in part.children() if isinstance(one, QWidget) and one.isVisibleTo(part)]
    for one in sorted(inside, key=lambda one: (one.y(), one.x())):
        yield one
        yield from _in_reading_order(one)


def _lines(one: QWidget) -> Iterator[str]:
    if isinstance(one.parentWidget(), QHeaderView | QAbstractSpinBox | QComboBox | QTabBar):
        return
    if isinstance(one, QLabel) and one.text():
        yield f"label {one.text()}"
    elif isinstance(one, QAbstractButton) and one.text():
        yield f"button {one.text()} {one.isChecked()} {one.isEnabled()}"
    elif isinstance(one, QLineEdit):
        yield f"field {one.text()}"
    elif isinstance(one, QAbstractSpinBox):
        yield f"number {one.text()}"
    elif isinstance(one, QComboBox):
        yield f"choice {one.currentText()} of {[one.itemText(row) for row in range(one.count())]}"
    elif isinstance(one, QTabBar):
        yield f"tabs {[one.tabText(place) for place in range(one.count())]} at {one.currentIndex()}"
    elif isinstance(one, QListWidget):
        for row in range(one.count()):
            item = one.item(row)
            yield f"item {item.text()} {item.checkState()} {item.isHidden()}"
    elif isinstance(one, QAbstractItemView) and not isinstance(one, QHeaderView):
        name = one.accessibleName()
        yield from (f"row of {name}: {words}" for words in _rows(one.model()))
    elif isinstance(one, CalendarGrid):
        yield f"calendar {one.agenda} {one.day}"
    elif isinstance(one, MapWidget):
        yield from (f"area {area}" for area in one.areas)


def _rows(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        head = model.headerData(row, Qt.Orientation.Vertical)
        cells = [model.index(row, column) for column in range(model.columnCount())]
        yield f"{head} " + " | ".join(str(cell.data(LOOK_ROLE) or cell.data()) for cell in cells)
