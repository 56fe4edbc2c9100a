"""300 coaching reports in one batch, against the same flowables through bare ReportLab, untagged (design, section 8).

Both are measured report by report in turn, so that a busy machine slows both; the ratio is of the sums of the medians
of each government. Memory is looked at after 50 and after 300 reports.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports import pdf
from samenleven_desktop.reports.document import Document
from samenleven_desktop.reports.pdf_measures import BOTTOM, LEFT, TOP, WIDTH
from samenleven_desktop.reports.tagging import Node, Tree
from samenleven_desktop.services.practice.make import PRACTICE_PASSPHRASE, make_practice
from samenleven_desktop.services.reports.batch import batch_items, file_name, write_report
from samenleven_desktop.services.reports.kinds import document_of
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.workfile.workspace import open_workspace
from samenleven_desktop.storage.keys import KeyCost

REPORTS, BUDGET = 300, 2.0


class Untagged(Tree):
    """Marks nothing and writes no structure."""

    @contextmanager
    def marked(self, canvas: Any, node: Node, said: str | None = None) -> Iterator[None]:
        yield


def bare(document: Document) -> bytes:
    """The same flowables, laid out and written by ReportLab alone."""
    out = io.BytesIO()
    template = BaseDocTemplate(out, pagesize=A4)
    frame = Frame(LEFT, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, 0, 0, 0, 0)
    template.addPageTemplates([PageTemplate(frames=[frame])])
    waiting: list[Any] = []
    story = pdf._story(document, Untagged(document.language), waiting)
    template.build(story, canvasmaker=pdf._canvas_of(document, waiting))
    return out.getvalue()


def resident() -> float:
    """MB in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(reports: int = REPORTS) -> dict[str, float]:
    ours: dict[str, list[float]] = defaultdict(list)
    yardstick: dict[str, list[float]] = defaultdict(list)
    memory: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "bench.oefendb"
        make_practice(store, None, cost=KeyCost(1, 8, 1))
        workspace = open_workspace(store, Runtime(), PRACTICE_PASSPHRASE)
        language = Language("nl")
        out = Path(folder) / "rapporten"
        out.mkdir()
        items = workspace.query(batch_items, ReportRequest("coaching", year=2))
        for number in range(reports + len(items)):
            item = items[number % len(items)]
            began = time.perf_counter()
            document = workspace.query(document_of, item.request, language)
            write_report(document, out, file_name("coaching", f"{item.government} {number}", language), ".pdf")
            ours_took = time.perf_counter() - began
            began = time.perf_counter()
            bare(document)
            bare_took = time.perf_counter() - began
            # The first round warms both up.
            if number >= len(items):
                ours[item.government].append(ours_took)
                yardstick[item.government].append(bare_took)
            if number in (50, reports):
                memory[number] = resident()
        workspace.close()
    total = sum(map(statistics.median, ours.values()))
    against = sum(map(statistics.median, yardstick.values()))
    return {
        "ours, ms a report": total * 1000 / len(ours),
        "bare ReportLab, ms a report": against * 1000 / len(ours),
        "ratio": total / against,
        "MB after 50": memory.get(50, 0.0),
        "MB after all": memory[reports],
    }


if __name__ == "__main__":
    found = measure()
    for name, value in found.items():
        print(f"{REPORTS} coaching reports: {name:30}{value:10.2f}")
    print(f"budget of the ratio: {BUDGET}")
    target = Path(__file__).resolve().parents[2] / "build" / "bench-reports.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(found, indent=1))
