"""The options of a field declaration; the declarations themselves are in domain/fields.py.

How a kind of field is read and shown is defined in one place each: ui/input_parsing.py and ui/forms.py for input,
services/importing/values.py for cells, services/core/checks.py for limits, i18n/labels.py for display.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class FieldKind(StrEnum):
    TEXT = "text"
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


# A long report has some 20,000 characters; more is a document pasted by mistake.
LONGEST_TEXT, LONGEST_LINE = 100_000, 500
# Larger numbers are typing errors: a million euro for an offer, a hundred million people reached.
MOST_CENTS, MOST_UNITS = 100_000_000_000, 100_000_000
_LIMITS = {FieldKind.TEXT: LONGEST_LINE, FieldKind.LONG_TEXT: LONGEST_TEXT, FieldKind.CENTS: MOST_CENTS}


@dataclass(frozen=True)
class RecordField:
    """A field of a record.

    `key` is its column; `caption` is the label of its editor and the column name in imports; `label` is its name within
    a sentence, such as in the history (empty: not in the history).
    """

    key: str
    caption: str
    label: str = ""
    kind: FieldKind = FieldKind.TEXT
    names: tuple[str, ...] = ()
    """The column names in imported files, folded; empty: not imported."""
    required: bool = False
    """Required in each row of a file."""
    personal: bool = False
    """Contains personal data, or may contain it in free text: erasure empties it."""
    listed: bool = False
    """Adds a column to every list of its record and a line to its report, without further code."""
    empty: Any = None
    """The stored value if there is no input."""
    missing: str = ""
    """The message if the field is required and empty."""
    least: int = 0
    most: int = MOST_UNITS
    wrong: str = ""
    """The message for a number outside its limits; empty: the message of its kind."""

    @property
    def limit(self) -> int:
        """The maximum number, or the maximum length in characters."""
        return _LIMITS.get(self.kind, self.most)

    @property
    def is_text(self) -> bool:
        return self.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT)


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
