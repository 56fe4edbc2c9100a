"""The pictures of the screen *Plannen*."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize

from samenleven_desktop.services.plans.overview import PlanState
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.screens.plans.screen import PlansScreen

_LARGE, _SMALL = QSize(1440, 900), QSize(1280, 720)


class PlanScenes:
    """Steps of the tour."""

    def __init__(self, app: Application) -> None:
        self._app = app

    def steps(self) -> Iterator[tuple[str, QSize, Callable[[], object]]]:
        yield "plannen", _LARGE, self._open
        yield "klein-plannen", _SMALL, self._open
        yield "plan-in-gebruik-nemen", _LARGE, self._take_in_use

    def _open(self) -> PlansScreen:
        self._app.navigator.open_page("plans")
        page = self._app.shell.page("plans")
        assert isinstance(page, PlansScreen)
        return page

    def _take_in_use(self) -> None:
        page = self._open()
        rows = page.ui.versions.model.rows
        place = next((at for at, row in enumerate(rows) if row.state is not PlanState.IN_USE), 0)
        page.ui.versions.table.select_row(place)
        page.ui.use.click()
