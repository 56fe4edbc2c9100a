"""Sums of values of which some are not known: the total of the known ones, and what it covers."""

from __future__ import annotations

from collections.abc import Iterable


def known_sum(numbers: Iterable[int | None]) -> int | None:
    """Returns the sum of the known numbers; None if none is known."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
