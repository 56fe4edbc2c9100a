"""Reports on stimuli: the explanation for one government, to check and to keep; and the overview of several."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from samenleven_desktop.domain.stimulus import RECEIVED, ConditionResult
from samenleven_desktop.i18n.labels import FINDINGS, fact_text
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.stimulus_texts import condition_text, states_words, stimulus_sentence
from samenleven_desktop.reports import charts, shared_blocks
from samenleven_desktop.reports.data import StimulusOnPaper
from samenleven_desktop.reports.document import Align, Block, Cell, DocumentColumn, Heading, Paragraph, Table
from samenleven_desktop.reports.report_kinds import SECTION_NAMES, SectionKind
from samenleven_desktop.reports.template import Section, assemble

_ADDRESS = re.compile(r"https?://[^\s()]+")


def explanation_blocks(
    lines: Sequence[StimulusOnPaper], sources: Mapping[str, str], language: Language, without: Collection[str] = ()
) -> list[Block]:
    """Returns each kind with the answer and every condition behind it; then the sources in full."""
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
    columns = (
        DocumentColumn(text("Condition"), 5),
        DocumentColumn(text("Answer"), 1.6),
        DocumentColumn(text("Fact"), 4),
        DocumentColumn(text("Source"), 1.5),
    )
    used: set[str] = set()
    for line in lines:
        rows = tuple(
            (condition_text(language, one), text(FINDINGS[one.state]), _fact(one, language), _page(one.source, sources))
            for one in line.conditions
        )
        used |= {one.condition.source for one in line.conditions}
        blocks += [
            Heading(stimulus_title(line, language)),
            Paragraph(stimulus_sentence(language, line), leads=True),
            Table(columns, rows),
        ]
    known = [_source(key, sources[key]) for key in sorted(used) if key in sources]
    section = Section(
        SectionKind.SOURCES, text(SECTION_NAMES[SectionKind.SOURCES]), tuple(one for found in known for one in found)
    )
    return [*blocks, *assemble([section], without)]


def _page(key: str, sources: Mapping[str, str]) -> Cell:
    """Returns the key of a source, as a link to its page if there is one."""
    found = _addresses(sources.get(key, ""))
    return shared_blocks.linked(key, found[0] if len(found) == 1 else None)


def _addresses(words: str) -> list[str]:
    return [address.rstrip(".,;") for address in _ADDRESS.findall(words)]


def _source(key: str, words: str) -> list[Block]:
    """Returns a source: a single URL is the link itself, several are listed below it."""
    found = _addresses(words)
    if len(found) == 1:
        return [Paragraph(f"{key}: {words}", muted=True, url=found[0])]
    return [Paragraph(f"{key}: {words}", muted=True), *(Paragraph(one, muted=True, url=one) for one in found)]


def stimulus_title(line: StimulusOnPaper, language: Language) -> str:
    """Returns the kind; of a candidacy for one action, with its number."""
    if line.action_number is None:
        return line.kind
    return language.text("{kind}, action {n}", kind=line.kind, n=str(line.action_number))


def _fact(one: ConditionResult, language: Language) -> str:
    words = fact_text(language, one.fact)
    if one.day is not None:
        words += f" ({language.text('as on {day}', day=language.day(one.day))})"
    return f"{words}. {language.text(one.asked)}" if one.asked else words


def overview_blocks(lines: Sequence[StimulusOnPaper], language: Language) -> list[Block]:
    """Returns a chart per kind of how many governments can get it, and a row per government."""
    text = language.text
    kinds = list(dict.fromkeys(line.kind for line in lines))
    names = list(dict.fromkeys(line.government for line in lines))
    by_place: dict[tuple[str, str], list[StimulusOnPaper]] = defaultdict(list)
    for line in lines:
        by_place[line.government, line.kind].append(line)
    counts = Counter(states_words(language, [line]) for line in lines)
    picture = charts.shares(language, text("Stimuli by state"), counts.most_common())
    columns = (
        DocumentColumn(text("Government"), 3),
        # As wide as the name of the kind needs.
        *(DocumentColumn(kind, 1.2 + len(kind) / 15) for kind in kinds),
        DocumentColumn(text("Amount"), 1.5, Align.RIGHT),
    )
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        found = [by_place[name, kind] for kind in kinds]
        received = _received([line for one in found for line in one], language)
        rows.append((name, *(states_words(language, one) or "–" for one in found), received))
    return [*picture, Table(columns, tuple(rows), text("No governments."))]


def _received(lines: Sequence[StimulusOnPaper], language: Language) -> str:
    total = sum(line.amount_cents or 0 for line in lines if line.state in RECEIVED)
    return language.money(total) if total else "–"
