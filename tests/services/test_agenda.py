"""The agenda of a period, what is overdue or near, tracks, and calendar files that may be read by others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from samenleven_desktop.domain.agenda import AgendaKind, month_of, week_of
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.sessions.agenda import agenda, agenda_file, agreements_by_due, without_contact
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
    ChangeAgreement,
    CompleteAgreement,
)
from samenleven_desktop.services.sessions.queries import list_tracks, session
from samenleven_desktop.services.sessions.track_commands import AddTrack, ChangeTrack, DeleteTrack, TrackContent
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile

TODAY = date(2024, 3, 11)
SECRET = "loontoeslag van het diensthoofd"


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    officer = opened.run(AddOfficer("coach Rivierenland", "Rivierenland"), kind="setup").result
    opened.choose_officer(officer)
    opened.run(ChooseGovernments(officer, tuple(ids(opened, "12025", "12021"))), kind="setup")
    yield opened
    opened.close()


def ids(workspace: Workspace, *codes: str) -> list[str]:
    return [workspace.query(government_by_code, code).id for code in codes]


def register(workspace: Workspace, day: date, *codes: str, start: int = 570, track: str | None = None) -> str:
    content = SessionContent(
        day, start, start + 90, SessionMode.VISIT, tuple(ids(workspace, *codes)), SECRET, track_id=track
    )
    return workspace.run(RegisterSession(content)).result


def test_a_period_holds_what_lies_in_it(workspace: Workspace) -> None:
    (mechelen,) = ids(workspace, "12025")
    planned = register(workspace, TODAY + timedelta(days=2), "12025", "12021")
    register(workspace, TODAY + timedelta(days=20), "12025")
    register(workspace, TODAY, "44021")
    workspace.run(AddAgreement(mechelen, Party.COACH, SECRET, TODAY + timedelta(days=1)))
    found = workspace.query(agenda, *week_of(TODAY))
    assert [(item.kind, item.day.day) for item in found.items] == [
        (AgendaKind.AGREEMENT, 12),
        (AgendaKind.SESSION, 13),
    ]
    assert (found.items[1].record_id, found.items[1].title) == (planned, "Lier, Mechelen")
    everyone = workspace.query(agenda, *week_of(TODAY), False)
    assert len(everyone.items) == 3


def test_days_of_the_plan_and_public_holidays_are_named(workspace: Workspace) -> None:
    found = workspace.query(agenda, date(2024, 5, 1), date(2024, 5, 31))
    titles = {(item.kind, item.title, item.day.day) for item in found.items}
    assert (AgendaKind.DEADLINE, "interim", 6) in titles
    assert (AgendaKind.HOLIDAY, "Dag van de Arbeid", 1) in titles


def test_agreements_by_how_pressing_they_are(workspace: Workspace) -> None:
    (mechelen,) = ids(workspace, "12025")
    for days in (-1, 0, 14, 15, None):
        due = None if days is None else TODAY + timedelta(days=days)
        last = workspace.run(AddAgreement(mechelen, Party.COACH, f"over {days}", due)).result
    found = workspace.query(agreements_by_due)
    assert [line.what for line in found.late] == ["over -1"]
    assert [line.what for line in found.soon] == ["over 0", "over 14"]
    assert [line.what for line in found.later] == ["over 15", "over None"]
    workspace.run(CompleteAgreement(last, TODAY))
    assert [line.what for line in workspace.query(agreements_by_due).done] == ["over None"]
    workspace.run(ChangeAgreement(last, Party.PARTNER, "andere woorden", TODAY))
    changed = workspace.query(agreements_by_due).done[0]
    assert (changed.what, changed.who, changed.due) == ("andere woorden", Party.PARTNER, TODAY)
    with pytest.raises(UserError):
        workspace.run(ChangeAgreement(last, Party.PARTNER, "  ", TODAY))


def test_an_agreement_from_any_record(workspace: Workspace) -> None:
    (mechelen,) = ids(workspace, "12025")
    track = workspace.run(AddTrack(mechelen, TrackContent("Oefenkansen", TODAY))).result
    workspace.run(AddAgreement(mechelen, Party.COACH, "uren plannen", None, "support_track", track))
    assert workspace.query(agreements_by_due).later[0].what == "uren plannen"


def test_who_has_not_been_seen_for_long(workspace: Workspace) -> None:
    register(workspace, TODAY - timedelta(days=61), "12025")
    register(workspace, TODAY + timedelta(days=5), "12021")
    found = workspace.query(without_contact, 60)
    assert [(one.government_name, one.days) for one in found] == [("Lier", None), ("Mechelen", 61)]
    assert found[0].next_session == TODAY + timedelta(days=5)
    assert [one.government_name for one in workspace.query(without_contact, 61)] == ["Lier"]


def test_tracks_count_the_hours_of_their_sessions(workspace: Workspace) -> None:
    (mechelen,) = ids(workspace, "12025")
    track = workspace.run(AddTrack(mechelen, TrackContent("Oefenkansen", TODAY, "meer plaatsen", 600))).result
    held = register(workspace, TODAY, "12025", track=track)
    (line,) = workspace.query(list_tracks, None, True)
    assert (line.used_minutes, line.planned_minutes, line.sessions, line.government_name) == (90, 600, 1, "Mechelen")
    workspace.run(ChangeTrack(track, TrackContent("Anders", TODAY, end=TODAY)))
    assert workspace.query(list_tracks, mechelen)[0].title == "Anders"
    workspace.run(DeleteTrack(track))
    assert workspace.query(list_tracks) == []
    assert workspace.query(session, held).track_id is None
    workspace.undo()
    assert workspace.query(session, held).track_id == track


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (TrackContent(" ", TODAY), "title"),
        (TrackContent("x", TODAY, planned_minutes=-5), "planned_minutes"),
        (TrackContent("x", TODAY, end=TODAY - timedelta(days=1)), "end"),
    ],
)
def test_a_wrong_track_is_said_at_the_field(workspace: Workspace, content: TrackContent, field: str) -> None:
    with pytest.raises(UserError) as caught:
        workspace.run(AddTrack(ids(workspace, "12025")[0], content))
    assert caught.value.field == field


def test_a_calendar_file_has_identities_that_stay_and_no_typed_words(workspace: Workspace) -> None:
    (mechelen,) = ids(workspace, "12025")
    register(workspace, date(2024, 3, 29), "12025")
    register(workspace, date(2024, 4, 2), "12025")
    workspace.run(AddAgreement(mechelen, Party.COACH, SECRET, date(2024, 4, 3)))
    period = date(2024, 3, 1), date(2024, 6, 30)
    first, second = (agenda_file(workspace, *period, Language("nl")) for _ in range(2))
    assert SECRET.encode() not in first
    events = list(Calendar.from_ical(first).walk("VEVENT"))
    again = [str(one["UID"]) for one in Calendar.from_ical(second).walk("VEVENT")]
    assert [str(one["UID"]) for one in events] == again
    assert len(set(again)) == len(again)
    timed = {one["DTSTART"].dt for one in events if isinstance(one["DTSTART"].dt, datetime)}
    # Over the change to summer time the hour on the wall stays half past nine.
    assert {(moment.hour, moment.minute) for moment in timed} == {(9, 30)}
    assert {moment.utcoffset() for moment in timed} == {timedelta(hours=1), timedelta(hours=2)}
    assert any(str(one["SUMMARY"]) == "Tussentijds rapport projectjaar 2" for one in events)
    with_words = agenda_file(workspace, *period, Language("nl"), words=True)
    described = [one for one in Calendar.from_ical(with_words).walk("VEVENT") if "DESCRIPTION" in one]
    assert [str(one["DESCRIPTION"]) for one in described] == [SECRET]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_pages_of_a_calendar_are_whole_weeks_around_the_day(day: date) -> None:
    for first, last in (week_of(day), month_of(day)):
        assert first <= day <= last
        assert (first.weekday(), last.weekday(), ((last - first).days + 1) % 7) == (0, 6, 0)
