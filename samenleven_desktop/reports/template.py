"""The common frame of all reports: a header that describes the report, and sections that may be left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports import shared_blocks
from samenleven_desktop.reports.document import Block, Document, Heading
from samenleven_desktop.reports.report_kinds import SectionKind


@dataclass(frozen=True)
class Section:
    """A section with its blocks; without `title` it has no heading of its own."""

    part: SectionKind
    title: str | None
    blocks: tuple[Block, ...]


def assemble(sections: Iterable[Section], without: Collection[str], *, numbered: bool = False) -> list[Block]:
    """Returns the blocks of all selected sections, each under its heading; `numbered` in order: 1, 2, 3."""
    blocks: list[Block] = []
    number = 0
    for section in sections:
        if section.part in without or not section.blocks:
            continue
        if section.title is not None:
            number += 1
            blocks.append(Heading(f"{number} {section.title}" if numbered else section.title))
        blocks += section.blocks
    return blocks


@dataclass(frozen=True)
class ReportHeader:
    """The facts stated in every report: the plan, the governments, the period, and the day it was made."""

    plan_name: str
    about: str
    first: date
    last: date
    today: date
    practice: bool

    def period(self, language: Language) -> str:
        return language.text("from {first} to {last}", first=language.day(self.first), last=language.day(self.last))

    def document(
        self,
        title: str,
        language: Language,
        blocks: Sequence[Block],
        subtitle: str | None = None,
        filter_: str = "",
        contents: bool = False,
    ) -> Document:
        """Returns a document with period, filter, source and day in its footer; optionally a table of contents."""
        text, period = language.text, self.period(language)
        return Document(
            title=title,
            subtitle=subtitle or f"{self.about} · {period}",
            sender=shared_blocks.sender(self.plan_name),
            source=text(
                "{about}{filter}, {period}. Source: work file of {today}.",
                about=self.about,
                filter=filter_,
                period=period,
                today=language.day(self.today),
            ),
            language=language.code,
            mark=text(shared_blocks.PRACTICE) if self.practice else None,
            page_text=shared_blocks.page_text(language),
            blocks=tuple(blocks),
            contents=text("Contents") if contents else None,
            about=self.about,
            author=shared_blocks.AGENCY,
        )


def as_chapters(governments: Sequence[tuple[str, Sequence[Block]]]) -> list[Block]:
    """Returns the blocks of several governments, each a chapter under its name."""
    blocks: list[Block] = []
    for name, own in governments:
        blocks.append(Heading(name, 1, chapter=True))
        blocks += [replace(one, level=one.level + 1) if isinstance(one, Heading) else one for one in own]
    return blocks
