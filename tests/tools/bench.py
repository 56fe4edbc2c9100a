"""Speed and memory as ratios against a yardstick measured in the same run; prints a table and writes JSON.

Fails nothing. Each start is a process of its own; medians of at least seven runs. The yardstick for a start is a bare
PySide6 window that only opens the same encrypted file with the raw key.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench_lists import LISTS, lists

ROOT = Path(__file__).resolve().parents[2]
RUNS = 7
BUDGETS = {
    "first paint": "<= 1.3 x",
    "Start with its data": "<= 3 x",
    "dossier, queries, p95": "<= 3 x",
    "dossier painted, ms": "<= 100 ms",
    "search while typing, p95": "<= 2 x",
    "memory after every screen, MB above bare": "<= 120 MB",
}
for _name in LISTS:
    BUDGETS[f"list: {_name}, ms (statements)"] = "<= 100 ms"

# The most memory of this process alone: what the system tells of a child begins with the size of its parent.
MOST = """
def most_kilobytes():
    import pathlib
    import resource
    status = pathlib.Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1])
"""

BARE = (
    MOST
    + """
import sys, time
began = time.perf_counter()
from PySide6.QtWidgets import QApplication, QMainWindow
from PySide6.QtCore import QTimer
import sqlcipher3.dbapi2 as driver
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, finish)
def finish():
    global painted
    painted = time.perf_counter() - began
    app.quit()
app = QApplication([])
window = Window()
connection = driver.connect(sys.argv[1])
connection.execute("PRAGMA key = \\"x'" + sys.argv[2] + "'\\"")
connection.execute("SELECT count(*) FROM meta").fetchone()
window.resize(1440, 900)
window.show()
app.exec()
print(painted, most_kilobytes())
"""
)

OURS = (
    MOST
    + """
import gc, sys, time
gc.disable()
began = time.perf_counter()
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from samenleven_desktop.ui.first_window import FirstWindow, Opening, show_first
from samenleven_desktop.ui.preferences import Preferences
marks = {}
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and "paint" not in marks:
            marks["paint"] = time.perf_counter() - began
        return False
app = QApplication([])
app.setQuitOnLastWindowClosed(False)
opening = Opening(Path(sys.argv[1]), "nl", None, sys.argv[3], "light")
first = FirstWindow(Preferences(Path(sys.argv[2])), opening)
watch = Watch()
first.shell.installEventFilter(watch)
def shown(summary):
    marks["data"] = time.perf_counter() - began
    QTimer.singleShot(0, ours, ours.close)
def ready():
    page = ours.shell.page("start")
    original = page._show
    def wrapped(summary):
        original(summary)
        shown(summary)
    page._show = wrapped
    page.mark_stale()
def go_on():
    global ours
    from samenleven_desktop.ui.app import Application
    ours = Application(first.preferences, opening, first)
    ours.ready.connect(ready)
    ours.finished.connect(app.quit)
    ours.start()
first.shell.first_painted.connect(go_on)
show_first(first.shell, first.language, first.preferences)
app.exec()
print(marks["paint"], marks["data"], most_kilobytes())
"""
)


# Opens every page of the navigation and every part of a dossier, then tells the most memory there ever was.
EVERY = (
    MOST
    + """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.preferences import Preferences
app = QApplication([])
app.setQuitOnLastWindowClosed(False)
ours = Application(Preferences(Path(sys.argv[2])), Opening(Path(sys.argv[1]), "nl", None, sys.argv[3], "light"))
todo = []
def ready():
    from samenleven_desktop.services.governments.queries import list_governments
    keys = [key for key, _ in ours.shell.sidebar.captions()]
    todo.extend([lambda key=key: ours.shell.show_page(key) for key in keys])
    support = lambda part: ours.shell.show_page("support").show_part(part)
    todo.extend([lambda part=part: support(part) for part in range(5)])
    id_ = ours.runner.workspace.query(list_governments)[0].id
    todo.extend([lambda part=part: ours.navigator.open_dossier(id_, part) for part in range(7)])
    todo.append(lambda: ours.navigator.open_session(None, id_))
    step()
def step():
    if not ours.runner.idle:
        QTimer.singleShot(20, ours, step)
    elif todo:
        ours.shell.grab()
        todo.pop(0)()
        QTimer.singleShot(50, ours, step)
    else:
        ours.close()
ours.ready.connect(ready)
ours.finished.connect(app.quit)
ours.start()
app.exec()
print(most_kilobytes())
"""
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", default="1,100")
    parser.add_argument("--out", default=str(ROOT / "build" / "bench.json"))
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for scale in map(int, options.scales.split(",")):
            results.append(measure(Path(folder), scale))
    for result in results:
        print(f"\nscale {result['scale']} (made in {result['made_s']:.1f} s, {result['file_mb']:.0f} MB)")
        for name, (value, yardstick, ratio) in result["rows"].items():
            shown = f"{value:9.1f}  yardstick {yardstick:8.1f}  ratio {ratio:5.2f}" if yardstick else f"{value:9.1f}"
            shown += f"  statements {ratio:3.0f}                " if not yardstick and ratio else ""
            print(f"  {name:44} {shown}  budget {BUDGETS[name]}")
    Path(options.out).parent.mkdir(parents=True, exist_ok=True)
    Path(options.out).write_text(json.dumps(results, indent=1))
    return 0


def measure(folder: Path, scale: int) -> dict[str, object]:
    from samenleven_desktop.services.practice.make import PRACTICE_PASSPHRASE, make_practice
    from samenleven_desktop.storage import keys

    store = folder / f"scale{scale}.db"
    began = time.perf_counter()
    make_practice(store, None, scale=scale)
    made = time.perf_counter() - began
    key = keys.unwrap(keys.load_key_file(store), PRACTICE_PASSPHRASE, store).hex()
    preferences = str(folder / "preferences.json")
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "samenleven_desktop")], check=False)
    start(OURS, str(store), preferences, PRACTICE_PASSPHRASE)  # the daily backup is made here, before measuring
    bare = [start(BARE, str(store), key) for _ in range(RUNS)]
    ours = [start(OURS, str(store), preferences, PRACTICE_PASSPHRASE) for _ in range(RUNS)]
    bare_ms = statistics.median(run[0] for run in bare) * 1000
    rows = {
        "first paint": ratio(statistics.median(run[0] for run in ours) * 1000, bare_ms),
        "Start with its data": ratio(statistics.median(run[1] for run in ours) * 1000, bare_ms),
    }
    rows |= dossier(store, key, PRACTICE_PASSPHRASE)
    rows |= lists(store, PRACTICE_PASSPHRASE, RUNS)
    every = [start(EVERY, str(store), preferences, PRACTICE_PASSPHRASE) for _ in range(3)]
    extra = (statistics.median(run[0] for run in every) - statistics.median(run[1] for run in bare)) / 1024
    rows["memory after every screen, MB above bare"] = (extra, 0.0, 0.0)
    # Last, because it fills the file with texts.
    rows |= search(store, key, PRACTICE_PASSPHRASE)
    return {"scale": scale, "made_s": made, "file_mb": store.stat().st_size / 1e6, "rows": rows}


def ratio(value: float, yardstick: float) -> tuple[float, float, float]:
    return value, yardstick, value / yardstick


def start(script: str, *arguments: str) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return [float(word) for word in done.stdout.split()]


def dossier(store: Path, key: str, passphrase: str) -> dict[str, tuple[float, float, float]]:
    """Opening each of my governments' dossiers: our queries against the same rows by raw SQL."""
    import sqlcipher3.dbapi2 as driver

    from samenleven_desktop.domain.clock import Runtime
    from samenleven_desktop.services.governments.queries import list_governments
    from samenleven_desktop.services.governments.visit import dossier_page as ask
    from samenleven_desktop.services.workfile.workspace import open_workspace

    workspace = open_workspace(store, Runtime(), passphrase)
    ids = [line.id for line in workspace.query(list_governments)]
    workspace.query(ask, ids[0])
    ours = times(lambda id_: workspace.query(ask, id_), ids)
    workspace.close()
    raw = driver.connect(str(store))
    raw.execute(f"PRAGMA key = \"x'{key}'\"")
    bare = times(lambda id_: raw_rows(raw, id_), ids)
    raw.close()
    return {
        "dossier, queries, p95": ratio(p95(ours), p95(bare)),
        "dossier painted, ms": (painted(store, passphrase), 0.0, 0.0),
    }


WORDS = (
    "bibl",
    "biblio",
    "ve",
    "ver",
    "verv",
    "loc",
    "locatie",
    "pro",
    "knel",
    "vrijw",
    "mech",
    "de",
    "oef",
    "q",
    "zz",
)


def search(store: Path, key: str, passphrase: str) -> dict[str, tuple[float, float, float]]:
    """Search while typing over 200,000 texts, against the same words asked of the bare index."""
    import sqlcipher3.dbapi2 as driver

    from samenleven_desktop.domain.clock import Runtime
    from samenleven_desktop.domain.comparison import folded_words
    from samenleven_desktop.services.core.search import search as ask
    from samenleven_desktop.services.workfile.workspace import open_workspace
    from samenleven_desktop.storage.queries.search import match_words

    # First, because opening needs the file for itself.
    workspace = open_workspace(store, Runtime(), passphrase)
    raw = driver.connect(str(store))
    raw.execute(f"PRAGMA key = \"x'{key}'\"")
    raw.create_function("folded_words", 1, folded_words, deterministic=True)
    texts = [row[0] for row in raw.execute("SELECT report FROM support_session WHERE report != '' LIMIT 500")]
    government = raw.execute("SELECT government_id FROM follow_up LIMIT 1").fetchone()[0]
    present = raw.execute("SELECT count(*) FROM search_row").fetchone()[0]
    rows = [
        (f"bench-{number}", government, "coach", f"{texts[number % len(texts)]} {number}")
        for number in range(max(200_000 - present, 0))
    ]
    raw.executemany("INSERT INTO follow_up (id, government_id, who, what) VALUES (?, ?, ?, ?)", rows)
    raw.commit()
    query = "SELECT rowid FROM search_words WHERE search_words MATCH ? ORDER BY rowid DESC LIMIT 40"

    def bare(words: str) -> None:
        raw.execute(query, (match_words([words]),)).fetchall()

    measured = []
    for work in (lambda words: workspace.query(ask, words), bare):
        for words in WORDS:
            work(words)
        measured.append(p95(times(work, list(WORDS))))
    workspace.close()
    raw.close()
    return {"search while typing, p95": ratio(*measured)}


def times(work: Callable[[str], object], ids: list[str]) -> list[float]:
    found = []
    for _ in range(RUNS):
        for id_ in ids:
            began = time.perf_counter()
            work(id_)
            found.append((time.perf_counter() - began) * 1000)
    return found


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def raw_rows(raw: object, government: str) -> None:
    """The rows a dossier shows, by the shortest SQL: government, commitments, their ledger, sessions and links."""
    execute = raw.execute  # type: ignore[attr-defined]
    execute("SELECT * FROM government WHERE id = ?", (government,)).fetchall()
    mine = "SELECT id FROM commitment WHERE applicant_id = ?"
    execute("SELECT * FROM commitment WHERE applicant_id = ?", (government,)).fetchall()
    execute(
        f"SELECT commitment_id, day, kind, units FROM kpi_entry WHERE commitment_id IN ({mine})", (government,)
    ).fetchall()
    execute("SELECT * FROM follow_up WHERE government_id = ? AND done_on IS NULL", (government,)).fetchall()
    execute("SELECT * FROM offer_use WHERE government_id = ? AND start >= '2023-10-01'", (government,)).fetchall()
    links = "SELECT session_id FROM session_government WHERE government_id = ?"
    last = f"SELECT * FROM support_session WHERE id IN ({links}) ORDER BY day DESC LIMIT 20"
    ids = [row[0] for row in execute(last, (government,)).fetchall()]
    execute(
        "SELECT day FROM session_government WHERE government_id = ? AND day >= '2023-10-01'", (government,)
    ).fetchall()
    marks = ",".join("?" * len(ids))
    for table in ("session_government", "session_action", "session_offer", "follow_up"):
        execute(f"SELECT * FROM {table} WHERE session_id IN ({marks})", ids).fetchall()


def painted(store: Path, passphrase: str) -> float:
    """From the request to the painted dossier in the real window, 95th percentile over my governments, in ms."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from samenleven_desktop.services.governments.queries import list_governments
    from samenleven_desktop.ui.app import Application
    from samenleven_desktop.ui.first_window import Opening
    from samenleven_desktop.ui.preferences import Preferences

    qt = QApplication.instance() or QApplication([])
    qt.setQuitOnLastWindowClosed(False)  # type: ignore[attr-defined]
    application = Application(Preferences(store.with_name("p.json")), Opening(store, "nl", None, passphrase, "light"))
    found: list[float] = []
    todo: list[str] = []
    state = {"began": 0.0}

    def begin() -> None:
        workspace = application.runner.workspace
        assert workspace is not None
        ids = [line.id for line in workspace.query(list_governments)]
        todo.extend([ids[0], ids[1], *ids, *ids])
        page = application.shell.page("dossier")
        original = page._show  # type: ignore[attr-defined]

        def shown(answer: object) -> None:
            original(answer)
            application.shell.grab()
            found.append((time.perf_counter() - state["began"]) * 1000)
            QTimer.singleShot(0, application, step)

        page._show = shown  # type: ignore[attr-defined]
        step()

    def step() -> None:
        if not todo:
            application.close()
            return
        state["began"] = time.perf_counter()
        application.navigator.open_dossier(todo.pop(0))

    application.ready.connect(begin)
    application.finished.connect(qt.quit)
    application.start()
    qt.exec()
    return p95(found[2:])


if __name__ == "__main__":
    raise SystemExit(main())
