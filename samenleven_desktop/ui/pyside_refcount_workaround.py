"""Work-around for PySide6 6.12 on Python 3.11; remove when we require Python 3.12 or PySide counts references again.

PySide6 6.12 returns None, True, False and other constants without counting the reference, as is right from Python 3.12
on, where they are immortal (PEP 683). On 3.11 each such call lowers their reference count, until the interpreter ends
with "none_dealloc". So on 3.11 this sets a count so high that no session can use it up. The installed program is frozen
with Python 3.13 and does not need this. See docs/decisions/0002-pyside-on-python-311.md for the measurement.
"""

from __future__ import annotations

import ctypes
import sys

_COUNT = 1 << 40


def make_constants_immortal() -> None:
    """Does nothing on Python 3.12 and newer, nor in the installed program."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython" or getattr(sys, "frozen", False):
        return
    constants = [None, True, False, Ellipsis, NotImplemented, (), "", b"", *range(-5, 257)]
    for constant in constants:
        # The first word of an object is its reference count.
        ctypes.c_ssize_t.from_address(id(constant)).value = _COUNT
