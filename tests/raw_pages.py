"""The bytes of a work file as they are after decryption, page by page: also of free pages, which SQL never shows.

Follows SQLCipher 4: AES-256-CBC per page of 4096 bytes, the IV before a SHA-512 HMAC in the last 80, a salt in front.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVE, IV, SALT = 4096, 80, 16, 16


def decrypted(path: Path, key: bytes) -> bytes:
    """Every page of the file, deciphered; of a WAL file (no salt, 32 bytes of header, 24 before each page) too."""
    raw = path.read_bytes()
    if path.name.endswith("-wal"):
        pages = [raw[at + 24 : at + 24 + PAGE] for at in range(32, len(raw), PAGE + 24)]
        return b"".join(_page(page, key, 0) for page in pages if len(page) == PAGE)
    return b"".join(_page(raw[at : at + PAGE], key, SALT if at == 0 else 0) for at in range(0, len(raw), PAGE))


def _page(page: bytes, key: bytes, skip: int) -> bytes:
    end = PAGE - RESERVE
    decryptor = Cipher(algorithms.AES(key), modes.CBC(page[end : end + IV])).decryptor()
    return decryptor.update(page[skip:end]) + decryptor.finalize()
