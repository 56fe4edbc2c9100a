"""How long the window waits for its turn while long work runs beside it, against the same window with nothing beside.

A timer of 5 ms stands for the person: how much later than asked it goes off is what a key or a click would wait. In
the meantime pages are opened one after the other, as a person would who does not wait for the work to end.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.practice.make import PRACTICE_PASSPHRASE, make_practice
from samenleven_desktop.services.reports.batch import BatchDone
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.gil_scheduling import favour_the_window
from samenleven_desktop.ui.preferences import Preferences
from samenleven_desktop.ui.screens.importing.screen import ImportScreen
from samenleven_desktop.ui.screens.reports.batch import ReportBatch
from tests.builders import TODAY, make_work_file
from tests.tools import bench_import

BEAT, REPORTS = 5, int(os.environ.get("SAMENLEVEN_BENCH_REPORTS", "300"))
PAGES = ("start", "governments", "offers", "exchange")


class Beats(QObject):
    """Milliseconds that each beat came too late, since `clear`."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self, interval=BEAT, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    @contextmanager
    def counting(self) -> Iterator[None]:
        self.late, self._last = [], time.perf_counter()
        self._timer.start()
        try:
            yield
        finally:
            self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append((now - self._last) * 1000 - BEAT)
        self._last = now

    def numbers(self) -> dict[str, float]:
        ordered = sorted(self.late)
        return {
            "beats": float(len(ordered)),
            "middle": ordered[len(ordered) // 2],
            "99th of 100": ordered[len(ordered) * 99 // 100],
            "longest": ordered[-1],
        }


class Bench:
    """One window over one practice file."""

    def __init__(self, folder: Path, store: Path) -> None:
        self.folder, self.beats = folder, Beats()
        opening = Opening(store, "nl", None, None, theme="light")
        self.application = Application(Preferences(folder / "preferences.json"), opening)
        ready: list[bool] = []
        self.application.ready.connect(lambda: ready.append(True))
        self.application.start()
        until(lambda: bool(ready) and self.application.runner.idle)
        for page in (*PAGES, "import", "reports"):
            self.application.shell.show_page(page)
            until(lambda: self.application.runner.idle)

    def nothing_beside(self) -> dict[str, float]:
        with self.beats.counting():
            self._walk(lambda began: time.monotonic() - began > 10)
        return self.beats.numbers()

    def importing(self) -> tuple[dict[str, float], dict[str, float]]:
        """50,000 rows: reading and planning them, and taking them over."""
        path = self.folder / "metingen.xlsx"
        bench_import.make_file(path)
        page = self.application.shell.page("import")
        assert isinstance(page, ImportScreen)
        with self.beats.counting():
            page.open_file(path)
            self._walk(lambda _: page.plan is not None and len(page.plan.commands) == bench_import.ROWS)
            until(lambda: self.application.runner.idle)
        planned = self.beats.numbers()
        with self.beats.counting():
            page.ui.take_over.click()
            self._walk(lambda _: self.application.runner.idle and page.plan is not None and not page.plan.commands)
        return planned, self.beats.numbers()

    def reports(self) -> dict[str, float]:
        workspace = self.application.runner.workspace
        assert workspace is not None
        ids = workspace.query(_governments)[:REPORTS]
        target = self.folder / "reports"
        target.mkdir()
        batch = ReportBatch(self.application.runner, target, ".pdf", Language("nl"), self.application)
        done: list[BatchDone] = []
        batch.finished.connect(done.append)
        with self.beats.counting():
            batch.start(ReportRequest("coaching", government_ids=ids, year=2))
            self._walk(lambda _: bool(done))
        assert done[0].written == len(ids) == len(list(target.glob("*.pdf")))
        return self.beats.numbers()

    def close(self) -> None:
        finished: list[bool] = []
        self.application.finished.connect(lambda: finished.append(True))
        self.application.close()
        until(lambda: bool(finished))

    def _walk(self, over: Callable[[float], bool]) -> None:
        """Another page every half second until it is over."""
        began = time.monotonic()
        for page in cycle(PAGES):
            self.application.shell.show_page(page)
            turn = time.monotonic()
            until(lambda: over(began) or time.monotonic() - turn > 0.5)  # noqa: B023 - asked before the next turn
            if over(began):
                return


def until(true: Callable[[], bool]) -> None:
    """Lets the window work until it is true; only looks every 20 ms, so as not to be the work itself."""
    loop = QEventLoop()
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: loop.quit() if true() else None)
    timer.start()
    if not true():
        loop.exec()
    timer.stop()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _governments(reading: QueryContext) -> tuple[str, ...]:
    return tuple(one.id for one in reference.all_governments(reading.view))


def main() -> None:
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    favour_the_window()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # The rows to import belong to the governments of the small file; the reports are those of the practice file.
        small = make_work_file(folder / "small.oefendb", PRACTICE_PASSPHRASE, practice_date=TODAY)
        make_practice(folder / "practice.oefendb", None, cost=KeyCost(1, 8, 1))
        bench = Bench(folder, small.path)
        planned, taken = bench.importing()
        bench.close()
        bench = Bench(folder, folder / "practice.oefendb")
        idle = bench.nothing_beside()
        found = {
            "nothing beside": idle,
            "reading and planning 50,000 rows": planned,
            "taking over 50,000 rows": taken,
            f"{REPORTS} coaching reports": bench.reports(),
        }
        bench.close()
    print("how late a beat of the window comes, ms")
    for name, numbers in found.items():
        words = "".join(f"{what} {value:8.1f}   " for what, value in numbers.items() if what != "beats")
        print(f"{name:35}{words}{numbers['99th of 100'] / max(idle['99th of 100'], 1):6.2f} x")
    target = Path(__file__).resolve().parents[2] / "build" / "bench-window.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
