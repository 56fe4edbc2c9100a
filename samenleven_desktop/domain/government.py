"""Local governments, and the figures of origin on which the threshold is based.

Governments are municipalities before and after a merger, VGC, vzw de Rand and partnerships; organisations that apply
for a call have the same place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class GovernmentKind(StrEnum):
    MUNICIPALITY = "municipality"
    BRUSSELS_MUNICIPALITY = "brussels_municipality"
    VGC = "vgc"
    RAND = "rand"
    PARTNERSHIP = "partnership"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Followed:
    """How many governments and partnerships there are, and how many organisations, which are no governments."""

    governments: int = 0
    organisations: int = 0

    @classmethod
    def of(cls, kinds: Iterable[GovernmentKind]) -> Followed:
        every = list(kinds)
        organisations = every.count(GovernmentKind.ORGANISATION)
        return cls(len(every) - organisations, organisations)

    @property
    def total(self) -> int:
        return self.governments + self.organisations


@dataclass(frozen=True)
class Government:
    """A row of the reference data. `code` is the NIS code, `VGC`, `RAND` or the short code of a partnership or an
    organisation.

    `valid_until` is the last day of the code; `successor_code` is the code that replaces it on the next day.
    """

    id: str
    code: str
    kind: GovernmentKind
    name: str
    kbo: str | None
    province: str | None
    reference_region: str | None
    valid_from: date
    valid_until: date | None
    successor_code: str | None
    facility: bool
    population: int | None
    population_year: int | None

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True)
class OriginFigure:
    """Inhabitants of one municipality on 1 January by group of origin, as published by `source`."""

    government_code: str
    year: int
    non_eu27: int
    neighbouring: int
    other_eu27: int
    belgian: int
    total: int
    source: str


@dataclass(frozen=True)
class ReferenceRegion:
    """One of the fifteen regions inside which governments may work together; `other_name` is an alternative name."""

    code: str
    name: str
    other_name: str | None


@dataclass(frozen=True)
class Merger:
    """An old code and the code that replaced it on `day`; a city that keeps its code is both old and new."""

    old_code: str
    new_code: str
    day: date


@dataclass(frozen=True)
class PostalCode:
    """A pair: one postal code can cover two municipalities, so it is never a key."""

    postal_code: str
    government_code: str
