"""The search box of the window: finds records, texts, actions and the handbook while typing, and opens the choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.name_match import fit, ranked
from samenleven_desktop.readmodels.search import SearchResult
from samenleven_desktop.services.core.handbook import Handbook, HandbookSection
from samenleven_desktop.ui.actions import Action
from samenleven_desktop.ui.help import show_handbook
from samenleven_desktop.ui.keyboard import key_words
from samenleven_desktop.ui.shell.search import SearchHit
from samenleven_desktop.ui.widgets.shortcuts import page_commands
from samenleven_desktop.ui.window_protocols import MainWindow

_DELAY_MS = 80
_MOST_ACTIONS, _MOST_OF_HANDBOOK = 5, 4
KINDS = {
    "government": N_("government"),
    "organisation": N_("organisation"),
    "action": N_("action"),
    "session": N_("session"),
    "agreement": N_("agreement"),
    "offer": N_("offer"),
    "use": N_("offer in use"),
    "contact": N_("contact"),
    "track": N_("track"),
    "instrument": N_("other instrument"),
    "commitment": N_("commitment"),
    "attachment": N_("attachment"),
    "service": N_("served government"),
}
_FIRST = ("government", "organisation", "action")
# The index of the dossier tab that shows records of a kind.
_PARTS = {"commitment": 1, "use": 3, "instrument": 3, "service": 4, "contact": 6, "attachment": 6}


class CommandPalette(QObject):
    """Belongs to one shell; a new shell gets a new palette."""

    def __init__(self, window: MainWindow, actions: Sequence[Action]) -> None:
        super().__init__(window.shell)
        self._window = window
        self._actions = actions
        self._box = window.shell.search
        self._words = ""
        self._book: Handbook | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(_DELAY_MS)
        self.timer.timeout.connect(self._ask)
        self._box.text_typed.connect(self._on_typed)
        self._box.hit_chosen.connect(self._open)

    def stop(self) -> None:
        self.timer.stop()

    def _on_typed(self, words: str) -> None:
        self._words = words
        self.timer.start()

    def _ask(self) -> None:
        from samenleven_desktop.services.core.search import search

        if self._window.runner.workspace is not None:
            self._window.runner.query(search, self._words, then=self._show, owner=self, latest="search")

    def _show(self, found: list[SearchResult]) -> None:
        actions, sections = self._found_actions(), self._handbook().find(self._words)[:_MOST_OF_HANDBOOK]
        hits = [
            *((one.resembles, self._hit(one)) for one in found if one.kind in _FIRST),
            *((self._resembles(one.caption, _written(one)), self._action_hit(one)) for one in actions),
            *((one.resembles, self._hit(one)) for one in found if one.kind not in _FIRST),
            *((self._resembles(one.title, self._around(one)), self._handbook_hit(one)) for one in sections),
        ]
        # What only resembles the words comes after all that fits them as typed.
        hits.sort(key=lambda hit: hit[0])
        shown = [hit for _, hit in hits]
        self._box.show_hits(
            shown, self._window.language.text("Nothing found for '{words}'.", words=self._words.strip())
        )

    def _hit(self, one: SearchResult) -> SearchHit:
        language = self._window.language
        parts = [] if one.kind == "government" else [language.text(KINDS[one.kind])]
        if one.kind == "government" and one.day is not None:
            parts.append(language.text("until {day}", day=language.day(one.day)))
        elif one.day is not None:
            parts.append(language.day_short(one.day))
        return SearchHit(one.title, " · ".join(filter(None, [*parts, one.snippet])), one)

    def _action_hit(self, action: Action) -> SearchHit:
        remark = self._window.language.text("action of the program")
        keys = f" · {key_words(self._window.language, action.keys[0])}" if action.keys else ""
        return SearchHit(action.caption, f"{remark}{keys}", action)

    def _handbook_hit(self, section: HandbookSection) -> SearchHit:
        page = self._handbook().page(section.page)
        parts = [self._window.language.text("handbook"), page.title if page is not None and section.name else ""]
        return SearchHit(section.title, " · ".join(filter(None, parts)), section)

    def _resembles(self, name: str, beside: str) -> bool:
        return fit(self._words, name, beside) is None

    def _around(self, section: HandbookSection) -> str:
        page = self._handbook().page(section.page)
        return f"{page.title if page is not None else ''} {section.words}"

    def _handbook(self) -> Handbook:
        if self._book is None:
            from samenleven_desktop.services.core.handbook import handbook

            self._book = handbook(self._window.language.code)
        return self._book

    def _found_actions(self) -> list[Action]:
        """Returns the actions that fit the typed words or their keys, the best first."""
        return ranked(self._all_actions(), self._words, lambda one: one.caption, _written)[:_MOST_ACTIONS]

    def _all_actions(self) -> list[Action]:
        text, shell = self._window.language.text, self._window.shell
        pages = [
            Action(key, text("Go to {page}", page=caption), partial(shell.show_page, key), (f"Ctrl+{number}",))
            for number, (key, caption) in enumerate(shell.sidebar.captions(), 1)
        ]
        known = [*(one for one in self._actions if one.in_search), *pages]
        captions = {one.caption.rstrip(" .…\u00a0") for one in known}
        page = shell.pages.get(shell.current)
        here = page_commands(page) if page is not None else []
        return [*known, *(Action(what, what, run, (keys,)) for keys, what, run in here if what not in captions)]

    def _open(self, target: object) -> None:
        navigator = self._window.navigator
        if isinstance(target, Action):
            target.run()
        elif isinstance(target, HandbookSection):
            show_handbook(self._window, self._window.shell, target.address)
        elif isinstance(target, SearchResult):
            if target.kind == "session":
                navigator.open_session(target.record_id)
            elif target.kind == "action":
                navigator.open_action(target.record_id)
            elif target.kind == "offer":
                navigator.open_offer(target.record_id)
            elif target.government_id is not None:
                navigator.open_dossier(target.government_id, _PARTS.get(target.kind, 0))


def _written(action: Action) -> str:
    return " ".join(action.keys)
