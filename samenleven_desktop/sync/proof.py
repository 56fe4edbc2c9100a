"""Proves who wrote the changes of a pack: by bindings of devices and by signatures over their streams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samenleven_desktop.domain import change_proof
from samenleven_desktop.domain.exchange import Bundle, PackedBinding, PackedChange, PackedCommand, PackedSeal
from samenleven_desktop.sync import crypto

ChangeRef = tuple[str, int]
PlaceRef = tuple[str, str, int]
Stretch = tuple[str, str, int, int]


def signed_binding(one: PackedBinding, signing_key: bytes) -> PackedBinding:
    """Returns the binding with the signature of its owner."""
    return one._replace(signature=crypto.sign(signing_key, change_proof.binding_message(one)).hex())


def is_signed(one: PackedBinding) -> bool:
    key, signature = bytes.fromhex(one.verify_key), bytes.fromhex(one.signature)
    return crypto.is_signed(key, signature, change_proof.binding_message(one))


def owner_of(one: PackedBinding) -> str:
    """Returns the fingerprint of the person who signed a binding."""
    return crypto.fingerprint(bytes.fromhex(one.verify_key), one.recipient)


class Hasher:
    """Computes hashes of changes; that of a step only once."""

    def __init__(self) -> None:
        self._steps: dict[str, bytes] = {}

    def whole(self, change: PackedChange, command: PackedCommand, salt: bytes) -> bytes:
        content = change_proof.content_hashes(salt, change.field, change.old, change.new, command.details)
        return change_proof.change_hash(change, content, self._step(command))

    def with_content(self, change: PackedChange, command: PackedCommand, content: bytes) -> bytes:
        """As `whole`, where something was erased: `content` has the hash of the texts, or of both parts."""
        if len(content) == change_proof.HASH:
            content = change_proof.public_hash(change.field, change.old, change.new) + content
        return change_proof.change_hash(change, content, self._step(command))

    def _step(self, command: PackedCommand) -> bytes:
        found = self._steps.get(command.id)
        if found is None:
            found = self._steps[command.id] = change_proof.step_hash(command)
        return found


@dataclass(frozen=True)
class Proven:
    """What signatures prove.

    `worn`: changes of which something was erased, so that the rest of their texts is not proven. `seals`: the
    signatures that fit; `false`: those that do not, although everything they are about is there.
    """

    changes: frozenset[ChangeRef]
    places: frozenset[PlaceRef]
    worn: frozenset[ChangeRef]
    seals: frozenset[Stretch]
    false: frozenset[Stretch]


def proven(bundle: Bundle, keys: Mapping[str, bytes], chosen: Sequence[PackedSeal]) -> Proven:
    """Checks these signatures of a pack (device -> key of its owner)."""
    return _Prover(bundle, keys, chosen).run()


class _Prover:
    def __init__(self, bundle: Bundle, keys: Mapping[str, bytes], chosen: Sequence[PackedSeal]) -> None:
        self._keys = keys
        self._seals = chosen
        wanted = {(one.scope, one.device_id, n) for one in chosen for n in range(one.first, one.last + 1)}
        places = [one for one in bundle.places if one[:3] in wanted]
        self._places = {one[:3]: (one.author, one.change_number) for one in places}
        refs = {*self._places.values(), *((one.device_id, change) for one in chosen for _, change in one.also)}
        self._changes = {one[:2]: one for one in bundle.changes if one[:2] in refs}
        self._steps = {one.id: one for one in bundle.commands}
        self._hasher = Hasher()

    def run(self) -> Proven:
        changes: set[ChangeRef] = set()
        worn: set[ChangeRef] = set()
        places: set[PlaceRef] = set()
        true: set[Stretch] = set()
        false: set[Stretch] = set()
        for seal in self._seals:
            members = self._members(seal)
            if not members:
                continue
            hashes = self._hashes(seal, members)
            if hashes is None:
                continue
            stretch = (seal.scope, seal.device_id, seal.first, seal.last)
            if not is_true(seal, hashes, self._keys[seal.device_id]):
                false.add(stretch)
                continue
            true.add(stretch)
            erased = {number for number, _ in seal.contents}
            # A later signature may still prove the texts: the same change stands in several dossiers.
            for number, ref in members.items():
                places.add((seal.scope, seal.device_id, number))
                if ref[0] == seal.device_id:
                    (worn if number in erased else changes).add(ref)
        return Proven(
            frozenset(changes | worn), frozenset(places), frozenset(worn - changes), frozenset(true), frozenset(false)
        )

    def _members(self, seal: PackedSeal) -> dict[int, ChangeRef]:
        """Returns place -> change, of the places of this stretch whose hash does not come ready-made."""
        also, given = dict(seal.also), {number for number, _ in seal.left_out}
        found = {}
        for number in range(seal.first, seal.last + 1):
            ref = (
                (seal.device_id, also[number])
                if number in also
                else self._places.get((seal.scope, seal.device_id, number))
            )
            if ref is not None and number not in given:
                found[number] = ref
        return found

    def _hashes(self, seal: PackedSeal, members: Mapping[int, ChangeRef]) -> list[bytes] | None:
        """Returns a hash per place; None if something that the signature is about is not in the pack."""
        left_out, contents = dict(seal.left_out), dict(seal.contents)
        hashes: list[bytes] = []
        for number in range(seal.first, seal.last + 1):
            ref = members.get(number)
            found = left_out.get(number) if ref is None else self._hash(seal, number, ref, contents.get(number))
            if found is None:
                return None
            hashes.append(found)
        return hashes

    def _hash(self, seal: PackedSeal, number: int, ref: ChangeRef, content: bytes | None) -> bytes | None:
        if ref[0] != seal.device_id:
            return change_proof.place_hash(*ref)
        change = self._changes.get(ref)
        command = None if change is None else self._steps.get(change.command_id)
        if change is None or command is None:
            return None
        if content is None:
            return self._hasher.whole(change, command, change_proof.salt_of(seal.salts, number - seal.first))
        if len(content) > change_proof.HASH and not change_proof.is_emptied(change):
            return None
        return self._hasher.with_content(change, command, content)


def is_true(seal: PackedSeal, hashes: Iterable[bytes], key: bytes) -> bool:
    """Returns whether the owner of the key signed these hashes for this stretch."""
    message = change_proof.seal_message(seal.scope, seal.device_id, seal.first, seal.last, hashes)
    return crypto.is_signed(key, seal.signature, message)


def signed_seal(seal: PackedSeal, hashes: Iterable[bytes], signing_key: bytes) -> PackedSeal:
    """Returns the stretch with the signature of its owner."""
    message = change_proof.seal_message(seal.scope, seal.device_id, seal.first, seal.last, hashes)
    return seal._replace(signature=crypto.sign(signing_key, message))
