"""The maker of the environment: quiet when all goes well, all output when not, one command to type without rights."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer import bootstrap

ROOT = Path(__file__).resolve().parents[2]


def test_what_other_programs_say_is_shown_only_when_they_fail(capfd: pytest.CaptureFixture[str]) -> None:
    bootstrap.must([sys.executable, "-c", "print('Setting up libegl1 ...')"])
    assert capfd.readouterr() == ("", "")
    with pytest.raises(SystemExit, match=r"(?s)no such package.*This did not work"):
        bootstrap.must([sys.executable, "-c", "print('no such package'); raise SystemExit(1)"])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system packages are a matter of Linux")
def test_who_may_not_install_gets_the_one_command_to_type(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "installer/bootstrap.py", "--tests", "--venv", str(tmp_path / "venv")],
        cwd=ROOT,
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "sudo apt-get install" in done.stderr
    assert set(bootstrap.TESTS) <= set(done.stderr.split())
    assert not (tmp_path / "venv").exists()


def test_an_environment_of_another_python_is_not_taken_for_ours(tmp_path: Path) -> None:
    assert bootstrap.is_of_this_python(Path(sys.prefix))
    assert not bootstrap.is_of_this_python(tmp_path)
    python = bootstrap.python_of(tmp_path)
    python.parent.mkdir()
    python.write_text("#!/bin/sh\necho 3.10.0 of long ago\n")
    python.chmod(0o755)
    assert not bootstrap.is_of_this_python(tmp_path)
