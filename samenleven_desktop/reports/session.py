"""The report of one session of intensive support: to hand over or to mail after the conversation."""

from __future__ import annotations

from collections.abc import Collection

from samenleven_desktop.i18n.labels import FORMS, clock
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports import shared_blocks
from samenleven_desktop.reports.data import SessionReportData
from samenleven_desktop.reports.document import Align, Block, Column, Document, KeyFigures, Paragraph, Table
from samenleven_desktop.reports.template import PART_NAMES, Part, Section, put_together


def session_document(data: SessionReportData, language: Language, without: Collection[str] = ()) -> Document:
    """When and with whom, the report, agreements, KPI entries."""
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
    )


def _blocks(data: SessionReportData, language: Language, without: Collection[str]) -> list[Block]:
    text, line = language.text, data.session
    times = f"{clock(line.start_minute)}–{clock(line.end_minute)}"
    figures = KeyFigures(
        (
            (text("Date"), language.day_short(line.day), times),
            (text("Length"), language.duration(line.minutes), text(FORMS[line.form])),
            (
                text("Actions"),
                ", ".join(map(str, line.action_numbers)) or "–",
                language.listing(data.action_titles),
            ),
        )
    )
    discussed = tuple(Paragraph(title) for title in line.offer_titles)
    sections = (
        Section(Part.REPORT, text(PART_NAMES[Part.REPORT]), (Paragraph(line.report or text("No report yet.")),)),
        Section(Part.DISCUSSED, text(PART_NAMES[Part.DISCUSSED]), discussed),
        Section(
            Part.AGREEMENTS,
            text(PART_NAMES[Part.AGREEMENTS]),
            (shared_blocks.agreements_list(language, data.agreements),),
        ),
        Section(Part.ENTRIES, text(PART_NAMES[Part.ENTRIES]), _entries(data, language)),
    )
    return [figures, *put_together(sections, without)]


def _entries(data: SessionReportData, language: Language) -> tuple[Block, ...]:
    if not data.entries:
        return ()
    text = language.text
    columns = (
        Column(text("Action"), 1),
        Column(text("Target"), 4),
        Column(text("Kind"), 2),
        Column(text("Number"), 1, Align.RIGHT),
        Column(text("Unit"), 2),
    )
    rows = tuple(
        (
            str(entry.action_number),
            entry.target_label,
            text("total on that day") if entry.kind == "reading" else text("added"),
            language.number(entry.units),
            entry.unit or "–",
        )
        for entry in data.entries
    )
    return (Table(columns, rows),)
