"""Defines a column of a list: how it formats, sorts, filters and draws a row. Knows no Qt.

`ui/models/column_kinds.py` creates the usual columns; `ui/models/list_model.py` shows them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

R = TypeVar("R")

NOTHING = "–"
"""The text of an empty cell in a list; filters treat it as empty."""


class ValueKind(StrEnum):
    """The type of the values of a column; amounts of money are integer cents."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class CellLook:
    """What a delegate draws in one cell; `drawing` is a ProgressBarData or StateCounts, `tone` that of a pill."""

    text: str
    second: str | None = None
    drawing: object | None = None
    tone: str | None = None
    strong: bool = False
    right: bool = False
    wrap: bool = False


@dataclass(frozen=True)
class Column(Generic[R]):
    """Defines one column of a list; the functions take a row.

    `text` returns the text of the cell (also for screen readers); `draw` returns a ProgressBarData or StateCounts to
    draw. `second` is a muted line below the text. `width` is in pixels; 0 takes the remaining width, in proportion to
    `stretch`. `value` is used by filters and sums and has the given `kind` (None is empty); `key` names the column in a
    saved filter, independent of the language; `filter_name` is the caption for filters, if it differs from the title.
    `parts` are the columns that a file gets instead of one that shows several numbers in a cell.
    """

    title: str
    text: Callable[[R], str]
    width: int = 0
    stretch: int = 1
    right: bool = False
    sort: Callable[[R], Any] | None = None
    draw: Callable[[R], object] | None = None
    second: Callable[[R], str] | None = None
    tone: Callable[[R], str | None] | None = None
    strong: bool = False
    tip: Callable[[R], str] | None = None
    value: Callable[[R], Any] | None = None
    kind: ValueKind = ValueKind.TEXT
    key: str = ""
    filter_name: str = ""
    parts: tuple[Column[R], ...] = ()
    least: int = 0
    """The width below which a text column is not narrowed: the list scrolls instead."""
    wrap: bool = False
    """A text of two lines before it is shortened; every row of the list is then that high."""

    @property
    def name(self) -> str:
        return self.key or self.title
