"""The data exchanged between colleagues, as plain values: changes and their positions, erasure markers, contents.

Every field is described in docs/pack-format.md. A field used in packs is never renamed, removed or given another
meaning; a new one is added at the end with a default.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

# The scope of data that belongs to no government: offers, officers, own examples.
CATALOGUE = "catalogue"

Vector = Mapping[tuple[str, str], int]


class Profile(StrEnum):
    """What a pack covers: my governments, a selection of them, everything, or numbers only (never merged)."""

    MINE = "my_governments"
    CHOICE = "choice"
    EVERYTHING = "everything"
    NUMBERS = "team_numbers"


class PackedCommand(NamedTuple):
    """A step for the history: `made_at` is ISO time, `details` JSON."""

    id: str
    device_id: str
    officer_id: str | None
    made_at: str
    kind: str
    name: str
    details: str
    reverts: str | None


class PackedChange(NamedTuple):
    """A change of the log (storage/models/log.py); `field` is None for a new row; `old` and `new` are JSON."""

    device_id: str
    number: int
    officer_id: str | None
    hlc: int
    command_id: str
    table_name: str
    row_id: str
    field: str | None
    old: str | None
    new: str | None
    replaces: str | None


class PackedPlace(NamedTuple):
    """The change at position `number` in the stream of `device_id` for dossier `scope`."""

    scope: str
    device_id: str
    number: int
    author: str
    change_number: int


class PackedErasure(NamedTuple):
    """A row that was erased permanently; no data."""

    table_name: str
    row_id: str
    device_id: str
    hlc: int
    made_at: str


class PackedRedaction(NamedTuple):
    """What is left of a change (`device:number`) or of the details of a command (its id) after an erasure."""

    ref: str
    old: str | None
    new: str | None


class PackedBinding(NamedTuple):
    """Signed by a person: this device is mine, and works under this officer.

    `since`: changes up to this number went to colleagues before the device signed anything, so that not everybody can
    prove them. Keys and signature are hexadecimal, as on a card.
    """

    device_id: str
    officer_id: str | None
    since: int
    label: str
    verify_key: str
    recipient: str
    signature: str


class PackedSeal(NamedTuple):
    """Signed by the owner of `device_id`: the places `first` to `last` of its stream in dossier `scope`.

    `salts` has 16 bytes per place. `contents`: the hashes of what a change held, where something was erased from it
    since; `left_out`: the hashes of places that are not in the pack; `also`: (place, number) of changes of the device
    itself that are in the pack, but not by this place.
    """

    scope: str
    device_id: str
    first: int
    last: int
    signature: bytes
    salts: bytes
    contents: list[tuple[int, bytes]]
    left_out: list[tuple[int, bytes]]
    also: list[tuple[int, int]]


class Range(NamedTuple):
    """The numbers `first` to `last`, both inclusive, in the stream of `device_id` for dossier `scope`."""

    scope: str
    device_id: str
    first: int
    last: int


@dataclass
class Bundle:
    """The changes of a pack, collected or read."""

    commands: list[PackedCommand] = field(default_factory=list)
    changes: list[PackedChange] = field(default_factory=list)
    places: list[PackedPlace] = field(default_factory=list)
    erasures: list[PackedErasure] = field(default_factory=list)
    redactions: list[PackedRedaction] = field(default_factory=list)
    bindings: list[PackedBinding] = field(default_factory=list)
    seals: list[PackedSeal] = field(default_factory=list)


def ranges_of(places: Iterable[PackedPlace]) -> list[Range]:
    """Returns the contiguous ranges of these places, in order."""
    streams: dict[tuple[str, str], list[int]] = defaultdict(list)
    for scope, device, number, *_ in places:
        streams[scope, device].append(number)
    found: list[Range] = []
    for scope, device in sorted(streams):
        numbers = sorted(streams[scope, device])
        first = last = numbers[0]
        for number in numbers[1:]:
            if number != last + 1:
                found.append(Range(scope, device, first, last))
                first = number
            last = number
        found.append(Range(scope, device, first, last))
    return found
