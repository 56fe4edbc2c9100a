"""Checks that the bindings and seals of a pack are possible: sizes, numbers and keys; not yet whether they are true."""

from __future__ import annotations

from collections.abc import Sequence

from samenleven_desktop.domain.change_proof import HASH, LONGEST_SEAL, SALT
from samenleven_desktop.domain.exchange import PackedBinding, PackedSeal
from samenleven_desktop.sync import crypto
from samenleven_desktop.sync.pack_validation import HIGHEST_NUMBER, Untrue, is_label

_KEY, _SIGNATURE = 32, 64


def check(bindings: Sequence[PackedBinding], seals: Sequence[PackedSeal]) -> None:
    """Raises Untrue."""
    for binding in bindings:
        if not 0 <= binding.since <= HIGHEST_NUMBER or not is_label(binding.label):
            raise Untrue
        if not _is_hex(binding.verify_key, _KEY) or not _is_hex(binding.signature, _SIGNATURE):
            raise Untrue
        if not crypto.is_recipient(binding.recipient):
            raise Untrue
    for seal in seals:
        places = seal.last - seal.first + 1
        if not (0 < seal.first <= seal.last <= HIGHEST_NUMBER and places <= LONGEST_SEAL):
            raise Untrue
        if len(seal.salts) != places * SALT or len(seal.signature) != _SIGNATURE:
            raise Untrue
        if any(len(one) not in (HASH, 2 * HASH) for _, one in seal.contents):
            raise Untrue
        if any(len(one) != HASH for _, one in seal.left_out):
            raise Untrue
        named = [number for number, _ in (*seal.contents, *seal.left_out, *seal.also)]
        if any(not seal.first <= number <= seal.last for number in named):
            raise Untrue


def _is_hex(text: str, length: int) -> bool:
    try:
        return len(bytes.fromhex(text)) == length and text == text.lower() and len(text) == 2 * length
    except ValueError:
        return False
