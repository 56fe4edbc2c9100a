"""The list of searches in tests/data/searches.csv: the wanted row is among the first three of the search box."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui
LIST = Path(__file__).parents[1] / "data" / "searches.csv"
FIRST = 3


def test_typing_errors_halves_numbers_and_old_names_lead_to_the_row(window: WindowPage) -> None:
    with LIST.open(encoding="utf-8", newline="") as file:
        searches = [(row["typed"], row["wanted"]) for row in csv.DictReader(file)]
    assert len(searches) >= 200
    app = window.application
    palette, box = app.palette, app.shell.search
    palette.timer.setInterval(0)
    box.take_focus()
    wrong: list[str] = []
    for typed, wanted in searches:
        box.setText(typed)
        box.text_typed.emit(typed)
        window.until(lambda: not palette.timer.isActive() and app.runner.idle)
        hits = [box.results.item(row).text() for row in range(min(box.results.count(), FIRST))]
        if wanted not in hits:
            wrong.append(f"{typed!r}: {hits} instead of {wanted}")
    box.setText("")
    assert not wrong, "\n".join(wrong)
