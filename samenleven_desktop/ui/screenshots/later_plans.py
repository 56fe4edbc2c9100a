"""The pictures of a file that lives under two plans, on 27 November 2026, and of an empty one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import QSize

from samenleven_desktop.domain.instrument import InstrumentState
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.instruments.commands import AddInstrument, InstrumentContent
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.screens.dossier.screen import OVERVIEW, DossierScreen
from samenleven_desktop.ui.screens.offers.screen import USES, OffersScreen

LATER = date(2026, 11, 27)
_LARGE, _LAPTOP, _SMALL, _NARROW = QSize(1440, 900), QSize(1366, 768), QSize(1280, 720), QSize(640, 360)
_GOVERNMENT = "12025"
_PARTS = ("acties", "sessies", "aanbod", "samenwerking", "stimulansen", "contacten", "geschiedenis")

Steps = Iterator[tuple[str, QSize, Callable[[], object]]]


def later_steps(app: Application) -> Steps:
    """Start, dossier and lists under both plans. Adds another instrument first, as the practice file has none."""
    shell, navigator = app.shell, app.navigator
    yield "2026-start", _LARGE, lambda: shell.show_page("start")
    yield "2026-klein-start", _SMALL, lambda: shell.show_page("start")
    yield "2026-besturen", _LARGE, lambda: shell.show_page("governments")
    yield "2026-dossier", _LAPTOP, partial(_with_instrument, app)
    yield "2026-klein-dossier", _SMALL, partial(_dossier, app, OVERVIEW)
    yield "2026-smal-dossier", _NARROW, partial(_dossier, app, OVERVIEW)
    for part, name in enumerate(_PARTS, 1):
        if name != "stimulansen":
            yield f"2026-dossier-{name}", _LARGE, partial(_dossier, app, part)
    yield "2026-dossier-ander-plan", _LAPTOP, partial(_other_plan, app)
    yield "2026-ondersteuning", _LARGE, lambda: shell.show_page("support")
    yield "2026-aanbod", _LARGE, lambda: shell.show_page("offers")
    yield "2026-aanbod-in-gebruik", _LARGE, partial(_uses, app)
    yield "2026-kpis", _LARGE, lambda: shell.show_page("kpis")
    yield "2026-stimulansen", _LARGE, lambda: shell.show_page("stimuli")
    yield "2026-actie", _LARGE, partial(_action, app)
    yield "2026-rapporten", _LARGE, lambda: navigator.open_report("coaching", _government(app))
    yield "2026-instellingen", _LARGE, lambda: shell.show_page("settings")


def empty_steps(app: Application) -> Steps:
    yield "leeg-start", _LARGE, lambda: app.shell.show_page("start")
    yield "leeg-klein-start", _SMALL, lambda: app.shell.show_page("start")
    yield "leeg-dossier", _LARGE, partial(_dossier, app, OVERVIEW)


def _government(app: Application) -> str:
    workspace = app.runner.workspace
    assert workspace is not None
    return workspace.query(government_by_code, _GOVERNMENT).id


def _dossier(app: Application, part: int) -> DossierScreen:
    app.navigator.open_dossier(_government(app))
    page = app.shell.page("dossier")
    assert isinstance(page, DossierScreen)
    page.ui.tabs.setCurrentIndex(part)
    return page


def _with_instrument(app: Application) -> None:
    content = InstrumentContent(
        "Lokaal sociaal cohesieplan",
        "Vlaamse overheid",
        InstrumentState.APPLIED,
        None,
        42_000_00,
        date(2026, 12, 15),
        date(2028, 12, 31),
    )
    app.runner.run(AddInstrument(_government(app), content), initiator=app)
    _dossier(app, OVERVIEW)


def _other_plan(app: Application) -> None:
    page = _dossier(app, OVERVIEW)
    assert app.context is not None
    ended = next(plan for plan in app.context.plans if plan.years[-1].end < LATER)
    page.ui.year.setCurrentIndex(page.ui.year.findData(ended.years[-1].id))


def _uses(app: Application) -> None:
    page = app.shell.show_page("offers")
    assert isinstance(page, OffersScreen)
    page.ui.tabs.setCurrentIndex(USES)


def _action(app: Application) -> None:
    assert app.context is not None
    app.navigator.open_action(app.context.plan.action(1).id)
