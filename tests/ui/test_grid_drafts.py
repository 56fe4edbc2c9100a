"""Words that a grid refused, or that still stood in an open cell, come back: theme, language, lock and kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.workfile.opening import open_any
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.screens.dossier.screen import ACTIONS, FIRST_NUMBER
from samenleven_desktop.ui.widgets.cell_delegate import CellEditor
from tests.pages.screens import UnlockPage
from tests.pages.window import WindowPage
from tests.ui.conftest import Open
from tests.ui.test_auto_lock import PASSPHRASE, own

__all__ = ["own"]
pytestmark = pytest.mark.gui
ROOT = Path(__file__).resolve().parents[2]


def workspace_of(window: WindowPage) -> Workspace:
    found = window.application.runner.workspace
    assert found is not None
    return found


def open_actions(window: WindowPage) -> None:
    window.application.navigator.open_dossier(workspace_of(window).query(government_by_code, "12025").id, ACTIONS)
    window.settle()


def open_cell(window: WindowPage) -> CellEditor:
    table = window.dossier.screen.ui.targets
    table.select_cell(0, FIRST_NUMBER)
    table.setFocus()
    window.press(Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, CellEditor)
    editor.selectAll()
    return editor


def type_wrong(window: WindowPage, words: str = "honderd") -> None:
    editor = open_cell(window)
    QTest.keyClicks(editor, words)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    window.settle()
    assert waiting(window) == [words]


def waiting(window: WindowPage) -> list[str]:
    model = window.dossier.screen.ui.targets_model
    return [model.words(index) for index in model.wrong_cells()]


def kept(window: WindowPage) -> list[str]:
    return [one for one in workspace_of(window).drafts() if one.startswith("grid:")]


@pytest.mark.parametrize("change", ["theme", "language"])
def test_refused_words_come_back_after_another_theme_or_language(window: WindowPage, change: str) -> None:
    open_actions(window)
    type_wrong(window)
    if change == "theme":
        window.application.change_theme("dark")
    else:
        window.application.change_language("en")
    window.settle()
    open_actions(window)
    assert waiting(window) == ["honderd"]


def test_refused_words_go_from_the_file_when_they_are_put_right(window: WindowPage) -> None:
    open_actions(window)
    type_wrong(window)
    window.until(lambda: len(kept(window)) == 1)
    editor = open_cell(window)
    QTest.keyClicks(editor, "123")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    window.until(lambda: not kept(window))
    assert waiting(window) == []
    assert not [one for one in window.notices() if "klad" in one.lower()]


@pytest.fixture
def own_with_target(own: Path) -> Path:
    """With a target taken up, so that there is a grid."""
    workspace = open_any(own, Runtime(), PASSPHRASE)
    year = workspace.plan.year_on(workspace.today).number
    targets = [target for action in workspace.plan.actions for target in action.targets]
    target = next(one for one in targets if one.in_year(year) is not None)
    workspace.run(AddCommitment(workspace.query(government_by_code, "12025").id, year, target.id, 10, 20, 30))
    workspace.close()
    return own


def test_refused_words_and_an_open_cell_come_back_after_a_lock(open_window: Open, own_with_target: Path) -> None:
    window = open_window(own_with_target, passphrase=PASSPHRASE)
    open_actions(window)
    type_wrong(window)
    window.application.lock()
    UnlockPage(window).open_with(PASSPHRASE)
    open_actions(window)
    assert waiting(window) == ["honderd"]
    editor = open_cell(window)
    QTest.keyClicks(editor, "77")
    window.application.lock()
    UnlockPage(window).open_with(PASSPHRASE)
    open_actions(window)
    if waiting(window) == ["77"]:
        # Else the cell took its words when it lost the keyboard, and they were saved before the file was closed.
        editor = open_cell(window)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        window.settle()
    assert waiting(window) == []
    (line,) = workspace_of(window).query(list_commitments)
    assert 77 in (line.existing_reach, line.requested, line.confirmed)


TYPIST = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.preferences import Preferences
from samenleven_desktop.ui.screens.dossier.screen import ACTIONS, FIRST_NUMBER
qt = QApplication([])
qt.setQuitOnLastWindowClosed(False)
app = Application(Preferences(Path(sys.argv[2])), Opening(Path(sys.argv[1]), "nl", None, "een lange zin", "light"))
def type_words():
    page = app.shell.page("dossier")
    if not page.ui.targets_model.rows or not app.runner.idle:
        return QTimer.singleShot(50, type_words)
    page.ui.targets.select_cell(0, FIRST_NUMBER)
    page.ui.targets.edit_cell()
    editor = page.ui.targets._cells.open_editor()
    editor.selectAll()
    QTest.keyClicks(editor, "honderd")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    watch()
def watch():
    if any(one.startswith("grid:") for one in app.runner.workspace.drafts()):
        return print("kept", flush=True)
    QTimer.singleShot(50, watch)
def begin():
    app.navigator.open_dossier(app.runner.workspace.query(government_by_code, "12025").id, ACTIONS)
    type_words()
app.ready.connect(begin)
app.start()
qt.exec()
"""


def test_refused_words_come_back_after_kill_9(open_window: Open, own_with_target: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    command = [sys.executable, "-c", TYPIST, str(own_with_target), str(tmp_path / "p.json")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "kept\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
    window = open_window(own_with_target, passphrase=PASSPHRASE)
    open_actions(window)
    assert waiting(window) == ["honderd"]
