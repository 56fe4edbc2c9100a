"""The pictures of organisations: the list, the form, the dossier of one, and of a government that is served."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize

from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.screens.dossier.screen import TOGETHER, DossierScreen
from samenleven_desktop.ui.screens.governments.screen import ORGANISATIONS, GovernmentsScreen

_LARGE, _SMALL = QSize(1440, 900), QSize(1280, 720)
_ORGANISATION = "VRIJWILLIG"


class OrganisationScenes:
    """Steps of the tour, with the organisations of the practice file."""

    def __init__(self, app: Application) -> None:
        self._app = app

    def steps(self) -> Iterator[tuple[str, QSize, Callable[[], object]]]:
        yield "organisaties", _LARGE, self._list
        yield "klein-organisaties", _SMALL, self._list
        yield "organisatie-nieuw", _LARGE, lambda: self._list().ui.new_organisation.click()
        yield "dossier-organisatie", _LARGE, self._dossier
        yield "klein-dossier-organisatie", _SMALL, self._dossier
        yield "organisatie-bedient", _LARGE, lambda: self._dossier().ui.together.services.new.click()
        yield "organisatie-koppelen", _LARGE, lambda: self._dossier().ui.together.offers.tie.click()

    def _list(self) -> GovernmentsScreen:
        page = self._app.shell.show_page("governments")
        assert isinstance(page, GovernmentsScreen)
        page.ui.tabs.setCurrentIndex(ORGANISATIONS)
        return page

    def _dossier(self) -> DossierScreen:
        workspace = self._app.runner.workspace
        assert workspace is not None
        self._app.navigator.open_dossier(workspace.query(government_by_code, _ORGANISATION).id, TOGETHER)
        page = self._app.shell.page("dossier")
        assert isinstance(page, DossierScreen)
        return page
