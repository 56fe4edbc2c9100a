"""The states of an imported row, why one cannot be imported, and what is asked about one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class RowState(StrEnum):
    """What the import does with a row of the file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be imported: a catalogue sentence with values, at the column (its header in the file).

    `proposal` is a government (name, id) that may have been meant; it is only used if the user accepts it.
    """

    column: str
    sentence: str
    values: Mapping[str, object]
    proposal: tuple[str, str] | None = None
    words: str = ""
    asks: bool = False
    """A question rather than an error: the row is taken once the user says that it is right."""


@dataclass(frozen=True)
class Question:
    """Whether a row is about somebody who is there: a catalogue sentence with values, and the id of that contact.

    `answer` is that id for the same person, empty for a new one, None if it was not answered: then it is a new one.
    """

    sentence: str
    values: Mapping[str, object]
    contact_id: str
    answer: str | None = None
