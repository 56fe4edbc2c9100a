"""*Ondersteuning*: sessions, agenda, agreements, tracks, and governments without recent contact."""

from __future__ import annotations

from datetime import timedelta

from samenleven_desktop.domain.period import PeriodKind
from samenleven_desktop.readmodels.core import SessionLine, SessionTotals
from samenleven_desktop.services.sessions.queries import list_sessions, totals
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.columns import session_columns
from samenleven_desktop.ui.screens.support.agenda import AgendaPanel
from samenleven_desktop.ui.screens.support.agreements import LATE, AgreementsPanel
from samenleven_desktop.ui.screens.support.tracks import TracksPanel
from samenleven_desktop.ui.screens.support.without_contact import WithoutContactPanel
from samenleven_desktop.ui.widgets.basic import CardFrame, PageHeader, button, page_layout
from samenleven_desktop.ui.widgets.choice import Segmented, TabBar
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.period_picker import HiddenRows, PeriodPicker
from samenleven_desktop.ui.widgets.responsive import PartStack, button_row
from samenleven_desktop.ui.widgets.shortcuts import tab_keys

SESSIONS, AGENDA, AGREEMENTS, TRACKS, SILENCE = range(5)
ALL, GIVEN, PLANNED = "all", "given", "planned"


class SupportScreen(Screen):
    """Only the visible part queries."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        text = context.language.text
        box = page_layout(self)
        self.header = PageHeader(text("Support"))
        self.period = PeriodPicker(context)
        self.period.period_chosen.connect(self.reload)
        self.header.add_action(self.period)
        self.header.add_action(
            button(
                text("Register session"),
                lambda: context.navigator.open_session(None, None),
                kind="primary",
            )
        )
        box.addWidget(self.header)
        self.tabs = TabBar(context.theme, text("Parts of the support"))
        box.addWidget(self.tabs)
        self.stack = PartStack()
        box.addWidget(self.stack, 1)
        self.agenda, self.agreements = AgendaPanel(context), AgreementsPanel(context)
        self.tracks, self.silence = TracksPanel(context), WithoutContactPanel(context)
        for caption, part in (
            (text("Sessions"), self._sessions()),
            (text("Agenda"), self.agenda),
            (text("Agreements"), self.agreements),
            (text("Tracks"), self.tracks),
            (text("Without contact"), self.silence),
        ):
            self.tabs.addTab(caption)
            self.stack.addWidget(part)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        tab_keys(self, self.tabs.captions(), self.show_part)

    def _sessions(self) -> CardFrame:
        context, text = self.context, self.context.language.text
        card = ListCard[SessionLine](
            context,
            text("Sessions"),
            session_columns(context, governments=True),
            empty=("notebook-pen", text("No sessions in this period.")),
            title="",
        )
        self.which = Segmented(
            text("Which"), [(ALL, text("All")), (GIVEN, text("Given")), (PLANNED, text("Still planned"))]
        )
        self.which.choice_changed.connect(lambda _: self.reload())
        self.everyone = button(text("Also of colleagues"), kind="chip")
        self.everyone.setCheckable(True)
        self.everyone.setChecked(True)
        self.everyone.toggled.connect(lambda _: self.reload())
        card.add_above(button_row(self.which, self.everyone))
        self.hidden = HiddenRows(context)
        self.hidden.everything_wanted.connect(lambda: self.period.choose(PeriodKind.EVERYTHING))
        card.body.addWidget(self.hidden)
        self.sessions_model, self.sessions = card.model, card.table
        self.blocks = card.load_in_blocks(card.add_filter(), self.reload)
        self.sessions.row_activated.connect(
            lambda line: context.navigator.open_session(line.id, line.government_ids[0])
        )
        return card

    def show_part(self, part: int) -> None:
        self.tabs.setCurrentIndex(part)

    def show_named_part(self, part: str) -> None:
        """Shows the part that another page asks for: given (my sessions), agenda, late (agreements) or silence."""
        if part == LATE:
            self.agreements.show_which(LATE)
        self.show_part({GIVEN: SESSIONS, "agenda": AGENDA, LATE: AGREEMENTS, "silence": SILENCE}[part])
        if part == GIVEN:
            self.everyone.setChecked(False)
            self.which.set_choice(GIVEN)
            self.period.choose_opening()

    def _on_tab_changed(self, part: int) -> None:
        self.stack.setCurrentIndex(part)
        self.period.setVisible(part == SESSIONS)
        self.reload()

    def reload(self) -> None:
        part, (first, last) = self.tabs.currentIndex(), self.period.period().days
        runner, limit, mine = self.context.runner, self.blocks.limit, not self.everyone.isChecked()
        # The header is above every part.
        runner.query(totals, first, last, mine, then=self._show_totals, owner=self, latest="support-totals")
        if part == SESSIONS:
            today = self.context.today
            if self.which.choice() == GIVEN:
                last = min(last, today)
            elif self.which.choice() == PLANNED:
                first = max(first, today + timedelta(days=1))
            shown, ask = self._show_sessions, list_sessions
            runner.query(ask, None, first, last, limit, mine, then=shown, owner=self, latest="support")
        else:
            (self.agenda.reload, self.agreements.reload, self.tracks.reload, self.silence.reload)[part - AGENDA]()

    def _show_sessions(self, lines: list[SessionLine]) -> None:
        self.sessions_model.set_rows(lines)

    def _show_totals(self, found: SessionTotals) -> None:
        language = self.context.language
        words = [
            language.plural("{n} session given in this period", "{n} sessions given in this period", found.given),
            language.duration(found.minutes),
        ]
        if found.planned:
            words.append(language.plural("{n} planned", "{n} planned", found.planned))
        self.header.subtitle.setText(" · ".join(words))
        self.hidden.show_number(found.hidden)
