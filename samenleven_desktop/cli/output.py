"""Prints the result of a command: one JSON document, or aligned text. Nothing else writes to standard output.

Control and direction characters of a pasted text never reach the terminal; in JSON they are escaped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from samenleven_desktop.domain.text_output import in_json, on_terminal
from samenleven_desktop.i18n.language import Language

_GAP = "  "
_CUT = "…"


@dataclass(frozen=True)
class TextColumn:
    """A column of a table: its heading (a catalogue sentence) and the text of a row; `width` truncates long texts.

    Built by `cli.cells`; the type of row that a column accepts is not checked here.
    """

    heading: str
    cell: Callable[[Language, Any], str]
    right: bool = False
    width: int | None = None
    kind: str = "text"
    """The type of the cells in a spreadsheet: text, number, money or date; `value` then returns the stored value."""
    value: Callable[[Any], Any] | None = None


def plain(value: object) -> Any:
    """Returns a value for JSON: rows become objects with the names of their fields, dates ISO, codes text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def print_json(document: Mapping[str, object]) -> None:
    """Prints one document, keys in the given order; only control and direction characters are escaped."""
    print(in_json(json.dumps(plain(document), ensure_ascii=False, indent=2)))


def print_text(words: str) -> None:
    """Prints a sentence or table; no-break spaces become plain ones, so that a text search finds the words."""
    print(on_terminal(words))


def print_error(words: str) -> None:
    """Prints a sentence on standard error, whatever its values contain."""
    print(on_terminal(words), file=sys.stderr)


def table(language: Language, columns: Sequence[TextColumn], rows: Iterable[object]) -> str:
    """Returns aligned text with a header line; of multi-line text the beginning is shown."""
    heads = [language.text(column.heading) for column in columns]
    cells = [[_one_line(column.cell(language, row), column.width) for column in columns] for row in rows]
    widths = [max([len(head), *(len(line[at]) for line in cells)]) for at, head in enumerate(heads)]
    lines = [heads, ["-" * width for width in widths], *cells]
    return "\n".join(
        _GAP.join(
            cell.rjust(width) if column.right else cell.ljust(width)
            for cell, width, column in zip(line, widths, columns, strict=True)
        ).rstrip()
        for line in lines
    )


def _one_line(words: str, width: int | None) -> str:
    flat = " ".join(on_terminal(words).split())
    return flat if width is None or len(flat) <= width else flat[: width - 1].rstrip() + _CUT
