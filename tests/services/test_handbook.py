"""The handbook: the same pages and sections in both languages, no dead link, and only words that are on the screen."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from samenleven_desktop.paths import resources_dir
from samenleven_desktop.services.core.handbook import PAGES, Handbook, handbook, read_page

LANGUAGES = ("nl", "en")
FOLDER = resources_dir() / "handbook"
LINK = re.compile(r"\]\(([^)]*)\)")
ON_SCREEN = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
_ENDS = " .…\u00a0\u202f"


def said_on_screen(language: str) -> set[str]:
    """Every sentence of the catalogue in a language, without the dots of a button that asks more."""
    path = resources_dir() / "translations" / "nl" / "LC_MESSAGES" / "samenleven.po"
    with path.open("rb") as file:
        catalogue = read_po(file)
    said: set[str] = set()
    for message in catalogue:
        value = message.id if language == "en" else message.string
        said.update(one.strip(_ENDS) for one in ([value] if isinstance(value, str) else value))
    return said


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def book(language: str) -> Handbook:
    return handbook(language)


def test_every_file_is_a_page_of_the_contents(language: str) -> None:
    assert sorted(path.stem for path in (FOLDER / language).iterdir()) == sorted(PAGES)


def test_both_languages_have_the_same_sections_and_links() -> None:
    dutch, english = (handbook(one) for one in LANGUAGES)
    for one, other in zip(dutch.pages, english.pages, strict=True):
        assert [part.name for part in one.sections] == [part.name for part in other.sections], one.name
        assert LINK.findall(one.markdown) == LINK.findall(other.markdown), one.name
        assert re.findall(r"`[^`]+`", one.markdown) == re.findall(r"`[^`]+`", other.markdown), one.name


def test_no_link_is_dead(book: Handbook) -> None:
    for page in book.pages:
        for address in LINK.findall(page.markdown):
            name, _, section = address.partition("#")
            other = book.page(name.removesuffix(".md"))
            assert name.endswith(".md"), f"{page.name}: {address}"
            assert other is not None, f"{page.name}: {address}"
            assert not section or other.section(section) is not None, f"{page.name}: {address}"


def test_what_stands_in_italics_is_on_the_screen(book: Handbook, language: str) -> None:
    said = said_on_screen(language)
    wrong = [
        f"{page.name}: {words}"
        for page in book.pages
        for words in ON_SCREEN.findall(page.markdown)
        if words.strip(_ENDS) not in said
    ]
    assert not wrong


def test_every_page_begins_with_its_title_and_says_something(book: Handbook) -> None:
    for page in book.pages:
        assert page.title
        assert "{#" not in page.markdown
        assert all(len(part.words) > 20 for part in page.sections), page.name
        assert len({part.name for part in page.sections}) == len(page.sections)


def test_words_in_a_title_come_first() -> None:
    book = handbook("nl")
    assert book.find("herstelblad")[0].title == "Het herstelblad afdrukken"
    assert "reports.md#print" in [one.address for one in book.find("afdruk")[:2]]
    assert book.find("qqqzzz") == []
    assert book.find(" ") == []


def test_a_heading_without_a_name_is_told() -> None:
    with pytest.raises(ValueError, match="has no name"):
        read_page("x", "# Titel\n\n## Kop\n\nWoorden\n")
