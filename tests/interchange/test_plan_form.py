"""The Excel form of a plan as people fill it in: values as typed, and a sentence with sheet and cell per fault."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.plan_form import plan_to_form
from samenleven_desktop.interchange.plan_reader import read_plan
from samenleven_desktop.interchange.tables.reader import read_workbook

SMALL = Path(__file__).parents[1] / "data" / "plans" / "small-plan.yaml"
Cell = tuple[str, str, str | None]


def position(cell: str) -> tuple[int, int]:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1, ord(cell[0]) - 65


def form(folder: Path, *changed: Cell, without: str = "") -> Path:
    """Writes the form of the small plan with these cells typed over; returns its path."""
    path = folder / "p.xlsx"
    path.write_bytes(plan_to_form(read_plan(SMALL), Language("nl")))
    sheets = {one.name: [list(row) for row in one.rows] for one in read_workbook(path).sheets}
    for sheet, cell, value in changed:
        row, column = position(cell)
        rows = sheets[sheet]
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = value
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        if name != without:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for at, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, at, value if isinstance(value, int | float) else str(value))
    book.close()
    return path


def column_of(path: Path, sheet: str, heading: str) -> str:
    rows = next(one.rows for one in read_workbook(path).sheets if one.name == sheet)
    at = next(i for i, words in enumerate(rows[0]) if str(words).rstrip("* ") == heading)
    return chr(65 + at)


def row_of(path: Path, heading: str) -> int:
    rows = next(one.rows for one in read_workbook(path).sheets if one.name == "Plan")
    return next(i for i, row in enumerate(rows, 1) if row and str(row[0]).rstrip("* ") == heading)


def test_values_are_taken_as_people_type_them(tmp_path: Path) -> None:
    untouched = form(tmp_path)
    rate, start = column_of(untouched, "Tarieven", "tarief in euro"), column_of(untouched, "Perioden", "vanaf")
    opens = column_of(untouched, "Perioden", "aanvragen: opent op")
    typed = form(
        tmp_path,
        ("Tarieven", f"{rate}2", "1.072,50"),
        ("Perioden", f"{start}2", "1-1-2031"),
        ("Perioden", f"{opens}2", "01/12/2030"),
        ("Gefinancierd", "C2", "Yes"),
    )
    plan = read_plan(typed)
    assert plan.actions[0].targets[0].terms[0].rate_cents == 107_250
    assert (plan.years[0].start.isoformat(), str(plan.years[0].submission_opens)) == ("2031-01-01", "2030-12-01")
    assert plan.action(1).financed_in(1) is True


FAULTS = [
    ("Acties", "korte titel", 2, None, "blad Acties, cel {c}, actie 1, korte titel ontbreekt."),
    ("Acties", "doelstelling", 2, "9", "blad Acties, cel {c}, actie 1, doelstelling: doelstelling 9 bestaat niet."),
    ("Acties", "leeftijdsgrens", 2, "jong", "leeftijdsgrens moet een geheel getal zijn"),
    (
        "Perioden",
        "tot en met",
        2,
        "31 december",
        "blad Perioden, cel {c}, projectjaar 1, tot en met moet een datum zijn",
    ),
    ("Perioden", "nr.", 2, "1,5", "blad Perioden, cel {c}"),
    ("Tarieven", "tarief in euro", 2, "zestig", "blad Tarieven, cel {c}, actie 1, doelgroep F1, tariefregel 1, tarief"),
    ("Tarieven", "tarief in euro", 2, "60,555", "een bedrag heeft hoogstens twee decimalen"),
    ("Tarieven", "projectjaren", 2, "1, 4", "projectjaar 4 bestaat niet"),
    ("Tarieven", "zekerheid", 2, "vast", "zekerheid kan niet vast zijn"),
    ("Tarieven", "doelgroep", 2, "F9", "blad Tarieven, cel {c}: F9 staat niet op het blad Doelgroepen."),
    ("Doelgroepen", "soort", 2, "telling", "blad Doelgroepen, cel {c}, actie 1, doelgroep F1, soort kan niet telling"),
    ("Termijnen", "periode tot", 2, "30-6-2032", "blad Termijnen, cel {c}, projectjaar 1, termijn 1, periode tot"),
    ("Gefinancierd", "bron", 2, "BRIEF", "BRIEF staat niet in de tabel met bronnen"),
]


@pytest.mark.parametrize(("sheet", "heading", "row", "typed", "words"), FAULTS)
def test_each_fault_of_a_form_names_its_sheet_and_cell(
    tmp_path: Path, sheet: str, heading: str, row: int, typed: str | None, words: str
) -> None:
    cell = f"{column_of(form(tmp_path), sheet, heading)}{row}"
    with pytest.raises(UserError) as caught:
        read_plan(form(tmp_path, (sheet, cell, typed)))
    said = Language("nl").error(caught.value)
    assert f"blad {sheet}, cel {cell}" in said
    assert words.format(c=cell) in said


def test_a_column_a_value_and_a_sheet_that_do_not_belong(tmp_path: Path) -> None:
    last = row_of(form(tmp_path), "naam")
    path = form(tmp_path, ("Doelstellingen", "F1", "kleur"), ("Plan", f"A{last}", "naampje"))
    with pytest.raises(UserError) as caught:
        read_plan(path)
    assert sorted(Language("nl").error(caught.value).splitlines()) == [
        "p.xlsx: blad Doelstellingen, cel F1: kleur is geen kolom van dit blad.",
        f"p.xlsx: blad Plan, cel A{last}: naampje is niets dat een plan heeft.",
        "p.xlsx: blad Plan, naam ontbreekt.",
    ]
    with pytest.raises(UserError) as caught:
        read_plan(form(tmp_path, without="Plan"))
    assert Language("nl").error(caught.value) == "p.xlsx is geen formulier van een plan: het heeft geen blad Plan."
