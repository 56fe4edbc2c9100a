"""A plan as it is typed in the program: the text of every field, right or wrong, in grids that follow the Excel form.

Targets, rates and what the call finances stand in one grid with the actions, a line per target and set of years; the
other grids are the sheets of the form. `plan_draft_check` checks a draft; here it is made from a plan, and JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.plan_form import (
    CHOICES,
    KEYS,
    NO,
    SOURCES,
    TITLES,
    YES,
    FormColumn,
    Names,
    codes_of,
    elements_of,
    form_sheets,
    plan_values,
    value_in,
)
from samenleven_desktop.interchange.plan_tables import plan_tables
from samenleven_desktop.interchange.plan_words import CAPTIONS

ACTIONS, DETAILS, SOURCE_GRID, PARENT = "actions", "action_details", "sources", "parent"
NUMBER, TITLE, CODE, LABEL, KIND, YEARS = "number", "title", "code", "label", "kind", "years"
FINANCED, CERTAINTY, SOURCE = "value", "certainty", "source"
PAID_CERTAINTY, PAID_SOURCE, YEAR_LABEL = "paid_certainty", "paid_source", "year_label"
_TERMS = ("unit", "rate_eur", "cap_units")
_MORE_TERMS = ("portal_rule", "note")
_FOLDED: tuple[Names, ...] = (
    ("actions",),
    ("actions", "targets"),
    ("actions", "targets", "terms"),
    ("actions", "financed"),
)
"""The sheets of the form whose values stand in the grid of the actions, and in the one with more about them."""


@dataclass(frozen=True)
class DraftColumn:
    """`kind` is the type of the value in the plan file."""

    key: str
    captions: Names
    kind: Any
    required: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The sentences of the values that can be chosen from; empty where anything can be typed."""
        from samenleven_desktop.interchange.plan_content import plain

        if plain(self.kind) is bool:
            return YES, NO
        return tuple(CHOICES[code] for code in codes_of(self.kind)) if plain(self.kind) is not list else ()


@dataclass(frozen=True)
class DraftGrid:
    key: str
    title: str
    columns: tuple[DraftColumn, ...]


@dataclass(frozen=True)
class DraftRow:
    """A line of a grid: the text of each cell by its column; what is empty is left out."""

    id: str
    cells: Mapping[str, str] = field(default_factory=dict)

    def cell(self, column: str) -> str:
        return self.cells.get(column, "").strip()


@dataclass(frozen=True)
class PlanDraft:
    """`values` has what a plan has once, by the dotted name of the field; `made_from` is the hash of a version."""

    values: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, tuple[DraftRow, ...]] = field(default_factory=dict)
    made_from: str | None = None

    @property
    def title(self) -> str:
        return " · ".join(filter(None, (self.values.get("name", "").strip(), self.values.get("version", "").strip())))

    def grid(self, key: str) -> tuple[DraftRow, ...]:
        return self.rows.get(key, ())

    def as_json(self) -> dict[str, Any]:
        """Returns the content of a draft in the work file."""
        rows = {key: [{"id": row.id, "cells": dict(row.cells)} for row in rows] for key, rows in self.rows.items()}
        return {"title": self.title, "made_from": self.made_from, "values": dict(self.values), "rows": rows}


def draft_from_json(content: Mapping[str, Any]) -> PlanDraft:
    rows = {
        key: tuple(DraftRow(str(one["id"]), dict(one["cells"])) for one in rows)
        for key, rows in content.get("rows", {}).items()
    }
    return PlanDraft(dict(content.get("values", {})), rows, content.get("made_from"))


@cache
def draft_grids() -> dict[str, DraftGrid]:
    """Returns every grid by its key, in the order of the form."""
    grids = [_actions(), _details()]
    for sheet in form_sheets():
        if sheet.names not in _FOLDED:
            columns = [_column(one) for one in sheet.columns]
            if sheet.parent is not None:
                columns.insert(0, DraftColumn(PARENT, (KEYS[sheet.parent][1],), str, required=True))
            grids.append(DraftGrid(".".join(sheet.names), TITLES[sheet.names], tuple(columns)))
    address = DraftColumn("address", (N_("page or document"),), str, required=True)
    grids.append(
        DraftGrid(SOURCE_GRID, SOURCES, (DraftColumn("key", (CAPTIONS["source"],), str, required=True), address))
    )
    return {one.key: one for one in grids}


def _column(one: FormColumn, key: str = "", *captions: str) -> DraftColumn:
    return DraftColumn(key or ".".join(one.names), captions or one.captions, one.kind, one.required)


def form_column(names: Names, name: str) -> FormColumn:
    """Returns a column of a sheet of the form."""
    sheet = next(one for one in form_sheets() if one.names == names)
    return next(one for one in sheet.columns if one.names == (name,))


def _actions() -> DraftGrid:
    action, target, terms, financed = _FOLDED
    return DraftGrid(
        ACTIONS,
        N_("Actions and rates"),
        (
            _column(form_column(action, "number")),
            _column(form_column(action, "title")),
            _column(form_column(target, "code"), CODE, N_("target")),
            _column(form_column(target, "label"), LABEL, N_("name of the target")),
            _column(form_column(target, "kind")),
            _column(form_column(terms, "years"), YEARS),
            *(_column(form_column(terms, name)) for name in _TERMS),
            _column(form_column(financed, "value"), FINANCED, CAPTIONS["value"]),
            _column(form_column(terms, "certainty")),
            _column(form_column(terms, "source")),
            _column(form_column(terms, "label"), YEAR_LABEL, N_("name in these years")),
            *(_column(form_column(terms, name)) for name in _MORE_TERMS),
            DraftColumn(PAID_CERTAINTY, (N_("certainty of financed"),), form_column(financed, "certainty").kind),
            DraftColumn(PAID_SOURCE, (N_("source of financed"),), form_column(financed, "source").kind),
        ),
    )


def _details() -> DraftGrid:
    sheet = next(one for one in form_sheets() if one.names == ("actions",))
    columns = [_column(one) for one in sheet.columns if one.names != ("title",)]
    # The short title and the source are those of the action's first line unless they are filled in here.
    return DraftGrid(
        DETAILS,
        N_("More about the actions"),
        tuple(DraftColumn(one.key, one.captions, one.kind, one.key == NUMBER) for one in columns),
    )


# From a plan


def draft_of(plan: Plan, language: Language) -> PlanDraft:
    """Returns the draft that says what the plan says."""
    content = plan_tables(plan)
    values = {".".join(one.names): _text(value_in(content, one.names), one.kind, language) for one in plan_values()}
    rows: dict[str, tuple[DraftRow, ...]] = {
        ACTIONS: tuple(_row(cells) for action in content["actions"] for cells in _action_lines(action, language)),
        DETAILS: tuple(_row(_cells(one, draft_grids()[DETAILS].columns, language)) for one in content["actions"]),
        SOURCE_GRID: tuple(_row({"key": key, "address": words}) for key, words in content["sources"].items()),
    }
    for sheet in form_sheets():
        grid = draft_grids().get(".".join(sheet.names))
        if grid is not None and grid.key not in rows:
            rows[grid.key] = tuple(
                _row(_cells(one, grid.columns, language) | {PARENT: _text(key, str, language)})
                for key, one in elements_of(content, sheet.names)
            )
    return PlanDraft(_filled(values), rows, plan.content_hash)


def _action_lines(action: Mapping[str, Any], language: Language) -> Iterator[dict[str, str]]:
    """Yields a line for each target, set of terms and way in which these years are financed."""
    paid = {year: entry for entry in action.get("financed", ()) for year in entry["years"]}
    covered: set[int] = set()
    number, title = str(action["number"]), action["title"]
    for target in action["targets"]:
        label, kind = target["label"], _choice(target["kind"], language)
        for terms in target["terms"]:
            for years in _alike(terms["years"], paid):
                covered.update(years)
                line = {NUMBER: number, TITLE: title, CODE: target["code"], LABEL: label, KIND: kind}
                title = label = kind = ""
                line |= {YEARS: ", ".join(map(str, years)), YEAR_LABEL: terms.get("label", "")}
                for name in (*_TERMS, *_MORE_TERMS):
                    line[name] = _text(terms.get(name), form_column(_FOLDED[2], name).kind, language)
                line |= {CERTAINTY: _choice(terms["certainty"], language), SOURCE: terms["source"]}
                yield line | _paid(paid.get(years[0]), terms, language)
    rest = sorted(paid.keys() - covered)
    for years in _alike(rest, paid):
        entry = paid[years[0]]
        yield {NUMBER: number, TITLE: title, YEARS: ", ".join(map(str, years))} | _paid(entry, {}, language)
        title = ""


def _alike(years: Sequence[int], paid: Mapping[int, Mapping[str, Any]]) -> list[list[int]]:
    """Returns the years in groups that are financed in the same way."""
    groups: list[list[int]] = []
    for year in years:
        group = next((one for one in groups if paid.get(one[0]) is paid.get(year)), None)
        if group is None:
            groups.append([year])
        else:
            group.append(year)
    return groups


def _paid(entry: Mapping[str, Any] | None, terms: Mapping[str, Any], language: Language) -> dict[str, str]:
    """The certainty and source are left out where they are those of the terms, and the value says that there is one."""
    if entry is None:
        return {}
    words = {FINANCED: _text(entry["value"], bool, language)}
    same = all(entry[name] == terms.get(name) for name in ("certainty", "source"))
    if not same or entry["value"] is None:
        words |= {PAID_CERTAINTY: _choice(entry["certainty"], language), PAID_SOURCE: entry["source"]}
    return words


def _cells(content: Mapping[str, Any], columns: Sequence[DraftColumn], language: Language) -> dict[str, str]:
    return {one.key: _text(value_in(content, tuple(one.key.split("."))), one.kind, language) for one in columns}


def _row(cells: Mapping[str, str]) -> DraftRow:
    return DraftRow(new_id(), _filled(cells))


def _filled(cells: Mapping[str, str]) -> dict[str, str]:
    return {key: words for key, words in cells.items() if words}


def _choice(code: str | None, language: Language) -> str:
    return "" if code is None else language.text(CHOICES[code])


def _text(value: Any, kind: Any, language: Language) -> str:
    """Returns a value of a plan file as people type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return language.text(YES if value else NO)
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, float):
        return f"{value:f}".rstrip("0").rstrip(".").replace(".", language.decimal_sign)
    if isinstance(value, list | tuple):
        if value and all(isinstance(one, int) for one in value):
            return ", ".join(map(str, value))
        return "\n".join(_choice(one, language) if codes_of(kind) else str(one) for one in value)
    return _choice(value, language) if codes_of(kind) else str(value)
