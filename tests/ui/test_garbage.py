"""Python's garbage is collected on the GUI thread only, also while workers allocate."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from samenleven_desktop.services.core.gc_pause import bulk_work
from samenleven_desktop.ui.garbage import CALM_MS, GarbageCollector
from tests.builders import PASSPHRASE, WorkFile
from tests.pages.window import WindowPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui


@contextmanager
def collections() -> Iterator[list[threading.Thread]]:
    """The threads on which garbage was collected inside the block."""
    threads: list[threading.Thread] = []

    def note(phase: str, _facts: dict[str, int]) -> None:
        if phase == "start":
            threads.append(threading.current_thread())

    gc.callbacks.append(note)
    try:
        yield threads
    finally:
        gc.callbacks.remove(note)


def make_cycles(number: int) -> None:
    for _ in range(number):
        cycle: list[object] = []
        cycle.append(cycle)


def test_workers_allocate_and_the_gui_thread_collects(window: WindowPage) -> None:
    runner = window.application.runner
    owner = window.application

    def busy(*_: object) -> None:
        with bulk_work():
            make_cycles(5_000)
        make_cycles(5_000)

    with collections() as threads:
        for _ in range(5):
            runner.on_read(busy, then=lambda _: None, owner=owner)
            runner.on_store(busy, owner=owner)
            runner.free(lambda: make_cycles(5_000), owner=owner)
        window.settle()
        window.until(lambda: bool(threads))
        window.settle()
    assert {thread.name for thread in threads} == {"MainThread"}
    assert not gc.isenabled()


def test_a_closed_window_leaves_collection_as_it_was(open_window: Open, filled: Path) -> None:
    gc.enable()
    window = open_window(filled)
    assert not gc.isenabled()
    with window.bot.waitSignal(window.application.finished, timeout=20_000):
        window.shell.close()
    assert gc.isenabled()


def test_a_full_collection_waits_for_quiet(qtbot: object) -> None:
    owner = QObject()
    quiet = False
    collector = GarbageCollector(lambda: quiet, owner)
    collector.start()
    try:
        for _ in range(15):
            gc.collect(1)
        with collections() as threads:
            generations: list[int] = []
            gc.callbacks.append(lambda phase, facts: generations.append(facts["generation"]))
            make_cycles(2_000)
            collector.collect_due()
            assert 2 not in generations
            quiet = True
            collector.collect_due()
            assert 2 in generations
            gc.callbacks.pop()
        assert threads
    finally:
        collector.stop()


def test_nothing_to_do_means_few_looks(qtbot: object) -> None:
    owner = QObject()
    collector = GarbageCollector(lambda: True, owner)
    collector.start()
    try:
        gc.collect()
        for _ in range(10):
            collector.collect_due()
        assert collector.timer.interval() == CALM_MS
        collector.wake()
        assert collector.timer.interval() < CALM_MS
    finally:
        collector.stop()


def test_nothing_is_left_of_a_window_and_its_pages_in_another_language(window: WindowPage) -> None:
    application = window.application
    for key in ("governments", "support", "offers", "kpis", "stimuli", "reports", "exchange", "settings"):
        application.shell.show_page(key)
        window.settle()
    old = [weakref.ref(application.shell), *(weakref.ref(page) for page in application.shell.pages.values())]
    application.change_language("en")
    window.settle()
    application.shell.show_page("start")
    window.settle()

    def gone() -> bool:
        gc.collect()
        return not any(one() for one in old)

    window.until(gone)


def test_nothing_is_left_of_the_pages_after_locking(open_window: Open, work_file: WorkFile) -> None:
    window = open_window(work_file.path, passphrase=PASSPHRASE)
    application = window.application
    for key in ("governments", "support", "offers", "kpis", "stimuli", "reports", "exchange", "settings", "session"):
        application.shell.show_page(key)
        window.settle()
    file = weakref.ref(application.runner.workspace)
    old = [weakref.ref(page) for page in application.shell.pages.values()]
    application.lock()

    def gone() -> bool:
        gc.collect()
        return application.shell.current == "unlock" and not any(one() for one in [file, *old])

    window.until(gone)
