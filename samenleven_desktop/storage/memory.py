"""Overwriting secrets in memory. Python and the C library leave freed memory as it is, so a key would stay readable.

Only for objects that the caller made and that nobody else holds: an immutable object is changed in place.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

Key = bytes | bytearray
"""A data key; the one of an open work file is a bytearray, so that it can be overwritten."""

_BYTES_HEAD = sys.getsizeof(b"") - 1
_TEXT_HEAD = sys.getsizeof("") - 1
# A character and the zero at the end, each of two bytes.
_WIDE_HEAD = sys.getsizeof("\u0101") - 4


def wipe(secret: Key) -> None:
    """Fills with zeros; the length stays."""
    if isinstance(secret, bytearray):
        secret[:] = bytes(len(secret))
    elif len(secret) > 1:  # Python shares the empty one and those of one byte
        ctypes.memset(id(secret) + _BYTES_HEAD, 0, len(secret))


def wipe_text(secret: str) -> None:
    """The same for a text, and for its copy in UTF-8 that Python keeps with it."""
    if len(secret) < 2:
        return  # Python shares these
    if secret.isascii():
        ctypes.memset(id(secret) + _TEXT_HEAD, 0, len(secret))
        return
    widest = max(map(ord, secret))
    width = 1 if widest < 1 << 8 else 2 if widest < 1 << 16 else 4
    with suppress(UnicodeEncodeError):
        ctypes.memset(*_in_utf8(secret))
    ctypes.memset(id(secret) + _WIDE_HEAD, 0, len(secret) * width)


def _in_utf8(text: str) -> tuple[int, int, int]:
    """Where that copy stands, zero, and its length."""
    size = ctypes.c_ssize_t()
    ask = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.POINTER(ctypes.c_ssize_t))(
        ("PyUnicode_AsUTF8AndSize", ctypes.pythonapi)
    )
    return ask(text, ctypes.byref(size)) or 0, 0, size.value
