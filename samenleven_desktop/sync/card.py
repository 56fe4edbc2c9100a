"""The card of a colleague: two public keys and a role in a small signed file.

It also derives the fingerprint words that colleagues read aloud to each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.sync import crypto
from samenleven_desktop.sync.pack import NO_FILE
from samenleven_desktop.sync.pack_validation import is_label

ENDING = ".samenlevenkaart"
WORDS = 6
_LARGEST = 8 * 1024
_FORMAT = "samenleven-card"
_CONTEXT = b"samenleven-card-v1\0"

NO_CARD = N_("{file} is no card of a colleague, or it was changed. Ask for it again.")
NEWER_CARD = N_("{file} was made by a newer version of Samenleven. Install that version first.")


@dataclass(frozen=True)
class Card:
    """`label` is a role; `officer_id` is the officer record of this person, if any."""

    label: str
    officer_id: str | None
    verify_key: bytes
    recipient: str

    @property
    def fingerprint(self) -> str:
        return crypto.fingerprint(self.verify_key, self.recipient)

    @property
    def words(self) -> tuple[str, ...]:
        return words_of(self.fingerprint)


class _File(msgspec.Struct, kw_only=True):
    format: str
    format_version: int
    label: str
    officer_id: str | None
    verify_key: str
    recipient: str
    signature: str


@lru_cache(maxsize=256)
def words_of(fingerprint: str) -> tuple[str, ...]:
    """Returns six words derived from a person's keys: if they differ on both sides, the card was tampered with.

    Slow on purpose (crypto.stretched); the words may be cached, as they are not secret.
    """
    listed = (resources_dir() / "words" / "card_words.txt").read_text(encoding="utf-8").split()
    return tuple(listed[byte] for byte in crypto.stretched(fingerprint, WORDS))


def write_card(card: Card, signing_key: bytes) -> bytes:
    """Returns the content of a card file, signed by its owner."""
    signature = crypto.sign(signing_key, _signed(card))
    return msgspec.json.format(
        msgspec.json.encode(
            _File(
                format=_FORMAT,
                format_version=1,
                label=card.label,
                officer_id=card.officer_id,
                verify_key=card.verify_key.hex(),
                recipient=card.recipient,
                signature=signature.hex(),
            )
        )
    )


def read_card(path: Path) -> Card:
    """Raises UserError unless the file is a card signed by its owner."""
    if not path.exists():
        raise UserError(NO_FILE, field="card", file=path.name)
    refused = UserError(NO_CARD, field="card", file=path.name)
    try:
        if path.stat().st_size > _LARGEST:
            raise refused
        found = msgspec.json.decode(path.read_bytes(), type=_File)
        if found.format == _FORMAT and found.format_version > 1:
            raise UserError(NEWER_CARD, field="card", file=path.name)
        card = Card(found.label, found.officer_id, bytes.fromhex(found.verify_key), found.recipient)
        signature = bytes.fromhex(found.signature)
    except (OSError, ValueError, msgspec.MsgspecError, RecursionError):
        raise refused from None
    if found.format != _FORMAT or not crypto.is_recipient(card.recipient) or not is_label(card.label):
        raise refused
    if not crypto.is_signed(card.verify_key, signature, _signed(card)):
        raise refused
    return card


def _signed(card: Card) -> bytes:
    parts = [card.label, card.officer_id, card.verify_key.hex(), card.recipient]
    return _CONTEXT + msgspec.json.encode(parts)
