"""Ids: UUIDv7 generated on the device, and derived ids that are the same on every device."""

from __future__ import annotations

import os
import time
import uuid

# Never change this: every id of shipped rows depends on it.
_SHIPPED = uuid.UUID("6d0f5b0e-4a0e-5c8e-9d53-2b7a3c1f7e11")


def new_id(milliseconds: int | None = None, random_bytes: bytes | None = None) -> str:
    """Returns a UUIDv7 (RFC 9562) as text; time and random bytes may be given for a repeatable id."""
    stamp = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    noise = int.from_bytes(random_bytes or os.urandom(10), "big")
    value = (stamp & (2**48 - 1)) << 80 | 0x7 << 76 | ((noise >> 62) & 0xFFF) << 64
    value |= 0b10 << 62 | (noise & (2**62 - 1))
    return str(uuid.UUID(int=value))


def shipped_id(kind: str, *parts: object) -> str:
    """Returns the id of a row that ships with the program, e.g. `shipped_id("government", "12025", "1970-01-01")`."""
    return str(uuid.uuid5(_SHIPPED, "|".join([kind, *map(str, parts)])))


def is_shipped(row_id: str) -> bool:
    """Returns whether a row ships with the program: only ids made on a device are of version 7."""
    return row_id[14:15] != "7"
