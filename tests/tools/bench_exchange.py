"""Making and applying a pack of 100,000 changes against bare writing and encrypting of the same (design, section 8)."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pyrage

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.exchange.received_packs import pack_lines
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.workfile.workspace import open_workspace
from samenleven_desktop.storage.engine import connect
from samenleven_desktop.storage.models import FollowUpRow, KpiEntryRow
from samenleven_desktop.storage.unit_of_work import Step
from tests.builders import PASSPHRASE, TODAY, make_work_file
from tests.sync.colleagues import Colleague, all_know, copy_of

CHANGES, RUNS = 100_000, 7
_LOG = ("change", "change_scope", "command_log")
_WORK = ("kpi_entry", "follow_up")


def measure() -> dict[str, tuple[float, float]]:
    """Milliseconds of ours and of the yardstick, medians: making, and applying with all its checks and its backup."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        template = make_work_file(folder / "werk.samenlevendb")
        one, two = copy_of(template, folder, "one"), copy_of(template, folder, "two")
        all_know(one, two)
        one.take(two.give(one))
        top = int(one.workspace.query(lambda reading: _top(reading.view.connection)))
        write(one)
        two.close()
        ready, around = folder / "ready", Runtime(day=TODAY)
        shutil.copytree(two.folder, ready)
        # Open again: a pack is made for the card of its receiver.
        two = Colleague("two", two.folder, open_workspace(two.workspace.path, around, PASSPHRASE))
        making, bare_making, applying, bare_applying = [], [], [], []
        for run in range(RUNS):
            pack, spent = timed(lambda: one.give(two))
            making.append(spent)
            bare_making.append(timed(lambda: read_and_encrypt(one, top, folder / "bare.age"))[1])
            if run == 0:
                assert pack_lines(one.workspace)[0].changes == CHANGES
            copied = folder / f"run{run}"
            shutil.copytree(ready, copied)
            taker = Colleague("two", copied, open_workspace(copied / two.workspace.path.name, around, PASSPHRASE))
            applying.append(timed(lambda pack=pack, taker=taker: taker.take(pack))[1])
            rows = written(taker)
            taker.close()
            bare_applying.append(write_bare(folder, f"bare{run}", template, two, rows))
        one.close()
        two.close()
        median = statistics.median
        return {
            "make a pack": (median(making), median(bare_making)),
            "apply a pack": (median(applying), median(bare_applying)),
        }


def write(one: Colleague) -> None:
    """Half new rows, of two kinds; half edits of them by a later step."""
    mechelen = one.workspace.query(government_by_code, "12025").id
    commitments = [line.id for line in one.workspace.query(list_commitments, 2, [mechelen])]
    made: list[str] = []
    with one.workspace.store.write(Step("many", kind="setup")) as unit:
        for number in range(CHANGES // 4):
            day = TODAY - timedelta(days=number % 150)
            made.append(
                unit.insert(FollowUpRow, government_id=mechelen, who="coach", what=f"afspraak {number}", due=day)
            )
            unit.insert(
                KpiEntryRow,
                commitment_id=commitments[number % len(commitments)],
                day=day,
                kind="increment",
                units=number % 90 + 1,
                note=f"rij {number}",
            )
    with one.workspace.store.write(Step("again", kind="setup")) as unit:
        for number, row_id in enumerate(made):
            unit.change(FollowUpRow, row_id, what=f"afspraak {number}, anders", due=TODAY + timedelta(days=1))


def read_and_encrypt(one: Colleague, after: int, target: Path) -> None:
    """The same rows of the log read and encrypted with age, without anything else."""
    connection = connect(one.workspace.path, one.workspace.store._key)
    try:
        rows = [
            connection.execute("SELECT * FROM change WHERE seq > ?", (after,)).fetchall(),
            connection.execute("SELECT * FROM change_scope WHERE change_seq > ?", (after,)).fetchall(),
        ]
    finally:
        connection.close()
    recipient = pyrage.x25519.Identity.generate().to_public()
    target.write_bytes(pyrage.encrypt(msgspec.msgpack.encode(rows), [recipient]))


def written(two: Colleague) -> dict[str, list[tuple[Any, ...]]]:
    """What applying wrote: rows and log."""
    connection = connect(two.workspace.path, two.workspace.store._key)
    try:
        arrived = "SELECT {} FROM change WHERE arrived_in IS NOT NULL"
        return {
            "command_log": connection.execute(
                f"SELECT * FROM command_log WHERE id IN ({arrived.format('command_id')})"
            ).fetchall(),
            "change": connection.execute(arrived.format("*")).fetchall(),
            "change_scope": connection.execute(
                f"SELECT * FROM change_scope WHERE change_seq IN ({arrived.format('seq')})"
            ).fetchall(),
        } | {
            name: connection.execute(
                f"SELECT * FROM {name} WHERE id IN ({arrived.format('row_id')} AND field IS NULL)"
            ).fetchall()
            for name in _WORK
        }
    finally:
        connection.close()


def write_bare(folder: Path, name: str, template: Any, two: Colleague, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    place = folder / name
    place.mkdir()
    connection = connect(template.copy_to(place).path, two.workspace.store._key, foreign_keys=False)

    def put() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        connection.execute("COMMIT")

    try:
        return timed(put)[1]
    finally:
        connection.close()


def _top(connection: Any) -> int:
    return int(connection.exec_driver_sql("SELECT max(seq) FROM change").scalar())


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    for named, (ours, yardstick) in measure().items():
        print(f"{named} of 100,000 {ours:9.1f}  yardstick {yardstick:8.1f}  ratio {ours / yardstick:5.2f}")
