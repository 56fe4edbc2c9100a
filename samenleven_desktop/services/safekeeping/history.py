"""Queries about the past: commands with their time and author, earlier values of a field, and the recycle bin."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from samenleven_desktop.readmodels.core import HistoryLine
from samenleven_desktop.readmodels.history import BinLine, FieldValue
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import field_history as past
from samenleven_desktop.storage.queries import history as stored
from samenleven_desktop.storage.recycle_bin import first_in_bin

# How long deleted records can be restored (design, section 3).
BIN_DAYS = 90


def list_history(
    context: QueryContext, government_id: str | None = None, row_id: str | None = None, limit: int = 200
) -> list[HistoryLine]:
    """Returns commands that changed a dossier, one record, or anything; newest first."""
    return [
        replace(
            line,
            changes=tuple(
                replace(one, old=context.shown(one.field or "", one.old), new=context.shown(one.field or "", one.new))
                for one in line.changes
            ),
        )
        for line in stored.history(context.view, government_id, row_id, limit)
    ]


def field_history(context: QueryContext, table_name: str, row_id: str, field: str) -> list[FieldValue]:
    """Returns every value a field had, newest first."""
    found = past.values_of_field(context.view, table_name, row_id, field)
    return [replace(one, value=context.shown(field, one.value)) for one in found]


def list_bin(context: QueryContext, now: datetime) -> list[BinLine]:
    """Returns steps of the last 90 days whose deletions are still in the recycle bin, newest first."""
    return past.bin_lines(context.view, bin_start(now), first_in_bin(context.view, BIN_DAYS))


def bin_start(now: datetime) -> str:
    """Returns the time (ISO) before which deletions can no longer be restored."""
    return (now - timedelta(days=BIN_DAYS)).isoformat(timespec="milliseconds")
