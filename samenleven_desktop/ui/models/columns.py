"""What a column of a list is: how a row reads in it, sorts, filters and is drawn. Knows no Qt.

`ui/models/column_kinds.py` makes the usual columns; `ui/models/list_model.py` shows them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

R = TypeVar("R")

NOTHING = "–"
"""What a list shows where there is nothing; counts as empty."""


class ValueKind(StrEnum):
    """What the values of a column are; amounts of money are integer cents."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class CellLook:
    """What a delegate draws of one cell; `drawing` is a Progress or StateCounts, `tone` that of a pill."""

    text: str
    second: str | None = None
    drawing: object | None = None
    tone: str | None = None
    strong: bool = False
    right: bool = False


@dataclass(frozen=True)
class Column(Generic[R]):
    """`text` is what is read (also aloud); `draw` gives a Progress, StateCounts or pill tone for the delegate.

    `second` is a muted line under the text. `width` in pixels; 0 takes what is left, by `stretch`.
    `value` is what filters and sums go by, of the given `kind` (None is empty); `key` names the column in a saved
    filter, so it stays the same in every language; `filter_name` says what is filtered where the title does not.
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

    @property
    def name(self) -> str:
        return self.key or self.title
