"""Conflicts: a list, both values side by side, and a decision per line by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from samenleven_desktop.i18n.exchange_labels import (
    choice_text,
    conflict_field,
    conflict_where,
    side_head,
    side_text,
    target_titles,
)
from samenleven_desktop.readmodels.exchange import Choice, ConflictKind, ConflictLine
from samenleven_desktop.readmodels.history import FieldPlace
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.field_history import FieldHistoryDialog
from samenleven_desktop.ui.models.column import Column
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.shared_keys import FIELD_HISTORY_KEY
from samenleven_desktop.ui.widgets.basic import button
from samenleven_desktop.ui.widgets.responsive import FlowArea, bare, yielding
from samenleven_desktop.ui.widgets.shortcuts import on_key
from samenleven_desktop.ui.widgets.table import DataTable
from samenleven_desktop.ui.widgets.text_diff import TwoTexts

KEYS = {Choice.MINE: "1", Choice.THEIRS: "2", Choice.BOTH: "3"}


@dataclass(frozen=True)
class Question:
    """A conflict, and the officer's decision so far."""

    line: ConflictLine
    choice: Choice | None = None

    @property
    def id(self) -> str:
        return self.line.id


class ConflictsPanel(QWidget):
    """Emits `chosen` with the decisions; the panel itself writes nothing."""

    chosen = Signal(object)
    """dict: id of the conflict -> Choice"""

    def __init__(self, context: UiContext, *, where_choice: bool) -> None:
        super().__init__()
        self._context = context
        text = context.language.text
        box = bare(QVBoxLayout(self), 8)
        self.model = RowsModel[Question](_columns(context, where_choice=where_choice))
        self.table = DataTable(context.theme, self.model, text("Both changed"))
        self.table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        box.addWidget(yielding(self.table, 108), 3)
        self.texts = TwoTexts(context.theme, text("Yours"), text("Your colleague's"))
        box.addWidget(self.texts, 2)
        row = FlowArea(gap=8)
        captions = {
            Choice.MINE: text("Yours"),
            Choice.THEIRS: text("Your colleague's"),
            Choice.BOTH: text("Both"),
        }
        self.buttons = {choice: button(words, partial(self.choose, choice)) for choice, words in captions.items()}
        for choice, made in self.buttons.items():
            made.setToolTip(text("Key {key} in the list", key=KEYS[choice]))
            on_key(
                self.table, KEYS[choice], text("Keep: {choice}", choice=captions[choice]), partial(self.choose, choice)
            )
            row.append(made)
        self.history = button(text("History ..."), self._on_history)
        self.history.setToolTip(FIELD_HISTORY_KEY)
        row.append(self.history)
        box.addWidget(row)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self._show_current()

    def show_lines(self, lines: Sequence[ConflictLine]) -> None:
        """Shows other conflicts; decisions on those still listed are kept."""
        before = {one.id: one.choice for one in self.model.all_rows}
        self.model.set_rows([Question(line, before.get(line.id)) for line in lines])
        self._show_current()

    def choices(self) -> dict[str, Choice]:
        """Returns the decisions so far."""
        return {one.id: one.choice for one in self.model.all_rows if one.choice is not None}

    def mark(self, choices: dict[str, Choice]) -> None:
        """Shows the decisions, and selects the next undecided line."""
        here = self.table.currentIndex().row()
        self.model.set_rows([replace(one, choice=choices.get(one.id, one.choice)) for one in self.model.all_rows])
        rows = self.model.rows
        after = [*range(here + 1, len(rows)), *range(here + 1)]
        following = next((place for place in after if 0 <= place < len(rows) and rows[place].choice is None), None)
        if following is not None:
            self.table.select_row(following)

    def current(self) -> Question | None:
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() and self.model.rows else None

    def choose(self, choice: Choice) -> None:
        """Applies a choice to every selected line that allows it."""
        places = {index.row() for index in self.table.selectionModel().selectedRows()}
        asked = [self.model.rows[place] for place in sorted(places) if place < len(self.model.rows)]
        made = {one.id: choice for one in asked if choice is not Choice.BOTH or one.line.can_both}
        if made:
            self.chosen.emit(made)

    def field_place(self, _focus: QWidget) -> FieldPlace | None:
        """Returns the place for the field history, whichever widget of this panel has the focus."""
        one = self.current()
        if one is None or one.line.kind is not ConflictKind.FIELD:
            return None
        return FieldPlace(one.line.table_name, one.line.row_id, one.line.field)

    def _on_history(self) -> None:
        place = self.field_place(self)
        if place is not None:
            FieldHistoryDialog(self._context, place, self).open()

    def _show_current(self) -> None:
        one, language = self.current(), self._context.language
        self.history.setEnabled(one is not None and one.line.kind is ConflictKind.FIELD)
        for choice, made in self.buttons.items():
            made.setEnabled(one is not None and (choice is not Choice.BOTH or one.line.can_both))
            if one is not None:
                made.setText(choice_text(language, one.line, choice))
        if one is None:
            self.texts.show_texts("", "", (language.text("Yours"), language.text("Your colleague's")))
            return
        line = one.line
        mine, theirs = language.text("Yours"), language.text("Your colleague's")
        if line.shown is Choice.MINE:
            mine = language.text("Yours, stands now")
        elif line.shown is Choice.THEIRS:
            theirs = language.text("Your colleague's, stands now")
        heads = side_head(language, line.mine, mine), side_head(language, line.theirs, theirs)
        texts = side_text(language, line, line.mine), side_text(language, line, line.theirs)
        self.texts.show_texts(*texts, heads)


def _columns(context: UiContext, *, where_choice: bool) -> list[Column[Question]]:
    language, text, titles = context.language, context.language.text, target_titles(context.plans)
    kinds = ColumnKinds(language)

    def mine(one: Question) -> str:
        return side_text(language, one.line, one.line.mine)

    def theirs(one: Question) -> str:
        return side_text(language, one.line, one.line.theirs)

    def choice(one: Question) -> str:
        return text("later") if one.choice is None else choice_text(language, one.line, one.choice)

    def tone(one: Question) -> str:
        return "neutral" if one.choice is None else "accent"

    def where(one: Question) -> str:
        return conflict_where(language, one.line, titles)

    found = [
        kinds.text(text("Where"), where, stretch=5, strong=True),
        kinds.text(text("Field"), lambda one: conflict_field(language, one.line), 118),
        kinds.text(text("Yours"), mine, stretch=3),
        kinds.text(text("Your colleague's"), theirs, stretch=3),
    ]
    if where_choice:
        found.append(kinds.text(text("Take"), choice, 130, tone=tone))
    else:
        found.append(kinds.text(text("Found"), lambda one: language.day_short(one.line.found_at.astimezone()), 96))
    return found
