"""Other instruments: noted, changed, listed, found, with their deadlines on Start and their place in reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samenleven_desktop.domain.agenda import AgendaKind
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.instrument import InstrumentState
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.document import texts
from samenleven_desktop.services.actions.queries import action_page
from samenleven_desktop.services.core.search import search
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.instruments.commands import (
    AddInstrument,
    ChangeInstrument,
    DeleteInstrument,
    InstrumentContent,
)
from samenleven_desktop.services.instruments.queries import instruments_for, list_instruments
from samenleven_desktop.services.reports.kinds import document_of
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.sessions.agenda import agenda, agenda_file
from samenleven_desktop.services.start.start_summary import start_summary
from samenleven_desktop.services.workfile.workspace import Workspace
from tests.builders import PARTNERSHIP, TODAY, action_ids
from tests.several_plans import take_in_use

(FOUR,) = action_ids(4)
CONTENT = InstrumentContent(
    "Subsidie voor zomerscholen",
    "Departement Onderwijs",
    InstrumentState.APPLIED,
    FOUR,
    18_000_00,
    TODAY + timedelta(days=11),
    date(2024, 8, 31),
    "https://onderwijs.vlaanderen.be",
    "45 euro per leerling en dag",
)


def test_it_is_added_changed_deleted_and_undone(workspace: Workspace, mechelen: str) -> None:
    made = workspace.run(AddInstrument(mechelen, CONTENT)).result
    (line,) = workspace.query(list_instruments, [mechelen])
    assert (line.name, line.giver, line.amount_cents, line.action) == (CONTENT.name, CONTENT.giver, 18_000_00, "4")
    workspace.run(ChangeInstrument(made, replace(CONTENT, instrument_state=InstrumentState.GRANTED, action_id=None)))
    (line,) = workspace.query(list_instruments, [mechelen])
    assert (line.instrument_state, line.action_id, line.action) == (InstrumentState.GRANTED, None, "")
    workspace.run(DeleteInstrument(made))
    assert workspace.query(list_instruments, [mechelen]) == []
    workspace.undo()
    assert [one.id for one in workspace.query(list_instruments, [mechelen])] == [made]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (replace(CONTENT, name="  "), "name"),
        (replace(CONTENT, amount_cents=-1), "amount_cents"),
        (replace(CONTENT, action_id="geen"), "action_id"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    workspace: Workspace, mechelen: str, content: InstrumentContent, field: str
) -> None:
    with pytest.raises(UserError) as refused:
        workspace.run(AddInstrument(mechelen, content))
    assert refused.value.field == field
    assert workspace.query(list_instruments, [mechelen]) == []


def test_the_search_box_finds_it_by_name_giver_and_note(workspace: Workspace, mechelen: str) -> None:
    made = workspace.run(AddInstrument(mechelen, CONTENT)).result
    for words in ("zomerscholen subsidie", "departement onderwijs", "leerling"):
        assert made in [one.record_id for one in workspace.query(search, words)], words
    workspace.run(DeleteInstrument(made))
    assert made not in [one.record_id for one in workspace.query(search, "leerling")]


def test_a_deadline_that_is_still_to_be_met_stands_on_start(workspace: Workspace, mechelen: str) -> None:
    made = workspace.run(AddInstrument(mechelen, CONTENT)).result
    (term,) = [one for one in workspace.query(start_summary).terms if one.kind == "instrument"]
    assert (term.day, term.about) == (CONTENT.deadline, "Mechelen · Subsidie voor zomerscholen")
    assert list(workspace.query(start_summary).terms) == sorted(
        workspace.query(start_summary).terms, key=lambda one: one.day or date.max
    )
    workspace.run(ChangeInstrument(made, replace(CONTENT, instrument_state=InstrumentState.REFUSED)))
    assert not [one for one in workspace.query(start_summary).terms if one.kind == "instrument"]


@pytest.mark.parametrize("kind", ["coaching", "handover", "action"])
def test_reports_say_which_subsidy_pays_how_much_and_until_when(workspace: Workspace, mechelen: str, kind: str) -> None:
    request = ReportRequest(kind, (mechelen,), 2, action_id=FOUR if kind == "action" else None)
    before = texts(workspace.query(document_of, request, Language("nl")))
    assert "Gever" not in before
    workspace.run(AddInstrument(mechelen, CONTENT))
    words = texts(workspace.query(document_of, request, Language("nl")))
    assert {CONTENT.name, CONTENT.giver, "aangevraagd", "31-08-2024"} <= set(words)


def test_the_page_of_an_action_has_its_own(workspace: Workspace, mechelen: str) -> None:
    workspace.run(AddInstrument(mechelen, CONTENT))
    assert CONTENT.name in [one.name for one in workspace.query(action_page, FOUR).instruments]
    assert workspace.query(action_page, action_ids(5)[0]).instruments == ()


def test_an_action_of_another_plan_is_named_with_its_plan(workspace: Workspace, mechelen: str) -> None:
    (other,) = take_in_use(workspace, "same-numbers")
    workspace.run(AddInstrument(mechelen, replace(CONTENT, action_id=other.actions[0].id)))
    (line,) = workspace.query(list_instruments, [mechelen])
    counting = workspace.plans.counting(TODAY)
    expected = str(other.actions[0].number)
    assert line.action == (expected if counting.id == other.id else f"{expected} ({other.short_name})")


def test_that_of_a_partnership_shows_at_its_members_and_nowhere_else(workspace: Workspace, mechelen: str) -> None:
    together = workspace.query(government_by_code, PARTNERSHIP).id
    duffel = workspace.query(government_by_code, "12009").id
    workspace.run(AddInstrument(together, CONTENT))
    workspace.run(AddInstrument(duffel, replace(CONTENT, name="Eigen subsidie")))
    shown = workspace.query(instruments_for, duffel)
    assert [(one.name, one.government_name) for one in shown] == [
        ("Eigen subsidie", "Duffel"),
        (CONTENT.name, "Samen langs de Nete"),
    ]
    assert workspace.query(instruments_for, mechelen) == []
    assert [one.name for one in workspace.query(instruments_for, together)] == [CONTENT.name]
    words = texts(workspace.query(document_of, ReportRequest("coaching", (duffel,), 2), Language("nl")))
    assert {CONTENT.name, "Eigen subsidie", "Samen langs de Nete"} <= set(words)


def test_a_deadline_that_is_still_to_be_met_stands_in_the_agenda_and_its_calendar(
    workspace: Workspace, mechelen: str
) -> None:
    made = workspace.run(AddInstrument(mechelen, CONTENT)).result
    deadline = TODAY + timedelta(days=11)
    days = deadline - timedelta(days=1), deadline
    (item,) = [one for one in workspace.query(agenda, *days).items if one.kind is AgendaKind.INSTRUMENT]
    assert (item.day, item.title, item.detail, item.record_id) == (deadline, "Mechelen", CONTENT.name, made)
    assert item.government_id == mechelen
    (bare,) = [one for one in events(workspace, words=False) if "subsidie" in one]
    assert CONTENT.name not in bare
    (named,) = [one for one in events(workspace, words=True) if CONTENT.name in one]
    assert "Mechelen" in named
    week = ReportRequest("week", (mechelen,), period=(deadline - timedelta(days=deadline.weekday()), deadline))
    assert CONTENT.name in texts(workspace.query(document_of, week, Language("nl")))
    assert CONTENT.name not in texts(workspace.query(document_of, replace(week, personal=False), Language("nl")))
    workspace.run(ChangeInstrument(made, replace(CONTENT, instrument_state=InstrumentState.ENDED)))
    assert not [one for one in workspace.query(agenda, *days).items if one.kind is AgendaKind.INSTRUMENT]


def events(workspace: Workspace, *, words: bool) -> list[str]:
    found = agenda_file(workspace, TODAY, TODAY + timedelta(days=30), Language("nl"), words=words).decode()
    return found.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
