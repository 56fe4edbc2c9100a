"""Columns by kind, and the card that shows a list: what follows from the kind, and what follows from the rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from samenleven_desktop.cli import column_types
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.shared_columns import ColumnKind, ListColumn
from samenleven_desktop.reports.shared_blocks import list_table
from samenleven_desktop.ui.models.column import Column, ValueKind
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.widgets.few_lines import wrapped
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.table import DataTable
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui

DUTCH = Language("nl")
KINDS = ColumnKinds(DUTCH)


@dataclass(frozen=True)
class Row:
    name: str | None = "Lier"
    units: int | None = 1450
    cents: int | None = 125_000
    day: date | None = date(2024, 3, 11)
    minutes: int | None = 90
    state: KpiState = KpiState.BEHIND


EMPTY = Row(None, None, None, None, None)
CASES: list[tuple[Column[Row], str, bool, ValueKind]] = [
    (KINDS.text("Bestuur", lambda row: row.name), "Lier", False, ValueKind.TEXT),
    (KINDS.number("Aantal", lambda row: row.units), "1.450", True, ValueKind.NUMBER),
    (KINDS.money("Subsidie", lambda row: row.cents), "€\N{NO-BREAK SPACE}1.250", True, ValueKind.MONEY),
    (KINDS.day("Datum", lambda row: row.day), "11-03-2024", False, ValueKind.DATE),
    (KINDS.duration("Duur", lambda row: row.minutes), "1\N{NO-BREAK SPACE}u 30", True, ValueKind.TEXT),
]


@pytest.mark.parametrize(("column", "words", "right", "kind"), CASES, ids=lambda one: getattr(one, "title", None))
def test_what_follows_from_a_kind(column: Column[Row], words: str, right: bool, kind: ValueKind) -> None:
    model = RowsModel[Row]([column])
    model.set_rows([EMPTY, Row()])
    assert model.index(1, 0).data().replace("\N{NO-BREAK SPACE}", " ") == words.replace("\N{NO-BREAK SPACE}", " ")
    assert model.index(0, 0).data() == "–", "an empty value is a dash"
    assert (column.right, column.kind) == (right, kind)
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        model.sort(0, order)
        assert model.rows[-1] is EMPTY, "empty values come last"


def test_zero_may_be_a_dash_and_still_counts_as_zero() -> None:
    column = KINDS.number("Te laat", lambda row: row.units, dash_zero=True)
    assert column.text(Row(units=0)) == "–"
    assert column.value is not None
    assert column.value(Row(units=0)) == 0


def test_states_sort_from_reached_to_jury() -> None:
    model = RowsModel[Row]([KINDS.state("Toestand", lambda row: row.state)])
    model.set_rows([Row(state=state) for state in reversed(KpiState)])
    model.sort(0)
    assert [row.state for row in model.rows] == list(KpiState)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (ColumnKind.TEXT, lambda row: row.name, "Lier"),
        (ColumnKind.NUMBER, lambda row: row.units, "1.450"),
        (ColumnKind.DAY, lambda row: row.day, "11-03-2024"),
    ],
)
def test_a_column_declared_once_reads_the_same_everywhere(
    kind: ColumnKind, value: Callable[[Any], Any], words: str
) -> None:
    column = ListColumn(kind, value, "Actions", "actions")
    assert KINDS.of(column).text(Row()) == column_types.of(column).cell(DUTCH, Row()) == words
    table = list_table(DUTCH, [column], [Row(), EMPTY], "")
    assert (table.columns[0].header, table.rows) == ("Acties", ((words,), ("–",)))
    assert column_types.of(column).cell(DUTCH, EMPTY) == ""


def test_a_card_follows_its_rows(window: WindowPage, qtbot: QtBot) -> None:
    context = window.application.context
    assert context is not None
    card = ListCard[Row](context, "Besturen", [CASES[0][0]], empty=("info", "Niets."))
    change = QPushButton("Wijzigen")
    card.add_buttons(change)
    card.need_rows(change)
    qtbot.addWidget(card)
    card.show()
    assert card.title_label.text() == "Besturen"
    for rows, filled in (([], False), ([Row()], True), ([], False)):
        card.model.set_rows(rows)
        assert (card.table.isVisible(), card.empty.isVisible(), change.isVisible()) == (filled, not filled, filled)
        assert card.current() == (rows[0] if rows else None)


def test_the_result_of_a_jury_is_copied_in_the_words_that_are_typed(window: WindowPage) -> None:
    """It went to the clipboard as the code that is stored, which a paste into a Dutch grid refused."""
    window.search("mechelen")
    ui = window.dossier.screen.ui
    ui.tabs.setCurrentIndex(1)
    window.settle()
    model = ui.targets_model
    row = next(place for place, line in enumerate(model.rows) if line.state is KpiState.JURY)
    column = next(place for place, one in enumerate(model.columns) if one.key == "jury_result")
    for words in ("positief", "negatief"):
        model.setData(model.index(row, column), words)
        window.settle()
        assert model.words(model.index(row, column)) == words


def test_a_list_sorts_letters_beside_their_plain_ones_and_numbers_by_value() -> None:
    names = ["2 scholen", "10 scholen", "Łódź", "Lokeren", "Østerbro", "Oudenaarde", "Zoë"]
    model = RowsModel[str]([KINDS.text("Naam", lambda row: row)])
    model.set_rows([names[at] for at in (3, 1, 6, 4, 0, 5, 2)])
    model.sort(0)
    assert list(model.rows) == ["2 scholen", "10 scholen", "Łódź", "Lokeren", "Østerbro", "Oudenaarde", "Zoë"]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert list(model.rows) == list(reversed(names))


def test_a_text_of_two_lines_is_shown_whole_before_it_is_shortened(window: WindowPage) -> None:
    words = "De indiener heeft meer dan 7.500 inwoners van de getelde herkomst."
    model = RowsModel[str]([KINDS.text("Voorwaarde", lambda row: row, wrap=True)])
    model.set_rows([words])
    table = DataTable(window.application.context.theme, model, "Voorwaarden")
    table.setParent(window.application.shell)
    table.resize(330, 200)
    table.show()
    window.settle()
    assert table.rowHeight(0) > DataTable(window.application.context.theme, _plain(), "x").rowHeight(0)
    assert len(wrapped(words, table.font(), table.columnWidth(0) - 16)) == 2


def _plain() -> RowsModel[str]:
    model = RowsModel[str]([KINDS.text("Voorwaarde", lambda row: row)])
    model.set_rows(["a"])
    return model


@pytest.mark.parametrize("height", [150, 171, 183, 200])
def test_no_row_is_shown_by_half(window: WindowPage, height: int) -> None:
    model = RowsModel[str]([KINDS.text("Naam", lambda row: row)])
    model.set_rows([f"rij {number}" for number in range(30)])
    table = DataTable(window.application.context.theme, model, "Namen")
    table.setParent(window.application.shell)
    table.resize(300, height)
    table.show()
    window.settle()
    for value in (0, 3, table.verticalScrollBar().maximum()):
        table.verticalScrollBar().setValue(value)
        picture = table.viewport().grab().toImage()
        left = table.viewport().height() % table.rowHeight(0)
        # At the end of the list Qt puts the last row at the bottom.
        above = value == table.verticalScrollBar().maximum()
        lines = range(left) if above else range(picture.height() - left, picture.height())
        colours = {picture.pixelColor(x, y).name() for y in lines for x in range(picture.width())}
        assert len(colours) <= 1, "beside the whole rows there is only the colour of the list"
