"""The card around every list: title, filter, table, empty state and buttons.

A card follows its model: code that fills the model need not show or hide anything. Columns come from
`ui/models/column_kinds.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column import Column, R
from samenleven_desktop.ui.models.editable_model import GridModel
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.widgets.basic import CardFrame, EmptyState, button
from samenleven_desktop.ui.widgets.filters import FilterBar
from samenleven_desktop.ui.widgets.grid_panel import GridPanel
from samenleven_desktop.ui.widgets.lazy_rows import Blocks
from samenleven_desktop.ui.widgets.responsive import FlowArea, button_row, yielding
from samenleven_desktop.ui.widgets.table import DataTable, RowsTable

Empty = tuple[str, str]
"""Icon and sentence of an empty list."""


class _RecordsCard(CardFrame):
    """The common part of list and grid cards. `part` is replaced by the empty state if there are no rows."""

    def __init__(
        self,
        context: UiContext,
        part: QWidget,
        table: RowsTable,
        empty: Empty | None,
        name: str,
        title: str | None,
        note: str,
        *,
        follows: bool = True,
    ) -> None:
        super().__init__(name if title is None else title, note)
        self._context, self._records = context, table
        self._with_rows = [part]
        self.body.addWidget(part, 1)
        if empty is not None:
            self.empty = EmptyState(context.theme, *empty)
            self.empty.hide()
            self.body.addWidget(self.empty, 1)
            if follows:
                table.rows_model.modelReset.connect(self._follow_rows)

    def add_filter(self, scope: QWidget | None = None) -> FilterBar:
        """Adds a filter above the table; its shortcut works within `scope`, by default within the card."""
        bar = FilterBar(self._context.theme, self._context.language, self._records, self._context.today, scope or self)
        self.add_above(bar)
        return bar

    def load_in_blocks(self, bar: FilterBar, ask: Callable[[], object]) -> Blocks:
        """Loads the newest rows first, and all of them once they are needed."""
        return Blocks(self._records, bar, ask)

    def add_above(self, *parts: QWidget) -> None:
        """Adds widgets above the list, below those added before."""
        for part in parts:
            self.body.insertWidget(self.body.indexOf(self._with_rows[0]), part)

    def add_buttons(self, *buttons: QWidget) -> FlowArea:
        """Adds a row of buttons below the list."""
        row = button_row(*buttons)
        self.body.addWidget(row)
        return row

    def need_rows(self, *parts: QWidget) -> None:
        """Shows these parts only while there are rows."""
        for part in parts:
            part.hide()
        self._with_rows += parts

    def _follow_rows(self) -> None:
        self.show_empty(not self._records.rows_model.all_rows)

    def show_empty(self, empty: bool) -> None:
        """Shows or hides the empty state; called by the card itself when the rows change, unless `follows` is False."""
        for part in self._with_rows:
            part.setVisible(not empty)
        self.empty.setVisible(empty)


class ListCard(_RecordsCard, Generic[R]):
    """A read-only list with a selected row. `name` is the accessible name, and the title unless `title` is given.

    With `least` the table takes the remaining height, but no less than this number of pixels. With `whole` it is as
    high as its rows, for a page that scrolls: a list within it must not scroll too. Only that many rows show at first;
    fill it with `show_rows`.
    """

    def __init__(
        self,
        context: UiContext,
        name: str,
        columns: Sequence[Column[R]],
        *,
        empty: Empty | None = None,
        title: str | None = None,
        note: str = "",
        least: int = 0,
        whole: int = 0,
        follows: bool = True,
    ) -> None:
        model = RowsModel[R](columns)
        table = DataTable(context.theme, model, name, fit=bool(whole))
        part = yielding(table, least) if least else table
        super().__init__(context, part, table, empty, name, title, note, follows=follows)
        self.model, self.table = model, table
        self._every: Sequence[R] = ()
        self._at_first = whole
        self.more = button("", self._show_all, kind="link")
        self.more.hide()
        if whole:
            self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, rows: Sequence[R]) -> None:
        """Shows these rows; of a long list on a page that scrolls the first ones, and a button for all."""
        self._every = rows
        shown = rows[: self._at_first] if self._at_first else rows
        self.model.set_rows(shown)
        language = self._context.language
        self.more.setText(language.text("Show all {n}", n=language.number(len(rows))))
        self.more.setVisible(len(shown) < len(rows))

    def _show_all(self) -> None:
        self._at_first = len(self._every)
        self.show_rows(self._every)

    def current(self) -> R | None:
        """Returns the current row."""
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() and self.model.rows else None


class GridCard(_RecordsCard, Generic[R]):
    """An editable list."""

    def __init__(
        self,
        context: UiContext,
        name: str,
        model: GridModel[R],
        *,
        empty: Empty | None = None,
        title: str | None = None,
        note: str = "",
    ) -> None:
        panel = GridPanel(context.theme, model, name)
        super().__init__(context, panel, panel.table, empty, name, title, note)
        self.model, self.panel, self.table = model, panel, panel.table
