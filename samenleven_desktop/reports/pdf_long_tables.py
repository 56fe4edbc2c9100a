"""Tables of any number of rows in linear time.

ReportLab builds and measures all remaining rows again for every page. A long table keeps only the rows of about a page
in its grid; the others wait until they are needed.
"""

from __future__ import annotations

from typing import Any

from samenleven_desktop.reports.tagging import TaggedTable

# More than fit on a page in most tables; where they do not fill it, more are added.
_AT_ONCE = 80


class LongTable(TaggedTable):
    """A tagged grid with the first rows; `waiting` has the others, the next one last."""

    made_with: dict[str, Any]

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's own names
        size = super().wrap(availWidth, availHeight)
        while self.waiting and size[1] <= availHeight:
            self._add(len(self._cellvalues))
            size = super().wrap(availWidth, availHeight)
        return size

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803
        self.wrap(availWidth, availHeight)
        parts = super().split(availWidth, availHeight)
        if parts and isinstance(parts[-1], LongTable) and parts[-1] is not self:
            rest = parts[-1]
            rest.waiting, rest.made_with, self.waiting = self.waiting, self.made_with, []
            missing = _AT_ONCE - len(rest._cellvalues)
            if rest.waiting and missing > 0:
                rest._add(missing)
        return parts

    def _add(self, number: int) -> None:
        """Moves the next waiting rows into the grid."""
        kept = (self.waiting, self.made_with, self.again, self.goes_on, self.splitInRow)
        rows = self.waiting[-number:]
        del self.waiting[-number:]
        self.__init__([*self._cellvalues, *reversed(rows)], **self.made_with)  # type: ignore[misc]
        self.waiting, self.made_with, self.again, self.goes_on, self.splitInRow = kept


def long_table(rows: list[list[Any]], **made_with: Any) -> LongTable:
    """Returns a table of a header and its rows; `made_with` are the arguments of a grid.

    Its style must not name a row other than the header, because rows move.
    """
    made = LongTable(rows[:_AT_ONCE], **made_with)
    made.made_with, made.waiting = made_with, rows[: _AT_ONCE - 1 : -1]
    return made
