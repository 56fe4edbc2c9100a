"""Exchange as shown by screens and command line: contents of packs, conflicts, colleagues and what they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.exchange import Profile


class ConflictKind(StrEnum):
    """A field with two values, a row deleted on one side and edited on the other, two commitments to one target."""

    FIELD = "field"
    DELETED = "deleted"
    DOUBLE = "double"


class Choice(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class Side:
    """One of the values of a conflict: its author (a role) and time; None if unknown.

    `words`: the name of the record to which the value refers.
    """

    value: object
    officer: str | None
    made_at: datetime | None
    words: str | None = None


@dataclass(frozen=True)
class ConflictLine:
    """A conflict as listed in the inbox.

    `where` identifies the record: governments and, if it has one, a day. `shown` is the side with the current value;
    `can_both`: both can be kept.
    """

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
    """Identifies the record within the government; empty if only the day does.

    It is the code of the target, a title or a name.
    """
    target_id: str = ""
    """The target of a commitment; its code may occur in two plans."""


@dataclass(frozen=True)
class WaitingLine:
    """Rows queued for their parent: the number of rows of a table, and the table of the missing parent.

    `plans`: the names of plans of colleagues that this file lacks, if the parent belongs to a plan.
    """

    table_name: str
    needs_table: str
    rows: int
    plans: tuple[str, ...] = ()

    @property
    def needs_plan(self) -> bool:
        return self.needs_table in ("plan", "project_year", "action", "target")


@dataclass(frozen=True)
class ErasingLine:
    """A record here that a pack erases for good: by what it is known, its dossiers and its day."""

    table_name: str
    words: str
    governments: str
    day: date | None


@dataclass(frozen=True)
class AuthorLine:
    """Another author than the sender of a pack: a role, and the number of changes.

    `proven`: the author signed them; else the sender only says so. `compared`: their card is known here. `worn`: of so
    many something was erased, so that what is left of their texts is not proven.
    """

    label: str
    changes: int
    proven: bool
    compared: bool
    worn: int = 0


@dataclass(frozen=True)
class PackPreview:
    """What a pack contains or contained.

    Numbers of records (without links between records), records changed on both sides, changes not understood (of a
    newer version) or queued, and which earlier packs of the sender are missing.
    """

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
    ahead: int = 0
    """Changes dated in the future, until `ahead_until`: the clock of a colleague's computer is wrong."""
    ahead_until: date | None = None
    erasing: tuple[ErasingLine, ...] = ()
    """What is erased here for good, which is agreed to apart."""
    outside: tuple[str, ...] = ()
    """The governments that it touches and that are not the sender's own."""
    no_longer_mine: tuple[str, ...] = ()
    """The governments of this coach that it assigns to nobody or to another coach."""
    plans: tuple[tuple[str, str], ...] = ()
    """Name and version of the versions of plans that it brings."""
    authors: tuple[AuthorLine, ...] = ()
    """The other authors whose work the sender passed on."""
    unproven: tuple[AuthorLine, ...] = ()
    """Those of them that only the sender names, which is agreed to apart."""

    @property
    def left_to_decide(self) -> bool:
        return bool(self.conflicts or self.overspent or self.different or self.missing_packs or self.waiting)


@dataclass(frozen=True)
class PackFacts:
    """The verified header of a pack that was not merged.

    `ranges`: (dossier, device, first, last); `applied`: it was applied here before; `plans_lacking`: the plans of the
    sender that this file lacks.
    """

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
    plans_lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class ColleagueLine:
    """A colleague and the state of the exchange.

    All my changes up to `has_until` were received (None if none are known to be received); `waiting` is the number of
    my changes that were not.
    """

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
class PackRequest:
    """The options of a pack: its contents and its recipients (fingerprints).

    `governments`: for a selection; `handover`: the government that moves to the (single) recipient. `older`: for
    colleagues with an earlier version of the program; without proof of who wrote what.
    """

    profile: Profile
    recipients: tuple[str, ...]
    governments: tuple[str, ...] = ()
    handover: str | None = None
    older: bool = False


@dataclass(frozen=True)
class MadePack:
    """A pack that was written; `newcomers`: recipients who get everything, as no pack of theirs was received yet."""

    path: Path
    size: int
    changes: int
    governments: tuple[str, ...]
    newcomers: tuple[str, ...]


@dataclass(frozen=True)
class PackLine:
    """A sent or received pack in the list.

    `command_id` is the step that applied it, which can be undone as long as `standing`; None if it contained nothing,
    or was made here.
    """

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
    authors: tuple[AuthorLine, ...] = ()

    @property
    def id(self) -> tuple[str, str]:
        return self.pack_id, self.colleague


@dataclass(frozen=True)
class PackUndo:
    """The effect of undoing a pack: records by table that get their earlier state.

    `built_upon`: later work changed them. `by_changes`: the undo becomes a new change that is sent to colleagues,
    because of later work or because the pack erased names from texts here; otherwise it is removed as if never applied.
    `erases`: what it erased stays so; `erased` has the records by name, as far as the file knows them.
    """

    command_id: str
    colleague: str
    built_upon: bool
    records: Mapping[str, int]
    by_changes: bool = False
    erases: bool = False
    erased: tuple[ErasingLine, ...] = ()


class FolderState(StrEnum):
    """New for you, already applied, made here, for other colleagues, refused, being copied, or not read yet."""

    NEW = "new"
    KNOWN = "known"
    OWN = "own"
    OTHERS = "others"
    REFUSED = "refused"
    COPYING = "copying"
    NOT_READ = "not_read"


@dataclass(frozen=True)
class FolderLine:
    """A pack in the folder. `problem` is the reason why it cannot be applied."""

    path: Path
    size: int
    changed_at: datetime
    state: FolderState
    sender: str | None
    number: int | None
    changes: int
    pack_id: str | None = None
    problem: UserError | None = None
    judged_with: str = ""
    """The cards and the kind of work file with which a refusal was judged."""

    @property
    def id(self) -> str:
        return str(self.path)

    @property
    def new(self) -> bool:
        return self.state is FolderState.NEW

    @property
    def copying(self) -> bool:
        return self.state is FolderState.COPYING
