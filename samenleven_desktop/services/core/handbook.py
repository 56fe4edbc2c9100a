"""The handbook that ships with the program: its pages per language, their sections, and finding words in them.

A page is a Markdown file in resources/handbook; a heading of a section ends in its name, as in `## Printing {#print}`,
which is the same in every language. Needs no work file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from samenleven_desktop.domain.comparison import tokens
from samenleven_desktop.domain.name_match import ranked
from samenleven_desktop.paths import resources_dir

PAGES = (
    "first-steps", "welcome", "start", "governments", "dossier", "session", "support", "offers", "kpis", "action",
    "stimuli", "reports", "exchange", "import", "who", "settings", "keeping", "plans", "plan_editor", "lists", "find",
    "privacy",
)  # fmt: skip
_HEADING = re.compile(r"^## (.+?) \{#([a-z-]+)\}$", re.M)
_MARKS = re.compile(r"\]\([^)]*\)|[*`\[\]]")


@dataclass(frozen=True)
class HandbookSection:
    """A part of a page; `name` is empty for what stands before the first heading."""

    page: str
    name: str
    title: str
    words: str

    @property
    def address(self) -> str:
        return f"{self.page}.md#{self.name}" if self.name else f"{self.page}.md"


@dataclass(frozen=True)
class HandbookPage:
    """A page: its Markdown without the names of the sections, and its sections."""

    name: str
    title: str
    markdown: str
    sections: tuple[HandbookSection, ...]

    def section(self, name: str) -> HandbookSection | None:
        return next((one for one in self.sections if one.name == name), None)


@dataclass(frozen=True)
class Handbook:
    """All pages in one language, in the order of the contents."""

    pages: tuple[HandbookPage, ...]

    def page(self, name: str) -> HandbookPage | None:
        return next((one for one in self.pages if one.name == name), None)

    def find(self, words: str) -> list[HandbookSection]:
        """Returns the sections that have, for every word, one that starts with it; those with it in a title first.

        If there are none, those whose title does with a few typing errors.
        """
        sought = tokens(words)
        if not sought:
            return []
        every = [(page, section) for page in self.pages for section in page.sections]
        in_title = [one for _, one in every if _has_all(sought, one.title)]
        texts = [one for page, one in every if _has_all(sought, f"{page.title} {one.title} {one.words}")]
        found = list(dict.fromkeys([*in_title, *texts]))
        return found or ranked([one for _, one in every], words, lambda one: one.title)


def handbook(language: str, folder: Path | None = None) -> Handbook:
    """Reads the handbook in a language."""
    place = (folder or resources_dir() / "handbook") / language
    return Handbook(tuple(read_page(name, (place / f"{name}.md").read_text(encoding="utf-8")) for name in PAGES))


def read_page(name: str, content: str) -> HandbookPage:
    """Splits a page in its sections."""
    first, *others = re.split(r"^(?=## )", content, flags=re.M)
    title, _, words = first.partition("\n")
    title = title.removeprefix("# ")
    sections = [HandbookSection(name, "", title, plain(words))]
    for part in others:
        heading, _, words = part.partition("\n")
        named = _HEADING.match(heading)
        if named is None:
            raise ValueError(f"{name}: the heading {heading!r} has no name")
        sections.append(HandbookSection(name, named[2], named[1], plain(words)))
    return HandbookPage(name, title, _HEADING.sub(r"## \1", content), tuple(sections))


def plain(markdown: str) -> str:
    """Returns the words without marks and addresses."""
    return " ".join(_MARKS.sub("", markdown).split())


def _has_all(sought: Sequence[str], words: str) -> bool:
    there = tokens(words)
    return all(any(word.startswith(one) for word in there) for one in sought)
