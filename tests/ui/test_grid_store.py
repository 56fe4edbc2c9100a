"""A grid on a real work file: a paste is one undo step, a refusal keeps the words, undo shows in the cells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.typed_values import read_number
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import CommitmentLine
from samenleven_desktop.services.kpi.commands import ChangeCommitments
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.workfile.workspace import open_workspace
from samenleven_desktop.ui.models.column import ValueKind
from samenleven_desktop.ui.models.editable_model import GridColumn, GridModel
from samenleven_desktop.ui.runner import Runner
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.grid_panel import GridPanel, run_edits
from tests.builders import TODAY, WorkFile

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]

DUTCH = Language("nl")
REQUESTED, CONFIRMED = 1, 2


def number(title: str, field: str) -> GridColumn[CommitmentLine]:
    # Without its own check on negative numbers, so that the command has something to refuse.
    return GridColumn(
        title,
        lambda line: str(getattr(line, field) or "–"),
        90,
        value=lambda line: getattr(line, field),
        kind=ValueKind.NUMBER,
        field=field,
        read=lambda words: read_number(words, field),
    )


class CommitmentsPage(QWidget):
    """The smallest page around a grid."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self.model = GridModel[CommitmentLine](
            [
                GridColumn("Actie", lambda line: line.action_title),
                number("Aangevraagd", "requested"),
                number("Bevestigd", "confirmed"),
            ],
            DUTCH,
            lambda line: line.id,
            self,
        )
        self.panel = GridPanel(Theme("light"), self.model, "Engagementen", self)
        run_edits(self.model, runner, self, ChangeCommitments, self.reload)

    def reload(self) -> None:
        self.runner.query(list_commitments, 2, then=self.model.set_rows, owner=self, latest="commitments")

    def numbers(self, column: int) -> list[object]:
        return [self.model.index(row, column).data() for row in range(self.model.rowCount())]

    def paste(self, text: str, column: int) -> None:
        QGuiApplication.clipboard().setText(text)
        self.panel.table.select_cell(0, column)
        self.panel.table.paste_block()


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, work_file: WorkFile) -> Iterator[CommitmentsPage]:
    runner = Runner()
    with qtbot.waitSignal(runner.idle_changed, check_params_cb=lambda idle: idle):
        runner.open(lambda: open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase), lambda _: None)
    made = CommitmentsPage(runner)
    qtbot.addWidget(made)
    made.reload()
    qtbot.waitUntil(lambda: runner.idle)
    yield made
    runner.shut_down()
    QGuiApplication.clipboard().clear()


def test_a_paste_is_one_undo_step(page: CommitmentsPage, qtbot: QtBot) -> None:
    before = page.numbers(CONFIRMED)
    rows = page.model.rowCount()
    assert rows > 4
    page.paste("".join(f"{place + 500}\r\n" for place in range(rows)), CONFIRMED)
    qtbot.waitUntil(lambda: page.runner.idle)
    assert page.numbers(CONFIRMED) == [str(place + 500) for place in range(rows)]
    assert [line.confirmed for line in page.model.rows] == [place + 500 for place in range(rows)]
    page.runner.undo(initiator=page, then=lambda _: page.reload())
    qtbot.waitUntil(lambda: page.runner.idle)
    assert page.numbers(CONFIRMED) == before


def test_a_refused_paste_changes_nothing_and_keeps_the_words(page: CommitmentsPage, qtbot: QtBot) -> None:
    before = [(line.requested, line.confirmed) for line in page.model.rows]
    page.paste("5\t-7\r\n6\t8\r\n", REQUESTED)
    qtbot.waitUntil(lambda: page.runner.idle)
    page.reload()
    qtbot.waitUntil(lambda: page.runner.idle)
    assert [(line.requested, line.confirmed) for line in page.model.rows] == before
    assert (page.numbers(REQUESTED)[:2], page.numbers(CONFIRMED)[:2]) == (["5", "6"], ["-7", "8"])
    assert page.panel.line.words.text() == "Typ een geheel getal, 0 of meer."
    page.model.setData(page.model.index(0, CONFIRMED), "7")
    page.model.setData(page.model.index(1, CONFIRMED), "8")
    qtbot.waitUntil(lambda: page.runner.idle)
    assert [(line.requested, line.confirmed) for line in page.model.rows][:2] == [(5, 7), (6, 8)]
    assert page.model.wrong_cells() == []
