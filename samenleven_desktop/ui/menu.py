"""The menu of the window, filled from `actions`; undo and redo show which step they affect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from samenleven_desktop.ui.actions import LOCK, REDO, UNDO, Action
from samenleven_desktop.ui.window_protocols import MainWindow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samenleven_desktop.services.workfile.workspace import UndoNames


class WindowMenu(QObject):
    """Belongs to one shell; a new shell gets a new menu. `refresh` queries the names of the steps for undo and redo."""

    def __init__(self, window: MainWindow, actions: Sequence[Action]) -> None:
        super().__init__(window.shell)
        self._window = window
        self._keys: dict[str, str] = {}
        self._entries: dict[str, QAction] = {}
        group = 0
        for action in actions:
            if action.menu_group is None:
                continue
            if action.menu_group != group:
                window.shell.menu.menu().addSeparator()
                group = action.menu_group
            self._add(action)

    def entry(self, name: str) -> QAction:
        return self._entries[name]

    def _add(self, action: Action) -> None:
        keys = f"\t{action.keys[0]}" if action.keys else ""
        entry = QAction(f"{action.caption}{keys}", self._window.shell.menu)
        entry.triggered.connect(lambda _checked=False: action.run())
        self._window.shell.menu.menu().addAction(entry)
        self._entries[action.name], self._keys[action.name] = entry, keys

    def refresh(self) -> None:
        self._window.runner.on_read(lambda file: file.undo_names(), then=self._show, owner=self, latest="undo-names")

    def _show(self, names: UndoNames) -> None:
        context = self._window.context
        self.entry(LOCK).setVisible(context is not None and not context.practice)
        text = self._window.language.text
        self._name(UNDO, names.undo, text("Undo"), text("Nothing to undo"))
        self._name(REDO, names.redo, text("Redo"), text("Nothing to redo"))

    def _name(self, name: str, step: tuple[str, Mapping[str, object]] | None, verb: str, nothing: str) -> None:
        from samenleven_desktop.i18n.labels import command_name

        entry = self.entry(name)
        entry.setEnabled(step is not None)
        if step is None:
            entry.setText(nothing)
            return
        entry.setText(f"{verb}: {command_name(self._window.language, *step)}{self._keys[name]}".replace("&", "&&"))
