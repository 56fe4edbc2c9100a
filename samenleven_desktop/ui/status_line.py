"""The status line at the bottom of the window: saved, last backup, changes not yet exchanged with colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from samenleven_desktop.ui.window_protocols import MainWindow

if TYPE_CHECKING:
    from samenleven_desktop.services.safekeeping.workspace_file import FileFacts
    from samenleven_desktop.services.workfile.workspace import Workspace


def _file_facts(file: Workspace) -> FileFacts:
    from samenleven_desktop.services.safekeeping.workspace_file import file_facts

    return file_facts(file)


class StatusLine(QObject):
    """`refresh` queries the work file again."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window

    def refresh(self) -> None:
        if self._window.runner.workspace is not None:
            self._window.runner.on_read(_file_facts, then=self._show, owner=self, latest="facts")

    def _show(self, facts: FileFacts) -> None:
        language = self._window.language
        text = language.text
        parts = [text("Everything saved")]
        if facts.last_backup is None:
            parts.append(text("no backup yet"))
        else:
            made = facts.last_backup.made_at.astimezone()
            parts.append(text("backup of {day} {time} proven good", day=language.day_month(made), time=f"{made:%H:%M}"))
        if facts.has_colleagues:
            number = facts.changes_not_exchanged
            parts.append(language.plural("{n} change not yet exchanged", "{n} changes not yet exchanged", number))
        self._window.shell.set_status(" · ".join(parts))
