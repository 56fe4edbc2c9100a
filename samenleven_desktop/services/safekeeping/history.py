"""Questions about the past: what was done, when, by whom, what a field was before, and what lies in the bin."""

from __future__ import annotations

from datetime import datetime, timedelta

from samenleven_desktop.readmodels.core import HistoryLine
from samenleven_desktop.readmodels.history import BinLine, FieldValue
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.bin import first_in_bin
from samenleven_desktop.storage.queries import field_history as past
from samenleven_desktop.storage.queries import history as stored

# How long what was deleted can come back (design, section 3).
BIN_DAYS = 90


def list_history(
    context: QueryContext, government_id: str | None = None, row_id: str | None = None, limit: int = 200
) -> list[HistoryLine]:
    """Commands that touched a dossier, one record, or anything; newest first."""
    return stored.history(context.view, government_id, row_id, limit)


def field_history(context: QueryContext, table_name: str, row_id: str, field: str) -> list[FieldValue]:
    """Every value a field got, newest first."""
    return past.values_of_field(context.view, table_name, row_id, field)


def list_bin(context: QueryContext, now: datetime) -> list[BinLine]:
    """Steps that deleted something in the last 90 days, newest first, as far as it still lies in the bin."""
    return past.bin_lines(context.view, bin_start(now), first_in_bin(context.view, BIN_DAYS))


def bin_start(now: datetime) -> str:
    """The moment (ISO) before which what was deleted no longer comes back."""
    return (now - timedelta(days=BIN_DAYS)).isoformat(timespec="milliseconds")
