"""Exports the focused list as a spreadsheet: the filtered rows on screen in typed cells, by whom and when.

A list of records gets the columns of `samenleven export`, so that an import takes it back, then those of the screen.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from samenleven_desktop.i18n.record_lists import RECORD_LISTS
from samenleven_desktop.interchange.tables.writer import OutputTable, TableColumn, Value
from samenleven_desktop.services.lists.files import overview_table, record_table, save_table
from samenleven_desktop.services.lists.queries import kind_of
from samenleven_desktop.services.offers.queries import CatalogueLine
from samenleven_desktop.services.sessions.queries import officer_label
from samenleven_desktop.ui.dialogs.file_dialogs import TABLES, ask_save
from samenleven_desktop.ui.models.column import NOTHING, Column, ValueKind
from samenleven_desktop.ui.models.row_filter import condition_words
from samenleven_desktop.ui.widgets.lazy_rows import Blocks
from samenleven_desktop.ui.widgets.table import RowsTable
from samenleven_desktop.ui.window_protocols import MainWindow

_KINDS = {ValueKind.NUMBER: "number", ValueKind.MONEY: "money", ValueKind.DATE: "date", ValueKind.TEXT: "text"}


def list_in_sight(root: QWidget) -> RowsTable | None:
    """Returns the focused list, or else the largest visible one on the page."""
    focus = QApplication.focusWidget()
    while focus is not None:
        if isinstance(focus, RowsTable):
            return focus
        focus = focus.parentWidget()
    shown = [one for one in root.findChildren(RowsTable) if one.isVisible()]
    return max(shown, key=lambda one: one.width() * one.height(), default=None)


def ask_where(window: MainWindow) -> None:
    """Asks for a file and writes the list to it; tells the user if no list is visible."""
    text, shown = window.language.text, list_in_sight(window.shell)
    if shown is None:
        window.navigator.notify("info", text("Go to a list first; then it goes to Excel."))
        return
    title = shown.accessibleName()
    ask_save(
        window.shell,
        text("Save list"),
        title,
        TABLES,
        lambda path: save_list(window, shown, path),
        kind="list",
    )


def save_list(window: MainWindow, shown: RowsTable, path: Path) -> None:
    """Writes the rows of the list; of a long one of which only the newest were loaded, all of them."""
    blocks = shown.findChild(Blocks)
    if isinstance(blocks, Blocks):
        blocks.when_whole(lambda: _write(window, shown, path))
    else:
        _write(window, shown, path)


def _write(window: MainWindow, shown: RowsTable, path: Path) -> None:
    """Writes the rows on screen now, in the file worker pool."""
    table = table_of(window, shown)
    window.runner.free(
        lambda: save_table(path, table),
        then=lambda note: window.navigator.saved(path, note or ""),
        owner=window.shell,
    )


def table_of(window: MainWindow, shown: RowsTable) -> OutputTable:
    """Builds the table from the columns and rows that the list shows."""
    language, model = window.language, shown.rows_model
    text, workspace = language.text, window.runner.workspace
    about = [(text("List"), shown.accessibleName())]
    if workspace is not None:
        about += [
            (text("Made by"), workspace.query(officer_label) or NOTHING),
            (text("Made on"), language.day(workspace.today)),
            (text("Work file"), workspace.path.name),
        ]
        if workspace.practice_date is not None:
            about.append((text("Mark"), text("Practice file, invented figures")))
    hidden = len(model.all_rows) - len(model.rows)
    filtered = [condition_words(one, model.columns, language) for one in model.conditions]
    if hidden:
        filtered.append(language.plural("{n} line hidden", "{n} lines hidden", hidden))
    about.append((text("Filter"), "; ".join(filtered) or text("none")))
    shown_columns = [one for column in model.columns for one in column.parts or (column,)]
    columns = [TableColumn(column.title or text("Nr"), _KINDS[column.kind]) for column in shown_columns]
    records = [row.offer if isinstance(row, CatalogueLine) else row for row in model.rows]
    kind = kind_of(records[0]) if records else None
    if kind is not None:
        cells = [[_value(column, row) for row in model.rows] for column in shown_columns]
        extra = list(zip(columns, cells, strict=True))
        return record_table(RECORD_LISTS[kind], records, language, about, extra, shown.accessibleName())
    lines = ([_value(column, row) for column in shown_columns] for row in model.rows)
    return overview_table(shown.accessibleName(), columns, lines, language, about)


def _value(column: Column[Any], row: Any) -> Value:
    """Returns the value of a typed column; otherwise the text on screen."""
    if column.value is not None and column.kind is not ValueKind.TEXT:
        value = column.value(row)
        if column.kind is ValueKind.MONEY and value is not None:
            return Decimal(int(value)) / 100
        return value if value is None or isinstance(value, int | date) else Decimal(str(value))
    words = column.text(row)
    return None if words in ("", NOTHING) else words
