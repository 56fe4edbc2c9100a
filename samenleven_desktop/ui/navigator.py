"""What a screen may request from the window: another page, a notice, a saved report.

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
        """Opens a page by its key in `page_registry`."""

    def open_dossier(self, government_id: str, part: int = 0) -> None:
        """Opens the dossier of a government, on the tab with this index."""

    def choose_government(self, government_id: str) -> None:
        """Opens the page of the coach's own governments with this one ticked besides."""

    def open_session(self, session_id: str | None, government_id: str | None = None) -> None:
        """Opens the session form: for a registered session or, if None, a new one (of a government if given)."""

    def name_session(self, name: str) -> None:
        """Says on the button for a new session with whom it is; until another page is shown."""

    def resume_session(self, draft_key: str) -> None:
        """Opens the session form with this draft."""

    def open_support(self, part: str) -> None:
        """Opens a part of *Ondersteuning*: agenda, late (agreements) or silence (without contact)."""

    def open_offer(self, offer_id: str) -> None: ...

    def open_action(self, action_id: str) -> None:
        """Opens the page of an action of any plan."""

    def open_report(self, kind: str, record_id: str) -> None:
        """Opens the report builder for a government, a session or an action."""

    def open_safekeeping(self, part: int) -> None: ...

    def open_packs(self, paths: Sequence[Path]) -> None:
        """Shows the first of these files of colleagues on the page *Uitwisselen*."""

    def open_plan_file(self, path: Path) -> None:
        """Shows a plan file and what it would change on the page *Plannen*."""

    def open_plan_draft(self, key: str) -> None:
        """Opens a draft plan in its editor."""

    def save_stimulus_report(self, government_id: str | None, year: str) -> None:
        """Asks for a file name; None saves the overview of the coach's own governments."""

    def open_copy(self, name: str, content: bytes) -> None:
        """Opens a read-only copy of an attachment in the default program."""

    def close_copies(self) -> None:
        """Deletes the opened copies of attachments."""

    def notify(self, tone: str, text: str) -> None:
        """Shows a notice above the page; `tone` is info, good, attention or bad."""

    def saved(self, path: Path, note: str = "") -> None:
        """Says that a file is saved, with buttons that open it and show its folder; `note` follows the sentence."""

    def offer_undo(self, text: str, step: str) -> None:
        """Shows a notice with a button that undoes the step; `step` is the id of its command."""

    def file_replaced(self, sentence: str) -> None:
        """Rebuilds every page after the content of the work file was replaced, then shows the sentence."""
