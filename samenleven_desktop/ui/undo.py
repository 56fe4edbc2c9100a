"""Undo and redo of saved steps: by shortcut, from the menu, or with the button of a notice.

In a focused text field, the field handles the shortcuts (ui/field_undo.py); see docs/decisions/0010-undo-by-focus.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject

from samenleven_desktop.domain.kept_draft import DISCARDED
from samenleven_desktop.ui.window_protocols import MainWindow

if TYPE_CHECKING:
    from samenleven_desktop.readmodels.exchange import PackUndo
    from samenleven_desktop.services.core.command import Done
    from samenleven_desktop.services.workfile.workspace import Workspace
    from samenleven_desktop.ui.widgets.basic import Notice


def _pack_to_undo(file: Workspace) -> PackUndo | None:
    from samenleven_desktop.services.exchange.status import pack_to_undo

    return pack_to_undo(file)


class UndoControl(QObject):
    """One per window. `resume_draft` opens the form of a discarded draft that was restored."""

    def __init__(self, window: MainWindow, resume_draft: Callable[[str], None]) -> None:
        super().__init__()
        self._window = window
        self._resume_draft = resume_draft
        self._notice: Notice | None = None
        self._step = ""
        window.runner.changed.connect(self._on_changed)

    def offer(self, words: str, step: str) -> None:
        """Shows what was done, with an undo button. The notice is removed after the next step."""
        self._announce(words, self._window.language.text("Undo"), self.undo, step)

    def undo(self) -> None:
        """Undoes the newest step and names it in a notice.

        If that step applied the file of a colleague and later steps depend on it, a preview is shown first.
        """
        if self._window.runner.workspace is not None:
            self._window.runner.on_store(_pack_to_undo, then=self._undo, owner=self)

    def _undo(self, found: PackUndo | None) -> None:
        window = self._window
        if found is None or window.context is None:
            window.runner.undo(initiator=self, then=self._undone)
            return
        from samenleven_desktop.ui.dialogs.undo_pack import UndoPackDialog

        UndoPackDialog(window.context, found, window.shell, lambda: None).open()

    def redo(self) -> None:
        if self._window.runner.workspace is not None:
            self._window.runner.redo(initiator=self, then=self._redone)

    def _undone(self, done: Done[tuple[str, dict[str, object]]]) -> None:
        name, details = done.result
        if name == DISCARDED:
            self._remove_notice()
            self._resume_draft(str(details["draft"]))
        else:
            self._announce(self._name(done, "undo"), self._window.language.text("Redo"), self.redo, done.command_id)

    def _redone(self, done: Done[tuple[str, dict[str, object]]]) -> None:
        self._announce(self._name(done, "redo"), self._window.language.text("Undo"), self.undo, done.command_id)

    def _name(self, done: Done[tuple[str, dict[str, object]]], kind: str) -> str:
        from samenleven_desktop.i18n.labels import command_name

        return command_name(self._window.language, *done.result, kind)

    def _announce(self, words: str, action: str, do: Callable[[], None], step: str) -> None:
        self._remove_notice()
        notice = self._window.shell.add_notice("info", words)
        notice.add_action(action, do)
        self._notice, self._step = notice, step

    def _on_changed(self, done: Done[object], _initiator: QObject) -> None:
        if (done.command_id or str(done.result)) != self._step:
            self._remove_notice()

    def _remove_notice(self) -> None:
        notice, self._notice = self._notice, None
        if notice is not None and shiboken6.isValid(notice):
            notice.hide()
            notice.deleteLater()
