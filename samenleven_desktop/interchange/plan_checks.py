"""Checks between the values of a plan file: unique codes, references that exist, dates in order, sources.

`plan_structs` checks single values (types, bounds). Every error is a `UserError` that names the file and the place in
it, for example `actions[3].targets[0].terms[1].years`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.stimulus import CHECKS
from samenleven_desktop.interchange.plan_structs import PlanFile, RuleFile, YearFile


def check_plan(file: str, plan: PlanFile) -> None:
    """Raises the first error found; `file` is the name shown in the message."""
    checks = _Checks(file, plan)
    checks.codes()
    checks.years()
    checks.references()
    checks.shares()
    checks.walk(msgspec.to_builtins(plan, builtin_types=(date,)), "")


class _Checks:
    def __init__(self, file: str, plan: PlanFile) -> None:
        self._file = file
        self._plan = plan
        self._years = {year.number for year in plan.years}
        self._actions = {action.number for action in plan.actions}

    def codes(self) -> None:
        """Checks that numbers and codes are unique; targets within the whole plan, because KPI rows refer to them."""
        plan = self._plan
        self._once("objectives[{}].number", [objective.number for objective in plan.objectives])
        self._once("actions[{}].number", [action.number for action in plan.actions])
        self._once("years[{}].number", [year.number for year in plan.years])
        places: dict[str, str] = {}
        for i, action in enumerate(plan.actions):
            for j, target in enumerate(action.targets):
                place = f"actions[{i}].targets[{j}].code"
                if target.code in places:
                    self._twice(place, target.code, places[target.code])
                places[target.code] = place
        lists: dict[str, Sequence[RuleFile]] = {
            "action_rules": plan.action_rules,
            "form_rules": plan.form_rules,
            "money_rules.rules": plan.money_rules.rules,
        }
        if plan.reporting is not None:
            lists["reporting.rules"] = plan.reporting.rules
            self._once("reporting.documents[{}].code", [document.code for document in plan.reporting.documents])
        for name, rules in lists.items():
            self._once(name + "[{}].code", [rule.code for rule in rules])
        if plan.stimuli is not None:
            self._once("stimuli.kinds[{}].kind", [stimulus.kind for stimulus in plan.stimuli.kinds])
            for i, stimulus in enumerate(plan.stimuli.kinds):
                here = f"stimuli.kinds[{i}]"
                self._once(here + ".conditions[{}].code", [condition.code for condition in stimulus.conditions])
                self._once(here + ".texts[{}].code", [text.code for text in stimulus.texts])

    def years(self) -> None:
        """Checks that periods are in order and do not overlap, and that windows and deadlines are not reversed."""
        before: YearFile | None = None
        for i, year in enumerate(self._plan.years):
            here = f"years[{i}]"
            self._order(f"{here}.end", year.start, year.end)
            self._order(f"{here}.submission.closes", year.submission.opens, year.submission.closes)
            if before is not None and (year.start <= before.end or year.number <= before.number):
                raise self._fault(
                    N_("{file}: {place}: this project year begins before the one above it has ended."),
                    f"{here}.start",
                )
            before = year
            self._once(here + ".deadlines[{}].kind", [deadline.kind for deadline in year.deadlines])
            for j, deadline in enumerate(year.deadlines):
                at = f"{here}.deadlines[{j}]"
                self._order(f"{at}.period_start", year.start, deadline.period_start)
                self._order(f"{at}.period_end", deadline.period_start, deadline.period_end)
                if deadline.period_end > year.end:
                    raise self._fault(
                        N_("{file}: {place}: {day} is after the end of the project year."),
                        f"{at}.period_end",
                        day=deadline.period_end,
                    )
                self._order(f"{at}.due", deadline.opens, deadline.due)
            threshold = year.threshold
            if not set(threshold.lower_groups) <= set(threshold.upper_groups):
                raise self._fault(
                    N_("{file}: {place}: the groups of the lower bound must also be in the upper bound."),
                    f"{here}.threshold.lower_groups",
                )

    def references(self) -> None:
        """Checks that referenced objectives, actions and years exist, and for one set of terms per target and year."""
        plan = self._plan
        objectives = {objective.number for objective in plan.objectives}
        for i, action in enumerate(plan.actions):
            here = f"actions[{i}]"
            if action.objective not in objectives:
                raise self._fault(
                    N_("{file}: {place}: there is no objective {number}."), f"{here}.objective", number=action.objective
                )
            self._years_once(here + ".financed[{}].years", [entry.years for entry in action.financed])
            if action.widened_from_year is not None:
                self._year(f"{here}.widened_from_year", action.widened_from_year)
            for j, target in enumerate(action.targets):
                self._years_once(f"{here}.targets[{j}]" + ".terms[{}].years", [terms.years for terms in target.terms])
        named: list[tuple[str, int]] = []
        named += [(f"mentors[{i}].action", mentor.action) for i, mentor in enumerate(plan.mentors)]
        named += [(f"examples[{i}].action", example.action) for i, example in enumerate(plan.examples)]
        named += [(f"published_figures[{i}].action", row.action) for i, row in enumerate(plan.published_figures)]
        if plan.reporting is not None and plan.reporting.jury is not None:
            named += [(f"reporting.jury.actions[{i}]", number) for i, number in enumerate(plan.reporting.jury.actions)]
        for place, number in named:
            if number not in self._actions:
                raise self._fault(N_("{file}: {place}: there is no action {number}."), place, number=number)
        for i, figure in enumerate(plan.published_figures):
            self._year(f"published_figures[{i}].year", figure.year)
        if plan.partnership_rules is not None and plan.partnership_rules.kept_from_year is not None:
            self._year("partnership_rules.kept_from_year", plan.partnership_rules.kept_from_year)
        for i, stimulus in enumerate(plan.stimuli.kinds if plan.stimuli is not None else ()):
            for year in stimulus.years:
                self._year(f"stimuli.kinds[{i}].years", year)
            for j, condition in enumerate(stimulus.conditions):
                if condition.check not in CHECKS:
                    raise self._fault(
                        N_("{file}: {place}: {check} is no condition that this program knows."),
                        f"stimuli.kinds[{i}].conditions[{j}].check",
                        check=condition.check,
                    )
                for year in condition.years:
                    self._year(f"stimuli.kinds[{i}].conditions[{j}].years", year)

    def shares(self) -> None:
        """Checks that advance and balance add up to the whole grant."""
        money = self._plan.money_rules
        if abs(money.advance_share + money.balance_share - 1) > 1e-9:
            raise self._fault(
                N_("{file}: {place}: advance and balance together must be 1."), "money_rules.balance_share"
            )

    def walk(self, value: object, place: str) -> None:
        """Checks recursively that every `source` resolves and that no amount has more than two decimals."""
        if isinstance(value, dict):
            for name, part in value.items():
                at = f"{place}.{name}" if place else str(name)
                if name == "source":
                    self._source(at, part)
                elif name == "sources" and place:
                    for i, key in enumerate(part):
                        self._source(f"{at}[{i}]", key)
                elif name.endswith("_eur") and part is not None and (Decimal(str(part)) * 100) % 1:
                    raise self._fault(N_("{file}: {place}: an amount has at most two decimals."), at)
                else:
                    self.walk(part, at)
        elif isinstance(value, list):
            for i, part in enumerate(value):
                self.walk(part, f"{place}[{i}]")

    def _source(self, place: str, key: object) -> None:
        if key not in self._plan.sources:
            raise self._fault(N_("{file}: {place}: {key} is not in the table of sources."), place, key=key)

    def _year(self, place: str, number: int) -> None:
        if number not in self._years:
            raise self._fault(N_("{file}: {place}: there is no project year {number}."), place, number=number)

    def _years_once(self, pattern: str, groups: Iterable[Sequence[int]]) -> None:
        seen: dict[int, str] = {}
        for i, numbers in enumerate(groups):
            for number in numbers:
                place = pattern.replace("{}", str(i))
                self._year(place, number)
                if number in seen:
                    self._twice(place, number, seen[number])
                seen[number] = place

    def _once(self, pattern: str, values: Iterable[object]) -> None:
        seen: dict[object, str] = {}
        for i, value in enumerate(values):
            if value in seen:
                self._twice(pattern.replace("{}", str(i)), value, seen[value])
            seen[value] = pattern.replace("{}", str(i))

    def _twice(self, place: str, value: object, first: str) -> None:
        raise self._fault(N_("{file}: {place}: {value} already stands at {first}."), place, value=value, first=first)

    def _order(self, place: str, first: date | None, second: date | None) -> None:
        if first is not None and second is not None and second < first:
            raise self._fault(
                N_("{file}: {place}: {second} is before {first}, the day that it follows."),
                place,
                first=first,
                second=second,
            )

    def _fault(self, message: str, place: str, **values: object) -> UserError:
        return UserError(message, field=place, file=self._file, place=place, **values)
