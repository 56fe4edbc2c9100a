"""Which device is whose, and the signatures over streams: stored, found, and the log that they are about.

Knows no cryptography: hashes are those of `domain/change_proof.py`, keys and signatures are bytes here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from samenleven_desktop.domain import change_proof
from samenleven_desktop.domain.exchange import (
    Bundle,
    PackedBinding,
    PackedChange,
    PackedCommand,
    PackedSeal,
)
from samenleven_desktop.storage.models import (
    DeviceBindingRow,
    Meta,
    PackLogRow,
    SealedHashRow,
    StreamSealRow,
    table_of,
)

_BINDING, _SEAL, _HASH = table_of(DeviceBindingRow), table_of(StreamSealRow), table_of(SealedHashRow)
_META, _PACKS = table_of(Meta), table_of(PackLogRow)
FORMER_DEVICES = "former_devices"
"""In `meta`: the devices that this file was before it was restored, as a JSON list."""
_IN = "IN (SELECT value FROM json_each(?))"


SealKey = tuple[str, str, int, int]


def key_of(one: PackedSeal) -> SealKey:
    return one.scope, one.device_id, one.first, one.last


@dataclass(frozen=True)
class Seal:
    """A stored signature over the places `first` to `last` of a stream; `checked`: it fits the log."""

    seq: int
    scope: str
    device_id: str
    first: int
    last: int
    signature: bytes
    salts: bytes
    checked: bool


@dataclass(frozen=True)
class Placed:
    """A place of a stream, with its change and the step of that."""

    number: int
    change: PackedChange
    command: PackedCommand


# Devices


def own_devices(connection: Connection) -> list[str]:
    """Returns the device of this file, and those that it was before it was restored."""
    found = {row.key: row.value for row in connection.execute(select(_META.c.key, _META.c.value))}
    return [found.get("device_id", ""), *json.loads(found.get(FORMER_DEVICES, "[]"))]


def bindings(connection: Connection, devices: Iterable[str]) -> list[tuple[str, PackedBinding]]:
    """Returns (fingerprint, binding) of these devices."""
    wanted = sorted(set(devices))
    columns = [_BINDING.c[name] for name in ("fingerprint", *PackedBinding._fields)]
    query = select(*columns).where(_BINDING.c.device_id.in_(wanted))
    rows = connection.execute(query.order_by(_BINDING.c.device_id, _BINDING.c.officer_id))
    return [(owner, PackedBinding(device, officer or None, *rest)) for owner, device, officer, *rest in rows]


def put_binding(connection: Connection, fingerprint: str, one: PackedBinding) -> None:
    """Stores a binding that was verified. The lowest `since` of a device and officer stays: it promises most."""
    key = (_BINDING.c.device_id == one.device_id) & (_BINDING.c.officer_id == (one.officer_id or ""))
    here = connection.execute(select(_BINDING.c.since).where(key)).scalar()
    if here is not None and here <= one.since:
        return
    values = {**one._asdict(), "officer_id": one.officer_id or "", "fingerprint": fingerprint}
    connection.execute(insert(_BINDING).prefix_with("OR REPLACE").values(**values))


def drop_bindings(connection: Connection, device: str, but: str) -> None:
    """Forgets what others than the person `but` said of a device."""
    connection.execute(delete(_BINDING).where(_BINDING.c.device_id == device, _BINDING.c.fingerprint != but))


def givers(connection: Connection, devices: Iterable[str]) -> dict[str, set[str]]:
    """Returns device -> the colleagues from whom a pack came that was made on it."""
    query = select(_PACKS.c.device_id, _PACKS.c.fingerprint).where(
        _PACKS.c.direction == "in", _PACKS.c.device_id.in_(sorted(set(devices)))
    )
    found: dict[str, set[str]] = defaultdict(set)
    for device, fingerprint in connection.execute(query.distinct()):
        found[device].add(fingerprint)
    return found


def has_given(connection: Connection, device: str) -> bool:
    """Returns whether a pack was ever made on this device."""
    query = select(_PACKS.c.seq).where(_PACKS.c.direction == "out", _PACKS.c.device_id == device)
    return connection.execute(query.limit(1)).first() is not None


# Signatures


def unsealed(connection: Connection, device: str) -> list[tuple[str, int, int]]:
    """Returns (dossier, first, last): the stretches of a device's streams that it did not sign yet."""
    query = (
        "SELECT p.scope, max(p.number), count(*), "
        "(SELECT max(last) FROM stream_seal s WHERE s.device_id = ?1 AND s.scope = p.scope) "
        "FROM change_scope p WHERE p.device_id = ?1 GROUP BY p.scope ORDER BY p.scope"
    )
    found = []
    for scope, highest, count, sealed in connection.exec_driver_sql(query, (device,)):
        # A stream with a hole is not whole here: the restored file lacks what its earlier device wrote since.
        if count == highest:
            for first in range((sealed or 0) + 1, highest + 1, change_proof.LONGEST_SEAL):
                found.append((scope, first, min(first + change_proof.LONGEST_SEAL - 1, highest)))
    return found


def placed(connection: Connection, scope: str, device: str, first: int, last: int) -> list[Placed]:
    """Returns the places of a stretch of a stream that are here, in order."""
    changes = ", ".join(f"c.{name}" for name in PackedChange._fields)
    commands = ", ".join(f"k.{name}" for name in PackedCommand._fields)
    query = (
        f"SELECT p.number, {changes}, {commands} FROM change_scope p CROSS JOIN change c ON c.seq = p.change_seq "
        "CROSS JOIN command_log k ON k.id = c.command_id "
        "WHERE p.scope = ? AND p.device_id = ? AND p.number BETWEEN ? AND ? ORDER BY p.number"
    )
    width = len(PackedChange._fields) + 1
    rows = connection.exec_driver_sql(query, (scope, device, first, last))
    return [Placed(row[0], PackedChange(*row[1:width]), PackedCommand(*row[width:])) for row in rows]


def add_own(connection: Connection, one: PackedSeal) -> None:
    """Stores a signature of this device."""
    _add(connection, one, checked=True)


def _add(connection: Connection, one: PackedSeal, *, checked: bool) -> tuple[int, bool]:
    """Stores a signature unless it is here; returns its number, and whether it is new.

    The number is 0 if another stands over the same stretch.
    """
    key = {"scope": one.scope, "device_id": one.device_id, "first": one.first, "last": one.last}
    put = insert(_SEAL).prefix_with("OR IGNORE")
    new = connection.execute(put.values(**key, signature=one.signature, salts=one.salts, checked=checked)).rowcount > 0
    same = [_SEAL.c[name] == value for name, value in key.items()]
    seq, signature = connection.execute(select(_SEAL.c.seq, _SEAL.c.signature).where(*same)).one()
    if signature != one.signature:
        return 0, False
    if checked:
        mark_checked(connection, [seq])
    return int(seq), new


def overlapping(connection: Connection, device: str, scope: str, first: int, last: int) -> list[Seal]:
    query = select(_SEAL).where(
        _SEAL.c.device_id == device, _SEAL.c.scope == scope, _SEAL.c.first <= last, _SEAL.c.last >= first
    )
    return [Seal(**row) for row in connection.execute(query.order_by(_SEAL.c.first)).mappings()]


def beyond(
    connection: Connection, scopes: Sequence[str], own: Sequence[str], known: Mapping[tuple[str, str], int]
) -> list[Seal]:
    """Returns the signatures in these dossiers, and those of own devices, above what a recipient has."""
    query = select(_SEAL).where(_SEAL.c.scope.in_(list(scopes)) | _SEAL.c.device_id.in_(list(own)))
    rows = connection.execute(query.order_by(_SEAL.c.seq)).mappings()
    return [Seal(**row) for row in rows if row["last"] > known.get((row["scope"], row["device_id"]), 0)]


def sealed_until(connection: Connection) -> dict[tuple[str, str], int]:
    """Returns (dossier, device) -> the place up to which this file has signatures without a gap."""
    query = select(_SEAL.c.scope, _SEAL.c.device_id, _SEAL.c.first, _SEAL.c.last).order_by(_SEAL.c.first)
    found: dict[tuple[str, str], int] = {}
    for scope, device, first, last in connection.execute(query):
        if first <= found.get((scope, device), 0) + 1:
            found[scope, device] = max(last, found.get((scope, device), 0))
    return found


def kept_hashes(connection: Connection, seal: Seal) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """Returns place -> hash: of contents from which something was erased, and of places that are not here."""
    content: dict[int, bytes] = {}
    left_out: dict[int, bytes] = {}
    query = select(_HASH.c.number, _HASH.c.kind, _HASH.c.hash).where(_HASH.c.seal_seq == seal.seq)
    for number, kind, value in connection.execute(query):
        (content if kind == "content" else left_out)[number] = value
    return content, left_out


def own_places(connection: Connection, changes: Sequence[tuple[str, int]]) -> list[tuple[str, int, str, int]]:
    """Returns (device, number of the change, dossier, place) of changes in streams of their own author."""
    query = (
        "SELECT c.device_id, c.number, p.scope, p.number FROM json_each(?) j CROSS JOIN change c "
        "ON c.device_id = json_extract(j.value, '$[0]') AND c.number = json_extract(j.value, '$[1]') "
        "CROSS JOIN change_scope p ON p.change_seq = c.seq AND p.device_id = c.device_id"
    )
    return [tuple(row) for row in connection.exec_driver_sql(query, (json.dumps(changes),))]


def mark_checked(connection: Connection, seqs: Sequence[int]) -> None:
    if seqs:
        connection.execute(update(_SEAL).where(_SEAL.c.seq.in_(list(seqs))).values(checked=True))


# From a pack


def fresh(connection: Connection, device: str, numbers: Sequence[int]) -> set[int]:
    """Returns which of these changes of a device are not here."""
    query = f"SELECT number FROM change WHERE device_id = ? AND number {_IN}"
    here = {int(row[0]) for row in connection.exec_driver_sql(query, (device, json.dumps(list(numbers))))}
    return set(numbers) - here


def fresh_places(connection: Connection, device: str, scope: str, numbers: Sequence[int]) -> set[int]:
    """Returns which of these places of a stream are not here."""
    query = f"SELECT number FROM change_scope WHERE scope = ? AND device_id = ? AND number {_IN}"
    rows = connection.exec_driver_sql(query, (scope, device, json.dumps(list(numbers))))
    return set(numbers) - {int(row[0]) for row in rows}


def redacted_here(connection: Connection) -> set[str]:
    """Returns the changes (`device:number`) and steps (id) from which something was erased here."""
    return {str(row[0]) for row in connection.exec_driver_sql("SELECT ref FROM redaction")}


def take_in(connection: Connection, bundle: Bundle, proven: set[SealKey]) -> None:
    """Stores the signatures of a pack; called after its changes were taken in. `proven`: those that fit its changes.

    What was erased from a change on its way in keeps its hash, and loses its salt.
    """
    if not bundle.seals:
        return
    redacted = redacted_here(connection)
    arrived = _Arrived(bundle, redacted)
    for seal in bundle.seals:
        seq, new = _add(connection, seal, checked=key_of(seal) in proven)
        if not seq:
            continue
        rows = [{"seal_seq": seq, "number": n, "kind": "place", "hash": one} for n, one in seal.left_out]
        kept = arrived.kept_contents(seal) if redacted or seal.contents else {}
        rows += [{"seal_seq": seq, "number": n, "kind": "content", "hash": one} for n, one in kept.items()]
        if rows:
            connection.execute(insert(_HASH).prefix_with("OR IGNORE"), rows)
        # One that was here lost its salts when something was erased, and kept the hashes (the triggers of the log).
        gone = {*kept, *(_redacted_places(connection, seal) if new and redacted else ())}
        if gone:
            indexes = ",".join(str(number - seal.first) for number in sorted(gone))
            put = "UPDATE stream_seal SET salts = without_salts(salts, ?) WHERE seq = ?"
            connection.exec_driver_sql(put, (indexes, seq))


class _Arrived:
    """The changes of a pack as they were signed, by the places of its signatures."""

    def __init__(self, bundle: Bundle, redacted: set[str]) -> None:
        self._redacted = redacted
        self._at = {place[:3]: (place.author, place.change_number) for place in bundle.places}
        self._changes = {(one.device_id, one.number): one for one in bundle.changes}
        self._steps = {one.id: one for one in bundle.commands}

    def kept_contents(self, seal: PackedSeal) -> dict[int, bytes]:
        """Returns place -> the hashes of what a change held, where something was erased elsewhere or here."""
        also, given = dict(seal.also), dict(seal.contents)
        found = {}
        for number in range(seal.first, seal.last + 1):
            author, named = seal.device_id, also.get(number, 0)
            if not named:
                author, named = self._at.get((seal.scope, seal.device_id, number), ("", 0))
            change = self._changes.get((author, named)) if author == seal.device_id else None
            content = given.get(number)
            if content is not None and len(content) == change_proof.HASH:
                if change is None:
                    continue
                content = change_proof.public_hash(change.field, change.old, change.new) + content
            elif content is None and change is not None and self._lost_something(change):
                salt = change_proof.salt_of(seal.salts, number - seal.first)
                details = self._steps[change.command_id].details
                content = change_proof.content_hashes(salt, change.field, change.old, change.new, details)
            if content is not None:
                found[number] = content
        return found

    def _lost_something(self, change: PackedChange) -> bool:
        return f"{change.device_id}:{change.number}" in self._redacted or change.command_id in self._redacted


def _redacted_places(connection: Connection, seal: PackedSeal) -> set[int]:
    """Returns the places of a stretch whose change or step lost something here: their salts would let it be guessed."""
    query = (
        "SELECT p.number FROM change_scope p CROSS JOIN change c ON c.seq = p.change_seq "
        "WHERE p.scope = ? AND p.device_id = ? AND p.number BETWEEN ? AND ? AND c.device_id = p.device_id "
        "AND (c.device_id || ':' || c.number IN (SELECT ref FROM redaction) "
        "OR c.command_id IN (SELECT ref FROM redaction))"
    )
    return {int(row[0]) for row in connection.exec_driver_sql(query, key_of(seal))}
