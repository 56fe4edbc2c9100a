"""Opens pages of the window and shows notices; implements `navigator.Navigator`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from samenleven_desktop.domain.attachment_kind import OpenRule, open_rule
from samenleven_desktop.ui.attachment_viewer import Copies, open_outside
from samenleven_desktop.ui.window_protocols import MainWindow

if TYPE_CHECKING:
    from samenleven_desktop.ui.screens.action.screen import ActionScreen
    from samenleven_desktop.ui.screens.dossier.screen import DossierScreen
    from samenleven_desktop.ui.screens.exchange.screen import ExchangeScreen
    from samenleven_desktop.ui.screens.offers.screen import OffersScreen
    from samenleven_desktop.ui.screens.plan_editor.screen import PlanEditorScreen
    from samenleven_desktop.ui.screens.plans.screen import PlansScreen
    from samenleven_desktop.ui.screens.reports.screen import ReportsScreen
    from samenleven_desktop.ui.screens.safekeeping.screen import SafekeepingScreen
    from samenleven_desktop.ui.screens.session.screen import SessionScreen
    from samenleven_desktop.ui.screens.settings.who import WhoScreen
    from samenleven_desktop.ui.screens.support.screen import SupportScreen

# The entry of the navigation that is marked for a page without one.
_UNDER = {"import": "exchange", "plans": "settings", "plan_editor": "settings"}


class WindowNavigator:
    """Screens are built when they are first shown, so their classes are imported for type checking only."""

    def __init__(
        self, window: MainWindow, offer_undo: Callable[[str, str], None], file_replaced: Callable[[str], None]
    ) -> None:
        self._window = window
        self.copies = Copies()
        """The opened attachments; the window deletes them when the work file closes."""
        self.opener = open_outside
        self.offer_undo = offer_undo
        self.file_replaced = file_replaced

    def open_page(self, key: str) -> None:
        self._window.shell.show_page(key, _UNDER.get(key))

    def open_dossier(self, government_id: str, part: int = 0) -> None:
        shell = self._window.shell
        from_form = shell.current == "session"
        page = cast("DossierScreen", shell.show_page("dossier", "governments"))
        page.show_government(government_id)
        if from_form:
            # The user continues in the dossier.
            page.ui.tabs.setFocus()
        if part:
            page.ui.tabs.setCurrentIndex(part)

    def choose_government(self, government_id: str) -> None:
        cast("WhoScreen", self._window.shell.show_page("who", "settings")).tick(government_id)

    def open_session(self, session_id: str | None, government_id: str | None = None) -> None:
        self._session_form().start(session_id, government_id)

    def open_new_session(self) -> None:
        """Opens the form for the government of the visible dossier, if any."""
        shell = self._window.shell
        shown = getattr(shell.page("dossier"), "government_id", None) if shell.current == "dossier" else None
        self.open_session(None, shown)

    def name_session(self, name: str) -> None:
        self._window.shell.name_session(self._window.language.text("Session with {government}", government=name))

    def resume_session(self, draft_key: str) -> None:
        self._session_form().resume(draft_key)

    def _session_form(self) -> SessionScreen:
        return cast("SessionScreen", self._window.shell.show_page("session", "governments"))

    def open_support(self, part: str) -> None:
        cast("SupportScreen", self._window.shell.show_page("support")).show_named_part(part)

    def open_offer(self, offer_id: str) -> None:
        cast("OffersScreen", self._window.shell.show_page("offers")).show_offer(offer_id)

    def open_action(self, action_id: str) -> None:
        cast("ActionScreen", self._window.shell.show_page("action", "kpis")).show_action(action_id)

    def open_report(self, kind: str, record_id: str) -> None:
        cast("ReportsScreen", self._window.shell.show_page("reports")).show_report(kind, record_id)

    def open_safekeeping(self, part: int) -> None:
        cast("SafekeepingScreen", self._window.shell.show_page("keeping", "settings")).show_part(part)

    def open_exchange(self) -> ExchangeScreen:
        return cast("ExchangeScreen", self._window.shell.show_page("exchange"))

    def open_packs(self, paths: Sequence[Path]) -> None:
        self.open_exchange().open_path(paths[0])
        if len(paths) > 1:
            words = self._window.language.plural(
                "{n} other file was dropped: one at a time. Drop it again after this one.",
                "{n} other files were dropped: one at a time. Drop them again after this one.",
                len(paths) - 1,
            )
            self.notify("info", words)

    def open_plan_file(self, path: Path) -> None:
        self.open_plans().examine(path)

    def open_plans(self) -> PlansScreen:
        return cast("PlansScreen", self._window.shell.show_page("plans", "settings"))

    def open_plan_draft(self, key: str) -> None:
        cast("PlanEditorScreen", self._window.shell.show_page("plan_editor", "settings")).show_draft(key)

    def save_stimulus_report(self, government_id: str | None, year: str) -> None:
        from samenleven_desktop.ui.screens.stimuli.save_report import save_stimulus_report

        if self._window.context is not None:
            save_stimulus_report(self._window.context, self._window.shell, government_id, year)

    def open_copy(self, name: str, content: bytes) -> None:
        from samenleven_desktop.services.core.output_files import offered_file_name

        text, shown = self._window.language.text, offered_file_name(name)
        rule = open_rule(shown)
        if rule is OpenRule.NEVER:
            words = text(
                "{name} is a program, a link or a file with commands: it is not opened from here. "
                "Save it first if you know what it is.",
                name=shown,
            )
            self.notify("attention", words)
        elif rule is OpenRule.ASK:
            self._ask_to_open(shown, content)
        else:
            self._show_copy(shown, content)

    def _ask_to_open(self, name: str, content: bytes) -> None:
        from samenleven_desktop.ui.dialogs.confirm import AskDialog
        from samenleven_desktop.ui.widgets.basic import label

        context = self._window.context
        if context is None:
            return
        text = context.language.text

        def open_it() -> None:
            dialog.accept()
            self._show_copy(name, content)

        title = text("Open {name}?", name=name)
        dialog = AskDialog(context, self._window.shell, title, text("Open"), open_it, danger=True)
        dialog.box.addWidget(
            label(
                text("This is no document or picture. Open it only if you know what it is and who made it."), wrap=True
            )
        )
        dialog.open()

    def _show_copy(self, name: str, content: bytes) -> None:
        if not self.copies.show(name, content):
            self.notify("attention", self._window.language.text("This computer has no program for {name}.", name=name))

    def close_copies(self) -> None:
        self.copies.close()

    def notify(self, tone: str, text: str) -> None:
        self._window.shell.add_notice(tone, text)

    def saved(self, path: Path, note: str = "") -> None:
        text = self._window.language.text
        words = " ".join(filter(None, (text("Saved as {file}.", file=path.name), note)))
        made = self._window.shell.add_notice("good", words)
        actions = [(text("Show folder"), partial(self._open_outside, path.parent))]
        if open_rule(path.name) is OpenRule.AT_ONCE:
            actions.insert(0, (text("Open"), partial(self._open_outside, path)))
        made.set_actions(actions)

    def _open_outside(self, path: Path) -> None:
        if not self.opener(path):
            self.notify(
                "attention", self._window.language.text("This computer has no program for {name}.", name=path.name)
            )
