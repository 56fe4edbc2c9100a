"""The coaching report of a government or partnership over a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from samenleven_desktop.i18n.coverage_texts import coverage_words
from samenleven_desktop.i18n.labels import action_name
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import AgreementLine, CommitmentLine, Money, SessionLine, StateCounts
from samenleven_desktop.reports import charts, shared_blocks
from samenleven_desktop.reports.data import CoachingReportData
from samenleven_desktop.reports.document import Align, Block, DocumentColumn, Heading, KeyFigures, Paragraph, Table
from samenleven_desktop.reports.report_kinds import SECTION_NAMES, SectionKind
from samenleven_desktop.reports.template import Section, assemble


def coaching_blocks(data: CoachingReportData, language: Language, without: Collection[str] = ()) -> list[Block]:
    """Returns figures and agreements, then the state of the actions, support, offers, money, stimuli and anchoring."""

    def section(part: SectionKind, *blocks: Block, title: bool = True) -> Section:
        return Section(part, language.text(SECTION_NAMES[part]) if title else None, blocks)

    still = [line for line in data.agreements if line.done_on is None]
    done = [line for line in data.agreements if line.done_on is not None]
    sections = (
        section(SectionKind.SUMMARY, _summary(data, still, language), title=False),
        section(SectionKind.AGREEMENTS, *_agreements(still, done, language)),
        section(SectionKind.ACTIONS, *_actions(data, language)),
        section(SectionKind.NUMBERS, shared_blocks.numbers_table(language, data.commitments)),
        section(SectionKind.SUPPORT, *_support(data, language)),
        section(SectionKind.SESSIONS, shared_blocks.sessions_table(language, data.sessions)),
        section(SectionKind.OFFERS, shared_blocks.offers_table(language, data.offer_uses)),
        section(SectionKind.MONEY, *(_money(data.money, language) if data.pays else ())),
        section(SectionKind.INSTRUMENTS, *_instruments(data, language)),
        section(SectionKind.COOPERATION, *shared_blocks.services_table(language, data.services, of=data.government_id)),
        section(SectionKind.STIMULI, *((_stimuli(data, language),) if data.stimuli else ())),
        section(SectionKind.ANCHORING, *_anchoring(data.commitments, language)),
        section(
            SectionKind.CONTACTS, *((shared_blocks.contacts_table(language, data.contacts),) if data.contacts else ())
        ),
    )
    return assemble(sections, without, numbered=True)


def _summary(data: CoachingReportData, still: Sequence[AgreementLine], language: Language) -> KeyFigures:
    text, number = language.text, language.number
    states = StateCounts.of(line.state for line in data.commitments)
    late = sum(line.late for line in still)
    return KeyFigures(
        (
            (
                text("KPIs on course"),
                text(
                    "{n} of {all}",
                    n=number(states.good),
                    all=number(states.counted),
                ),
                text(
                    "{behind} behind, {risk} at risk, {none} without entry",
                    behind=states.behind,
                    risk=states.at_risk,
                    none=states.no_entry,
                ),
            ),
            (text("Sessions"), number(len(data.sessions)), language.duration(data.session_minutes)),
            (
                text("Open agreements"),
                number(len(still)),
                language.plural("{n} late", "{n} late", late) if late else "",
            ),
        )
    )


def _support(data: CoachingReportData, language: Language) -> list[Block]:
    """Returns months and forms as charts with their tables, then the tracks."""
    text = language.text
    if not data.sessions and not data.tracks:
        return [Paragraph(text("No sessions in this period."), muted=True)]
    forms: dict[str, list[SessionLine]] = defaultdict(list)
    for line in data.sessions:
        forms[line.form].append(line)
    blocks = charts.months(language, data.sessions, data.first, data.last)
    if forms:
        blocks += [Heading(text("Per form"), 2), *charts.forms(language, forms)]
    if data.tracks:
        blocks += [Heading(text("Tracks"), 2), shared_blocks.tracks_table(language, data.tracks)]
    return blocks


def _actions(data: CoachingReportData, language: Language) -> list[Block]:
    """Returns the targets of the government, and those of the partnership that it is a member of."""
    shared = data.partnership_commitments
    if not shared or data.partnership is None:
        return list(shared_blocks.targets(language, data.commitments, data.last))
    blocks: list[Block] = []
    if data.commitments:
        blocks += shared_blocks.targets(language, data.commitments, data.last)
    title = language.text("Through {partnership}", partnership=data.partnership)
    return [*blocks, Heading(title, 2), *shared_blocks.targets(language, shared, data.last)]


def _agreements(still: Sequence[AgreementLine], done: Sequence[AgreementLine], language: Language) -> list[Block]:
    """Returns what is still open first, what was done in the period after it."""
    text = language.text
    if not still and not done:
        return [shared_blocks.agreements_list(language, [])]
    blocks: list[Block] = [Heading(text("Still open"), 2)]
    blocks.append(
        shared_blocks.agreements_list(language, still) if still else Paragraph(text("No open agreements."), muted=True)
    )
    if done:
        blocks += [Heading(text("Done in this period"), 2), shared_blocks.agreements_list(language, done)]
    return blocks


def _or_dash(language: Language, cents: int | None) -> str:
    return "–" if cents is None else language.money(cents)


def _money(money: Money, language: Language) -> list[Block]:
    """Returns the sums, and what they cover if an amount is not known."""
    text = language.text
    figures = KeyFigures(
        (
            (text("Subsidy"), _or_dash(language, money.granted_cents), ""),
            (text("Own contribution"), _or_dash(language, money.own_cents), ""),
            (
                text("Advance · balance"),
                _or_dash(language, money.advance_cents),
                _or_dash(language, money.balance_cents),
            ),
            (
                text("Paid offers"),
                language.money(money.paid_offers_cents),
                text("of which from the subsidy {amount}", amount=language.money(money.paid_from_subsidy_cents)),
            ),
        )
    )
    covered = coverage_words(language, money.coverage)
    if not covered:
        return [figures]
    words = text("Subsidy, own contribution, advance and balance stand {covered}.", covered=covered)
    return [figures, Paragraph(words, muted=True)]


def _instruments(data: CoachingReportData, language: Language) -> tuple[Block, ...]:
    """Returns the instruments; one of its partnership names that."""
    others = any(one.government_id != data.government_id for one in data.instruments)
    return shared_blocks.instruments_table(language, data.instruments, governments=others)


def _stimuli(data: CoachingReportData, language: Language) -> Table:
    text = language.text
    # If nothing was requested yet, there is no state to show.
    asked = any(one.state for one in data.stimuli)
    columns = (
        DocumentColumn(text("Stimulus"), 4),
        DocumentColumn(text("Outcome"), 3),
        *((DocumentColumn(text("State"), 2.5),) if asked else ()),
        DocumentColumn(text("Amount"), 2, Align.RIGHT),
    )
    rows = tuple(
        (
            one.kind,
            shared_blocks.outcome(one, language),
            *((shared_blocks.stimulus_state(one, language),) if asked else ()),
            "–" if one.amount_cents is None else language.money(one.amount_cents),
        )
        for one in data.stimuli
    )
    return Table(columns, rows, text("This plan has no stimuli."))


def _anchoring(lines: Sequence[CommitmentLine], language: Language) -> list[Block]:
    """Returns what was written about continuity, if anything; a separate text for each target, whatever its length."""
    text = language.text
    blocks: list[Block] = []
    for line in lines:
        if not line.motivation and not line.anchor_moments:
            continue
        blocks.append(Heading(f"{line.action} {action_name(line)}", 2))
        for caption, words in ((text("Motivation"), line.motivation), (text("Anchor moments"), line.anchor_moments)):
            if words:
                blocks += [Paragraph(caption, muted=True, leads=True), Paragraph(words)]
    return blocks
