"""Bounds the header of an age file before anything is deciphered.

Each recipient costs the reader one operation on a curve, for anybody who can put a file in the shared folder: 20,000 of
them took 38 seconds. The header is read as text here, and never more of it than the longest that the program writes.
"""

from __future__ import annotations

from typing import IO

MOST_RECIPIENTS = 100
_MAGIC = b"age-encryption.org/v1\n"
_LONGEST = 64 * 1024
# Writers add a meaningless stanza or two, so that readers get used to ones that they do not know.
_MOST_STANZAS = MOST_RECIPIENTS + 28
_END = b"\n--- "
_NONCE, _CHUNK, _TAG = 16, 64 * 1024, 16


class BadHeader(Exception):
    """No binary age file, or one with more recipients than a pack has."""


def header_length(source: IO[bytes]) -> int:
    """Returns the number of bytes of the header; leaves the stream at its beginning. Raises BadHeader."""
    head = source.read(_LONGEST)
    source.seek(0)
    end = head.find(_END)
    line_end = head.find(b"\n", end + len(_END)) if end >= 0 else -1
    if not head.startswith(_MAGIC) or line_end < 0:
        raise BadHeader
    if head.count(b"\n-> ", 0, end) > _MOST_STANZAS or head.count(b"\n-> X25519 ", 0, end) > MOST_RECIPIENTS:
        raise BadHeader
    return line_end + 1


def file_length(header: int, content: int) -> int:
    """Returns the size of an age file with so many bytes of content."""
    chunks = max(1, -(-content // _CHUNK))
    return header + _NONCE + content + chunks * _TAG
