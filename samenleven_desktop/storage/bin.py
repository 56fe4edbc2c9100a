"""What lies in the bin: told by the days on which the file was used, not by the clock of a deletion."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, func, select

from samenleven_desktop.storage.models import Change, CommandLog, Meta, table_of
from samenleven_desktop.storage.view import View

_CHANGE, _COMMAND, _META = table_of(Change), table_of(CommandLog), table_of(Meta)
# In `meta`: the last day of use, and per day of use how far the history had come.
USAGE = "usage"


def newest_step(view: View) -> tuple[int, str | None]:
    """Number and moment (ISO) of the newest step in the history; 0 and None without one."""
    query = select(_COMMAND.c.seq, _COMMAND.c.made_at).order_by(_COMMAND.c.seq.desc()).limit(1)
    found = view.connection.execute(query).first()
    return (int(found.seq), str(found.made_at)) if found else (0, None)


def first_in_bin(view: View, days: int) -> int | None:
    """The last step that left the bin by the days on which the file was used; None when none were noted yet."""
    kept = view.connection.execute(select(_META.c.value).where(_META.c.key == USAGE)).scalar()
    if kept is None:
        return None
    state = json.loads(kept)
    before = datetime.fromisoformat(state["last"]) - timedelta(days=days)
    return max((seq for day, seq in state["marks"] if datetime.fromisoformat(day) <= before), default=0)


def deleted_by(row: Column[str], limit: int) -> ColumnElement[bool]:
    """Whether the row was last deleted in a step up to `limit`."""
    step = (
        select(func.max(_COMMAND.c.seq))
        .join(_CHANGE, _CHANGE.c.command_id == _COMMAND.c.id)
        .where(_CHANGE.c.row_id == row, _CHANGE.c.field == "deleted_at")
        .correlate(row.table)
        .scalar_subquery()
    )
    return func.coalesce(step, 0) <= limit
