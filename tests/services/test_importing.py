"""A person's tables come in: awkward files, each kind new, changed and the same, and what is rejected comes back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook as Book

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.tables import reader as reading
from samenleven_desktop.interchange.tables.writer import write_table
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.importing import values
from samenleven_desktop.services.importing.government_match import accepted_key
from samenleven_desktop.services.importing.import_plan import ImportPlan
from samenleven_desktop.services.importing.kinds import KINDS
from samenleven_desktop.services.importing.preview import SheetMapping
from samenleven_desktop.services.importing.run import (
    fault_words,
    preview,
    read_workbook,
    rejected_table,
    take_over,
    wish_for,
)
from samenleven_desktop.services.kpi.queries import list_commitments, list_entries
from samenleven_desktop.services.offers.queries import list_offers, uses
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.safekeeping.workspace_file import check_health, list_backups
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile
from tests.tools.import_corpus import bomb

CORPUS = Path(__file__).resolve().parents[1] / "data" / "import"
EXPECTED = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def planned(workspace: Workspace, path: Path, kind: str | None = None) -> tuple[ImportPlan, SheetMapping]:
    book = read_workbook(path)
    sheet = next(one for one in book.sheets if one.rows)
    mapping = wish_for(workspace, sheet, kind)
    assert mapping is not None
    return preview(workspace, book.file, sheet, mapping), mapping


def written(workspace: Workspace, path: Path, kind: str | None = None) -> ImportPlan:
    plan, mapping = planned(workspace, path, kind)
    take_over(workspace, plan, next(one for one in read_workbook(path).sheets if one.rows), mapping)
    return plan


def table(folder: Path, name: str, *rows: list[object]) -> Path:
    """An xlsx file as Excel would save it."""
    book = Book()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def counts(plan: ImportPlan) -> dict[str, int]:
    return {state.value: number for state, number in plan.counts().items() if number}


# The corpus


def test_there_are_enough_awkward_files() -> None:
    names = {path.name for path in CORPUS.iterdir()} - {"expected.json"}
    assert names == set(EXPECTED)
    assert len(names) >= 25


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_awkward_file_gives_what_it_must(workspace: Workspace, name: str) -> None:
    expected = EXPECTED[name]
    if "error" in expected:
        with pytest.raises(UserError) as caught:
            planned(workspace, CORPUS / name)
        assert caught.value.message == expected["error"]
        return
    plan, mapping = planned(workspace, CORPUS / name)
    rejected = [[row.number, row.fault.column, row.fault.sentence] for row in plan.rejected() if row.fault]
    assert {"kind": plan.kind, "header_row": mapping.header_row, **counts(plan), "rejected_rows": rejected} == expected


def test_the_same_table_gives_the_same_rows_from_every_program(workspace: Workspace) -> None:
    names = ("libreoffice.xlsx", "libreoffice.ods", "libreoffice.xls", "libreoffice-1252.csv", "utf8.csv", "tab.txt")
    plain = planned(workspace, CORPUS / "plain.xlsx")[0].commands
    for name in (*names, "utf16.csv", "utf8-bom.csv", "windows-1252.csv", "moved-columns.xlsx", "comma.csv"):
        assert planned(workspace, CORPUS / name)[0].commands == plain, name


def test_what_looks_like_a_formula_is_a_text(workspace: Workspace) -> None:
    written(workspace, CORPUS / "dangerous-text.csv")
    ids = [one.id for one in workspace.query(list_commitments, 2)]
    assert "=cmd|' /C calc'!A0" in {one.note for one in workspace.query(list_entries, ids)}


@pytest.mark.slow
def test_a_bomb_and_a_huge_file_are_refused_in_seconds_and_little_memory(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bom.xlsx").write_bytes(bomb())
    with pytest.raises(UserError, match="unpacks to more than"):
        read_workbook(tmp_path / "bom.xlsx")
    with (tmp_path / "groot.xlsx").open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(UserError, match="too large"):
        read_workbook(tmp_path / "groot.xlsx")
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    for name in ("plain.xlsx", "utf8.csv"):
        with pytest.raises(UserError, match="more than 2 rows"):
            read_workbook(CORPUS / name)
    with pytest.raises(UserError, match="no file"):
        read_workbook(tmp_path / "weg.xlsx")


def test_one_cell_in_the_last_corner_is_a_sentence_not_a_sheet_of_billions(tmp_path: Path) -> None:
    for row in (
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='900000'><c t='n' r='AAA1'><v>1</v></c></row>",
    ):
        path = tmp_path / "hoek.xlsx"
        path.write_bytes(with_last_row(plain_sheet(), row))
        with pytest.raises(UserError, match="too far to read"):
            read_workbook(path)
    # Empty cells that only have a look, as Excel leaves them, reach as far as they like.
    path.write_bytes(with_last_row(plain_sheet(), '<row r="1048576" s="1"><c r="XFD1048576" s="1"/></row>'))
    assert len(read_workbook(path).sheets[0].rows) == 4


def plain_sheet() -> bytes:
    return (CORPUS / "plain.xlsx").read_bytes()


def with_last_row(content: bytes, row: str) -> bytes:
    """The workbook with one more row, as it stands in the file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for member in source.infolist():
            raw = source.read(member)
            if member.filename.endswith("sheet1.xml"):
                raw = raw.replace(b"</sheetData>", row.encode() + b"</sheetData>")
            target.writestr(member, raw)
    return stream.getvalue()


@pytest.mark.parametrize("at", range(0, 5000, 250))
def test_a_workbook_cut_or_flipped_anywhere_is_a_sentence_or_a_table(at: int, tmp_path: Path) -> None:
    raw = bytearray((CORPUS / "plain.xlsx").read_bytes())
    raw[min(at, len(raw) - 1)] ^= 0xFF
    for content in (bytes(raw), bytes(raw[:at])):
        path = tmp_path / "stuk.xlsx"
        path.write_bytes(content)
        assert _sentence(path) is None or "\n" not in str(_sentence(path))


def _sentence(path: Path) -> UserError | None:
    """What is said of a file, None where it could be read; anything else than a sentence fails the test."""
    try:
        read_workbook(path)
    except UserError as error:
        return error
    return None


# Each kind


@pytest.mark.slow
def test_three_bad_rows_among_two_hundred(workspace: Workspace, tmp_path: Path) -> None:
    header = ["Gemeente", "Actie", "Datum", "Aantal", "Opmerking"]
    rows: list[list[object]] = [["Mechelen", 5, date(2024, 1, 1 + n % 28), n, f"rij {n}"] for n in range(200)]
    rows[10][0], rows[50][2], rows[199][3] = "Mechlen", "30-02-2024", "tien"
    path = table(tmp_path, "metingen.xlsx", header, *rows)
    before = len(_entries(workspace))
    plan, mapping = planned(workspace, path)
    assert counts(plan) == {"new": 197, "rejected": 3}
    faults = [(row.number, row.fault.column) for row in plan.rejected() if row.fault]
    assert faults == [(12, "Gemeente"), (52, "Datum"), (201, "Aantal")]
    sheet = read_workbook(path).sheets[0]
    take_over(workspace, plan, sheet, mapping)
    assert len(_entries(workspace)) == before + 197
    # One step, after a backup.
    assert list_backups(workspace)[0].reason == "import"
    assert workspace.undo_names().undo == ("Imported: {file}", {"file": "metingen.xlsx"})
    for ending in (".xlsx", ".ods", ".csv"):
        back = tmp_path / f"afgekeurd{ending}"
        back.write_bytes(write_table(rejected_table(plan, sheet, Language("nl")), ending))
        assert counts(planned(workspace, back)[0]) == {"rejected": 3}, ending
    again = list(csv.reader(io.StringIO((tmp_path / "afgekeurd.csv").read_text("utf-8-sig")), delimiter=";"))
    assert "Bedoel je Mechelen?" in again[1][-1]
    again[1][0], again[2][2], again[3][3] = "Mechelen", "28-02-2024", "10"
    text = "\r\n".join(";".join(row) for row in again)
    (tmp_path / "verbeterd.csv").write_text(text, encoding="utf-8")
    assert counts(written(workspace, tmp_path / "verbeterd.csv")) == {"new": 3}
    assert len(_entries(workspace)) == before + 200
    workspace.undo()
    workspace.undo()
    assert len(_entries(workspace)) == before


def _entries(workspace: Workspace) -> list[object]:
    ids = [line.id for year in (1, 2, 3) for line in workspace.query(list_commitments, year)]
    return list(workspace.query(list_entries, ids))


def test_a_reading_of_the_same_day_is_corrected_and_an_equal_row_is_the_same(
    workspace: Workspace, tmp_path: Path
) -> None:
    header = ["Gemeente", "Actie", "Datum", "Aantal", "Soort"]
    first = table(tmp_path, "a.xlsx", header, ["Mechelen", 5, "10-03-2024", 120, "totaal"])
    assert counts(written(workspace, first)) == {"new": 1}
    assert counts(planned(workspace, first)[0]) == {"same": 1}
    second = table(tmp_path, "b.xlsx", header, ["Mechelen", 5, "10-03-2024", 130, "totaal"])
    plan = written(workspace, second)
    assert counts(plan) == {"changed": 1}
    assert plan.rows[0].before == (("units", 120, 130),)
    line = next(
        one
        for one in workspace.query(list_commitments, 2)
        if one.government_name == "Mechelen" and one.action_number == 5
    )
    assert (line.reached_to_date, line.conflict_day) == (130, None)


def test_a_member_counts_for_its_partnership(workspace: Workspace, tmp_path: Path) -> None:
    ids = {one.government_id for one in workspace.query(list_commitments, 2)}
    duffel = workspace.query(government_by_code, "12009")
    assert duffel.id in ids
    path = table(tmp_path, "a.xlsx", ["Bestuur", "Actie", "Datum", "Aantal"], ["PARTNER", 5, "10-03-2024", 3])
    assert counts(written(workspace, path)) == {"new": 1}


def test_commitments_are_added_and_changed_without_taking_anything_away(workspace: Workspace, tmp_path: Path) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    five = next(one for one in workspace.query(list_commitments, 2, [mechelen]) if one.action_number == 5)
    header = ["Bestuur", "Actie", "Projectjaar", "Bevestigd", "Toegekend bedrag", "Motivering"]
    path = table(
        tmp_path,
        "engagementen.xlsx",
        header,
        ["12025", "A5", 2, 321, "€ 12.345,67", None],
        ["Mechelen", 15, 2, 40, 1000.5, "een reden"],
        ["Mechelen", 15, 9, 40, None, None],
    )
    plan = written(workspace, path)
    assert [row.state for row in plan.rows] == [RowState.CHANGED, RowState.NEW, RowState.REJECTED]
    found = {one.action_number: one for one in workspace.query(list_commitments, 2, [mechelen])}
    assert (found[5].confirmed, found[5].amount_cents, found[5].requested) == (321, 1_234_567, five.requested)
    assert (found[15].confirmed, found[15].amount_cents, found[15].motivation) == (40, 100_050, "een reden")


@pytest.mark.slow
def test_offers_uses_sessions_contacts_and_figures(workspace: Workspace, tmp_path: Path) -> None:
    offers = table(
        tmp_path,
        "aanbod.xlsx",
        ["Titel", "Organisatie", "Kost", "Acties", "Prijs"],
        ["Nieuwe vorming", "vzw Voorbeeld", "betalend", "5, 9", "1.250,00"],
        ["Nog een", "vzw Voorbeeld", "geen idee", 5, None],
    )
    plan = written(workspace, offers)
    assert counts(plan) == {"new": 1, "rejected": 1}
    made = next(one for one in workspace.query(list_offers) if one.title == "Nieuwe vorming")
    assert (made.cost, made.action_numbers, made.price_cents) == ("paid", (5, 9), 125_000)

    used = table(
        tmp_path,
        "inzet.xlsx",
        ["Gemeente", "Aanbod", "Van", "Tot", "Actie", "Prijs", "Betaald uit"],
        ["Mechelen", "Nieuwe vorming", date(2024, 1, 8), date(2024, 2, 1), 5, 1250, "subsidie"],
        ["Mechelen", "Bestaat niet", date(2024, 1, 8), None, None, None, None],
        ["Mechelen", "Nieuwe vorming", date(2024, 3, 8), date(2024, 2, 1), None, None, None],
    )
    assert counts(written(workspace, used)) == {"new": 1, "rejected": 2}
    mechelen = workspace.query(government_by_code, "12025").id
    (use,) = [
        one for one in workspace.query(uses, [mechelen], date(2024, 1, 1), date(2024, 2, 28)) if one.offer_id == made.id
    ]
    assert (use.price_cents, use.paid_from, use.action_number) == (125_000, "subsidy", 5)

    sessions = table(
        tmp_path,
        "sessies.xlsx",
        ["Gemeente", "Datum", "Van", "Tot", "Vorm", "Acties", "Verslag"],
        ["Mechelen; Lier", date(2024, 3, 4), "9u30", "11:00", "online", "5, 9", "Een verslag.\nMet twee lijnen."],
        ["Mechelen", date(2024, 3, 4), "14:00", "13:00", "bezoek", None, None],
    )
    plan = written(workspace, sessions)
    assert counts(plan) == {"new": 1, "rejected": 1}
    line = next(one for one in workspace.query(list_sessions, mechelen) if one.day == date(2024, 3, 4))
    assert (line.start_minute, line.minutes, line.government_names) == (570, 90, ("Lier", "Mechelen"))
    assert line.action_numbers == (5, 9)
    assert counts(planned(workspace, sessions)[0]) == {"same": 1, "rejected": 1}

    workspace.run(AddContact(ContactContent("diensthoofd samenleven", mechelen, phone="015 00 00 00")))
    contacts = table(
        tmp_path,
        "contacten.xlsx",
        ["Gemeente", "Naam", "Functie", "E-mail", "Telefoon"],
        ["Mechelen", "Diensthoofd Samenleven", None, "dienst@bestuur.be", None],
        ["Lier", None, "schepen", None, None],
        ["Lier", "coördinator", None, "geen adres", None],
    )
    plan = written(workspace, contacts)
    assert [row.state for row in plan.rows] == [RowState.CHANGED, RowState.NEW, RowState.REJECTED]
    person = next(one for one in workspace.query(list_contacts) if one.email == "dienst@bestuur.be")
    assert person.phone == "015 00 00 00"

    figures = table(
        tmp_path, "cijfers.xlsx", ["NIS", "Jaar", "Inwoners", "Bron"], ["12025", 2022, 21_000, "mail van ABB"]
    )
    assert counts(written(workspace, figures)) == {"new": 1}
    assert counts(planned(workspace, figures)[0]) == {"same": 1}
    assert check_health(workspace) == []


def test_a_near_name_is_taken_only_when_told_to(workspace: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, "a.xlsx", ["Gemeente", "Actie", "Datum", "Aantal"], ["Mechlen", 5, "10-03-2024", 3])
    plan, mapping = planned(workspace, path)
    fault = plan.rejected()[0].fault
    assert fault is not None
    assert fault.proposal is not None
    accepted = {accepted_key(fault.words): fault.proposal[1]}
    sheet = read_workbook(path).sheets[0]
    again = preview(
        workspace, path.name, sheet, SheetMapping(mapping.kind, mapping.header_row, mapping.columns, accepted)
    )
    assert counts(again) == {"new": 1}


@pytest.mark.parametrize(
    ("words", "day", "expected"),
    [
        ("Borsbeek", "10-03-2024", None),
        ("Borsbeek", "10-03-2025", "is meant"),
        ("stad Mechelen", "10-03-2024", None),
        ("MECHELEN", "10-03-2024", None),
        ("Gemeente Sint-Katelijne Waver", "10-03-2024", None),
        ("0207.499.430", "10-03-2024", None),
        ("0999.999.999", "10-03-2024", "no government"),
        ("Nergenshuizen", "10-03-2024", "no government"),
    ],
)
def test_governments_by_every_name(workspace: Workspace, words: str, day: str, expected: str | None) -> None:
    from samenleven_desktop.services.importing.government_match import Matcher, NoMatch

    def ask(reading: object) -> str | None:
        try:
            Matcher(reading).match(words, values.day(day, date(2024, 3, 11)))  # type: ignore[arg-type]
        except NoMatch as error:
            return error.sentence
        return None

    sentence = workspace.query(ask)
    assert (sentence is None) == (expected is None)
    assert expected is None or expected.split()[-1] in str(sentence)


def test_a_mapping_is_remembered_for_its_layout(workspace: Workspace, tmp_path: Path) -> None:
    header = ["Waar", "Actie", "Datum", "Hoeveel"]
    path = table(tmp_path, "a.xlsx", header, ["Mechelen", 5, "10-03-2024", 3])
    sheet = read_workbook(path).sheets[0]
    assert wish_for(workspace, sheet) is None
    mapping = SheetMapping("entries", 1, {"government": 0, "action": 1, "day": 2, "units": 3})
    take_over(workspace, preview(workspace, path.name, sheet, mapping), sheet, mapping)
    moved = table(tmp_path, "b.xlsx", ["Datum", "Hoeveel", "Actie", "Waar"], ["11-03-2024", 4, 5, "Lier"])
    found = wish_for(workspace, read_workbook(moved).sheets[0], "entries")
    assert found is not None
    assert found.columns == {"government": 3, "action": 2, "day": 0, "units": 1}


def test_stopping_writes_nothing(workspace: Workspace) -> None:
    plan, mapping = planned(workspace, CORPUS / "plain.xlsx")
    sheet = read_workbook(CORPUS / "plain.xlsx").sheets[0]
    before = len(_entries(workspace))
    with pytest.raises(UserError, match="Stopped"):
        take_over(workspace, plan, sheet, mapping, lambda _done, _all: False)
    assert len(_entries(workspace)) == before
    with pytest.raises(UserError, match="Stopped"):
        preview(workspace, "x", sheet, mapping, lambda _done, _all: False)


def test_columns_that_every_row_needs_are_asked_for(workspace: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, "a.xlsx", ["Gemeente", "Iets"], ["Mechelen", 5])
    sheet = read_workbook(path).sheets[0]
    with pytest.raises(UserError, match="No column for: Action, Date, Number"):
        preview(workspace, path.name, sheet, SheetMapping("entries", 1, {"government": 0}))
    assert all(spec.fields for spec in KINDS.values())


# Values


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("1.234,56", 123456), ("€ 1 234", 123400), (1234.5, 123450), ("1234.56", 123456), ("1.234", 123400), (7, 700)],
)
def test_amounts(cell: object, expected: int) -> None:
    assert values.cents(cell) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["-5", "1,234", "veel", True, "1e9999", "NaN", -1.0])
def test_what_is_no_amount(cell: object) -> None:
    with pytest.raises(UserError):
        values.cents(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("13u30", 810), ("9:05", 545), (0.5, 720), ("13.30", 810), ("24:00", 1440), ("25:00", None), ("x", None)],
)
def test_times(cell: object, expected: int | None) -> None:
    if expected is None:
        with pytest.raises(UserError):
            values.minutes(cell)  # type: ignore[arg-type]
    else:
        assert values.minutes(cell) == expected  # type: ignore[arg-type]


def test_cells_as_spreadsheets_and_people_leave_them(workspace: Workspace, tmp_path: Path) -> None:
    """The same reading, written in the ways that other programs and people write it."""
    ways: list[list[object]] = [
        ["Mechelen", 5, date(2024, 2, 1), 12, "meting"],
        ["12025.0", 5, "1 feb. 2024", 12.0000000001, "Totaal"],
        ["Mechelen (12025)", 5, 45323, "12,0000000001", "tussenstand"],
        ["12025 Mechelen", 5, "45323", "12.0", "stand"],
        ["Mechelen - 12025", 5, "donderdag 1 februari 2024", 12, "reading"],
        ["Stad Mechelen", 5, "February 1, 2024", 11.9999999999, "nieuw totaal"],
        [12025.0, 5, "01/02/24", "12", "METING"],
    ]
    for number, row in enumerate(ways):
        path = table(tmp_path, f"{number}.xlsx", ["Gemeente", "Actie", "Datum", "Aantal", "Soort"], row)
        plan, _ = planned(workspace, path)
        (found,) = plan.rows
        assert found.fault is None, (row, found.fault)
        assert found.command is not None
        entry = found.command
        assert (entry.day, entry.units, entry.kind.value) == (date(2024, 2, 1), 12, "reading"), row  # type: ignore[attr-defined]


def test_a_name_with_the_code_of_another_is_asked(workspace: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, "k.xlsx", ["Gemeente", "Actie", "Datum", "Aantal"], ["Lier (12025)", 5, "1-2-2024", 3])
    plan, _ = planned(workspace, path)
    fault = plan.rows[0].fault
    assert fault is not None
    assert fault.proposal is not None
    assert fault.proposal[0] == "Mechelen"


def test_a_day_without_a_year_is_not_guessed_in_a_file(workspace: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, "d.xlsx", ["Gemeente", "Actie", "Datum", "Aantal"], ["Mechelen", 5, "3/11", 3])
    plan, _ = planned(workspace, path)
    assert "Vul ook het jaar in" in fault_words(plan.rows[0], Language("nl"))


def test_every_fault_of_a_row_is_told_at_once(workspace: Workspace, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "f.xlsx",
        ["Gemeente", "Actie", "Datum", "Aantal", "Soort"],
        ["Nergens", 5, "ooit", "veel", "zomaar"],
        ["Mechelen", 5, "1-2-2024", "veel", "meting"],
    )
    plan, _ = planned(workspace, path)
    first, second = (fault_words(row, Language("nl")) for row in plan.rows)
    for column in ("Gemeente", "Datum", "Aantal", "Soort"):
        assert first.count(f"{column} ") + first.count(f"{column}:") == 1, first
    assert len(plan.rows[1].faults) == 1
    assert second.startswith("Aantal")
    rejected = rejected_table(plan, read_workbook(path).sheets[0], Language("nl"))
    assert first in rejected.rows[0]
