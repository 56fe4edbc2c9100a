"""Widths of the columns of a list that a person set: kept for each list and width of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTableView

from samenleven_desktop.ui.models.column import Column


class OwnWidths(QObject):
    """Notes a column that is dragged by its edge; a double click on the edge gives it back to the program.

    The list is known by its accessible name, so that a change of language starts anew.
    """

    changed = Signal()

    def __init__(self, view: QTableView, kept: dict[str, dict[str, int]]) -> None:
        super().__init__(view)
        self._view, self._kept, self._by_hand = view, kept, True
        head = view.horizontalHeader()
        head.sectionResized.connect(self._on_resized)
        head.sectionHandleDoubleClicked.connect(self._on_reset)

    def of(self, column: Column[Any]) -> int | None:
        return self._kept.get(self._key(), {}).get(column.name)

    @contextmanager
    def not_by_hand(self) -> Iterator[None]:
        """While the program sets widths, they are not noted."""
        before, self._by_hand = self._by_hand, False
        try:
            yield
        finally:
            self._by_hand = before

    def _key(self) -> str:
        return f"{self._view.accessibleName()} {self._view.screen().size().width()}"

    def _name(self, section: int) -> str:
        return str(self._view.model().columns[section].name)  # type: ignore[attr-defined]

    def _on_resized(self, section: int, _before: int, width: int) -> None:
        # Hiding a column is a resize to nothing.
        if self._by_hand and width:
            self._kept.setdefault(self._key(), {})[self._name(section)] = width

    def _on_reset(self, section: int) -> None:
        if self._kept.get(self._key(), {}).pop(self._name(section), None) is not None:
            self.changed.emit()
