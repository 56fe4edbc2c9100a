"""Drafts of dialogs: input is saved while typing, and an interrupted form can be reopened.

The arguments of the constructor are stored with the input (as JSON, by their types), so that the same form can be
opened after a crash or a lock.
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
    """Decorates a constructor: stores the arguments of the outermost call, and starts the draft after all fields."""

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
    """Returns the arguments of a constructor as JSON."""
    return msgspec.json.encode(dict(arguments)).decode()


def decode_call(form: type[object], text: str) -> dict[str, Any]:
    """Decodes the arguments to the types in the signature of the constructor."""
    hints = get_type_hints(form.__init__)
    found = json.loads(text)
    return {name: msgspec.convert(value, hints[name], strict=False) for name, value in found.items()}


def draft_name(form: type[object], record: tuple[str, str] | None, call: str) -> str:
    """Returns a stable name for the form: from the record that it changes, otherwise from its arguments."""
    anchor = record[1] if record is not None else hashlib.sha256(call.encode()).hexdigest()[:16]
    return f"{PREFIX}{form.__name__}:{anchor}"
