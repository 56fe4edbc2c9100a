"""The search box of the window: finds records, texts, actions and the handbook while typing, and opens the choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer

from samenleven_desktop.domain.comparison import tokens
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.readmodels.search import SearchResult
from samenleven_desktop.services.core.handbook import Handbook, HandbookSection
from samenleven_desktop.ui.actions import Action
from samenleven_desktop.ui.help import show_handbook
from samenleven_desktop.ui.keyboard import key_words
from samenleven_desktop.ui.shell.search import SearchHit
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
}
_FIRST = ("government", "organisation", "action")
# The index of the dossier tab that shows records of a kind.
_PARTS = {"commitment": 1, "use": 3, "instrument": 3, "contact": 6, "attachment": 6}


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
        hits = [self._hit(one) for one in found if one.kind in _FIRST]
        hits += [self._action_hit(one) for one in self._found_actions()]
        hits += [self._hit(one) for one in found if one.kind not in _FIRST]
        hits += [self._handbook_hit(one) for one in self._found_sections()]
        self._box.show_hits(hits, self._window.language.text("Nothing found for '{words}'.", words=self._words.strip()))

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

    def _found_sections(self) -> list[HandbookSection]:
        return self._handbook().find(self._words)[:_MOST_OF_HANDBOOK]

    def _handbook(self) -> Handbook:
        if self._book is None:
            from samenleven_desktop.services.core.handbook import handbook

            self._book = handbook(self._window.language.code)
        return self._book

    def _found_actions(self) -> list[Action]:
        """Returns the actions whose caption has, for every typed word, a word that starts with it."""
        typed = tokens(self._words)
        named = [one for one in self._all_actions() if _matches(typed, tokens(one.caption))]
        return named[:_MOST_ACTIONS] if typed else []

    def _all_actions(self) -> list[Action]:
        text, shell = self._window.language.text, self._window.shell
        pages = [
            Action(key, text("Go to {page}", page=caption), partial(shell.show_page, key), (f"Ctrl+{number}",))
            for number, (key, caption) in enumerate(shell.sidebar.captions(), 1)
        ]
        return [*(one for one in self._actions if one.in_search), *pages]

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


def _matches(typed: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in typed)
