"""The practice file: real plan and governments, invented work, the same content for the same seed.

Its passphrase is public; it has a fixed date that stands in for today, so that its content stays current.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.services.practice.build import Builder
from samenleven_desktop.services.practice.constants import PRACTICE_DATE, PRACTICE_PASSPHRASE
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.repositories import practice as practice_rows
from samenleven_desktop.storage.view import View

__all__ = ["PRACTICE_DATE", "PRACTICE_PASSPHRASE", "PracticeReport", "make_practice"]

_MOMENT = datetime(2024, 3, 11, 7, 30, tzinfo=UTC)


@dataclass(frozen=True)
class PracticeReport:
    """The result: number of rows per table."""

    path: Path
    scale: int
    seed: int
    rows: dict[str, int]


def make_practice(
    path: Path,
    passphrase: str | None,
    scale: int = 1,
    seed: int = 1,
    cost: KeyCost | None = None,
) -> PracticeReport:
    """Creates a practice file at `path` and closes it. Raises UserError if the file exists."""
    chance = Random(f"ids {seed}")
    milliseconds = int(_MOMENT.timestamp() * 1000)
    fixed = Runtime(now=lambda: _MOMENT, new_id=lambda: new_id(milliseconds, chance.randbytes(10)), day=PRACTICE_DATE)
    workspace = create_workspace(path, passphrase or PRACTICE_PASSPHRASE, fixed, cost, practice_date=PRACTICE_DATE)
    try:
        return PracticeReport(path, scale, seed, fill(workspace, scale, seed))
    finally:
        workspace.close()


def fill(workspace: Workspace, scale: int, seed: int) -> dict[str, int]:
    """Writes the invented work into an empty practice file; returns the number of rows per table."""
    with workspace.store.read() as connection:
        view = View(connection)
        governments, offers = practice_rows.government_ids(view), practice_rows.offers_by_action(view)
    builder = Builder(workspace.store.write, workspace.plan, governments, offers, scale, seed, PRACTICE_DATE)
    builder.build()
    workspace.choose_officer(builder.officer_id)
    return workspace.query(lambda context: reference.row_counts(context.view))
