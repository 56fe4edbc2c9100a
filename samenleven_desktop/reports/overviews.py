"""Reports over several governments: the KPIs of a project year, offers, the activity of a period, the week ahead."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.advice import KnownExample, KnownMentor
from samenleven_desktop.domain.agenda import AgendaItem, AgendaKind
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.domain.sums import known_sum
from samenleven_desktop.i18n.coverage_texts import half_sum, star_words
from samenleven_desktop.i18n.labels import (
    AGENDA_KINDS,
    COSTS,
    PLAN_DAYS,
    SESSION_MODES,
    STATES,
    action_name,
    session_times,
)
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import (
    AgreementLine,
    CommitmentLine,
    OfferUseLine,
    SessionLine,
    SessionMode,
    StateCounts,
)
from samenleven_desktop.readmodels.organisations import ServiceLine
from samenleven_desktop.reports import charts, shared_blocks
from samenleven_desktop.reports.document import (
    Align,
    Block,
    Cell,
    DocumentColumn,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
)
from samenleven_desktop.reports.report_kinds import SECTION_NAMES, SectionKind
from samenleven_desktop.reports.template import ReportHeader, Section, assemble

UNKNOWN = "–"
# As wide as their headers need.
_STATE_WEIGHTS = {
    KpiState.REACHED: 1.3,
    KpiState.ON_COURSE: 1.4,
    KpiState.BEHIND: 1.1,
    KpiState.AT_RISK: 1.0,
    KpiState.NO_ENTRY: 1.45,
    KpiState.JURY: 0.8,
    KpiState.NOT_GRANTED: 1.3,
}


def kpi_blocks(
    lines: Sequence[CommitmentLine],
    regions: Mapping[str, str | None],
    day: date,
    language: Language,
    without: Collection[str] = (),
    services: Sequence[ServiceLine] = (),
) -> list[Block]:
    """Returns the number of targets per state; sums per action, region and government; then every target.

    `regions` maps the id of a government to its reference region; `day` is that of the numbers; `services` have the
    target values of organisations in each government.
    """
    text, number = language.text, language.number
    states = Counter(line.state for line in lines)
    figures = tuple((text(STATES[state]), number(states[state]), "") for state in KpiState if states[state])
    picture = charts.shares(
        language,
        text("Targets by state"),
        [(text(STATES[state]), states[state]) for state in KpiState if states[state]],
    )

    groups: dict[str, list[CommitmentLine]] = defaultdict(list)
    for line in lines:
        groups[line.government_name].append(line)
    every: list[Block] = [shared_blocks.targets_note(language, day)] if lines else []
    every += [
        block
        for name, own in sorted(groups.items())
        for block in (Heading(name, 2), shared_blocks.targets_table(language, own))
    ]
    sections = (
        Section(SectionKind.SUMMARY, None, ((KeyFigures(figures), *picture) if figures else ())),
        Section(
            SectionKind.ACTIONS,
            text("Per action"),
            _starred(language, lines, *_unmeasured(language, lines), _per_action(language, lines)),
        ),
        Section(
            SectionKind.REGIONS,
            text(SECTION_NAMES[SectionKind.REGIONS]),
            _starred(
                language,
                lines,
                _states(language, lines, text("Reference region"), lambda line: regions.get(line.government_id)),
            ),
        ),
        Section(
            SectionKind.GOVERNMENTS,
            text(SECTION_NAMES[SectionKind.GOVERNMENTS]),
            _starred(language, lines, _states(language, lines, text("Government"), lambda line: line.government_name)),
        ),
        Section(
            SectionKind.TARGET_VALUES,
            text(SECTION_NAMES[SectionKind.TARGET_VALUES]),
            shared_blocks.services_table(language, services),
        ),
        Section(SectionKind.TARGETS, text(SECTION_NAMES[SectionKind.TARGETS]), tuple(every)),
    )
    return assemble(sections, without)


def _unmeasured(language: Language, lines: Sequence[CommitmentLine]) -> tuple[Block, ...]:
    """Returns the sentence that says how many targets the reached numbers leave out; empty if there are none."""
    missing = StateCounts.of(line.state for line in lines).no_entry
    if not missing:
        return ()
    words = language.plural(
        "{n} target has no entry yet and is left out of the reached numbers.",
        "{n} targets have no entry yet and are left out of the reached numbers.",
        missing,
    )
    return (Paragraph(words, muted=True, leads=True),)


def _per_action(language: Language, lines: Sequence[CommitmentLine]) -> Table:
    """Sums the confirmed and reached numbers of each counted target, and counts the targets that are behind.

    A row has one unit: persons and families are never added together.
    """
    text, number = language.text, language.number
    groups: dict[tuple[int, str, str], list[CommitmentLine]] = defaultdict(list)
    for line in lines:
        groups[line.action_number, action_name(line), line.unit or ""].append(line)
    columns = (
        DocumentColumn(text("Action"), 4),
        DocumentColumn(text("Unit"), 1.6),
        DocumentColumn(text("Targets"), 1.9, Align.RIGHT),
        DocumentColumn(text("Confirmed"), 1.4, Align.RIGHT),
        DocumentColumn(text("Reached"), 1.4, Align.RIGHT),
        DocumentColumn(text("Behind or at risk"), 1.6, Align.RIGHT),
        DocumentColumn(text("Subsidy"), 1.8, Align.RIGHT),
    )
    rows = []
    for (action, name, unit), own in sorted(groups.items()):
        counted = [line for line in own if line.state is not KpiState.JURY]
        rows.append(
            (
                f"{action} {name}",
                unit or "–",
                number(len(own)),
                number(sum(line.confirmed or 0 for line in counted)) if counted else "–",
                shared_blocks.shown(language, known_sum(line.reached_to_date for line in counted)),
                number(sum(line.state in (KpiState.BEHIND, KpiState.AT_RISK) for line in own)),
                _subsidy(language, own),
            )
        )
    return Table(columns, tuple(rows), text("No commitments in this project year."))


def _states(
    language: Language,
    lines: Sequence[CommitmentLine],
    caption: str,
    key: Callable[[CommitmentLine], str | None],
) -> Table:
    """Counts the targets of each group per state: numbers of different units are not added together.

    *Not granted* has a column only if it occurs.
    """
    text, number = language.text, language.number
    found = {line.state for line in lines}
    shown = [one for one in _STATE_WEIGHTS if one is not KpiState.NOT_GRANTED or one in found]
    groups: dict[str, list[CommitmentLine]] = defaultdict(list)
    for line in lines:
        groups[key(line) or UNKNOWN].append(line)
    columns = (
        DocumentColumn(caption, 3.5),
        DocumentColumn(text("Targets"), 1.8, Align.RIGHT),
        *(DocumentColumn(text(STATES[state]), _STATE_WEIGHTS[state], Align.RIGHT) for state in shown),
        DocumentColumn(text("Subsidy"), 1.8, Align.RIGHT),
    )
    rows = []
    for name, own in sorted(groups.items()):
        states = Counter(line.state for line in own)
        cells = (number(states[state]) if states[state] else "–" for state in shown)
        rows.append((name, number(len(own)), *cells, _subsidy(language, own)))
    return Table(columns, tuple(rows), text("No commitments in this project year."))


def _subsidy(language: Language, lines: Sequence[CommitmentLine]) -> str:
    """Returns the sum of the known amounts, marked if some are not known."""
    return half_sum(
        language, known_sum(line.amount_cents for line in lines), sum(line.amount_unknown for line in lines)
    )


def _starred(language: Language, lines: Sequence[CommitmentLine], *blocks: Block) -> tuple[Block, ...]:
    """Returns the blocks, and what the stars in them mean if there are any."""
    words = star_words(language, sum(line.amount_unknown for line in lines))
    return (*blocks, Paragraph(words, muted=True)) if words else blocks


@dataclass(frozen=True)
class OffersOnPaper:
    """The catalogue with the uses of a period; `titles` are the actions, `pages` the URL of a source code."""

    offers: tuple[OfferLine, ...]
    uses: tuple[OfferUseLine, ...]
    titles: Mapping[int, str]
    mentors: tuple[KnownMentor, ...]
    examples: tuple[KnownExample, ...]
    pages: Mapping[str, str]


def offers_blocks(paper: OffersOnPaper, language: Language, without: Collection[str] = ()) -> list[Block]:
    """Returns per action the offers with cost and price, and the number of uses in the period.

    The mentor governments and examples of each action follow.
    """
    text, number = language.text, language.number
    used = Counter(use.offer_id for use in paper.uses)
    costs = Counter(one.cost for one in paper.offers)
    figures = tuple((text(COSTS[cost]), number(costs[cost]), text("offers")) for cost in COSTS if costs[cost])
    counted = text("In use: how often these governments used the offer in this period.")
    catalogue: list[Block] = [Paragraph(counted, muted=True, leads=True)]
    nothing: list[str] = []
    for action, title in paper.titles.items():
        own = [one for one in paper.offers if action in one.action_numbers]
        if own:
            catalogue += [Heading(f"{action} {title}", 2), _offers(own, used, language)]
        else:
            nothing.append(f"{action} {title}")
    if nothing:
        listed = language.listing(nothing)
        catalogue.append(Paragraph(text("No offers of their own: {actions}.", actions=listed), muted=True))
    everywhere = [one for one in paper.offers if one.all_actions]
    if everywhere:
        catalogue += [Heading(text("For all actions"), 2), _offers(everywhere, used, language)]
    sections = (
        Section(SectionKind.SUMMARY, None, (KeyFigures(figures),) if figures else ()),
        Section(SectionKind.OFFERS, text("Offers per action"), tuple(catalogue)),
        Section(SectionKind.MENTORS, text(SECTION_NAMES[SectionKind.MENTORS]), (_mentors(paper, language),)),
        Section(SectionKind.EXAMPLES, text(SECTION_NAMES[SectionKind.EXAMPLES]), (_examples(paper, language),)),
    )
    return assemble(sections, without)


def _offers(offers: Sequence[OfferLine], used: Mapping[str, int], language: Language) -> Table:
    text = language.text
    columns = (
        DocumentColumn(text("Offer"), 4),
        DocumentColumn(text("Organisation"), 3),
        DocumentColumn(text("Cost"), 1.3),
        DocumentColumn(text("Price"), 1.9, Align.RIGHT),
        DocumentColumn(text("In use"), 1.3, Align.RIGHT),
    )
    rows = tuple(
        (
            shared_blocks.linked(one.title, one.source),
            one.organisation,
            text(COSTS[one.cost]),
            shared_blocks.price(one, language),
            language.number(used.get(one.id, 0)),
        )
        for one in sorted(offers, key=lambda one: (list(COSTS).index(one.cost), one.organisation, one.title, one.id))
    )
    return Table(columns, rows)


def _mentors(paper: OffersOnPaper, language: Language) -> Table:
    text = language.text
    columns = (
        DocumentColumn(text("Action"), 4),
        DocumentColumn(text("Government"), 2.4),
        DocumentColumn(text("Learning network"), 1.7),
        DocumentColumn(text("Remark"), 4),
    )
    network = {True: text("yes"), False: text("no"), None: text("not known")}
    rows = tuple(
        (
            _action(paper, one.action_number),
            shared_blocks.linked(one.name, paper.pages.get(one.source, one.source)),
            network[one.learning_network],
            one.note or "–",
        )
        for one in sorted(paper.mentors, key=lambda one: (one.action_number, one.name))
        if one.action_number in paper.titles
    )
    return Table(columns, rows, text("No mentor governments are known."))


def _examples(paper: OffersOnPaper, language: Language) -> Table:
    text = language.text
    columns = (DocumentColumn(text("Action"), 4), DocumentColumn(text("Example"), 4), DocumentColumn(text("Remark"), 4))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            _action(paper, one.action_number),
            shared_blocks.linked(one.title, paper.pages.get(one.source, one.source)),
            one.note or "–",
        )
        for one in sorted(paper.examples, key=lambda one: (one.action_number, one.title))
        if one.action_number in paper.titles
    )
    return Table(columns, rows, text("No examples are known."))


def _action(paper: OffersOnPaper, number: int) -> str:
    return f"{number} {paper.titles[number]}"


def activity_blocks(
    frame: ReportHeader,
    sessions: Sequence[SessionLine],
    agreements: Sequence[AgreementLine],
    regions: Mapping[str, str | None],
    language: Language,
    without: Collection[str] = (),
) -> list[Block]:
    """Returns sessions and hours per month, form, coach, region and government; agreements made and done."""
    text, number = language.text, language.number
    minutes = sum(line.minutes for line in sessions)
    travel = sum(line.travel_minutes for line in sessions)
    done = sum(line.done_on is not None and frame.first <= line.done_on <= frame.last for line in agreements)
    still = [line for line in agreements if line.done_on is None]
    by: dict[SectionKind, dict[str, list[SessionLine]]] = {
        part: defaultdict(list)
        for part in (SectionKind.FORMS, SectionKind.OFFICERS, SectionKind.REGIONS, SectionKind.GOVERNMENTS)
    }
    for line in sessions:
        by[SectionKind.FORMS][line.form].append(line)
        by[SectionKind.OFFICERS][line.officer or UNKNOWN].append(line)
        for name in dict.fromkeys(regions.get(id_) or UNKNOWN for id_ in line.government_ids):
            by[SectionKind.REGIONS][name].append(line)
        for name in line.government_names:
            by[SectionKind.GOVERNMENTS][name].append(line)

    def table(part: SectionKind, caption: str) -> Section:
        groups = dict(sorted(by[part].items()))
        return Section(part, text(SECTION_NAMES[part]), (charts.hours_table(language, groups, caption),))

    figures = KeyFigures(
        (
            (text("Sessions"), number(len(sessions)), language.duration(minutes)),
            (text("Travel time"), language.duration(travel), ""),
            (text("Governments seen"), number(len(by[SectionKind.GOVERNMENTS])), ""),
            (text("Agreements done"), number(done), text("{n} still open", n=number(len(still)))),
        )
    )
    sections = [
        Section(SectionKind.SUMMARY, None, (figures,)),
        Section(
            SectionKind.MONTHS,
            text(SECTION_NAMES[SectionKind.MONTHS]),
            tuple(charts.months(language, sessions, frame.first, min(frame.last, frame.today))) if sessions else (),
        ),
        Section(
            SectionKind.FORMS,
            text(SECTION_NAMES[SectionKind.FORMS]),
            tuple(charts.forms(language, by[SectionKind.FORMS])),
        ),
        table(SectionKind.OFFICERS, text("Coach")),
        table(SectionKind.REGIONS, text("Reference region")),
        table(SectionKind.GOVERNMENTS, text("Government")),
    ]
    blocks = assemble(sections, without)
    if any(len(line.government_ids) > 1 for line in sessions):
        blocks.append(Paragraph(text("A session with several governments counts for each of them."), muted=True))
    return blocks


def week_blocks(
    items: Sequence[AgendaItem],
    overdue: Sequence[AgreementLine],
    language: Language,
    without: Collection[str] = (),
) -> list[Block]:
    """Returns each day of the week with its items, preceded by the late agreements."""
    text = language.text
    columns = (
        DocumentColumn(text("Time"), 1.5),
        DocumentColumn(text("What"), 2),
        DocumentColumn(text("Government"), 3),
        DocumentColumn(text("Description"), 5),
    )
    days: list[Block] = []
    for day in sorted({item.day for item in items}):
        rows = tuple(
            (_times(item, language), text(AGENDA_KINDS[item.kind]), _about(item, language), _detail(item, language))
            for item in items
            if item.day == day
        )
        days += [Heading(language.weekday_date(day), 2), Table(columns, rows)]
    if not days:
        days.append(Paragraph(text("Nothing stands in the agenda of this week.")))
    late = shared_blocks.agreements_list(language, overdue, with_government=True)
    sections = (
        Section(SectionKind.LATE, text(SECTION_NAMES[SectionKind.LATE]), (late,)),
        Section(SectionKind.DAYS, text(SECTION_NAMES[SectionKind.DAYS]), tuple(days)),
    )
    return assemble(sections, without)


def _about(item: AgendaItem, language: Language) -> str:
    """Returns the governments or, for a plan date, which one it is."""
    if item.kind is AgendaKind.DEADLINE:
        return language.text(PLAN_DAYS[item.title], n=item.year)
    return item.title


def _detail(item: AgendaItem, language: Language) -> str:
    """Returns the label of a session's form, or the text of an agreement and whether it is done."""
    if item.kind is AgendaKind.SESSION and item.detail:
        return language.text(SESSION_MODES[SessionMode(item.detail)])
    return " · ".join(filter(None, [item.detail, language.text("done") if item.done else ""])) or "–"


def _times(item: AgendaItem, language: Language) -> str:
    if item.start_minute is None:
        return "–"
    return session_times(language, item.start_minute, item.end_minute or item.start_minute)
