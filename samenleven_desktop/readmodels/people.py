"""Contacts and attachments as listed. Names, addresses and remarks are personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ContactLine:
    """A person at a government or an organisation, with the last day they were present at a session."""

    id: str
    government_id: str | None
    government_name: str | None
    organisation: str | None
    name: str
    role: str | None
    email: str | None
    phone: str | None
    note: str | None
    sessions: int
    last_seen: date | None


@dataclass(frozen=True)
class AttachmentLine:
    """A file stored in the work file; `size` in bytes."""

    id: str
    government_id: str | None
    name: str
    size: int
    sha256: str
    added_on: date
