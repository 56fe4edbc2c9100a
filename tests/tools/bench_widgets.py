"""Lists and map against bare Qt and bare Python doing the same (nothing on the GUI thread above 50 ms)."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPixmap, QPolygonF, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.topojson import read_topology
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.services.governments.map import outlines
from samenleven_desktop.ui.models.column import Column
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.models.row_filter import Compare, Condition
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.map import MapWidget
from samenleven_desktop.ui.widgets.table import DataTable

RUNS, TODAY = 7, date(2024, 3, 11)


@dataclass(frozen=True)
class Row:
    id: int
    name: str


def measure(application: QApplication) -> dict[str, tuple[float, float]]:
    """Milliseconds of ours and of the yardstick, medians."""
    theme = Theme("light")
    theme.apply(application)
    rows = [Row(number, f"Bestuur {number}") for number in range(20_000)]
    columns: list[Column[Row]] = [Column("Bestuur", lambda row: row.name, key="name")]
    model, bare_model = RowsModel[Row](columns), QStandardItemModel()
    for row in rows:
        bare_model.appendRow(QStandardItem(row.name))
    table, bare_table, widget = (
        DataTable(theme, model, "Besturen"),
        QTableView(),
        MapWidget(theme, Language("nl"), "Kaart", "", ""),
    )
    empty = QWidget()
    for one in (table, bare_table, widget, empty):
        one.resize(900, 600)
        one.show()
    conditions = [[Condition("name", Compare.CONTAINS, "27")], []]
    drawn = outlines(TODAY)
    (file,) = resources_dir().rglob("*.topojson")

    model.set_rows(rows)

    def draw_bare() -> None:
        sheet = QPixmap(empty.size())
        painter = QPainter(sheet)
        for outline in drawn.values():
            for ring in outline.rings:
                painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
        painter.end()

    def paint() -> None:
        model.set_rows([])
        model.set_rows(rows)
        table.grab()

    def paint_bare() -> None:
        bare_table.setModel(None)
        bare_table.setModel(bare_model)
        bare_table.grab()

    return {
        "filter 20,000 rows": (
            median(lambda: [model.set_filter(one, TODAY) for one in conditions]),
            median(lambda: [row for row in rows if "27" in row.name.casefold()]),
        ),
        "paint 20,000 rows": (median(paint), median(paint_bare)),
        "place and draw the map": (median(lambda: (widget.show_outlines(drawn), widget.grab())), median(draw_bare)),
        "read the map": (
            median(lambda: read_topology(file).outlines("municipalities_2025")),
            median(lambda: json.loads(file.read_text(encoding="utf-8"))),
        ),
    }


def median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    for named, (ours, yardstick) in measure(QApplication([])).items():
        print(f"{named:24} {ours:9.1f} ms  yardstick {yardstick:8.1f} ms  ratio {ours / yardstick:5.2f}")
