"""Fixtures that every folder may use: a ready work file, made once per run and copied per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samenleven_desktop.services.practice import PRACTICE_PASSPHRASE
from tests.builders import TODAY, WorkFile, make_work_file


@pytest.fixture(scope="session", autouse=True)
def _data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the program keeps of a computer never lands among the files of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def work_file_template(tmp_path_factory: pytest.TempPathFactory) -> WorkFile:
    """Never opened by a test: copy it."""
    return make_work_file(tmp_path_factory.mktemp("template") / "template.samenlevendb")


@pytest.fixture
def work_file(work_file_template: WorkFile, tmp_path: Path) -> WorkFile:
    """A work file of this test alone; nothing has it open."""
    return work_file_template.copy_to(tmp_path)


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory: pytest.TempPathFactory) -> WorkFile:
    """The same content, marked as a practice file, under the public passphrase. Never opened by a test: copy it."""
    path = tmp_path_factory.mktemp("practice") / "template.oefendb"
    return make_work_file(path, PRACTICE_PASSPHRASE, practice_date=TODAY)


@pytest.fixture
def practice_file(practice_template: WorkFile, tmp_path: Path) -> WorkFile:
    return practice_template.copy_to(tmp_path, "oefen.oefendb")
