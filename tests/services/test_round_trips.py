"""What an export writes, an import takes back: in every form and both languages nothing changes, however often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.domain.instrument import InstrumentState
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.stimulus import StimulusState
from samenleven_desktop.domain.typed_text import same_once_in
from samenleven_desktop.i18n.language import LANGUAGES, Language
from samenleven_desktop.i18n.record_lists import RECORD_LISTS, file_heading
from samenleven_desktop.interchange.tables.writer import ENDINGS, OutputTable, TableColumn, Value, write_table
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.importing.import_plan import ImportPlan
from samenleven_desktop.services.importing.kinds import KINDS
from samenleven_desktop.services.importing.own_rows import DELETED
from samenleven_desktop.services.importing.planner_base import NOT_HERE
from samenleven_desktop.services.importing.run import preview, read_workbook, take_over, wish_for
from samenleven_desktop.services.importing.work_planners import CORRECTED_SINCE
from samenleven_desktop.services.instruments.commands import AddInstrument, InstrumentContent
from samenleven_desktop.services.kpi.queries import list_commitments, list_entries
from samenleven_desktop.services.lists.files import record_table
from samenleven_desktop.services.lists.queries import RECORDS, ListRequest, by_reference
from samenleven_desktop.services.offers.commands import AddOffer, OfferContent
from samenleven_desktop.services.offers.mentor_and_example_commands import AddExample, AddMentor
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.practice.constants import PRACTICE_DATE, PRACTICE_PASSPHRASE
from samenleven_desktop.services.practice.make import make_practice
from samenleven_desktop.services.sessions.commands import DeleteSession, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
    AddKpiEntry,
    CompleteAgreement,
)
from samenleven_desktop.services.sessions.queries import list_agreements, list_sessions, list_tracks
from samenleven_desktop.services.sessions.track_commands import AddTrack, TrackContent
from samenleven_desktop.services.stimuli.commands import StartCandidacy, StimulusContent
from samenleven_desktop.services.stimuli.queries import candidacies
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace, open_workspace
from tests.builders import CHEAP, PASSPHRASE, TODAY, WorkFile, action_ids, make_work_file

TAKEN = [kind for kind in RECORD_LISTS if kind in KINDS]
# Another work file needs partnerships and commitments before what hangs on them.
IN_ORDER = sorted(
    TAKEN,
    key=lambda kind: (
        ("partnerships", "organisations", "commitments", "offers").index(kind)
        if kind in ("partnerships", "organisations", "commitments", "offers")
        else 9
    ),
)
AWKWARD = (
    "Zoe\u0308 bij vzw D\u2019Hondt",
    "regel een\vregel twee\r\nregel drie\rvier\u2028vijf",
    "=SOM(A1:A9)",
    "'=tekst met een apostrof",
    '-5 graden; met puntkomma en "aanhaling"',
    "twee  spaties\tmet een tab",
    "  wit eromheen  ",
    "_x0041_ \ufffe teken dat er geen is",
    "مرحبا\u200f שלום \u00a0 m\u00b2 ½",
    "0470123456789012",
    "1e5",
    "11-03-2024",
    "woord " * 7000,
)
Exported = Callable[[str, str, str], Path]


@pytest.fixture(scope="module")
def rich_file(tmp_path_factory: pytest.TempPathFactory) -> WorkFile:
    """The ready work file, with a corrected reading, every kind of record, and texts as people paste them."""
    file = make_work_file(tmp_path_factory.mktemp("rich") / "werk.samenlevendb")
    workspace = open_workspace(file.path, Runtime(day=TODAY), PASSPHRASE)
    try:
        enrich(workspace)
    finally:
        workspace.close()
    return file


def enrich(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    lier = workspace.query(government_by_code, "12021").id
    commitment = workspace.query(list_commitments, 2)[0].id
    first = workspace.run(AddKpiEntry(commitment, TODAY, EntryKind.READING, 960)).result
    workspace.run(AddKpiEntry(commitment, TODAY, EntryKind.READING, 62, corrects_id=first))
    workspace.run(AddKpiEntry(commitment, TODAY, EntryKind.INCREMENT, -3, "verbetering"))
    workspace.run(AddMentor(mechelen, action_ids(5)[0], "eigen contact", True, AWKWARD[0]))
    workspace.run(AddExample("Buurtkeuken", action_ids(5)[0], "eigen bezoek", lier, AWKWARD[1]))
    for at, words in enumerate(AWKWARD):
        line = " ".join(words.split())[:400]
        instrument = InstrumentContent(
            f"Subsidie {at}", line, list(InstrumentState)[at % 5], action_ids(5)[0] if at % 2 else None,
            at * 7 + 1, TODAY, date(2024, 12, 31), line, words,
        )  # fmt: skip
        workspace.run(AddInstrument(mechelen, instrument))
    content = StimulusContent(
        StimulusState.GRANTED, action_ids(5)[0], action_ids(5, 9), True, 123_456, TODAY, AWKWARD[0]
    )
    for kind in [one.kind for one in workspace.plan.stimulus_rules.kinds][:2]:
        workspace.run(StartCandidacy(mechelen, 2, kind, content))
    workspace.run(AddTrack(mechelen, TrackContent("Traject", date(2024, 1, 1), AWKWARD[1], 90, date(2024, 12, 31))))
    for at, words in enumerate(AWKWARD):
        line = " ".join(words.split())[:400]
        workspace.run(
            AddContact(ContactContent(f"Persoon {at}", mechelen, line, "rol", f"p{at}@voorbeeld.be", note=words))
        )
        workspace.run(RegisterSession(SessionContent(TODAY, at, at + 90, SessionMode.PHONE, (mechelen, lier), words)))
        done = workspace.run(AddAgreement(mechelen, Party.PARTNER, words, TODAY)).result
        workspace.run(CompleteAgreement(done, date(2024, 3, at + 1)))
        workspace.run(
            AddOffer(
                OfferContent(f"Aanbod {at}", line, OfferCost.PAID, action_ids(5, 9), price_cents=at * 7 + 1, note=words)
            )
        )


@pytest.fixture
def workspace(rich_file: WorkFile, tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(rich_file.copy_to(tmp_path).path, Runtime(day=TODAY), PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def exported(workspace: Workspace, tmp_path: Path) -> Exported:
    return lambda kind, ending, language: export(workspace, kind, tmp_path / f"lijst{ending}", language)


def export(workspace: Workspace, kind: str, path: Path, language: str = "nl") -> Path:
    rows = workspace.query(lambda context: RECORDS[kind].ask(context, ListRequest()))
    table = record_table(RECORD_LISTS[kind], rows, Language(language), [("Lijst", kind)])
    path.write_bytes(write_table(table, path.suffix))
    return path


def planned(workspace: Workspace, path: Path) -> ImportPlan:
    sheet = read_workbook(path).sheets[0]
    mapping = wish_for(workspace, sheet)
    assert mapping is not None
    return preview(workspace, path.name, sheet, mapping)


def taken_over(workspace: Workspace, path: Path) -> ImportPlan:
    sheet = read_workbook(path).sheets[0]
    mapping = wish_for(workspace, sheet)
    assert mapping is not None
    plan = preview(workspace, path.name, sheet, mapping)
    if plan.commands:
        take_over(workspace, plan, sheet, mapping)
    return plan


def counts(plan: ImportPlan) -> dict[str, int]:
    return {state.value: number for state, number in plan.counts().items() if number}


def wrong(plan: ImportPlan) -> list[object]:
    """The rows that are not the same, with why."""
    return [
        (row.number, row.state, row.label, row.before, row.fault) for row in plan.rows if row.state != RowState.SAME
    ]


def edited(path: Path, heading: str, row: int, value: Value) -> Path:
    """The file after a change of one cell in a spreadsheet program; `row` counts from 1 below the header."""
    header, *rows = (list(cells) for cells in read_workbook(path).sheets[0].rows)
    width = len(header)
    cells = [[*one, *[None] * (width - len(one))] for one in rows]
    cells[row - 1][header.index(heading)] = value
    kinds = ["date" if any(isinstance(one[at], date) for one in cells) else "number" for at in range(width)]
    columns = tuple(TableColumn(str(name), kind) for name, kind in zip(header, kinds, strict=True))
    typed = tuple(tuple(Decimal(str(one)) if isinstance(one, float) else one for one in line) for line in cells)
    path.write_bytes(write_table(OutputTable("Blad", columns, typed, Language("nl")), ".xlsx"))
    return path


def rows_of(path: Path) -> list[dict[str, object]]:
    header, *rows = read_workbook(path).sheets[0].rows
    return [dict(zip(map(str, header), row, strict=False)) for row in rows]


# Unchanged


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
def test_an_unchanged_export_changes_nothing(workspace: Workspace, exported: Exported, ending: str) -> None:
    for kind in TAKEN:
        for language in LANGUAGES:
            path = exported(kind, ending, language)
            for _ in range(2):
                plan = taken_over(workspace, path)
                assert plan.kind == kind
                assert plan.rows
                assert wrong(plan) == [], kind


def test_every_kind_has_rows_with_a_reference(exported: Exported) -> None:
    for kind in TAKEN:
        heading = file_heading(Language("nl"), RECORD_LISTS[kind].reference)
        assert any(row.get(heading) for row in rows_of(exported(kind, ".xlsx", "nl"))), kind


def test_governments_do_not_come_from_a_file(workspace: Workspace, exported: Exported) -> None:
    for ending in ENDINGS:
        with pytest.raises(UserError, match="come with the program"):
            planned(workspace, exported("governments", ending, "en"))


def test_no_two_columns_of_a_file_have_the_same_name() -> None:
    for records in RECORD_LISTS.values():
        for code in LANGUAGES:
            names = [file_heading(Language(code), one) for one in (*records.in_file, records.reference)]
            assert len({name.casefold() for name in names}) == len(names), names


def test_every_field_of_an_import_has_its_column() -> None:
    """A field that an import reads is written by the export; so a new one cannot be forgotten."""
    for kind in TAKEN:
        written = {one.field for one in RECORD_LISTS[kind].in_file if one.field}
        assert {one.key for one in KINDS[kind].fields} - written == ({"year"} if kind == "entries" else set()), kind


# Corrections and deletions


def test_a_corrected_reading_stays_corrected_and_the_sum_is_right(workspace: Workspace, exported: Exported) -> None:
    before = [one.reached_to_date for one in workspace.query(list_commitments, 2)]
    path = exported("entries", ".xlsx", "nl")
    rows = rows_of(path)
    old = next(row for row in rows if row["Toestand"] == "verbeterd" or row["Toestand"] == "gecorrigeerd")
    new = next(row for row in rows if row["Vervangt de meting"] == old["Kenmerk van de meting"])
    assert (old["Aantal"], old["Verbeterd aantal"], new["Aantal"]) == (None, 960, 62)
    ids = [one.id for one in workspace.query(list_commitments)]
    counted = sum(one.units for one in workspace.query(list_entries, ids) if not one.corrected)
    assert sum(int(str(row["Aantal"] or 0).split(".")[0]) for row in rows) == counted
    assert wrong(taken_over(workspace, path)) == []
    assert [one.reached_to_date for one in workspace.query(list_commitments, 2)] == before


@pytest.mark.slow
def test_a_list_of_an_older_version_undoes_no_correction(workspace: Workspace, tmp_path: Path) -> None:
    """Before references: both rows stood in the list and looked alike."""
    line = workspace.query(list_commitments, 2)[0]
    day = f"{TODAY:%d-%m-%Y}"
    rows = [
        f"{day};{line.government_name};{line.action_number};{line.target_label};totaal op die dag;{n}"
        for n in (960, 62)
    ]
    (tmp_path / "oud.csv").write_text(
        "\n".join(["datum;bestuur;actie;doelgroep;soort;aantal", *rows]), encoding="utf-8"
    )
    assert wrong(planned(workspace, tmp_path / "oud.csv")) == []


@pytest.mark.slow
def test_a_list_from_before_the_correction_undoes_it_not(workspace: Workspace, exported: Exported) -> None:
    commitment = workspace.query(list_commitments, 2)[1].id
    entry = workspace.run(AddKpiEntry(commitment, TODAY, EntryKind.READING, 5)).result
    path = exported("entries", ".xlsx", "nl")
    workspace.run(AddKpiEntry(commitment, TODAY, EntryKind.READING, 6, corrects_id=entry))
    assert wrong(planned(workspace, path)) == []
    row = next(n for n, row in enumerate(rows_of(path), 1) if row["Kenmerk van de meting"] == entry)
    (refused,) = wrong(planned(workspace, edited(path, "Aantal", row, 7)))
    assert refused[4].sentence == CORRECTED_SINCE  # type: ignore[index]


def test_another_number_in_the_list_corrects_that_entry(workspace: Workspace, exported: Exported) -> None:
    path = exported("entries", ".xlsx", "nl")
    row, old = next((n, row) for n, row in enumerate(rows_of(path), 1) if row["Opmerking"] == "verbetering")
    plan = taken_over(workspace, edited(path, "Aantal", row, -4))
    assert counts(plan)["changed"] == 1
    ids = [one.id for one in workspace.query(list_commitments)]
    entries = {one.id: one for one in workspace.query(list_entries, ids)}
    assert entries[str(old["Kenmerk van de meting"])].corrected
    assert [one.units for one in entries.values() if one.corrects_id == old["Kenmerk van de meting"]] == [-4]


def test_what_was_deleted_does_not_come_back(workspace: Workspace, exported: Exported) -> None:
    path = exported("sessions", ".xlsx", "nl")
    gone = workspace.query(list_sessions)[0]
    workspace.run(DeleteSession(gone.id, gone.day))
    (refused,) = wrong(planned(workspace, path))
    assert refused[4].sentence == DELETED  # type: ignore[index]


# Changed by hand


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "heading", "value"),
    [
        ("sessions", "Verslag", "een ander verslag"),
        ("sessions", "Vorm", "online"),
        ("sessions", "Einde", "23:59"),
        ("offers", "Prijs", Decimal("12.5")),
        ("offers", "Acties", "5, 15"),
        ("uses", "Evaluatie", "goed"),
        ("commitments", "Motivering", "daarom"),
        ("commitments", "Toegekend bedrag", Decimal("1234.56")),
        ("follow-ups", "Wie", "partner"),
        ("follow-ups", "Tegen", date(2025, 1, 2)),
        ("follow-ups", "Afgewerkt op", date(2024, 2, 3)),
        ("tracks", "Voorziene minuten", 120),
        ("stimuli", "Ingevuld bedrag", 50),
        ("stimuli", "Opmerking", "nog eens gebeld"),
        ("contacts", "Telefoon", "015 12 34 56"),
        ("contacts", "Bestuur", "Lier"),
        ("organisations", "Naam", "De Nieuwe Brug"),
        ("organisations", "Soort", "Onderwijs"),
        ("services", "Streefwaarde", 55),
        ("services", "Tot en met", date(2025, 9, 30)),
    ],
)
def test_a_change_in_the_list_is_taken_over_and_stays(
    workspace: Workspace, exported: Exported, kind: str, heading: str, value: Value
) -> None:
    path = exported(kind, ".xlsx", "nl")
    reference = file_heading(Language("nl"), RECORD_LISTS[kind].reference)
    row = next(n for n, row in enumerate(rows_of(path), 1) if row.get(reference))
    plan = taken_over(workspace, edited(path, heading, row, value))
    assert counts(plan).get("changed") == 1, wrong(plan)
    assert counts(plan).keys() <= {"changed", "same"}
    again = planned(workspace, path)
    assert wrong(again) == []
    now = rows_of(exported(kind, ".xlsx", "nl"))
    mine = rows_of(path)[row - 1]
    assert any(one.get(reference) == mine[reference] for one in now)


def test_a_session_moved_to_midnight_ends_on_that_day(workspace: Workspace, exported: Exported) -> None:
    path = exported("sessions", ".xlsx", "nl")
    row = next(n for n, one in enumerate(rows_of(path), 1) if str(one["Begin"]) > "01:30")
    edited(edited(path, "Begin", row, "0:00"), "Einde", row, "1:00")
    plan = taken_over(workspace, path)
    assert counts(plan)["changed"] == 1, wrong(plan)
    moved = rows_of(path)[row - 1][file_heading(Language("nl"), RECORD_LISTS["sessions"].reference)]
    session = workspace.query(by_reference, "sessions")[moved]
    assert (session.start_minute, session.end_minute) == (0, 60)


@pytest.mark.slow
def test_two_changes_of_an_agreement_are_one_row(workspace: Workspace, exported: Exported) -> None:
    path = exported("follow-ups", ".xlsx", "nl")
    edited(path, "Wat", 1, "iets anders")
    plan = taken_over(workspace, edited(path, "Afgewerkt op", 1, date(2024, 1, 5)))
    assert counts(plan)["changed"] == 1
    found = next(one for one in workspace.query(list_agreements) if one.what == "iets anders")
    assert found.done_on == date(2024, 1, 5)
    assert wrong(planned(workspace, path)) == []


@pytest.mark.parametrize(("kind", "heading"), [("sessions", "Datum"), ("uses", "Aanbod"), ("mentors", "Bron")])
def test_what_an_import_cannot_change_is_said(
    workspace: Workspace, exported: Exported, kind: str, heading: str
) -> None:
    path = exported(kind, ".xlsx", "nl")
    reference = file_heading(Language("nl"), RECORD_LISTS[kind].reference)
    row = next(n for n, row in enumerate(rows_of(path), 1) if row.get(reference))
    value = date(2024, 1, 3) if heading == "Datum" else "Iets anders"
    (refused,) = wrong(planned(workspace, edited(path, heading, row, value)))
    assert refused[4].sentence == NOT_HERE  # type: ignore[index]


def test_a_derived_column_is_not_taken_over(workspace: Workspace, exported: Exported) -> None:
    assert wrong(planned(workspace, edited(exported("commitments", ".xlsx", "nl"), "Tot nu behaald", 1, 999_999))) == []


# Another work file


@pytest.mark.slow
def test_lists_come_into_another_work_file_once(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "ander").mkdir()
    other = create_workspace(tmp_path / "ander" / "leeg.samenlevendb", PASSPHRASE, Runtime(day=TODAY), CHEAP)
    try:
        other.choose_officer(other.run(AddOfficer("een ander", "Rivierenland")).result)
        for kind in IN_ORDER:
            path = export(workspace, kind, tmp_path / "lijst.xlsx")
            first = taken_over(other, path)
            again = taken_over(other, path)
            # One reading of each day: the practice work has days with two.
            refused = [row.number for row in first.rejected()]
            assert [row.number for row in again.rejected()] == refused
            assert counts(again).keys() <= {"same", "rejected"}, wrong(again)
            assert len(refused) <= 2, wrong(first)
        assert reached(other) == reached(workspace)
        assert len(other.query(list_agreements)) == len(workspace.query(list_agreements))
        assert len(other.query(list_tracks)) == len(workspace.query(list_tracks))
        mine, theirs = workspace.query(candidacies), other.query(candidacies)
        assert [(one.kind, one.state, one.amount_cents) for one in mine] == [
            (one.kind, one.state, one.amount_cents) for one in theirs
        ]
        notes = [one.report for one in other.query(list_sessions) if one.form is SessionMode.PHONE]
        for words in AWKWARD:
            assert any(same_once_in(words, one) for one in notes), words[:40]
    finally:
        other.close()


def reached(workspace: Workspace) -> list[tuple[object, ...]]:
    lines = workspace.query(list_commitments)
    return sorted((one.government_name, one.year, one.target_code, one.reached_to_date) for one in lines)


# The practice file


@pytest.mark.parametrize("scale", [pytest.param(1, marks=pytest.mark.slow), pytest.param(10, marks=pytest.mark.long)])
def test_the_practice_file_goes_out_and_in_twice(tmp_path: Path, scale: int) -> None:
    file = tmp_path / "oefen.oefendb"
    make_practice(file, None, scale, cost=CHEAP)
    workspace = open_workspace(file, Runtime(day=PRACTICE_DATE), PRACTICE_PASSPHRASE)
    try:
        for kind in TAKEN:
            for ending in ENDINGS:
                path = export(workspace, kind, tmp_path / f"{kind}{ending}")
                for _ in range(2):
                    assert wrong(taken_over(workspace, path)) == []
    finally:
        workspace.close()
