"""What a screen may ask of the window: go to another page, say something, change the language.

A protocol, so that screens do not import the window that shows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Protocol


class SafekeepingPart(IntEnum):
    """The parts of *Bewaren en herstellen*, in the order of their tabs."""

    BACKUPS, BIN, HEALTH, RETENTION = range(4)


class Navigator(Protocol):
    """Implemented by `window_navigator.WindowNavigator`."""

    def open_page(self, key: str) -> None:
        """A page by its key in `page_registry`."""

    def open_dossier(self, government_id: str, part: int = 0) -> None:
        """The dossier of a government, on the tab with this number."""

    def open_session(self, session_id: str | None, government_id: str | None = None) -> None:
        """The session form: for a registered session, or a new one (None), of a government where named."""

    def resume_session(self, draft_key: str) -> None:
        """The session form with this draft in it."""

    def open_offer(self, offer_id: str) -> None: ...

    def open_report(self, kind: str, record_id: str) -> None:
        """The report builder, for a government or a session."""

    def open_safekeeping(self, part: int) -> None: ...

    def open_packs(self, paths: Sequence[Path]) -> None:
        """The first of these files of colleagues, at *Uitwisselen*."""

    def open_plan_file(self, path: Path) -> None:
        """A plan file at *Instellingen*, with what it would change."""

    def save_stimulus_report(self, government_id: str | None, year: int) -> None:
        """Asks where; None: the overview of the coach's own governments."""

    def open_copy(self, name: str, content: bytes) -> None:
        """A read-only copy of an attachment, in the program that this computer has for it."""

    def notify(self, tone: str, text: str) -> None:
        """A notice above the page; `tone` is info, good, attention or bad."""

    def offer_undo(self, text: str, step: str) -> None:
        """A notice of what was done, with a button that undoes it; `step` is the id of its command."""

    def file_replaced(self, sentence: str) -> None:
        """The work file has other content now: every page is built anew, then the sentence is shown."""
