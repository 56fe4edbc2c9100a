"""One start with a wrong clock, at each moment of a week of work: nothing thinned away, nothing erased, order kept."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import AddContact, ContactContent, DeleteContact
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.safekeeping.backups import rescue
from samenleven_desktop.services.safekeeping.days_of_use import CLOCK_LEAPT
from samenleven_desktop.services.safekeeping.erasure import erased_so_far
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.safekeeping.history import list_bin
from samenleven_desktop.services.safekeeping.workspace_file import back_up, check_health, daily_backup
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.backup import existing
from tests.builders import PASSPHRASE, TODAY, WorkFile, make_work_file

# The template was made with the clock of this computer.
START = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
WRONG = [datetime(year, 6, 1, 12, tzinfo=UTC) for year in (1970, 2031, 2099)]


def at(path: Path, moment: datetime) -> Workspace:
    return at_with(path, moment, PASSPHRASE)


def at_with(path: Path, moment: datetime, passphrase: str) -> Workspace:
    return open_workspace(path, Runtime(now=lambda: moment, day=TODAY), passphrase)


def work(path: Path, moment: datetime, delete: str | None = None) -> str | None:
    """One start: the daily job, one new contact, and perhaps one deleted; what the program said of the clock."""
    workspace = at(path, moment)
    try:
        made = daily_backup(workspace)
        government = workspace.query(government_by_code, "12025").id
        workspace.run(AddContact(ContactContent(f"contact {moment:%Y-%m-%d %H}", government, role="dienst")))
        if delete is not None:
            found = [one.id for one in workspace.query(list_contacts) if one.name == delete]
            workspace.run(DeleteContact(found[0]))
        return made.problem.message if made is not None and made.problem is not None else None
    finally:
        workspace.close()


@pytest.mark.slow
@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: str(one.year))
@pytest.mark.parametrize("after", [3, *(pytest.param(day, marks=pytest.mark.long) for day in (0, 1, 2, 4, 5, 6, 7))])
def test_one_start_with_a_wrong_clock_and_back(work_file: WorkFile, wrong: datetime, after: int) -> None:
    path = work_file.path
    told = []
    for day in range(8):
        before = {one.path.name for one in existing(path)}
        if day == after:
            told.append(work(path, wrong, f"contact {START + timedelta(days=day - 1):%Y-%m-%d %H}" if day else None))
            assert before <= {one.path.name for one in existing(path)}, "the wrong clock thinned nothing"
        said = work(path, START + timedelta(days=day))
        assert said is None or day == after == 0
        assert before <= {one.path.name for one in existing(path)}
    assert told == [CLOCK_LEAPT]
    found = existing(path)
    assert [one.number for one in found] == sorted((one.number for one in found), reverse=True)
    assert found[0].made_at.year == START.year, "the newest is the one made last"
    workspace = at(path, START + timedelta(days=8))
    try:
        assert workspace.query(erased_so_far) == []
        if after:
            assert len(workspace.query(list_bin, workspace.now)) == 1, "what was deleted then lies in the bin"
    finally:
        workspace.close()
    path.write_bytes(b"x" * 8192)
    assert rescue(path, Runtime(day=TODAY), PASSPHRASE).backup.path == found[0].path


@pytest.mark.slow
def test_what_lay_in_the_bin_for_ninety_days_of_use_goes_in_spite_of_a_wrong_clock(work_file: WorkFile) -> None:
    path = work_file.path
    work(path, START)
    work(path, START + timedelta(days=1), f"contact {START:%Y-%m-%d %H}")
    for day, moment in ((20, WRONG[0]), (40, WRONG[1]), (60, WRONG[2])):
        work(path, START + timedelta(days=day))
        work(path, moment)
    work(path, START + timedelta(days=61))
    for day in (80, 91, 92):
        work(path, START + timedelta(days=day))
    workspace = at(path, START + timedelta(days=93))
    try:
        assert workspace.query(erased_so_far) == [], "seen deleted on day 20 for the first time"
    finally:
        workspace.close()
    for day in (111, 112):
        work(path, START + timedelta(days=day))
    workspace = at(path, START + timedelta(days=113))
    try:
        assert [(table, n) for _, table, n in workspace.query(erased_so_far)] == [("contact", 1)]
    finally:
        workspace.close()


@pytest.mark.slow
def test_a_backup_that_cannot_be_opened_when_a_person_is_erased_goes_after_thirty_days(
    work_file: WorkFile, tmp_path: Path
) -> None:
    elsewhere = make_work_file(tmp_path / "ander" / work_file.path.name, "een andere lange zin")
    other = at_with(elsewhere.path, START, "een andere lange zin")
    strange = back_up(other).backup.path
    other.close()
    path = work_file.path
    work(path, START)
    closed = existing(path)[0].path.with_name(strange.name.replace("manual", "daily"))
    shutil.copyfile(strange, closed)
    shutil.copyfile(f"{strange}.key", f"{closed}.key")
    workspace = at(path, START + timedelta(hours=1))
    contact = workspace.query(list_contacts)[0].id
    workspace.run(EraseContact(contact))
    (finding,) = [one for one in check_health(workspace) if one.code == "waiting"]
    assert finding.values["n"] == 1
    workspace.close()
    work(path, WRONG[1])
    for day in (1, 29, 30):
        work(path, START + timedelta(days=day))
        assert closed.exists(), "within thirty days, or because of a clock that leapt"
    for day in (32, 33):
        work(path, START + timedelta(days=day))
    assert not closed.exists()
    workspace = at(path, START + timedelta(days=34))
    assert [one.code for one in check_health(workspace)] == []
    workspace.close()


def test_a_practice_file_with_its_invented_days_is_no_leap(practice_file: WorkFile) -> None:
    workspace = at_with(practice_file.path, START + timedelta(days=500), practice_file.passphrase)
    try:
        made = daily_backup(workspace)
        assert made is not None
        assert made.problem is None
    finally:
        workspace.close()


@pytest.mark.slow
def test_a_day_back_and_another_time_zone_are_no_leap(work_file: WorkFile) -> None:
    path = work_file.path
    assert [work(path, START + timedelta(hours=hours)) for hours in (0, 30, 7, 31, 55)] == [None] * 5


def test_a_clock_that_stays_where_it_leapt_is_right_on_the_second_day(work_file: WorkFile) -> None:
    path, later = work_file.path, START + timedelta(days=400)
    assert work(path, START) is None
    assert [work(path, later + timedelta(days=day)) for day in range(3)] == [CLOCK_LEAPT, None, None]
