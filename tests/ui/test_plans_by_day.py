"""The window under, between and without plans: what was registered today shows at once, and nothing is said that is not
so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.period import PeriodKind
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.offers.commands import UseOffer
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.services.plans.commands import StopUsingPlan
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.services.workfile.workspace import open_workspace
from samenleven_desktop.ui.screens.dossier.screen import STIMULI
from samenleven_desktop.ui.screens.kpis.screen import KpisScreen
from samenleven_desktop.ui.screens.offers.screen import OffersScreen
from samenleven_desktop.ui.screens.reports.screen import ReportsScreen
from samenleven_desktop.ui.screens.start.screen import StartScreen
from samenleven_desktop.ui.screens.stimuli.screen import StimuliScreen
from tests.builders import WorkFile
from tests.pages.screens import SupportPage
from tests.pages.window import WindowPage
from tests.several_plans import CODES, fill, take_in_use
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui
RUNNING, BETWEEN = date(2026, 11, 27), date(2025, 12, 1)


def start_of(file: WorkFile, *plans: str, day: date = RUNNING, without: bool = False) -> None:
    """A coach with three governments; with these plans in use beside Plan Samenleven, or with none at all."""
    workspace = open_workspace(file.path, Runtime(day=day), file.passphrase)
    try:
        take_in_use(workspace, *plans)
        if without:
            for plan in workspace.plans:
                workspace.run(StopUsingPlan(plan.id))
        officer = workspace.run(AddOfficer("coach Rivierenland", "Rivierenland")).result
        workspace.choose_officer(officer)
        workspace.run(ChooseGovernments(officer, tuple(workspace.query(government_by_code, c).id for c in CODES)))
    finally:
        workspace.close()


def opened(open_window: Open, file: WorkFile, day: date) -> WindowPage:
    moment = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    return open_window(file.path, passphrase=file.passphrase, now=lambda: moment)


def register(window: WindowPage, words: str) -> None:
    """A session and an agreement of today, by keys, from the dossier of Mechelen."""
    window.search("mechelen")
    page = window.dossier.register_session()
    page.fill(start="09:00", end="10:30", report=words)
    page.agree("Cijfers bezorgen", "31-12-2026")
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()


def show_everywhere(window: WindowPage, words: str) -> None:
    """What was registered today stands where a coach looks: dossier, Ondersteuning, Start, coaching report."""
    assert words in window.dossier.sessions()
    assert window.dossier.screen.ui.tabs.tabText(2) == "Sessies 1"
    support = SupportPage(window)
    window.settle()
    assert [line.report for line in support.screen.sessions_model.rows] == [words]
    assert not support.screen.hidden.isVisible()
    window.open_page("start")
    window.settle()
    start = window.screen("start", StartScreen)
    assert start.ui.sessions.figure.text() == "1"
    assert [row.action for row in start.ui.recent.groups[0].rows] == ["Verslag lezen"]
    window.open_page("reports")
    window.settle()
    reports = window.screen("reports", ReportsScreen)
    first, last = reports.ui.period.days()
    assert first <= window.workspace.today <= last


@pytest.mark.parametrize(
    ("day", "plans", "without"),
    [
        (RUNNING, ("without-money",), False),
        (RUNNING, ("without-money", "two-years", "same-numbers"), False),
        (BETWEEN, ("without-money",), False),
        (RUNNING, (), False),
        (RUNNING, (), True),
    ],
    ids=["running", "several", "between", "ended", "none"],
)
def test_a_session_of_today_shows_at_once(
    open_window: Open, empty_file: WorkFile, day: date, plans: tuple[str, ...], without: bool
) -> None:
    start_of(empty_file, *plans, day=day, without=without)
    window = opened(open_window, empty_file, day)
    register(window, "Gesproken over de herfst.")
    show_everywhere(window, "Gesproken over de herfst.")


@pytest.mark.parametrize(
    ("day", "plans", "without", "attention", "terms"),
    [
        (
            RUNNING,
            ("without-money",),
            False,
            "Er zijn nog geen doelen opgenomen in Zonder geld (verzonnen) 2026-2029.",
            "Er zijn geen termijnen meer in de plannen die je gebruikt.",
        ),
        (BETWEEN, (), False, "Er zijn nog geen doelen opgenomen in Plan Samenleven 2024-2025.", "geen termijnen meer"),
        (RUNNING, (), True, "Er is geen plan in gebruik.", "Er is geen plan in gebruik, dus zijn er geen termijnen."),
    ],
    ids=["running", "ended", "none"],
)
def test_start_says_what_is_so(
    open_window: Open,
    empty_file: WorkFile,
    day: date,
    plans: tuple[str, ...],
    without: bool,
    attention: str,
    terms: str,
) -> None:
    start_of(empty_file, *plans, day=day, without=without)
    window = opened(open_window, empty_file, day)
    # Past the first steps, which an empty file shows.
    mechelen = window.workspace.query(government_by_code, "12025").id
    window.run(RegisterSession(SessionContent(day, 540, 600, SessionMode.VISIT, (mechelen,), "Kennisgemaakt.")))
    start = window.screen("start", StartScreen)
    window.until(lambda: start.ui.now.groups[-1].nothing == attention)
    assert not start.ui.now.groups[-1].rows
    assert terms in start.ui.terms.text()
    assert not start.ui.terms.entries.actions()
    assert "Alle KPI's zijn op koers" not in window.texts()


def test_a_plan_without_stimuli_and_money_shows_neither(open_window: Open, empty_file: WorkFile) -> None:
    start_of(empty_file, "without-money")
    window = opened(open_window, empty_file, RUNNING)
    window.search("mechelen")
    assert not window.dossier.screen.ui.tabs.isTabVisible(STIMULI)
    window.open_page("stimuli")
    window.settle()
    screen = window.screen("stimuli", StimuliScreen)
    assert screen.card.empty.words.text() == "Zonder geld (verzonnen) heeft geen stimulansen."
    assert not screen.budget_field.isVisible()


def test_a_list_says_what_its_period_hides_and_shows_it(open_window: Open, empty_file: WorkFile) -> None:
    window = opened(open_window, fill(empty_file), RUNNING)
    support = SupportPage(window)
    window.settle()
    shown = len(support.screen.sessions_model.rows)
    assert 0 < shown < 15
    assert support.screen.hidden.show_all.text() == f"Nog {15 - shown} buiten deze periode: toon alles"
    QTest.mouseClick(support.screen.hidden.show_all, Qt.MouseButton.LeftButton)
    window.settle()
    assert len(support.screen.sessions_model.rows) == 15
    assert not support.screen.hidden.isVisible()
    support.screen.period.choose(PeriodKind.DAYS)
    window.type_into(support.screen.period.first, "01-01-2024")
    window.type_into(support.screen.period.last, "31-12-2024")
    window.press(Qt.Key.Key_Return)
    assert [line.day.year for line in support.screen.sessions_model.rows] == [2024] * 3


def test_every_screen_under_every_year_of_every_plan(open_window: Open, empty_file: WorkFile) -> None:
    window = opened(open_window, fill(empty_file), RUNNING)
    window.search("mechelen")
    dossier = window.dossier.screen
    years = [year.id for _, year in window.workspace.plans.years()]
    titles = {action.id: action.short_title for plan in window.workspace.plans for action in plan.actions}
    for year in years:
        dossier.ui.year.setCurrentIndex(dossier.ui.year.findData(year))
        window.settle()
        for place in range(dossier.ui.tabs.count()):
            dossier.ui.tabs.setCurrentIndex(place)
            window.settle()
        for line in dossier.ui.targets_model.rows:
            assert line.action_title == titles[line.action_id]
        dossier.ui.tabs.setCurrentIndex(0)
    kpis = window.screen("kpis", KpisScreen)
    offers = window.screen("offers", OffersScreen)
    stimuli = window.screen("stimuli", StimuliScreen)
    for key, chooser in (("kpis", kpis.ui.year), ("offers", offers.ui.year), ("stimuli", stimuli.year)):
        window.open_page(key)
        for year in years:
            chooser.setCurrentIndex(chooser.findData(year))
            window.settle()
    window.open_page("reports")
    window.settle()


def test_an_entry_after_the_year_is_shown_with_the_reason(open_window: Open, empty_file: WorkFile) -> None:
    start_of(empty_file)
    window = opened(open_window, empty_file, RUNNING)
    workspace = window.workspace
    plan = workspace.plan
    mechelen = workspace.query(government_by_code, "12025").id
    target = next(t for a in plan.actions for t in a.targets if t.in_year(3) and t.kind == "count")
    made = window.run(AddCommitment(mechelen, 3, target.id, confirmed=40))
    window.run(AddKpiEntry(made, RUNNING, EntryKind.READING, 30))
    window.search("mechelen")
    dossier = window.dossier.screen
    dossier.ui.tabs.setCurrentIndex(1)
    window.settle()
    dossier.ui.targets.select_cell(0)
    window.settle()
    model = dossier.ui.entries_model
    assert "telt niet mee: het plan kent de laatste dag van het eindrapport niet" in [
        window.dossier.remark(line) for line in model.rows
    ]


def test_an_offer_taken_up_today_between_plans_stands_in_the_dossier(
    open_window: Open, empty_file: WorkFile, tmp_path: Path
) -> None:
    start_of(empty_file, day=BETWEEN)
    window = opened(open_window, empty_file, BETWEEN)
    mechelen = window.workspace.query(government_by_code, "12025").id
    offer = window.workspace.query(list_offers)[0]
    window.run(UseOffer(offer.id, mechelen, BETWEEN))
    window.search("mechelen")
    assert [use.offer_id for use in window.dossier.screen.ui.offers_model.rows] == [offer.id]
