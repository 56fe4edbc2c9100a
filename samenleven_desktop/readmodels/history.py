"""Rows about the past: field values, the recycle bin, the data held on a person, records past retention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samenleven_desktop.readmodels.core import HistoryLine, SessionLine
from samenleven_desktop.readmodels.people import AttachmentLine, ContactLine


@dataclass(frozen=True)
class FieldPlace:
    """The field of a record, for a query of its history."""

    table_name: str
    row_id: str
    field: str


@dataclass(frozen=True)
class FieldValue:
    """A value of a field: when, by whom, and through which step (a catalogue sentence with values).

    It also names the colleague whose file contained it, if it was not written here.
    """

    seq: int
    made_at: datetime
    officer: str | None
    name: str
    details: dict[str, object]
    kind: str
    value: object
    came_from: str | None = None


@dataclass(frozen=True)
class BinLine:
    """A step whose deletions are still in the recycle bin; `records` counts by table what can be restored."""

    command_id: str
    deleted_at: datetime
    officer: str | None
    name: str
    details: dict[str, object]
    records: dict[str, int]
    governments: tuple[str, ...]
    words: str
    """The first words of the deleted text, to distinguish one agreement from another."""


@dataclass(frozen=True)
class MentionLine:
    """A text that names a person, the record it is in, and the text around the name."""

    table_name: str
    row_id: str
    field: str
    government: str | None
    day: date | None
    words: str


@dataclass(frozen=True)
class ExpiredLine:
    """A record whose retention period is over: its kind, its dossier, and the day on which the period ended."""

    kind: str
    table_name: str
    row_id: str
    government: str | None
    words: str
    last_used: date
    until: date


@dataclass(frozen=True)
class Comparison:
    """The effect of restoring a backup, as numbers of live rows per table, and the steps that would be lost."""

    comes_back: dict[str, int]
    goes: dict[str, int]
    becomes_other: dict[str, int]
    steps_lost: tuple[HistoryLine, ...]

    @property
    def is_same(self) -> bool:
        return not (self.comes_back or self.goes or self.becomes_other)


@dataclass(frozen=True)
class PersonFile:
    """All data held on a person.

    Contacts, sessions attended, texts and files that name them, and every step that wrote about them.
    """

    asked: str
    contacts: tuple[ContactLine, ...]
    sessions: tuple[SessionLine, ...]
    mentions: tuple[MentionLine, ...]
    attachments: tuple[AttachmentLine, ...]
    steps: tuple[HistoryLine, ...]
    today: date
    practice: bool
