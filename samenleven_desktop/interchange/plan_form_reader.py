"""Reads the Excel form of a plan into the content of a plan file, and remembers the cell of every value.

Sheets and columns are known by their names in Dutch or English, wherever they stand. Values are taken as people type
them: 72,50 or 72.5, ja or yes, 15-06-2026. What cannot be read stays as it is typed, for the checks to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.file_place import FilePlace
from samenleven_desktop.i18n.language import LANGUAGES, Language
from samenleven_desktop.interchange.plan_content import optional, plain, shape
from samenleven_desktop.interchange.plan_form import (
    CHOICES,
    KEYS,
    NO,
    PLAN_SHEET,
    SOURCES,
    TITLES,
    YES,
    FormColumn,
    FormSheet,
    codes_of,
    form_sheets,
    plan_values,
)
from samenleven_desktop.interchange.plan_structs import PlanFile
from samenleven_desktop.interchange.plan_words import Path as Place
from samenleven_desktop.interchange.plan_words import path_words
from samenleven_desktop.interchange.tables.model import Cell, Sheet
from samenleven_desktop.interchange.tables.reader import read_workbook

_BOTH = tuple(Language(code) for code in LANGUAGES)
_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?$")
_GROUPED = re.compile(r"^-?\d{1,3}(?:[. ]\d{3})+(?:,\d+)?$")
_DAY = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
NO_FORM = N_("{file} is not a form of a plan: it has no sheet {sheet}.")
_NO_COLUMN = N_("{file}: {place}: {value} is no column of this sheet.")
_NO_VALUE = N_("{file}: {place}: {value} is nothing that a plan has.")
_NO_PARENT = N_("{file}: {place}: {value} is not on the sheet {sheet}.")


@dataclass
class ReadForm:
    """The content of a form, where each value stands, and what belongs nowhere: place, sentence and values."""

    content: dict[str, Any] = field(default_factory=dict)
    cells: dict[Place, tuple[str, str]] = field(default_factory=dict)
    strays: list[tuple[Place, str, dict[str, object]]] = field(default_factory=list)

    def locate(self, place: Place) -> FilePlace:
        ends = range(len(place), -1, -1)
        sheet, cell = next((self.cells[place[:end]] for end in ends if place[:end] in self.cells), ("", ""))
        return FilePlace(() if place[:1] == ("?",) else path_words(self.content, place), None, sheet, cell)

    def stray(self, on: str, cell: str, sentence: str, **values: object) -> None:
        place: Place = ("?", len(self.strays))
        self.cells[place] = on, cell
        self.strays.append((place, sentence, values))


def read_form(path: Path) -> ReadForm:
    """Raises UserError for a file that is no such form; faults in it are for the checks."""
    return form_in(read_workbook(path).sheets, path.name)


def form_in(found: Iterable[Sheet], file: str) -> ReadForm:
    """Returns the content of the sheets of a form, of a file or as typed in the program."""
    sheets = {fold(one.name): one for one in found}

    def named(title: str) -> Sheet | None:
        return next((found for one in _BOTH if (found := sheets.get(fold(one.text(title))))), None)

    form = ReadForm()
    plan = named(PLAN_SHEET)
    if plan is None:
        raise UserError(NO_FORM, field="file", file=file, sheet=_BOTH[0].text(PLAN_SHEET))
    _read_values(form, plan)
    for one in form_sheets():
        rows = named(TITLES[one.names])
        if rows is not None:
            _read_list(form, one, rows)
    sources = named(SOURCES)
    form.content["sources"] = {} if sources is None else _read_sources(form, sources)
    form.content["format"] = 2
    _complete(PlanFile, form.content)
    return form


def _read_values(form: ReadForm, sheet: Sheet) -> None:
    known = {fold(one): column for column in plan_values() for one in _headings(column)}
    # A value whose line is gone is missing on this sheet.
    form.cells |= {column.names: (sheet.name, "") for column in known.values()}
    for number, row in enumerate(sheet.rows[1:], 2):
        caption, value = (*row, None, None)[:2]
        if caption is None:
            continue
        column = known.get(fold(str(caption).rstrip("* ")))
        if column is None:
            form.stray(sheet.name, f"A{number}", _NO_VALUE, value=str(caption))
            continue
        form.cells[column.names] = sheet.name, f"B{number}"
        _set(form.content, column, value)


def _read_list(form: ReadForm, form_sheet: FormSheet, sheet: Sheet) -> None:
    if not sheet.rows:
        return
    known: dict[str, FormColumn | None] = {fold(one): c for c in form_sheet.columns for one in _headings(c)}
    parent = form_sheet.parent
    if parent is not None:
        known |= {fold(one.text(KEYS[parent][1])): None for one in _BOTH}
    columns: list[tuple[int, FormColumn | None]] = []
    for at, words in enumerate(sheet.rows[0]):
        if words is None:
            continue
        key = fold(str(words).rstrip("* "))
        if key in known:
            columns.append((at, known[key]))
        else:
            form.stray(sheet.name, f"{column_letters(at)}1", _NO_COLUMN, value=str(words))
    parents = dict(_elements(form.content, (), form_sheet.names[:-1])) if parent is not None else {}
    for number, row in enumerate(sheet.rows[1:], 2):
        cells = {at: value for at, value in enumerate(row) if value is not None and str(value).strip()}
        if not cells:
            continue
        element: dict[str, Any] = {}
        holder: dict[str, Any] = form.content
        place: Place = form_sheet.names
        if parent is not None:
            at_key = next((at for at, column in columns if column is None), 0)
            key = _text(cells.get(at_key))
            if key not in parents:
                title = _BOTH[0].text(TITLES[form_sheet.names[:-1]])
                form.stray(sheet.name, f"{column_letters(at_key)}{number}", _NO_PARENT, value=key or "–", sheet=title)
                continue
            inside = parents[key]
            holder, place = inside[1], (*inside[0], form_sheet.names[-1])
        else:
            for name in form_sheet.names[:-1]:
                holder = holder.setdefault(name, {})
        rows = holder.setdefault(form_sheet.names[-1], [])
        here: Place = (*place, len(rows))
        rows.append(element)
        form.cells[here] = sheet.name, f"A{number}"
        for at, column in columns:
            if column is not None:
                form.cells[(*here, *column.names)] = sheet.name, f"{column_letters(at)}{number}"
                _set(element, column, cells.get(at))


def _elements(content: Any, place: Place, names: tuple[str, ...]) -> list[tuple[str, tuple[Place, dict[str, Any]]]]:
    """Returns the elements of a list by their keys, the first of each key last so that it counts."""
    inside, rest = content.get(names[0]), names[1:]
    here = (*place, names[0])
    if isinstance(inside, dict):
        return _elements(inside, here, rest)
    found: list[tuple[str, tuple[Place, dict[str, Any]]]] = []
    for i, one in enumerate(inside or []):
        if rest:
            found += _elements(one, (*here, i), rest)
        else:
            found.append((_text(one.get(KEYS[names[0]][0])), ((*here, i), one)))
    return found[::-1] if not rest else found


def _read_sources(form: ReadForm, sheet: Sheet) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, row in enumerate(sheet.rows[1:], 2):
        key, address = (*row, None, None)[:2]
        if key is None:
            continue
        name = _text(key)
        form.cells["sources", name] = sheet.name, f"B{number}"
        found[name] = None if address is None else _text(address)
    return found


def _complete(cls: Any, content: dict[str, Any]) -> None:
    """Adds empty lists, and nothing for what a file must state, to the tables that are there."""
    for one in msgspec.structs.fields(cls):
        table, listed = shape(one.type)
        inside = content.get(one.name)
        if table is not None and listed:
            if inside is None and one.required:
                inside = content[one.name] = []
            for element in inside or []:
                _complete(table, element)
        elif table is not None and isinstance(inside, dict):
            _complete(table, inside)
        elif table is None and one.required and inside is None:
            if plain(one.type) is list:
                content[one.name] = []
            elif optional(one.type):
                content[one.name] = None


def _set(content: dict[str, Any], column: FormColumn, cell: Cell) -> None:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return
    for name in column.names[:-1]:
        content = content.setdefault(name, {})
    content[column.names[-1]] = _read(column.kind, cell)


def _read(kind: Any, cell: Cell) -> Any:
    bare, codes = plain(kind), codes_of(kind)
    if bare is list:
        words = _text(cell)
        if codes:
            return [_code(codes, one) for one in re.split(r"[\n,;]", words) if one.strip()]
        if "int" in repr(kind):
            return [int(one) if one.isdigit() else one for one in re.split(r"[\s,;]+", words) if one]
        return [one.strip() for one in words.split("\n") if one.strip()]
    if codes:
        return _code(codes, _text(cell))
    if bare is bool:
        words = fold(_text(cell))
        answers = {fold(one.text(word)): word == YES for one in _BOTH for word in (YES, NO)}
        return cell if isinstance(cell, bool) else answers.get(words, _text(cell))
    if bare is date:
        return _day(cell)
    if bare in (int, float):
        return _number(cell)
    return _text(cell)


def _code(codes: tuple[str, ...], words: str) -> str:
    known = {fold(one.text(CHOICES[code])): code for code in codes for one in _BOTH}
    return known.get(fold(words.strip()), words.strip())


def _day(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    words = _text(cell)
    found = _DAY.match(words)
    return f"{found.group(3)}-{int(found.group(2)):02}-{int(found.group(1)):02}" if found else words


def _number(cell: Cell) -> Any:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, int | float):
        return cell
    words = _text(cell).removeprefix("€").strip()
    if _GROUPED.match(words):
        words = re.sub(r"[. ]", "", words)
    if not _NUMBER.match(words):
        return _text(cell)
    value = float(words.replace(",", "."))
    return int(value) if value.is_integer() else value


def _text(cell: object) -> str:
    """Returns a cell as text: 7.0 is 7, a day is as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _headings(column: FormColumn) -> list[str]:
    return [column.heading(one).rstrip("* ") for one in _BOTH]


def column_letters(at: int) -> str:
    """Returns A for the first column, as a spreadsheet names it."""
    words = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        words = chr(65 + rest) + words
    return words
