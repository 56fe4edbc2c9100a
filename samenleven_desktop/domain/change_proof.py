"""Hashes that prove who wrote a change, and that survive erasing: a device signs them for a stretch of its stream.

Texts of a change can be erased, so they go into the proof as one salted hash: when a text goes, its salt goes too and
the hash stays. Numbers, truths and ids are never erased, and stay proven. docs/pack-format.md has the exact bytes;
signing is in `sync`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import msgspec

from samenleven_desktop.domain.exchange import PackedBinding, PackedChange, PackedCommand
from samenleven_desktop.domain.value_rule import UUID

SALT, HASH = 16, 32
LONGEST_SEAL = 256
"""Places per signature: one that is carried in part costs a hash for each of the others."""
NO_SALT = bytes(SALT)
_BINDING, _SEAL = b"samenleven-device-v1\0", b"samenleven-stream-v1\0"
_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder().decode
_is_id = re.compile(UUID).fullmatch


def binding_message(one: PackedBinding) -> bytes:
    """Returns what the owner of a device signs."""
    return _BINDING + _encode(list(one[:-1]))


def seal_message(scope: str, device_id: str, first: int, last: int, hashes: Iterable[bytes]) -> bytes:
    """Returns what the owner of a device signs of a stretch of its stream; `hashes` has one per place."""
    return _SEAL + _encode([device_id, scope, first, last]) + sha256(b"".join(hashes)).digest()


def step_hash(command: PackedCommand) -> bytes:
    """Returns the hash of a step without its details, from which words may be erased."""
    return sha256(b"step" + _encode([*command[:6], command.reverts])).digest()


def place_hash(author: str, number: int) -> bytes:
    """Returns the hash of a place that names a change of another device."""
    return sha256(b"place" + _encode([author, number])).digest()


def public_hash(field: str | None, old: str | None, new: str | None) -> bytes:
    """Returns the hash of the part of a change that is never erased."""
    return sha256(_encode([_public(field, old), _public(field, new)])).digest()


def content_hashes(salt: bytes, field: str | None, old: str | None, new: str | None, details: str) -> bytes:
    """Returns the hash of the part that is never erased, and that of the rest with its salt: 64 bytes.

    The details of the step belong to the rest.
    """
    texts = _encode([_texts(field, old), _texts(field, new)])
    salted = sha256(salt + texts + sha256(details.encode()).digest()).digest()
    return public_hash(field, old, new) + salted


def change_hash(change: PackedChange, content: bytes, step: bytes) -> bytes:
    """Returns the hash of a whole change, from the hashes of its content and of its step."""
    return sha256(b"change" + _encode([*change[:8], change.replaces]) + content + step).digest()


def is_emptied(change: PackedChange) -> bool:
    """Returns whether nothing is left of a change, as in a row of an unknown table that was erased."""
    return change.old in (None, "{}") and change.new in (None, "{}")


def salt_of(salts: bytes, index: int) -> bytes:
    return salts[index * SALT : (index + 1) * SALT]


def without_salts(salts: bytes, indexes: str | None) -> bytes:
    """Returns salts without those at these indexes ("0,3"): what was hashed with them can no longer be guessed."""
    left = bytearray(salts)
    for index in (int(one) for one in (indexes or "").split(",") if one):
        left[index * SALT : (index + 1) * SALT] = NO_SALT
    return bytes(left)


def _public(field: str | None, text: str | None) -> Any:
    value = None if text is None else _decode(text)
    if field is None and isinstance(value, dict):
        return {name: one for name, one in value.items() if not _is_text(one)}
    return None if _is_text(value) else value


def _texts(field: str | None, text: str | None) -> Any:
    value = None if text is None else _decode(text)
    if field is None and isinstance(value, dict):
        return {name: one for name, one in value.items() if _is_text(one)}
    return value if _is_text(value) else None


def _is_text(value: Any) -> bool:
    """Returns whether a value may hold words: a version that does not know the field must come to the same answer."""
    return (isinstance(value, str) and not (len(value) == 36 and _is_id(value))) or isinstance(value, list | dict)
