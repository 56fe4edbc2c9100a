"""Surroundings that are not kind: a full disk, damaged key files, files that came apart, a folder that goes."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import EnvironmentFault, UserError
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.importing.open_data import export_all
from samenleven_desktop.services.safekeeping.backups import rescue
from samenleven_desktop.services.safekeeping.keys import change_passphrase
from samenleven_desktop.services.safekeeping.workspace_file import back_up, daily_backup, put_back
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.sessions.queries import list_agreements, list_sessions
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace, open_workspace
from samenleven_desktop.storage.backup import existing
from samenleven_desktop.storage.file_lock import NO_LOCKS, StoreLock, os_fault
from samenleven_desktop.storage.key_file_pairs import OTHER_FILE, OTHER_KEY
from samenleven_desktop.storage.keys import KeyCost, key_file_path, load_key_file, unwrap
from tests.builders import CHEAP, PASSPHRASE, TODAY, WorkFile
from tests.disks import fill

NEW = "een andere lange zin"


def opened(path: Path, passphrase: str = PASSPHRASE) -> Workspace:
    return open_workspace(path, Runtime(day=TODAY), passphrase)


# A full disk


@pytest.mark.slow
@pytest.mark.parametrize("crashed", [False, True])
def test_a_full_disk_opens_for_reading_and_exports_elsewhere(
    work_file_template: WorkFile, small_disk: Path, tmp_path: Path, crashed: bool
) -> None:
    file = work_file_template.copy_to(small_disk)
    if crashed:
        # A process that ended while it wrote: what it had safely written stands in the log of SQLite only, and the file
        # must grow to take it over.
        code = (
            "import os, sys; from tests.storage.test_unfriendly_systems import *\n"
            "found = opened(Path(sys.argv[1]))\n"
            "mechelen = found.query(government_by_code, '12025').id\n"
            "for number in range(60):\n"
            "    found.run(AddAgreement(mechelen, Party.COACH, 'net voor', TODAY))\n"
            "os._exit(9)\n"
        )
        subprocess.run([sys.executable, "-c", code, str(file.path)], check=False)
    big = fill(small_disk)
    before = file.path.read_bytes()
    workspace = opened(file.path)
    try:
        assert workspace.read_only
        assert workspace.query(list_sessions)
        assert ("net voor" in {one.what for one in workspace.query(list_agreements)}) == crashed
        write_file(tmp_path / "alles.json", export_all(workspace), workspace.path)
        assert (tmp_path / "alles.json").stat().st_size > 10_000
        mechelen = workspace.query(government_by_code, "12025").id
        for write in (
            lambda: workspace.run(AddAgreement(mechelen, Party.COACH, "kan niet", TODAY)),
            lambda: back_up(workspace),
            lambda: daily_backup(workspace),
            lambda: workspace.save_draft("x", {}),
            lambda: change_passphrase(workspace, PASSPHRASE, NEW),
            lambda: write_file(small_disk / "alles.json", export_all(workspace), workspace.path),
        ):
            with pytest.raises(EnvironmentFault, match="full"):
                write()
        assert not (small_disk / "alles.json").exists()
    finally:
        workspace.close()
    assert crashed or file.path.read_bytes() == before
    assert not [one for one in small_disk.iterdir() if one.name.endswith((".new", ".restoring", ".rekeying"))]
    big.unlink()
    workspace = opened(file.path)
    try:
        assert not workspace.read_only
        workspace.run(AddAgreement(workspace.query(government_by_code, "12025").id, Party.COACH, "kan weer", TODAY))
        assert ("net voor" in {one.what for one in workspace.query(list_agreements)}) == crashed
    finally:
        workspace.close()


def test_a_disk_that_becomes_full_during_a_backup_or_a_change_of_key_leaves_nothing_half(
    work_file_template: WorkFile, small_disk: Path
) -> None:
    file = work_file_template.copy_to(small_disk)
    workspace = opened(file.path)
    big = fill(small_disk)
    os.truncate(big, big.stat().st_size - 1_000_000)
    try:
        for write in (lambda: back_up(workspace), lambda: change_passphrase(workspace, PASSPHRASE, NEW)):
            with pytest.raises(EnvironmentFault, match="full"):
                write()
        assert workspace.query(list_sessions)
        names = {one.name for one in small_disk.rglob("*") if one.is_file()} - {big.name}
        assert names == {f"{file.path.name}{ending}" for ending in ("", ".key", ".lock", "-wal", "-shm")}
    finally:
        workspace.close()
    big.unlink()
    opened(file.path).close()


# Key files that are damaged


def _damaged(good: bytes, chance: random.Random) -> bytes:
    """One of many ways in which a key file can be wrong."""
    content: dict[str, Any] = json.loads(good)
    wrap = content[chance.choice(["passphrase", "recovery"])] or content["passphrase"]
    odd: list[Any] = [None, True, -1, 10**30, 1e999, "x", "", [], {}, "\ud800", "0" * 5000, [[]], "é", 3.5, b"".hex()]
    match chance.randrange(9):
        case 0:
            wrap[chance.choice(list(wrap))] = chance.choice(odd)
        case 1:
            content[chance.choice(list(content))] = chance.choice(odd)
        case 2:
            del wrap[chance.choice(list(wrap))]
        case 3:
            del content[chance.choice([one for one in content if one != "key_id"])]
        case 4:
            name = chance.choice(["salt", "nonce", "key"])
            wrap[name] = os.urandom(chance.randrange(64)).hex()
        case 5:
            depth = chance.choice([50, 3_000, 30_000])
            return b'{"format":' + b"[" * depth + b"]" * depth + b"}"
        case 6:
            cut = chance.randrange(len(good))
            return good[:cut]
        case 7:
            place = chance.randrange(len(good))
            return good[:place] + bytes([chance.randrange(256)]) + good[place + 1 :]
        case 8:
            content["following"] = chance.choice([*odd, content["passphrase"], {"following": json.loads(good)}])
    return json.dumps(content).encode()


def test_five_hundred_damaged_key_files_are_a_fault_of_the_surroundings(work_file: WorkFile) -> None:
    chance, key_file = random.Random(9), key_file_path(work_file.path)
    good = key_file.read_bytes()
    for number in range(500):
        damaged = _damaged(good, chance)
        key_file.write_bytes(damaged)
        try:
            unwrap(load_key_file(work_file.path), work_file.passphrase, work_file.path)
        except EnvironmentFault:
            continue
        except Exception as error:  # noqa: BLE001 - the question is whether anything else comes out
            pytest.fail(f"{number}: {type(error).__name__} for {damaged[:200]!r}")
        else:
            assert json.loads(damaged)["passphrase"] == json.loads(good)["passphrase"], damaged[:200]


def test_a_key_file_that_is_a_folder_too_large_or_closed_is_said(work_file: WorkFile) -> None:
    key_file = key_file_path(work_file.path)
    key_file.write_bytes(b" " * 200_000)
    with pytest.raises(EnvironmentFault, match="damaged"):
        opened(work_file.path)
    key_file.unlink()
    key_file.mkdir()
    with pytest.raises(EnvironmentFault, match="damaged"):
        opened(work_file.path)


# Synchronised apart


def _at_two_moments(work_file: WorkFile, tmp_path: Path) -> tuple[tuple[bytes, bytes], tuple[bytes, bytes]]:
    """File and key file before and after a change of passphrase."""
    before = work_file.path.read_bytes(), key_file_path(work_file.path).read_bytes()
    workspace = opened(work_file.path)
    change_passphrase(workspace, PASSPHRASE, NEW)
    workspace.close()
    after = work_file.path.read_bytes(), key_file_path(work_file.path).read_bytes()
    shutil.rmtree(tmp_path / f"{work_file.path.name}-backups")
    return before, after


@pytest.mark.parametrize("name", ["{stem} (conflicted copy 2026-03-02){end}", "{stem}.sync-conflict-20260302-1{end}"])
def test_an_old_key_file_beside_a_new_file_and_the_other_way_round(
    work_file: WorkFile, tmp_path: Path, name: str
) -> None:
    before, after = _at_two_moments(work_file, tmp_path)
    path, key = work_file.path, key_file_path(work_file.path)
    other_key = path.with_name(name.format(stem=path.name, end=".key"))
    other_file = path.with_name(name.format(stem=path.stem, end=path.suffix))
    # The new file beside the old key file; the key file of the new one stands beside it as a conflicted copy.
    path.write_bytes(after[0])
    key.write_bytes(before[1])
    for passphrase in (PASSPHRASE, NEW):
        with pytest.raises(EnvironmentFault):
            opened(path, passphrase)
    other_key.write_bytes(after[1])
    with pytest.raises(EnvironmentFault) as found:
        opened(path, NEW)
    assert (found.value.message, found.value.values["other"]) == (OTHER_KEY, other_key.name)
    other_key.unlink()
    # The old file beside the new key file; the new file stands beside it as a conflicted copy.
    path.write_bytes(before[0])
    key.write_bytes(after[1])
    other_file.write_bytes(after[0])
    with pytest.raises(EnvironmentFault) as found:
        opened(path, NEW)
    assert (found.value.message, found.value.values["other"]) == (OTHER_FILE, other_file.name)
    # What it says to do works.
    other_file.replace(path)
    opened(path, NEW).close()


# Folders, names, locks


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EDQUOT, "is full"),
        (errno.EBUSY, "open in another window or program"),
        (errno.ETXTBSY, "open in another window or program"),
        (errno.EACCES, "read-only for you"),
        (errno.EROFS, "read-only for you"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.EIO, "The disk gave an error"),
        (errno.ENOENT, "is not there now"),
    ],
)
def test_each_error_of_the_system_is_one_sentence(number: int, words: str, tmp_path: Path) -> None:
    assert words in str(os_fault(OSError(number, os.strerror(number)), tmp_path / "weg" / "x.pdf"))
    held = OSError(errno.EACCES, "The process cannot access the file")
    held.winerror = 32  # type: ignore[attr-defined]
    assert "open in another window or program" in str(os_fault(held, tmp_path / "x.pdf"))


@pytest.mark.slow
def test_a_file_reached_through_a_link_has_one_key_one_folder_of_backups_and_stays_one_file(
    work_file: WorkFile, tmp_path: Path
) -> None:
    (tmp_path / "elders").mkdir()
    link = tmp_path / "elders" / "snel.db"
    link.symlink_to(work_file.path)
    workspace = opened(link)
    made = back_up(workspace).backup
    put_back(workspace, made.path)
    change_passphrase(workspace, PASSPHRASE, NEW)
    workspace.close()
    assert link.is_symlink()
    assert [one.name for one in link.parent.iterdir()] == ["snel.db"]
    assert [one.path for one in existing(link)] == [one.path for one in existing(work_file.path)]
    opened(work_file.path, NEW).close()
    work_file.path.write_bytes(b"x" * 8192)
    rescue(link, Runtime(day=TODAY), NEW)
    assert link.is_symlink()
    assert [one.name for one in link.parent.iterdir()] == ["snel.db"]
    opened(link, NEW).close()


def test_a_folder_that_disappears_while_the_file_is_open_is_one_sentence(
    work_file_template: WorkFile, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file = work_file_template.copy_to(stick)
    workspace = opened(file.path)
    try:
        stick.rename(tmp_path / "weg")
        with pytest.raises(EnvironmentFault):
            back_up(workspace)
        assert not stick.exists() or not list(stick.iterdir())
    finally:
        workspace.close()
    with pytest.raises(EnvironmentFault):
        opened(file.path)


def test_a_name_without_room_for_the_files_beside_it_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="too long"):
        create_workspace(tmp_path / f"{'a' * 240}.samenlevendb", PASSPHRASE, Runtime(day=TODAY), CHEAP)
    assert list(tmp_path.iterdir()) == []
    path = tmp_path / f"{'a' * 230}.db"
    workspace = create_workspace(path, PASSPHRASE, Runtime(day=TODAY), CHEAP)
    back_up(workspace)
    workspace.close()


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_share_without_locks_is_said(work_file: WorkFile, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def without(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", without)
    with pytest.raises(EnvironmentFault) as found:
        StoreLock(work_file.path).acquire()
    assert found.value.message == NO_LOCKS


def test_leftovers_of_a_restore_that_was_cut_off_are_cleaned_at_the_next_start(work_file: WorkFile) -> None:
    for ending in (
        ".restoring",
        ".restoring.new",
        ".restoring.new-wal",
        ".restoring.key",
        ".rekeying",
        ".rekeying-wal",
    ):
        work_file.path.with_name(work_file.path.name + ending).write_bytes(b"half")
    opened(work_file.path).close()
    left = {one.name for one in work_file.path.parent.iterdir()}
    assert left == {f"{work_file.path.name}{ending}" for ending in ("", ".key", ".lock")}


def test_a_hostile_key_file_costs_no_gigabytes(work_file: WorkFile) -> None:
    key_file = key_file_path(work_file.path)
    content = json.loads(key_file.read_bytes())
    content["passphrase"]["memory_kib"] = 1 << 20
    key_file.write_bytes(json.dumps(content).encode())
    with pytest.raises(EnvironmentFault, match="damaged"):
        load_key_file(work_file.path)
    assert KeyCost().memory_kib <= 1 << 18
