"""A report as a spreadsheet: its tables one below the other, with title, period and source; text stays text."""

from __future__ import annotations

import io

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.long_texts import LongTexts, write_rest
from samenleven_desktop.reports.document import Align, Checklist, Document, Heading, KeyFigures, Paragraph, Table

_WIDEST, _NARROWEST = 60, 9


def write_xlsx(document: Document) -> bytes:
    """Returns the workbook as bytes; a cell that starts with a formula character is still written as text."""
    import xlsxwriter

    long_texts = LongTexts(Language(document.language))
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    sheet = book.add_worksheet()
    title, head = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "bottom": 1})
    plain, right = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"align": "right"})
    widths: dict[int, int] = {}
    row = 0

    def put(column: int, words: str, style: object, *, measured: bool = True) -> None:
        shown = long_texts.cell(words)
        sheet.write_string(row, column, shown, style)
        if measured:
            widths[column] = max(widths.get(column, _NARROWEST), min(len(words) + 2, _WIDEST))

    for words, style in ((document.title, title), (document.subtitle, None), (document.mark or "", head)):
        if words:
            put(0, words, style, measured=False)
            row += 1
    for block in document.blocks:
        match block:
            case Heading(text=words):
                row += 1
                put(0, words, head, measured=False)
                row += 1
            case Paragraph(text=words):
                put(0, words, None, measured=False)
                row += 1
            case KeyFigures(figures=figures):
                for caption, figure, remark in figures:
                    for column, words in enumerate((caption, figure, remark)):
                        put(column, words, plain)
                    row += 1
            case Checklist(items=items):
                for done, words, remark in items:
                    for column, part in enumerate(("x" if done else "", words, remark)):
                        put(column, part, plain)
                    row += 1
            case Table(columns=columns, rows=rows):
                for column, one in enumerate(columns):
                    put(column, one.header, head)
                row += 1
                for cells in rows:
                    for column, cell in enumerate(cells):
                        style = right if columns[column].align is Align.RIGHT else plain
                        put(column, cell if isinstance(cell, str) else cell.words, style)
                    row += 1
    row += 1
    put(0, document.source, None, measured=False)
    write_rest(book, long_texts)
    for column, width in widths.items():
        sheet.set_column(column, column, width)
    book.close()
    return stream.getvalue()
