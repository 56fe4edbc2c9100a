"""Every file is written whole, privately and through one helper; files of the program are never written over."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import EnvironmentFault, UserError
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.safekeeping.keys import change_passphrase
from samenleven_desktop.services.safekeeping.workspace_file import back_up, choose_second_place, put_back
from samenleven_desktop.services.workfile.workspace import create_workspace, open_workspace
from samenleven_desktop.storage.backup import existing
from samenleven_desktop.storage.file_writer import (
    check_name,
    is_own,
    offered_file_name,
    offered_name,
    remove_passing,
    write_whole,
)
from tests.builders import CHEAP, TODAY, WorkFile
from tests.text_samples import TEXTS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_a_new_file_is_private_and_one_for_others_follows_its_folder(umask: int, tmp_path: Path) -> None:
    shared = tmp_path / "gedeeld"
    shared.mkdir()
    shared.chmod(0o2775)
    write_whole(shared / "rapport.pdf", b"x")
    write_whole(shared / "kaart.samenlevenkaart", b"x", for_others=True)
    assert mode(shared / "rapport.pdf") == 0o600
    assert mode(shared / "kaart.samenlevenkaart") == 0o664
    assert [one.name for one in shared.iterdir() if one.name.endswith(".new")] == []


def test_a_file_that_exists_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "x.xlsx", tmp_path / "snel.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert mode(target) == 0o640


def test_a_persons_own_file_with_the_ending_new_survives(tmp_path: Path) -> None:
    mine = tmp_path / "x.xlsx.new"
    mine.write_bytes(b"mine")
    write_whole(tmp_path / "x.xlsx", b"report")
    assert mine.read_bytes() == b"mine"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    target.write_bytes(b"old")

    def broken(_file: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(EnvironmentFault, match="full"):
        write_whole(target, broken)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_disappeared_and_a_name_that_is_too_long_get_their_own_sentence(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="is not there now"):
        write_whole(tmp_path / "weg" / "x.pdf", b"x")
    with pytest.raises(UserError, match="too long"):
        write_whole(tmp_path / f"{'é' * 130}.pdf", b"x")
    write_whole(tmp_path / f"{'a' * 246}.pdf", b"x")
    loop = tmp_path / "rond.pdf"
    loop.symlink_to(loop)
    with pytest.raises(EnvironmentFault):
        write_whole(loop, b"x")


@pytest.mark.parametrize("name", ["a:b.pdf", "wat?.pdf", "rapport.", "CON.txt", "com1", "x\x07.pdf", 'a"b'])
def test_a_name_for_a_colleague_is_one_that_every_system_can_write(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not every computer"):
        write_file(tmp_path / name, b"x", for_others=True)
    write_file(tmp_path / name, b"x")
    check_name("Verslag 2026-03-02 (2).pdf", everywhere=True)


def own_files(work_file: WorkFile) -> list[Path]:
    """Every kind of file the program keeps beside a work file; those of SQLite exist while it is open."""
    path = work_file.path
    beside = [path.with_name(path.name + one) for one in ("", ".key", ".lock", "-wal", "-shm", "-journal")]
    backup = existing(path)[0].path
    return [*beside, backup, backup.with_name(backup.name + ".key"), backup.parent / "erased.json"]


def test_no_file_of_the_program_is_written_over_and_no_store_has_to_be_named(work_file: WorkFile) -> None:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    try:
        back_up(opened)
        link = work_file.path.parent / "bijlage.docx"
        link.symlink_to(work_file.path)
        for target in (*own_files(work_file), link):
            before = target.read_bytes() if target.exists() else None
            with pytest.raises(UserError, match="belongs to the work file"):
                write_file(target, b"x")
            assert (target.read_bytes() if target.exists() else None) == before
        write_file(work_file.path.parent / "bijlage-2.docx", b"x")
    finally:
        opened.close()
    assert is_own(work_file.path)
    work_file.path.with_name("server.key").write_bytes(b"-----BEGIN")
    assert not is_own(work_file.path.with_name("server.key"))


@pytest.mark.slow
def test_every_file_of_a_work_file_is_private_whatever_the_umask(umask: int, tmp_path: Path) -> None:
    path = tmp_path / "Samenleven" / "diep" / "werk.samenlevendb"
    workspace = create_workspace(path, "een lange zin om te testen", Runtime(day=TODAY), CHEAP)
    try:
        choose_second_place(workspace, tmp_path)
        backup = back_up(workspace)
        put_back(workspace, backup.backup.path)
        change_passphrase(workspace, "een lange zin om te testen", "een andere lange zin")
        workspace.save_draft("x", {"a": 1})
        found = list(tmp_path.rglob("*"))
        assert {one.name.rpartition(".")[2] for one in found} >= {"key", "lock", "samenlevendb-wal", "samenlevendb-shm"}
        wrong = [f"{one.name} {mode(one):o}" for one in found if mode(one) & 0o077]
    finally:
        workspace.close()
    assert wrong == []


def test_files_that_an_earlier_version_made_become_private(work_file: WorkFile) -> None:
    key = work_file.path.with_name(work_file.path.name + ".key")
    for one in (work_file.path, key):
        one.chmod(0o644)
    open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase).close()
    assert (mode(work_file.path), mode(key)) == (0o600, 0o600)


def test_what_a_killed_write_left_beside_the_work_file_goes_at_the_next_start(work_file: WorkFile) -> None:
    killed = (
        "import os, sys; from pathlib import Path\n"
        "from samenleven_desktop.storage.file_writer import write_whole\n"
        "write_whole(Path(sys.argv[1]), lambda file: (file.write(b'x' * 100), file.flush(), os._exit(9)))\n"
    )
    key = work_file.path.with_name(work_file.path.name + ".key")
    subprocess.run([sys.executable, "-c", killed, str(key)], check=False)
    mine = work_file.path.with_name(".notities.new")
    mine.write_bytes(b"mine")
    assert len(list(key.parent.glob(".werk*.new"))) == 1
    remove_passing(work_file.path)
    assert [one.name for one in key.parent.glob(".*.new")] == [".notities.new"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["symlink", "hardlink", "folder"])
def test_a_file_opened_twice_through_a_link_is_noticed(kind: str, work_file: WorkFile, tmp_path: Path) -> None:
    other = tmp_path / "elders"
    if kind == "folder":
        other.symlink_to(work_file.path.parent)
        link = other / work_file.path.name
    else:
        other.mkdir()
        link = other / "snel.samenlevendb"
        link.symlink_to(work_file.path) if kind == "symlink" else link.hardlink_to(work_file.path)
        if kind == "hardlink":
            write_whole(link.with_name(link.name + ".key"), Path(f"{work_file.path}.key").read_bytes())
    code = (
        "import sys; from pathlib import Path\n"
        "from samenleven_desktop.domain.clock import Runtime\n"
        "from samenleven_desktop.services.workfile.workspace import open_workspace\n"
        "opened = open_workspace(Path(sys.argv[1]), Runtime(), sys.argv[2])\n"
        "print('open', flush=True); sys.stdin.read(); opened.close()\n"
    )
    words = [sys.executable, "-c", code, str(link), work_file.passphrase]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == b"open\n"
        with pytest.raises(EnvironmentFault, match="open in another window"):
            open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
        process.stdin.close()
    assert process.returncode == 0
    open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase).close()


def test_a_name_that_looks_like_an_address_of_sqlite_is_a_plain_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("file:x?mode=memory")
    create_workspace(path, "een lange zin om te testen", Runtime(day=TODAY), CHEAP).close()
    assert (tmp_path / "file:x?mode=memory").stat().st_size > 4096
    open_workspace(path, Runtime(day=TODAY), "een lange zin om te testen").close()


@given(TEXTS, st.sampled_from(["", ".xlsx", ".samenleven-pack"]))
def test_every_text_gives_a_name_that_both_systems_accept(words: str, ending: str) -> None:
    name = offered_name(words, ending)
    check_name(name, everywhere=True, room=60)
    assert name.endswith(ending)
    assert name == Path(name).name != ending
    assert offered_name(name, ending) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Zuid/Noord 2", "Zuid Noord 2.xlsx"),
        ("a:b?c*d. ", "a b c d.xlsx"),
        ("CON", "CON_.xlsx"),
        ("com1.oud", "com1_.oud.xlsx"),
        ("...", "samenleven.xlsx"),
        ("lijst.xlsx", "lijst.xlsx"),
        ("\u202elijst\x9b", "lijst.xlsx"),
    ],
)
def test_a_name_is_made_acceptable(words: str, name: str) -> None:
    assert offered_name(words, ".xlsx") == name
    assert len(offered_name("é" * 250, ".xlsx").encode()) <= 120


@given(TEXTS, st.sampled_from(["", ".pdf", ".docx", ".7z", "."]))
def test_every_file_name_stays_a_file_name_that_both_systems_accept(words: str, ending: str) -> None:
    name = offered_file_name(words + ending)
    check_name(name, everywhere=True, room=60)
    assert name == Path(name).name
    assert offered_file_name(name) == name


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../nota.txt", "nota.txt"), ("Noord/Zuid: wat?.docx", "Noord Zuid wat.docx"), ("con.txt", "con_.txt"),
        ("é" * 250 + ".pdf", "é" * 58 + ".pdf"), ("nota\u202efdp.exe", "notafdp.exe"), ("", "samenleven"),
        ("plan.v2 kladversie", "plan.v2 kladversie"), (".profile", "profile"),
    ],
)  # fmt: skip
def test_the_extension_of_a_file_stays(given: str, name: str) -> None:
    assert offered_file_name(given) == name
