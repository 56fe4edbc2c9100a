"""How the columns of a list share its width: each text as much as it needs, and the rest by stretch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from samenleven_desktop.ui.models.column import Column, ValueKind

READABLE = 110
"""About twelve characters: no text is narrower while it has more to say."""
GOOD = 220
"""What the name of a row gets before other texts grow."""
MOST = 420
"""A longer text does not claim more before the other columns have what they need."""
FEW = 0.34
"""A text column with fewer filled cells than this keeps only its header when the width is short."""


@dataclass(frozen=True)
class Need:
    """What a column needs, in pixels: `least` so that nothing misleads, `whole` to show its texts without dots."""

    least: int
    whole: int


def is_text(column: Column[Any]) -> bool:
    """A text may be shortened, with its full text as a tool tip; a number, a day, a pill or a bar may not."""
    return not column.right and column.draw is None and column.tone is None and column.kind is ValueKind.TEXT


def need_of(column: Column[Any], header: int, cells: int, filled: float = 1.0, scale: float = 1.0) -> Need:
    """Returns what a column needs: `header` and `cells` are the widths of its header and of its widest cell, `filled`
    the share of cells with a text, `scale` the size of the text."""
    whole = max(header, cells)
    if not is_text(column):
        return Need(whole, whole)
    whole = min(whole, max(round(MOST * scale), header))
    least = round(READABLE * scale) if filled >= FEW else 0
    return Need(max(header, min(whole, max(least, column.least))), whole)


def share_width(room: int, columns: Sequence[Column[Any]], needs: Sequence[Need]) -> list[int]:
    """Returns the width of each column in `room`.

    First each column gets what it must have; if that is too much, the list scrolls. Then the name of the row grows to
    what is well readable, and all texts grow alike until they are shown whole, the narrowest first. What is left gives
    the columns with a width of their own that width, and goes to the others by their stretch.
    """
    widths = [one.least for one in needs]
    left = room - sum(widths)
    for place, column in enumerate(columns):
        if column.strong and left > 0:
            taken = max(min(needs[place].whole, GOOD) - widths[place], 0)
            widths[place] += min(taken, left)
            left -= min(taken, left)
    growing = sorted(range(len(columns)), key=lambda place: needs[place].whole)
    for number, place in enumerate(growing):
        others = growing[number:]
        level = (left + sum(widths[one] for one in others)) // len(others)
        wanted = min(needs[place].whole, max(level, widths[place]))
        taken = min(wanted - widths[place], max(left, 0))
        widths[place] += taken
        left -= taken
    for place, column in enumerate(columns):
        if left > 0 and column.width > widths[place]:
            taken = min(column.width - widths[place], left)
            widths[place] += taken
            left -= taken
    flexible = [place for place, column in enumerate(columns) if not column.width]
    for number, place in enumerate(flexible):
        if left > 0:
            stretch = sum(columns[one].stretch for one in flexible[number:])
            taken = left * columns[place].stretch // stretch
            widths[place] += taken
            left -= taken
    return widths
