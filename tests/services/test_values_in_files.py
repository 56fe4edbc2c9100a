"""Times, days, numbers and digits as spreadsheets hold them: one rule, whatever the way in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.tables.model import Cell, Sheet
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.importing.import_plan import ImportPlan, PlannedRow
from samenleven_desktop.services.importing.run import fault_words, preview, take_over, wish_for
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.people.commands import ChangeContact, ContactContent
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.sessions.commands import (
    ChangeSession,
    ChangeSessions,
    FieldEdit,
    RegisterSession,
    SessionContent,
    SessionMode,
    session_end,
)
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.models import SupportSessionRow
from samenleven_desktop.storage.unit_of_work import Step
from tests.builders import TODAY, WorkFile

DUTCH = Language("nl")
NO_TIME = "Typ een uur van 0:00 tot 24:00, bijvoorbeeld 13:30."
NO_DAY = "Typ een datum van 01-01-1990 tot 31-12-2100."


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def planned(workspace: Workspace, kind: str, header: list[str], *rows: list[Cell], sure: bool = False) -> ImportPlan:
    sheet = Sheet("blad", (tuple(header), *map(tuple, rows)))
    mapping = wish_for(workspace, sheet, kind)
    assert mapping is not None
    mapping = replace(mapping, all_sure=sure)
    plan = preview(workspace, "bestand.xlsx", sheet, mapping)
    if plan.commands:
        take_over(workspace, plan, sheet, mapping)
    return plan


def why(row: PlannedRow) -> str | None:
    return fault_words(row, DUTCH) if row.fault is not None else None


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (time(20), timedelta(days=1), 240),
        (time(21), "24:00", 180),
        (time(22), time(0), 120),
        (time(22, 30), time(1, 30), 180),
        (0.375, 0.4375, 90),
        ("9u", "10u15", 75),
        (time(9, 0, 40), time(9, 59, 59), 59),
        ("0:00", "24:00", 1440),
    ],
)
def test_a_session_lasts_as_long_as_it_says(workspace: Workspace, start: Cell, end: Cell, minutes: int) -> None:
    header = ["Bestuur", "Datum", "Van", "Tot", "Verslag"]
    plan = planned(workspace, "sessions", header, ["Mechelen", date(2024, 3, 1), start, end, "een verslag apart"])
    assert [row.state for row in plan.rows] == [RowState.NEW], why(plan.rows[0])
    mechelen = workspace.query(government_by_code, "12025").id
    lines = workspace.query(list_sessions, mechelen, date(2024, 3, 1), date(2024, 3, 1))
    assert [one.minutes for one in lines if one.report == "een verslag apart"] == [minutes]
    again = planned(workspace, "sessions", header, ["Mechelen", date(2024, 3, 1), start, end, "een verslag apart"])
    assert [row.state for row in again.rows] == [RowState.SAME]


@pytest.mark.parametrize(
    ("day", "start", "end", "reason"),
    [
        (
            date(2024, 3, 1),
            timedelta(hours=25),
            timedelta(hours=49, minutes=30),
            f"Van “25:00”: {NO_TIME} · Tot “49:30”: {NO_TIME}",
        ),
        (date(2024, 3, 1), "25:00", "26:00", f"Van “25:00”: {NO_TIME} · Tot “26:00”: {NO_TIME}"),
        (date(2204, 3, 1), "9:00", "10:00", f"Datum “01-03-2204”: {NO_DAY}"),
        ("01-03-2204", "9:00", "10:00", f"Datum “01-03-2204”: {NO_DAY}"),
        (date(1924, 3, 1), "9:00", "10:00", f"Datum “01-03-1924”: {NO_DAY}"),
        (date(2024, 3, 1), "9:00", "9:00", "Tot “9:00”: Het einde moet na het begin komen."),
        (date(2024, 3, 1), "24:00", "1:00", "Tot “1:00”: Het begin moet vóór 24:00 liggen."),
        (
            date(2042, 3, 1),
            "9:00",
            "10:00",
            "Datum: 1 maart 2042 ligt meer dan tien jaar vooruit.",
        ),
        (date(2024, 3, 1), "14:00", "13:00", "Tot “13:00”: Deze sessie duurt 23 uur, tot de volgende dag."),
    ],
)
def test_what_a_form_refuses_a_file_refuses(
    workspace: Workspace, day: Cell, start: Cell, end: Cell, reason: str
) -> None:
    plan = planned(workspace, "sessions", ["Bestuur", "Datum", "Van", "Tot"], ["Mechelen", day, start, end])
    assert [why(row) for row in plan.rows] == [reason]


def test_what_is_asked_comes_in_once_it_is_called_right(workspace: Workspace) -> None:
    row: list[Cell] = ["Mechelen", date(2042, 3, 1), "14:00", "13:00"]
    header = ["Bestuur", "Datum", "Van", "Tot"]
    (asked,) = planned(workspace, "sessions", header, row).rows
    assert asked.fault is not None
    assert asked.fault.asks
    assert planned(workspace, "sessions", header, row, sure=True).counts()[RowState.NEW] == 1


def test_another_start_keeps_the_time_of_the_end(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    content = SessionContent(TODAY, 22 * 60, 60, SessionMode.VISIT, (mechelen,), report="nacht apart")
    made = workspace.run(RegisterSession(content)).result

    def times() -> tuple[int, int]:
        lines = workspace.query(list_sessions, mechelen, TODAY, TODAY)
        return next((one.start_minute, one.end_minute) for one in lines if one.id == made)

    assert times() == (1320, 1500)
    workspace.run(ChangeSessions((FieldEdit(made, "start_minute", 23 * 60),)))
    assert times() == (1380, 1500)
    workspace.run(ChangeSessions((FieldEdit(made, "start_minute", 30),)))
    assert times() == (30, 60)
    workspace.run(ChangeSessions((FieldEdit(made, "end_minute", 0),)))
    assert times() == (30, 1440)
    with pytest.raises(UserError, match="a day at most"):
        session_end(30, 1500)


ENTRIES = ["Bestuur", "Actie", "Datum", "Aantal", "Soort"]


@pytest.mark.parametrize("units", [999_999_999_999.0, 5_410_000_000_000.0, 10_000_000, "10000000", 10**20])
def test_a_number_beyond_all_people_is_refused(workspace: Workspace, units: Cell) -> None:
    plan = planned(workspace, "entries", ENTRIES, ["Mechelen", 5, date(2024, 3, 10), units, "totaal"])
    (words,) = map(why, plan.rows)
    assert words is not None
    assert words.endswith(": Dit getal is te groot: hoogstens 9.999.999.")


def test_an_increment_takes_away_what_is_there_and_no_more(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    line = next(one for one in workspace.query(list_commitments, 2, [mechelen]) if one.action_number == 5)
    day = date(2024, 3, 10)
    with pytest.raises(UserError, match="a total cannot be less than nothing") as refused:
        workspace.run(AddKpiEntry(line.id, day, EntryKind.INCREMENT, -50_000))
    assert refused.value.field == "units"
    there = line.reached_to_date
    rows: list[list[Cell]] = [["Mechelen", 5, day, number, "erbij"] for number in (-there, 5, -6)]
    plan = planned(workspace, "entries", ENTRIES, *rows)
    assert [row.state for row in plan.rows] == [RowState.NEW, RowState.NEW, RowState.REJECTED]
    assert why(plan.rows[2]) == (
        "Aantal “-6”: Met dit aantal zou het totaal -1 worden: een totaal kan niet minder dan niets zijn."
    )


def test_no_share_on_paper_is_nonsense() -> None:
    assert [DUTCH.percent(part, 100) for part in (-76_828, 0, 99, 1000, 10**9)] == [
        "0\u00a0%",
        "0\u00a0%",
        "99\u00a0%",
        "1.000\u00a0%",
        "> 1.000\u00a0%",
    ]


def test_digits_stay_digits_and_signs_that_came_along_go(workspace: Workspace) -> None:
    header = ["Bestuur", "Naam", "E-mail", "Telefoon", "Opmerking"]
    rows: list[list[Cell]] = [
        ["Mechelen", "Cijfer Een", "een@voorbeeld.be\u200b", 470123456.0, 1234567890123.0],
        ["Mechelen", "Cijfer Twee", "twee@voorbeeld.be", 3247012345678.0, 1.234567890123457e19],
        ["Mechelen", "Cijfer Vijf", "vijf@voorbeeld.be", "\u202a+32 470 12\u201134 56\u202c", 3.5],
        ["Mechelen", "Cijfer Zes", "zes@voorbeeld.be", "geen telefoon", None],
    ]
    plan = planned(workspace, "contacts", header, *rows)
    assert [row.state for row in plan.rows] == [*[RowState.NEW] * 3, RowState.REJECTED]
    mechelen = workspace.query(government_by_code, "12025").id
    found = {one.name: one for one in workspace.query(list_contacts, [mechelen])}
    assert [(found[name].phone, found[name].note) for name in ("Cijfer Een", "Cijfer Twee", "Cijfer Vijf")] == [
        ("470123456", "1234567890123"),
        ("3247012345678", "12345678901234570000"),
        ("+32 470 12-34 56", "3.5"),
    ]
    first = found["Cijfer Een"]
    assert first.email == "een@voorbeeld.be"
    workspace.run(
        ChangeContact(first.id, ContactContent(first.name, mechelen, email=first.email, phone="015 11 22 33"))
    )


def test_an_old_text_stays_as_it_is_when_another_field_is_changed(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    old = "punt een\r\npunt\u200b twee "
    content = SessionContent(TODAY, 540, 600, SessionMode.VISIT, (mechelen,), report="nieuw")
    made = workspace.run(RegisterSession(content)).result
    # As a pack or an earlier version wrote it.
    with workspace.store.write(Step("x")) as unit:
        unit.change(SupportSessionRow, made, report=old)

    def report() -> str:
        lines = workspace.query(list_sessions, mechelen, TODAY, TODAY)
        return next(one.report for one in lines if one.id == made)

    shown = replace(content, travel_minutes=20, report=old.replace("\r\n", "\n"))
    done = workspace.run(ChangeSession(made, shown))
    assert (report(), len(done.changes)) == (old, 1)
    workspace.run(ChangeSession(made, replace(shown, report=f"{shown.report} drie")))
    assert report() == "punt een\npunt twee  drie"
