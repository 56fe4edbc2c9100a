"""What a file of a stranger costs before anybody has trusted it, and what the watched folder spends in a minute."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.readmodels.exchange import FolderState
from samenleven_desktop.services.exchange import folder as watched
from samenleven_desktop.services.exchange.apply_pack import apply_pack, preview_pack
from samenleven_desktop.services.exchange.colleagues import own_card
from samenleven_desktop.services.exchange.folder import CpuAllowance, prepare_scan, scan_folder
from samenleven_desktop.services.exchange.status import watch_folder
from samenleven_desktop.storage.exchange import peers
from tests.builders import WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of, newcomer, opened_copy
from tests.sync.test_exchange import edit


@pytest.fixture
def pair(work_file: WorkFile, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague]]:
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    yield one, two
    one.close()
    two.close()


def with_recipients(path: Path, who: Colleague, number: int) -> Path:
    """An age file for so many others, the reader last."""
    own = pyrage.x25519.Recipient.from_str(own_card(who.workspace).recipient)
    plain = pyrage.encrypt(b"x" * 100, [own])
    stanza = plain[plain.index(b"\n-> X25519") + 1 : plain.index(b"\n--- ") + 1]
    head = b"age-encryption.org/v1\n"
    path.write_bytes(head + stanza * number + plain[plain.index(b"\n--- ") + 1 :])
    return path


def test_twenty_thousand_recipients_cost_nothing(pair: tuple[Colleague, Colleague], tmp_path: Path) -> None:
    two = pair[1]
    for number in (101, 20_000):
        path = with_recipients(tmp_path / "veel.samenleven", two, number)
        started = time.thread_time()
        for ask in (preview_pack, apply_pack):
            with pytest.raises(UserError):
                ask(two.workspace, path)
        assert time.thread_time() - started < 1


def test_a_refused_file_is_not_read_again_until_it_changes(
    pair: tuple[Colleague, Colleague], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    team = tmp_path / "team"
    team.mkdir()
    watch_folder(two.workspace, team)
    (tmp_path / "verder").mkdir()
    stranger = newcomer(tmp_path / "verder", "stranger")
    stranger.knows(two)
    edit(one, "note", "nota")
    good = one.give(two).rename(team / "goed.samenleven")
    bad = team / "slecht.samenleven"
    bad.write_bytes(good.read_bytes()[:-1])
    unknown = stranger.give(two).rename(team / "vreemd.samenleven")
    read: list[str] = []
    real = watched.read_manifest

    def counted(us, path):
        read.append(path.name)
        return real(us, path)

    monkeypatch.setattr(watched, "read_manifest", counted)

    def scan(before):
        asked = prepare_scan(two.workspace)
        assert asked is not None
        return scan_folder(asked, before)

    old = time.time() - 1000
    for path in (good, bad, unknown):
        os.utime(path, (old, old))
    lines = scan(())
    assert {line.path.name: line.state for line in lines} == {
        "goed.samenleven": FolderState.NEW,
        "slecht.samenleven": FolderState.REFUSED,
        "vreemd.samenleven": FolderState.REFUSED,
    }
    read.clear()
    assert scan(lines) == lines
    assert read == []
    two.knows(stranger)
    lines = scan(lines)
    assert {line.path.name: line.state for line in lines}["vreemd.samenleven"] is FolderState.NEW
    read.clear()
    bad.write_bytes(good.read_bytes())
    assert {line.path.name: line.state for line in scan(lines)}["slecht.samenleven"] is FolderState.NEW
    assert read == ["slecht.samenleven"]
    stranger.close()


def test_the_folder_costs_no_more_than_a_second_a_minute(pair: tuple[Colleague, Colleague], tmp_path: Path) -> None:
    one, two = pair
    team = tmp_path / "team"
    team.mkdir()
    watch_folder(two.workspace, team)
    content = one.give(two).read_bytes()
    for number in range(20):
        (team / f"{number}.samenleven").write_bytes(content)
    asked = prepare_scan(two.workspace)
    assert asked is not None
    clock = [0.0, 0.0]

    def used() -> float:
        clock[1] += 0.05
        return clock[1]

    allowance = CpuAllowance(lambda: clock[0], used)
    lines = scan_folder(asked, (), allowance)
    assert sum(line.state is FolderState.NEW for line in lines) == 10
    assert sum(line.state is FolderState.NOT_READ for line in lines) == 10
    assert scan_folder(asked, lines, allowance) == lines
    clock[0] = 61
    assert all(line.state is FolderState.NEW for line in scan_folder(asked, lines, allowance))


def test_what_is_being_copied_is_read_once_more_at_the_end(pair: tuple[Colleague, Colleague], tmp_path: Path) -> None:
    one, two = pair
    team = tmp_path / "team"
    team.mkdir()
    watch_folder(two.workspace, team)
    (team / "half.samenleven").write_bytes(one.give(two).read_bytes()[:-100])
    asked = prepare_scan(two.workspace)
    assert asked is not None
    (line,) = scan_folder(asked)
    assert line.state is FolderState.COPYING
    later = asked.__class__(asked.folder, asked.us, asked.taken, asked.made, asked.now + timedelta(minutes=3))
    (line,) = scan_folder(later, [line])
    assert line.state is FolderState.REFUSED


def test_a_refused_pack_is_not_noted_as_received(work_file: WorkFile, tmp_path: Path) -> None:
    """Two copies of one file give the same numbers to other work: the second one's pack is refused, and not noted."""
    one, reader = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "reader")
    all_know(one, reader)
    edit(one, "note", "begin")
    one.close()
    twin = opened_copy(WorkFile(one.workspace.path, work_file.passphrase), tmp_path, "twin")
    first = opened_copy(WorkFile(one.workspace.path, work_file.passphrase), tmp_path, "first")
    edit(first, "note", "van de eerste")
    edit(twin, "note", "van de tweeling")
    reader.take(first.give(reader))
    pack = twin.give(reader)
    with reader.workspace.store.read() as connection:
        before = peers.pack_notes(connection)
    with pytest.raises(UserError, match="two copies"):
        reader.take(pack)
    with reader.workspace.store.read() as connection:
        assert peers.pack_notes(connection) == before
    for who in (twin, first, reader):
        who.close()
