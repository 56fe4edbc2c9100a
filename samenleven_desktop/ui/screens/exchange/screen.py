"""*Uitwisselen*: files of colleagues, open conflicts, trusted colleagues, their numbers, and the log of exchanged
files."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from samenleven_desktop.i18n.exchange_labels import waiting_sentence
from samenleven_desktop.readmodels.exchange import Choice
from samenleven_desktop.services.exchange.conflict_commands import ResolveConflicts
from samenleven_desktop.services.exchange.received_packs import Inbox, inbox
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.card import CARD_ENDING
from samenleven_desktop.ui.dialogs.hand_over import HandOverDialog
from samenleven_desktop.ui.dialogs.make_pack import MakePackDialog
from samenleven_desktop.ui.folder_watcher import FolderWatch
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.exchange.colleagues import ColleaguesPanel
from samenleven_desktop.ui.screens.exchange.conflicts import ConflictsPanel
from samenleven_desktop.ui.screens.exchange.files import FilesPanel
from samenleven_desktop.ui.screens.exchange.log import LogPanel
from samenleven_desktop.ui.screens.exchange.team_numbers import NumbersPanel
from samenleven_desktop.ui.shared_keys import ADD_KEY, HAND_KEY, MAKE_KEY, READ_KEY, TAKE_KEY
from samenleven_desktop.ui.widgets.basic import CardFrame, EmptyState, PageHeader, button, label, page_layout
from samenleven_desktop.ui.widgets.choice import TabBar
from samenleven_desktop.ui.widgets.responsive import PartStack, bare, joined
from samenleven_desktop.ui.widgets.shortcuts import tab_keys, window_key

P = TypeVar("P", bound=QWidget)
FILES, DECIDE, COLLEAGUES, NUMBERS, LOG = range(5)


class DecidePanel(QWidget):
    """The open conflicts: the list never has to be empty, and each decision is one undo step."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        text = context.language.text
        box = bare(QVBoxLayout(self), 12)
        hint = text("In the list: 1 yours, 2 your colleague's, 3 both.")
        card = CardFrame(text("Both changed · choose per field"), hint)
        self.why = label(
            text("You and a colleague changed the same field without knowing. One value stands now; both are kept."),
            "muted",
            wrap=True,
        )
        card.body.addWidget(self.why)
        self.conflicts = ConflictsPanel(context, where_choice=False)
        self.conflicts.chosen.connect(self._decide)
        self.empty = EmptyState(context.theme, "check", text("Nothing is left to decide."))
        card.body.addWidget(self.conflicts, 1)
        card.body.addWidget(self.empty, 1)
        box.addWidget(card, 1)
        self.waiting_card = CardFrame(text("Waits for another file"))
        self.waiting = label("", wrap=True)
        self.waiting_card.body.addWidget(self.waiting)
        box.addWidget(self.waiting_card)
        self.waiting_card.hide()

    def show_inbox(self, found: Inbox) -> None:
        language = self._context.language
        self.conflicts.show_lines(found.conflicts)
        for part in (self.conflicts, self.why):
            part.setVisible(bool(found.conflicts))
        self.empty.setVisible(not found.conflicts)
        self.waiting.setText("\n".join(waiting_sentence(language, one) for one in found.waiting))
        self.waiting_card.setVisible(bool(found.waiting))

    def _decide(self, choices: dict[str, Choice]) -> None:
        self._context.runner.run(ResolveConflicts(choices), initiator=self)


class ExchangeScreen(Screen):
    """Reloads after every change: any may decide a conflict or add a change to send."""

    def __init__(self, context: UiContext, watch: FolderWatch) -> None:
        super().__init__(context)
        self._watch = watch
        text = context.language.text
        box = page_layout(self)
        self.header = PageHeader(text("Exchange"), text("Look first, then take over. Nothing gets lost."))
        self.sheet = self.header.add_action(
            button(text("From Excel ..."), lambda: context.navigator.open_page("import"))
        )
        self.hand = self.header.add_action(button(text("Hand over ..."), self.hand_over))
        self.make = self.header.add_action(button(text("Make file ..."), self.make_file))
        self.read = self.header.add_action(button(text("Read file ..."), self.read_file, kind="primary"))
        self.hand.setToolTip(HAND_KEY)
        self.make.setToolTip(MAKE_KEY)
        self.read.setToolTip(READ_KEY)
        box.addWidget(self.header)
        self.tabs = TabBar(context.theme, text("Parts of exchange"))
        box.addWidget(self.tabs)
        self.stack = PartStack()
        box.addWidget(self.stack, 1)
        self.files = FilesPanel(context, watch)
        self.stack.addWidget(self.files)
        for caption in (
            text("Files"),
            text("To decide"),
            text("Colleagues"),
            text("Team numbers"),
            text("Given and received"),
        ):
            self.tabs.addTab(caption)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.files.undo_requested.connect(lambda pack_id: self.log.undo_pack(pack_id))
        self.files.decided_later.connect(lambda: self.show_part(DECIDE))
        self.files.taken_over.connect(self._load_inbox)
        watch.looked.connect(self._show_count)
        tab_keys(self, self.tabs.captions(), self.show_part)
        for keys, words, what in (
            (READ_KEY, text("Read file ..."), self.read_file),
            (MAKE_KEY, text("Make file ..."), self.make_file),
            (HAND_KEY, text("Hand a government over"), self.hand_over),
            (ADD_KEY, text("Add card ..."), self._add_card),
            (TAKE_KEY, text("Take the file over"), self.files.take_now),
            ("Ctrl+Enter", text("Take the file over"), self.files.take_now),
        ):
            window_key(self, keys, words, what)

    # All parts but the first are built when first shown.

    @cached_property
    def decide(self) -> DecidePanel:
        return self._added(DecidePanel(self.context))

    @cached_property
    def colleagues(self) -> ColleaguesPanel:
        return self._added(ColleaguesPanel(self.context))

    @cached_property
    def numbers(self) -> NumbersPanel:
        return self._added(NumbersPanel(self.context))

    @cached_property
    def log(self) -> LogPanel:
        return self._added(LogPanel(self.context))

    def _added(self, part: P) -> P:
        self.stack.addWidget(part)
        return joined(part)

    def _part(self, part: int) -> QWidget:
        names = {DECIDE: "decide", COLLEAGUES: "colleagues", NUMBERS: "numbers", LOG: "log"}
        made = getattr(self, names[part]) if part in names else self.files
        assert isinstance(made, QWidget)
        return made

    def show_part(self, part: int) -> None:
        self.tabs.setCurrentIndex(part)

    def reload(self) -> None:
        self._load_inbox()
        shown = self._part(self.tabs.currentIndex())
        if isinstance(shown, FilesPanel | ColleaguesPanel | NumbersPanel | LogPanel):
            shown.reload()

    def _load_inbox(self) -> None:
        self.context.runner.query(inbox, then=self._show_inbox, owner=self, latest="inbox")

    def _show_inbox(self, found: Inbox) -> None:
        if self.tabs.currentIndex() == DECIDE or "decide" in vars(self):
            self.decide.show_inbox(found)
        self._caption(len(found.conflicts))

    def _show_count(self) -> None:
        self._caption(self._watch.open_conflicts)
        new = len(self._watch.new)
        text, number = self.context.language.text, self.context.language.number
        self.tabs.setTabText(FILES, text("Files ({n} new)", n=number(new)) if new else text("Files"))

    def _caption(self, conflicts: int) -> None:
        text, number = self.context.language.text, self.context.language.number
        words = text("To decide ({n})", n=number(conflicts)) if conflicts else text("To decide")
        self.tabs.setTabText(DECIDE, words)

    def _on_tab_changed(self, part: int) -> None:
        self.stack.setCurrentWidget(self._part(part))
        self.reload()

    # Commands

    def read_file(self) -> None:
        self.show_part(FILES)
        self.files.choose_file()

    def make_file(self) -> None:
        MakePackDialog(self.context, self, self._after_making).open()

    def hand_over(self) -> None:
        HandOverDialog(self.context, self, self._after_making).open()

    def _after_making(self) -> None:
        self._watch.look()
        self.reload()

    def _add_card(self) -> None:
        self.show_part(COLLEAGUES)
        self.colleagues.add.click()

    def open_path(self, path: Path) -> None:
        """Opens a pack or a card that was dropped on the window, or passed to the program."""
        if path.suffix.lower() == f".{CARD_ENDING}":
            self.show_part(COLLEAGUES)
            self.colleagues.add_card(path)
        else:
            self.show_part(FILES)
            self.files.open_file(path)
