"""Checks between the values of a plan file: unique codes, references that exist, dates in order, sources.

`plan_content` checks single values (types, bounds). Every fault is collected with its place; what depends on a value
that is wrong itself is not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.stimulus import CHECKS
from samenleven_desktop.interchange.plan_content import Faults
from samenleven_desktop.interchange.plan_structs import PlanFile, YearFile
from samenleven_desktop.interchange.plan_words import Path

_NO_OBJECTIVE = N_("{file}: {place}: there is no objective {number}.")
_NO_ACTION = N_("{file}: {place}: there is no action {number}.")
_NO_YEAR = N_("{file}: {place}: there is no project year {number}.")


def check_plan(plan: PlanFile, faults: Faults) -> None:
    """Adds every fault found to `faults`."""
    checks = _Checks(plan, faults)
    checks.codes()
    checks.years()
    checks.references()
    checks.shares()
    checks.sources(msgspec.to_builtins(plan, builtin_types=(date,)), ())


class _Checks:
    def __init__(self, plan: PlanFile, faults: Faults) -> None:
        self._plan = plan
        self._faults = faults
        self._years = {year.number for year in plan.years}
        self._actions = {action.number for action in plan.actions}
        tainted = faults.tainted
        self._years_known = not any(path[:1] == ("years",) and path[-1] in ("number", "years") for path in tainted)
        self._actions_known = not any(
            path == ("actions",) or (path[:1] == ("actions",) and len(path) == 3 and path[-1] == "number")
            for path in tainted
        )

    def codes(self) -> None:
        """Checks that numbers and codes are unique; targets within the whole plan, because KPI rows refer to them."""
        plan = self._plan
        self._once([(("objectives", i, "number"), one.number) for i, one in enumerate(plan.objectives)])
        self._once([(("actions", i, "number"), one.number) for i, one in enumerate(plan.actions)])
        self._once([(("years", i, "number"), one.number) for i, one in enumerate(plan.years)])
        self._once(
            [
                (("actions", i, "targets", j, "code"), target.code)
                for i, action in enumerate(plan.actions)
                for j, target in enumerate(action.targets)
            ]
        )
        self._codes(("action_rules",), plan.action_rules)
        self._codes(("form_rules",), plan.form_rules)
        self._codes(("conditions",), plan.conditions)
        if plan.money_rules is not None:
            self._codes(("money_rules", "rules"), plan.money_rules.rules)
        if plan.reporting is not None:
            self._codes(("reporting", "rules"), plan.reporting.rules)
            self._codes(("reporting", "documents"), plan.reporting.documents)
        self._once([(("applicants", i, "kind"), one.kind) for i, one in enumerate(plan.applicants)])
        for i, stimulus in enumerate(plan.stimuli.kinds if plan.stimuli is not None else ()):
            here: Path = ("stimuli", "kinds", i)
            self._codes((*here, "conditions"), stimulus.conditions)
            self._codes((*here, "texts"), stimulus.texts)
            self._codes((*here, "rules"), stimulus.rules)
        if plan.stimuli is not None:
            kinds = [(("stimuli", "kinds", i, "kind"), one.kind) for i, one in enumerate(plan.stimuli.kinds)]
            self._once(kinds)

    def years(self) -> None:
        """Checks that periods are in order and do not overlap, and that windows and deadlines are not reversed."""
        before: YearFile | None = None
        for i, year in enumerate(self._plan.years):
            here: Path = ("years", i)
            whole = self._order((*here, "end"), year.start, year.end, (*here, "start"))
            self._order(
                (*here, "submission", "closes"),
                year.submission.opens,
                year.submission.closes,
                (*here, "submission", "opens"),
            )
            near = [(*one, name) for one in (here, ("years", i - 1)) for name in ("number", "start", "end")]
            overlaps = before is not None and (year.start <= before.end or year.number <= before.number)
            if overlaps and self._faults.sound(*near):
                self._faults.add(
                    (*here, "start"),
                    N_("{file}: {place}: this project year begins before the one above it has ended."),
                )
            before = year
            for j, deadline in enumerate(year.deadlines):
                at: Path = (*here, "deadlines", j)
                if whole:
                    self._order((*at, "period_start"), year.start, deadline.period_start, (*here, "start"))
                self._order((*at, "period_end"), deadline.period_start, deadline.period_end, (*at, "period_start"))
                if deadline.period_end > year.end and self._faults.sound((*at, "period_end"), (*here, "end")):
                    self._faults.add(
                        (*at, "period_end"),
                        N_("{file}: {place}: {day} is after the end of the project year."),
                        day=deadline.period_end,
                    )
                self._order((*at, "due"), deadline.opens, deadline.due, (*at, "opens"))
            threshold = year.threshold
            if not set(threshold.lower_groups) <= set(threshold.upper_groups):
                self._faults.add(
                    (*here, "threshold", "lower_groups"),
                    N_("{file}: {place}: the groups of the lower bound must also be in the upper bound."),
                )

    def references(self) -> None:
        """Checks that referenced objectives, actions and years exist, and for one set of terms per target and year."""
        plan = self._plan
        objectives = {objective.number for objective in plan.objectives}
        objectives_known = not any(path[:1] == ("objectives",) for path in self._faults.tainted)
        for i, action in enumerate(plan.actions):
            here: Path = ("actions", i)
            if action.objective is not None and action.objective not in objectives and objectives_known:
                self._add((*here, "objective"), _NO_OBJECTIVE, action.objective)
            self._years_once((*here, "financed"), [entry.years for entry in action.financed])
            if action.widened_from_year is not None:
                self._year((*here, "widened_from_year"), action.widened_from_year)
            for j, target in enumerate(action.targets):
                self._years_once((*here, "targets", j, "terms"), [terms.years for terms in target.terms])
        named: list[tuple[Path, int]] = []
        named += [(("mentors", i, "action"), mentor.action) for i, mentor in enumerate(plan.mentors)]
        named += [(("examples", i, "action"), example.action) for i, example in enumerate(plan.examples)]
        named += [(("published_figures", i, "action"), row.action) for i, row in enumerate(plan.published_figures)]
        for i, condition in enumerate(plan.conditions):
            named += [(("conditions", i, "actions"), number) for number in condition.actions]
            for number in condition.years:
                self._year(("conditions", i, "years"), number)
        if plan.reporting is not None and plan.reporting.jury is not None:
            named += [(("reporting", "jury", "actions"), number) for number in plan.reporting.jury.actions]
        for place, number in named:
            if number not in self._actions and self._actions_known:
                self._add(place, _NO_ACTION, number)
        for i, figure in enumerate(plan.published_figures):
            self._year(("published_figures", i, "year"), figure.year)
        if plan.partnership_rules is not None and plan.partnership_rules.kept_from_year is not None:
            self._year(("partnership_rules", "kept_from_year"), plan.partnership_rules.kept_from_year)
        rights = {one.government: None for one in plan.drawing_rights}
        for code in rights:
            places = [i for i, one in enumerate(plan.drawing_rights) if one.government == code]
            seen: dict[int, Path] = {}
            for i in places:
                self._years_in(("drawing_rights", i, "years"), plan.drawing_rights[i].years, seen)
        self._stimuli()

    def _stimuli(self) -> None:
        for i, stimulus in enumerate(self._plan.stimuli.kinds if self._plan.stimuli is not None else ()):
            here: Path = ("stimuli", "kinds", i)
            for year in stimulus.years:
                self._year((*here, "years"), year)
            self._years_once((*here, "amounts"), [entry.years for entry in stimulus.amounts])
            for j, condition in enumerate(stimulus.conditions):
                if condition.check not in CHECKS:
                    self._faults.add(
                        (*here, "conditions", j, "check"),
                        N_("{file}: {place}: {check} is no condition that this program knows."),
                        check=condition.check,
                    )
                for year in condition.years:
                    self._year((*here, "conditions", j, "years"), year)

    def shares(self) -> None:
        """Checks that advance and balance add up to the whole grant, in the plan and in a year."""
        plan = self._plan
        places: list[tuple[Path, float | None, float | None]] = []
        if plan.money_rules is not None:
            places.append((("money_rules",), plan.money_rules.advance_share, plan.money_rules.balance_share))
        for i, year in enumerate(plan.years):
            if year.shares is not None:
                places.append((("years", i, "shares"), year.shares.advance_share, year.shares.balance_share))
        for place, advance, balance in places:
            sound = self._faults.sound((*place, "advance_share"), (*place, "balance_share"))
            if advance is not None and balance is not None and sound and abs(advance + balance - 1) > 1e-9:
                self._faults.add(
                    (*place, "balance_share"), N_("{file}: {place}: advance and balance together must be 1.")
                )

    def sources(self, value: object, place: Path) -> None:
        """Checks recursively that every `source` is in the table of sources."""
        if isinstance(value, dict):
            for name, part in value.items():
                at = (*place, name)
                if name == "source":
                    self._source(at, part)
                elif name == "sources" and place:
                    for i, key in enumerate(part):
                        self._source((*at, i), key)
                else:
                    self.sources(part, at)
        elif isinstance(value, list):
            for i, part in enumerate(value):
                self.sources(part, (*place, i))

    def _source(self, place: Path, key: object) -> None:
        if key not in self._plan.sources and self._faults.sound(place, ("sources",)):
            self._faults.add(place, N_("{file}: {place}: {key} is not in the table of sources."), key=key)

    def _year(self, place: Path, number: int) -> None:
        if number not in self._years and self._years_known:
            self._add(place, _NO_YEAR, number)

    def _years_once(self, place: Path, groups: Iterable[Sequence[int]]) -> None:
        seen: dict[int, Path] = {}
        for i, numbers in enumerate(groups):
            self._years_in((*place, i, "years"), numbers, seen)

    def _years_in(self, place: Path, numbers: Sequence[int], seen: dict[int, Path]) -> None:
        for number in numbers:
            self._year(place, number)
            if number in seen:
                self._twice(place, number, seen[number])
            seen[number] = place

    def _codes(self, place: Path, entries: Sequence[object]) -> None:
        self._once([((*place, i, "code"), getattr(one, "code", "")) for i, one in enumerate(entries)])

    def _once(self, values: Iterable[tuple[Path, object]]) -> None:
        seen: dict[object, Path] = {}
        for place, value in values:
            if not self._faults.sound(place):
                continue
            if value in seen:
                self._twice(place, value, seen[value])
            seen.setdefault(value, place)

    def _twice(self, place: Path, value: object, first: Path) -> None:
        if self._faults.sound(place):
            self._faults.add(
                place,
                N_("{file}: {place}: {value} already stands at {first}."),
                value=str(value),
                first=self._faults.locate(first),
            )

    def _order(self, place: Path, first: date | None, second: date | None, earlier: Path) -> bool:
        """Returns whether two days are in order, as far as both are known and right."""
        if first is None or second is None or second >= first:
            return True
        if self._faults.sound(place, earlier):
            self._faults.add(
                place,
                N_("{file}: {place}: {second} is before {first}, the day that it follows."),
                first=first,
                second=second,
            )
        return False

    def _add(self, place: Path, message: str, number: int) -> None:
        if self._faults.sound(place):
            self._faults.add(place, message, number=str(number))
