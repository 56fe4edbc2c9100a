"""The menu of the window: undo and redo by name, the past, the bin, backups."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QShortcut

from samenleven_desktop.ui.field_history import FIELD_HISTORY_KEY, show_field_history

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samenleven_desktop.services.workfile.workspace import UndoNames
    from samenleven_desktop.ui.app import Application

BACKUPS, BIN, HEALTH, RETENTION = range(4)
LOCK_KEY, EXPORT_KEY = "Ctrl+Shift+L", "Ctrl+Shift+E"


class WindowMenu(QObject):
    """Belongs to one shell; a new shell gets a new one. `refresh` asks which steps undo and redo would take."""

    def __init__(self, application: Application) -> None:
        super().__init__(application.shell)
        self._app = application
        text, menu = application.language.text, application.shell.menu.menu()
        self.undo = self._add(text("Undo the last step"), application.undo, "Ctrl+Z")
        self.redo = self._add(text("Redo the last step"), application.redo, "Ctrl+Y")
        menu.addSeparator()
        self._add(text("History of this field"), self._history, FIELD_HISTORY_KEY)
        self._add(text("Import ..."), application.open_import, "")
        self._add(text("This list to Excel ..."), application.export_list, EXPORT_KEY)
        QShortcut(QKeySequence(EXPORT_KEY), application.shell, application.export_list)
        menu.addSeparator()
        for part, caption in ((BIN, text("Bin")), (BACKUPS, text("Backups")), (HEALTH, text("Check file"))):
            self._add(caption, partial(application.open_keeping, part), "")
        menu.addSeparator()
        self.lock = self._add(text("Lock now"), application.lock, LOCK_KEY)
        menu.addSeparator()
        self._add(text("About this program"), self.about, "")
        QShortcut(QKeySequence(FIELD_HISTORY_KEY), application.shell, self._history)

    def _add(self, caption: str, do: object, keys: str) -> QAction:
        action = QAction(f"{caption}\t{keys}" if keys else caption, self._app.shell.menu)
        action.triggered.connect(lambda _checked=False: do())  # type: ignore[operator]
        self._app.shell.menu.menu().addAction(action)
        return action

    def refresh(self) -> None:
        self._app.runner.on_read(lambda file: file.undo_names(), then=self._show, owner=self, latest="undo-names")

    def _show(self, names: UndoNames) -> None:
        self.lock.setVisible(self._app.context is not None and not self._app.context.practice)
        text = self._app.language.text
        self._name(self.undo, names.undo, text("Undo"), text("Nothing to undo"), "Ctrl+Z")
        self._name(self.redo, names.redo, text("Redo"), text("Nothing to redo"), "Ctrl+Y")

    def _name(
        self, action: QAction, step: tuple[str, Mapping[str, object]] | None, verb: str, nothing: str, keys: str
    ) -> None:
        from samenleven_desktop.i18n.labels import command_name

        action.setEnabled(step is not None)
        if step is None:
            action.setText(nothing)
            return
        action.setText(f"{verb}: {command_name(self._app.language, *step)}\t{keys}".replace("&", "&&"))

    def about(self) -> None:
        from samenleven_desktop.ui.dialogs.about import AboutDialog

        AboutDialog(self._app.language, self._app.theme, self._app.runner, self._app.shell).open()

    def _history(self) -> None:
        if self._app.context is not None and self._app.runner.workspace is not None:
            show_field_history(self._app.context, self._app.shell)
