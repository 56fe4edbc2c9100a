"""What becomes of a row of a file that is imported, and why one cannot come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class RowState(StrEnum):
    """What becomes of a row of the file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Fault:
    """Why a row cannot come in: a catalogue sentence with values, at the column (its header in the file).

    `proposal` is a government (name, id) that may have been meant; it is never taken without being told to.
    """

    column: str
    sentence: str
    values: Mapping[str, object]
    proposal: tuple[str, str] | None = None
    words: str = ""
