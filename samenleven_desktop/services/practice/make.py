"""The practice file: real plan and governments, invented work, the same content for the same seed.

Its passphrase is public; it has a fixed date that stands in for today, so that its content stays current.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.services.practice.build import STEP, Builder
from samenleven_desktop.services.practice.constants import PRACTICE_DATE, PRACTICE_PASSPHRASE
from samenleven_desktop.services.practice.next_plan import NextPlanBuilder
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.repositories import practice as practice_rows
from samenleven_desktop.storage.view import View

__all__ = ["PRACTICE_DATE", "PRACTICE_PASSPHRASE", "PracticeReport", "make_practice"]

_START = time(7, 30, tzinfo=UTC)
_PLAN = "plan-samenleven"


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
    day: date = PRACTICE_DATE,
) -> PracticeReport:
    """Creates a practice file at `path` and closes it; `day` stands in for today. Raises UserError if the file exists.

    After the end of Plan Samenleven it lives under the plans that began until that day.
    """
    chance = Random(f"ids {seed}")
    moment = datetime.combine(day, _START)
    milliseconds = int(moment.timestamp() * 1000)
    fixed = Runtime(now=lambda: moment, new_id=lambda: new_id(milliseconds, chance.randbytes(10)), day=day)
    workspace = create_workspace(path, passphrase or PRACTICE_PASSPHRASE, fixed, cost, practice_date=day)
    try:
        return PracticeReport(path, scale, seed, fill(workspace, scale, seed))
    finally:
        workspace.close()


def fill(workspace: Workspace, scale: int, seed: int) -> dict[str, int]:
    """Writes the invented work into an empty practice file; returns the number of rows per table."""
    with workspace.store.read() as connection:
        view = View(connection)
        governments, offers = practice_rows.government_ids(view), practice_rows.offers_by_action(view)
    first, today, write = workspace.plans.with_id(_PLAN) or workspace.plan, workspace.today, workspace.store.write
    builder = Builder(write, first, governments, offers, scale, seed, today)
    builder.build()
    if workspace.plan.id != first.id:
        ended = first.years[-1].end
        after = NextPlanBuilder(write, STEP, workspace.plan, builder.ids, builder.officer_id, ended, today, seed)
        after.build()
    workspace.choose_officer(builder.officer_id)
    return workspace.query(lambda context: reference.row_counts(context.view))
