"""The pictures of the screen *Plannen*."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QSize

from samenleven_desktop.interchange.plan_draft import ACTIONS
from samenleven_desktop.services.plans.overview import PlanState
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.screens.plan_editor.screen import PlanEditorScreen
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
        yield "plan-perioden", _LARGE, self._edit
        for name, tab in (("acties", 1), ("geld", 2), ("deelname", 3), ("stimulansen", 4), ("rapportering", 5)):
            yield f"plan-{name}", _LARGE, partial(self._show_tab, tab)
        yield "klein-plan-acties", _SMALL, partial(self._show_tab, 1)
        yield "plan-bronnen", _LARGE, partial(self._show_tab, 6)

    def _open(self) -> PlansScreen:
        self._app.navigator.open_page("plans")
        page = self._app.shell.page("plans")
        assert isinstance(page, PlansScreen)
        return page

    def _edit(self) -> None:
        """Begins a new version of Plan Samenleven, with a rate that is no number."""
        page = self._open()
        rows = page.ui.versions.model.rows
        page.ui.versions.table.select_row(next(at for at, row in enumerate(rows) if row.state is PlanState.IN_USE))
        page.ui.correct.click()

    def _show_tab(self, tab: int) -> None:
        page = self._app.shell.page("plan_editor")
        assert isinstance(page, PlanEditorScreen)
        page.ui.tabs.setCurrentIndex(tab)
        if tab == 1:
            model = next(model for view, model in page.part(1).models.items() if view.grid == ACTIONS)
            place = [one.key for one in model.columns].index("rate_eur")
            model.type_cells([(model.index(0, place), "veel")])

    def _take_in_use(self) -> None:
        page = self._open()
        rows = page.ui.versions.model.rows
        place = next((at for at, row in enumerate(rows) if row.state is not PlanState.IN_USE), 0)
        page.ui.versions.table.select_row(place)
        page.ui.use.click()
