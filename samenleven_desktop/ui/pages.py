"""Which pages there are and in what order; each is built at its first showing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.screens.dossier.screen import DossierScreen
from samenleven_desktop.ui.screens.governments.screen import GovernmentsScreen
from samenleven_desktop.ui.screens.importing.screen import ImportScreen
from samenleven_desktop.ui.screens.keeping.screen import KeepingScreen
from samenleven_desktop.ui.screens.kpis.screen import KpisScreen
from samenleven_desktop.ui.screens.offers.screen import OffersScreen
from samenleven_desktop.ui.screens.reports.screen import ReportsScreen
from samenleven_desktop.ui.screens.session.screen import SessionScreen
from samenleven_desktop.ui.screens.settings.screen import SettingsScreen
from samenleven_desktop.ui.screens.settings.who import WhoScreen
from samenleven_desktop.ui.screens.start.screen import StartScreen
from samenleven_desktop.ui.screens.stimuli.screen import StimuliScreen
from samenleven_desktop.ui.screens.support.screen import SupportScreen
from samenleven_desktop.ui.shell import Shell

if TYPE_CHECKING:
    from samenleven_desktop.ui.app import Application


def add_all(shell: Shell, context: UiContext, application: Application) -> None:
    """The navigation in its fixed order, and the pages that are reached from other pages."""
    text = context.language.text
    shell.add_page("start", text("Start"), "house", lambda: StartScreen(context, application.watch))
    shell.add_page("governments", text("Governments"), "building-2", lambda: GovernmentsScreen(context))
    shell.add_page("support", text("Support"), "handshake", lambda: SupportScreen(context))
    shell.add_page("offers", text("Offers"), "hand-helping", lambda: OffersScreen(context))
    shell.add_page("kpis", text("Actions and KPIs"), "target", lambda: KpisScreen(context))
    shell.add_page("stimuli", text("Stimuli"), "award", lambda: StimuliScreen(context))
    shell.add_page("reports", text("Reports"), "file-text", lambda: ReportsScreen(context))
    shell.add_page("exchange", text("Exchange"), "arrow-right-left", lambda: _exchange(context, application))
    shell.add_page("settings", text("Settings"), "settings", lambda: SettingsScreen(context, application))
    shell.add_hidden_page("dossier", lambda: DossierScreen(context))
    shell.add_hidden_page("session", lambda: SessionScreen(context))
    shell.add_hidden_page("who", lambda: WhoScreen(context))
    shell.add_hidden_page("import", lambda: ImportScreen(context))
    shell.add_hidden_page("keeping", lambda: KeepingScreen(context))


def _exchange(context: UiContext, application: Application) -> QWidget:
    """With it come the libraries of encryption, which the start has no time for."""
    from samenleven_desktop.ui.screens.exchange.screen import ExchangeScreen

    return ExchangeScreen(context, application.watch)
