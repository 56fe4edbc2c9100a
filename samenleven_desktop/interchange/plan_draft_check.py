"""Checks a draft of a plan: its grids become the sheets of the Excel form, which are read and checked as a file is.

So a draft has the faults that its form would have, each at the cell or field in which it was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.file_place import FilePlace
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.plan_build import build_plan
from samenleven_desktop.interchange.plan_checks import check_plan
from samenleven_desktop.interchange.plan_content import Faults, plan_content
from samenleven_desktop.interchange.plan_draft import (
    ACTIONS,
    CERTAINTY,
    CODE,
    DETAILS,
    FINANCED,
    KIND,
    LABEL,
    NUMBER,
    PAID_CERTAINTY,
    PAID_SOURCE,
    PARENT,
    SOURCE,
    SOURCE_GRID,
    TITLE,
    YEAR_LABEL,
    YEARS,
    DraftRow,
    PlanDraft,
    draft_grids,
)
from samenleven_desktop.interchange.plan_form import (
    KEYS,
    PLAN_SHEET,
    SOURCES,
    TITLES,
    FormSheet,
    Names,
    form_sheets,
    plan_values,
)
from samenleven_desktop.interchange.plan_form_reader import ReadForm, column_letters, form_in
from samenleven_desktop.interchange.plan_words import Path, path_words
from samenleven_desktop.interchange.tables.model import Sheet

_DIFFERS = N_("{file}: {place}: {value} is not what the first line of {name} says.")
_FORM = Language("nl")
"""The captions of the sheets, which nobody sees."""
_TARGET_CELLS = (CODE, LABEL, KIND, "unit", "rate_eur", "cap_units", YEAR_LABEL)


@dataclass(frozen=True)
class DraftPlace:
    """A cell; without a grid a field that the plan has once, without a row the grid as a whole."""

    grid: str
    row_id: str
    column: str


@dataclass(frozen=True)
class DraftFault:
    place: DraftPlace
    error: UserError


@dataclass(frozen=True)
class CheckedDraft:
    """`plan` is None as long as there are faults."""

    plan: Plan | None
    faults: tuple[DraftFault, ...]


def check_draft(draft: PlanDraft, name: str) -> CheckedDraft:
    """Returns the plan, or every fault; `name` is what the faults call the draft."""
    sheets = _Sheets(draft)
    form = form_in(sheets.every(), name)

    def locate(place: Path) -> FilePlace:
        if place[:1] == ("?",):
            return FilePlace((), None, form.cells[place][0])
        return FilePlace(path_words(form.content, place))

    faults = Faults(name, locate)
    for path, message, values in form.strays:
        faults.add(path, message, **values)
    file = plan_content(form.content, faults)
    check_plan(file, faults)
    found = [DraftFault(sheets.place_of(form, path), error) for path, error in faults.found]
    for place, first, words in sheets.differing:
        told = UserError(
            _DIFFERS, field=place.column, file=name, place=FilePlace((), None, _FORM.text(TITLES[("actions",)])),
            value=words, name=first,
        )  # fmt: skip
        found.append(DraftFault(place, told))
    return CheckedDraft(None if found else build_plan(file), tuple(found))


@dataclass
class _Sheets:
    """The sheets of the form of a draft, and where each of their cells was typed."""

    draft: PlanDraft
    typed: dict[tuple[str, str], DraftPlace] = field(default_factory=dict)
    differing: list[tuple[DraftPlace, str, str]] = field(default_factory=list)

    def every(self) -> list[Sheet]:
        sheets = [self._values(), self._sources()]
        folded = {
            ("actions",): self._action_rows,
            ("actions", "targets"): self._target_rows,
            ("actions", "targets", "terms"): self._terms_rows,
            ("actions", "financed"): self._financed_rows,
        }
        for form in form_sheets():
            rows = folded[form.names]() if form.names in folded else self._plain_rows(form)
            sheets.append(self._sheet(form, rows))
        return sheets

    def place_of(self, form: ReadForm, path: Path) -> DraftPlace:
        """Returns the cell of a value, or the field or grid that it would stand in."""
        for end in range(len(path), 0, -1):
            cell = form.cells.get(path[:end])
            if cell is not None and cell in self.typed:
                return self.typed[cell]
        names = tuple(str(one) for one in path if isinstance(one, str))
        if names[:1] == (ACTIONS,):
            return DraftPlace(ACTIONS, "", "")
        grid = ".".join(names)
        return DraftPlace(grid, "", "") if grid in draft_grids() else DraftPlace("", "", grid)

    def _values(self) -> Sheet:
        title = _FORM.text(PLAN_SHEET)
        rows = [("", "")]
        for number, column in enumerate(plan_values(), 2):
            key = ".".join(column.names)
            rows.append((column.heading(_FORM), self.draft.values.get(key, "")))
            self.typed[title, f"B{number}"] = DraftPlace("", "", key)
        return Sheet(title, tuple(rows))

    def _sources(self) -> Sheet:
        title = _FORM.text(SOURCES)
        rows = [("", "")]
        for number, row in enumerate(self.draft.grid(SOURCE_GRID), 2):
            rows.append((row.cell("key"), row.cell("address")))
            self.typed[title, f"A{number}"] = DraftPlace(SOURCE_GRID, row.id, "key")
            self.typed[title, f"B{number}"] = DraftPlace(SOURCE_GRID, row.id, "address")
        return Sheet(title, tuple(rows))

    def _sheet(self, form: FormSheet, rows: Iterator[_Line]) -> Sheet:
        title = _FORM.text(TITLES[form.names])
        head = [one.heading(_FORM) for one in form.columns]
        if form.parent is not None:
            head.insert(0, _FORM.text(KEYS[form.parent][1]))
        table: list[tuple[str, ...]] = [tuple(head)]
        for number, line in enumerate(rows, 2):
            names: list[Names] = [one.names for one in form.columns]
            if form.parent is not None:
                names.insert(0, (PARENT,))
            table.append(tuple(line.words.get(one, "") for one in names))
            for at, one in enumerate(names):
                place = line.places.get(one)
                if place is not None:
                    self.typed[title, f"{column_letters(at)}{number}"] = place
        return Sheet(title, tuple(table))

    def _plain_rows(self, form: FormSheet) -> Iterator[_Line]:
        grid = ".".join(form.names)
        for row in self.draft.grid(grid):
            line = _Line(grid, row)
            if form.parent is not None:
                line.put((PARENT,), PARENT)
            for column in form.columns:
                line.put(column.names, ".".join(column.names))
            yield line

    # The grid of the actions

    def _lines(self) -> Iterator[tuple[DraftRow, DraftRow, DraftRow]]:
        """Yields each line with the first line of its action and of its target."""
        actions: dict[str, DraftRow] = {}
        targets: dict[tuple[str, str], DraftRow] = {}
        for row in self.draft.grid(ACTIONS):
            number, code = row.cell(NUMBER), row.cell(CODE)
            yield row, actions.setdefault(number, row), targets.setdefault((number, code), row)

    def _first(self, row: DraftRow, first: DraftRow, column: str, name: str) -> None:
        """Notes a later line that says something else than the first one of its action or target."""
        words = row.cell(column)
        if row is not first and words and words != first.cell(column):
            self.differing.append((DraftPlace(ACTIONS, row.id, column), name, words))

    def _action_rows(self) -> Iterator[_Line]:
        details = {row.cell(NUMBER): row for row in self.draft.grid(DETAILS)}
        for row, first, _ in self._lines():
            self._first(row, first, TITLE, row.cell(NUMBER))
            if row is not first:
                continue
            line = _Line(ACTIONS, row)
            line.put(("number",), NUMBER)
            line.put(("title",), TITLE)
            more = details.get(row.cell(NUMBER))
            for column in draft_grids()[DETAILS].columns:
                if column.key != NUMBER and more is not None:
                    line.put_from(DETAILS, more, (column.key,), column.key)
            for name, instead in (("short_title", TITLE), ("source", SOURCE)):
                if not line.words.get((name,)):
                    line.put((name,), instead)
            yield line

    def _target_rows(self) -> Iterator[_Line]:
        for row, _, first in self._lines():
            if not any(row.cell(one) for one in _TARGET_CELLS):
                continue
            for column in (LABEL, KIND):
                self._first(row, first, column, row.cell(CODE))
            if row is not first:
                continue
            line = _Line(ACTIONS, row)
            line.put((PARENT,), NUMBER)
            for name, column in (("code", CODE), ("label", LABEL), ("kind", KIND)):
                line.put((name,), column)
            yield line

    def _terms_rows(self) -> Iterator[_Line]:
        for row, _, _ in self._lines():
            if not any(row.cell(one) for one in _TARGET_CELLS):
                continue
            line = _Line(ACTIONS, row)
            line.put((PARENT,), CODE)
            for name in ("years", "unit", "rate_eur", "cap_units", "certainty", "source", "portal_rule", "note"):
                line.put((name,), name)
            line.put(("label",), YEAR_LABEL)
            yield line

    def _financed_rows(self) -> Iterator[_Line]:
        """Yields what each year of an action says once; a line that contradicts an earlier one keeps its years."""
        said: dict[tuple[str, str], tuple[str, str, str]] = {}
        for row, _, _ in self._lines():
            if not any(row.cell(one) for one in (FINANCED, PAID_CERTAINTY, PAID_SOURCE)):
                continue
            certainty = row.cell(PAID_CERTAINTY) or row.cell(CERTAINTY)
            content = row.cell(FINANCED), certainty, row.cell(PAID_SOURCE) or row.cell(SOURCE)
            number, years = row.cell(NUMBER), row.cell(YEARS).replace(";", ",").replace(",", " ").split()
            fresh = [year for year in years if said.get((number, year)) != content]
            said |= {(number, year): said.get((number, year), content) for year in fresh}
            if years and not fresh:
                continue
            line = _Line(ACTIONS, row)
            line.put((PARENT,), NUMBER)
            line.put(("years",), YEARS)
            line.words["years",] = ", ".join(fresh)
            line.put(("value",), FINANCED)
            for name, own, instead in (
                ("certainty", PAID_CERTAINTY, CERTAINTY),
                ("source", PAID_SOURCE, SOURCE),
            ):
                line.put((name,), own if row.cell(own) else instead)
            yield line


class _Line:
    """A row of a sheet: the words of its columns and where they were typed."""

    def __init__(self, grid: str, row: DraftRow) -> None:
        self._grid, self._row = grid, row
        self.words: dict[Names, str] = {}
        self.places: dict[Names, DraftPlace] = {}

    def put(self, names: Names, column: str) -> None:
        self.put_from(self._grid, self._row, names, column)

    def put_from(self, grid: str, row: DraftRow, names: Names, column: str) -> None:
        self.words[names] = row.cell(column)
        self.places[names] = DraftPlace(grid, row.id, column)
