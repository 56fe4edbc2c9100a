"""The rule of one stored field: which values packs, open data and the health check accept. Names no field.

The limits of what is typed are those of the declaration (domain/field_declaration.py); a rule made from one is never
stricter. The rules of all tables are in domain/record_schema.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from samenleven_desktop.domain.errors import N_, Phrase
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField

# Days further away are no work of ours, and no calendar can show them.
FIRST_STORED, LAST_STORED = date(1900, 1, 1), date(2200, 12, 31)
# Both texts of a conflict may be kept, one below the other, and earlier versions checked some ways in less strictly.
ROOM = 10
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

_EMPTY = N_("there is no value.")
_NOT_YOURS = N_("nobody writes this field.")
_NO_TEXT = N_("this is no text.")
_NO_WHOLE = N_("this is no whole number.")
_NO_TRUTH = N_("this is not yes or no.")
_NO_DAY = N_("this is no day from {first} to {last}.")
_NO_MOMENT = N_("this is no moment.")
_NO_REFERENCE = N_("this names no record.")
_NO_CHOICE = N_("{value} is not in the list.")
_NO_RANGE = N_("the number must lie from {least} to {most}.")
_TOO_LONG = N_("the text has more than {most} characters.")
_NUL = N_("the text has a character that no text can hold.")
_SHORT = 40
# For a text of a fixed shape: a code, a hash, an id of no record.
_NEAREST = ("-", "0" * 64, "00000000-0000-7000-8000-000000000000")


class Kind(StrEnum):
    """The kinds of stored values, as named in docs/pack-format.md."""

    TEXT = "text"
    WHOLE = "whole"
    TRUTH = "truth"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"
    ID = "id"
    """A row of this or another table."""
    IDS = "ids"
    """Ids separated by spaces; may be empty."""
    CODE = "code"
    """A text of a fixed shape, see `pattern`."""


class Writer(StrEnum):
    ANYONE = "anyone"
    NOBODY = "nobody"
    """The program writes one value only, or (without `choices`) none."""


@dataclass(frozen=True)
class Rule:
    """What a field holds. `least` and `most` are numbers, or the number of characters of a text."""

    kind: Kind
    optional: bool = False
    personal: bool = False
    choices: tuple[str | bool, ...] = ()
    least: int = 0
    most: int = 0
    pattern: str = ""
    writer: Writer = Writer.ANYONE
    _compiled: re.Pattern[str] | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_compiled", re.compile(self.pattern) if self.pattern else None)

    def fault(self, value: object) -> Phrase | None:
        """Returns why this value, as it stands in JSON, cannot be in the field; None if it can.

        A personal field may be empty even if it is required: its value may have been erased.
        """
        if value is None:
            return None if self.optional or self.personal else Phrase(_EMPTY)
        if self.writer is Writer.NOBODY and value not in self.choices:
            return Phrase(_NOT_YOURS)
        match self.kind:
            case Kind.WHOLE:
                return self._whole(value)
            case Kind.TRUTH:
                return None if isinstance(value, bool) or value in (0, 1) else Phrase(_NO_TRUTH)
            case Kind.DAY:
                return _day(value)
            case Kind.MOMENT:
                return None if _moment(value) else Phrase(_NO_MOMENT)
        if not isinstance(value, str):
            return Phrase(_NO_TEXT)
        return self._text(value)

    def nearest(self, value: object) -> str | int | bool | None:
        """Returns the value that takes the place of one that is not as the rule says; the same on every device."""
        if self.optional or self.personal:
            cut = value[: self.most].replace("\0", "") if isinstance(value, str) and self.kind is Kind.TEXT else None
            return cut if cut is not None and self.fault(cut) is None else None
        match self.kind:
            case Kind.WHOLE:
                whole = value if isinstance(value, int) and not isinstance(value, bool) else 0
                return min(max(whole, self.least), self.most)
            case Kind.TRUTH:
                return bool(value) if not self.choices else self.choices[0]
            case Kind.DAY:
                return (
                    LAST_STORED if isinstance(value, str) and value > str(LAST_STORED) else FIRST_STORED
                ).isoformat()
        if self.choices:
            return self.choices[0]
        cut = value[: self.most].replace("\0", "") if isinstance(value, str) else ""
        return next((one for one in (cut, *_NEAREST) if self.fault(one) is None), "")

    def _whole(self, value: object) -> Phrase | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return Phrase(_NO_WHOLE)
        inside = self.least <= value <= self.most
        return None if inside else Phrase(_NO_RANGE, {"least": self.least, "most": self.most})

    def _text(self, value: str) -> Phrase | None:
        if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
            return Phrase(_NUL)
        if self.choices:
            return None if value in self.choices else Phrase(_NO_CHOICE, {"value": _shown(value)})
        if len(value) > self.most:
            return Phrase(_TOO_LONG, {"most": self.most})
        if self._compiled is not None and self._compiled.fullmatch(value) is None:
            return Phrase(_NO_REFERENCE if self.kind in (Kind.ID, Kind.IDS) else _NO_CHOICE, {"value": _shown(value)})
        return None

    def described(self) -> str:
        """Returns the rule as a line of docs/pack-format.md has it, without the name of the field."""
        parts = [self.kind.value, "optional" if self.optional else "required"]
        if self.writer is Writer.NOBODY and not self.choices:
            return " ".join([*parts, "nobody"])
        if self.choices:
            parts.append("|".join(str(one).lower() for one in self.choices))
        elif self.kind is Kind.WHOLE:
            parts.append(f"{self.least}..{self.most}")
        elif self.kind is Kind.TEXT:
            parts.append(f"{self.most} characters")
        elif self.kind is Kind.CODE:
            parts.append(self.pattern)
        if self.writer is Writer.NOBODY:
            parts.append("nobody")
        return " ".join(parts)


def of_declaration(declared: RecordField, *, optional: bool) -> Rule:
    """Returns the rule of a declared field. Raises ValueError for a link, which needs a rule of its own."""
    personal = declared.personal
    match declared.kind:
        case FieldKind.DAY:
            return Rule(Kind.DAY, optional, personal)
        case FieldKind.TRUTH:
            return Rule(Kind.TRUTH, optional, personal)
        case FieldKind.CHOICE:
            return Rule(Kind.CHOICE, optional, personal, choices=tuple(map(str, declared.choices)))
        case FieldKind.LINK:
            raise ValueError(declared.key)
    if declared.is_text:
        return Rule(Kind.TEXT, optional, personal, most=ROOM * declared.limit)
    room = ROOM if declared.kind is FieldKind.MINUTES else 1
    return Rule(Kind.WHOLE, optional, personal, least=declared.least, most=room * declared.limit)


def first_fault(rules: Mapping[str, Rule], values: Mapping[str, object]) -> tuple[str, Phrase] | None:
    """Returns the first field of a new row that is not as its rule says, and why; fields without a rule are skipped."""
    for name, rule in rules.items():
        why = rule.fault(values.get(name))
        if why is not None:
            return name, why
    return None


def _day(value: object) -> Phrase | None:
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2024-03-11") else None
    except ValueError:
        found = None
    if found is not None and FIRST_STORED <= found <= LAST_STORED:
        return None
    return Phrase(_NO_DAY, {"first": FIRST_STORED, "last": LAST_STORED})


def _moment(value: object) -> bool:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return found is not None and found.tzinfo is not None and FIRST_STORED.year < found.year <= LAST_STORED.year


def _shown(value: str) -> str:
    tidy = " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())
    return tidy if len(tidy) <= _SHORT else tidy[: _SHORT - 1] + "…"
