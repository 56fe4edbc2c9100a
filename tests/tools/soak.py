"""Plays random actions in the real window for minutes and fails on a traceback or on growth.

    soak.py [--seconds 600] [--seed 1]             memory, handles and Qt objects, measured each minute
    soak.py --crash-loop [--runs 10] [--seconds 180]  each run in a process of its own, collecting garbage all the time

The crash loop sets thresholds of 5 to 50 and asks for a full collection after each job of a worker; a collection on
another thread than the GUI thread fails the run. `--on-worker` collects on the worker after each job instead, as
automatic collection did before: that reproduces the native crash (docs/decisions/0025-garbage-on-the-gui-thread.md).
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from samenleven_desktop.services.safekeeping.workspace_file import back_up

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QTabWidget, QWidget

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.practice.make import fill
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.preferences import Preferences
from tests.builders import PASSPHRASE, TODAY

PAGES = (
    "start",
    "governments",
    "support",
    "offers",
    "kpis",
    "stimuli",
    "reports",
    "exchange",
    "settings",
    "import",
    "keeping",
    "plans",
)
CTRL = Qt.KeyboardModifier.ControlModifier
WORDS = ("Gesprek over samenleven", "Vrijwilligers gezocht", "mechelen", "buurt", "afspraak met de dienst", "12", "x")
GROWTH = 1.10
SETTLE_SECONDS = 60


class Stuck(Exception):
    """The window did not come to rest."""


class Player:
    """Acts in one window as a hurried person would."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.faults: list[str] = []
        self.actions = 0
        path = folder / "werk.samenlevendb"
        if not path.exists():
            made = create_workspace(path, PASSPHRASE, Runtime(day=TODAY), KeyCost(1, 8, 1))
            fill(made, 1, 1)
            made.close()
        self.store = path
        sys.excepthook = lambda kind, error, trace: self._fault(kind, error, trace)
        opening = Opening(path, "nl", TODAY, PASSPHRASE, "light")
        self.application = Application(Preferences(folder / "preferences.json"), opening)
        self.application.runner.crashed.connect(self.faults.append)
        self.ready = False
        self.application.ready.connect(self._on_ready)
        self.application.start()
        self.until(lambda: self.ready)
        file = self.application.runner.workspace
        assert file is not None
        self.governments = [one.id for one in file.query(choices)][:40]

    def _fault(self, kind: type[BaseException], error: BaseException, trace: object) -> None:
        self.faults.append(f"{kind.__name__}: {error}")
        sys.__excepthook__(kind, error, trace)  # type: ignore[arg-type]

    def _on_ready(self) -> None:
        self.ready = True

    def until(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + SETTLE_SECONDS
        while not done():
            if time.monotonic() > end:
                raise Stuck(f"page {self.application.shell.current}, {self.dialogs()}")
            QTest.qWait(5)

    def settle(self) -> None:
        self.until(lambda: self.application.runner.idle)

    def dialogs(self) -> list[QDialog]:
        return [one for one in self.application.shell.findChildren(QDialog) if one.isVisible()]

    # Actions

    def act(self) -> None:
        """One action, then now and then a moment's rest."""
        self.actions += 1
        if self.application.shell.current == "unlock":
            self.unlock()
            return
        if self.application.runner.workspace is None:
            QTest.qWait(20)
            return
        action = self.chance.choices(
            [
                self.page,
                self.dossier,
                self.tab,
                self.write_session,
                self.dialog,
                self.close_dialog,
                self.type_somewhere,
                self.search,
                self.undo,
                self.busy,
                self.key,
                self.lock,
                self.theme,
                self.language,
            ],
            [14, 10, 12, 6, 8, 8, 8, 5, 4, 5, 6, 2, 1, 1],
        )[0]
        action()
        QTest.qWait(self.chance.choice((0, 0, 1, 5, 30)))

    def page(self) -> None:
        self.application.shell.show_page(self.chance.choice(PAGES))

    def dossier(self) -> None:
        self.application.navigator.open_dossier(self.chance.choice(self.governments), self.chance.randrange(8))

    def tab(self) -> None:
        page = self.application.shell.stack.currentWidget()
        tabs = page.findChildren(QTabWidget) if page is not None else []
        if tabs:
            chosen = self.chance.choice(tabs)
            chosen.setCurrentIndex(self.chance.randrange(max(chosen.count(), 1)))

    def write_session(self) -> None:
        self.application.navigator.open_session(None, self.chance.choice([None, *self.governments]))
        self.type_somewhere()
        if self.chance.random() < 0.3:
            self._press(Qt.Key.Key_S, CTRL)

    def dialog(self) -> None:
        """One of the forms of a dossier, by its key."""
        self.dossier()
        self.settle()
        self._press(self.chance.choice((Qt.Key.Key_T, Qt.Key.Key_E, Qt.Key.Key_I, Qt.Key.Key_M)), CTRL)

    def close_dialog(self) -> None:
        for one in self.dialogs():
            if self.chance.random() < 0.3:
                self._press(Qt.Key.Key_S, CTRL)
            else:
                one.reject()

    def type_somewhere(self) -> None:
        owner: QWidget | None = next(iter(self.dialogs()), None) or self.application.shell.stack.currentWidget()
        if owner is None:
            return
        fields = [
            one
            for one in [*owner.findChildren(QLineEdit), *owner.findChildren(QPlainTextEdit)]
            if one.isVisible() and one.isEnabled()
        ]
        if fields:
            field = self.chance.choice(fields)
            field.setFocus()
            QTest.keyClicks(field, self.chance.choice(WORDS))

    def search(self) -> None:
        self._press(Qt.Key.Key_K, CTRL)
        box = QApplication.focusWidget()
        if isinstance(box, QLineEdit):
            QTest.keyClicks(box, self.chance.choice(WORDS))
            self.settle()
            self._press(Qt.Key.Key_Return)

    def undo(self) -> None:
        self.application.undoing.undo() if self.chance.random() < 0.6 else self.application.undoing.redo()

    def busy(self) -> None:
        """Work on every worker at once, of which the answers come late."""
        runner, owner = self.application.runner, self.application
        runner.on_read(lambda file: [file.query(choices) for _ in range(20)], then=lambda _: None, owner=owner)
        runner.on_store(lambda file: back_up(file) and None, owner=owner)
        runner.free(lambda: sorted(random.random() for _ in range(50_000)), owner=owner)

    def key(self) -> None:
        self._press(
            self.chance.choice((Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F2))
        )

    def lock(self) -> None:
        self.application.lock()

    def unlock(self) -> None:
        self.ready = False
        page = self.application.shell.page("unlock")
        page.secret.setText(PASSPHRASE)  # type: ignore[attr-defined]
        page.open.click()  # type: ignore[attr-defined]
        self.until(lambda: self.ready)

    def theme(self) -> None:
        self.application.change_theme(self.chance.choice(("light", "dark")))

    def language(self) -> None:
        self.application.change_language(self.chance.choice(("nl", "en")))

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget() or self.application.shell
        QTest.keyClick(target, key, modifier)

    # Measuring

    def rest(self) -> None:
        """The same state each time: unlocked, no dialog, Start shown, everything done and collected."""
        self.until(lambda: self.application.shell.current == "unlock" or self.application.runner.workspace is not None)
        if self.application.shell.current != "unlock":
            for one in self.dialogs():
                one.reject()
            self.application.shell.show_page("start")
            self.application.lock()
            self.until(lambda: self.application.shell.current == "unlock")
        self.unlock()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for one in self.dialogs():
            one.reject()
        self.application.shell.show_page("start")
        self.settle()
        # What was typed and left is data of the file, which grows; so are the notices about it.
        self.application.runner.on_store(_drop_drafts, owner=self.application)
        self.settle()
        while (notice := self.application.shell.notices.takeAt(0)) is not None:
            notice.widget().deleteLater()
        # Until nothing is deleted any more: some of it goes in several turns of the event loop.
        before = -1
        while before != (number := len(QApplication.allWidgets())):
            before = number
            QTest.qWait(300)
            gc.collect()

    def measure(self) -> dict[str, int]:
        status = Path("/proc/self/status").read_text()
        memory = int(status.partition("VmRSS:")[2].split()[0]) // 1024
        handles = len(list(Path("/proc/self/fd").iterdir()))
        return {
            "memory_mb": memory,
            "handles": handles,
            "top_level": len(QApplication.topLevelWidgets()),
            "widgets": len(QApplication.allWidgets()),
        }

    def close(self) -> None:
        closed: list[bool] = []
        self.application.finished.connect(lambda: closed.append(True))
        self.application.close()
        assert closed


def _drop_drafts(file: Workspace) -> None:
    for kind in ("session", "form", "grid"):
        for draft in file.drafts_of(kind):
            file.drop_draft(draft.form)


def soak(seconds: int, seed: int) -> int:
    """Ten minutes by default; memory of the last five minutes within 10 % of minute 2, handles and windows constant."""
    qt = QApplication(sys.argv[:1])
    assert qt is not None
    with tempfile.TemporaryDirectory() as folder:
        player = Player(Path(folder), seed)
        minutes: list[dict[str, int]] = []
        began = time.monotonic()
        length = seconds / 10
        for minute in range(1, 11):
            while time.monotonic() - began < minute * length:
                player.act()
            player.rest()
            minutes.append(player.measure())
            print(f"minute {minute:2} {player.actions:6} actions  {minutes[-1]}", flush=True)
            if minutes[-1]["top_level"] != minutes[0]["top_level"]:
                print("   ", Counter(type(one).__name__ for one in QApplication.topLevelWidgets()), flush=True)
        kinds = Counter(type(one).__name__ for one in QApplication.topLevelWidgets())
        player.close()
    second, last = minutes[1], minutes[5:]
    wrong = [f"fault: {one}" for one in player.faults]
    wrong += [f"memory grew: {one['memory_mb']} MB" for one in last if one["memory_mb"] > second["memory_mb"] * GROWTH]
    for what in ("handles", "top_level"):
        wrong += [f"{what} changed: {one[what]}" for one in last if one[what] != second[what]]
    if wrong:
        print("top-level objects:", kinds)
    print("\n".join(wrong) or "soak: nothing grew, no fault")
    return 1 if wrong else 0


def crash_run(seconds: int, seed: int, on_worker: bool) -> int:
    """One run of the crash loop, in this process."""
    faulthandler.enable()
    qt = QApplication(sys.argv[:1])
    assert qt is not None
    chance = random.Random(seed)
    threads: set[str] = set()
    count = 0

    def note(phase: str, _facts: object) -> None:
        nonlocal count
        if phase == "stop":
            count += 1
            threads.add(threading.current_thread().name)

    gc.callbacks.append(note)
    gc.set_threshold(chance.randint(5, 50), chance.randint(2, 10), chance.randint(2, 10))
    if on_worker:
        _collect_on_workers()
    with tempfile.TemporaryDirectory() as folder:
        player = Player(Path(folder), seed)
        if not on_worker:
            player.application.runner.worked.connect(lambda: gc.collect())
            timer = QTimer(player.application)
            timer.timeout.connect(player.application.garbage.collect_due)
            timer.start(10)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            player.act()
        player.rest()
        player.close()
    strange = [] if on_worker else sorted(threads - {"MainThread"})
    print(
        f"seed {seed}: {player.actions} actions, {count} collections on {sorted(threads)}, {len(player.faults)} faults"
    )
    return 1 if player.faults or strange else 0


def _collect_on_workers() -> None:
    """As automatic collection did: whatever thread is working may collect."""
    submit = ThreadPoolExecutor.submit

    def submitting(self: ThreadPoolExecutor, work: Callable[..., object], /, *args: object, **named: object) -> object:
        def collecting() -> object:
            try:
                return work(*args, **named)
            finally:
                gc.collect()

        return submit(self, collecting)

    ThreadPoolExecutor.submit = submitting  # type: ignore[assignment,method-assign]


def crash_loop(runs: int, seconds: int, seed: int, on_worker: bool) -> int:
    """So many runs in processes of their own, two at a time; tells how each ended."""
    waiting = list(range(seed, seed + runs))
    running: dict[subprocess.Popen[bytes], int] = {}
    codes: dict[int, int] = {}
    while waiting or running:
        while waiting and len(running) < 2:
            number = waiting.pop(0)
            words = [
                sys.executable,
                "-m",
                "tests.tools.soak",
                "--one",
                "--seed",
                str(number),
                "--seconds",
                str(seconds),
            ]
            running[subprocess.Popen(words + (["--on-worker"] if on_worker else []))] = number
        for process in [one for one in running if one.poll() is not None]:
            codes[running.pop(process)] = process.returncode
        time.sleep(0.5)
    crashed = [number for number, code in codes.items() if code < 0]
    failed = [number for number, code in codes.items() if code > 0]
    print(f"{runs} runs of {seconds} s: {len(crashed)} native crashes {crashed}, {len(failed)} failed {failed}")
    return 1 if crashed or failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--crash-loop", action="store_true")
    parser.add_argument("--on-worker", action="store_true")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    home = tempfile.mkdtemp()
    os.environ |= {
        "XDG_DATA_HOME": home,
        "XDG_STATE_HOME": home,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    try:
        if options.one:
            return crash_run(options.seconds or 180, options.seed, options.on_worker)
        if options.crash_loop:
            return crash_loop(options.runs, options.seconds or 180, options.seed, options.on_worker)
        return soak(options.seconds or 600, options.seed)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
