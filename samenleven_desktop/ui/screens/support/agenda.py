"""The part *Agenda* of Ondersteuning: week, month or list, the items of the selected day, and a calendar file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.agenda import Agenda, AgendaItem, AgendaKind, month_of, week_of
from samenleven_desktop.i18n.labels import AGENDA_KINDS
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.sessions.agenda import agenda, agenda_file
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.file_dialogs import ICS, ask_save
from samenleven_desktop.ui.dialogs.fit_to_screen import FittingDialog
from samenleven_desktop.ui.models.column import Column
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import CardFrame, button, label
from samenleven_desktop.ui.widgets.calendar import CalendarGrid, item_text, tone_of
from samenleven_desktop.ui.widgets.choice import Segmented
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import PartStack, bare, button_row, folding
from samenleven_desktop.ui.widgets.shortcuts import on_key

WEEK, MONTH, LIST = "week", "month", "list"
_LIST_DAYS = 60
# Of a dossier: where other instruments are.
_OFFERS_PART = 3


class AgendaPanel(QWidget):
    """Queries and shows the period around the selected day."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._day = context.today
        self._agenda: Agenda | None = None
        text = context.language.text
        box = bare(QVBoxLayout(self), 10)
        self.view = Segmented(text("View"), [(WEEK, text("Week")), (MONTH, text("Month")), (LIST, text("List"))])
        self.view.choice_changed.connect(lambda _: self.reload())
        self.earlier = button(text("Earlier"), lambda: self._move_period(-1))
        self.today = button(text("Today"), lambda: self.go(context.today))
        self.later = button(text("Later"), lambda: self._move_period(1))
        self.period = label("", "card-title")
        self.export = button(text("To calendar (.ics) ..."), self._export)
        box.addWidget(button_row(self.view, self.earlier, self.today, self.later, self.export, self.period))
        self.stack = PartStack()
        self.stack.addWidget(self._calendar())
        self.stack.addWidget(self._list())
        box.addWidget(self.stack, 1)
        for keys, words, what in (
            ("PgUp", text("Agenda: an earlier period"), lambda: self._move_period(-1)),
            ("PgDown", text("Agenda: a later period"), lambda: self._move_period(1)),
            ("T", text("Agenda: today"), lambda: self.go(context.today)),
        ):
            on_key(self.grid, keys, words, what)

    def _calendar(self) -> QWidget:
        context = self._context
        part = QWidget()
        columns = folding(bare(QHBoxLayout(part), 14))
        card = CardFrame()
        self.day_card = ListCard[AgendaItem](
            context, context.language.text("On this day"), self._columns(days=False), title=" "
        )
        self.of_day_model, self.of_day = self.day_card.model, self.day_card.table
        self.grid = CalendarGrid(context.theme, context.language, context.language.text("Agenda"))
        self.grid.day_changed.connect(self._on_day_changed)
        self.grid.day_activated.connect(lambda _: self.of_day.setFocus())
        self.grid.period_wanted.connect(self.go)
        card.body.addWidget(self.grid, 1)
        columns.addWidget(card, 9)
        self.of_day.row_activated.connect(self._open)
        columns.addWidget(self.day_card, 4)
        return part

    def _list(self) -> QWidget:
        name = self._context.language.text("Agenda")
        card = ListCard[AgendaItem](self._context, name, self._columns(days=True), title="")
        self.items_model, self.items = card.model, card.table
        self.items.row_activated.connect(self._open)
        return card

    def _columns(self, *, days: bool) -> list[Column[AgendaItem]]:
        language = self._context.language
        text = language.text
        kinds = ColumnKinds(language)
        columns: list[Column[AgendaItem]] = []
        if days:
            columns.append(
                kinds.text(
                    text("Day"),
                    lambda item: f"{language.weekday_short(item.day)} {language.day_short(item.day)}",
                    120,
                    sort=lambda item: item.day,
                )
            )
        columns += [
            kinds.choice(
                text("Kind"), AGENDA_KINDS, lambda item: item.kind, 96, tone=tone_of, sort=lambda item: item.kind
            ),
            kinds.text(text("What"), lambda item: item_text(language, item)),
        ]
        return columns

    # Query and display

    def go(self, day: date) -> None:
        """Shows the period that contains a day."""
        self._day = day
        self.reload()

    def reload(self) -> None:
        view = self.view.choice()
        if view == LIST:
            first, last = self._day, self._day + timedelta(days=_LIST_DAYS)
        else:
            first, last = week_of(self._day) if view == WEEK else month_of(self._day)
        self._context.runner.query(agenda, first, last, then=self._show, owner=self, latest="agenda")

    def _show(self, found: Agenda) -> None:
        language, view = self._context.language, self.view.choice()
        self._agenda = found
        self.stack.setCurrentIndex(1 if view == LIST else 0)
        if view == LIST:
            self.items_model.set_rows(found.items)
        else:
            self.grid.show_agenda(found, self._day, self._day.month if view == MONTH else None)
        if view == MONTH:
            self.period.setText(language.month(self._day).capitalize())
        else:
            self.period.setText(
                language.text("{first} to {last}", first=language.day_month(found.first), last=language.day(found.last))
            )
        self._show_day(self.grid.day)

    def _on_day_changed(self, day: date) -> None:
        self._day = day
        self._show_day(day)

    def _show_day(self, day: date) -> None:
        found = self._agenda
        if found is not None and found.first <= day <= found.last:
            self.day_card.set_title(self._context.language.weekday_date(day))
            self.of_day_model.set_rows(found.on(day))

    def _move_period(self, step: int) -> None:
        view = self.view.choice()
        if view == MONTH:
            first = self._day.replace(day=1)
            moved = (first + timedelta(days=32)) if step > 0 else (first - timedelta(days=1))
            self.go(moved.replace(day=1))
        else:
            self.go(self._day + timedelta(days=step * (7 if view == WEEK else _LIST_DAYS)))

    def _open(self, item: AgendaItem) -> None:
        if item.kind is AgendaKind.SESSION:
            self._context.navigator.open_session(item.record_id, item.government_id)
        elif item.kind is AgendaKind.INSTRUMENT and item.government_id is not None:
            self._context.navigator.open_dossier(item.government_id, _OFFERS_PART)
        elif item.government_id is not None:
            self._context.navigator.open_dossier(item.government_id)

    # Calendar file

    def _export(self) -> None:
        text = self._context.language.text
        ask_save(self, text("To calendar (.ics)"), "samenleven", (ICS,), self._ask_words, kind="calendar")

    def _ask_words(self, path: Path) -> None:
        ExportDialog(self._context, lambda words: self.export_to(path, words=words), self).open()

    def export_to(self, path: Path, *, words: bool) -> None:
        """Exports from a month ago to a year ahead, the range that a phone calendar holds."""
        first, last = self._context.today - timedelta(days=31), self._context.today + timedelta(days=365)
        language = self._context.language
        self._context.runner.on_read(
            lambda file: write_file(path, agenda_file(file, first, last, language, words=words)),
            then=lambda _: self._context.navigator.saved(path),
            owner=self,
        )


class ExportDialog(FittingDialog):
    """Asks whether to include the text of agreements; the default is not to."""

    def __init__(self, context: UiContext, keep: Callable[[bool], object], owner: QWidget) -> None:
        super().__init__(owner.window())
        text = context.language.text
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("To calendar (.ics)"))
        self.setMinimumWidth(420)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(12)
        box.addWidget(label(text("To calendar (.ics)"), "card-title"))
        box.addWidget(
            label(
                text("The file holds days, hours and governments, but no words that you typed. Others may read it."),
                "muted",
                wrap=True,
            )
        )
        self.words = QCheckBox(text("Take the words of agreements along"))
        box.addWidget(self.words)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(text("Cancel"), self.reject))
        save = button(text("Save"), self.accept, kind="primary")
        save.setDefault(True)
        row.addWidget(save)
        box.addLayout(row)
        self.accepted.connect(lambda: keep(self.words.isChecked()))
