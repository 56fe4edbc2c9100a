"""The workers of the window: answers come on the GUI thread or are dropped, and widgets are released there only."""

from __future__ import annotations

import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from samenleven_desktop.services.safekeeping.workspace_file import file_facts
from samenleven_desktop.services.workfile.workspace import Workspace
from tests.builders import PASSPHRASE, WorkFile
from tests.open_handles import open_handles
from tests.pages.window import WindowPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui


def test_locking_waits_for_the_reading_under_way_and_leaves_out_the_rest(
    open_window: Open, work_file: WorkFile
) -> None:
    window = open_window(work_file.path, passphrase=PASSPHRASE)
    runner, owner = window.application.runner, window.application
    began, go_on = threading.Event(), threading.Event()
    read: list[str] = []
    answers: list[object] = []

    def slow(file: Workspace) -> None:
        began.set()
        go_on.wait(20)
        read.append(str(file_facts(file).path))

    runner.on_read(slow, then=answers.append, owner=owner)
    runner.on_read(lambda file: read.append("waiting"), then=answers.append, owner=owner)
    assert began.wait(20)
    window.application.lock()
    go_on.set()
    window.until(lambda: window.application.shell.current == "unlock")
    window.settle()
    assert read == [str(work_file.path)]
    assert answers == []
    assert not [one for one in open_handles(work_file.path) if not one.endswith(".lock")]


def test_a_question_without_an_open_file_is_dropped_and_a_command_is_told(
    open_window: Open, work_file: WorkFile
) -> None:
    window = open_window(work_file.path, passphrase=PASSPHRASE)
    runner, owner = window.application.runner, window.application
    window.application.lock()
    window.settle()
    answers: list[object] = []
    runner.on_read(file_facts, then=answers.append, owner=owner)
    runner.on_store(file_facts, then=answers.append, owner=owner)
    window.settle()
    assert answers == []
    runner.undo(initiator=owner)
    window.until(lambda: any("gesloten" in words for words in window.notices()))


def test_the_last_reference_to_an_owner_is_dropped_on_the_gui_thread(window: WindowPage) -> None:
    threads: list[str] = []
    runner = window.application.runner

    class Owner(QObject):
        def shown(self, _: object) -> None:
            pass

    for ask in (
        lambda owner: runner.on_read(lambda _: owner.objectName(), then=owner.shown, owner=owner),
        lambda owner: runner.on_store(lambda _: owner.objectName(), then=owner.shown, owner=owner),
        lambda owner: runner.free(lambda: owner.objectName(), then=owner.shown, owner=owner),
    ):
        for _ in range(50):
            owner = Owner()
            weakref.finalize(owner, lambda: threads.append(threading.current_thread().name))
            ask(owner)
            del owner
    window.settle()
    window.until(lambda: len(threads) == 150)
    assert set(threads) == {"MainThread"}
