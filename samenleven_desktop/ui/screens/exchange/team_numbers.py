"""The part *Cijfers van collega's*: team numbers received by file, read-only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.i18n.exchange_labels import target_titles
from samenleven_desktop.services.exchange.folder import received_numbers
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import Field, label
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import bare
from samenleven_desktop.ui.widgets.year_chooser import YearChooser


@dataclass(frozen=True)
class NumbersLine:
    """A target of a government in a project year, with the numbers of a colleague."""

    government: str
    target: str
    confirmed: int | None
    reached: int | None
    state: KpiState
    sessions: int
    minutes: int


class NumbersPanel(QWidget):
    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._found: list[dict[str, Any]] = []
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        box = bare(QVBoxLayout(self))
        self.choosers = QWidget()
        line = bare(QHBoxLayout(self.choosers))
        self.who, self.year = Chooser(), YearChooser(context)
        line.addWidget(Field(text("Colleague"), self.who), 2)
        line.addWidget(Field(text("Project year"), self.year), 2)
        line.addStretch(3)
        self.made = label("", "muted", wrap=True)
        card = ListCard[NumbersLine](
            context,
            text("Team numbers"),
            [
                kinds.text(text("Government"), lambda one: one.government, stretch=3, strong=True),
                kinds.text(text("Action"), lambda one: one.target, stretch=5),
                kinds.number(text("Confirmed"), lambda one: one.confirmed),
                kinds.number(text("Reached"), lambda one: one.reached),
                kinds.state(text("State"), lambda one: one.state),
                kinds.number(text("Sessions"), lambda one: one.sessions),
                kinds.duration(text("Support"), lambda one: one.minutes),
            ],
            empty=(
                "users",
                text("No colleague gave team numbers yet. They come with a file of the kind 'Team numbers'."),
            ),
            follows=False,
            least=130,
        )
        card.add_above(self.choosers, self.made)
        card.need_rows(self.choosers, self.made)
        self.card, self.model, self.table = card, card.model, card.table
        box.addWidget(card, 1)
        for chooser in (self.who, self.year):
            chooser.activated.connect(lambda _: self._fill())

    def reload(self) -> None:
        self._context.runner.on_read(received_numbers, then=self._show, owner=self, latest="team-numbers")

    def _show(self, found: list[dict[str, Any]]) -> None:
        self._found = found
        chosen = self.who.currentText()
        self.who.clear()
        for place, one in enumerate(found):
            self.who.addItem(str(one["colleague"]), place)
        self.who.setCurrentIndex(max(self.who.findText(chosen), 0))
        self.card.show_empty(not found)
        self._fill()

    def _fill(self) -> None:
        place = self.who.currentData()
        if place is None:
            self.model.set_rows([])
            return
        one, language = self._found[place], self._context.language
        day = language.day(datetime.fromisoformat(one["made_at"]).astimezone())
        at = language.day(date.fromisoformat(one["day"]))
        self.made.setText(language.text("Made on {day}, as things stood on {at}. To look at only.", day=day, at=at))
        plan = self._context.plan_of(self.year.year())
        titles = target_titles([plan])
        number = self.year.project_year().number if plan.id == one.get("plan", plan.id) else None
        self.model.set_rows(list(_lines(one, number, titles)))


def _lines(one: dict[str, Any], year: int | None, titles: dict[str, str]) -> list[NumbersLine]:
    return [
        NumbersLine(
            government=str(government["name"]),
            target=titles.get(target["code"], str(target["code"])),
            confirmed=target["confirmed"],
            reached=None if state is KpiState.NO_ENTRY else target["reached_to_date"],
            state=KpiState.NOT_GRANTED if target["confirmed"] == 0 and state is not KpiState.JURY else state,
            sessions=int(part["sessions"]),
            minutes=int(part["minutes"]),
        )
        for government in one["governments"]
        for part in government["years"]
        if part["year"] == year
        for target in part["targets"]
        for state in (KpiState(target["state"]),)
    ]
