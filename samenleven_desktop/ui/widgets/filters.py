"""Filters a table by its columns: a popup to enter a condition, and chips above the table to show and remove them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.models.column import Column, ValueKind
from samenleven_desktop.ui.models.row_filter import (
    Condition,
    caption,
    condition_words,
    offered,
    read_condition,
    value_words,
)
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.basic import Field, button
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.popup import Popup
from samenleven_desktop.ui.widgets.responsive import FlowArea
from samenleven_desktop.ui.widgets.shortcuts import part_key
from samenleven_desktop.ui.widgets.table import RowsTable

KEYS = "Ctrl+L"
NO_WORDS = N_("Type what to look for.")
_WIDTH = 300


class FilterPopup(Popup):
    """Column, comparison, value: Enter filters, Escape closes. `chosen` emits the condition.

    It also sorts, for keyboard users: `sort_wanted` emits the column and the order.
    """

    chosen = Signal(object)
    sort_wanted = Signal(object, object)

    def __init__(self, columns: Sequence[Column[Any]], language: Language, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._language, self._today = language, today
        self._columns = list(columns)
        text = language.text
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.setSpacing(8)
        self.column = Chooser()
        self.column.addItems([column.filter_name or column.title for column in self._columns])
        self.how = Chooser()
        self.how.setAccessibleName(text("Comparison"))
        self.value_edit = QLineEdit()
        box.addWidget(Field(text("Column"), self.column))
        box.addWidget(self.how)
        self.field = Field(text("Value"), self.value_edit)
        self.field.caption.hide()
        box.addWidget(self.field)
        line = QHBoxLayout()
        line.setSpacing(4)
        for words, order in (
            (text("Sort up"), Qt.SortOrder.AscendingOrder),
            (text("Sort down"), Qt.SortOrder.DescendingOrder),
        ):
            line.addWidget(button(words, partial(self._sort, order), kind="link"))
        line.addStretch(1)
        self.apply = button(text("Filter"), self._accept, kind="primary")
        line.addWidget(self.apply)
        box.addLayout(line)
        self.column.currentIndexChanged.connect(lambda _: self._offer())
        self.how.currentIndexChanged.connect(lambda _: self._show_value())
        self.value_edit.returnPressed.connect(self._accept)
        self._offer()

    def wished_size(self) -> QSize:
        """Includes an error, whose text wraps."""
        layout = self.layout()
        return QSize(_WIDTH, layout.totalHeightForWidth(_WIDTH) if layout is not None else 0)

    def least_height(self) -> int:
        return self.wished_size().height()

    def ask(self, column: Column[Any], present: Condition | None) -> None:
        """Shows a column and its present condition."""
        self.column.setCurrentIndex(self._columns.index(column))
        if present is not None:
            self.how.setCurrentIndex(offered(column).index(present.how))
            self.value_edit.setText(value_words(present.value, self._value_kind(present), self._language))
        (self.value_edit if self.value_edit.isEnabled() else self.how).setFocus()
        self.value_edit.selectAll()

    def _value_kind(self, condition: Condition) -> ValueKind:
        column = self._columns[self.column.currentIndex()]
        return column.kind if not isinstance(condition.value, str) else ValueKind.TEXT

    def _offer(self) -> None:
        column = self._columns[self.column.currentIndex()]
        self.how.clear()
        self.how.addItems([self._language.text(caption(column.kind, how)) for how in offered(column)])

    def _show_value(self) -> None:
        """Disables the value for empty and not empty; the input is kept for the other comparisons."""
        how = offered(self._columns[self.column.currentIndex()])[max(self.how.currentIndex(), 0)]
        self.value_edit.setEnabled(Condition("", how).needs_value)
        self.field.show_error("")

    def _sort(self, order: Qt.SortOrder) -> None:
        self.close()
        self.sort_wanted.emit(self._columns[self.column.currentIndex()], order)

    def _accept(self) -> None:
        column = self._columns[self.column.currentIndex()]
        how = offered(column)[self.how.currentIndex()]
        try:
            condition = read_condition(column, how, self.value_edit.text(), self._language, self._today)
            if condition.value == "":
                raise UserError(NO_WORDS, field="value")
        except UserError as error:
            self.field.show_error(self._language.error(error))
            self.value_edit.setFocus()
            return
        self.close()
        self.chosen.emit(condition)


class FilterBar(FlowArea):
    """The conditions above a table, each with a button to remove it, and a button to add one (Ctrl+L).

    Enables the funnels in the header of the table. `scope` is where the shortcut works; by default in the table.
    """

    conditions_changed = Signal()

    def __init__(
        self, theme: Theme, language: Language, table: RowsTable, today: date, scope: QWidget | None = None
    ) -> None:
        super().__init__()
        self._theme, self._language, self._table, self._today = theme, language, table, today
        text = language.text
        self.add_button = button(f"+ {text('Filter')}", self.ask, kind="chipadd")
        self.add_button.setAccessibleName(text("Filter on a column"))
        self.add_button.setToolTip(f"{text('Filter on a column')} ({KEYS})")
        self._columns = [one for one in table.rows_model.columns if one.filter_name or one.title]
        table.filter_head.offer_filters()
        table.filter_head.filter_wanted.connect(self._ask_section)
        part_key(scope or table, KEYS, text("Filter on a column"), self.ask)
        self._draw()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return self._table.rows_model.conditions

    def set_conditions(self, conditions: Sequence[Condition]) -> None:
        """Replaces the filter of the table by these conditions."""
        if tuple(conditions) != self.conditions:
            self._table.rows_model.set_filter(conditions, self._today)
            self._draw()
            self.conditions_changed.emit()

    def ask(self) -> None:
        """Opens the popup for the current column."""
        self._ask_section(max(self._table.currentIndex().column(), 0))

    def _ask_section(self, section: int) -> None:
        column = self._table.rows_model.columns[section]
        if column not in self._columns:
            column = self._columns[0]
        present = next((one for one in self.conditions if one.column == column.name), None)
        popup = FilterPopup(self._columns, self._language, self._today, self)
        popup.chosen.connect(partial(self._add_condition, present))
        popup.sort_wanted.connect(self._sort)
        popup.ask(column, present)
        head = self._table.filter_head
        place = QPoint(head.sectionViewportPosition(section), 0)
        popup.open_under(head, QRect(place, QSize(head.sectionSize(section), head.height())))
        popup.activateWindow()

    def _sort(self, column: Column[Any], order: Qt.SortOrder) -> None:
        self._table.sort_by(self._table.rows_model.columns.index(column), order)
        self._table.setFocus()

    def _add_condition(self, replaced: Condition | None, condition: Condition) -> None:
        kept = [
            one
            for one in self.conditions
            if (one.column, one.how) != (condition.column, condition.how)
            and not (one == replaced and one.column == condition.column)
        ]
        self.set_conditions([*kept, condition])
        self._table.setFocus()

    def _remove(self, condition: Condition) -> None:
        self.set_conditions([one for one in self.conditions if one != condition])
        self.add_button.setFocus()

    def _draw(self) -> None:
        for widget in self.shown:
            if widget is not self.add_button:
                widget.hide()
                widget.deleteLater()
        columns = self._table.rows_model.columns
        self.arrange(
            [
                *(
                    self._chip(condition_words(one, columns, self._language), partial(self._remove, one))
                    for one in self.conditions
                ),
                self.add_button,
            ]
        )
        self._table.filter_head.viewport().update()

    def _chip(self, words: str, remove: Callable[[], None]) -> QWidget:
        remove_text = self._language.text("remove")
        chip = button(f"{words} ", remove, kind="chip")
        chip.setProperty("removable", True)
        self._theme.keep(chip, lambda: chip.setIcon(self._theme.icon("x", "muted", 12)))
        chip.setIconSize(QSize(12, 12))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setAccessibleName(f"{words}: {remove_text}")
        chip.setToolTip(remove_text)
        return chip
