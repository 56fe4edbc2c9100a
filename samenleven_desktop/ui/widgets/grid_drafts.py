"""Saves the unsaved input of a grid as drafts: rejected cells, and the content of the open cell editor.

One draft for each row of the table, independent of the page that shows it: `grid:<table>:<row id>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from samenleven_desktop.ui.runner import Runner
from samenleven_desktop.ui.widgets.grid_panel import GridPanel

if TYPE_CHECKING:
    from samenleven_desktop.domain.kept_draft import KeptDraft
    from samenleven_desktop.services.workfile.workspace import Workspace
    from samenleven_desktop.ui.screens.base import Screen

QUIET_MS = 400
Cells = dict[str, dict[str, str]]


class GridKeeper(QObject):
    """Created with the page; restores earlier drafts into their cells once they are loaded."""

    def __init__(self, runner: Runner, panel: GridPanel, screen: Screen) -> None:
        super().__init__(screen)
        self._runner, self._table, self._model = runner, panel.table, panel.model
        self._workspace = runner.workspace
        self._kind = f"grid:{self._model.table_name}"
        self._kept: Cells = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self.keep)
        self._model.wrong_changed.connect(self._schedule_save)
        self._table.cell_typed.connect(self._schedule_save)
        screen.leaving.connect(self.leave)
        runner.closing.connect(self.leave)
        kind = self._kind
        # After the pending writes of another page with this table.
        runner.on_store(lambda file: file.drafts_of(kind), then=self._restore, owner=self)

    def keep(self) -> None:
        """Saves the rows with changed input."""
        self._keep(self._model.draft())

    def leave(self) -> None:
        """Called when the page is left. Submitted edits are saved too: if one is rejected, nobody would show it."""
        self._keep(self._model.draft(pending=True))

    def _schedule_save(self) -> None:
        self._timer.start()

    def _keep(self, words: list[dict[str, str]]) -> None:
        self._timer.stop()
        if self._runner.workspace is None or self._runner.workspace is not self._workspace:
            return
        wanted: Cells = {}
        open_cell = self._table.open_cell()
        if open_cell is not None:
            words = [*words, open_cell]
        for one in words:
            wanted.setdefault(one["row"], {})[one["field"]] = one["words"]
        changed = {
            row: (self._kept.get(row, {}), wanted.get(row, {}))
            for row in wanted.keys() | self._kept.keys()
            if wanted.get(row) != self._kept.get(row)
        }
        self._kept = wanted
        if changed:
            kind = self._kind
            self._runner.on_store(lambda file: _save(file, kind, changed), owner=self._runner)

    def _restore(self, found: list[KeptDraft]) -> None:
        cells = [
            {"row": draft.form.rpartition(":")[2], "field": field, "words": words}
            for draft in found
            for field, words in draft.content["cells"].items()
        ]
        for one in cells:
            self._kept.setdefault(one["row"], {}).setdefault(one["field"], one["words"])
        self._model.restore_draft(cells)


def _save(file: Workspace, kind: str, changed: dict[str, tuple[dict[str, str], dict[str, str]]]) -> None:
    """Changes only the fields known to this page; another page may have saved other fields of the same row."""
    for row, (before, now) in changed.items():
        key = f"{kind}:{row}"
        found = file.draft(key)
        cells: dict[str, Any] = dict(found["cells"]) if found else {}  # type: ignore[call-overload]
        cells = {field: words for field, words in cells.items() if field not in before} | now
        if cells:
            file.save_draft(key, {"cells": cells})
        elif found:
            file.drop_draft(key)
