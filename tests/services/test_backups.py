"""Backups are proven, thinned, copied to a second place and put back; a damaged file is rescued, never overwritten."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.backup_policy import kept
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import EnvironmentFault, UserError
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.safekeeping.backups import newest, rescue
from samenleven_desktop.services.safekeeping.health import Remedy
from samenleven_desktop.services.safekeeping.workspace_file import (
    back_up,
    check_health,
    choose_second_place,
    compare_with,
    daily_backup,
    put_back,
    repair_file,
)
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.backup import backup_dir, existing
from samenleven_desktop.storage.keys import key_file_path
from samenleven_desktop.storage.models import CommitmentRow, table_of
from samenleven_desktop.storage.view import View
from tests.builders import PASSPHRASE, TODAY, WorkFile
from tests.digest import content_digest

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def at(path: Path, moment: datetime) -> Workspace:
    return open_workspace(path, Runtime(now=lambda: moment, day=TODAY), PASSPHRASE)


def agree(workspace: Workspace, words: str) -> str:
    mechelen = workspace.query(government_by_code, "12025").id
    return workspace.run(AddAgreement(mechelen, Party.COACH, words, TODAY)).result


def words(workspace: Workspace) -> set[str]:
    return {one.what for one in workspace.query(list_agreements)}


def digest(workspace: Workspace) -> str:
    with workspace.store.read() as connection:
        return content_digest(View(connection))


# Thinning


@given(st.lists(st.integers(0, 60 * 24 * 500), min_size=1, max_size=80))
def test_thinning_keeps_the_newest_of_each_day_week_and_month(minutes: list[int]) -> None:
    moments = [NOW - timedelta(minutes=one) for one in sorted(minutes)]
    marks = kept(moments)
    stay = [one for one, stays in zip(moments, marks, strict=True) if stays]
    assert marks[0]
    assert kept(stay) == [True] * len(stay)
    for moment in moments:
        age = NOW - moment
        if age <= timedelta(days=12):
            assert any(one.date() == moment.date() for one in stay)
        elif age <= timedelta(weeks=9):
            assert any(abs((one - moment).days) < 7 for one in stay)
        elif age <= timedelta(days=350):
            assert any((one.year, one.month) == (moment.year, moment.month) for one in stay)
    last_days = sorted({one.astimezone().date() for one in moments})[-2:]
    assert len(stay) <= len([one for one in moments if one.astimezone().date() in last_days]) + 14 + 10 + 13


@given(st.lists(st.integers(0, 60 * 24 * 500), min_size=1, max_size=40), st.data())
def test_one_backup_of_a_wrong_clock_pushes_no_good_one_out(minutes: list[int], data: st.DataObject) -> None:
    """Among the backups of a year, one stands that was made with the clock at 1970, 2031 or 2099."""
    moments = [NOW - timedelta(minutes=one) for one in sorted(minutes)]
    place = data.draw(st.integers(0, len(moments)))
    wrong = data.draw(st.sampled_from([datetime(year, 5, 5, tzinfo=UTC) for year in (1970, 2031, 2099)]))
    good = {one for one, stays in zip(moments, kept(moments), strict=True) if stays}
    mixed = [*moments[:place], wrong, *moments[place:]]
    still = {one for one, stays in zip(mixed, kept(mixed), strict=True) if stays and one != wrong}
    # It takes one place of each kind: at most the oldest day, week and month, and what stood alone in the last two.
    lost = good - still
    assert len({one.date() for one in lost if one.date() not in {it.date() for it in still}}) <= 3


@pytest.mark.slow
def test_a_year_of_days_leaves_a_handful_in_both_places(work_file: WorkFile, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    first = at(work_file.path, NOW)
    choose_second_place(first, stick)
    first.close()
    for day in range(0, 120, 3):
        workspace = at(work_file.path, NOW + timedelta(days=day))
        daily_backup(workspace)
        assert daily_backup(workspace) is None
        workspace.close()
    here = [one.path.name for one in existing(work_file.path)]
    there = [one.path.name for one in existing(work_file.path, stick / backup_dir(work_file.path).name)]
    assert here == there
    assert 10 < len(here) < 25
    assert all(key_file_path(one.path).exists() for one in existing(work_file.path))
    assert len(list(backup_dir(work_file.path).glob("*.key"))) == len(here)


def test_a_second_place_that_is_not_there_is_told_and_stops_nothing(workspace: Workspace, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose_second_place(workspace, stick)
    assert back_up(workspace).second is not None
    shutil.rmtree(stick)
    made = back_up(workspace, "again")
    assert made.second is None
    assert made.problem is not None
    assert made.problem.values["folder"] == str(stick)
    assert [one.code for one in check_health(workspace)] == ["second"]
    choose_second_place(workspace, None)
    assert check_health(workspace) == []
    with pytest.raises(EnvironmentFault, match="not there"):
        choose_second_place(workspace, stick)
    with pytest.raises(UserError, match="another folder"):
        choose_second_place(workspace, workspace.path.parent)


# Putting back


@pytest.mark.slow
def test_a_backup_put_back_gives_the_state_of_then_and_keeps_the_present(workspace: Workspace) -> None:
    agree(workspace, "van voor de back-up")
    before = digest(workspace)
    made = back_up(workspace).backup
    agree(workspace, "van na de back-up")
    present, device = digest(workspace), meta(workspace, "device_id")
    comparison = compare_with(workspace, made.path)
    assert (comparison.comes_back, comparison.goes, comparison.becomes_other) == ({}, {"follow_up": 1}, {})
    assert [one.name for one in comparison.steps_lost] == [AddAgreement.name]

    put_back(workspace, made.path)

    assert digest(workspace) == before
    assert meta(workspace, "device_id") != device
    assert workspace.undo_names().undo is None
    agree(workspace, "op de teruggezette stand")
    assert check_health(workspace) == []
    kept_first = next(one for one in existing(workspace.path) if one.reason == "restore")
    put_back(workspace, kept_first.path)
    assert digest(workspace) == present


def meta(workspace: Workspace, key: str) -> str | None:
    with workspace.store.read() as connection:
        return workspace.store.meta(connection, key)


def test_a_damaged_or_foreign_backup_is_not_put_back(workspace: Workspace, tmp_path: Path) -> None:
    made = back_up(workspace).backup
    before = digest(workspace)
    raw = bytearray(made.path.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    made.path.write_bytes(raw)
    for path in (made.path, key_file_path(workspace.path)):
        with pytest.raises(EnvironmentFault, match="not a good backup"):
            put_back(workspace, path)
    assert digest(workspace) == before
    assert not list(workspace.path.parent.glob("*.restoring*"))


@pytest.mark.slow
def test_a_backup_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    released = Path(__file__).resolve().parents[1] / "data" / "released" / "0001"
    (store,) = [path for path in released.iterdir() if path.suffix in (".oefendb", ".samenlevendb", ".db")]
    file = tmp_path / store.name
    for path in (store, key_file_path(store)):
        shutil.copy(path, tmp_path / path.name)

    workspace = open_workspace(file, Runtime(), PASSPHRASE)
    try:
        old = next(one for one in existing(file) if one.reason == "migration")
        before = digest(workspace)
        agree(workspace, "later")
        put_back(workspace, old.path)
        assert digest(workspace) == before
        assert check_health(workspace) == []
    finally:
        workspace.close()


# Damage


CUTS = 50


def damaged(file: WorkFile, chance: random.Random, number: int, other: WorkFile) -> str:
    """Hurts a work file in one of the ways files get hurt; gives how."""
    raw = bytearray(file.path.read_bytes())
    ways = ("flip", "empty", "no key", "other key", "bad key", "gone")
    way = ways[number - CUTS] if number >= CUTS else "cut"
    key_path = key_file_path(file.path)
    if way == "cut":
        # Half of them where a page ends: nothing then shows from outside but the length.
        at_byte = chance.randrange(1, len(raw))
        file.path.write_bytes(raw[: at_byte if number % 2 else at_byte // 4096 * 4096])
    elif way == "flip":
        for _ in range(20):
            raw[chance.randrange(4096)] ^= chance.randrange(1, 256)
        file.path.write_bytes(raw)
    elif way == "empty":
        file.path.write_bytes(b"")
    elif way == "no key":
        key_path.unlink()
    elif way == "bad key":
        key_path.write_bytes(key_path.read_bytes()[: chance.randrange(0, 300)])
    elif way == "other key":
        shutil.copyfile(key_file_path(other.path), key_path)
    else:
        file.path.unlink()
    return way


@pytest.mark.slow
@pytest.mark.parametrize("number", range(CUTS + 6))
def test_a_hurt_file_gives_one_sentence_and_its_newest_good_backup_comes_back(
    backed_up: WorkFile, practice_template: WorkFile, tmp_path: Path, number: int
) -> None:
    file = copy_of(backed_up, tmp_path)
    way = damaged(file, random.Random(number), number, practice_template)
    hurt = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(EnvironmentFault) as caught:
        open_workspace(file.path, Runtime(day=TODAY), PASSPHRASE)
    assert "\n" not in str(caught.value)
    assert {name: (tmp_path / name).read_bytes() for name in hurt} == hurt

    rescued = rescue(file.path, Runtime(day=TODAY), PASSPHRASE)

    aside = rescued.kept_aside
    assert (aside is None) == (way == "gone")
    if aside is not None:
        assert aside.read_bytes() == hurt[file.path.name]
        if key_file_path(file.path).name in hurt:
            assert key_file_path(aside).read_bytes() == hurt[key_file_path(file.path).name]
    workspace = open_workspace(file.path, Runtime(day=TODAY), PASSPHRASE)
    try:
        assert "in de back-up" in words(workspace)
        assert check_health(workspace) == []
    finally:
        workspace.close()


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> WorkFile:
    from tests.builders import make_work_file

    file = make_work_file(tmp_path_factory.mktemp("hurt") / "werk.samenlevendb")
    workspace = at(file.path, datetime.now(UTC) - timedelta(hours=2))
    agree(workspace, "in de back-up")
    back_up(workspace)
    workspace.close()
    return file


def copy_of(file: WorkFile, folder: Path) -> WorkFile:
    copy = file.copy_to(folder)
    shutil.copytree(backup_dir(file.path), backup_dir(copy.path))
    return copy


@pytest.mark.slow
@pytest.mark.parametrize("places", [range(100, 1000, 20), (300,), (500,), (700,), (850,), (999,)])
def test_bytes_flipped_behind_the_first_page_are_found_by_the_check_and_rescued(
    backed_up: WorkFile, tmp_path: Path, capfd: pytest.CaptureFixture[str], places: Sequence[int]
) -> None:
    file = copy_of(backed_up, tmp_path)
    raw = bytearray(file.path.read_bytes())
    for at_byte in places:
        raw[at_byte * len(raw) // 1000] ^= 0x55
    file.path.write_bytes(raw)
    try:
        workspace = open_workspace(file.path, Runtime(day=TODAY), PASSPHRASE)
    except EnvironmentFault:
        pass
    else:
        try:
            (found,) = check_health(workspace)
            assert (found.code, found.remedy) == ("pages", Remedy.RESTORE)
        finally:
            workspace.close()
    # SQLCipher's own complaints stay off the terminal.
    assert capfd.readouterr().err == ""
    assert rescue(file.path, Runtime(day=TODAY), PASSPHRASE).kept_aside is not None


def test_the_newest_backup_that_is_good_is_taken_and_a_wrong_passphrase_takes_none(
    backed_up: WorkFile, tmp_path: Path
) -> None:
    file = copy_of(backed_up, tmp_path)
    workspace = at(file.path, datetime.now(UTC))
    agree(workspace, "alleen in de nieuwste")
    made = back_up(workspace).backup
    workspace.close()
    made.path.write_bytes(made.path.read_bytes()[:-4096])
    file.path.write_bytes(b"x" * 4096)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(EnvironmentFault) as caught:
        rescue(file.path, Runtime(day=TODAY), "een andere zin")
    assert caught.value.field == "passphrase"
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert newest(file.path) is not None
    assert rescue(file.path, Runtime(day=TODAY), PASSPHRASE).backup.path != made.path


def test_without_a_good_backup_nothing_is_touched(work_file: WorkFile) -> None:
    work_file.path.write_bytes(b"x" * 4096)
    with pytest.raises(EnvironmentFault, match="No good backup"):
        rescue(work_file.path, Runtime(), PASSPHRASE)
    assert work_file.path.read_bytes() == b"x" * 4096


# Health


def test_each_fault_is_found_named_and_repaired_after_a_backup(workspace: Workspace) -> None:
    back_up(workspace)
    assert check_health(workspace) == []
    commitment = table_of(CommitmentRow)
    with workspace.store.write_untracked() as connection:
        connection.execute(commitment.update().values(confirmed=7))
        connection.exec_driver_sql("UPDATE support_session SET report = 'anders' WHERE rowid = 1")
        connection.exec_driver_sql("INSERT INTO attachment_content VALUES ('hash', x'00')")
        connection.exec_driver_sql("DELETE FROM search_row WHERE number % 3 = 0")
    assert [one.code for one in check_health(workspace)] == ["log", "orphans", "search"]
    assert repair_file(workspace) > 3
    assert check_health(workspace) == []
    assert existing(workspace.path)[0].reason == "repair"


def test_a_key_file_of_another_and_rows_outside_the_log_are_found(workspace: Workspace) -> None:
    back_up(workspace)
    key_path = key_file_path(workspace.path)
    raw = key_path.read_text()
    store_id = meta(workspace, "store_id")
    assert store_id is not None
    key_path.write_text(raw.replace(store_id, "0" * 36))
    assert [one.code for one in check_health(workspace)] == ["key"]
    key_path.unlink()
    assert [one.code for one in check_health(workspace)] == ["key"]
    key_path.write_text(raw)
    with workspace.store.write_untracked() as connection:
        connection.exec_driver_sql(
            "INSERT INTO officer (id, label) VALUES ('01900000-0000-7000-8000-000000000000', 'coach')"
        )
    assert [one.code for one in check_health(workspace)] == ["unlogged"]
