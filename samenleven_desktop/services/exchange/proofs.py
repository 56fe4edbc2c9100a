"""Binds the devices of this file to their owner, signs what they wrote, and collects the proof for a pack."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samenleven_desktop.domain import change_proof
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.exchange import Bundle, PackedBinding, PackedSeal
from samenleven_desktop.services.exchange.colleagues import own_card, own_keys
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.exchange import peers, seals
from samenleven_desktop.storage.exchange.seals import Placed, Seal
from samenleven_desktop.sync import proof
from samenleven_desktop.sync.card import Card
from samenleven_desktop.sync.proof import Hasher

NO_PROOF_HERE = N_(
    "Work of {author} cannot be passed on yet: this file lacks the proof that it is theirs. Ask {author} for a file, "
    "or make yours for an older version."
)

Known = Mapping[tuple[str, str], int]


def bind_and_sign(workspace: Workspace) -> None:
    """Binds the devices of this file to the keys of its officer, and signs what they wrote since the last time."""
    store = workspace.store
    keys, card = own_keys(store), own_card(workspace)
    with store.read() as connection:
        devices = seals.own_devices(connection)
        bound = {(one.device_id, one.officer_id) for _, one in seals.bindings(connection, devices)}
        if (devices[0], card.officer_id) in bound and not any(seals.unsealed(connection, one) for one in devices):
            return
    with store.write_untracked() as connection:
        for device in devices:
            # What was given before anything was signed cannot be proven by everybody who has it.
            known = [one for _, one in seals.bindings(connection, [device])]
            given = seals.has_given(connection, device) or device != devices[0]
            since = min((one.since for one in known), default=peers.last_number(connection, device) if given else 0)
            officers = {card.officer_id} if device == devices[0] else set()
            officers |= _sign(connection, device, keys.signing_key)
            for officer in sorted(officers - {one.officer_id for one in known}, key=str):
                seals.put_binding(
                    connection, card.fingerprint, _binding(card, device, officer, since, keys.signing_key)
                )


def _binding(card: Card, device: str, officer: str | None, since: int, signing_key: bytes) -> PackedBinding:
    bare = PackedBinding(device, officer, since, card.label, card.verify_key.hex(), card.recipient, "")
    return proof.signed_binding(bare, signing_key)


def _sign(connection: Any, device: str, signing_key: bytes) -> set[str | None]:
    """Signs the stretches of a device that are not signed; returns the officers of its changes in them."""
    hasher, officers = Hasher(), set()
    for scope, first, last in seals.unsealed(connection, device):
        salts = os.urandom((last - first + 1) * change_proof.SALT)
        seal = PackedSeal(scope, device, first, last, b"", salts, [], [], [])
        hashes = []
        for one in seals.placed(connection, scope, device, first, last):
            if one.change.device_id == device:
                officers.add(one.change.officer_id)
            hashes.append(_hash(hasher, seal, one))
        seals.add_own(connection, proof.signed_seal(seal, hashes, signing_key))
    return officers


def _hash(hasher: Hasher, seal: PackedSeal | Seal, one: Placed, content: bytes | None = None) -> bytes:
    if one.change.device_id != seal.device_id:
        return change_proof.place_hash(one.change.device_id, one.change.number)
    if content is not None:
        return hasher.with_content(one.change, one.command, content)
    return hasher.whole(one.change, one.command, change_proof.salt_of(seal.salts, one.number - seal.first))


@dataclass(frozen=True)
class Collected:
    """`checked`: numbers of stored signatures that were compared with the log now."""

    bindings: list[PackedBinding]
    seals: list[PackedSeal]
    checked: list[int]


def collect(connection: Any, bundle: Bundle, scopes: Sequence[str], known: Known, own: str) -> Collected:
    """Returns the proof for the changes of a bundle, and what the recipients cannot prove yet of what they have.

    `known`: up to where they can; `own`: the fingerprint of this file. Raises UserError if work of somebody who signs
    cannot be proven.
    """
    return _Collector(connection, bundle, own).run(scopes, known)


class _Collector:
    def __init__(self, connection: Any, bundle: Bundle, own: str) -> None:
        self._connection = connection
        self._bundle = bundle
        self._own_devices = seals.own_devices(connection)
        self._hasher = Hasher()
        self._carried: dict[tuple[str, str], dict[int, tuple[str, int]]] = defaultdict(dict)
        for scope, device, number, author, change in bundle.places:
            self._carried[scope, device][number] = (author, change)
        self._changes = {(one.device_id, one.number): one for one in bundle.changes}
        self._also: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._checked: list[int] = []
        devices = {device for _, device in self._carried} | {one.device_id for one in bundle.changes}
        self._bindings = seals.bindings(connection, {*devices, *self._own_devices})
        self._keys = {one.device_id: bytes.fromhex(one.verify_key) for _, one in self._bindings}
        self._own = own

    def run(self, scopes: Sequence[str], known: Known) -> Collected:
        chosen: dict[int, Seal] = {}
        for (scope, device), numbers in self._carried.items():
            if device in self._keys:
                first, last = min(numbers), max(numbers)
                chosen |= {one.seq: one for one in seals.overlapping(self._connection, device, scope, first, last)}
        for one in self._by_other_places():
            chosen[one.seq] = one
        more = {one.seq: one for one in seals.beyond(self._connection, scopes, self._own_devices, known)}
        made = [self._packed(one) for one in (more | chosen).values()]
        signed = [one for one in made if one is not None]
        self._check(signed)
        devices = {one.device_id for one in signed}
        bindings = {one[:2]: one for _, one in (*self._bindings, *seals.bindings(self._connection, devices))}
        return Collected(list(bindings.values()), signed, self._checked)

    def _by_other_places(self) -> list[Seal]:
        """Returns signatures over changes that are carried by places of another device only."""
        placed = {ref for (_, device), numbers in self._carried.items() for ref in numbers.values() if ref[0] == device}
        loose = [ref for ref in self._changes if ref not in placed and ref[0] in self._keys]
        found: list[Seal] = []
        done: set[tuple[str, int]] = set()
        for device, change, scope, number in seals.own_places(self._connection, loose) if loose else ():
            if (device, change) in done:
                continue
            for seal in seals.overlapping(self._connection, device, scope, number, number)[:1]:
                done.add((device, change))
                found.append(seal)
                self._also[seal.seq].append((number, change))
        return found

    def _packed(self, seal: Seal) -> PackedSeal | None:
        """Returns a signature as it travels; None if it does not fit the log, so that it proves nothing."""
        here = self._carried.get((seal.scope, seal.device_id), {})
        also = sorted(self._also[seal.seq]) if seal.seq in self._also else []
        members = {number: here[number] for number in range(seal.first, seal.last + 1) if number in here}
        members |= {number: (seal.device_id, change) for number, change in also}
        content, kept = seals.kept_hashes(self._connection, seal)
        whole = len(members) == seal.last - seal.first + 1
        left_out: list[tuple[int, bytes]] = []
        if members and not (whole and seal.checked):
            hashes = self._hashes(seal, content, kept)
            if hashes is None:
                return None
            packed = PackedSeal(*_stretch(seal), seal.signature, seal.salts, [], [], [])
            if not seal.checked:
                if not proof.is_true(packed, hashes, self._keys[seal.device_id]):
                    return None
                self._checked.append(seal.seq)
            left_out = [(n, one) for n, one in enumerate(hashes, seal.first) if n not in members]
        contents = [(number, self._shortened(members.get(number), one)) for number, one in sorted(content.items())]
        return PackedSeal(*_stretch(seal), seal.signature, seal.salts, contents, left_out, also)

    def _shortened(self, ref: tuple[str, int] | None, content: bytes) -> bytes:
        """Returns only the second hash where the reader can compute the first from the change."""
        change = None if ref is None else self._changes.get(ref)
        if (
            change is None
            or change_proof.public_hash(change.field, change.old, change.new) != content[: change_proof.HASH]
        ):
            return content
        return content[change_proof.HASH :]

    def _hashes(self, seal: Seal, content: Mapping[int, bytes], kept: Mapping[int, bytes]) -> list[bytes] | None:
        here = {one.number: one for one in seals.placed(self._connection, *_stretch(seal))}
        found = []
        for number in range(seal.first, seal.last + 1):
            if number in here:
                found.append(_hash(self._hasher, seal, here[number], content.get(number)))
            elif number in kept:
                found.append(kept[number])
            else:
                return None
        return found

    def _check(self, signed: Sequence[PackedSeal]) -> None:
        """Raises UserError if changes of another person who signs are among those that nothing proves."""
        others = {one.device_id: one for owner, one in self._bindings if owner != self._own}
        if not others:
            return
        proven = {(one.device_id, change) for one in signed for _, change in one.also}
        for one in signed:
            here = self._carried.get((one.scope, one.device_id), {})
            left_out = {number for number, _ in one.left_out}
            proven |= {here[n] for n in range(one.first, one.last + 1) if n in here and n not in left_out}
        for device, number in self._changes:
            binding = others.get(device)
            if binding is not None and number > binding.since and (device, number) not in proven:
                raise UserError(NO_PROOF_HERE, field="to", author=binding.label)


def _stretch(seal: Seal) -> tuple[str, str, int, int]:
    return seal.scope, seal.device_id, seal.first, seal.last
