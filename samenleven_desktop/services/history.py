"""Questions about the past: what was done, when, by whom, and what a field was before."""

from __future__ import annotations

from samenleven_desktop.domain.rows import HistoryLine
from samenleven_desktop.services.reading import Reading
from samenleven_desktop.storage.queries import history as stored


def list_history(
    reading: Reading, government_id: str | None = None, row_id: str | None = None, limit: int = 200
) -> list[HistoryLine]:
    """Commands that touched a dossier, one record, or anything; newest first."""
    return stored.history(reading.view, government_id, row_id, limit)
