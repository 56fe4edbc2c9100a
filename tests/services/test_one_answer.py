"""Form, grid, import and command line pass through the same checks: the same value kept, or the same sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.field_declaration import MOST_CENTS
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.interchange.tables.model import Cell, Sheet
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.services.core.command import AnyCommand, FieldEdit
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.core.registry import command_from
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.importing.commands import ImportRows
from samenleven_desktop.services.importing.run import preview, wish_for
from samenleven_desktop.services.kpi.commands import AddCommitment, ChangeCommitments
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.offers.commands import AddOffer, ChangeUses, OfferContent, UseOffer
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile
from tests.text_samples import TEXTS

ANSWERS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
# An empty cell says nothing; what is typed in a form and left empty neither, so texts have at least one letter.
TROUBLESOME = TEXTS.map(lambda words: f"{words}a")
LINES = (
    TROUBLESOME
    | st.sampled_from((1, 499, 500, 501, 900)).map(lambda n: "x" * n)
    | st.text("abcé &<=", min_size=1).map(lambda words: words.strip() or "a")
)
LONG = TROUBLESOME | LINES | st.sampled_from((20_001, 99_999, 100_000, 100_001)).map(lambda n: "y" * n)
_EDGES = (-50_000, -1, 0, 1, 99, 100, 1440, 5000, 9_999_999, 10_000_000, 500_000_000_000, 10**30)
NUMBERS = st.sampled_from(_EDGES) | st.integers(-50, 10**6)
CENTS = st.sampled_from((-1, 0, 5, 100_000_000_000, 100_000_000_001)) | st.integers(-500, 10**8)
DAYS = st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n)) | st.sampled_from(
    (date(1924, 3, 1), date(1989, 12, 31), date(1990, 1, 1), date(2100, 12, 31), date(2101, 1, 1), date(2204, 3, 1))
)


@dataclass(frozen=True)
class Answer:
    """What was kept of the fields that were asked for, or the sentence of the refusal."""

    kept: Mapping[str, object] | None
    sentence: str | None = None


class Ways:
    """Gives a value by each of the ways; every step is taken back, so that the next finds the same work file."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.mechelen = workspace.query(government_by_code, "12025").id
        lines = workspace.query(list_commitments, 2, [self.mechelen])
        self.commitment = next(one for one in lines if one.action_number == 5)

    def command(self, command: AnyCommand, table: str, *fields: str) -> Answer:
        try:
            done = self.workspace.run(command)
        except UserError as error:
            return Answer(None, str(error))
        row_id = next((one.row_id for one in done.changes if one.table == table), None)
        kept = self.row(table, row_id) if row_id else {}
        if done.changes:
            self.workspace.undo()
        return Answer({field: kept.get(field) for field in fields})

    def do(self, name: str, data: object, table: str, *fields: str) -> Answer:
        try:
            command = self.workspace.query(command_from, name, json.loads(json.dumps(data, default=date.isoformat)))
        except UserError as error:
            return Answer(None, str(error))
        return self.command(command, table, *fields)

    def file(self, kind: str, cells: Mapping[str, Cell], table: str, *fields: str) -> Answer:
        sheet = Sheet("blad", (tuple(cells), tuple(cells.values())))
        request = wish_for(self.workspace, sheet, kind)
        assert request is not None
        request = replace(request, all_sure=True)
        assert len(request.columns) == len(cells), request
        plan = preview(self.workspace, "bestand.xlsx", sheet, request)
        (row,) = plan.rows
        if row.state is RowState.REJECTED:
            assert row.fault is not None
            return Answer(None, row.fault.sentence.format(**row.fault.values))
        return self.command(ImportRows("bestand.xlsx", plan.commands), table, *fields)

    def row(self, table: str, row_id: str) -> dict[str, Any]:
        def ask(context: QueryContext) -> dict[str, Any]:
            found = context.view.connection.exec_driver_sql(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
            return dict(found.mappings().one())

        return self.workspace.query(ask)


@pytest.fixture
def ways(work_file: WorkFile) -> Iterator[Ways]:
    workspace = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield Ways(workspace)
    workspace.close()


def same(*answers: Answer) -> Answer:
    assert len({repr(one) for one in answers}) == 1, answers
    return answers[0]


def possible(day: date) -> bool:
    return date(1990, 1, 1) <= day <= date(2100, 12, 31)


def euros(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02}"


COMMITMENT_VALUES = {
    **dict.fromkeys(("existing_reach", "requested", "confirmed", "interim_reached", "final_reached", "rank"), NUMBERS),
    "granted_cents": CENTS,
    **dict.fromkeys(("motivation", "anchor_moments", "note"), LONG),
}
COMMITMENT_COLUMNS = {
    "existing_reach": "Huidig bereik",
    "requested": "Aangevraagd",
    "confirmed": "Bevestigd",
    "interim_reached": "Tussentijds behaald",
    "final_reached": "Finaal behaald",
    "rank": "Prioriteit",
    "granted_cents": "Toegekend bedrag",
    "motivation": "Motivering",
    "anchor_moments": "Ankermomenten",
    "note": "Opmerking",
}


@pytest.mark.slow
@ANSWERS
@given(data=st.data())
def test_a_commitment_that_is_taken_up_or_changed(ways: Ways, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(sorted(COMMITMENT_VALUES)))
    value: Any = data.draw(COMMITMENT_VALUES[field])
    cell = euros(value) if field == "granted_cents" else value
    there = {"Bestuur": "12025", "Actie": 5, "Projectjaar": 2, COMMITMENT_COLUMNS[field]: cell}
    edit = {"row_id": ways.commitment.id, "field": field, "value": value}
    present = ways.row("commitment", ways.commitment.id)[field]
    changed = same(
        ways.command(ChangeCommitments((FieldEdit(**edit),)), "commitment", field),
        ways.do("change_commitments", {"edits": [edit]}, "commitment", field),
        *([ways.file("commitments", there, "commitment", field)] if value != present else []),
    )
    target = ways.workspace.plan.action(15).targets[0].id
    new = {"Bestuur": "12025", "Actie": 15, "Projectjaar": 2, COMMITMENT_COLUMNS[field]: cell}
    more: dict[str, Any] = {field: value}
    asked = {"applicant_id": "12025", "year": 2, "target_id": target, **more}
    added = same(
        ways.command(AddCommitment(ways.mechelen, 2, target, **more), "commitment", field),
        ways.do("add_commitment", asked, "commitment", field),
        ways.file("commitments", new, "commitment", field),
    )
    if value != present:
        assert added == changed


@pytest.mark.slow
@ANSWERS
@given(
    title=LINES,
    organisation=LINES,
    note=LONG,
    price=CENTS,
    first=DAYS,
    last=DAYS,
)
def test_an_offer(ways: Ways, title: str, organisation: str, note: str, price: int, first: date, last: date) -> None:
    values: dict[str, Any] = {
        "title": title,
        "organisation": organisation,
        "price_cents": price,
        "note": note,
        "valid_from": first,
        "valid_until": last,
    }
    # Of several wrong values a form and a file may name another one first: a cell is read before the row is checked.
    in_a_cell = price >= 0 and all(map(possible, (first, last)))
    assume(in_a_cell or (max(len(title), len(organisation)) <= 500 and len(note) <= 100_000 and price <= MOST_CENTS))
    cells = ("Titel", "Organisatie", "Prijs", "Opmerking", "Geldig van", "Geldig tot")
    row: dict[str, Cell] = dict(zip(cells, [*values.values()], strict=True))
    row["Prijs"] = euros(price)
    same(
        ways.command(AddOffer(OfferContent(cost=OfferCost.UNKNOWN, **values)), "offer", *values),
        ways.do("add_offer", {"content": {"cost": "unknown", **values}}, "offer", *values),
        ways.file("offers", row, "offer", *values),
    )


@pytest.mark.slow
@ANSWERS
@given(start=DAYS, end=DAYS, price=CENTS, expected=NUMBERS, real=NUMBERS, evaluation=LONG)
def test_an_offer_in_use(
    ways: Ways, start: date, end: date, price: int, expected: int, real: int, evaluation: str
) -> None:
    assume(price >= 0 or (possible(start) and possible(end)))
    wrong = not 0 <= price <= MOST_CENTS or max(expected, real) > 9_999_999 or min(expected, real) < 0
    assume(not wrong or (possible(start) and possible(end)))
    offer = ways.workspace.run(AddOffer(OfferContent("Vorming op maat", "vzw Voorbeeld", OfferCost.PAID))).result
    values: dict[str, Any] = {
        "start": start,
        "end": end,
        "price_cents": price,
        "expected_units": expected,
        "real_units": real,
        "evaluation": evaluation,
    }
    row: dict[str, Cell] = {
        "Gemeente": "12025",
        "Aanbod": "Vorming op maat",
        "Van": start,
        "Tot": end,
        "Prijs": euros(price),
        "Verwacht": expected,
        "Bereikt": real,
        "Evaluatie": evaluation,
    }
    same(
        ways.command(UseOffer(offer, ways.mechelen, **values), "offer_use", *values),
        ways.do("use_offer", {"offer_id": offer, "government_id": "12025", **values}, "offer_use", *values),
        ways.file("uses", row, "offer_use", *values),
    )
    if not possible(start):
        ways.workspace.undo()
        return
    use = ways.workspace.run(UseOffer(offer, ways.mechelen, start)).result
    edits = [{"row_id": use, "field": field, "value": value} for field, value in values.items() if field != "start"]
    fields = [one["field"] for one in edits]
    same(
        ways.command(ChangeUses(tuple(FieldEdit(**one) for one in edits)), "offer_use", *fields),
        ways.do("change_uses", {"edits": edits}, "offer_use", *fields),
        ways.file("uses", row, "offer_use", *fields),
    )
    ways.workspace.undo()
    ways.workspace.undo()


@pytest.mark.slow
@ANSWERS
@given(start=st.integers(0, 1450), end=st.integers(0, 1500) | st.just(1440), travel=NUMBERS, report=LONG)
def test_a_session(ways: Ways, start: int, end: int, travel: int, report: str) -> None:
    values: dict[str, Any] = {
        "day": TODAY + timedelta(days=1),
        "start_minute": start,
        "end_minute": end,
        "travel_minutes": travel,
        "report": report,
        "form": "online",
    }
    row: dict[str, Cell] = {
        "Gemeente": "12025",
        "Datum": values["day"],
        "Van": f"{start // 60}:{start % 60:02}",
        "Tot": f"{end // 60}:{end % 60:02}",
        "Verplaatsing": travel,
        "Verslag": report,
        "Vorm": "online",
    }
    content = SessionContent(**{**values, "form": SessionMode.ONLINE}, government_ids=(ways.mechelen,))
    fields = [one for one in values if one != "day"]
    same(
        ways.command(RegisterSession(content), "support_session", *fields),
        ways.do("register_session", {"content": {**values, "government_ids": ["12025"]}}, "support_session", *fields),
        ways.file("sessions", row, "support_session", *fields),
    )


@pytest.mark.slow
@ANSWERS
@given(
    name=LINES,
    email=st.sampled_from(("dienst@bestuur.be", "geen adres", "a@b", "é@bestuur.be", "een@voorbeeld.be\u200b"))
    | TROUBLESOME,
    phone=st.sampled_from(
        ("015 00 00 00", "+32 15/00.00.00", "bel maar", "1", "0" * 30, "\u202a+32 470 12\u201134\u202c")
    )
    | TROUBLESOME,
    note=LONG,
)
def test_a_contact(ways: Ways, name: str, email: str, phone: str, note: str) -> None:
    values: dict[str, Any] = {"name": name, "email": email, "phone": phone, "note": note}
    row: dict[str, Cell] = dict(zip(("Naam", "E-mail", "Telefoon", "Opmerking"), values.values(), strict=True))
    same(
        ways.command(AddContact(ContactContent(government_id=ways.mechelen, **values)), "contact", *values),
        ways.do("add_contact", {"content": {"government_id": "12025", **values}}, "contact", *values),
        ways.file("contacts", {"Gemeente": "12025", **row}, "contact", *values),
    )


@pytest.mark.slow
@ANSWERS
@given(units=NUMBERS, kind=st.sampled_from(EntryKind), note=LONG)
def test_a_count_toward_a_target(ways: Ways, units: int, kind: EntryKind, note: str) -> None:
    day = TODAY + timedelta(days=2)
    values: dict[str, Any] = {"units": units, "kind": kind.value, "note": note}
    row: dict[str, Cell] = {
        "Gemeente": "12025",
        "Actie": 5,
        "Datum": day,
        "Aantal": units,
        "Soort": "erbij" if kind is EntryKind.INCREMENT else "totaal",
        "Opmerking": note,
    }
    entry = {"commitment_id": ways.commitment.id, "day": day, **values}
    same(
        ways.command(AddKpiEntry(ways.commitment.id, day, kind, units, note), "kpi_entry", *values),
        ways.do("add_kpi_entry", entry, "kpi_entry", *values),
        ways.file("entries", row, "kpi_entry", *values),
    )


BAD = [
    (
        "offers",
        {"Titel": "Vorming", "Organisatie": "vzw", "Geldig van": date(2024, 3, 2), "Geldig tot": date(2024, 3, 1)},
        ("Geldig tot", "The end comes before the start."),
    ),
    (
        "offers",
        {"Titel": "x" * 900, "Organisatie": "vzw"},
        ("Titel", "This text is too long: at most 500 characters."),
    ),
    (
        "commitments",
        {"Bestuur": "12025", "Actie": 5, "Projectjaar": 2, "Prioriteit": 5000},
        ("Prioriteit", "Type a rank from 1 to 99."),
    ),
    (
        "commitments",
        {"Bestuur": "12025", "Actie": 5, "Projectjaar": 2, "Bevestigd": 500_000_000_000},
        ("Bevestigd", "This number is too large: at most 9999999."),
    ),
    (
        "sessions",
        {"Gemeente": "12025", "Datum": TODAY, "Van": "9:00", "Tot": "10:00", "Verslag": "x" * 100_001},
        ("Verslag", "This text is too long: at most 100000 characters."),
    ),
]


@pytest.mark.parametrize(("kind", "cells", "expected"), BAD)
def test_what_the_forms_refuse_is_refused_at_its_row_and_column(
    ways: Ways, kind: str, cells: dict[str, Cell], expected: tuple[str, str]
) -> None:
    sheet = Sheet("blad", (tuple(cells), tuple(cells.values())))
    request = wish_for(ways.workspace, sheet, kind)
    assert request is not None
    (row,) = preview(ways.workspace, "bestand.xlsx", sheet, request).rows
    assert row.fault is not None
    assert (row.number, row.state) == (2, RowState.REJECTED)
    assert (row.fault.column, row.fault.sentence.format(**row.fault.values)) == expected


def test_a_report_that_the_form_takes_comes_in(ways: Ways) -> None:
    cells = {"Gemeente": "12025", "Datum": TODAY, "Van": "9:00", "Tot": "10:00", "Verslag": "x" * 20_001}
    assert ways.file("sessions", cells, "support_session", "report").kept == {"report": "x" * 20_001}
