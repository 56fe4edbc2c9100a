"""The report of one session of intensive support: to hand over or to mail after the conversation."""

from __future__ import annotations

from samenleven_desktop.language import Language
from samenleven_desktop.reports import parts
from samenleven_desktop.reports.data import SessionReportData
from samenleven_desktop.reports.document import Align, Block, Column, Document, Heading, KeyFigures, Paragraph, Table
from samenleven_desktop.words import FORMS, clock


def session_document(data: SessionReportData, language: Language) -> Document:
    """When and with whom, the report, agreements, KPI entries."""
    text, line = language.text, data.session
    times = f"{clock(line.start_minute)}–{clock(line.end_minute)}"
    blocks: list[Block] = [
        KeyFigures(
            (
                (text("Date"), language.day_short(line.day), times),
                (text("Length"), language.duration(line.minutes), text(FORMS[line.form])),
                (
                    text("Actions"),
                    ", ".join(map(str, line.action_numbers)) or "–",
                    language.listing(data.action_titles),
                ),
            )
        ),
        Heading(text("Report")),
        Paragraph(line.report or "–"),
    ]
    if line.offer_titles:
        blocks += [Heading(text("Offers discussed")), Paragraph(language.listing(line.offer_titles))]
    blocks += [Heading(text("Agreements")), parts.agreements_list(language, data.agreements)]
    if data.entries:
        columns = (
            Column(text("Action"), 1),
            Column(text("Target"), 4),
            Column(text("Kind"), 2),
            Column(text("Number"), 1, Align.RIGHT),
        )
        rows = tuple(
            (
                str(entry.action_number),
                entry.target_label,
                text("total on that day") if entry.kind == "reading" else text("added"),
                language.number(entry.units),
            )
            for entry in data.entries
        )
        blocks += [Heading(text("KPI entries")), Table(columns, rows)]
    names = language.listing(line.government_names)
    facts = [names, *([line.officer] if line.officer else []), *([line.track_title] if line.track_title else [])]
    return Document(
        title=text("Session report"),
        subtitle=" · ".join(facts),
        sender=parts.sender(data.plan_name),
        source=text(
            "Session of {day} with {names}. Source: work file of {today}.",
            day=language.day(line.day),
            names=names,
            today=language.day(data.today),
        ),
        language=language.code,
        mark=text(parts.PRACTICE) if data.practice else None,
        page_text=parts.page_text(language),
        blocks=tuple(blocks),
    )
