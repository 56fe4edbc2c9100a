"""The check of the catalogue: one sentence is asked for in one way, with plural forms or without."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from samenleven_desktop.i18n.language import Language
from tests.tools import catalogue

PLURAL = 'language.plural("{n} late", "{n} late ones", 3)\n'


def faults(folder: Path, *lines: str) -> list[str]:
    (folder / "asking.py").write_text("".join(lines), encoding="utf-8")
    return catalogue.asked_in_two_ways(folder)


@pytest.mark.parametrize(
    "line",
    [
        'text("{n} late", n=3)\n',
        'WORD = N_("{n} late ones")\n',
        'raise UserError("{n} late", n=3)\n',
        'WORDS = {1: "{n} late"}\n',
        'language.plural("{n} late", "{n} overdue", 3)\n',
    ],
)
def test_an_id_with_plural_forms_is_not_asked_for_in_another_way(tmp_path: Path, line: str) -> None:
    assert faults(tmp_path, PLURAL, line)


def test_plural_calls_and_singular_calls_of_their_own_ids_are_right(tmp_path: Path) -> None:
    assert faults(tmp_path, PLURAL, PLURAL, 'text("late")\n', 'language.plural("a" if x else "b", "c", 2)\n') == []


@pytest.mark.slow
def test_the_program_asks_for_every_sentence_in_one_way() -> None:
    assert catalogue.asked_in_two_ways() == []


def test_a_sentence_inside_an_f_string_is_extracted_on_every_python(tmp_path: Path) -> None:
    """Python 3.11 reads an f-string as one piece, so a sentence in it was in the catalogue from 3.12 on only."""
    line = "print(f\"{text('late')} {language.plural('{n} town', '{n} towns', n)} {text(caption)} {str('no')}\")\n"
    (tmp_path / "asking.py").write_text(line, encoding="utf-8")
    assert {message for _, message in catalogue.calls(tmp_path)} == {"late", ("{n} town", "{n} towns")}


@pytest.mark.parametrize("message", ["government", "governments"])
def test_a_caption_is_dutch_on_every_python(message: str) -> None:
    assert Language("nl").text(message) in ("bestuur", "besturen"), sys.version


def test_every_sentence_of_the_catalogue_is_found_when_asked_for_as_it_stands() -> None:
    """Also an id with plural forms asked in the singular: shown in Dutch, the same on each version of Python."""
    language = Language("nl")
    for message in catalogue.present():
        if not message.id:
            continue
        one, dutch = (message.id, message.string) if isinstance(message.id, str) else (message.id[0], message.string[0])
        assert language.text(one) == dutch
