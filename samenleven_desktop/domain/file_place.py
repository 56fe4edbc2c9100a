"""Where something stands in a file of the user: a line or a cell, and the path to it in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.sentences import filled

_LINE, _CELL, _SHEET = N_("line {n}"), N_("sheet {sheet}, cell {cell}"), N_("sheet {sheet}")


@dataclass(frozen=True)
class FilePlace:
    """`steps` are catalogue sentences with the value of {n}, from the outside in; a value of a fault (`errors`)."""

    steps: tuple[tuple[str, str], ...] = ()
    line: int | None = None
    sheet: str = ""
    cell: str = ""

    def words(self, text: Callable[..., str]) -> str:
        """Returns for instance: line 14, action 5, target A5, rate in euro. `text` translates a sentence."""
        parts = []
        if self.line is not None:
            parts.append(text(_LINE, n=str(self.line)))
        elif self.cell:
            parts.append(text(_CELL, sheet=self.sheet, cell=self.cell))
        elif self.sheet:
            parts.append(text(_SHEET, sheet=self.sheet))
        return ", ".join([*parts, *(text(step, n=value) for step, value in self.steps)])

    def __str__(self) -> str:
        return self.words(lambda sentence, **values: filled(sentence, values))
