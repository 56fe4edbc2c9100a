"""The contents of the recycle bin. Retention counts the days on which the file was used, not calendar days."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, func, select

from samenleven_desktop.storage.models import Change, CommandLog, Meta, table_of
from samenleven_desktop.storage.view import View

_CHANGE, _COMMAND, _META = table_of(Change), table_of(CommandLog), table_of(Meta)
# In `meta`: the last day of use and, per day of use, the number of the newest history step.
USAGE = "usage"


def newest_step(view: View) -> tuple[int, str | None]:
    """Returns the number and the time (ISO) of the newest history step; 0 and None if there is none."""
    query = select(_COMMAND.c.seq, _COMMAND.c.made_at).order_by(_COMMAND.c.seq.desc()).limit(1)
    found = view.connection.execute(query).first()
    return (int(found.seq), str(found.made_at)) if found else (0, None)


def first_in_bin(view: View, days: int) -> int | None:
    """Returns the last step that has left the bin, counted in days of use; None if no days were recorded yet."""
    kept = view.connection.execute(select(_META.c.value).where(_META.c.key == USAGE)).scalar()
    if kept is None:
        return None
    state = json.loads(kept)
    before = datetime.fromisoformat(state["last"]) - timedelta(days=days)
    return max((seq for day, seq in state["marks"] if datetime.fromisoformat(day) <= before), default=0)


def deleted_by(row: Column[str], limit: int) -> ColumnElement[bool]:
    """Whether the row was last deleted in a step up to and including `limit`."""
    step = (
        select(func.max(_COMMAND.c.seq))
        .join(_CHANGE, _CHANGE.c.command_id == _COMMAND.c.id)
        .where(_CHANGE.c.row_id == row, _CHANGE.c.field == "deleted_at")
        .correlate(row.table)
        .scalar_subquery()
    )
    return func.coalesce(step, 0) <= limit
