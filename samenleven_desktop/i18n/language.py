"""The sentences for the user in Dutch (Flanders) or English, with dates, numbers and amounts in them (formats.py).

The catalogue's message ids are English sentences with named values; `nl` is complete, `en` is the identity. Window,
reports and command line share this class; a report may use another language than the window.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, cached_property

from samenleven_desktop.domain.errors import N_, FileFaults, Phrase, SamenlevenError
from samenleven_desktop.domain.file_place import FilePlace
from samenleven_desktop.domain.sentences import filled
from samenleven_desktop.i18n.formats import Formats
from samenleven_desktop.paths import resources_dir

LANGUAGES = ("nl", "en")

__all__ = ["LANGUAGES", "N_", "Language"]


class _Unknown(gettext.NullTranslations):
    """Says of a sentence that the catalogue lacks it."""

    def gettext(self, _message: str, /) -> str:
        return ""

    def ngettext(self, _one: str, _many: str, _n: int, /) -> str:
        return ""


@cache
def _known_sentences() -> gettext.NullTranslations:
    """The complete catalogue, by its English sentences."""
    found = gettext.translation("samenleven", resources_dir() / "translations", ["nl"])
    found.add_fallback(_Unknown())
    return found


class Language(Formats):
    """A display language; immutable, cheap to pass around."""

    def __init__(self, code: str = "nl") -> None:
        if code not in LANGUAGES:
            raise ValueError(f"no such language: {code}")
        super().__init__(code)

    @cached_property
    def _catalogue(self) -> gettext.NullTranslations:
        return gettext.translation("samenleven", resources_dir() / "translations", [self.code], fallback=True)

    def text(self, message: str, /, **values: object) -> str:
        """Returns the sentence in this language, with its named values filled in."""
        translated = self._catalogue.gettext(message) if message else ""
        if translated == message:
            # A message with plural forms: gettext() of Python 3.11.2 does not find it, that of 3.11.7 does.
            translated = self._catalogue.ngettext(message, message, 1)
        return filled(translated, values) if values else translated

    def knows(self, message: str) -> bool:
        """Returns whether the catalogue has this sentence: then it is of the program, whoever sent it."""
        known = _known_sentences()
        return bool(message) and bool(known.gettext(message) or known.ngettext(message, message, 1))

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Returns the right form for `n`; `{n}` is replaced by the number in the format of this language."""
        return filled(self._catalogue.ngettext(one, many, n), {"n": self.number(n), **values})

    def error(self, error: SamenlevenError) -> str:
        """Returns the message of an error, with formatted dates and numbers; several faults on a line each."""
        if isinstance(error, FileFaults):
            return "\n".join(map(self.error, error.faults))
        return self.fault(error.message, error.values)

    def fault(self, sentence: str, values: Mapping[str, object]) -> str:
        """Returns a sentence about a value, with formatted dates and numbers."""
        return self.text(sentence, **{name: self.value(value) for name, value in values.items()})

    def value(self, value: object) -> str:
        """Formats a value inside a sentence: dates and numbers in this language, catalogue phrases translated."""
        if isinstance(value, Phrase):
            return self.fault(value.message, value.values)
        if isinstance(value, datetime):
            return f"{self.day(value.date())} {value:%H:%M}"
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return self.number(value)
        if isinstance(value, FilePlace):
            return value.words(self.text)
        return str(value)
