"""The past as lists show it: values a field had, what lies in the bin, what is known of a person, what may go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samenleven_desktop.readmodels.core import HistoryLine, SessionLine
from samenleven_desktop.readmodels.people import AttachmentLine, ContactLine


@dataclass(frozen=True)
class FieldPlace:
    """A field of a record: what the history of a value is asked of."""

    table_name: str
    row_id: str
    field: str


@dataclass(frozen=True)
class FieldValue:
    """A value that a field got: when, by whom, through which step (a catalogue sentence with values), and with the
    file of which colleague it came, if it was not written here."""

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
    """A step that deleted something which still lies in the bin; `records` counts by table what comes back."""

    command_id: str
    deleted_at: datetime
    officer: str | None
    name: str
    details: dict[str, object]
    records: dict[str, int]
    governments: tuple[str, ...]
    words: str
    """The first words of what was deleted, to tell one agreement from another."""


@dataclass(frozen=True)
class MentionLine:
    """A text that names a person, in which record, with the words around the name."""

    table_name: str
    row_id: str
    field: str
    government: str | None
    day: date | None
    words: str


@dataclass(frozen=True)
class ExpiredLine:
    """A record whose retention period is over: what it is, of which dossier, and the day on which it ended."""

    kind: str
    table_name: str
    row_id: str
    government: str | None
    words: str
    last_used: date
    until: date


@dataclass(frozen=True)
class Comparison:
    """What putting a backup back would do, as numbers of live rows per table, and the steps that would be gone."""

    comes_back: dict[str, int]
    goes: dict[str, int]
    becomes_other: dict[str, int]
    steps_lost: tuple[HistoryLine, ...]

    @property
    def is_same(self) -> bool:
        return not (self.comes_back or self.goes or self.becomes_other)


@dataclass(frozen=True)
class PersonFile:
    """Everything that is held about a person: the contacts, where they were present, texts and files that name them,
    and every step that wrote something about them."""

    asked: str
    contacts: tuple[ContactLine, ...]
    sessions: tuple[SessionLine, ...]
    mentions: tuple[MentionLine, ...]
    attachments: tuple[AttachmentLine, ...]
    steps: tuple[HistoryLine, ...]
    today: date
    practice: bool
