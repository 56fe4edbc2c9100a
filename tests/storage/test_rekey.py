"""Another passphrase or recovery sheet gives the file another data key, whatever happens meanwhile."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import EnvironmentFault, SamenlevenError, UserError
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.safekeeping.backups import rescue
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.safekeeping.keys import change_passphrase, new_recovery_code, renew_backups
from samenleven_desktop.services.safekeeping.workspace_file import (
    back_up,
    choose_second_place,
    list_backups,
    put_back,
)
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage import keys, rekey
from samenleven_desktop.storage.backup import backup_dir, existing
from samenleven_desktop.storage.engine import connect
from samenleven_desktop.storage.view import View
from tests.builders import TODAY, WorkFile
from tests.digest import content_digest

NEW = "een andere lange zin"
NAME = "Naamrijk Testpersoon"


def opened(path: Path, passphrase: str | None = None, code: str | None = None) -> Workspace:
    return open_workspace(path, Runtime(day=TODAY), passphrase, code)


def opens(path: Path, passphrase: str | None = None, code: str | None = None) -> bool:
    try:
        opened(path, passphrase, code).close()
    except (EnvironmentFault, UserError):
        return False
    return True


def digest(workspace: Workspace) -> str:
    with workspace.store.read() as connection:
        return content_digest(View(connection))


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    found = opened(work_file.path, work_file.passphrase)
    yield found
    found.close()


@pytest.mark.slow
def test_no_key_file_there_is_opens_the_file_with_what_was_valid_before(
    workspace: Workspace, work_file: WorkFile
) -> None:
    path, old = work_file.path, work_file.passphrase
    before = digest(workspace)
    back_up(workspace)
    sheet = new_recovery_code(workspace, old).code
    back_up(workspace)
    steps: list[tuple[int, int]] = []
    made = change_passphrase(workspace, old, NEW, lambda done, whole: steps.append((done, whole)))
    assert steps
    assert steps[-1][0] == steps[-1][1]
    assert made.problem is None
    assert digest(workspace) == before
    workspace.close()
    today = keys.key_file_path(path)
    every = [today, *backup_dir(path).glob("*.key")]
    assert len(every) >= 4
    kept = today.read_bytes()
    for key_file in every:
        today.write_bytes(kept if key_file == today else key_file.read_bytes())
        assert not opens(path, old), key_file
        assert not opens(path, None, sheet), key_file
    today.write_bytes(kept)
    assert opens(path, NEW)
    assert opens(path, None, made.code)


def test_a_new_sheet_ends_the_one_before_and_the_passphrase_stays(workspace: Workspace, work_file: WorkFile) -> None:
    first = new_recovery_code(workspace, work_file.passphrase).code
    with pytest.raises(EnvironmentFault) as wrong:
        new_recovery_code(workspace, "niet de juiste zin")
    assert wrong.value.field == "passphrase"
    second = new_recovery_code(workspace, work_file.passphrase).code
    workspace.close()
    assert not opens(work_file.path, None, first)
    assert opens(work_file.path, None, second)
    assert opens(work_file.path, work_file.passphrase)


@pytest.mark.slow
def test_older_backups_open_with_the_passphrase_of_their_day_and_the_list_says_so(
    workspace: Workspace, work_file: WorkFile
) -> None:
    before = back_up(workspace).backup
    change_passphrase(workspace, work_file.passphrase, NEW)
    listed = {one.path: one.older_passphrase for one in list_backups(workspace)}
    assert listed.pop(before.path) is True
    assert set(listed.values()) == {False}
    content = digest(workspace)
    put_back(workspace, before.path)
    assert digest(workspace) == content
    workspace.close()
    assert not opens(work_file.path, work_file.passphrase), "what was put back has the key of today"
    assert opens(work_file.path, NEW)
    copy = work_file.path.parent / "los.samenlevendb"
    shutil.copyfile(before.path, copy)
    shutil.copyfile(keys.key_file_path(before.path), keys.key_file_path(copy))
    assert opens(copy, work_file.passphrase)


@pytest.mark.slow
def test_a_damaged_file_is_rescued_with_the_passphrase_of_the_backup_that_is_good(work_file: WorkFile) -> None:
    workspace = opened(work_file.path, work_file.passphrase)
    older = back_up(workspace).backup
    change_passphrase(workspace, work_file.passphrase, NEW)
    newer = list_backups(workspace)[0]
    workspace.close()
    work_file.path.write_bytes(b"x" * 8192)
    assert rescue(work_file.path, Runtime(day=TODAY), NEW).backup.path == newer.path
    assert opens(work_file.path, NEW)
    work_file.path.write_bytes(b"x" * 8192)
    assert rescue(work_file.path, Runtime(day=TODAY), work_file.passphrase).backup.path == older.path
    assert opens(work_file.path, work_file.passphrase)


@pytest.mark.slow
def test_erasing_a_person_still_reaches_backups_of_an_earlier_key(workspace: Workspace, work_file: WorkFile) -> None:
    government = workspace.query(government_by_code, "12025").id
    contact = workspace.run(AddContact(ContactContent(NAME, government, role="jeugddienst"))).result
    present = work_file.passphrase
    for number in range(3):
        back_up(workspace)
        change_passphrase(workspace, present, f"{NEW} {number}")
        present = f"{NEW} {number}"
    held = [one for one in list_backups(workspace) if _holds(workspace, one.path)]
    assert len(held) >= 3
    workspace.run(EraseContact(contact))
    assert [one.path.name for one in list_backups(workspace) if _holds(workspace, one.path)] == []


def _holds(workspace: Workspace, path: Path) -> bool:
    connection = connect(path, workspace.store.key_of(path))
    try:
        found = connection.execute("SELECT count(*) FROM contact WHERE name = ?", (NAME,)).fetchone()[0]
        return bool(found)
    finally:
        connection.close()


@pytest.mark.slow
def test_extra_copies_are_made_anew_and_no_longer_open_with_what_was_valid_before(
    workspace: Workspace, work_file: WorkFile, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose_second_place(workspace, stick)
    back_up(workspace)
    change_passphrase(workspace, work_file.passphrase, NEW)
    seen: list[int] = []
    assert renew_backups(workspace, lambda done, _: seen.append(done)) == 2
    assert seen
    for place in (backup_dir(work_file.path), stick / backup_dir(work_file.path).name):
        copies = existing(work_file.path, place)
        assert len(copies) == 2
        assert [one.older_passphrase for one in copies] == [False, False]
        for one in copies:
            assert not opens(one.path, work_file.passphrase)
            assert opens(one.path, NEW)


def test_a_passphrase_that_is_too_short_and_a_full_disk_change_nothing(
    workspace: Workspace, work_file: WorkFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError):
        change_passphrase(workspace, work_file.passphrase, "kort")
    with pytest.raises(EnvironmentFault):
        change_passphrase(workspace, "niet de juiste zin", NEW)
    before = digest(workspace)

    def full(*_: object) -> None:
        raise EnvironmentFault("The disk with {file} is full. Make room and try again; nothing was changed.", file="x")

    with monkeypatch.context() as patch:
        patch.setattr("samenleven_desktop.storage.restore.put_in_place", full)
        with pytest.raises(EnvironmentFault):
            change_passphrase(workspace, work_file.passphrase, NEW)
    assert digest(workspace) == before
    workspace.close()
    assert opens(work_file.path, work_file.passphrase)
    assert not opens(work_file.path, NEW)
    assert not list(work_file.path.parent.glob("*.rekeying*"))


def test_a_practice_file_keeps_its_public_passphrase_until_another_is_chosen(practice_file: WorkFile) -> None:
    found = opened(practice_file.path, practice_file.passphrase)
    new_recovery_code(found, practice_file.passphrase)
    assert keys.load_key_file(practice_file.path).public
    change_passphrase(found, practice_file.passphrase, NEW)
    assert not keys.load_key_file(practice_file.path).public
    found.close()


# Killed


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("moments", [30, pytest.param(200, marks=pytest.mark.long)])
def test_killed_at_any_moment_the_old_or_the_new_passphrase_opens_it(work_file: WorkFile, moments: int) -> None:
    chance = random.Random(moments)
    path, old, new = work_file.path, work_file.passphrase, NEW
    workspace = opened(path, old)
    content = digest(workspace)
    workspace.close()
    longest, _ = _killed(path, partial(_change, old, new), None)
    seen = {"old": 0, "new": 0}
    old, new = new, old
    for _ in range(moments):
        # Most of the time goes into the copy; every other moment falls in the short end, where things are replaced.
        at = chance.uniform(0, longest) if chance.random() < 0.5 else longest * chance.uniform(0.3, 0.7)
        _killed(path, partial(_change, old, new), at)
        works = [one for one in (old, new) if opens(path, one)]
        assert len(works) == 1
        seen["old" if works == [old] else "new"] += 1
        if works == [new]:
            old, new = new, old
        workspace = opened(path, old)
        assert digest(workspace) == content
        workspace.close()
        assert keys.load_key_file(path).following is None
        assert not list(path.parent.glob("*.rekeying*"))
        shutil.rmtree(backup_dir(path), ignore_errors=True)
    assert all(seen.values()), seen


def _change(old: str, new: str, workspace: Workspace) -> object:
    return change_passphrase(workspace, old, new)


def _killed(path: Path, work: Callable[[Workspace], object], at: float | None) -> tuple[float, bool]:
    """Does the work in a process of its own, killed after so many seconds; how long it took, and whether it ended."""
    began, reading, writing = time.monotonic(), *os.pipe()
    child = os.fork()
    if child == 0:
        passphrase = NEW if opens(path, NEW) else "een lange zin om te testen"
        found = opened(path, passphrase)
        os.write(writing, b"x")
        work(found)
        os._exit(0)
    os.close(writing)
    os.read(reading, 1)
    began = time.monotonic()
    if at is not None:
        time.sleep(at)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(reading)
    return time.monotonic() - began, status == 0


@pytest.mark.parametrize("half", ["before", "after"])
def test_a_change_that_was_cut_off_between_its_two_replacements_is_settled(work_file: WorkFile, half: str) -> None:
    path, old = work_file.path, work_file.passphrase
    first = keys.load_key_file(path)
    made, key, _ = keys.make_key_file(first.store_id, NEW, first.passphrase.cost)
    copy = path.with_name("copy")
    rekey.recrypt(path, keys.unwrap(first, old, path), copy, key)
    keys.save_key_file(keys.KeyFile(first.store_id, first.passphrase, None, "", made), path)
    copy.replace(path if half == "after" else rekey.rekeying_path(path))
    right, wrong = (old, NEW) if half == "before" else (NEW, old)
    with pytest.raises(SamenlevenError) as found:
        opened(path, wrong)
    assert found.value.field == "passphrase"
    assert opens(path, right)
    assert keys.load_key_file(path).following is None
    assert not rekey.rekeying_path(path).exists()
