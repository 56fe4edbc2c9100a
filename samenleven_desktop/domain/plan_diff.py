"""Lists the differences between two versions of a plan, for the preview before a plan file is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from samenleven_desktop.domain.plan import Action, Plan, ProjectYear, Target


class PlanChangeKind(StrEnum):
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True)
class PlanChange:
    """One difference.

    `place` names it in the terms of the plan (project year 2, action 9, A9a in year 2); `field` is the name of the
    value, empty for a whole item; amounts in cents.
    """

    kind: PlanChangeKind
    place: tuple[str, ...]
    field: str = ""
    old: object = None
    new: object = None


_YEAR_FIELDS = (
    "start",
    "end",
    "submission_opens",
    "submission_closes",
    "threshold_inhabitants",
    "threshold_population",
    "threshold_figures_year",
    "budget_cents",
    "renewal_budget",
    "new_applicants_allowed",
    "shares",
    "risk",
)
_ACTION_FIELDS = ("title", "short_title", "kpi", "max_subsidy_form_cents", "max_subsidy_page_cents", "financed")
_TERM_FIELDS = ("unit", "rate_cents", "cap_units", "financed", "label")
_PARTS = (
    "kpi_rules",
    "money_rules",
    "partnership_rules",
    "stimulus_rules",
    "reporting_rules",
    "own_support",
    "mentors",
    "examples",
    "drawing_rights",
    "conditions",
    "applicants",
    "form_rules",
    "action_rules",
)


def compare(old: Plan, new: Plan) -> list[PlanChange]:
    """Returns differences in plan order: years, actions with their targets, then each other rule as a whole."""
    return [*_years(old, new), *_actions(old, new), *_rules(old, new)]


def _years(old: Plan, new: Plan) -> Iterator[PlanChange]:
    before, after = {y.number: y for y in old.years}, {y.number: y for y in new.years}
    for number in sorted(before.keys() | after.keys()):
        place = ("year", str(number))
        if number not in before or number not in after:
            yield PlanChange(PlanChangeKind.NEW if number in after else PlanChangeKind.GONE, place)
            continue
        yield from _fields(before[number], after[number], _YEAR_FIELDS, place)
        yield from _deadlines(before[number], after[number], place)


def _deadlines(old: ProjectYear, new: ProjectYear, place: tuple[str, ...]) -> Iterator[PlanChange]:
    for kind in sorted({one.kind for one in (*old.deadlines, *new.deadlines)}):
        before, after = ([one for one in year.deadlines if one.kind == kind] for year in (old, new))
        for at in range(max(len(before), len(after))):
            days = [every[at].due if at < len(every) else None for every in (before, after)]
            if days[0] != days[1]:
                yield PlanChange(PlanChangeKind.CHANGED, place, f"due_{kind}", *days)


def _actions(old: Plan, new: Plan) -> Iterator[PlanChange]:
    before, after = {a.number: a for a in old.actions}, {a.number: a for a in new.actions}
    for number in sorted(before.keys() | after.keys()):
        place = ("action", str(number))
        if number not in before or number not in after:
            yield PlanChange(PlanChangeKind.NEW if number in after else PlanChangeKind.GONE, place)
            continue
        yield from _fields(before[number], after[number], _ACTION_FIELDS, place)
        yield from _targets(before[number], after[number])


def _targets(old: Action, new: Action) -> Iterator[PlanChange]:
    before, after = {t.code: t for t in old.targets}, {t.code: t for t in new.targets}
    for code in sorted(before.keys() | after.keys()):
        if code not in before or code not in after:
            yield PlanChange(PlanChangeKind.NEW if code in after else PlanChangeKind.GONE, ("target", code))
            continue
        yield from _terms(before[code], after[code])


def _terms(old: Target, new: Target) -> Iterator[PlanChange]:
    for year in sorted({terms.year for terms in (*old.terms, *new.terms)}):
        before, after, place = old.in_year(year), new.in_year(year), ("target", new.code, "year", str(year))
        if before is None or after is None:
            yield PlanChange(PlanChangeKind.NEW if before is None else PlanChangeKind.GONE, place)
            continue
        yield from _fields(before, after, _TERM_FIELDS, place)


def _rules(old: Plan, new: Plan) -> Iterator[PlanChange]:
    for part in _PARTS:
        before, after = getattr(old, part), getattr(new, part)
        if before == after:
            continue
        if part in ("kpi_rules", "money_rules") and before is not None and after is not None:
            names = [one.name for one in fields(before) if one.name not in ("source", "rules")]
            yield from _fields(before, after, tuple(names), (part,))
        else:
            yield PlanChange(PlanChangeKind.CHANGED, (part,))


def _fields(old: object, new: object, names: tuple[str, ...], place: tuple[str, ...]) -> Iterator[PlanChange]:
    for name in names:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield PlanChange(PlanChangeKind.CHANGED, place, name, before, after)
