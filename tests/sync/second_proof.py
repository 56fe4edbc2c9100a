"""What a second reader proves about the authors in a pack of format 2, as docs/pack-format.md tells."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def owners_of(body: dict[str, Any]) -> dict[str, bytes]:
    """device -> key of its owner, of every binding; raises when a signature does not fit."""
    found = {}
    for binding in body["bindings"]:
        *said, signature = binding
        key = bytes.fromhex(binding[4])
        Ed25519PublicKey.from_public_bytes(key).verify(
            bytes.fromhex(signature), b"samenleven-device-v1\0" + written(said)
        )
        assert found.setdefault(binding[0], key) == key
    return found


def proven_of(body: dict[str, Any]) -> set[tuple[str, int]]:
    """The changes that are proven; raises when a signature over what is here does not fit."""
    keys, found = owners_of(body), set()
    at = {tuple(place[:3]): (place[3], place[4]) for place in body["places"]}
    changes = {(change[0], change[1]): change for change in body["changes"]}
    steps = {step[0]: step for step in body["commands"]}
    for scope, device, first, last, signature, salts, contents, left_out, also in body["seals"]:
        refs = {n: at[scope, device, n] for n in range(first, last + 1) if (scope, device, n) in at}
        refs |= {n: (device, number) for n, number in also}
        if not refs:
            continue
        hashes = []
        for n in range(first, last + 1):
            if n in dict(left_out):
                hashes.append(dict(left_out)[n])
            elif refs[n][0] != device:
                hashes.append(hashed(b"place", written(list(refs[n]))))
            else:
                change, salt = changes[refs[n]], salts[(n - first) * 16 : (n - first + 1) * 16]
                hashes.append(change_hash(change, steps[change[4]], salt, dict(contents).get(n)))
                found.add(refs[n])
        message = b"samenleven-stream-v1\0" + written([device, scope, first, last]) + hashed(*hashes)
        Ed25519PublicKey.from_public_bytes(keys[device]).verify(signature, message)
    return found


def change_hash(change: list[Any], step: list[Any], salt: bytes, kept: bytes | None) -> bytes:
    field, sides = change[7], [None if side is None else json.loads(side) for side in change[8:10]]
    public, texts = ([part(field, side, texts=texts) for side in sides] for texts in (False, True))
    if kept is None:
        kept = hashed(salt, written(texts), hashed(step[6].encode()))
    if len(kept) == 32:
        kept = hashed(written(public)) + kept
    return hashed(b"change", written([*change[:8], change[10]]), kept, hashed(b"step", written([*step[:6], step[7]])))


def part(field: str | None, side: Any, *, texts: bool) -> Any:
    if field is None and side is not None:
        return {name: value for name, value in side.items() if is_text(value) == texts}
    return side if is_text(side) == texts else None


def is_text(value: Any) -> bool:
    return isinstance(value, list | dict) or (isinstance(value, str) and not UUID.fullmatch(value))
