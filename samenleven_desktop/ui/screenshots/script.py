"""Walks through every screen of the real window with a practice file and writes a screenshot of each.

Each step waits until the workers are idle and the window is painted; an error in any screen fails the tour, and so does
an English sentence in a Dutch window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QDialog

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.readmodels.history import FieldPlace
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.governments.whole_lists import list_partnerships
from samenleven_desktop.services.kpi.commands import ChangeCommitments
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.people.commands import AddAttachment, AddContact, ContactContent
from samenleven_desktop.services.practice.constants import PRACTICE_PASSPHRASE
from samenleven_desktop.services.safekeeping.backups import DAMAGED
from samenleven_desktop.services.safekeeping.erasure import erase_preview
from samenleven_desktop.services.safekeeping.keys import new_recovery_code
from samenleven_desktop.services.safekeeping.retention import keep_for
from samenleven_desktop.services.safekeeping.workspace_file import back_up
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, DeleteAgreement
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.ui.actions import ABOUT
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.dialogs.erase import EraseDialog
from samenleven_desktop.ui.dialogs.field_history import FieldHistoryDialog
from samenleven_desktop.ui.dialogs.recovery import RecoveryDialog
from samenleven_desktop.ui.screens.dossier.screen import DossierScreen
from samenleven_desktop.ui.screens.governments.screen import GovernmentsScreen
from samenleven_desktop.ui.screens.importing.screen import ImportScreen
from samenleven_desktop.ui.screens.kpis.screen import KpisScreen
from samenleven_desktop.ui.screens.offers.screen import OffersScreen
from samenleven_desktop.ui.screens.safekeeping.screen import SafekeepingScreen
from samenleven_desktop.ui.screens.session.screen import SessionScreen
from samenleven_desktop.ui.screens.start.screen import StartScreen
from samenleven_desktop.ui.screens.support.screen import SupportScreen
from samenleven_desktop.ui.screenshots.actions import ActionScenes
from samenleven_desktop.ui.screenshots.exchange import ExchangeScenes
from samenleven_desktop.ui.screenshots.language_check import EnglishWords
from samenleven_desktop.ui.screenshots.plans import PlanScenes
from samenleven_desktop.ui.widgets.fingerprint_words import png_bytes
from samenleven_desktop.ui.widgets.responsive import PageFrame
from samenleven_desktop.ui.work_file import LOCKED

LARGE, SMALL = QSize(1440, 900), QSize(1280, 720)
SHOWN = "12025"
_TIMEOUT_MS = 20_000
_IDLE_CHECKS = 3

Step = tuple[str, QSize, Callable[[], object]]


class Tour(QObject):
    """Runs the steps in order; `failures` lists what went wrong."""

    def __init__(
        self, application: Application, out: Path, suffix: str, script: Callable[[], Iterator[Step]] | None = None
    ) -> None:
        """`script` are other steps than those of the practice file of 2024."""
        super().__init__()
        self._app, self._out, self._suffix = application, out, suffix
        self.failures: list[str] = []
        self.pictures: list[Path] = []
        self._steps = iter((script or self._script)())
        self._english = EnglishWords() if application.language.code == "nl" else None
        self._name = ""
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(lambda: self._stop(f"{self._name}: took too long"))
        application.runner.crashed.connect(lambda text: self._stop(f"{self._name}: {text}"))
        application.runner.failed.connect(lambda error: self._stop(f"{self._name}: {error}"))
        application.ready.connect(self._next)

    def _script(self) -> Iterator[Step]:
        app = self._app
        government_id = app.runner.workspace.query(government_by_code, SHOWN).id if app.runner.workspace else ""

        def dossier(part: int) -> None:
            app.navigator.open_dossier(government_id)
            page = app.shell.page("dossier")
            assert isinstance(page, DossierScreen)
            page.ui.tabs.setCurrentIndex(part)

        def offers(part: int) -> OffersScreen:
            page = app.shell.show_page("offers")
            assert isinstance(page, OffersScreen)
            page.ui.tabs.setCurrentIndex(part)
            return page

        def support(part: int) -> SupportScreen:
            page = app.shell.show_page("support")
            assert isinstance(page, SupportScreen)
            page.show_part(part)
            return page

        def agenda(view: str) -> None:
            panel = support(1).agenda
            panel.view.set_choice(view)
            panel.reload()

        def kpis(view: str) -> None:
            page = app.shell.show_page("kpis")
            assert isinstance(page, KpisScreen)
            page.show_view(view)

        yield "start", LARGE, lambda: app.shell.show_page("start")
        yield "start-contact", LARGE, lambda: self._start("contact")
        yield "start-stimuli", LARGE, lambda: self._start("stimulus")
        yield "besturen", LARGE, lambda: app.shell.show_page("governments")
        for part, name in enumerate(
            ("overzicht", "acties", "sessies", "aanbod", "samenwerking", "stimulansen", "contacten", "geschiedenis")
        ):
            yield f"dossier-{name}", LARGE, partial(dossier, part)
        yield "dossier-verband", LARGE, lambda: self._partnership(4)
        yield "dossier-verband-overzicht", LARGE, lambda: self._partnership(0)
        yield "verband-nieuw", LARGE, self._new_partnership
        yield "sessie", LARGE, lambda: self._write_session(government_id)
        yield "sessie-na-middernacht", LARGE, lambda: self._write_session(government_id, "22:00", "1:00")
        yield "ondersteuning", LARGE, lambda: support(0)
        for view in ("week", "month", "list"):
            yield f"agenda-{view}", LARGE, partial(agenda, view)
        for part, name in ((2, "afspraken"), (3, "trajecten"), (4, "zonder-contact")):
            yield f"ondersteuning-{name}", LARGE, partial(support, part)
        yield "aanbod", LARGE, lambda: offers(0)
        yield "aanbod-in-gebruik", LARGE, lambda: offers(1)
        yield "aanbod-kost", LARGE, lambda: offers(2)
        yield "kpis", LARGE, lambda: kpis("government")
        yield "kpis-per-actie", LARGE, lambda: kpis("action")
        yield from ActionScenes(app).steps()
        yield from PlanScenes(app).steps()
        yield "stimulansen", LARGE, lambda: app.shell.show_page("stimuli")
        yield "rapporten", LARGE, lambda: app.navigator.open_report("coaching", government_id)
        yield "instellingen", LARGE, lambda: app.shell.show_page("settings")
        yield "importeren-leeg", LARGE, lambda: app.navigator.open_page("import")
        yield "importeren", LARGE, self._import_entries
        yield "klein-importeren", SMALL, self._import_entries
        for part, name in enumerate(("back-ups", "prullenbak", "nakijken", "bewaartermijnen")):
            yield name, LARGE, partial(self._keeping, part)
        yield "back-up-terugzetten", LARGE, self._put_backup_back
        yield "geschiedenis-van-veld", LARGE, lambda: self._field_history(dossier)
        yield "herstelblad", LARGE, self._recovery_sheet
        yield "persoon-wissen", LARGE, lambda: self._erase(dossier)
        yield "importeren-personen", LARGE, self._import_people
        yield "klein-importeren-personen", SMALL, self._import_people
        yield "menu", LARGE, self._menu
        yield "over-dit-programma", LARGE, lambda: self._app.menu.entry(ABOUT).trigger()
        yield "wie-ben-je", LARGE, lambda: app.shell.show_page("who", "settings")
        yield "klein-start", SMALL, lambda: app.shell.show_page("start")
        yield "klein-dossier", SMALL, lambda: dossier(0)
        yield "klein-sessie", SMALL, lambda: self._write_session(government_id)
        yield "smal-start", QSize(640, 360), lambda: self._start("kpi", down=True)
        yield "smal-besturen", QSize(640, 360), lambda: app.shell.show_page("governments")
        yield "afspraak", LARGE, lambda: self._agreement(dossier)
        yield "aanbod-nieuw", LARGE, lambda: offers(0).ui.add.click()
        yield "aanbod-inzetten", LARGE, lambda: offers(0).ui.use_here.click()
        yield "klein-aanbod", SMALL, lambda: offers(0)
        yield "wat-helpt", LARGE, lambda: self._what_helps(dossier)
        yield "doelgroep-opnemen", LARGE, lambda: self._dossier_dialog(dossier, "take_up")
        yield "doelgroep-wijzigen", LARGE, lambda: self._dossier_dialog(dossier, "change_target")
        yield "kpi-meting", LARGE, lambda: self._dossier_dialog(dossier, "new_entry")
        yield "klein-stimulansen", SMALL, lambda: app.shell.show_page("stimuli")
        yield "klein-agenda", SMALL, lambda: agenda("week")
        yield "smal-agenda", QSize(640, 360), lambda: agenda("month")
        yield "klein-kpis", SMALL, lambda: kpis("government")
        yield "smal-kpis", QSize(640, 360), lambda: kpis("government")
        yield "smal-aanbod", QSize(640, 360), lambda: offers(0)
        yield from ExchangeScenes(app).steps()
        yield "welkom", LARGE, app.work_file.show_welcome
        yield "vergrendeld", LARGE, lambda: self._closed(LOCKED, "passphrase")
        yield "beschadigd", LARGE, lambda: self._closed(DAMAGED, None)

    def _start(self, colour: str, *, down: bool = False) -> None:
        """Shows the map with another colour scheme and the focus on it; scrolled down if the page is long."""
        page = self._app.shell.show_page("start")
        assert isinstance(page, StartScreen)
        card = page.ui.map_card
        card.colour.set_choice(colour)
        card.colour.choice_changed.emit(colour)
        card.map.setFocus(Qt.FocusReason.TabFocusReason)
        if down:
            frames = [one for one in self._app.shell.findChildren(PageFrame) if one.isAncestorOf(page)]
            QTimer.singleShot(150, page, lambda: frames[0].ensureWidgetVisible(card, 0, 0))

    def _write_session(self, government_id: str, start: str = "13:30", end: str = "16:00") -> None:
        self._app.navigator.open_session(None, government_id)
        page = self._app.shell.page("session")
        assert isinstance(page, SessionScreen)
        page.ui.start.setText(start)
        page.ui.end.setText(end)
        page.ui.end.editingFinished.emit()
        page.ui.report.setPlainText(
            "Het bestuur vond een tweede locatie voor de oefenkansen. De bibliotheek start in april met twee groepen "
            "van twaalf deelnemers.\n\nKnelpunt: vrijwilligers. We vergelijken het gratis met het betalend aanbod."
        )

        def choose() -> None:
            page.ui.actions_edit.set_chosen([page.context.plan.action(number).id for number in (5, 15)])
            page.ui.agreements.fill(
                [
                    ["government", "Contract tweede locatie bezorgen", "22-03-2024"],
                    ["coach", "Mentorbestuur bellen", "18-03-2024"],
                ]
            )

        QTimer.singleShot(150, page, choose)

    def _agreement(self, dossier: Callable[[int], None]) -> None:
        dossier(0)
        page = self._app.shell.page("dossier")
        assert isinstance(page, DossierScreen)
        page.ui.overview.new_agreement()

    def _keeping(self, part: int) -> None:
        """Deletes, counts and backs up something first, so that there is data to show."""
        workspace = self._app.runner.workspace
        assert workspace is not None
        if part == 0:
            line = workspace.query(list_agreements)[0]
            back_up(workspace)
            workspace.run(DeleteAgreement(line.id))
            keep_for(workspace, "report", 12)
        self._app.navigator.open_safekeeping(part)

    def _closed(self, sentence: str, field: str | None) -> None:
        """Shows the passphrase screen, and the choices for a damaged file."""
        workspace = self._app.runner.workspace
        assert workspace is not None
        fault = EnvironmentFault(sentence, field=field, file=workspace.path.name)
        self._app.work_file.show_closed(workspace.path, fault)

    def _import_people(self) -> None:
        """Imports somebody with the mailbox of a contact who is there, which is asked about."""
        self._import("Naam;Gemeente;E-mail", "Diensthoofd Voorbeeld;Mechelen;dienst@bestuur.be")

    def _import_entries(self) -> None:
        """Imports a small table with every kind of row."""
        self._import(
            "Gemeente;Actie;Datum;Aantal;Soort;Opmerking",
            "Mechelen;5;08/03/2024;12;erbij;praattafel in de bib",
            "stad Lier;5;08/03/2024;9;erbij;",
            "Mechlen;5;07/03/2024;4;erbij;",
            "Duffel;99;07/03/2024;3;erbij;",
            "Grimbergen;5;32/03/2024;3;erbij;",
            "Dilbeek;5;06/03/2024;veel;erbij;",
        )

    def _import(self, *lines: str) -> None:
        self._app.navigator.open_page("import")
        page = self._app.shell.page("import")
        assert isinstance(page, ImportScreen)
        path = self._out / "voorbeeld.csv"
        write_file(path, "\n".join(lines).encode())
        page.open_file(path)

    def _put_backup_back(self) -> None:
        self._app.navigator.open_safekeeping(0)
        page = self._app.shell.page("keeping")
        assert isinstance(page, SafekeepingScreen)
        QTimer.singleShot(150, page, page.backups.put_back.click)

    def _recovery_sheet(self) -> None:
        workspace, context = self._app.runner.workspace, self._app.context
        assert workspace is not None
        assert context is not None
        code = new_recovery_code(workspace, PRACTICE_PASSPHRASE).code or ""
        RecoveryDialog(context, code, workspace.path.name, self._app.shell).open()

    def _field_history(self, dossier: Callable[[int], None]) -> None:
        dossier(1)
        page, workspace = self._app.shell.page("dossier"), self._app.runner.workspace
        assert isinstance(page, DossierScreen)
        assert workspace is not None
        line = workspace.query(list_commitments, None, [page.government_id or ""])[0]
        for number in (5, 8):
            workspace.run(ChangeCommitments((FieldEdit(line.id, "confirmed", (line.confirmed or 0) + number),)))
        assert self._app.context is not None
        FieldHistoryDialog(self._app.context, FieldPlace("commitment", line.id, "confirmed"), page).open()

    def _erase(self, dossier: Callable[[int], None]) -> None:
        dossier(6)
        page, workspace = self._app.shell.page("dossier"), self._app.runner.workspace
        assert isinstance(page, DossierScreen)
        assert workspace is not None
        government = page.government_id or ""
        workspace.run(AddAgreement(government, Party.GOVERNMENT, "Contactpersoon Voorbeeld belt terug", None))
        made = ContactContent("Contactpersoon Voorbeeld", government, role="diensthoofd", email="dienst@bestuur.be")
        contact = workspace.run(AddContact(made)).result
        workspace.run(AddAttachment(government, "nota.txt", b"Gesprek met contactpersoon Voorbeeld"))
        assert self._app.context is not None
        EraseDialog(self._app.context, workspace.query(erase_preview, contact), page, lambda: None).open()

    def _menu(self) -> None:
        self._app.shell.show_page("start")
        self._app.menu.refresh()
        menu = self._app.shell.menu.menu()
        place = self._app.shell.menu.mapToGlobal(self._app.shell.menu.rect().bottomLeft())
        QTimer.singleShot(100, menu, lambda: menu.popup(place))

    def _partnership(self, part: int) -> None:
        workspace = self._app.runner.workspace
        assert workspace is not None
        self._app.navigator.open_dossier(workspace.query(list_partnerships)[0].id)
        page = self._app.shell.page("dossier")
        assert isinstance(page, DossierScreen)
        page.ui.tabs.setCurrentIndex(part)

    def _new_partnership(self) -> None:
        page = self._app.shell.show_page("governments")
        assert isinstance(page, GovernmentsScreen)
        page.ui.new_partnership.click()

    def _what_helps(self, dossier: Callable[[int], None]) -> None:
        dossier(1)
        page = self._app.shell.page("dossier")
        assert isinstance(page, DossierScreen)
        page.ui.which.set_choice("advice")
        page.ui.behind.setCurrentIndex(1)
        page.ui.targets.select_cell(1, 4)

    def _dossier_dialog(self, dossier: Callable[[int], None], button: str) -> None:
        dossier(1)
        page = self._app.shell.page("dossier")
        assert isinstance(page, DossierScreen)
        getattr(page.ui, button).click()

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is None:
            self._stop(None)
            return
        self._name, size, action = step
        self._limit.start(_TIMEOUT_MS)
        self._app.shell.resize(size)
        try:
            action()
        except Exception as error:  # noqa: BLE001 - any error of a screen fails the tour
            self._stop(f"{self._name}: {type(error).__name__}: {error}")
            return
        QTimer.singleShot(100, self, self._wait_until_idle)

    def _wait_until_idle(self, quiet: int = 0) -> None:
        """Takes the picture when the workers have been idle for a while, so that the last result is shown too."""
        if quiet < _IDLE_CHECKS:
            QTimer.singleShot(50, self, lambda: self._wait_until_idle(quiet + 1 if self._app.runner.idle else 0))
            return
        # The last result is still being laid out.
        QTimer.singleShot(30, self, self._take_picture)

    def _take_picture(self) -> None:
        shell = self._app.shell
        if self._english is not None:
            self.failures += [f"{self._name}: in English: {words}" for words in self._english.in_window(shell)]
        picture = shell.grab()
        menu = shell.menu.menu()
        if menu.isVisible():
            picture = menu.grab()
            menu.hide()
        dialog = next((one for one in shell.findChildren(QDialog) if one.isVisible()), None)
        if dialog is not None:
            picture = dialog.grab()
            dialog.close()
        path = self._out / f"{self._name}{self._suffix}.png"
        if picture.isNull():
            self.failures.append(f"{self._name}: no picture")
        else:
            write_file(path, png_bytes(picture.toImage()))
        self.pictures.append(path)
        self._limit.stop()
        self._next()

    def _stop(self, failure: str | None) -> None:
        self._limit.stop()
        if failure is not None:
            self.failures.append(failure)
        self._app.close()
