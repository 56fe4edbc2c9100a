"""Which files open with the public passphrase of practice files: those that say so, whatever their name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.services.practice.make import PRACTICE_PASSPHRASE
from samenleven_desktop.services.safekeeping.keys import change_passphrase
from samenleven_desktop.services.safekeeping.workspace_file import back_up
from samenleven_desktop.services.workfile.opening import open_any
from samenleven_desktop.services.workfile.practice_files import practice_passphrase
from tests.builders import TODAY, WorkFile


@pytest.fixture
def practice(practice_template: WorkFile, tmp_path: Path) -> Path:
    return practice_template.copy_to(tmp_path, "p.db").path


def key_file(path: Path) -> Path:
    return path.with_name(path.name + ".key")


def renamed(path: Path, name: str) -> Path:
    target = path.with_name(name)
    path.rename(target)
    key_file(path).rename(key_file(target))
    return target


@pytest.mark.parametrize("name", ["p.db", "oefening", "mijn werk.samenlevendb"])
def test_a_practice_file_opens_by_itself_whatever_its_name(practice: Path, name: str) -> None:
    opened = open_any(renamed(practice, name), Runtime())
    try:
        assert opened.practice_date == TODAY
    finally:
        opened.close()


def test_a_work_file_is_never_tried_with_the_public_passphrase(work_file: WorkFile) -> None:
    assert practice_passphrase(work_file.path) is None
    assert "public_passphrase" not in json.loads(key_file(work_file.path).read_text())


def test_a_practice_file_with_a_passphrase_of_its_own_asks_for_it(practice: Path) -> None:
    opened = open_any(practice, Runtime())
    try:
        change_passphrase(opened, PRACTICE_PASSPHRASE, "een eigen lange zin")
    finally:
        opened.close()
    assert practice_passphrase(practice) is None
    with pytest.raises(EnvironmentFault) as told:
        open_any(practice, Runtime())
    assert told.value.field == "passphrase"


def test_a_file_that_wrongly_says_so_asks_for_its_passphrase(work_file: WorkFile) -> None:
    path = key_file(work_file.path)
    path.write_text(json.dumps({**json.loads(path.read_text()), "public_passphrase": True}))
    with pytest.raises(EnvironmentFault) as told:
        open_any(work_file.path, Runtime())
    assert told.value.field == "passphrase"


def test_the_backup_speaks_for_a_key_file_that_is_gone(practice: Path) -> None:
    opened = open_any(practice, Runtime())
    try:
        back_up(opened)
    finally:
        opened.close()
    key_file(practice).unlink()
    assert practice_passphrase(practice) == PRACTICE_PASSPHRASE
    shutil.rmtree(practice.with_name(practice.name + "-backups"))
    assert practice_passphrase(practice) is None
