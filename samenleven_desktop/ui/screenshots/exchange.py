"""The scenes of *Uitwisselen* in the tour: a second practice file acts as a colleague who made conflicting changes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.readmodels.exchange import Choice, PackRequest
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.exchange.apply import apply_pack
from samenleven_desktop.services.exchange.colleagues import own_card, trust
from samenleven_desktop.services.exchange.create import make_pack
from samenleven_desktop.services.exchange.status import watch_folder
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import ChangeCommitments
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.practice.make import PRACTICE_PASSPHRASE
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace
from samenleven_desktop.ui.dialogs.card import CardWords, CompareWordsDialog
from samenleven_desktop.ui.screens.exchange.screen import COLLEAGUES, DECIDE, FILES, LOG, NUMBERS, ExchangeScreen

if TYPE_CHECKING:
    from samenleven_desktop.ui.app import Application

LARGE, SMALL, NARROW = QSize(1440, 900), QSize(1280, 720), QSize(640, 360)
SHOWN = "12025"


class ExchangeScenes:
    def __init__(self, application: Application) -> None:
        self._app = application
        self._folder = tempfile.TemporaryDirectory()
        self._pack = Path()

    def steps(self) -> Iterator[tuple[str, QSize, Callable[[], object]]]:
        yield "uitwisselen-leeg", LARGE, lambda: self._part(FILES)
        yield "uitwisselen-collegas-leeg", LARGE, lambda: self._part(COLLEAGUES)
        yield "uitwisselen-bestanden", LARGE, self._make_conflicts
        yield "uitwisselen", LARGE, self._preview
        yield "klein-uitwisselen", SMALL, self._preview
        yield "smal-uitwisselen", NARROW, self._preview
        yield "uitwisselen-overgenomen", LARGE, self._take
        yield "uitwisselen-beslissen", LARGE, lambda: self._part(DECIDE)
        yield "klein-uitwisselen-beslissen", SMALL, lambda: self._part(DECIDE)
        yield "uitwisselen-collegas", LARGE, lambda: self._part(COLLEAGUES)
        yield "klein-uitwisselen-collegas", SMALL, lambda: self._part(COLLEAGUES)
        yield "uitwisselen-cijfers", LARGE, lambda: self._part(NUMBERS)
        yield "uitwisselen-lijst", LARGE, lambda: self._part(LOG)
        yield "kaart-woorden", LARGE, lambda: self._part(COLLEAGUES).colleagues.show_words.click()
        yield "kaart-vergelijken", LARGE, self._compare
        yield "bestand-maken", LARGE, lambda: self._part(FILES).make_file()
        yield "bestuur-overdragen", LARGE, lambda: self._part(FILES).hand_over()
        yield "bestand-terugdraaien", LARGE, self._take_back
        yield "start-uitwisselen", LARGE, lambda: self._app.shell.show_page("start")

    def _part(self, part: int) -> ExchangeScreen:
        page = self._app.navigator.open_exchange()
        page.show_part(part)
        return page

    def _make_conflicts(self) -> None:
        """Gives the colleague all data, makes conflicting changes, and puts a file in the shared folder."""
        mine = self._app.runner.workspace
        assert mine is not None
        folder = Path(self._folder.name)
        theirs = create_workspace(
            folder / "collega.oefendb", PRACTICE_PASSPHRASE, Runtime(), practice_date=mine.practice_date
        )
        try:
            self._exchange(mine, theirs, folder)
        finally:
            theirs.close()
        watch_folder(mine, folder)
        self._app.watch.look()
        self._part(FILES)

    def _exchange(self, mine: Workspace, theirs: Workspace, folder: Path) -> None:
        officer = theirs.run(AddOfficer("coach Kempen", "Kempen"), kind="setup").result
        theirs.choose_officer(officer)
        for one, other in ((mine, theirs), (theirs, mine)):
            trust(other, own_card(one))
        with tempfile.TemporaryDirectory() as away:
            for giver, taker in ((mine, theirs), (theirs, mine)):
                path = Path(away) / f"{'een' if giver is mine else 'twee'}.samenleven"
                make_pack(giver, PackRequest(Profile.EVERYTHING, (own_card(taker).fingerprint,)), path)
                apply_pack(taker, path)
        for file, words in ((mine, self._words(0)), (theirs, self._words(1))):
            government = file.query(government_by_code, SHOWN).id
            lines = sorted(file.query(list_commitments, 2, [government]), key=lambda line: line.id)[:3]
            fields = ("note", "confirmed", "motivation")
            edits = [FieldEdit(line.id, name, word) for line, name, word in zip(lines, fields, words, strict=True)]
            file.run(ChangeCommitments(tuple(edits)))
        government = theirs.query(government_by_code, SHOWN).id
        theirs.run(ChooseGovernments(officer, (government,)))
        for what in ("Contract tweede locatie bezorgen", "Lijst van vrijwilligers vragen"):
            theirs.run(AddAgreement(government, Party.GOVERNMENT, what, None))
        for name, profile in (("coach-kempen-cijfers", Profile.NUMBERS), ("coach-kempen", Profile.EVERYTHING)):
            self._pack = folder / f"{name}.samenleven"
            request = PackRequest(profile, (own_card(mine).fingerprint,))
            make_pack(theirs, request, self._pack)
            if profile is Profile.NUMBERS:
                apply_pack(mine, self._pack)

    @staticmethod
    def _words(which: int) -> tuple[object, object, object]:
        """Returns the values that each of the two entered in the same three fields."""
        return (
            (
                "Telling klopt met de lijst van de bibliotheek.",
                1204,
                "Het bestuur vond een tweede locatie. De bibliotheek start in mei met twee groepen van tien.",
            ),
            (
                "Telling volgt in april.",
                1180,
                "Het bestuur zocht een tweede locatie. De bibliotheek start in april met twee groepen van twaalf.",
            ),
        )[which]

    def _preview(self) -> None:
        page = self._part(FILES)
        page.files.open_file(self._pack)
        panel = page.files.pack.conflicts

        def choose() -> None:
            if panel.model.rows:
                panel.table.select_row(0)
                panel.choose(Choice.THEIRS)
                panel.table.select_row(len(panel.model.rows) - 1)

        QTimer.singleShot(200, page, choose)

    def _take(self) -> None:
        """Applies the visible file without decisions."""
        self._part(FILES).files.pack.take_now()

    def _compare(self) -> None:
        page, workspace = self._part(COLLEAGUES), self._app.runner.workspace
        assert workspace is not None
        CompareWordsDialog(page.context, CardWords.of(own_card(workspace)), page, lambda: None).open()

    def _take_back(self) -> None:
        page = self._part(LOG)
        QTimer.singleShot(150, page, page.log.undo.click)
