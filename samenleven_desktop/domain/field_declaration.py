"""The declaration of a field; the declarations themselves are in domain/fields.py.

How a kind of field is parsed and shown is in one place per kind: domain/typed_text.py and domain/typed_values.py for
input, services/importing/values.py for cells, services/core/checks.py for limits, i18n/labels.py for display.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samenleven_desktop.domain import typed_text


class FieldKind(StrEnum):
    TEXT = "text"
    """A name, title or address: one line."""
    PHONE = "phone"
    MAIL = "mail"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    CENTS = "cents"
    DAY = "day"
    TIME = "time"
    """A time of day, in minutes since midnight."""
    MINUTES = "minutes"
    """A duration."""
    HOURS = "hours"
    """A duration in minutes, entered in whole hours."""
    CHOICE = "choice"
    """A code; its labels are in i18n/labels.py (`CHOICES`)."""
    TRUTH = "truth"
    LINK = "link"
    """Other records."""


class Toward(StrEnum):
    """In which year a day lies that is typed without one."""

    PAST = "past"
    """About what happened."""
    FUTURE = "future"
    """About what is planned."""
    NEITHER = "neither"
    """The year must be given."""


# A long report has some 20,000 characters; more is a document pasted by mistake.
LONGEST_TEXT, LONGEST_LINE = 100_000, 500
# Values beyond these are typing errors: a billion euro, and more people than live in Flanders (docs/decisions/0058).
MOST_CENTS, MOST_UNITS = 100_000_000_000, 9_999_999
_LINES = (FieldKind.TEXT, FieldKind.PHONE, FieldKind.MAIL)
_LIMITS = {
    **dict.fromkeys(_LINES, LONGEST_LINE),
    FieldKind.LONG_TEXT: LONGEST_TEXT,
    FieldKind.CENTS: MOST_CENTS,
}
_TIDY = {
    FieldKind.TEXT: typed_text.line,
    FieldKind.LONG_TEXT: typed_text.long_text,
}


@dataclass(frozen=True)
class RecordField:
    """A field of a record. `key` is its column; `caption` is shown beside its editor and names its column in imports;
    `label` is its name within a sentence, such as in the history (empty: not shown there)."""

    key: str
    caption: str
    label: str = ""
    kind: FieldKind = FieldKind.TEXT
    names: tuple[str, ...] = ()
    """Its column names in files of others, folded; empty: not imported."""
    required: bool = False
    """An imported row must have it."""
    personal: bool = False
    """Holds personal data, or may hold it in free text: cleared by erasure."""
    listed: bool = False
    """Gets a column in every list of its record and a line in its report without further code."""
    empty: Any = None
    """The value stored for empty input."""
    missing: str = ""
    """What to do if a required field is empty."""
    least: int = 0
    most: int = MOST_UNITS
    wrong: str = ""
    """What to do if the number is out of range, or no code of the list; empty: the text of its kind."""
    choices: tuple[str, ...] = ()
    """The codes of a choice."""
    toward: Toward = Toward.PAST
    """For a day that is typed without a year."""

    @property
    def limit(self) -> int:
        """The largest number, or the maximum number of characters."""
        return _LIMITS.get(self.kind, self.most)

    @property
    def is_text(self) -> bool:
        return self.kind is FieldKind.LONG_TEXT or self.kind in _LINES

    def tidy(self, words: str) -> str:
        """Returns what is typed, pasted or imported for this field as it is stored."""
        return _TIDY.get(self.kind, typed_text.compact)(words)


class RecordFields(Mapping[str, RecordField]):
    """The declared fields of a table, by key, in the order of imports."""

    def __init__(self, table: str, *fields: RecordField) -> None:
        self.table = table
        self._fields = {field.key: field for field in fields}
        self.imported = tuple(field for field in fields if field.names)
        self.texts = tuple(field.key for field in fields if field.is_text)
        self.listed = tuple(field for field in fields if field.listed)

    def __getitem__(self, key: str) -> RecordField:
        return self._fields[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    @property
    def personal(self) -> frozenset[str]:
        return frozenset(key for key, field in self.items() if field.personal)
