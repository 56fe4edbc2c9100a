"""A grid with its summary line, for use on a page; and the connection from its edits to commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.services.core.command import AnyCommand, FieldEdit
from samenleven_desktop.ui.models.editable_model import GridModel
from samenleven_desktop.ui.runner import Runner
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.grid import GridTable
from samenleven_desktop.ui.widgets.responsive import bare
from samenleven_desktop.ui.widgets.selection_summary import SumLine


class GridPanel(QWidget):
    """A grid with a line below it: the sum of the selection, errors, and the number of unsaved cells."""

    def __init__(self, theme: Theme, model: GridModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.table = GridTable(theme, model, name)
        self.line = SumLine(model.language)
        box = bare(QVBoxLayout(self), 4)
        box.addWidget(self.table, 1)
        box.addWidget(self.line)
        self.setFocusProxy(self.table)
        self.table.selection_summed.connect(self.line.show_sum)
        self.table.told.connect(self.line.tell)
        model.wrong_changed.connect(self.line.show_wrong)
        self.line.wrong.clicked.connect(lambda _=False: self.table.go_to_wrong())


def run_edits(
    model: GridModel[Any],
    runner: Runner,
    initiator: QObject,
    command: Callable[[tuple[FieldEdit, ...]], AnyCommand],
    then: Callable[[], object],
) -> None:
    """Runs each action in the grid as one command from now on; `then` (reload) is called once it is on disk.

    Rejected input stays in its cells with an error message.
    """

    def run(edits: list[FieldEdit]) -> None:
        def done(_: object) -> None:
            model.settle(edits)
            then()

        def refused(error: SamenlevenError) -> None:
            model.refuse(edits, error)

        runner.run(command(tuple(edits)), initiator=initiator, then=done, failed=refused)

    model.edited.connect(run)
