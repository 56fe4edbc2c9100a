"""Converts blocks of cells to and from the clipboard text of spreadsheets. Knows no Qt.

Tabs separate cells, line ends separate rows; a cell that contains either is quoted, with its quotes doubled. Excel and
LibreOffice end the last row too; Excel does not escape a lone quote inside a cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

MOST_CELLS = 5_000
MOST_CHARACTERS = 200_000

_LINE_END = re.compile(r"\r\n|\r|\n")
_SPECIAL = re.compile(r"[\t\r\n]")
_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=[\t\r\n]|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")


def read_block(text: str) -> list[list[str]]:
    """Parses a pasted text into rows of cells; a text without tabs and line ends is one cell.

    The line ends inside a cell stay as they are: the cleaning of its field knows them all.
    """
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        quoted = _QUOTED.match(text, place)
        if quoted and (_SPECIAL.search(quoted[1]) or '""' in quoted[1] or not quoted[1]):
            rows[-1].append(quoted[1].replace('""', '"'))
            place = quoted.end()
        else:
            # Quotes around a cell that does not need them are part of its text.
            plain = _PLAIN.match(text, place)
            assert plain is not None
            rows[-1].append(plain[0])
            place = plain.end()
        if place == len(text):
            return rows
        if text[place] == "\t":
            place += 1
            continue
        end = _LINE_END.match(text, place)
        assert end is not None
        place = end.end()
        if place == len(text):
            return rows
        rows.append([])


def write_block(rows: Sequence[Sequence[str]]) -> str:
    """Formats rows as text that `read_block` and spreadsheets read back cell by cell."""
    if len(rows) == 1 and len(rows[0]) == 1:
        return _cell(rows[0][0])
    return "".join("\t".join(map(_cell, row)) + "\r\n" for row in rows)


def _cell(words: str) -> str:
    if _SPECIAL.search(words) or words.startswith('"'):
        return '"' + words.replace('"', '""') + '"'
    return words


def write_html(rows: Sequence[Sequence[str]], texts: Sequence[bool]) -> str:
    """Formats the same block as an HTML table; `texts` marks the columns that spreadsheets must not read as numbers."""
    lines = []
    for row in rows:
        cells = []
        for words, text in zip(row, texts, strict=True):
            style = " style=\"mso-number-format:'\\@'\"" if text else ""
            shown = _LINE_END.sub('<br style="mso-data-placement:same-cell">', escape(words))
            cells.append(f"<td{style}>{shown}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<html><head><meta charset="utf-8"></head><body><table>{"".join(lines)}</table></body></html>'
