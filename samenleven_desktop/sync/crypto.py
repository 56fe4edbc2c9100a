"""Signing (Ed25519), encryption (age) and the stretching behind the words of a card: all by well-kept libraries."""

from __future__ import annotations

import hashlib
from typing import IO, Any, Protocol

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

# Guessing keys until the words of a card come out costs this for each guess.
_STRETCH = {"n": 2**15, "r": 8, "p": 1}


class Undecipherable(Exception):
    """The bytes are no age file, or were changed, or cut off."""


class NotForThisKey(Exception):
    """An age file for others."""


class Sink(Protocol):
    """Takes what was deciphered, piece by piece; may raise to stop."""

    def write(self, data: bytes, /) -> int: ...

    def flush(self) -> None: ...


def new_signing_key() -> bytes:
    """The 32 bytes of a new Ed25519 key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def verify_key(signing_key: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(signing_key).public_key().public_bytes_raw()


def sign(signing_key: bytes, message: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(signing_key).sign(message)


def is_signed(key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the owner of `key` signed the message; a key that is none signed nothing."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_age_identity() -> str:
    return str(pyrage.x25519.Identity.generate())


def recipient_of(age_identity: str) -> str:
    """What others encrypt for."""
    return str(pyrage.x25519.Identity.from_str(age_identity).to_public())


def is_recipient(text: str) -> bool:
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def fingerprint(key: bytes, recipient: str) -> str:
    """SHA-256 over the two public keys of a person, in hexadecimal."""
    return hashlib.sha256(b"samenleven-card-v1\0" + key + recipient.encode()).hexdigest()


def stretched(text: str, length: int) -> bytes:
    """So many bytes that follow from the text and are slow to come by."""
    return Scrypt(salt=b"samenleven-words-v1", length=length, **_STRETCH).derive(text.encode())


def encrypt(source: Any, target: IO[bytes], recipients: list[str]) -> None:
    """Reads `source` (anything with `read(n)`) to its end and writes an age file for these recipients."""
    pyrage.encrypt_io(source, target, [pyrage.x25519.Recipient.from_str(one) for one in recipients])


def decrypt(source: IO[bytes], sink: Sink, age_identity: str) -> None:
    """Deciphers into `sink`, whose own errors pass through. Raises Undecipherable or NotForThisKey."""
    try:
        pyrage.decrypt_io(source, sink, [pyrage.x25519.Identity.from_str(age_identity)])
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise NotForThisKey from error
        raise Undecipherable from error
