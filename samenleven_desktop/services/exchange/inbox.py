"""What is left to decide after exchanging, and what waits for records that have not come."""

from __future__ import annotations

from samenleven_desktop.domain.exchange_rows import ConflictLine, WaitingLine
from samenleven_desktop.services.reading import Reading
from samenleven_desktop.storage.queries import conflicts


def list_conflicts(reading: Reading) -> list[ConflictLine]:
    """The conflicts that are still open, newest found first."""
    return conflicts.conflicts(reading.view)


def list_waiting(reading: Reading) -> list[WaitingLine]:
    """Records that cannot be shown yet, because what they belong to has not come."""
    return conflicts.waiting(reading.view)
