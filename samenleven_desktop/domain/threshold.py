"""The threshold of a call: more than n inhabitants of the counted origin, judged on bounds.

The groups of origin in the shipped figures differ from those the call counts: the groups that certainly count give a
lower bound, those that may count an upper bound. An official figure entered by the coach overrides both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samenleven_desktop.domain.government import OriginFigure
from samenleven_desktop.domain.plan import ProjectYear


class ThresholdFact(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class OfficialFigure:
    """Inhabitants of the counted origin from an official source, entered by an officer."""

    government_code: str
    year: int
    value: int
    source: str
    noted_on: date


@dataclass(frozen=True)
class Counted:
    """The known count of one government: between `lower` and `upper`, exact if both are equal.

    `figures_year` is the year of the figures; if there are no figures, it is None and so are both bounds.
    """

    government_code: str
    lower: int | None
    upper: int | None
    figures_year: int | None
    source: str | None
    official: bool


@dataclass(frozen=True)
class ThresholdResult:
    """The result for one government, or several together, against the threshold of a project year."""

    finding: ThresholdFact
    threshold: int | None
    lower: int | None
    upper: int | None
    counted: tuple[Counted, ...]


def count(code: str, year: ProjectYear, shipped: Sequence[OriginFigure], official: Sequence[OfficialFigure]) -> Counted:
    """Returns the counted inhabitants of one government for a call.

    The year of the figures is the one in the plan file; if no source states it, the newest 1 January before the call
    began. An official figure of that year, or the newest one before it, takes precedence.
    """
    wanted = year.threshold_figures_year or year.start.year
    typed = [one for one in official if one.government_code == code and one.year <= wanted]
    if typed:
        best = max(typed, key=lambda one: (one.year, one.noted_on))
        return Counted(code, best.value, best.value, best.year, best.source, True)
    known = [one for one in shipped if one.government_code == code and one.year <= wanted]
    if not known:
        return Counted(code, None, None, None, None, False)
    figure = max(known, key=lambda one: one.year)
    lower = sum(_group(figure, name) for name in year.threshold_lower_groups)
    upper = sum(_group(figure, name) for name in year.threshold_upper_groups)
    return Counted(code, lower, upper, figure.year, figure.source, False)


def judge(year: ProjectYear, counted: Iterable[Counted]) -> ThresholdResult:
    """Above the threshold on the lower bound: met; not above it on the upper bound: not met; otherwise not known."""
    all_of_them = tuple(sorted(counted, key=lambda one: one.government_code))
    unknown = not all_of_them or any(one.lower is None or one.upper is None for one in all_of_them)
    lower = sum(one.lower or 0 for one in all_of_them)
    upper = None if unknown else sum(one.upper or 0 for one in all_of_them)
    threshold = year.threshold_inhabitants
    if threshold is None:
        finding = ThresholdFact.NOT_KNOWN
    elif lower > threshold:
        finding = ThresholdFact.MET
    elif upper is not None and upper <= threshold:
        finding = ThresholdFact.NOT_MET
    else:
        finding = ThresholdFact.NOT_KNOWN
    return ThresholdResult(finding, threshold, lower if all_of_them else None, upper, all_of_them)


def _group(figure: OriginFigure, name: str) -> int:
    return int(getattr(figure, name))
