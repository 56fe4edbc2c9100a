"""The practice file, open for reading: one for all tests of a run that change nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.practice.make import PRACTICE_DATE, PRACTICE_PASSPHRASE
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace


def _copy(template: Path, folder: Path) -> Path:
    for ending in ("", ".key"):
        shutil.copyfile(f"{template}{ending}", folder / f"oefen.oefendb{ending}")
    return folder / "oefen.oefendb"


@pytest.fixture(scope="session")
def practice(filled_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = _copy(filled_template, tmp_path_factory.mktemp("reports"))
    opened = open_workspace(path, Runtime(day=PRACTICE_DATE), PRACTICE_PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def practice_copy(filled_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same content in a file of its own, for the command line: one at a time may have a file open."""
    return _copy(filled_template, tmp_path_factory.mktemp("asked"))
