"""The visit sheet: one page for the bag, with what a coach has to know of a government, and room to write."""

from __future__ import annotations

from collections.abc import Collection

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.i18n.labels import SESSION_MODES, session_times
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import SessionLine, StateCounts
from samenleven_desktop.reports import shared_blocks
from samenleven_desktop.reports.data import CoachingReportData
from samenleven_desktop.reports.document import Block, KeyFigures, Paragraph, WritingRoom
from samenleven_desktop.reports.report_kinds import SECTION_NAMES, SectionKind
from samenleven_desktop.reports.template import Section, assemble

# What fits on one page, with room to write.
_LAGGING = (KpiState.AT_RISK, KpiState.BEHIND, KpiState.NO_ENTRY)
_MOST_AGREEMENTS, _MOST_CONTACTS, _MOST_TARGETS, _MOST_SIGNS = 5, 3, 5, 500


def visit_blocks(
    data: CoachingReportData,
    last: SessionLine | None,
    planned: SessionLine | None,
    language: Language,
    without: Collection[str] = (),
) -> list[Block]:
    """Returns figures, agreements, contacts, the last report and the targets that lag, each cut to what fits."""

    text = language.text

    def section(part: SectionKind, *blocks: Block, title: str = "") -> Section:
        return Section(part, title or text(SECTION_NAMES[part]), blocks)

    still = [line for line in data.agreements if line.done_on is None]
    lines = [*data.commitments, *data.partnership_commitments]
    behind = [line for line in lines if line.state in _LAGGING]
    sections = (
        Section(SectionKind.SUMMARY, None, (_summary(data, last, planned, language),)),
        section(
            SectionKind.AGREEMENTS,
            shared_blocks.agreements_list(language, still[:_MOST_AGREEMENTS]),
            *_rest(len(still) - _MOST_AGREEMENTS, language),
        ),
        section(
            SectionKind.CONTACTS,
            *((shared_blocks.contacts_table(language, data.contacts[:_MOST_CONTACTS]),) if data.contacts else ()),
            *_rest(len(data.contacts) - _MOST_CONTACTS, language),
        ),
        section(SectionKind.REPORT, *_report(last), title=text("Last report")),
        section(
            SectionKind.ACTIONS,
            *((shared_blocks.targets_table(language, behind[:_MOST_TARGETS]),) if behind else ()),
            *_rest(len(behind) - _MOST_TARGETS, language),
            title=text("What asks for attention"),
        ),
        section(SectionKind.NOTES, WritingRoom()),
    )
    return assemble(sections, without)


def _summary(
    data: CoachingReportData, last: SessionLine | None, planned: SessionLine | None, language: Language
) -> KeyFigures:
    text = language.text
    states = StateCounts.of(line.state for line in data.commitments)

    def when(line: SessionLine | None) -> tuple[str, str]:
        if line is None:
            return "–", ""
        times = session_times(language, line.start_minute, line.end_minute)
        return language.day_short(line.day), f"{text(SESSION_MODES[line.form])}, {times}"

    return KeyFigures(
        (
            (text("Next session"), *when(planned)),
            (text("Last session"), *when(last)),
            (
                text("KPIs on course"),
                text("{n} of {all}", n=language.number(states.good), all=language.number(states.counted)),
                text(
                    "{behind} behind, {risk} at risk, {none} without entry",
                    behind=states.behind,
                    risk=states.at_risk,
                    none=states.no_entry,
                ),
            ),
        )
    )


def _report(last: SessionLine | None) -> tuple[Block, ...]:
    """Returns the beginning of the last report, up to a whole word."""
    words = "" if last is None else last.report.strip()
    if not words:
        return ()
    if len(words) > _MOST_SIGNS:
        words = words[:_MOST_SIGNS].rsplit(None, 1)[0] + " …"
    return (Paragraph(words),)


def _rest(number: int, language: Language) -> tuple[Block, ...]:
    if number <= 0:
        return ()
    return (Paragraph(language.plural("and {n} more", "and {n} more", number), muted=True),)
