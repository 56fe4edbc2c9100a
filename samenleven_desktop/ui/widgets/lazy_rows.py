"""Loads only the newest rows of a long list first, and the rest when the user scrolls, sorts or filters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from samenleven_desktop.ui.widgets.filters import FilterBar
from samenleven_desktop.ui.widgets.table import RowsTable

FIRST_BLOCK = 300


class Blocks(QObject):
    """`limit` is the number of rows to query, None for all; `ask` is called when all rows are needed."""

    def __init__(self, table: RowsTable, bar: FilterBar, ask: Callable[[], object]) -> None:
        super().__init__(table)
        self.limit: int | None = FIRST_BLOCK
        self._more = False
        self._waiting: list[Callable[[], object]] = []
        self._ask, self._model = ask, table.rows_model
        self._model.modelReset.connect(self._on_rows_shown)
        self._bar = table.verticalScrollBar()
        self._bar.valueChanged.connect(self._on_scrolled)
        table.horizontalHeader().sectionClicked.connect(lambda _: self._load_all())
        bar.conditions_changed.connect(self._load_all)

    def _on_rows_shown(self) -> None:
        """Fewer rows than the limit means that there are no more."""
        self._more = self.limit is not None and len(self._model.all_rows) >= self.limit
        if self.limit is None:
            waiting, self._waiting = self._waiting, []
            for one in waiting:
                one()

    def when_whole(self, then: Callable[[], object]) -> None:
        """Calls `then` once all rows are there; loads them first if needed."""
        if not self._more:
            then()
            return
        self._waiting.append(then)
        self._load_all()

    def _on_scrolled(self, value: int) -> None:
        if value >= self._bar.maximum() * 0.8:
            self._load_all()

    def _load_all(self) -> None:
        if self._more and self.limit is not None:
            self.limit, self._more = None, False
            self._ask()
