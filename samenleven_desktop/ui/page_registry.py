"""Registers the pages of the window in their order.

A page is imported and built when it is first shown: start-up is too short for libraries and screens that are not
needed yet.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.folder_watcher import FolderWatch
from samenleven_desktop.ui.screens.start.screen import StartScreen
from samenleven_desktop.ui.shell import Shell
from samenleven_desktop.ui.window_protocols import SettingsOwner


def add_all(shell: Shell, context: UiContext, watch: FolderWatch, owner: SettingsOwner) -> None:
    """Adds the pages of the navigation in a fixed order, and those that are reached from other pages."""
    text = context.language.text

    def page(build: Callable[[UiContext], QWidget]) -> Callable[[], QWidget]:
        return lambda: build(context)

    shell.add_page("start", text("Start"), "house", lambda: StartScreen(context, watch))
    shell.add_page("governments", text("Governments"), "building-2", page(_governments))
    shell.add_page("support", text("Support"), "handshake", page(_support))
    shell.add_page("offers", text("Offers"), "hand-helping", page(_offers))
    shell.add_page("kpis", text("Actions and KPIs"), "target", page(_kpis))
    shell.add_page("stimuli", text("Stimuli"), "award", page(_stimuli))
    shell.add_page("reports", text("Reports"), "file-text", page(_reports))
    shell.add_page("exchange", text("Exchange"), "arrow-right-left", lambda: _exchange(context, watch))
    shell.add_page("settings", text("Settings"), "settings", lambda: _settings(context, owner))
    shell.add_hidden_page("dossier", page(_dossier))
    shell.add_hidden_page("action", page(_action))
    shell.add_hidden_page("session", page(_session))
    shell.add_hidden_page("who", page(_who))
    shell.add_hidden_page("import", page(_importing))
    shell.add_hidden_page("keeping", page(_keeping))
    shell.add_hidden_page("plans", page(_plans))
    shell.add_hidden_page("plan_editor", page(_plan_editor))


def _governments(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.governments.screen import GovernmentsScreen

    return GovernmentsScreen(context)


def _support(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.support.screen import SupportScreen

    return SupportScreen(context)


def _offers(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.offers.screen import OffersScreen

    return OffersScreen(context)


def _kpis(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.kpis.screen import KpisScreen

    return KpisScreen(context)


def _stimuli(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.stimuli.screen import StimuliScreen

    return StimuliScreen(context)


def _reports(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.reports.screen import ReportsScreen

    return ReportsScreen(context)


def _exchange(context: UiContext, watch: FolderWatch) -> QWidget:
    from samenleven_desktop.ui.screens.exchange.screen import ExchangeScreen

    return ExchangeScreen(context, watch)


def _settings(context: UiContext, owner: SettingsOwner) -> QWidget:
    from samenleven_desktop.ui.screens.settings.screen import SettingsScreen

    return SettingsScreen(context, owner)


def _dossier(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.dossier.screen import DossierScreen

    return DossierScreen(context)


def _action(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.action.screen import ActionScreen

    return ActionScreen(context)


def _session(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.session.screen import SessionScreen

    return SessionScreen(context)


def _who(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.settings.who import WhoScreen

    return WhoScreen(context)


def _importing(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.importing.screen import ImportScreen

    return ImportScreen(context)


def _keeping(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.safekeeping.screen import SafekeepingScreen

    return SafekeepingScreen(context)


def _plans(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.plans.screen import PlansScreen

    return PlansScreen(context)


def _plan_editor(context: UiContext) -> QWidget:
    from samenleven_desktop.ui.screens.plan_editor.screen import PlanEditorScreen

    return PlanEditorScreen(context)
