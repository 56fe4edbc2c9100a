"""The one search box: asks while typing, shows records, texts and actions of the program, and opens what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.readmodels.search import SearchResult, tokens
from samenleven_desktop.ui.menu import BACKUPS, BIN, EXPORT_KEY, HEALTH, LOCK_KEY, RETENTION
from samenleven_desktop.ui.shell.search import SearchHit
from samenleven_desktop.ui.shortcuts import HAND_KEY, MAKE_KEY, READ_KEY

if TYPE_CHECKING:
    from samenleven_desktop.ui.app import Application

_DELAY_MS = 80
_MOST_ACTIONS = 5
KINDS = {
    "government": N_("government"),
    "session": N_("session"),
    "agreement": N_("agreement"),
    "offer": N_("offer"),
    "use": N_("offer in use"),
    "contact": N_("contact"),
    "track": N_("track"),
    "commitment": N_("commitment"),
    "attachment": N_("attachment"),
}
# The part of the dossier in which a record of a kind stands (its place among the tabs).
_PARTS = {"commitment": 1, "use": 3, "contact": 6, "attachment": 6}


@dataclass(frozen=True)
class PaletteAction:
    """Something the program can do, named so that it can be found."""

    name: str
    keys: str
    do: Callable[[], object]


class CommandPalette(QObject):
    """Belongs to one shell; a new shell gets a new one."""

    def __init__(self, application: Application) -> None:
        super().__init__(application.shell)
        self._app = application
        self._box = application.shell.search
        self._words = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._ask)
        self._box.text_typed.connect(self._on_typed)
        self._box.hit_chosen.connect(self._open)

    def stop(self) -> None:
        self._timer.stop()

    def _on_typed(self, words: str) -> None:
        self._words = words
        self._timer.start()

    def _ask(self) -> None:
        from samenleven_desktop.services.core.search import search

        if self._app.runner.workspace is not None:
            self._app.runner.query(search, self._words, then=self._show, owner=self, latest="search")

    def _show(self, found: list[SearchResult]) -> None:
        hits = [self._hit(one) for one in found if one.kind == "government"]
        hits += [SearchHit(deed.name, self._deed_remark(deed), deed) for deed in self._deeds()]
        hits += [self._hit(one) for one in found if one.kind != "government"]
        self._box.show_hits(hits, self._app.language.text("Nothing found for '{words}'.", words=self._words.strip()))

    def _hit(self, one: SearchResult) -> SearchHit:
        language = self._app.language
        parts = [] if one.kind == "government" else [language.text(KINDS[one.kind])]
        if one.kind == "government" and one.day is not None:
            parts.append(language.text("until {day}", day=language.day(one.day)))
        elif one.day is not None:
            parts.append(language.day_short(one.day))
        return SearchHit(one.title, " · ".join(filter(None, [*parts, one.snippet])), one)

    def _deed_remark(self, deed: PaletteAction) -> str:
        action = self._app.language.text("action of the program")
        return f"{action} · {deed.keys}" if deed.keys else action

    def _deeds(self) -> list[PaletteAction]:
        """Those in whose name every typed word begins a word."""
        sought = tokens(self._words)
        named = [deed for deed in self._all_deeds() if _begins(sought, tokens(deed.name))]
        return named[:_MOST_ACTIONS] if sought else []

    def _all_deeds(self) -> list[PaletteAction]:
        app, text = self._app, self._app.language.text
        shell = app.shell
        pages = [
            PaletteAction(text("Go to {page}", page=caption), f"Ctrl+{number}", partial(shell.show_page, key))
            for number, (key, caption) in enumerate(shell.sidebar.captions(), 1)
        ]
        return [
            PaletteAction(text("New session"), "Ctrl+N", shell.new_session.click),
            PaletteAction(text("Undo the last step"), "Ctrl+Z", app.undo),
            PaletteAction(text("Redo the last step"), "Ctrl+Y", app.redo),
            PaletteAction(text("Import ..."), "", app.open_import),
            PaletteAction(text("Read file ..."), READ_KEY, lambda: app.exchange_page().read_file()),
            PaletteAction(text("Make file ..."), MAKE_KEY, lambda: app.exchange_page().make_file()),
            PaletteAction(text("Hand a government over"), HAND_KEY, lambda: app.exchange_page().hand_over()),
            PaletteAction(text("This list to Excel ..."), EXPORT_KEY, app.export_list),
            PaletteAction(text("Lock now"), LOCK_KEY, app.lock),
            PaletteAction(text("Bin"), "", partial(app.open_keeping, BIN)),
            PaletteAction(text("Backups"), "", partial(app.open_keeping, BACKUPS)),
            PaletteAction(text("Check file"), "", partial(app.open_keeping, HEALTH)),
            PaletteAction(text("Retention"), "", partial(app.open_keeping, RETENTION)),
            *pages,
        ]

    def _open(self, target: object) -> None:
        app = self._app
        if isinstance(target, PaletteAction):
            target.do()
        elif isinstance(target, SearchResult):
            if target.kind == "session":
                app.open_session_form(target.record_id, None)
            elif target.kind == "offer":
                self._open_offer(target)
            elif target.government_id is not None:
                app.open_dossier(target.government_id, _PARTS.get(target.kind, 0))

    def _open_offer(self, target: SearchResult) -> None:
        from samenleven_desktop.ui.screens.offers.screen import OffersScreen

        page = self._app.shell.show_page("offers")
        assert isinstance(page, OffersScreen)
        page.show_offer(target.record_id)


def _begins(sought: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in sought)
