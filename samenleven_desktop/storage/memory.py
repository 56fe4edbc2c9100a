"""Overwrites secrets in memory. Python and the C library do not clear freed memory, so a key would stay readable.

Only for objects that the caller created and that nothing else refers to: an immutable object is changed in place.
"""

from __future__ import annotations

import ctypes
import linecache
import sys
from contextlib import suppress
from pathlib import Path

Key = bytes | bytearray
"""A data key; the one of an open work file is a bytearray, so that it can be overwritten."""

_M_PERTURB, _PATTERN = -6, 0x5A
# Python's small object allocator: sizes in steps of 16 bytes, in pools of 16 KiB.
_STEP, _LARGEST_SMALL = 16, 512
_LARGEST_OF_THREAD, _KEPT_BY_THREAD = 1_040, 8
_BLOCKS_AT_ONCE, _MOST_BLOCKS, _ENOUGH_GROWTH = 2_000, 400_000, 1 << 20

_BYTES_HEAD = sys.getsizeof(b"") - 1
_TEXT_HEAD = sys.getsizeof("") - 1
# One character and the terminating zero, two bytes each.
_WIDE_HEAD = sys.getsizeof("\u0101") - 4


def wipe(secret: Key) -> None:
    """Fills with zeros; the length does not change."""
    if isinstance(secret, bytearray):
        secret[:] = bytes(len(secret))
    elif len(secret) > 1:  # Python shares the empty object and those of one byte
        ctypes.memset(id(secret) + _BYTES_HEAD, 0, len(secret))


def wipe_text(secret: str) -> None:
    """Overwrites a text, and the UTF-8 copy that Python caches with it."""
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
    """Returns the arguments for `memset`: address of the cached copy, zero, and its length."""
    size = ctypes.c_ssize_t()
    ask = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.POINTER(ctypes.c_ssize_t))(
        ("PyUnicode_AsUTF8AndSize", ctypes.pythonapi)
    )
    return ask(text, ctypes.byref(size)) or 0, 0, size.value


def overwrite_what_is_freed() -> bool:
    """Makes the C library overwrite memory when it is freed from now on, texts of Qt, SQLite and OpenSSL included.

    No measurable cost. Only glibc supports this; returns False elsewhere.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_PERTURB, _PATTERN))
    except (AttributeError, OSError, TypeError):
        return False


def overwrite_freed_objects() -> None:
    """Uses every free small-object slot of Python once: freed objects of up to 512 bytes stay readable until reuse.

    Takes some tenths of a second after much work. Does not collect garbage: the caller does, on the thread where that
    is allowed.
    """
    overwrite_freed_by_thread()
    # The source lines that importing a module leaves here settle in slots that held texts, and fill them only partly.
    linecache.clearcache()
    for size in range(_STEP, _LARGEST_SMALL + 1, _STEP):
        held: list[Key] = []
        # The smallest sizes cannot hold a bytes object, but they can hold the content of a bytearray.
        fill, length = (bytes, size - _BYTES_HEAD - 1) if size > _BYTES_HEAD + 1 else (bytearray, size - 1)
        before = _resident()
        # Once the process has grown by a few pools, every slot that was free has been filled.
        while _resident() - before < _ENOUGH_GROWTH and len(held) < _MOST_BLOCKS:
            held.extend(fill(length) for _ in range(_BLOCKS_AT_ONCE))
        held.clear()


def give_back() -> None:
    """Returns unused memory of the C library to the system; glibc only. Takes a few milliseconds."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def overwrite_freed_by_thread() -> None:
    """Overwrites the small blocks that this thread freed last: the C library caches them uncleared, per thread."""
    try:
        library = ctypes.CDLL(None)
        take, give = library.malloc, library.free
    except (AttributeError, OSError, TypeError):
        return  # not a system with one shared C library
    take.restype, take.argtypes, give.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
    held = [(take(size), size) for size in range(_STEP, _LARGEST_OF_THREAD, _STEP) for _ in range(_KEPT_BY_THREAD)]
    for place, size in held:
        if place:
            ctypes.memset(place, 0, size)
            give(place)


def _resident() -> int:
    """Returns the resident memory of this process in bytes; where that is unknown, a number that only grows."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * 4096
    except OSError:
        return sys.getallocatedblocks() * 64
