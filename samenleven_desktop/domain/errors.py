"""The three families of errors, and the way a text travels from a low layer to a person.

A message is an English sentence from the catalogue with named values in braces. Nothing below `ui` and `cli`
shows or translates it: those call `language.error(error)`.
"""

from __future__ import annotations


def N_(message: str) -> str:
    """Mark a sentence for the catalogue without translating it here."""
    return message


class SamenlevenError(Exception):
    """Base of the errors that carry a sentence for a person.

    `message` is a catalogue sentence; `values` are its named parts; `field` names the form field or the place
    in a file that is meant, so that a form can put the text beside it.
    """

    def __init__(self, message: str, /, field: str | None = None, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.values = values

    def __str__(self) -> str:
        try:
            return self.message.format(**self.values)
        except (KeyError, IndexError, ValueError):
            return self.message


class UserError(SamenlevenError):
    """Something the person can put right; the sentence says what and how. Exit code 1."""


class EnvironmentFault(SamenlevenError):
    """Disk, lock, damaged or foreign work file, wrong key: nothing was changed. Exit code 3."""


class Bug(SamenlevenError):
    """Everything else: a fault of the program, shown in the report window without personal data."""
