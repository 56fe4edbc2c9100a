"""Shortcut for the change history of the focused field, on any page or form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from samenleven_desktop.ui.context import UiContext

if TYPE_CHECKING:
    from samenleven_desktop.readmodels.history import FieldPlace


def place_under(focus: QWidget | None) -> FieldPlace | None:
    """Returns the field shown by the focused widget, asking that widget first and then its parents."""
    from samenleven_desktop.readmodels.history import FieldPlace

    widget = focus
    while widget is not None and focus is not None:
        ask = getattr(widget, "field_place", None)
        if ask is not None:
            found = ask(focus)
            assert found is None or isinstance(found, FieldPlace)
            return found
        widget = widget.parentWidget()
    return None


def show_field_history(context: UiContext, owner: QWidget) -> None:
    """Opens the history of the focused field; if there is none, tells the user how to reach one."""
    from samenleven_desktop.ui.dialogs.field_history import FieldHistoryDialog

    place = place_under(QApplication.focusWidget())
    if place is None:
        words = context.language.text(
            "Go to a cell or a field of a record that was kept before, then press Ctrl+Shift+H."
        )
        context.navigator.notify("info", words)
        return
    dialog = FieldHistoryDialog(context, place, owner)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if isinstance(owner, QDialog):
        # The form still shows the old value: saving it would undo the restored one.
        dialog.accepted.connect(owner.reject)
    dialog.open()
