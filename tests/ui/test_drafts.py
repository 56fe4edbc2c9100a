"""Drafts of sessions: each form has its own, none is laid over another government, none is lost or made of nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.services.workfile.opening import open_any
from tests.pages.window import CTRL, SessionPage, WindowPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui
MECHELEN, LIER = "12025", "12021"
OLD = "Een lang verslag van vorige week over de oefenkansen. " * 10


@contextmanager
def busy_reader(window: WindowPage) -> Iterator[None]:
    """Nothing is read from the work file until the block ends."""
    free = threading.Event()
    runner = window.application.runner
    runner.on_read(lambda _: free.wait(20), then=lambda _: None, owner=runner)
    try:
        yield
    finally:
        free.set()
        window.settle()


def new_session(window: WindowPage, government: str = "") -> SessionPage:
    workspace = window.workspace
    if government:
        code = {"mechelen": MECHELEN, "lier": LIER}[government]
        window.application.navigator.open_dossier(workspace.query(government_by_code, code).id)
        window.until(lambda: window.dossier.title.lower() == government)
        window.settle()
    window.press(Qt.Key.Key_N, CTRL)
    window.until(lambda: window.application.shell.current == "session")
    window.settle()
    return window.session


def typed(window: WindowPage, government: str, words: str) -> SessionPage:
    page = new_session(window, government)
    page.screen.ui.report.setFocus()
    window.keys(words)
    page.kept()
    return page


def drafts(window: WindowPage) -> list[str]:
    workspace = window.workspace
    return workspace.drafts()


def test_a_form_in_which_nothing_was_typed_leaves_no_draft_and_the_next_one_is_fresh(window: WindowPage) -> None:
    new_session(window, "mechelen")
    page = new_session(window, "lier")
    assert page.governments() == ["Lier"]
    assert "Lier" in page.title()
    assert page.drafts() == []
    window.keys("Verslag voor Lier")
    page.fill()
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    assert window.dossier.title == "Lier"
    assert window.dossier.sessions()[0] == "Verslag voor Lier"
    assert drafts(window) == []


def test_a_draft_is_never_laid_over_another_government(window: WindowPage) -> None:
    typed(window, "mechelen", "Over Mechelen")
    page = new_session(window, "lier")
    assert page.report() == ""
    assert page.governments() == ["Lier"]
    assert len(page.drafts()) == 1
    assert "Mechelen" in page.drafts()[0]
    window.keys("Over Lier")
    page.kept()
    page.answer_draft("Mechelen")
    assert (page.report(), page.governments()) == ("Over Mechelen", ["Mechelen"])
    page.answer_draft("Lier")
    assert (page.report(), page.governments()) == ("Over Lier", ["Lier"])


def test_two_unsaved_sessions_of_one_government_stay_apart(window: WindowPage) -> None:
    typed(window, "mechelen", "De eerste")
    page = typed(window, "mechelen", "De tweede")
    assert page.report() == "De tweede"
    page = new_session(window, "mechelen")
    assert page.report() == ""
    assert len(page.drafts()) == 2
    page.answer_draft("De eerste")
    assert page.report() == "De eerste"
    page.fill()
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    page = new_session(window, "mechelen")
    assert len(page.drafts()) == 1
    page.answer_draft("De tweede")
    assert page.report() == "De tweede"


def test_a_draft_with_two_governments_or_none_names_what_it_has(window: WindowPage) -> None:
    workspace = window.workspace
    ids = [workspace.query(government_by_code, code).id for code in (MECHELEN, LIER)]
    page = typed(window, "mechelen", "Samen overlegd")
    page.screen.ui.governments._edit(ids)
    page.kept()
    assert "Mechelen en Lier" in page.title()
    window.go(1)
    page = new_session(window)
    assert page.screen.ui.governments_asked.isVisible()
    window.keys("Nog zonder bestuur")
    page.kept()
    page = new_session(window, "lier")
    assert not page.screen.ui.governments_asked.isVisible()
    assert any("Mechelen en Lier" in one for one in page.drafts())
    assert any("nog geen bestuur" in one for one in page.drafts())
    page.answer_draft("nog geen bestuur")
    assert (page.report(), page.governments()) == ("Nog zonder bestuur", [])
    page.fill()
    page.save()
    assert page.error_of("governments") == "Kies minstens één bestuur."
    page.answer_draft("Mechelen en Lier")
    assert page.governments() == ["Mechelen", "Lier"]


def test_opening_a_session_is_not_writing(window: WindowPage, open_window: Open, filled: Path) -> None:
    window.search("mechelen")
    line = window.dossier.screen.ui.sessions_model.rows[0] if window.dossier.sessions() else None
    assert line is not None
    window.application.navigator.open_session(line.id, line.government_ids[0])
    window.settle()
    assert window.session.report() == line.report
    window.go(1)
    window.settle()
    assert drafts(window) == []
    assert "Je was een sessieverslag aan het schrijven." not in window.notices()


def test_what_is_typed_before_the_old_draft_arrived_is_a_draft_of_its_own(window: WindowPage) -> None:
    typed(window, "mechelen", OLD)
    window.go(1)
    window.settle()
    with busy_reader(window):
        window.application.navigator.open_session(None, None)
        window.keys("nieuw ")
        window.session.screen.keeper.keep()
    page = window.session
    assert page.report() == "nieuw "
    assert len(page.drafts()) == 1
    page.answer_draft("oefenkansen")
    assert page.report() == OLD
    page.answer_draft("nieuw")
    assert page.report() == "nieuw "


def test_the_governments_of_a_draft_survive_a_save_before_the_lists_arrived(window: WindowPage) -> None:
    page = typed(window, "mechelen", "Over Mechelen")
    window.go(1)
    window.settle()
    key = drafts(window)[0]
    workspace = window.workspace
    (draft,) = workspace.drafts_of(key)
    with busy_reader(window):
        page.screen.start(None, None, draft)
        window.keys(" en verder")
        page.screen.keeper.keep()
        window.until(lambda: "verder" in str((workspace.draft(key) or {}).get("report")))
    content = workspace.draft(key)
    assert content is not None
    assert content["governments"] == draft.content["governments"]
    assert page.governments() == ["Mechelen"]


def test_a_session_in_which_was_typed_before_it_was_there_keeps_both(window: WindowPage) -> None:
    window.search("mechelen")
    window.dossier.sessions()
    line = window.dossier.screen.ui.sessions_model.rows[0]
    with busy_reader(window):
        window.application.navigator.open_session(line.id, line.government_ids[0])
        window.keys(" erbij")
    assert window.session.report() == line.report + " erbij"


def test_drafts_of_the_version_before_come_back(open_window: Open, filled: Path) -> None:
    workspace = open_any(filled, Runtime())
    government = workspace.query(government_by_code, MECHELEN).id
    line = workspace.query(list_sessions, government)[0]
    empty = {"start": "", "end": "", "travel": "", "form": "visit", "track": None, "actions": [], "offers": []}
    empty |= {"present": [], "agreements": [["government", "zaal vragen", ""]], "entries": {}, "day": "11-03-2024"}
    workspace.save_draft("session:new", {**empty, "governments": [government], "report": "Klad van vroeger"})
    old = {
        **empty,
        "governments": [government],
        "agreements": [],
        "start": "09:00",
        "end": "10:00",
        "day": "10-03-2024",
    }
    workspace.save_draft(f"session:{line.id}", {**old, "report": "Wijziging van vroeger"})
    workspace.close()
    window = open_window(filled)
    window.answer_notice("2 sessieverslagen", "Tonen")
    page = window.session
    page.answer_draft("Klad van vroeger")
    assert (page.report(), page.governments()) == ("Klad van vroeger", ["Mechelen"])
    assert page.screen.ui.agreements.content()[0][1] == "zaal vragen"
    window.application.navigator.open_session(line.id, government)
    window.settle()
    agreements = page.screen.ui.agreements.content()
    page.answer_draft("Wijziging van vroeger")
    assert page.report() == "Wijziging van vroeger"
    assert page.screen.ui.agreements.content() == agreements
    assert page.screen.ui.changed.isVisible()


def test_a_killed_program_offers_the_very_draft(open_window: Open, filled: Path) -> None:
    first = open_window(filled)
    typed(first, "mechelen", "Onderbroken verslag")
    with first.bot.waitSignal(first.application.finished, timeout=20_000):
        first.application.shell.close()
    second = open_window(filled)
    second.answer_notice("sessieverslag aan het schrijven", "Verder schrijven")
    assert (second.session.report(), second.session.governments()) == ("Onderbroken verslag", ["Mechelen"])


def test_a_form_opened_while_another_is_being_saved_keeps_its_words(window: WindowPage) -> None:
    page = typed(window, "mechelen", "Wordt bewaard")
    page.fill()
    free = threading.Event()
    runner = window.application.runner
    runner.on_store(lambda _: free.wait(20), owner=runner)
    QTest.keyClick(page.screen, Qt.Key.Key_S, CTRL)
    window.application.navigator.open_session(None, None)
    window.keys("Al de volgende")
    free.set()
    window.settle()
    assert window.application.shell.current == "session"
    assert page.report() == "Al de volgende"
    window.search("mechelen")
    assert window.dossier.sessions()[0] == "Wordt bewaard"


def test_ctrl_s_before_the_session_is_there_writes_nothing(window: WindowPage) -> None:
    window.search("mechelen")
    window.dossier.sessions()
    line = next(one for one in window.dossier.screen.ui.sessions_model.rows if one.agreement_count)
    with busy_reader(window):
        window.application.navigator.open_session(line.id, line.government_ids[0])
        window.session.screen.fields.fill({"day": "11-03-2024", "start": "9", "end": "10"})
        QTest.keyClick(window.session.screen, Qt.Key.Key_S, CTRL)
    window.settle()
    assert window.application.shell.current == "session"
    assert window.session.report() == line.report
