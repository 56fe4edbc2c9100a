"""What the tests of the command line share: a caller that gives exit code, output and complaint."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from samenleven_desktop.__main__ import main
from tests.builders import TODAY, WorkFile


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Caller = Callable[..., Answer]


@pytest.fixture(autouse=True)
def _quiet_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No passphrase, work file or keyring of the person who runs the tests."""
    monkeypatch.delenv("SAMENLEVEN_PASSPHRASE", raising=False)
    monkeypatch.delenv("SAMENLEVEN_DEBUG", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    """Runs the real entry point; every word may be a path or a number."""

    def run(*words: object) -> Answer:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return run


@pytest.fixture
def ask(call: Caller, work_file: WorkFile, monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Runs a command on the ready work file, on the day it was made for."""
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", work_file.passphrase)

    def run(*words: object) -> Answer:
        return call("--store", work_file.path, "--today", TODAY, *words)

    return run
