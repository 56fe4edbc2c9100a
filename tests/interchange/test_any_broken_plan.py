"""A plan file or form with anything anywhere: it is read, or every fault is a sentence with line, sheet or cell."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.plan_form import plan_to_form
from samenleven_desktop.interchange.plan_reader import read_plan
from samenleven_desktop.interchange.plan_yaml import plan_to_yaml
from samenleven_desktop.interchange.tables.reader import read_workbook

PLAN = Path(__file__).parents[1] / "data" / "plans" / "format-2.yaml"
NL = Language("nl")
LONGEST = 300
ODD = [
    *("zz€", "-1", "1e308", "1-1-1800", "#REF!", "x" * 6000, "A9, A9", "é\tf", -5, 1e20, True, "", "0", "9" * 20),
    *("31-2-2026", "1,2,3", "=1+1", "ja", "null", "{}", "[", "'", "- a", "a: b", "!!python/object:os.system x"),
]
Sheets = dict[str, list[list[object]]]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    path = tmp_path_factory.mktemp("form") / "p.xlsx"
    path.write_bytes(plan_to_form(read_plan(PLAN), NL))
    return {one.name: [list(row) for row in one.rows] for one in read_workbook(path).sheets}


def write(path: Path, sheets: Sheets) -> None:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_boolean(at, column, value)
                elif isinstance(value, int | float):
                    sheet.write_number(at, column, value)
                elif value is not None:
                    sheet.write_string(at, column, str(value))
    book.close()


def faults_of(path: Path) -> list[str]:
    """The sentences about a file, one a line; none if it is read."""
    try:
        read_plan(path)
    except UserError as error:
        return NL.error(error).splitlines()
    return []


def cells_of(sheets: Sheets) -> Iterator[tuple[str, int, int]]:
    for name, rows in sheets.items():
        for at, row in enumerate(rows):
            yield from ((name, at, column) for column in range(len(row)) if name != "Uitleg")


# A whole line of the sheet Plan may be gone; then there is no cell to name.
PLACE = re.compile(r"^p\.xlsx: blad [^,:]+(, cel [A-Z]+\d+|, )")


def look_at_forms(tmp_path: Path, sheets: Sheets, changes: list[tuple[tuple[str, int, int], object]]) -> int:
    refused, path = 0, tmp_path / "p.xlsx"
    for (name, at, column), value in changes:
        rows = [[*row] for row in sheets[name]]
        rows[at][column] = value
        write(path, {**sheets, name: rows})
        said = faults_of(path)
        refused += bool(said)
        assert all(PLACE.match(line) and len(line) <= LONGEST for line in said), (name, at, column, value, said)
    return refused


@pytest.mark.slow
def test_any_value_in_a_cell_of_a_form(tmp_path: Path, sheets: Sheets) -> None:
    chosen = random.Random(12)
    changes = [(cell, chosen.choice(ODD)) for cell in chosen.sample(list(cells_of(sheets)), 70)]
    assert look_at_forms(tmp_path, sheets, changes) >= 40


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_many_values_in_every_cell_of_a_form(tmp_path: Path, sheets: Sheets) -> None:
    chosen = random.Random()
    changes = [(cell, value) for cell in cells_of(sheets) for value in chosen.sample(ODD, 4)]
    assert look_at_forms(tmp_path, sheets, changes) > 400


@pytest.mark.slow
def test_a_form_without_one_of_its_sheets_columns_or_rows(tmp_path: Path, sheets: Sheets) -> None:
    path = tmp_path / "p.xlsx"
    for name in list(sheets)[1:]:
        write(path, {one: rows for one, rows in sheets.items() if one != name})
        said = faults_of(path)
        assert all(line.startswith("p.xlsx") and len(line) <= LONGEST for line in said), (name, said)
        if name == "Plan":
            assert said == ["p.xlsx is geen formulier van een plan: het heeft geen blad Plan."]
        write(path, {**sheets, name: [row[1:] for row in sheets[name]]})
        assert all(len(line) <= LONGEST for line in faults_of(path)), name


@pytest.mark.parametrize("length", [0, 10, 400, 2000, 5000])
def test_a_form_that_was_cut_off(tmp_path: Path, sheets: Sheets, length: int) -> None:
    path = tmp_path / "p.xlsx"
    write(path, sheets)
    path.write_bytes(path.read_bytes()[:length])
    (said,) = faults_of(path)
    assert said.startswith("p.xlsx")


def look_at_lines(tmp_path: Path, changes: list[tuple[int, str]]) -> int:
    lines, path, refused = plan_to_yaml(read_plan(PLAN)).decode().splitlines(), tmp_path / "p.yaml", 0
    for at, value in changes:
        head, colon, _ = lines[at].partition(": ")
        path.write_text("\n".join([*lines[:at], f"{head}{colon or ' '}{value}", *lines[at + 1 :]]), "utf-8")
        said = faults_of(path)
        refused += bool(said)
        for line in said:
            whole = line.startswith(("p.yaml: dit planbestand heeft formaat", "p.yaml is "))
            assert whole or re.match(r"p\.yaml[:,] regel \d+", line), (lines[at], value, said)
            assert len(line) <= LONGEST
    return refused


def line_count() -> int:
    return len(plan_to_yaml(read_plan(PLAN)).decode().splitlines())


@pytest.mark.slow
def test_any_value_on_a_line_of_a_file(tmp_path: Path) -> None:
    chosen = random.Random(12)
    lines = chosen.sample(range(line_count()), 90)
    assert look_at_lines(tmp_path, [(at, str(chosen.choice(ODD))) for at in lines]) >= 40


@pytest.mark.long
def test_many_values_on_every_line_of_a_file(tmp_path: Path) -> None:
    changes = [(at, str(value)) for at in range(line_count()) for value in ODD]
    assert look_at_lines(tmp_path, changes) > 400
