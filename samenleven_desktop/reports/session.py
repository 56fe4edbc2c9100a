"""The report of one session of intensive support, to hand over or to mail afterwards."""

from __future__ import annotations

from collections.abc import Collection

from samenleven_desktop.domain.fields import SESSION
from samenleven_desktop.i18n.labels import SESSION_MODES, field_value, session_times
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports import shared_blocks
from samenleven_desktop.reports.data import SessionReportData
from samenleven_desktop.reports.document import Align, Block, Document, DocumentColumn, KeyFigures, Paragraph, Table
from samenleven_desktop.reports.report_kinds import SECTION_NAMES, SectionKind
from samenleven_desktop.reports.template import Section, assemble


def session_document(data: SessionReportData, language: Language, without: Collection[str] = ()) -> Document:
    """Contains time and participants, the report, agreements, KPI entries."""
    text, line = language.text, data.session
    names = language.listing(line.government_names)
    facts = [names, *([line.officer] if line.officer else []), *([line.track_title] if line.track_title else [])]
    return Document(
        title=text("Session report"),
        subtitle=" · ".join(facts),
        sender=shared_blocks.sender(data.plan_name),
        source=text(
            "Session of {day} with {names}. Source: work file of {today}.",
            day=language.day(line.day),
            names=names,
            today=language.day(data.today),
        ),
        language=language.code,
        mark=text(shared_blocks.PRACTICE) if data.practice else None,
        page_text=shared_blocks.page_text(language),
        blocks=tuple(_blocks(data, language, without)),
        about=f"{names} {language.day_short(line.day)}",
        author=shared_blocks.AGENCY,
    )


def _blocks(data: SessionReportData, language: Language, without: Collection[str]) -> list[Block]:
    text, line = language.text, data.session
    times = session_times(language, line.start_minute, line.end_minute)
    figures = KeyFigures(
        (
            (text("Date"), language.day_short(line.day), times),
            (text("Length"), language.duration(line.minutes), text(SESSION_MODES[line.form])),
            (
                text("Actions"),
                ", ".join(line.action_words) or "–",
                language.listing(data.action_titles),
            ),
            *(
                (text(field.caption), field_value(language, field.key, value), "")
                for field in SESSION.listed
                if (value := getattr(line, field.key))
            ),
        )
    )
    discussed = tuple(Paragraph(title) for title in line.offer_titles)
    sections = (
        Section(
            SectionKind.REPORT,
            text(SECTION_NAMES[SectionKind.REPORT]),
            (Paragraph(line.report or text("No report yet.")),),
        ),
        Section(SectionKind.DISCUSSED, text(SECTION_NAMES[SectionKind.DISCUSSED]), discussed),
        Section(
            SectionKind.AGREEMENTS,
            text(SECTION_NAMES[SectionKind.AGREEMENTS]),
            (shared_blocks.agreements_list(language, data.agreements),),
        ),
        Section(SectionKind.ENTRIES, text(SECTION_NAMES[SectionKind.ENTRIES]), _entries(data, language)),
    )
    return [figures, *assemble(sections, without)]


def _entries(data: SessionReportData, language: Language) -> tuple[Block, ...]:
    if not data.entries:
        return ()
    text = language.text
    columns = (
        DocumentColumn(text("Action"), 1),
        DocumentColumn(text("Target"), 4),
        DocumentColumn(text("Kind"), 2),
        DocumentColumn(text("Number"), 1, Align.RIGHT),
        DocumentColumn(text("Unit"), 2),
    )
    rows = tuple(
        (
            entry.action,
            entry.target_label,
            text("total on that day") if entry.kind == "reading" else text("added"),
            language.number(entry.units),
            entry.unit or "–",
        )
        for entry in data.entries
    )
    return (Table(columns, rows),)
