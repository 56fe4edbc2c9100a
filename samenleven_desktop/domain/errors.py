"""The three families of errors, and how a message is passed from a low layer to the user.

A message is an English sentence from the catalogue with named values in braces. Nothing below `ui` and `cli` shows or
translates it: those call `language.error(error)`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from samenleven_desktop.domain.sentences import filled


def N_(message: str) -> str:
    """Marks a sentence for the catalogue without translating it here."""
    return message


@dataclass(frozen=True)
class Phrase:
    """A catalogue sentence with its values, as a value in another one: translated where that is shown."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return filled(self.message, self.values)


class SamenlevenError(Exception):
    """Base of the errors with a message for the user.

    `message` is a catalogue sentence; `values` are its named values; `field` names the form field or the place in a
    file, so that a form can show the message beside it.
    """

    def __init__(self, message: str, /, field: str | None = None, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.values = values

    def __str__(self) -> str:
        try:
            return filled(self.message, self.values)
        except KeyError:
            return self.message


class UserError(SamenlevenError):
    """An error that the user can correct; the message says what and how. Exit code 1."""


class FileFaults(UserError):
    """All faults of a file at once, in its order; each is a complete error."""

    def __init__(self, faults: Sequence[UserError]) -> None:
        first = faults[0]
        super().__init__(first.message, field=first.field, **first.values)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


class EnvironmentFault(SamenlevenError):
    """Disk, lock, damaged or foreign work file, wrong key: nothing was changed. Exit code 3."""


class Bug(SamenlevenError):
    """Any other error: a fault of the program, shown in the error window without personal data."""
