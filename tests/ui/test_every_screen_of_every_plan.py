"""Every screen of the window on a file with work under five plans: with all in use, each of them alone, and none."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QTableView, QWidget

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.services.plans.commands import StopUsingPlan
from samenleven_desktop.services.workfile.workspace import open_workspace
from samenleven_desktop.ui.widgets.choice import TabBar
from samenleven_desktop.ui.widgets.row_frame import RowFrame
from tests.builders import WorkFile
from tests.named_apart import assert_lines_apart
from tests.pages.window import WindowPage
from tests.several_plans import EVERY, TODAY, fill
from tests.ui import inside_screen
from tests.ui.conftest import Open

pytestmark = [pytest.mark.gui, pytest.mark.slow]
CODES = [plan.code for plan in EVERY]
MOMENT = datetime(2026, 11, 27, 10, tzinfo=UTC)
WITH_YEARS = ("dossier", "kpis", "offers", "stimuli")
ALONE = [code if code == "sociale-cohesie-2026" else pytest.param(code, marks=pytest.mark.long) for code in CODES]


@pytest.fixture(scope="module")
def several(empty_template: WorkFile, tmp_path_factory: pytest.TempPathFactory) -> WorkFile:
    return fill(empty_template.copy_to(tmp_path_factory.mktemp("screens"), "several.samenlevendb"))


def shown_lines(page: QWidget) -> list[str]:
    """Every line of every table and list of a page, as its cells say it, with a semicolon between cells."""
    lines = []
    for table in page.findChildren(QTableView):
        model = table.model()
        for row in range(model.rowCount() if table.isVisible() and model is not None else 0):
            cells = [model.index(row, column).data() for column in range(model.columnCount())]
            lines.append(";".join("" if cell is None else str(cell) for cell in cells).replace(" · ", ";"))
    for frame in page.findChildren(RowFrame):
        if frame.isVisible():
            row_ = frame.row
            lines.append(f"{row_.lead};{row_.title};{row_.detail}")
    return lines


def walk(window: WindowPage) -> list[str]:
    """Opens every page with every tab under every year of every plan in use; returns the lines that were looked at."""
    app, workspace = window.application, window.workspace
    years = [(plan, year.id) for plan, year in workspace.plans.years()]
    seen: list[str] = []
    mechelen = next(line.id for line in window.governments.screen.ui.model.rows if line.name == "Mechelen")
    for key in inside_screen.PAGES:
        if key == "dossier":
            app.navigator.open_dossier(mechelen)
        elif key == "action":
            continue
        elif key == "session":
            app.navigator.open_session(None, mechelen)
        elif key == "plan_editor":
            continue
        else:
            app.shell.show_page(key)
        window.settle()
        page = app.shell.page(key)
        seen += look(window, page, workspace.plan)
        chooser = chooser_of(page, key)
        for plan, year in years if chooser is not None else ():
            assert chooser is not None
            place = chooser.findData(year)
            assert place >= 0, (key, plan.code)
            chooser.setCurrentIndex(place)
            chooser.activated.emit(place)
            window.settle()
            seen += look(window, page, plan)
    for plan in EVERY:
        for action in (plan.actions[0], plan.actions[-1]):
            app.navigator.open_action(action.id)
            window.settle()
            page = app.shell.page("action")
            assert action.title in window.texts(page) or action.short_title in window.texts(page)
            seen += look(window, page, plan)
    return seen


def chooser_of(page: QWidget, key: str) -> QComboBox | None:
    if key not in WITH_YEARS:
        return None
    found = getattr(page, "year", None) or page.ui.year  # type: ignore[attr-defined]
    assert isinstance(found, QComboBox)
    return found


def look(window: WindowPage, page: QWidget, plan: Plan) -> list[str]:
    """Looks at a page as it is, and at each of its tabs; returns the lines of all."""
    seen: list[str] = []
    bars = [one for one in page.findChildren(TabBar) if one.isVisible()]
    for bar in bars:
        for place in range(bar.count()):
            if bar.isTabVisible(place):
                bar.setCurrentIndex(place)
                window.settle()
                seen += shown_lines(page)
    seen += [] if bars else shown_lines(page)
    assert_lines_apart("\n".join(seen), plan)
    for bar in bars:
        bar.setCurrentIndex(0)
    window.settle()
    assert not [one for one in window.notices() if "niet gelukt" in one or "fout" in one.lower()]
    return seen


def look_everywhere(open_window: Open, file: WorkFile, codes: list[str]) -> list[str]:
    """The lines of all screens with these plans in use."""
    with closing(open_workspace(file.path, Runtime(day=TODAY), file.passphrase)) as workspace:
        for plan in list(workspace.plans):
            if plan.code not in codes:
                workspace.run(StopUsingPlan(plan.id))
    window = open_window(file.path, passphrase=file.passphrase, now=lambda: MOMENT)
    window.application.shell.show_page("governments")
    window.settle()
    return walk(window)


def test_every_screen_with_all_plans_in_use(open_window: Open, several: WorkFile, tmp_path: Path) -> None:
    words = "\n".join(look_everywhere(open_window, several.copy_to(tmp_path), CODES))
    for plan in EVERY:
        assert sum(action.short_title in words for action in plan.actions) >= 2, plan.code


@pytest.mark.parametrize("code", ALONE)
def test_every_screen_with_one_plan_in_use(open_window: Open, several: WorkFile, tmp_path: Path, code: str) -> None:
    assert len(look_everywhere(open_window, several.copy_to(tmp_path), [code])) > 60


def test_every_screen_with_no_plan_in_use(open_window: Open, several: WorkFile, tmp_path: Path) -> None:
    words = "\n".join(look_everywhere(open_window, several.copy_to(tmp_path), []))
    assert "Mechelen" in words
