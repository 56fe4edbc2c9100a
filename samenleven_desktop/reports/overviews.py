"""Reports over several governments: the KPIs of a project year, offers, the activity of a period, the week ahead."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.agenda import AgendaItem, AgendaKind
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.list_rows import OfferLine
from samenleven_desktop.domain.rows import AgreementLine, CommitmentLine, OfferUseLine, SessionForm, SessionLine
from samenleven_desktop.language import Language
from samenleven_desktop.reports import parts
from samenleven_desktop.reports.document import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    KeyFigures,
    MonthBars,
    Paragraph,
    Table,
)
from samenleven_desktop.words import AGENDA_KINDS, COSTS, FORMS, STATES, action_name, clock


@dataclass(frozen=True)
class Frame:
    """What every report says of itself: the plan, whose or which governments, the period, and the day it was made."""

    plan_name: str
    about: str
    first: date
    last: date
    today: date
    practice: bool

    def document(self, title: str, language: Language, blocks: Sequence[Block], filter_: str = "") -> Document:
        """A document whose foot says period, filter, source and day."""
        text = language.text
        period = text("{first} to {last}", first=language.day(self.first), last=language.day(self.last))
        return Document(
            title=title,
            subtitle=f"{self.about} · {period}",
            sender=parts.sender(self.plan_name),
            source=text(
                "{about}{filter}, {period}. Source: work file of {today}.",
                about=self.about,
                filter=f", {filter_}" if filter_ else "",
                period=period,
                today=language.day(self.today),
            ),
            language=language.code,
            mark=text(parts.PRACTICE) if self.practice else None,
            page_text=parts.page_text(language),
            blocks=tuple(blocks),
        )


def kpi_document(frame: Frame, lines: Sequence[CommitmentLine], language: Language) -> Document:
    """Per action and per government how the targets stand, then every target."""
    text, number = language.text, language.number
    states = Counter(line.state for line in lines)
    figures = tuple((text(STATES[state]), number(states[state]), "") for state in KpiState if states[state])
    blocks: list[Block] = [KeyFigures(figures)] if figures else []
    blocks += [
        Heading(text("Per action")),
        _grouped(language, lines, text("Action"), _by_action),
        Heading(text("Per government")),
        _grouped(language, lines, text("Government"), _by_government),
    ]
    names = sorted({line.government_name for line in lines})
    for name in names:
        own = [line for line in lines if line.government_name == name]
        blocks += [Heading(name, 2), parts.targets_table(language, own)]
    return frame.document(text("KPI report"), language, blocks)


def _by_action(line: CommitmentLine) -> tuple[int, str]:
    return line.action_number, f"{line.action_number} {action_name(line)}"


def _by_government(line: CommitmentLine) -> tuple[int, str]:
    return 0, line.government_name


def _grouped(
    language: Language, lines: Sequence[CommitmentLine], caption: str, key: Callable[[CommitmentLine], tuple[int, str]]
) -> Table:
    """Sums of confirmed and reached numbers, only of targets that are counted; and how many targets lag."""
    text, number = language.text, language.number
    groups: dict[tuple[int, str], list[CommitmentLine]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    columns = (
        Column(caption, 4),
        Column(text("Targets"), 1.6, Align.RIGHT),
        Column(text("Confirmed"), 1.4, Align.RIGHT),
        Column(text("Reached"), 1.4, Align.RIGHT),
        Column(text("Behind or at risk"), 1.6, Align.RIGHT),
        Column(text("Subsidy"), 1.8, Align.RIGHT),
    )
    rows = []
    for (_, words), own in sorted(groups.items(), key=lambda pair: pair[0]):
        counted = [line for line in own if line.state is not KpiState.JURY]
        amounts = [line.amount_cents for line in own if line.amount_cents is not None]
        rows.append(
            (
                words,
                number(len(own)),
                number(sum(line.confirmed or 0 for line in counted)),
                number(sum(line.reached_to_date for line in counted)),
                number(sum(line.state in (KpiState.BEHIND, KpiState.AT_RISK) for line in own)),
                language.money(sum(amounts)) if amounts else "–",
            )
        )
    return Table(columns, tuple(rows), text("No commitments in this project year."))


def offers_document(
    frame: Frame,
    offers: Sequence[OfferLine],
    uses: Sequence[OfferUseLine],
    titles: Mapping[int, str],
    language: Language,
) -> Document:
    """Per action which offers there are, with cost and price, and how often they were used in the period."""
    text, number = language.text, language.number
    used = Counter(use.offer_id for use in uses)
    costs = Counter(one.cost for one in offers)
    blocks: list[Block] = [
        KeyFigures(tuple((text(COSTS[cost]), number(costs[cost]), text("offers")) for cost in COSTS if costs[cost]))
    ]
    columns = (
        Column(text("Offer"), 4),
        Column(text("Organisation"), 3),
        Column(text("Cost"), 1.2),
        Column(text("Price"), 1.5, Align.RIGHT),
        Column(text("In use"), 1, Align.RIGHT),
    )
    for action, title in titles.items():
        own = [one for one in offers if action in one.action_numbers]
        rows = tuple(
            (
                one.title,
                one.organisation,
                text(COSTS[one.cost]),
                "–" if one.price_cents is None else language.money(one.price_cents),
                number(used[one.id]),
            )
            for one in sorted(own, key=lambda one: (one.cost, one.organisation, one.title))
        )
        blocks += [Heading(f"{action} {title}"), Table(columns, rows, text("No offers for this action."))]
    everywhere = sum(one.all_actions for one in offers)
    blocks.append(Paragraph(text("{n} offers are for all actions and stand apart.", n=number(everywhere)), muted=True))
    return frame.document(text("Offers per action"), language, blocks)


def activity_document(
    frame: Frame, sessions: Sequence[SessionLine], agreements: Sequence[AgreementLine], language: Language
) -> Document:
    """Sessions and hours of a period: per month, per form, per government; agreements made and done."""
    text, number = language.text, language.number
    minutes = sum(line.minutes for line in sessions)
    done = sum(line.done_on is not None and frame.first <= line.done_on <= frame.last for line in agreements)
    still = [line for line in agreements if line.done_on is None]
    months: Counter[date] = Counter(line.day.replace(day=1) for line in sessions)
    bars = tuple((language.day_month(month).split()[-1], months[month]) for month in sorted(months))
    described = ", ".join(f"{label} {count}" for label, count in bars)
    governments: dict[str, list[SessionLine]] = defaultdict(list)
    forms: dict[str, list[SessionLine]] = defaultdict(list)
    for line in sessions:
        forms[text(FORMS[line.form])].append(line)
        for name in line.government_names:
            governments[name].append(line)
    blocks: list[Block] = [
        KeyFigures(
            (
                (text("Sessions"), number(len(sessions)), language.duration(minutes)),
                (text("Governments seen"), number(len(governments)), ""),
                (text("Agreements done"), number(done), text("{n} still open", n=number(len(still)))),
            )
        ),
        Heading(text("Per month")),
        MonthBars(text("Sessions per month"), bars, text("Sessions per month: {list}", list=described)),
        Heading(text("Per form")),
        _hours(language, forms, text("Form")),
        Heading(text("Per government")),
        _hours(language, governments, text("Government")),
        Paragraph(text("A session with several governments counts for each of them."), muted=True),
    ]
    return frame.document(text("Activity report"), language, blocks)


def _hours(language: Language, groups: Mapping[str, Sequence[SessionLine]], caption: str) -> Table:
    text = language.text
    columns = (
        Column(caption, 5),
        Column(text("Sessions"), 1.5, Align.RIGHT),
        Column(text("Hours"), 1.8, Align.RIGHT),
        Column(text("Last session"), 2),
    )
    rows = tuple(
        (
            name,
            language.number(len(own)),
            language.duration(sum(line.minutes for line in own)),
            language.day_short(max(line.day for line in own)),
        )
        for name, own in sorted(groups.items())
    )
    return Table(columns, rows, text("No sessions in this period."))


def week_document(
    frame: Frame, items: Sequence[AgendaItem], overdue: Sequence[AgreementLine], language: Language
) -> Document:
    """Each day of the week with what stands on it; before it the agreements that are late."""
    text = language.text
    blocks: list[Block] = [Heading(text("Late")), parts.agreements_list(language, overdue)]
    days = sorted({item.day for item in items})
    columns = (
        Column(text("Time"), 1.5),
        Column(text("What"), 2),
        Column(text("Government"), 3),
        Column(text("Words"), 5),
    )
    for day in days:
        rows = tuple(
            (
                _times(item),
                text(AGENDA_KINDS[item.kind]),
                item.title,
                _detail(item, language),
            )
            for item in items
            if item.day == day
        )
        blocks += [Heading(language.day(day)), Table(columns, rows)]
    if not days:
        blocks.append(Paragraph(text("Nothing stands in the agenda of this week.")))
    return frame.document(text("The week"), language, blocks)


def _detail(item: AgendaItem, language: Language) -> str:
    """The form of a session in words, or what an agreement says."""
    if item.kind is AgendaKind.SESSION and item.detail:
        return language.text(FORMS[SessionForm(item.detail)])
    return item.detail or "–"


def _times(item: AgendaItem) -> str:
    if item.start_minute is None:
        return "–"
    return f"{clock(item.start_minute)}–{clock(item.end_minute or item.start_minute)}"
