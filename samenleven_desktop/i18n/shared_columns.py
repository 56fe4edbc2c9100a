"""List columns shown on the screen, on the command line and on paper: each is declared once, here.

A column defines its name, its value and its format. `ui/models/column_kinds.py`, `cli/column_types.py` and
`reports/shared_blocks.py` display it; this module also defines which columns a list has in each place, and their order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField, RecordFields
from samenleven_desktop.domain.fields import SESSION
from samenleven_desktop.i18n.labels import CHOICES, SESSION_MODES, clock, session_times
from samenleven_desktop.i18n.language import Language


class ColumnKind(StrEnum):
    """A day, an amount (cents), a duration (minutes) and a choice (by its name in `names`) are formatted as such."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    DURATION = "duration"
    CHOICE = "choice"


@dataclass(frozen=True)
class ListColumn:
    """`title` is its name on the screen and on paper, `heading` on the command line: sentences of the catalogue.

    For a text column `value` returns the text, depending on the language if needed. `width` and `stretch` are for the
    screen, `share` is the share of the page width; `longest` truncates texts on the command line. `field` is the field
    of an import that reads the column back (services/importing/kinds.py); empty: it is derived from others.
    """

    kind: ColumnKind
    value: Callable[..., Any]
    title: str = ""
    heading: str = ""
    names: Mapping[Any, str] = field(default_factory=dict)
    in_language: bool = False
    """`value` takes the language as its second argument."""
    dash_zero: bool = False
    width: int = 0
    stretch: int = 1
    share: float = 1.0
    longest: int | None = None
    field: str = ""

    @property
    def right(self) -> bool:
        return self.kind in (ColumnKind.NUMBER, ColumnKind.MONEY, ColumnKind.DURATION)

    def words(self, language: Language, row: Any) -> str | None:
        """Returns the formatted value of a row; None if there is none."""
        value = self.value(row, language) if self.in_language else self.value(row)
        if value is None:
            return None
        match self.kind:
            case ColumnKind.NUMBER:
                return language.number(value)
            case ColumnKind.MONEY:
                return language.money(value)
            case ColumnKind.DAY:
                return language.day_short(value)
            case ColumnKind.DURATION:
                return language.duration(value)
            case ColumnKind.CHOICE:
                return language.text(self.names.get(value, value))
            case ColumnKind.TEXT:
                return str(value) or None

    def cell(self, language: Language, row: Any) -> str | int | Decimal | date | None:
        """Returns the value of a row as a cell of a spreadsheet; an amount in euro, a duration in minutes."""
        if self.kind in (ColumnKind.TEXT, ColumnKind.CHOICE):
            return self.words(language, row)
        value = self.value(row)
        return Decimal(value) / 100 if self.kind is ColumnKind.MONEY and value is not None else value


@dataclass(frozen=True)
class ListColumns:
    """The columns of one list, in their order in each place."""

    screen: tuple[ListColumn, ...]
    command_line: tuple[ListColumn, ...]
    paper: tuple[ListColumn, ...]


_KINDS = {
    FieldKind.NUMBER: ColumnKind.NUMBER,
    FieldKind.CENTS: ColumnKind.MONEY,
    FieldKind.DAY: ColumnKind.DAY,
    FieldKind.MINUTES: ColumnKind.DURATION,
    FieldKind.HOURS: ColumnKind.DURATION,
    FieldKind.CHOICE: ColumnKind.CHOICE,
}


def declared_column(declared: RecordField) -> ListColumn:
    """Returns the column of a field as domain/fields.py declares it."""
    return ListColumn(
        _KINDS.get(declared.kind, ColumnKind.TEXT),
        attrgetter(declared.key),
        declared.caption,
        declared.label,
        names=CHOICES.get(declared.key, {}),
        field=declared.key,
    )


def listed_columns(record: RecordFields) -> tuple[ListColumn, ...]:
    """Returns the columns of the fields that are declared as `listed` (domain/fields.py)."""
    return tuple(map(declared_column, record.listed))


# Sessions

_DAY = ListColumn(ColumnKind.DAY, attrgetter("day"), N_("Date"), N_("date"), share=1.2, field="day")
_START = ListColumn(ColumnKind.TEXT, lambda line: clock(line.start_minute), heading=N_("start"), field="start_minute")
_END = ListColumn(ColumnKind.TEXT, lambda line: clock(line.end_minute), heading=N_("end"), field="end_minute")
_TIME = ListColumn(
    ColumnKind.TEXT,
    lambda line, language: session_times(language, line.start_minute, line.end_minute),
    N_("Time"),
    in_language=True,
    width=104,
)
_LENGTH = ListColumn(ColumnKind.DURATION, attrgetter("minutes"), N_("Length"), share=0.9)
_MODE = ListColumn(
    ColumnKind.CHOICE,
    attrgetter("form"),
    N_("Form"),
    N_("form"),
    names=SESSION_MODES,
    width=112,
    share=1.3,
    field="form",
)
GOVERNMENTS = ListColumn(
    ColumnKind.TEXT,
    lambda line, language: language.listing(line.government_names),
    N_("Governments"),
    in_language=True,
    stretch=2,
)
_GOVERNMENT_NAMES = ListColumn(
    ColumnKind.TEXT,
    lambda line: ", ".join(line.government_names),
    heading=N_("governments"),
    longest=40,
    field="government",
)
_ACTIONS = ListColumn(
    ColumnKind.TEXT,
    lambda line: ", ".join(line.action_words),
    N_("Actions"),
    N_("actions"),
    width=76,
    field="actions",
)
REPORT = ListColumn(
    ColumnKind.TEXT, attrgetter("report"), N_("Report"), N_("report"), stretch=4, share=6.0, longest=60, field="report"
)
_AGREEMENTS = ListColumn(
    ColumnKind.NUMBER, attrgetter("agreement_count"), N_("Agreements"), N_("agreements"), dash_zero=True
)
ID = ListColumn(ColumnKind.TEXT, attrgetter("id"), heading=N_("id"))

_LISTED = listed_columns(SESSION)

SESSIONS = ListColumns(
    screen=(_DAY, _TIME, _LENGTH, _MODE, GOVERNMENTS, *_LISTED, _ACTIONS, REPORT, _AGREEMENTS),
    command_line=(_DAY, _START, _END, _MODE, _GOVERNMENT_NAMES, *_LISTED, _ACTIONS, _AGREEMENTS, REPORT, ID),
    paper=(_DAY, _MODE, _LENGTH, *_LISTED, _ACTIONS, REPORT),
)

# The numbers of a target, of one commitment or of several combined

_EXISTING = ListColumn(
    ColumnKind.NUMBER,
    attrgetter("existing_reach"),
    N_("Existing"),
    N_("existing reach"),
    share=1.15,
    field="existing_reach",
)
_REQUESTED = ListColumn(
    ColumnKind.NUMBER, attrgetter("requested"), N_("Requested"), N_("requested"), share=1.55, field="requested"
)
_CONFIRMED = ListColumn(
    ColumnKind.NUMBER, attrgetter("confirmed"), N_("Confirmed"), N_("confirmed"), share=1.25, field="confirmed"
)
_INTERIM = ListColumn(
    ColumnKind.NUMBER,
    attrgetter("interim_reached"),
    N_("Interim"),
    N_("interim reached"),
    share=1.35,
    field="interim_reached",
)
_FINAL = ListColumn(
    ColumnKind.NUMBER, attrgetter("final_reached"), N_("Final"), N_("finally reached"), share=0.8, field="final_reached"
)
_REACHED = ListColumn(ColumnKind.NUMBER, attrgetter("reached_to_date"), N_("Reached"), N_("reached to date"))
_EXPECTED = ListColumn(ColumnKind.NUMBER, attrgetter("expected_today"), N_("Expected"), N_("expected today"))
_SUBSIDY = ListColumn(ColumnKind.MONEY, attrgetter("amount_cents"), N_("Subsidy"), N_("amount"), share=1.3)

TARGET_NUMBERS = ListColumns(
    screen=(_EXISTING, _REQUESTED, _CONFIRMED, _INTERIM, _FINAL, _REACHED),
    command_line=(_EXISTING, _REQUESTED, _CONFIRMED, _INTERIM, _FINAL, _REACHED, _EXPECTED, _SUBSIDY),
    paper=(_EXISTING, _REQUESTED, _CONFIRMED, _INTERIM, _FINAL, _SUBSIDY),
)
