"""Texts that a spreadsheet cell cannot hold: the cell says where the text continues, a sheet of its own has it whole.

Used by the writers of tables and reports; csv has no limit and does not need it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.text_output import printable
from samenleven_desktop.i18n.language import LANGUAGES, Language

CELL_LIMIT = 32_767
"""UTF-16 code units in a cell of Excel."""
SHEET = N_("Long texts")
CONTINUES = N_("… (too long for a cell: the whole text is on the sheet {sheet}, number {n})")
_ENDS_IN_NUMBER = re.compile(r"… \([^()]* ([0-9]+)\)\Z")
# Parts of a text on the sheet: two code units a character at most.
_PART = CELL_LIMIT // 2


class LongTexts:
    """Collects the long texts of one workbook."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._found: list[str] = []

    @property
    def sheet(self) -> str:
        """The name of the sheet, in the language of the workbook."""
        return self._language.text(SHEET)

    def cell(self, text: str) -> str:
        """Returns what the cell shows; a long text is kept for the sheet."""
        shown = printable(text)
        if fits(shown):
            return shown
        self._found.append(shown)
        note = self._language.text(CONTINUES, sheet=self.sheet, n=str(len(self._found)))
        room = (CELL_LIMIT - len(note)) * 2
        return shown.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + note

    def rows(self) -> list[tuple[str, str]]:
        """Returns (number, part) of every long text, in parts that fit a cell; empty if there is none."""
        return [
            (str(number), text[at : at + _PART])
            for number, text in enumerate(self._found, 1)
            for at in range(0, len(text), _PART)
        ]


def write_rest(book: Any, long_texts: LongTexts) -> None:
    """Adds the sheet to an xlsxwriter workbook, if a text needs it."""
    parts = long_texts.rows()
    if not parts:
        return
    sheet = book.add_worksheet(long_texts.sheet)
    sheet.set_column(1, 1, 100)
    for number, (of, part) in enumerate(parts):
        sheet.write_string(number, 0, of)
        sheet.write_string(number, 1, part)


def whole_again(name: str, rows: Sequence[Sequence[object]]) -> dict[int, str] | None:
    """Returns the long texts by their number, if a sheet of that name has them; None for another sheet."""
    if name not in _sheets():
        return None
    found: dict[int, str] = {}
    for row in rows:
        if len(row) == 2 and str(row[0]).isdecimal():
            found[int(str(row[0]))] = found.get(int(str(row[0])), "") + str(row[1])
    return found


def number_in(cell: object) -> int | None:
    """Returns the number of the long text at whose beginning this cell stops; None for any other cell."""
    if not isinstance(cell, str) or len(cell) < _PART // 2:
        return None
    found = _ENDS_IN_NUMBER.search(cell)
    return None if found is None else int(found[1])


def _sheets() -> set[str]:
    return {Language(code).text(SHEET) for code in LANGUAGES}


def fits(text: str) -> bool:
    """Returns whether a cell can hold the text."""
    return len(text) <= _PART or len(text.encode("utf-16-le")) // 2 <= CELL_LIMIT


def long_texts_note(language: Language, texts: Iterable[object], ending: str) -> str | None:
    """Returns a sentence about the texts that a cell of this format cannot hold; None if there are none."""
    number = 0 if ending == ".csv" else sum(isinstance(one, str) and not fits(printable(one)) for one in texts)
    if not number:
        return None
    return language.plural(
        "{n} text is too long for a cell: it is whole on the sheet {sheet}.",
        "{n} texts are too long for a cell: they are whole on the sheet {sheet}.",
        number,
        sheet=language.text(SHEET),
    )
