"""One row of a file during planning: its cells by field, and errors that name the column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import ParamSpec, TypeVar

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.government import Government
from samenleven_desktop.domain.import_preview import Fault
from samenleven_desktop.interchange.tables.model import Cell, Row
from samenleven_desktop.services.core.doubts import Doubt
from samenleven_desktop.services.importing.government_match import Matcher, NoMatch
from samenleven_desktop.services.importing.values import NOT_KNOWN, shown, text

P = ParamSpec("P")
T = TypeVar("T")
MISSING = N_("A value is missing.")


class RowFault(Exception):
    """The row cannot be imported."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.sentence)
        self.fault = fault


class Cells:
    """The cells of a row by field name; `captions` are the headers of their columns."""

    def __init__(self, row: Row, places: Mapping[str, int], captions: Mapping[str, str]) -> None:
        self._row, self._places, self._captions = row, places, captions

    def cell(self, key: str) -> Cell:
        place = self._places.get(key)
        return self._row[place] if place is not None and place < len(self._row) else None

    def only(self, keys: Collection[str]) -> Cells:
        """Returns the same row with only these fields; the others are empty."""
        return Cells(self._row, {key: self._places[key] for key in keys}, self._captions)

    def fault(self, key: str, sentence: str, proposal: tuple[str, str] | None = None, **values: object) -> RowFault:
        words = text(self.cell(key))
        return RowFault(Fault(self._captions.get(key, key), sentence, values, proposal, words))

    def read(self, key: str, how: Callable[[Cell], T]) -> T | None:
        """Returns the value of a field; None for an empty cell. Raises RowFault."""
        cell = self.cell(key)
        if cell is None or text(cell) == "":
            return None
        try:
            return how(cell)
        except UserError as error:
            raise self._refused(key, error) from None

    def need(self, key: str, how: Callable[[Cell], T]) -> T:
        """Returns the value of a required field. Raises RowFault."""
        value = self.read(key, how)
        if value is None:
            raise self.fault(key, MISSING)
        return value

    def check(self, columns: Mapping[str, str], how: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a check of a command. Its error becomes an error at the column of the field, with the same text;
        `columns` maps fields that have another name in the command."""
        try:
            return how(*args, **kwargs)
        except UserError as error:
            field = error.field or ""
            raise self._refused(columns.get(field, field), error) from None

    def ask(self, doubts: Sequence[Doubt]) -> None:
        """Raises RowFault with the first question, if there is one."""
        for one in doubts[:1]:
            key = "end_minute" if one.field == "times" else one.field
            words = text(self.cell(key))
            raise RowFault(Fault(self._captions.get(key, key), one.sentence, one.values, None, words, asks=True))

    def _refused(self, key: str, error: UserError) -> RowFault:
        return RowFault(Fault(self._captions.get(key, key), error.message, error.values, None, text(self.cell(key))))

    def government(self, matcher: Matcher, day: date | None = None, key: str = "government") -> Government:
        """Raises RowFault, with a proposal if another government may have been meant."""
        cell = self.cell(key)
        if cell is None or text(cell) == "":
            raise self.fault(key, MISSING)
        try:
            return matcher.match(cell, day)
        except NoMatch as error:
            raise self.fault(key, error.sentence, error.proposal, **error.values) from None

    def choice(self, key: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
        """Returns the code for a label (folded); None for an empty cell. Raises RowFault with the valid choices."""
        cell = self.cell(key)
        if cell is None or text(cell) == "":
            return None
        sought = fold(text(cell)).strip()
        for code, names in words.items():
            if sought == code or sought in names:
                return code
        options = ", ".join(names[0] for names in words.values())
        raise self.fault(key, NOT_KNOWN, value=shown(cell), choices=options)
