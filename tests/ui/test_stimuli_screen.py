"""Stimulansen by keys: a candidacy is started, filled in, counted, and a change is told on Start."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from samenleven_desktop.domain.stimulus import StimulusState
from samenleven_desktop.i18n.labels import fact_text
from samenleven_desktop.services.governments.partnership_commands import NoteOfficialFigure
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.stimuli.commands import StartCandidacy, StimulusContent
from samenleven_desktop.services.stimuli.queries import candidacies
from samenleven_desktop.ui.dialogs.candidacy import CandidacyDialog
from samenleven_desktop.ui.dialogs.judgement import JudgementDialog
from samenleven_desktop.ui.screens.stimuli.save_report import write
from tests.builders import action_ids
from tests.pages.screens import StartPage, StimuliPage
from tests.pages.window import CTRL, WindowPage
from tests.services.test_stimuli import judged_by_the_coach

pytestmark = pytest.mark.gui


def test_a_candidacy_is_started_and_filled_in(window: WindowPage, tmp_path: Path) -> None:
    stimuli = StimuliPage(window)
    stimuli.choose("Mechelen", "mentorrol")
    page = stimuli.screen
    assert page.panel.outcome.text() == "onvolledig"
    window.focus(page.panel.start)
    window.press(Qt.Key.Key_Space)
    dialog = window.dialog(CandidacyDialog)
    window.focus(dialog.action)
    window.keys("9")
    window.focus(dialog.network)
    window.keys("ja")
    window.focus(dialog.texts["motivation"])
    window.keys("Veel ervaring.")
    assert "14 van 2.500 tekens" in dialog.fields["motivation"].caption.text()
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    window.until(lambda: page.panel.outcome.text() == "kandidaat")
    assert {one.state for one in page.panel.model.rows} == {"met"}
    proof = tmp_path / "bewijs.txt"
    proof.write_text("lerend netwerk van maart")
    page.panel.add_evidence(proof)
    window.until(lambda: "bewijs.txt" in " ".join(window.notices()))
    window.press(Qt.Key.Key_Z, CTRL)
    window.settle()
    window.press(Qt.Key.Key_Z, CTRL)
    window.until(lambda: page.panel.outcome.text() == "onvolledig")


def test_a_government_holds_several_mentor_roles(window: WindowPage) -> None:
    """After the first role a second one could not be started or seen."""
    stimuli = StimuliPage(window)
    stimuli.choose("Mechelen", "mentorrol")
    panel = stimuli.screen.panel
    mechelen = window.workspace.query(government_by_code, "12025").id
    for number in (9, 22):
        content = StimulusContent(StimulusState.GRANTED, action_ids(number)[0], amount_cents=1_000_000)
        window.run(StartCandidacy(mechelen, 2, "mentorrol", content))
    window.until(lambda: panel.which.isVisible())
    assert [panel.which.itemText(place)[:2].strip() for place in range(panel.which.count())] == ["9", "22"]
    panel.which.setCurrentIndex(1)
    panel.which.activated.emit(1)
    assert any("22" in fact_text(panel._context.language, one.fact) for one in panel.model.rows)
    assert panel.another.isVisible()
    panel.another.click()
    dialog = window.dialog(CandidacyDialog)
    dialog.reject()
    window.closed()


def test_the_button_follows_the_outcome(window: WindowPage) -> None:
    """A blue *Kandidatuur starten* stood under *niet mogelijk*."""
    stimuli = StimuliPage(window)
    stimuli.choose("Mechelen", "samenwerking")
    panel = stimuli.screen.panel
    assert panel.outcome.text() == "niet mogelijk"
    assert (panel.start.text(), panel.start.property("primary")) == ("Toch een kandidatuur starten ...", False)
    assert "10.000" not in panel.remark.text()
    panel.start.click()
    dialog = window.dialog(CandidacyDialog)
    window.press(Qt.Key.Key_S, CTRL)
    assert dialog.isVisible()
    window.focus(dialog.fields["note"].editor)
    window.keys("het verband komt er in april")
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    (record,) = [one for one in window.workspace.query(candidacies) if one.kind == "samenwerking"]
    assert record.note == "het verband komt er in april"


def test_a_changed_figure_is_told_on_start_and_can_be_seen(window: WindowPage) -> None:
    page = StimuliPage(window).screen
    window.settle()
    workspace = window.workspace
    grimbergen = workspace.query(government_by_code, "23025").id
    window.application.runner.run(
        NoteOfficialFigure(grimbergen, 2022, 10, "mail van ABB"), initiator=window.application
    )
    window.until(lambda: not page.seen.isHidden())
    window.open_page("start")
    start = StartPage(window)
    window.until(lambda: not start.ui.changed.isHidden())
    assert "gewijzigd" in start.ui.changed.text()
    assert "Grimbergen" in start.ui.changed.toolTip()
    window.open_page("stimuli")
    window.focus(page.seen)
    window.press(Qt.Key.Key_Space)
    window.until(page.seen.isHidden)


def test_the_explanation_is_saved_as_pdf(window: WindowPage, tmp_path: Path) -> None:
    from samenleven_desktop.reports.pdf_text import pdf_text

    page = StimuliPage(window).screen
    write(page.context, page, page.model.rows[0].id, 2, tmp_path / "uitleg.pdf")
    window.until((tmp_path / "uitleg.pdf").exists)
    window.settle()
    words = pdf_text((tmp_path / "uitleg.pdf").read_bytes())
    assert "Uitleg bij de stimulansen" in words
    assert "Sociale impact obligatie" in words


def test_the_coach_judges_a_condition_that_the_plan_leaves_open(window: WindowPage) -> None:
    judged_by_the_coach(window.workspace)
    stimuli = StimuliPage(window)
    stimuli.choose("Mechelen", "samenwerking")
    panel = stimuli.screen.panel
    window.until(lambda: panel.outcome.text() == "onvolledig")
    panel.conditions.select_row(0)
    window.focus(panel.judge)
    window.press(Qt.Key.Key_Space)
    dialog = window.dialog(JudgementDialog)
    window.focus(dialog.fields["finding"].editor)
    window.keys("gehaald")
    window.focus(dialog.fields["note"].editor)
    window.keys("Besproken met de dienst.")
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    window.until(lambda: panel.outcome.text() == "mogelijk")
    assert "Besproken met de dienst." in str(panel.model.index(0, 2).data())
    panel.conditions.select_row(0)
    window.focus(panel.judge)
    window.press(Qt.Key.Key_Space)
    assert dialog is not window.dialog(JudgementDialog)
    assert window.dialog(JudgementDialog).typed("note") == "Besproken met de dienst."
    window.press(Qt.Key.Key_Escape)
