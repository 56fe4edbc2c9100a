"""Import of 50,000 rows against the bare reading and the same rows written with `executemany` (design, section 8)."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.importing.commands import ImportRows
from samenleven_desktop.services.importing.run import preview, read_workbook, wish_for
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.engine import connect
from tests.builders import PASSPHRASE, TODAY, make_work_file

ROWS, RUNS = 50_000, 7
NAMES = ("Mechelen", "Lier", "Duffel")


def measure() -> tuple[float, float, float]:
    """Milliseconds of the import (read, map, check, write, in one step), of looking at the same file again, when every
    row is there, and of the yardstick: medians."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "metingen.xlsx"
        make_file(path)
        template = make_work_file(Path(folder) / "werk.samenlevendb")
        ours, again, bare = [], [], []
        for run in range(RUNS):
            copy = template.copy_to(Path(folder), f"{run}.samenlevendb")
            workspace = open_workspace(copy.path, Runtime(day=TODAY), PASSPHRASE)
            try:
                key = bytes(workspace.store._key)
                ours.append(timed(lambda opened=workspace: import_all(opened, path)))
                again.append(timed(lambda opened=workspace: look_again(opened, path)))
                rows = tables(copy.path, key)
            finally:
                workspace.close()
            other = template.copy_to(Path(folder), f"bare{run}.samenlevendb")
            bare.append(timed(lambda at=other.path, key=key, rows=rows: write_bare(path, at, key, rows)))
        return statistics.median(ours), statistics.median(again), statistics.median(bare)


def look_again(workspace: Workspace, path: Path) -> None:
    book = read_workbook(path)
    mapping = wish_for(workspace, book.sheets[0])
    assert mapping is not None
    assert not preview(workspace, book.file, book.sheets[0], mapping).commands


def import_all(workspace: Workspace, path: Path) -> None:
    book = read_workbook(path)
    mapping = wish_for(workspace, book.sheets[0])
    assert mapping is not None
    plan = preview(workspace, book.file, book.sheets[0], mapping)
    assert len(plan.commands) == ROWS
    workspace.run(ImportRows(book.file, plan.commands))


def make_file(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet, look = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy"})
    sheet.write_row(0, 0, ["Gemeente", "Actie", "Datum", "Aantal", "Opmerking"])
    for number in range(ROWS):
        sheet.write_row(number + 1, 0, [NAMES[number % 3], 5])
        sheet.write_datetime(number + 1, 2, date(2023, 10, 1) + timedelta(days=number % 150), look)
        sheet.write_row(number + 1, 3, [number % 90 + 1, f"rij {number}"])
    book.close()


def tables(path: Path, key: bytes) -> dict[str, list[tuple[object, ...]]]:
    """What the import wrote: the newest rows of each table."""
    connection = connect(path, key)
    try:
        return {
            name: [tuple(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY rowid DESC LIMIT {ROWS}")]
            for name in ("kpi_entry", "change")
        } | {
            "change_scope": [
                tuple(row)
                for row in connection.execute(
                    "SELECT * FROM change_scope WHERE change_seq > (SELECT max(seq) - ? FROM change)", (ROWS,)
                )
            ]
        }
    finally:
        connection.close()


def write_bare(source: Path, path: Path, key: bytes, rows: dict[str, list[tuple[object, ...]]]) -> None:
    CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python()
    connection = connect(path, key, foreign_keys=False)
    try:
        connection.execute("BEGIN IMMEDIATE")
        for name, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            connection.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", values)
        connection.execute("COMMIT")
    finally:
        connection.close()


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    found, again, yardstick = measure()
    print(f"import 50,000 rows {found:9.1f}  yardstick {yardstick:8.1f}  ratio {found / yardstick:5.2f}")
    print(f"the same once more {again:9.1f}  yardstick {yardstick:8.1f}  ratio {again / yardstick:5.2f}")
