"""The number on a card, a tab or in a list is the number of rows that it opens."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from samenleven_desktop.services.governments.queries import list_governments
from samenleven_desktop.ui.list_export import table_of
from samenleven_desktop.ui.screens.dossier.screen import ACTIONS, OFFERS, SESSIONS, DossierScreen
from samenleven_desktop.ui.screens.kpis.screen import KpisScreen
from samenleven_desktop.ui.screens.support.screen import SupportScreen
from tests.pages.screens import StartPage
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui
_SEVERAL = re.compile(r"\d+( · \d+)+")


def click(window: WindowPage, made: QPushButton) -> None:
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    window.settle()


def test_the_numbers_of_start_open_as_many_rows(window: WindowPage) -> None:
    ui = StartPage(window).ui
    given, silent, good = (int(one.figure.text()) for one in (ui.sessions, ui.contact, ui.kpis))
    counted = int(ui.kpis.beside.text().split()[-1])
    late = next((len(one.rows) for one in ui.now.groups if one.key == "late"), 0)
    hours = ui.sessions.beside.text()
    click(window, ui.sessions)
    support = window.screen("support", SupportScreen)
    assert len(support.sessions_model.all_rows) == given
    assert support.header.subtitle.text().startswith(f"{given} sessies gegeven in deze periode · {hours}")
    window.application.navigator.open_support("silence")
    window.settle()
    assert len(support.silence.model.all_rows) == silent
    window.application.navigator.open_support("late")
    window.settle()
    assert len(support.agreements.model.all_rows) == late
    window.open_page("kpis")
    window.settle()
    kpis = window.screen("kpis", KpisScreen)
    matrix = kpis.ui.matrix_model.matrix
    assert matrix is not None
    lines = [line for row in matrix.rows for cell in row.cells.values() for line in cell.lines]
    assert sum(line.state in ("reached", "on_course") for line in lines) == good
    assert sum(line.state not in ("jury", "not_granted") for line in lines) == counted


def test_planned_sessions_are_not_given(window: WindowPage) -> None:
    window.open_page("support")
    screen = window.screen("support", SupportScreen)
    window.settle()
    words = screen.header.subtitle.text()
    shown = {}
    for which in ("all", "given", "planned"):
        screen.which.set_choice(which)
        screen.reload()
        window.settle()
        shown[which] = len(screen.sessions_model.all_rows)
    assert shown["given"] + shown["planned"] == shown["all"]
    assert shown["planned"] > 0
    assert words.startswith(f"{shown['given']} sessies gegeven")
    assert words.endswith(f"{shown['planned']} gepland")


def test_every_tab_of_a_dossier_opens_as_many_rows_as_it_says(window: WindowPage) -> None:
    window.open_page("governments")
    window.governments.open("Mechelen")
    dossier = window.screen("dossier", DossierScreen)
    ui = dossier.ui
    models = {ACTIONS: ui.targets_model, SESSIONS: ui.sessions_model, OFFERS: ui.offers_model}
    seen = 0
    for part in range(ui.tabs.count()):
        number = re.search(r" (\d+)$", ui.tabs.tabText(part))
        ui.tabs.setCurrentIndex(part)
        window.settle()
        if number is not None:
            assert len(models[part].all_rows) == int(number[1]), ui.tabs.tabText(part)
            seen += 1
    assert seen >= 2


def test_the_list_of_governments_counts_the_agreements_of_each_dossier(window: WindowPage) -> None:
    for line in window.workspace.query(list_governments):
        window.application.navigator.open_dossier(line.id)
        window.settle()
        groups = window.screen("dossier", DossierScreen).ui.overview.agreements.groups
        rows = [row for group in groups for row in group.rows]
        assert (line.open_agreements, line.late_agreements) == (len(rows), sum(bool(row.late) for row in rows)), (
            line.name
        )


def test_a_cell_that_shows_several_numbers_exports_several_columns(window: WindowPage) -> None:
    window.open_page("governments")
    window.settle()
    table = window.governments.screen.ui.table
    model = table.rows_model
    several = [column for column in model.columns if any(_SEVERAL.fullmatch(column.text(row)) for row in model.rows)]
    assert several
    assert all(column.parts for column in several)
    written = table_of(window.application, table)
    heads = [column.header for column in written.columns]
    for row, line in zip(written.rows, model.rows, strict=True):
        cells = dict(zip(heads, row, strict=True))
        expected = (line.states.good, line.states.behind, line.states.at_risk)
        assert (cells["KPI's op koers"], cells["KPI's achter"], cells["KPI's met risico"]) == expected
