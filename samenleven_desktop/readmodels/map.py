"""The map of a coach's area: outlines of municipalities, and the data of each government."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.stimulus import Outcome, StimulusState
from samenleven_desktop.readmodels.core import StateCounts

Point = tuple[float, float]
Ring = tuple[Point, ...]
Box = tuple[float, float, float, float]

BRUSSELS = "VGC"
"""The code of the outline of the Brussels region: the VGC works there and has no NIS code."""


@dataclass(frozen=True)
class Outline:
    """A shape in metres, x to the east and y to the north (Belgian Lambert 72, so equal in both directions).

    Each ring is closed; a point is inside if it is inside an odd number of rings (islands, holes). `box` is left,
    bottom, right, top.
    """

    code: str
    name: str
    rings: tuple[Ring, ...]
    box: Box


@dataclass(frozen=True)
class StimulusMark:
    """A kind of stimulus for a government: its `state` if there is a candidacy, otherwise the possible `outcome`."""

    kind_name: str
    outcome: Outcome
    state: StimulusState | None


@dataclass(frozen=True)
class AreaGovernment:
    """One of my governments with the data for the map.

    `codes` are the outlines it currently covers: its own, that of its successor after a merger, those of the members of
    a partnership or of the governments that an organisation serves; none if it has no outline. `states` are those of
    its own targets or, if it has none, those of the partnership in `through`.
    """

    id: str
    code: str
    kind: GovernmentKind
    name: str
    states: StateCounts
    through: str | None
    last_contact: date | None
    codes: tuple[str, ...]
    stimuli: tuple[StimulusMark, ...] = ()


@dataclass(frozen=True)
class AreaMap:
    """My governments on a day, by name."""

    today: date
    governments: tuple[AreaGovernment, ...]

    def on_map(self) -> dict[str, tuple[str, ...]]:
        """Returns id -> the outlines that show this government.

        An outline shows only one: first the government with that code, then its predecessor, then the partnership or
        association it belongs to, then an organisation that serves it.
        """
        taken: set[str] = set()
        shown = {}
        for one in sorted(self.governments, key=_claim):
            free = tuple(code for code in one.codes if code not in taken)
            taken.update(free)
            if free:
                shown[one.id] = free
        return shown


def _claim(one: AreaGovernment) -> tuple[bool, bool, bool]:
    together = one.kind in (GovernmentKind.PARTNERSHIP, GovernmentKind.RAND)
    return one.kind is GovernmentKind.ORGANISATION, together, one.codes != (one.code,)


def bounds(boxes: Iterable[Box]) -> Box:
    """Returns the smallest box around all of these; there must be at least one."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
