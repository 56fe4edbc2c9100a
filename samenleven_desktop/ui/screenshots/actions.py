"""The pictures of the page of an action and of other instruments, then those of organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtCore import QSize

from samenleven_desktop.domain.instrument import InstrumentState
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.instruments.commands import AddInstrument, InstrumentContent
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.screens.dossier.screen import OFFERS, DossierScreen
from samenleven_desktop.ui.screenshots.organisations import OrganisationScenes

_LARGE, _SMALL = QSize(1440, 900), QSize(1280, 720)
_GOVERNMENT, _FINANCED, _NOT_FINANCED = "12025", 9, 4


class ActionScenes:
    """Steps of the tour; adds an instrument first, which the practice file does not have."""

    def __init__(self, app: Application) -> None:
        self._app = app

    def steps(self) -> Iterator[tuple[str, QSize, Callable[[], object]]]:
        yield "actie", _LARGE, lambda: self._open(_FINANCED)
        yield "klein-actie", _SMALL, lambda: self._open(5)
        yield "actie-ander-instrument", _LARGE, self._add
        yield "dossier-instrumenten", _LARGE, self._dossier
        yield "instrument-nieuw", _LARGE, lambda: self._dossier().ui.instruments.new.click()
        yield "start-instrument", _LARGE, lambda: self._app.shell.show_page("start")
        yield from OrganisationScenes(self._app).steps()

    def _open(self, number: int) -> None:
        assert self._app.context is not None
        self._app.navigator.open_action(self._app.context.plan.action(number).id)

    def _add(self) -> None:
        workspace, context = self._app.runner.workspace, self._app.context
        assert workspace is not None
        assert context is not None
        content = InstrumentContent(
            "Subsidie voor zomerscholen",
            "Departement Onderwijs en Vorming",
            InstrumentState.APPLIED,
            context.plan.action(_NOT_FINANCED).id,
            18_000_00,
            date(2024, 3, 22),
            date(2024, 8, 31),
            note="45 euro per leerling en dag.",
        )
        command = AddInstrument(workspace.query(government_by_code, _GOVERNMENT).id, content)
        self._app.runner.run(command, initiator=self._app)
        self._open(_NOT_FINANCED)

    def _dossier(self) -> DossierScreen:
        workspace = self._app.runner.workspace
        assert workspace is not None
        self._app.navigator.open_dossier(workspace.query(government_by_code, _GOVERNMENT).id, OFFERS)
        page = self._app.shell.page("dossier")
        assert isinstance(page, DossierScreen)
        return page
