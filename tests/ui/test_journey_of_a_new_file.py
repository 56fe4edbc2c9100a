"""From a new file to the coaching report in one morning: under the running plan, between plans, and without a plan.

The clock of the program says the day, as the system would give it. What was registered shows at once wherever a coach
looks, with the right totals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.services.offers.commands import AddOffer, OfferContent
from samenleven_desktop.services.plans.commands import StopUsingPlan
from samenleven_desktop.services.sessions.queries import assigned_ids
from samenleven_desktop.ui.dialogs.commitment import TakeUpDialog
from samenleven_desktop.ui.dialogs.offer_use import UseDialog
from samenleven_desktop.ui.screens.dossier.screen import ACTIONS, OFFERS, SESSIONS
from samenleven_desktop.ui.screens.offers.screen import USES, OffersScreen
from tests.pages.screens import KpisPage, ReportsPage, StartPage, SupportPage, WelcomePage, WhoPage
from tests.pages.window import CTRL, WindowPage
from tests.several_plans import CODES
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui
PASSPHRASE = "een lange zin voor de reis"
WORDS = "Gesproken over de herfst en de vrijwilligers."


@dataclass(frozen=True)
class Case:
    """`plan` is the one that counts, empty without one; `counts`: an entry of the day counts for its project year."""

    day: date
    plan: str
    counts: bool = True


CASES = [
    pytest.param(Case(date(2026, 11, 27), "sociale-cohesie-2026"), id="under the running plan"),
    pytest.param(Case(date(2025, 12, 1), "plan-samenleven", counts=False), id="between plans"),
    pytest.param(Case(date(2026, 11, 27), ""), id="without a plan"),
]


@pytest.fixture
def new_file(open_window: Open, tmp_path: Path) -> Callable[[Case], WindowPage]:
    def made(case: Case) -> WindowPage:
        moment = datetime(case.day.year, case.day.month, case.day.day, 9, tzinfo=UTC)
        window = open_window(tmp_path / "bestaat-niet.samenlevendb", ready=False, now=lambda: moment)
        page = WelcomePage(window).screen
        page.passphrase.setText(PASSPHRASE)
        page.again.setText(PASSPHRASE)
        with window.bot.waitSignal(window.application.ready, timeout=30_000):
            QTest.mouseClick(page.make, Qt.MouseButton.LeftButton)
        window.settle()
        if not case.plan:
            for plan in window.workspace.plans:
                window.run(StopUsingPlan(plan.id))
        who = WhoPage(window)
        who.screen.label_edit.setText("coach Rivierenland")
        for code in CODES:
            who.tick(code)
        who.save()
        return window

    return made


def register(window: WindowPage) -> None:
    """A session with an agreement, from the blue button in the dossier."""
    window.search("mechelen")
    page = window.dossier.register_session()
    page.fill(start="09:00", end="10:30", report=WORDS)
    page.agree("Cijfers bezorgen", (window.workspace.today).strftime("%d-%m-%Y"))
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()


def take_up(window: WindowPage, action: int) -> str:
    """Takes up the first target of an action; gives the name of the action."""
    window.press(Qt.Key.Key_T, CTRL)
    dialog = window.dialog(TakeUpDialog)
    target = window.workspace.plan.action(action).targets[0]
    dialog.target.setCurrentIndex(dialog.target.findData(target.id))
    window.type_into(dialog.fields["confirmed"].editor, "20")
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    window.until(lambda: any(line.target_id == target.id for line in window.dossier.screen.ui.targets_model.rows))
    return window.workspace.plan.action(action).short_title


def use_offer(window: WindowPage, action: int | None) -> None:
    """A free offer for the action, put to use from the dossier."""
    actions = () if action is None else (window.workspace.plan.action(action).id,)
    offer = window.run(AddOffer(OfferContent("Gratis begeleiding", "vzw Voorbeeld", OfferCost.FREE, actions)))
    window.press(Qt.Key.Key_I, CTRL)
    dialog = window.dialog(UseDialog)
    window.until(lambda: dialog.offer.findData(offer) >= 0)
    dialog.offer.setCurrentIndex(dialog.offer.findData(offer))
    window.settle()
    if action is not None:
        assert dialog.target.currentData(), "the target of the offer comes first"
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    window.settle()


def read_total(window: WindowPage, title: str, number: str) -> None:
    """The total of today, typed in the row of the action."""
    frame = next(one for one in window.dossier.screen.ui.overview.work.rows if title in one.row.title)
    frame.setFocus()
    window.press(Qt.Key.Key_Right)
    window.until(lambda: QApplication.focusWidget() is frame.edit)
    window.keys(number)
    window.press(Qt.Key.Key_Return)
    window.settle()


@pytest.mark.parametrize("case", CASES)
def test_everything_shows_at_once_where_a_coach_looks(new_file: Callable[[Case], WindowPage], case: Case) -> None:
    window = new_file(case)
    workspace = window.workspace
    assert (workspace.today, workspace.practice_date, workspace.plan.code) == (case.day, None, case.plan)
    register(window)
    title = take_up(window, 1) if case.plan else ""
    use_offer(window, 1 if case.plan else None)
    if case.plan:
        read_total(window, title, "12")
        told = next(one for one in window.notices() if one.startswith("Meting bewaard"))
        assert ("nog niet mee" in told or "telt" in told) != case.counts, told
    in_the_dossier(window, case, title)
    on_start(window, case)
    among_the_governments(window, case)
    under_support(window)
    among_the_offers(window)
    if case.plan:
        in_the_matrix(window, case)
    in_the_report(window, case, title)


def in_the_dossier(window: WindowPage, case: Case, title: str) -> None:
    ui, work = window.dossier.screen.ui, window.dossier.work()
    shown = [row for rows in work.values() for row in rows]
    if case.plan:
        assert any(title in row and ("12 van 20" in row) == case.counts for row in shown), work
    assert window.dossier.agreements() == ["Cijfers bezorgen"]
    assert ui.overview.report.text() == WORDS
    assert any("laatste contact" in one.text() for one in ui.header.chips.shown if hasattr(one, "text"))
    assert any("Sessie, bezoek, 1\xa0u\xa030" in one for one in window.dossier.timeline())
    assert any("Gratis begeleiding, gratis" in one for one in window.dossier.timeline())
    assert window.dossier.sessions() == [WORDS]
    assert ui.tabs.tabText(SESSIONS) == "Sessies 1"
    assert [use.offer_title for use in ui.offers_model.rows] == ["Gratis begeleiding"]
    assert ui.tabs.tabText(OFFERS) == "Aanbod 1"
    assert not ui.sessions_hidden.isVisible()
    if case.plan and not case.counts:
        ui.tabs.setCurrentIndex(ACTIONS)
        window.settle()
        ui.targets.select_cell(0)
        window.settle()
        model = ui.entries_model
        remarks = [window.dossier.remark(line) for line in model.rows]
        assert remarks == ["telt niet mee: het plan kent de laatste dag van het eindrapport niet"]


def on_start(window: WindowPage, case: Case) -> None:
    window.open_page("start")
    window.settle()
    page = StartPage(window)
    assert (page.ui.sessions.figure.text(), page.ui.sessions.beside.text()) == ("1", "1\xa0u\xa030")
    # Of three governments two were not seen yet.
    assert page.ui.contact.figure.text() == "2"
    assert page.rows("week") == [("Cijfers bezorgen", "Mechelen · bestuur", "vandaag")]
    assert len(page.ui.recent.groups[0].rows) == 1
    if case.plan and case.counts:
        assert (page.ui.kpis.figure.text(), page.ui.kpis.beside.text()) == ("1", "van 1")
    page.ui.map_card.colour.set_choice("contact")
    page.ui.map_card.colour.choice_changed.emit("contact")
    window.until(lambda: "0 dagen geleden" in page.values().get("Mechelen", ""))


def among_the_governments(window: WindowPage, case: Case) -> None:
    window.open_page("governments")
    window.settle()
    lines = {line.name: line for line in window.governments.screen.ui.model.rows}
    assert len(lines) == len(CODES)
    mechelen = lines["Mechelen"]
    assert (mechelen.last_contact, mechelen.open_agreements) == (case.day, 1)
    assert mechelen.states.total == int(bool(case.plan))
    assert all(line.last_contact is None for name, line in lines.items() if name != "Mechelen")


def under_support(window: WindowPage) -> None:
    page = SupportPage(window)
    window.settle()
    assert [line.report for line in page.screen.sessions_model.rows] == [WORDS]
    assert page.screen.header.subtitle.text() == "1 sessie gegeven in deze periode · 1\xa0u\xa030"
    assert not page.screen.hidden.isVisible()
    page.part(2)
    window.until(lambda: page.agreements() == ["Cijfers bezorgen"])
    page.part(0)


def among_the_offers(window: WindowPage) -> None:
    window.open_page("offers")
    window.settle()
    screen = window.screen("offers", OffersScreen)
    screen.ui.tabs.setCurrentIndex(USES)
    window.settle()
    assert [use.offer_title for use in screen.ui.uses_model.rows] == ["Gratis begeleiding"]


def in_the_matrix(window: WindowPage, case: Case) -> None:
    page = KpisPage(window)
    window.settle()
    (cell,) = [cell for row in page.ui.matrix_model.matrix.rows for cell in row.cells.values()]
    (line,) = cell.lines
    assert (line.government_name, line.action_number, line.confirmed) == ("Mechelen", 1, 20)
    assert line.plan_id == window.workspace.plan.id
    if case.counts:
        assert line.reached_to_date == 12


def in_the_report(window: WindowPage, case: Case, title: str) -> None:
    page = ReportsPage(window)
    mechelen = next(one.id for one in page.screen.choices if one.name == "Mechelen")
    window.application.navigator.open_report("coaching", mechelen)
    words = " ".join(page.shown().split())
    first, last = page.ui.period.days()
    assert first <= case.day <= last
    assert WORDS in words
    assert "Cijfers bezorgen" in words
    assert "Gratis begeleiding" in words
    if case.plan:
        assert title in words
        assert window.workspace.plan.name in words
    assert len(window.workspace.query(assigned_ids)) == len(CODES)
