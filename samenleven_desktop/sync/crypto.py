"""Signing (Ed25519), encryption (age), and key stretching for the words of a card.

All with well-maintained libraries.
"""

from __future__ import annotations

import hashlib
from typing import IO, Any, Protocol

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from samenleven_desktop.sync import age_header

# The cost of each guess for an attacker who generates keys until the words of a card match.
_STRETCH = {"n": 2**15, "r": 8, "p": 1}


class Undecipherable(Exception):
    """The bytes are not an age file, or were changed or truncated."""


class NotForThisKey(Exception):
    """An age file for other recipients."""


class Sink(Protocol):
    """Receives the decrypted data in chunks; may raise to stop."""

    def write(self, data: bytes, /) -> int: ...

    def flush(self) -> None: ...


def new_signing_key() -> bytes:
    """Returns the 32 bytes of a new Ed25519 key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def verify_key(signing_key: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(signing_key).public_key().public_bytes_raw()


def sign(signing_key: bytes, message: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(signing_key).sign(message)


def is_signed(key: bytes, signature: bytes, message: bytes) -> bool:
    """Returns whether the owner of `key` signed the message; False for an invalid key."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_age_identity() -> str:
    return str(pyrage.x25519.Identity.generate())


def recipient_of(age_identity: str) -> str:
    """Returns the age recipient: the public key with which others encrypt."""
    return str(pyrage.x25519.Identity.from_str(age_identity).to_public())


def is_recipient(text: str) -> bool:
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def fingerprint(key: bytes, recipient: str) -> str:
    """Returns the SHA-256 of the two public keys of a person, in hexadecimal."""
    return hashlib.sha256(b"samenleven-card-v1\0" + key + recipient.encode()).hexdigest()


def stretched(text: str, length: int) -> bytes:
    """Derives `length` bytes from the text, slowly on purpose."""
    return Scrypt(salt=b"samenleven-words-v1", length=length, **_STRETCH).derive(text.encode())


def encrypt(source: Any, target: IO[bytes], recipients: list[str]) -> None:
    """Reads `source` (anything with `read(n)`) to its end and writes an age file for these recipients."""
    pyrage.encrypt_io(source, target, [pyrage.x25519.Recipient.from_str(one) for one in recipients])


def decrypt(source: IO[bytes], sink: Sink, age_identity: str) -> None:
    """Decrypts into `sink`, whose own errors are passed on. Raises Undecipherable or NotForThisKey.

    The header is bounded before anything is deciphered.
    """
    try:
        age_header.header_length(source)
    except age_header.BadHeader as error:
        raise Undecipherable from error
    try:
        pyrage.decrypt_io(source, sink, [pyrage.x25519.Identity.from_str(age_identity)])
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise NotForThisKey from error
        raise Undecipherable from error
