"""Whatever is wrong with file, folder, disk or key: one calm line, code 3, and the work file as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import WorkFile
from tests.cli.conftest import Answer, Caller
from tests.raw import connect

COMMANDS = (("kpi",), ("check",), ("undo",), ("backup", "make"))


def content(file: WorkFile) -> dict[str, bytes]:
    """Work file and key file, byte for byte; the empty lock file that opening leaves does not count."""
    folder = file.path.parent
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file() and one.suffix != ".lock"}


def assert_fault(answer: Answer, *parts: str, code: int = 3) -> None:
    assert (answer.code, answer.out) == (code, ""), answer
    assert len(answer.err.splitlines()) == 1, answer.err
    assert "Traceback" not in answer.err
    for part in parts:
        assert part in answer.err


@pytest.fixture
def passphrase(work_file: WorkFile, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", work_file.passphrase)
    return work_file.passphrase


@pytest.mark.parametrize("words", COMMANDS)
def test_a_wrong_passphrase(
    call: Caller, work_file: WorkFile, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", "een andere zin")
    before = content(work_file)
    for language in ("nl", "en"):
        assert_fault(call(*words, "--store", work_file.path, "--lang", language), work_file.path.name)
    assert content(work_file) == before


def test_no_passphrase_and_nobody_to_ask(
    call: Caller, work_file: WorkFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = content(work_file)
    with (tmp_path / "nothing").open("w+") as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)
        answer = call("kpi", "--store", work_file.path)
    (tmp_path / "nothing").unlink()
    assert_fault(answer, "SAMENLEVEN_PASSPHRASE", work_file.path.name)
    assert content(work_file) == before


def test_no_such_work_file(call: Caller, tmp_path: Path) -> None:
    for words in (*COMMANDS, ("backup", "list")):
        assert_fault(call(*words, "--store", tmp_path / "nergens.db"), "nergens.db")
    assert list(tmp_path.glob("nergens*")) == []


def _keep(size: Callable[[int], int]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with path.open("r+b") as file:
            file.truncate(size(path.stat().st_size))

    return damage


def _fill(data: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(data)


def _scratch(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\0" * 64)


DAMAGES = {
    "empty": _keep(lambda size: 0),
    "100 bytes": _keep(lambda size: 100),
    "one page": _keep(lambda size: 4096),
    "half": _keep(lambda size: size // 8192 * 4096),
    "a page short": _keep(lambda size: size - 4096),
    "a byte short": _keep(lambda size: size - 1),
    "a text": _fill(b"dit is geen werkbestand\n" * 400),
    "pages of noise": _fill(bytes(range(256)) * 64),
    "plain SQLite": _fill(b"SQLite format 3\0" + bytes(8192 - 16)),
    "a scratched first page": _scratch,
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.usefixtures("passphrase")
def test_a_damaged_or_foreign_file(call: Caller, work_file: WorkFile, damage: str) -> None:
    DAMAGES[damage](work_file.path)
    before = content(work_file)
    for words in COMMANDS:
        assert_fault(call(*words, "--store", work_file.path), work_file.path.name)
    assert content(work_file) == before


@pytest.mark.usefixtures("passphrase")
def test_damage_deep_in_the_file_is_found_by_check(call: Caller, work_file: WorkFile) -> None:
    size = work_file.path.stat().st_size
    with work_file.path.open("r+b") as file:
        file.seek(size // 4096 // 2 * 4096 + 200)
        file.write(b"\0" * 16)
    before = content(work_file)
    answer = call("check", "--store", work_file.path, "--json")
    assert answer.code == 3
    assert len(answer.err.splitlines()) == 1
    if answer.out:
        assert answer.json["sound"] is False
        assert answer.json["findings"]
    assert content(work_file) == before


@pytest.mark.usefixtures("passphrase")
def test_a_key_file_that_is_gone_damaged_or_foreign(call: Caller, work_file: WorkFile, practice_file: WorkFile) -> None:
    key_file = work_file.path.with_name(work_file.path.name + ".key")
    good = key_file.read_bytes()
    other = practice_file.path.with_name(practice_file.path.name + ".key")
    for bad in (None, b"", b"{}", good[: len(good) // 2], other.read_bytes()):
        if bad is None:
            key_file.unlink()
        else:
            key_file.write_bytes(bad)
        before = content(work_file)
        assert_fault(call("kpi", "--store", work_file.path))
        assert content(work_file) == before


@pytest.mark.usefixtures("passphrase")
def test_a_file_of_a_newer_version(call: Caller, work_file: WorkFile) -> None:
    connection = connect(work_file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = content(work_file)
    for words in COMMANDS:
        assert_fault(call(*words, "--store", work_file.path), work_file.path.name)
    assert content(work_file) == before


HOLD = """
import sys
from pathlib import Path
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.workfile.workspace import open_workspace
workspace = open_workspace(Path(sys.argv[1]), Runtime(), sys.argv[2])
print("open", flush=True)
sys.stdin.read()
workspace.close()
"""


@pytest.mark.usefixtures("passphrase")
def test_a_file_that_is_open_elsewhere(call: Caller, work_file: WorkFile) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(work_file.path), work_file.passphrase],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        before = content(work_file)
        for words in COMMANDS:
            assert_fault(call(*words, "--store", work_file.path), work_file.path.name)
        assert content(work_file) == before
        other.communicate("")
    assert other.returncode == 0
    assert call("kpi", "--store", work_file.path).code == 0


# A command in a process that first warms up on a copy (imports would fail later: another uid may not read them), then
# becomes nobody, where it is root, and then runs the command for real.
AS_NOBODY = """
import contextlib, io, os, sys
from samenleven_desktop.__main__ import main
from samenleven_desktop.cli import file_commands, history, lists, kpi, report, run
from samenleven_desktop.reports import pdf
from samenleven_desktop.services import practice
warm, words = sys.argv[1], sys.argv[2:]
with contextlib.redirect_stdout(io.StringIO()):
    for line in (["check"], ["kpi"], ["list", "sessions"], ["undo"], ["backup", "make"]):
        assert main([*line, "--store", warm]) == 0
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit(main(words))
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "getuid"), reason="folders are not read-only in this way on Windows")
def test_a_read_only_folder(work_file_template: WorkFile, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    file = work_file_template.copy_to(closed)
    for one in (file.path, file.path.with_name(file.path.name + ".key")):
        one.chmod(0o444)
    closed.chmod(0o555)
    # The folders above are the owner's alone: let nobody through, to be stopped by the closed folder only.
    environment = {**os.environ, "SAMENLEVEN_PASSPHRASE": file.passphrase}
    opened = [one for one in (tmp_path, *tmp_path.parents) if one.owner() == Path("/proc/self").owner()]
    modes = {one: one.stat().st_mode for one in opened if one != Path("/")}
    try:
        for one, mode in modes.items():
            one.chmod(mode | 0o011)
        before = content(file)
        for words in (
            ["undo", "--store", str(file.path)],
            ["kpi", "--store", str(file.path)],
            ["practice", "--store", str(closed / "p.db")],
        ):
            done = subprocess.run(
                [sys.executable, "-c", AS_NOBODY, str(_fresh(work_file_template, tmp_path).path), *words],
                capture_output=True,
                text=True,
                env=environment,
                timeout=120,
            )
            assert_fault(Answer(done.returncode, done.stdout, done.stderr), Path(words[2]).name)
        assert content(file) == before
        assert {one.name for one in closed.iterdir()} == {file.path.name, file.path.name + ".key"}
    finally:
        for one, mode in modes.items():
            one.chmod(mode)
        closed.chmod(0o755)


def _fresh(template: WorkFile, tmp_path: Path) -> WorkFile:
    folder = tmp_path / f"warm-{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    return template.copy_to(folder)


# In a mount namespace of its own, so that nothing of the small disk outlives the command.
ON_A_FULL_DISK = """
set -e
disk=$1 source=$2 python=$3
mount -t tmpfs -o size=6m none "$disk"
cp "$source" "$disk/werk.db"; cp "$source.key" "$disk/werk.db.key"
echo '%PDF old' > "$disk/r.pdf"
sha256sum "$disk/werk.db" "$disk/werk.db.key" "$disk/r.pdf" > /dev/shm/$$.sums
trap 'rm -f /dev/shm/$$.sums' EXIT
dd if=/dev/zero of="$disk/ballast" bs=1k 2>/dev/null || true
set +e
"$python" -m samenleven_desktop undo --store "$disk/werk.db"; echo "code $?" >&2
"$python" -m samenleven_desktop backup make --store "$disk/werk.db"; echo "code $?" >&2
"$python" -m samenleven_desktop report coaching --government 12025 --store "$source" --out "$disk/r.pdf"
echo "code $?" >&2
"$python" -m samenleven_desktop practice --store "$disk/p.db"; echo "code $?" >&2
"$python" -m samenleven_desktop kpi --json --store "$source" > "$disk/kpi.json"; echo "code $?" >&2
set -e
sha256sum --status -c /dev/shm/$$.sums && echo unchanged
ls "$disk"
rm "$disk/ballast"
"$python" -m samenleven_desktop undo --store "$disk/werk.db" > /dev/null && echo undone
"""


@pytest.mark.slow
def test_a_full_disk(work_file: WorkFile, tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    disk = tmp_path / "disk"
    disk.mkdir()
    probe = [unshare or "", "-m", "mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)]
    if unshare is None or subprocess.run(probe, capture_output=True).returncode != 0:
        pytest.skip("a small disk needs the right to mount one")
    done = subprocess.run(
        [unshare, "-m", "bash", "-c", ON_A_FULL_DISK, "bash", str(disk), str(work_file.path), sys.executable],
        capture_output=True,
        text=True,
        env={**os.environ, "SAMENLEVEN_PASSPHRASE": work_file.passphrase},
        timeout=180,
    )
    complaints = done.stderr.splitlines()
    assert complaints[1::2] == ["code 3"] * 5, done.stderr
    assert len(complaints) == 10, done.stderr
    assert not any("code" in line or "Traceback" in line for line in complaints[::2])
    lines = done.stdout.splitlines()
    assert lines[0] == "unchanged", done.stdout
    assert lines[-1] == "undone"
    assert not any(line.startswith(("p.db", "r.pdf.")) for line in lines if line != "p.db.lock"), done.stdout
