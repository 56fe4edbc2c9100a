"""Exchange as screens and the command line show it: what a pack brings, conflicts, colleagues and what they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.exchange import Profile


class ConflictKind(StrEnum):
    """A field with two values, a row deleted here and edited there, two commitments to one target."""

    FIELD = "field"
    DELETED = "deleted"
    DOUBLE = "double"


class Choice(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class Side:
    """One of the values of a conflict: who wrote it (a role) and when; None where that is not known. `words`: the name
    of the record that the value points at."""

    value: object
    officer: str | None
    made_at: datetime | None
    words: str | None = None


@dataclass(frozen=True)
class ConflictLine:
    """A conflict as the inbox shows it. `where` says of which record it is: governments and, where it has one, a day.
    `shown` tells which side stands in the file now; `can_both` whether both can stand."""

    id: str
    kind: ConflictKind
    table_name: str
    row_id: str
    field: str
    governments: tuple[str, ...]
    day: date | None
    mine: Side
    theirs: Side
    shown: Choice
    can_both: bool
    found_at: datetime
    about: str = ""
    """Which record of the government it is: the code of the target, a title or a name; empty where a day must do."""


@dataclass(frozen=True)
class WaitingLine:
    """Rows that wait for what they belong to: how many of a table, and what they wait for."""

    table_name: str
    needs_table: str
    rows: int


@dataclass(frozen=True)
class PackPreview:
    """What a pack brings, or brought: numbers of records (links between records left out), what both changed, what is
    not understood (of a newer version) or waits, and which numbers of the sender's packs are missing before it."""

    file_name: str
    size: int
    pack_id: str
    number: int
    sender: str
    fingerprint: str
    profile: Profile
    made_at: datetime
    changes: int
    known: int
    new: int
    changed: int
    deleted: int
    conflicts: tuple[ConflictLine, ...]
    not_understood: int
    waiting: tuple[WaitingLine, ...]
    erased: int
    missing_packs: tuple[int, ...]
    since: datetime | None
    governments: tuple[str, ...]
    overspent: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    applied: bool = False
    by_table: tuple[tuple[str, int, int, int], ...] = ()
    """(table, new, changed, deleted)"""
    handover: str | None = None
    """The government that the sender hands over to you."""

    @property
    def left_to_decide(self) -> bool:
        return bool(self.conflicts or self.overspent or self.different or self.missing_packs or self.waiting)


@dataclass(frozen=True)
class PackFacts:
    """What a pack says of itself, proven but not merged. `ranges`: (dossier, device, first, last); `applied`: it was
    taken over here before."""

    file_name: str
    size: int
    pack_id: str
    number: int
    sender: str
    fingerprint: str
    profile: Profile
    made_at: datetime
    program: str
    practice: str | None
    changes: int
    attachments: int
    governments: tuple[str, ...]
    ranges: tuple[tuple[str, str, int, int], ...]
    applied: bool


@dataclass(frozen=True)
class ColleagueLine:
    """A colleague and what is known between us: `has_until` None where nothing of mine is known to be there, else the
    moment up to which everything is; `waiting` changes of mine that are not."""

    fingerprint: str
    label: str
    words: tuple[str, ...]
    trusted_at: datetime
    revoked: bool
    last_received: datetime | None
    last_sent: datetime | None
    heard: bool
    has_until: datetime | None
    waiting: int


@dataclass(frozen=True)
class PackWish:
    """What goes into a pack, and for whom (fingerprints). `governments`: for a choice; `handover`: the government that
    moves to the (one) recipient."""

    profile: Profile
    recipients: tuple[str, ...]
    governments: tuple[str, ...] = ()
    handover: str | None = None


@dataclass(frozen=True)
class MadePack:
    """A pack that was written; `newcomers`: recipients who get everything because nothing was heard of them yet."""

    path: Path
    size: int
    changes: int
    governments: tuple[str, ...]
    newcomers: tuple[str, ...]


@dataclass(frozen=True)
class PackLine:
    """A pack that came or went, for the list of them. `command_id` is the step that took it over, which can be taken
    back as long as `standing`; None for one that brought nothing, or that was made here."""

    pack_id: str
    received: bool
    colleague: str
    number: int
    profile: Profile
    file_name: str
    changes: int
    done_at: datetime
    command_id: str | None
    standing: bool

    @property
    def id(self) -> tuple[str, str]:
        return self.pack_id, self.colleague


@dataclass(frozen=True)
class PackUndo:
    """What taking a pack back would do: records by table that become as they were. `built_upon`: something was done
    with them since, so that it becomes a new change that goes to colleagues; else it is as if it had never come."""

    command_id: str
    colleague: str
    built_upon: bool
    records: Mapping[str, int]


class FolderState(StrEnum):
    """New for you, taken over already, made here, for other colleagues, not to be trusted, or still being copied."""

    NEW = "new"
    KNOWN = "known"
    OWN = "own"
    OTHERS = "others"
    REFUSED = "refused"
    COPYING = "copying"


@dataclass(frozen=True)
class FolderLine:
    """A pack in the folder. `problem` says why it cannot be taken over."""

    path: Path
    size: int
    changed_at: datetime
    state: FolderState
    sender: str | None
    number: int | None
    changes: int
    pack_id: str | None = None
    problem: UserError | None = None

    @property
    def id(self) -> str:
        return str(self.path)

    @property
    def new(self) -> bool:
        return self.state is FolderState.NEW

    @property
    def copying(self) -> bool:
        return self.state is FolderState.COPYING
