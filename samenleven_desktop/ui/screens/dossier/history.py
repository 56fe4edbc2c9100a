"""Opens a step of the history: the fields it changed, each with all its earlier values."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from samenleven_desktop.readmodels.core import HistoryLine
from samenleven_desktop.readmodels.history import FieldPlace
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.field_history import FieldHistoryDialog
from samenleven_desktop.ui.screens.dossier.timeline_texts import one_change
from samenleven_desktop.ui.widgets.table import DataTable


def show_step(context: UiContext, line: HistoryLine, table: DataTable) -> None:
    """Shows the history of the changed field; with several fields, a menu below the selected line."""
    changed = [
        (FieldPlace(one.table, one.row_id, one.field), one_change(context.language, one))
        for one in line.changes
        if one.field is not None and one.field != "deleted_at"
    ]
    if len(changed) == 1:
        _open(context, changed[0][0], table)
    elif changed:
        menu = QMenu(table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, words in changed:
            menu.addAction(words.replace("&", "&&"), partial(_open, context, place, table))
        menu.popup(table.viewport().mapToGlobal(table.visualRect(table.currentIndex()).bottomLeft()))


def _open(context: UiContext, place: FieldPlace, owner: QWidget) -> None:
    dialog = FieldHistoryDialog(context, place, owner)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
