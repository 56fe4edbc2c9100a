"""Reports that left the program, as listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samenleven_desktop.readmodels.people import AttachmentLine


@dataclass(frozen=True)
class HandedOverLine:
    """A report as it was given to a government; `file` is None if its copy was removed. `handed_to` is personal."""

    id: str
    government_id: str
    government_name: str
    kind: str
    handed_on: date
    handed_to: str | None
    first: date | None
    last: date | None
    session_id: str | None
    language: str
    with_names: bool
    left_out: frozenset[str]
    file: AttachmentLine | None
