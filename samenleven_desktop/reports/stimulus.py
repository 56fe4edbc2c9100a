"""Stimuli on paper: the explanation for one government, to check and to keep; and the overview of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.stimulus import ConditionResult
from samenleven_desktop.language import Language
from samenleven_desktop.reports import parts
from samenleven_desktop.reports.document import Align, Block, Column, Document, Heading, Paragraph, Table
from samenleven_desktop.words import FINDINGS, OUTCOMES, STIMULUS_STATES, fact_text


@dataclass(frozen=True)
class StimulusOnPaper:
    """One kind for one government as it is printed; amount in cents, None where no source gives one."""

    government: str
    kind: str
    outcome: str
    state: str | None
    amount_cents: int | None
    amount_typed: bool
    conditions: tuple[ConditionResult, ...]


@dataclass(frozen=True)
class StimulusReportData:
    """`name` is the government, or None for the overview of several."""

    name: str | None
    year_number: int
    year_label: str
    plan_name: str
    today: date
    practice: bool
    lines: tuple[StimulusOnPaper, ...]
    sources: dict[str, str]


def stimulus_document(data: StimulusReportData, language: Language) -> Document:
    """The explanation of one government, or the overview."""
    text = language.text
    title = text("Overview of stimuli") if data.name is None else text("Explanation of stimuli")
    blocks = _overview(data, language) if data.name is None else _explanation(data, language)
    who = data.name or text("my governments")
    return Document(
        title=title,
        subtitle=f"{who} · {text('project year {n}', n=str(data.year_number))} ({data.year_label})",
        sender=parts.sender(data.plan_name),
        source=text(
            "Stimuli of {who}, project year {n}, as on {day}. Source: work file, plan file and the sources named.",
            who=who,
            n=str(data.year_number),
            day=language.day(data.today),
        ),
        language=language.code,
        mark=text(parts.PRACTICE) if data.practice else None,
        page_text=parts.page_text(language),
        blocks=tuple(blocks),
    )


def _explanation(data: StimulusReportData, language: Language) -> list[Block]:
    text = language.text
    blocks: list[Block] = [
        Paragraph(
            text(
                "A stimulus is extra money of the plan. This page says for each kind whether your government can get "
                "it and why: one condition that is not met makes it impossible, one that is not known makes it "
                "incomplete."
            )
        ),
        Paragraph(text("Stimuli can be combined. They ask no co-financing: your own contribution does not change.")),
    ]
    used: set[str] = set()
    for line in data.lines:
        blocks += [Heading(line.kind), Paragraph(_answer(line, language))]
        columns = (
            Column(text("Condition"), 5),
            Column(text("Answer"), 1.6),
            Column(text("Fact"), 4),
            Column(text("Source"), 1.5),
        )
        rows = tuple(
            (
                one.condition.text,
                text(FINDINGS[one.state]),
                _fact(one, language),
                one.source,
            )
            for one in line.conditions
        )
        used |= {one.condition.source for one in line.conditions}
        blocks.append(Table(columns, rows))
    blocks.append(Heading(text("Sources")))
    blocks += [Paragraph(f"{key}: {data.sources[key]}", muted=True) for key in sorted(used) if key in data.sources]
    return blocks


def _answer(line: StimulusOnPaper, language: Language) -> str:
    text = language.text
    words = [text(OUTCOMES[line.outcome]).capitalize()]  # type: ignore[index]
    if line.state is not None:
        words.append(text(STIMULUS_STATES[line.state]))  # type: ignore[index]
    if line.amount_cents is None:
        words.append(text("no source gives the amount"))
    else:
        typed = f" ({text('typed by the coach')})" if line.amount_typed else ""
        words.append(f"{language.money(line.amount_cents)}{typed}")
    return " · ".join(words)


def _fact(one: ConditionResult, language: Language) -> str:
    words = fact_text(language, one.fact)
    if one.day is not None:
        words += f" ({language.text('as on {day}', day=language.day(one.day))})"
    return f"{words}. {language.text(one.asked)}" if one.asked else words


def _overview(data: StimulusReportData, language: Language) -> list[Block]:
    text = language.text
    kinds = list(dict.fromkeys(line.kind for line in data.lines))
    names = list(dict.fromkeys(line.government for line in data.lines))
    by_place = {(line.government, line.kind): line for line in data.lines}
    columns = (
        Column(text("Government"), 3),
        *(Column(kind, 2) for kind in kinds),
        Column(text("Amount"), 1.5, Align.RIGHT),
    )
    rows = []
    for name in names:
        found = [by_place.get((name, kind)) for kind in kinds]
        rows.append((name, *(_short(line, language) for line in found), _received(found, language)))
    return [Table(columns, tuple(rows), text("No governments."))]


def _short(line: StimulusOnPaper | None, language: Language) -> str:
    if line is None:
        return "–"
    return language.text(STIMULUS_STATES[line.state] if line.state else OUTCOMES[line.outcome])  # type: ignore[index]


def _received(lines: Sequence[StimulusOnPaper | None], language: Language) -> str:
    total = sum(line.amount_cents or 0 for line in lines if line is not None and line.state in ("granted", "renewed"))
    return language.money(total) if total else "–"
