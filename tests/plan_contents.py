"""Random contents of plan files that are valid: every struct, every field, with references that exist."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal, get_args, get_origin

import msgspec
from hypothesis import strategies as st

from samenleven_desktop.domain.stimulus import CHECKS
from samenleven_desktop.interchange import plan_structs as files
from samenleven_desktop.interchange.plan_content import optional, plain, shape

SIGNS = st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co"))
ODD = st.sampled_from(["=1+1", "007", "1,5", "ja", "nee", "true", "null", "~", "2024-01-01", "_x0041_", "'", "-", "#"])
WORDS = st.one_of(ODD, st.text(st.one_of(SIGNS, st.just("\n")), min_size=1, max_size=12)).map(str.strip).filter(bool)
LINES = st.one_of(ODD, st.text(SIGNS, min_size=1, max_size=9)).map(str.strip).filter(bool)
CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,6}", fullmatch=True)
NUMBERS = st.integers(1, 9999)
MONEY = st.integers(0, 99_999_999).map(lambda cents: cents // 100 if cents % 100 == 0 else cents / 100)
SHARES = st.integers(0, 1_000_000).map(lambda parts: parts / 1_000_000)


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """Returns the content of a plan file of format 2."""
    return _Maker(draw).whole()


class _Maker:
    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.keys = draw(st.lists(LINES, min_size=1, max_size=3, unique=True))
        self.years = sorted(draw(st.lists(NUMBERS, min_size=1, max_size=3, unique=True)))
        self.actions = draw(st.lists(NUMBERS, min_size=1, max_size=3, unique=True))
        self.objectives = draw(st.lists(NUMBERS, max_size=2, unique=True))
        self.codes = draw(st.lists(CODES, min_size=6, max_size=6, unique=True))

    def whole(self) -> dict[str, Any]:
        content = self.table(
            files.PlanFile,
            format=2,
            code=self._draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,9}", fullmatch=True)),
            objectives=[self.table(files.ObjectiveFile, number=number) for number in self.objectives],
            actions=[self.action(number) for number in self.actions],
            years=self.project_years(),
            sources={key: self._draw(WORDS) for key in self.keys},
        )
        content["applicants"] = [
            self.table(files.ApplicantFile, kind=kind)
            for kind in self._draw(st.lists(st.sampled_from(["vgc", "organisation", "rand"]), max_size=2, unique=True))
        ]
        return content

    def project_years(self) -> list[dict[str, Any]]:
        found, day = [], date(2025, 1, 1)
        for number in self.years:
            first = day + timedelta(days=self._draw(st.integers(0, 40)))
            last = first + timedelta(days=self._draw(st.integers(1, 900)))
            day = last + timedelta(days=1)
            found.append(self.table(files.YearFile, number=number, start=first, end=last))
            self._first, self._last = first, last
            found[-1]["deadlines"] = [self.deadline() for _ in range(self._draw(st.integers(0, 2)))]
            if not found[-1]["deadlines"]:
                del found[-1]["deadlines"]
        return found

    def deadline(self) -> dict[str, Any]:
        span = (self._last - self._first).days
        ends = sorted(self._draw(st.lists(st.integers(0, span), min_size=2, max_size=2)))
        start, end = (self._first + timedelta(days=one) for one in ends)
        return self.table(files.DeadlineFile, period_start=start, period_end=end, opens=end, due=end)

    def action(self, number: int) -> dict[str, Any]:
        targets = [
            self.table(files.TargetFile, code=self.codes.pop(), terms=self.by_years(files.TermsFile, 1))
            for _ in range(self._draw(st.integers(1, 2)))
            if self.codes
        ]
        financed = self.by_years(files.FinancedFile, 0)
        return self.table(files.ActionFile, number=number, targets=targets, financed=financed)

    def by_years(self, cls: type, least: int) -> list[dict[str, Any]]:
        """Returns entries that name some of the years, each year once."""
        years = self._draw(st.lists(st.sampled_from(self.years), min_size=least, max_size=3, unique=True))
        groups: list[list[int]] = []
        for year in years:
            if groups and self._draw(st.booleans()):
                groups[-1].append(year)
            else:
                groups.append([year])
        return [self.table(cls, years=group) for group in groups]

    def table(self, cls: type, **given: Any) -> dict[str, Any]:
        """Returns a table with these values, and random ones for its other fields."""
        found = {}
        for one in msgspec.structs.fields(cls):
            if one.name in given:
                found[one.name] = given[one.name]
            elif one.required or self._draw(st.booleans()):
                found[one.name] = self.value(cls, one.name, one.type)
        return self.mended(cls, found)

    def mended(self, cls: type, found: dict[str, Any]) -> dict[str, Any]:
        """Makes values agree with one another."""
        shares = found.get("advance_share") is not None and found.get("balance_share") is not None
        if cls in (files.MoneyRulesFile, files.SharesFile) and shares:
            found["balance_share"] = round(1 - found["advance_share"], 6)
        if cls is files.SubmissionFile and found.get("opens") and found.get("closes"):
            found["opens"], found["closes"] = sorted((found["opens"], found["closes"]))
        if cls is files.ThresholdFile and "lower_groups" in found:
            found["upper_groups"] = [*found["lower_groups"], *found.get("upper_groups", [])]
        if cls is files.ActionFile and found.get("objective") is None:
            found.pop("objective", None)
        return found

    def value(self, cls: type, name: str, kind: Any) -> Any:
        table, listed = shape(kind)
        if table is files.DrawingRightFile or table is files.StimulusAmountFile:
            return self.by_years(table, 0)
        if table is not None and listed:
            rows = [self.table(table) for _ in range(self._draw(st.integers(0, 2)))]
            key = next((one for one in ("code", "kind", "number") if rows and one in rows[0]), None)
            if key is None or table in (files.DeadlineFile, files.OwnSupportFile):
                return rows
            return list({row[key]: row for row in rows}.values())
        if table is not None:
            return self.table(table)
        named: dict[str, st.SearchStrategy[Any]] = {
            "source": st.sampled_from(self.keys),
            "sources": st.lists(st.sampled_from(self.keys), min_size=1, max_size=2, unique=True),
            "years": st.lists(st.sampled_from(self.years), max_size=2, unique=True),
            "year": st.sampled_from(self.years),
            "widened_from_year": st.sampled_from(self.years),
            "kept_from_year": st.sampled_from(self.years),
            "action": st.sampled_from(self.actions),
            "actions": st.lists(st.sampled_from(self.actions), max_size=2, unique=True),
            "check": st.sampled_from(sorted(CHECKS)),
            "kind": CODES,
            "government": CODES,
            "objective": st.sampled_from(self.objectives or [None]),
            "start_year": st.integers(1900, 2200),
            "figures_year": st.integers(1900, 2200),
        }
        if name in named and not (name == "kind" and get_origin(plain(kind)) is Literal):
            return self._draw(named[name])
        if optional(kind) and self._draw(st.integers(0, 4)) == 0:
            return None
        return self._draw(self.strategy(kind, name))

    def strategy(self, kind: Any, name: str) -> st.SearchStrategy[Any]:
        bare = plain(kind)
        if get_origin(bare) is Literal:
            return st.sampled_from(get_args(bare))
        if bare is list:
            inner = LINES if "str" in repr(kind) else st.sampled_from(["non_eu27", "belgian", "other_eu27"])
            return st.lists(inner, max_size=2, unique=True)
        if bare is str:
            return CODES if name == "code" else LINES if name in ("name",) else WORDS
        return {
            int: st.integers(1, 2000),
            bool: st.booleans(),
            date: st.dates(date(2020, 1, 1), date(2040, 1, 1)),
            float: MONEY if name.endswith("_eur") else SHARES,
        }[bare]
