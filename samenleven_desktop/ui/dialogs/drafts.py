"""Drafts of dialogs: what stands in their fields is kept while it is typed, and a form that was cut off opens again.

A form is opened by its constructor; the arguments of that call are kept with the words (as JSON, by their types), so
that the same form can be opened after a crash or a lock.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, get_type_hints

import msgspec

PREFIX = "form:"
_NOT_KEPT = ("self", "context", "owner")


def remembering(init: Callable[..., None]) -> Callable[..., None]:
    """A constructor that keeps the arguments of the outermost call, and begins the draft once all fields are there."""

    @wraps(init)
    def made(self: Any, *args: Any, **named: Any) -> None:
        if "opened_with" in self.__dict__:
            init(self, *args, **named)
            return
        bound = inspect.signature(init).bind(self, *args, **named)
        self.opened_with = {name: value for name, value in bound.arguments.items() if name not in _NOT_KEPT}
        init(self, *args, **named)
        self.begin_draft()

    return made


def encode_call(arguments: Mapping[str, object]) -> str:
    """The arguments of a constructor as JSON."""
    return msgspec.json.encode(dict(arguments)).decode()


def decode_call(form: type[object], text: str) -> dict[str, Any]:
    """The arguments back, as the types that the constructor names."""
    hints = get_type_hints(form.__init__)
    found = json.loads(text)
    return {name: msgspec.convert(value, hints[name], strict=False) for name, value in found.items()}


def draft_name(form: type[object], record: tuple[str, str] | None, call: str) -> str:
    """The same for the same form: by the record that it changes, else by what it was opened with."""
    anchor = record[1] if record is not None else hashlib.sha256(call.encode()).hexdigest()[:16]
    return f"{PREFIX}{form.__name__}:{anchor}"
