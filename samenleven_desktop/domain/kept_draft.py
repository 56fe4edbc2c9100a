"""A draft of a form: unsaved input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samenleven_desktop.domain.errors import N_

DISCARDED = N_("Draft thrown away: {what}")
"""The name of the undo step; its details are `what` (the title of the form) and `draft` (its key)."""


@dataclass(frozen=True)
class KeptDraft:
    """`form` is the key; `content` is the input in the format of the form itself."""

    form: str
    content: Mapping[str, Any]
    saved_at: datetime

    @property
    def title(self) -> str:
        return str(self.content.get("title", ""))
