"""Pages know that they are stale: what is shown equals what a page that is built now would show."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.governments.officer_commands import ChooseGovernments
from samenleven_desktop.services.governments.partnership_commands import NoteOfficialFigure
from samenleven_desktop.services.governments.queries import choices, dossier, government_by_code
from samenleven_desktop.services.governments.whole_lists import list_uses
from samenleven_desktop.services.kpi.commands import DeleteCommitment
from samenleven_desktop.services.kpi.queries import list_entries
from samenleven_desktop.services.offers.commands import AddOffer, DeleteOffer, DeleteUse, OfferContent, UseOffer
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.services.organisations.commands import (
    AddService,
    DeleteOrganisation,
    MakeOrganisation,
    OrganisationContent,
    ServiceContent,
    TieOffer,
)
from samenleven_desktop.services.organisations.queries import list_organisations
from samenleven_desktop.services.people.commands import (
    AddAttachment,
    AddContact,
    ContactContent,
    DeleteAttachment,
    DeleteContact,
)
from samenleven_desktop.services.people.queries import list_attachments, list_contacts
from samenleven_desktop.services.safekeeping.history import list_bin
from samenleven_desktop.services.safekeeping.restore_commands import PutDeletedBack
from samenleven_desktop.services.safekeeping.retention import keep_for, retention_looked_through
from samenleven_desktop.services.safekeeping.workspace_file import back_up
from samenleven_desktop.services.sessions.commands import DeleteSession, NewAgreement, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
    AddKpiEntry,
    ChangeAgreement,
    CompleteAgreement,
    DeleteAgreement,
)
from samenleven_desktop.services.sessions.queries import list_agreements, list_sessions, list_tracks
from samenleven_desktop.services.sessions.track_commands import AddTrack, DeleteTrack, TrackContent
from samenleven_desktop.services.stimuli.commands import DeleteStimulus, SetCallBudget, StartCandidacy
from samenleven_desktop.services.stimuli.queries import stimuli
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.navigator import SafekeepingPart
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.dossier.screen import DossierScreen
from samenleven_desktop.ui.screens.safekeeping.screen import SafekeepingScreen
from samenleven_desktop.ui.screens.settings.screen import SettingsScreen
from samenleven_desktop.ui.widgets.table import RowsTable
from tests.builders import TODAY, WorkFile, action_ids
from tests.pages.shown import shown
from tests.pages.window import WindowPage
from tests.ui.conftest import Open

# Pages that are reached and looked at; a session and an import hold what is being typed, *who* as well.
PAGES = ("start", "governments", "support", "offers", "kpis", "stimuli", "reports", "exchange", "settings", "dossier",
         "action", "keeping", "plans")  # fmt: skip


def page_of(window: WindowPage, key: str) -> Screen:
    page = window.application.shell.page(key)
    assert isinstance(page, Screen)
    return page


# The bin, as it was found


def test_the_bin_shows_what_was_deleted_after_it_was_shown(window: WindowPage) -> None:
    run, government = window.application.runner.run, window.workspace.query(government_by_code, "12025").id
    run(AddAgreement(government, Party.COACH, "zaal vragen", None), initiator=window.application)
    window.settle()
    window.application.navigator.open_safekeeping(SafekeepingPart.BIN)
    window.settle()
    page = page_of(window, "keeping")
    assert isinstance(page, SafekeepingScreen)
    assert page.bin.empty.isVisible()
    window.search("mechelen")
    line = next(one for one in window.workspace.query(list_agreements) if one.what == "zaal vragen")
    run(DeleteAgreement(line.id), initiator=window.dossier.screen)
    window.settle()
    window.application.navigator.open_safekeeping(SafekeepingPart.BIN)
    window.settle()
    assert page.bin.table.isVisible()
    assert len(page.bin.model.rows) == 1
    window.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.bin.empty.isVisible(), "undone while the bin is shown"


def test_a_backup_made_in_one_place_is_told_in_the_other(window: WindowPage) -> None:
    settings_page = window.application.shell.show_page("settings")
    assert isinstance(settings_page, SettingsScreen)
    window.settle()
    window.application.navigator.open_safekeeping(SafekeepingPart.BACKUPS)
    window.settle()
    page = page_of(window, "keeping")
    assert isinstance(page, SafekeepingScreen)
    before = len(page.backups.model.rows)
    window.application.shell.show_page("settings")
    window.settle()
    QTest.mouseClick(settings_page.back_up, Qt.MouseButton.LeftButton)
    window.settle()
    window.application.navigator.open_safekeeping(SafekeepingPart.BACKUPS)
    window.settle()
    assert len(page.backups.model.rows) == before + 1


# The property


def deeds(workspace: Workspace, chance: random.Random) -> dict[str, Callable[[], Any]]:
    """Commands by name; each gives a command on records that are there, or None."""
    ids = [one.id for one in workspace.query(choices) if one.mine]
    mechelen = workspace.query(government_by_code, "12025").id
    ids = ids or [mechelen]

    def one_of(found: Any) -> Any:
        rows = list(found)
        return chance.choice(rows) if rows else None

    def on(found: Any, make: Callable[[Any], Any]) -> Any:
        row = one_of(found)
        return None if row is None else make(row)

    def day() -> date:
        return TODAY - timedelta(days=chance.randrange(-20, 60))

    def session() -> RegisterSession:
        content = SessionContent(
            day(), 540, 600, SessionMode.ONLINE, (chance.choice(ids),), "besproken", action_ids=action_ids(1)
        )
        return RegisterSession(content, (NewAgreement(Party.COACH, "nabellen", day()),))

    def commitments() -> Any:
        return workspace.query(dossier, chance.choice([mechelen, *ids]), chance.choice((1, 2))).commitments

    def delete_stimulus(line: Any) -> Any:
        return DeleteStimulus(line.record_id) if line.record_id else None

    return {
        "agreement": lambda: AddAgreement(chance.choice(ids), Party.COACH, f"afspraak {chance.random():.3f}", day()),
        "change agreement": lambda: on(
            workspace.query(list_agreements), lambda one: ChangeAgreement(one.id, Party.GOVERNMENT, "anders", day())
        ),
        "complete": lambda: on(workspace.query(list_agreements), lambda one: CompleteAgreement(one.id, TODAY)),
        "delete agreement": lambda: on(workspace.query(list_agreements), lambda one: DeleteAgreement(one.id)),
        "entry": lambda: on(
            commitments(), lambda one: AddKpiEntry(one.id, TODAY, EntryKind.INCREMENT, chance.randrange(1, 9))
        ),
        "correct": lambda: on(
            commitments(),
            lambda one: on(
                workspace.query(list_entries, [one.id]),
                lambda row: AddKpiEntry(one.id, row.day, EntryKind.INCREMENT, 3, corrects_id=row.id),
            ),
        ),
        "delete commitment": lambda: on(commitments(), lambda one: DeleteCommitment(one.id)),
        "session": session,
        "delete session": lambda: on(workspace.query(list_sessions, None), lambda one: DeleteSession(one.id, one.day)),
        "offer": lambda: AddOffer(
            OfferContent(f"Aanbod {chance.random():.3f}", "wij", OfferCost.FREE, action_ids(1, 2))
        ),
        "delete offer": lambda: on(
            (one for one in workspace.query(list_offers) if not one.shipped), lambda one: DeleteOffer(one.id)
        ),
        "use": lambda: on(
            workspace.query(list_offers), lambda one: UseOffer(one.id, chance.choice(ids), day(), price_cents=500)
        ),
        "delete use": lambda: on(workspace.query(list_uses, None), lambda one: DeleteUse(one.id)),
        "contact": lambda: AddContact(ContactContent(f"diensthoofd {chance.random():.3f}", chance.choice(ids))),
        "delete contact": lambda: on(
            (one for one in workspace.query(list_contacts) if one.government_id), lambda one: DeleteContact(one.id)
        ),
        "attachment": lambda: AddAttachment(mechelen, f"nota {chance.random():.3f}.txt", b"woorden"),
        "delete attachment": lambda: on(
            workspace.query(list_attachments, mechelen), lambda one: DeleteAttachment(one.id)
        ),
        "track": lambda: AddTrack(chance.choice(ids), TrackContent(f"traject {chance.random():.3f}", day())),
        "delete track": lambda: on(workspace.query(list_tracks, None, True), lambda one: DeleteTrack(one.id)),
        "governments": lambda: ChooseGovernments(
            str(workspace.officer_id), tuple(chance.sample(ids, max(1, len(ids) - 1)))
        ),
        "candidacy": lambda: on(
            workspace.query(stimuli), lambda one: StartCandidacy(one.government_id, one.year, one.kind)
        ),
        "delete candidacy": lambda: on(workspace.query(stimuli), delete_stimulus),
        "budget": lambda: SetCallBudget(2, chance.choice((None, True, False))),
        "organisation": lambda: MakeOrganisation(
            OrganisationContent(f"vzw {chance.random():.3f}", f"V{chance.random():.6f}"), chance.random() < 0.5
        ),
        "service": lambda: on(
            workspace.query(list_organisations),
            lambda one: AddService(one.id, chance.choice(ids), ServiceContent(day(), target_value=None)),
        ),
        "delete organisation": lambda: on(workspace.query(list_organisations), lambda one: DeleteOrganisation(one.id)),
        "tie offer": lambda: on(
            workspace.query(list_organisations),
            lambda one: TieOffer(chance.choice(workspace.query(list_offers)).id, one.id),
        ),
        "figure": lambda: NoteOfficialFigure(mechelen, 2, chance.randrange(80_000, 90_000), "Statbel"),
        "put back": lambda: on(workspace.query(list_bin, workspace.now), lambda one: PutDeletedBack(one.command_id)),
    }


NOTES: dict[str, Callable[[Workspace, random.Random], object]] = {
    "back up": lambda workspace, _: back_up(workspace),
    "period": lambda workspace, chance: keep_for(workspace, "contact", chance.choice((0, 12, 24))),
    "looked": lambda workspace, _: retention_looked_through(workspace),
}


class Walk:
    """One window, and the steps of a person and of others in it."""

    def __init__(self, window: WindowPage) -> None:
        self.window = window
        self.told: list[str] = []
        window.application.navigator.open_dossier(window.workspace.query(government_by_code, "12025").id)
        self.settle()

    def settle(self) -> None:
        """Until every answer is shown; widgets that came into a layout are shown by an event of their own."""
        self.window.settle()
        QApplication.processEvents()
        self.window.settle()

    def go(self, key: str, part: int) -> None:
        """To a page, and to one of its parts."""
        self.told.append(f"{key} {part}")
        page = self.window.application.shell.show_page(key)
        self.settle()
        self._choose_part(page, part)
        self.settle()

    @staticmethod
    def _tabs(page: QWidget) -> Any:
        return getattr(page, "tabs", None) or getattr(getattr(page, "ui", None), "tabs", None)

    def _choose_part(self, page: QWidget, part: int) -> None:
        tabs = self._tabs(page)
        if tabs is not None:
            tabs.setCurrentIndex(part % tabs.count())

    def do(self, number: int) -> None:
        """A command of somebody else than the page."""
        workspace, runner = self.window.workspace, self.window.application.runner
        chance = random.Random(number)
        known = deeds(workspace, chance)
        names = [*known, *NOTES, "undo", "undo", "undo", "redo", "redo"]
        name = names[number % len(names)]
        self.told.append(name)
        application = self.window.application
        if name == "undo":
            application.undoing.undo()
        elif name == "redo":
            application.undoing.redo()
        elif name in NOTES:
            runner.on_store(lambda file: NOTES[name](file, chance), owner=application, noted=True)
        else:
            command = known[name]()
            if command is not None:
                refused: list[SamenlevenError] = []
                runner.run(command, initiator=application, failed=refused.append)
        self.settle()

    def check(self) -> None:
        """The page in sight against one that is built now."""
        shell = self.window.application.shell
        key, old = shell.current, shell.page(shell.current)
        fresh = shell.factories[key]()
        try:
            self._show(fresh, old)
            expected, found = shown(fresh), shown(old)
        finally:
            fresh.hide()
            fresh.deleteLater()
        wrong = [line for line in found if line not in expected], [line for line in expected if line not in found]
        assert found == expected, (self.told[-12:], *wrong)

    def _show(self, fresh: QWidget, old: QWidget) -> None:
        tabs = self._tabs(old)
        # In the window: a window of its own would be another one for the platform.
        fresh.setParent(self.window.shell)
        fresh.resize(old.size())
        if isinstance(fresh, DossierScreen) and isinstance(old, DossierScreen):
            assert old.government_id is not None
            fresh.show_government(old.government_id)
        if tabs is not None:
            self._tabs(fresh).setCurrentIndex(tabs.currentIndex())
        fresh.show()
        self.settle()
        # The rows that were chosen, also when the lists come one after the other.
        for _ in range(3):
            theirs = {one.accessibleName(): one for one in _lists(fresh)}
            for mine in _lists(old):
                wanted, there = mine.currentIndex(), theirs.get(mine.accessibleName())
                if there is None or wanted.row() not in range(there.model().rowCount()):
                    continue
                if there.currentIndex().row() != wanted.row():
                    there.select_cell(wanted.row(), wanted.column())
            self.settle()


def _lists(page: QWidget) -> list[RowsTable]:
    return [one for one in page.findChildren(RowsTable) if one.isVisibleTo(page)]


steps = st.lists(
    st.one_of(
        st.tuples(st.just("go"), st.sampled_from(PAGES), st.integers(0, 7)),
        st.tuples(st.just("do"), st.integers(0, 10**6)),
    ),
    min_size=12,
    max_size=24,
)


def walk(window: WindowPage, todo: list[tuple[Any, ...]]) -> None:
    made = Walk(window)
    for step in todo:
        getattr(made, step[0])(*step[1:])
        made.check()


bounded = settings(
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@given(steps)
@settings(bounded, max_examples=6)
def test_what_is_shown_equals_a_fresh_page(walked: WindowPage, todo: list[tuple[Any, ...]]) -> None:
    walk(walked, todo)


@pytest.mark.long
@pytest.mark.timeout(3_600)
@given(steps)
@seed(20261129)
@settings(bounded, derandomize=False, max_examples=150)
def test_what_is_shown_equals_a_fresh_page_in_a_long_search(walked: WindowPage, todo: list[tuple[Any, ...]]) -> None:
    walk(walked, todo)


@pytest.fixture
def walked(open_window: Open, practice_file: WorkFile) -> WindowPage:
    """One window for all walks: what was done before is part of the search."""
    return open_window(practice_file.path)
