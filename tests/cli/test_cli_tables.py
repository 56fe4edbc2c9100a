"""import and export through the real entry point: rows in, lists out, everything out and in, nobody who is erased."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from samenleven_desktop.cli.parser import LIST_KINDS
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, AddKpiEntry
from samenleven_desktop.services.workfile.workspace import open_workspace
from tests.builders import TODAY, WorkFile
from tests.cli.conftest import Caller

PEOPLE = Path(__file__).resolve().parents[1] / "data" / "import_people"
NAME, MAIL, PHONE = "Kwetsbaar Persoontje", "kwetsbaar@bestuur.example", "0470 11 22 33"


def rows_file(folder: Path) -> Path:
    """Two hundred rows, three of them wrong."""
    lines = [f"Mechelen;5;{1 + n % 28:02d}-01-2024;{n};rij {n}" for n in range(200)]
    lines[10] = lines[10].replace("Mechelen", "Mechlen")
    lines[50] = lines[50].replace("-01-", "-13-")
    lines[199] = "Mechelen;5;10-01-2024;tien;"
    path = folder / "metingen.csv"
    path.write_text("\n".join(["Gemeente;Actie;Datum;Aantal;Opmerking", *lines]), encoding="utf-8")
    return path


@pytest.mark.slow
def test_three_of_two_hundred_are_named_and_come_in_once_corrected(ask: Caller, tmp_path: Path) -> None:
    path, rejected = rows_file(tmp_path), tmp_path / "afgekeurd.csv"
    before = ask("list", "entries", "--json").json["count"]
    shown = ask("import", path, "--preview", "--json")
    assert (shown.code, shown.json["new"], shown.json["rejected"], shown.json["written"]) == (0, 197, 3, 0)
    assert ask("list", "entries", "--json").json["count"] == before
    done = ask("import", path, "--rejected", rejected, "--json")
    assert (done.code, done.json["written"]) == (4, 197)
    assert [(one["row"], one["column"]) for one in done.json["rejected_rows"]] == [
        (12, "Gemeente"),
        (52, "Datum"),
        (201, "Aantal"),
    ]
    assert done.json["rejected_rows"][0]["proposal"] == "Mechelen"
    words = rejected.read_text(encoding="utf-8-sig")
    corrected = words.replace("Mechlen;", "Mechelen;").replace("-13-", "-01-").replace(";tien;", ";10;")
    rejected.write_text(corrected, encoding="utf-8")
    again = ask("import", rejected, "--json")
    assert (again.code, again.json["new"], again.json["rejected"]) == (0, 3, 0)
    assert ask("list", "entries", "--json").json["count"] == before + 200
    assert ask("undo").code == 0
    assert ask("undo").code == 0
    assert ask("list", "entries", "--json").json["count"] == before


def test_a_file_that_cannot_be_read_is_one_sentence(ask: Caller, tmp_path: Path) -> None:
    (tmp_path / "brief.pdf").write_bytes(b"%PDF-1.7 geen tabel")
    for name in ("brief.pdf", "weg.xlsx"):
        wrong = ask("import", tmp_path / name)
        assert (wrong.code, wrong.out, wrong.err.count("\n")) == (1, "", 1)
        assert name in wrong.err


@pytest.mark.parametrize("kind", LIST_KINDS)
def test_every_list_goes_out_in_every_form(ask: Caller, tmp_path: Path, kind: str) -> None:
    count = ask("list", kind, "--json").json["count"]
    for ending in (".xlsx", ".ods", ".csv"):
        out = tmp_path / f"lijst{ending}"
        assert ask("export", kind, "--out", out, "--json").json["rows"] == count
        if ending == ".csv":
            assert out.read_bytes().startswith(b"\xef\xbb\xbf")
            continue
        book = CalamineWorkbook.from_path(str(out))
        assert len(book.get_sheet_by_index(0).to_python()) == 1 + count
        about = {row[0]: row[1] for row in book.get_sheet_by_index(1).to_python()}
        assert (about["Gemaakt door"], about["Filter"]) == ("coach Rivierenland", "geen")
        assert about["Lijst"] == book.sheet_names[0]


@pytest.mark.slow
@pytest.mark.parametrize("kind", LIST_KINDS)
def test_every_list_comes_back_unchanged(ask: Caller, tmp_path: Path, kind: str) -> None:
    for ending in (".xlsx", ".ods", ".csv"):
        out = tmp_path / f"lijst{ending}"
        rows = ask("export", kind, "--out", out, "--json").json["rows"]
        shown = ask("import", out, "--preview", "--json")
        if kind == "governments":
            assert (shown.code, "komen met het programma mee" in shown.err) == (1, True)
            continue
        found = shown.json
        assert (found["kind"], found["same"], found["changed"]) == (kind, rows, 0)
        assert (shown.code, found["new"], found["rejected"]) == (0, 0, 0)


def test_the_list_of_entries_says_what_was_corrected_and_does_not_count_it(ask: Caller, work_file: WorkFile) -> None:
    workspace = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    commitment = workspace.query(list_commitments, 2)[0].id
    first = workspace.run(AddKpiEntry(commitment, TODAY, EntryKind.READING, 98_765)).result
    workspace.run(AddKpiEntry(commitment, TODAY, EntryKind.READING, 62, corrects_id=first))
    workspace.close()
    lines = ask("list", "entries").out.splitlines()
    number, corrected = lines[0].index("aantal"), lines[0].index("verbeterd aantal")
    line = next(one for one in lines if "98.765" in one)
    assert line.index("98.765") > number + len("aantal")
    assert line.index("98.765") >= corrected
    assert "gecorrigeerd" in line or "verbeterd" in line[:corrected]


def test_a_question_about_a_person_is_printed_and_answered(ask: Caller, tmp_path: Path) -> None:
    """Exit code 4 while something is left to decide; without an answer nobody is overwritten."""
    assert ask("import", PEOPLE / "shared1.xlsx").code == 0
    shown = ask("import", PEOPLE / "shared2.xlsx", "--preview")
    assert shown.code == 4
    assert "rij 2: Ans Eerste · dienst@voorbeeld.be heeft hetzelfde mailadres." in shown.out
    assert "--same 2" in shown.out
    (question,) = ask("import", PEOPLE / "shared2.xlsx", "--preview", "--json").json["questions"]
    assert (question["row"], question["choices"], question["answer"]) == (2, ["same", "new"], None)
    answered = ask("import", PEOPLE / "shared2.xlsx", "--preview", "--json", "--same", 2)
    assert (answered.code, answered.json["changed"], answered.json["questions"][0]["answer"]) == (0, 1, "same")
    assert ask("import", PEOPLE / "shared2.xlsx", "--preview", "--new", 2).code == 0
    wrong = ask("import", PEOPLE / "shared2.xlsx", "--preview", "--new", 3)
    assert (wrong.code, "rij 3" in wrong.err) == (1, True)
    assert ask("import", PEOPLE / "shared2.xlsx", "--json").json["new"] == 1
    names = {one["name"]: one["note"] for one in ask("list", "contacts", "--json").json["contacts"]}
    assert (names["Ans Eerste"], names["Bert Tweede"]) == ("let op: eerste", None)
    again = ask("import", PEOPLE / "shared2.xlsx", "--json")
    assert (again.code, again.json["same"], again.json["questions"]) == (0, 1, [])


def test_everything_goes_out_is_counted_and_comes_back(ask: Caller, tmp_path: Path) -> None:
    out = tmp_path / "alles.json"
    written = ask("export", "all", "--out", out)
    assert (written.code, "persoonsgegevens" in written.err) == (0, True)
    content = json.loads(out.read_text(encoding="utf-8"))
    content["tables"]["follow_up"][0]["what"] = "iets anders"
    out.write_text(json.dumps(content), encoding="utf-8")
    shown = ask("import", out, "--preview", "--json").json
    assert (shown["new"], shown["changed"], shown["written"]) == (0, 1, 0)
    assert ask("list", "follow-ups", "--filter", "iets anders", "--json").json["count"] == 0
    assert ask("import", out, "--json").json["written"] == 1
    assert ask("list", "follow-ups", "--filter", "iets anders", "--json").json["count"] == 1


@pytest.mark.slow
def test_nothing_that_is_made_after_an_erasing_names_the_person(
    ask: Caller, work_file: WorkFile, tmp_path: Path
) -> None:
    workspace = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    mechelen = workspace.query(government_by_code, "12025").id
    workspace.run(AddContact(ContactContent(NAME, mechelen, role="diensthoofd", email=MAIL, phone=PHONE)))
    workspace.run(AddAgreement(mechelen, Party.GOVERNMENT, f"{NAME} belt terug", TODAY))
    workspace.close()

    def made(folder: Path) -> str:
        """Every list, everything, and the reports with most words in them, as plain text."""
        folder.mkdir()
        for kind in LIST_KINDS:
            for ending in ("xlsx", "ods", "csv"):
                assert ask("export", kind, "--out", folder / f"{kind}.{ending}").code == 0
        assert ask("export", "all", "--out", folder / "alles.json").code == 0
        period = ("--government", "12025", "--period", "2022-10-01..2024-12-31")
        for kind in ("coaching", "handover", "week"):
            assert ask("report", kind, *period, "--out", folder / f"verslag-{kind}.pdf").code == 0
        return " ".join(plain(path) for path in folder.iterdir())

    before = made(tmp_path / "voor")
    assert all(words in before for words in (NAME, MAIL, PHONE))
    assert ask("erase", NAME, "--yes").code == 0
    after = made(tmp_path / "na").lower()
    assert not [words for words in (NAME, MAIL, PHONE, "persoontje") if words.lower() in after]


def plain(path: Path) -> str:
    """The words in a file, whatever it is."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8")
