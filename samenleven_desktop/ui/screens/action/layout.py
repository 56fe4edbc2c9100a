"""The widgets of the page of an action: what counts and its terms, who can help, and the work on it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.advice import KnownExample, KnownMentor
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.domain.plan_rules import PublishedFigure
from samenleven_desktop.domain.source_names import source_name, with_source_names
from samenleven_desktop.i18n.action_texts import FINANCED, FINANCED_TONES
from samenleven_desktop.i18n.labels import COST_TONES, COSTS, SESSION_MODES
from samenleven_desktop.readmodels.action_page import TermsLine
from samenleven_desktop.readmodels.core import CommitmentLine, SessionLine
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.screens.columns import progress_of, share_of
from samenleven_desktop.ui.screens.instruments import InstrumentsCard
from samenleven_desktop.ui.widgets.basic import PageHeader, button, label, page_layout
from samenleven_desktop.ui.widgets.fact_list import FactList
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import folding

_AT_FIRST = 6
PeriodLine = tuple[str, CommitmentLine]
PublishedLine = tuple[str, PublishedFigure]


class ActionLayout:
    """Builds the page; `screen.py` fills it."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        self._context = context
        self.pages: Mapping[str, str] = {}
        """The addresses behind the keys of sources in the plan of this action."""
        text = context.language.text
        box = page_layout(page)
        self.header = PageHeader("")
        self.back = self.header.add_crumb(text("Actions and KPIs"), lambda: None)
        self.everyone = self.header.add_action(button(text("Also of colleagues"), kind="chip"))
        self.everyone.setCheckable(True)
        self.report = self.header.add_action(button(text("Sheet of this action")))
        box.addWidget(self.header)
        columns = folding(QHBoxLayout())
        columns.setSpacing(14)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(14)
        left.addWidget(self._facts())
        left.addWidget(self._terms())
        left.addWidget(self._governments())
        self.instruments = InstrumentsCard(context, governments=True, whole=_AT_FIRST)
        left.addWidget(self.instruments)
        right.addWidget(self._offers())
        right.addWidget(self._mentors())
        right.addWidget(self._examples())
        right.addWidget(self._published())
        right.addWidget(self._sessions())
        for column in (left, right):
            column.addStretch(1)
        for card in (
            self.terms,
            self.governments,
            self.offers,
            self.mentors,
            self.examples,
            self.sessions,
            self.instruments,
        ):
            # On one line: a low card has no room for more.
            card.empty.words.setMinimumWidth(context.theme.px(300))
        columns.addLayout(left, 7)
        columns.addLayout(right, 6)
        box.addLayout(columns, 1)

    def _facts(self) -> QWidget:
        self.facts = FactList(self._context.theme, self._context.language.text("What counts"))
        return self.facts

    def _terms(self) -> QWidget:
        context, text = self._context, self._context.language.text
        kinds = ColumnKinds(context.language)
        self.terms = ListCard[TermsLine](
            context,
            text("Terms per period"),
            [
                kinds.text(text("Period"), lambda line: line.period, 88),
                kinds.text(
                    text("Target"),
                    lambda line: line.target_label,
                    stretch=3,
                    second=lambda line: line.unit or "",
                    tip=self._terms_tip,
                ),
                kinds.money(text("Rate"), lambda line: line.rate_cents, 80),
                kinds.number(text("At most"), lambda line: line.cap_units, 82),
                kinds.choice(text("Financed"), FINANCED, lambda line: line.financed, stretch=2, tones=FINANCED_TONES),
            ],
            empty=("target", text("The plan gives no terms for this action.")),
            whole=_AT_FIRST,
        )
        return self.terms

    def _published(self) -> QWidget:
        context, text = self._context, self._context.language.text
        kinds = ColumnKinds(context.language)
        self.published = ListCard[PublishedLine](
            context,
            text("In all Flanders"),
            [
                kinds.text(text("Period"), lambda line: line[0], 88, tip=lambda line: self.named(line[1].source)),
                kinds.money(text("Budget"), lambda line: line[1].budget_cents),
                kinds.number(text("Governments"), lambda line: line[1].governments),
                kinds.number(text("Committed"), lambda line: line[1].committed),
                kinds.number(text("Reached"), lambda line: line[1].reached),
            ],
            whole=_AT_FIRST,
        )
        return self.published

    def _governments(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)
        self.governments = ListCard[PeriodLine](
            context,
            text("Governments"),
            [
                kinds.text(
                    text("Government"),
                    lambda line: line[1].government_name,
                    stretch=3,
                    strong=True,
                    second=lambda line: line[1].target_label,
                    tip=lambda line: f"{line[1].government_name} · {line[1].target_label}",
                ),
                kinds.text(text("Period"), lambda line: line[0], 88),
                kinds.number(text("Confirmed"), lambda line: line[1].confirmed),
                kinds.progress(
                    text("Progress"), lambda line: progress_of(line[1]), lambda line: share_of(language, line[1])
                ),
                kinds.state(text("State"), lambda line: line[1].state),
            ],
            empty=("building-2", text("None of your governments took up this action.")),
            whole=_AT_FIRST,
        )
        return self.governments

    def _offers(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)

        def price(line: OfferLine) -> str:
            if line.price_cents is None:
                return "–"
            amount = language.money(line.price_cents)
            return f"{amount} / {line.price_unit}" if line.price_unit else amount

        self.offers = ListCard[OfferLine](
            context,
            text("Offers"),
            [
                kinds.text(
                    text("Offer"),
                    lambda line: line.title,
                    stretch=5,
                    strong=True,
                    second=lambda line: line.organisation if line.organisation != line.title else line.note or "",
                    tip=lambda line: " · ".join(filter(None, [line.title, line.organisation, line.note, line.source])),
                ),
                kinds.choice(text("Cost"), COSTS, lambda line: line.cost, 104, tones=COST_TONES),
                kinds.text(text("Price"), price, 110, sort=lambda line: line.price_cents),
            ],
            empty=("hand-helping", text("No offer is known for this action.")),
            whole=_AT_FIRST,
        )
        self.new_offer = button(text("New ..."), kind="link")
        self.link_offer = button(text("Link ..."), kind="link")
        self.change_offer = button(text("Change ..."), kind="link")
        self.use_offer = button(text("Put to use ..."), kind="link")
        for one in (self.use_offer, self.change_offer, self.link_offer, self.new_offer):
            self.offers.head.addWidget(one)
        self.offers.need_rows(self.use_offer, self.change_offer)
        return self.offers

    def _mentors(self) -> QWidget:
        context, text = self._context, self._context.language.text
        kinds = ColumnKinds(context.language)
        network = {True: text("learning network"), False: "", None: ""}
        self.mentors = ListCard[KnownMentor](
            context,
            text("Mentor governments"),
            [
                kinds.text(
                    text("Government"),
                    lambda line: line.name,
                    stretch=3,
                    strong=True,
                    second=lambda line: network[line.learning_network],
                ),
                kinds.text(text("Remark"), lambda line: line.note, stretch=4),
                kinds.text(text("Source"), lambda line: self.named(line.source), stretch=2, tip=self._page_of),
            ],
            empty=("award", text("No mentor governments are known.")),
            whole=_AT_FIRST,
        )
        self.proposal = label("", "attention", wrap=True)
        self.take_over = button(text("Note as mentor government ..."), kind="link")
        self.mentors.add_above(self.proposal, self.take_over)
        self.new_mentor = button(text("Add ..."), kind="link")
        self.change_mentor = button(text("Change ..."), kind="link")
        self.delete_mentor = button(text("Delete"), kind="link")
        for one in (self.delete_mentor, self.change_mentor, self.new_mentor):
            self.mentors.head.addWidget(one)
        self.mentors.need_rows(self.change_mentor, self.delete_mentor)
        return self.mentors

    def _examples(self) -> QWidget:
        context, text = self._context, self._context.language.text
        kinds = ColumnKinds(context.language)
        self.examples = ListCard[KnownExample](
            context,
            text("Inspiring examples"),
            [
                kinds.text(
                    text("Example"),
                    lambda line: line.title,
                    stretch=4,
                    strong=True,
                    second=lambda line: line.government_name or "",
                ),
                kinds.text(text("Remark"), lambda line: line.note, stretch=3),
                kinds.text(text("Source"), lambda line: self.named(line.source), stretch=2, tip=self._page_of),
            ],
            empty=("info", text("No examples are known.")),
            whole=_AT_FIRST,
        )
        self.new_example = button(text("Add ..."), kind="link")
        self.change_example = button(text("Change ..."), kind="link")
        self.delete_example = button(text("Delete"), kind="link")
        for one in (self.delete_example, self.change_example, self.new_example):
            self.examples.head.addWidget(one)
        self.examples.need_rows(self.change_example, self.delete_example)
        return self.examples

    def _sessions(self) -> QWidget:
        context, language = self._context, self._context.language
        text = language.text
        kinds = ColumnKinds(language)
        self.sessions = ListCard[SessionLine](
            context,
            text("Sessions"),
            [
                kinds.day(text("Date"), lambda line: line.day),
                kinds.text(
                    text("Governments"),
                    lambda line: language.listing(line.government_names),
                    stretch=3,
                    strong=True,
                    second=lambda line: text(SESSION_MODES[line.form]),
                ),
                kinds.text(text("Report"), lambda line: line.report, stretch=5),
            ],
            empty=("notebook-pen", text("No sessions about this action yet.")),
            whole=_AT_FIRST,
        )
        return self.sessions

    def _terms_tip(self, line: TermsLine) -> str:
        note = with_source_names(line.note or "", self.pages)
        return "\n".join(filter(None, [line.target_label, line.unit, note, self.named(line.source)]))

    def named(self, source: str) -> str:
        """Returns who published a source and what it is about; the plan names it by a key."""
        return source_name(self.pages.get(source, source))

    def _page_of(self, line: KnownMentor | KnownExample) -> str:
        """Returns the address of a source."""
        return self.pages.get(line.source, line.source)
