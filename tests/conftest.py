"""Fixtures that every folder may use: a ready work file, made once per run and copied per test."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.practice.make import PRACTICE_PASSPHRASE, make_practice
from samenleven_desktop.services.workfile.workspace import create_workspace
from tests.builders import CHEAP, PASSPHRASE, TODAY, WorkFile, as_in_2024, make_work_file
from tests.disks import small_file_system

# The same examples in every run, so that an unlucky draw never blocks a change; `make test-long` searches anew.
# No example is judged by the clock: on a busy machine a correct one is slow.
_UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("new", _UNTIMED)
settings.register_profile("repeatable", _UNTIMED, derandomize=True)
settings.load_profile("repeatable")

_YOUNG, _OLD = 10_000, 10
"""Objects that are worth a collection after a test, and such collections that are worth a full one."""


@pytest.fixture(scope="session", autouse=True)
def _own_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the program keeps of a computer never lands among the files, or in the keyring, of who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp("data")))
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        yield


@pytest.fixture(autouse=True)
def _collect_on_this_thread() -> Iterator[None]:
    """As in the program (ui/gc_on_gui_thread.py): no thread of a test runner collects Qt objects of another test."""
    gc.disable()
    yield
    gc.disable()
    young, _, old = gc.get_count()
    if young > _YOUNG:
        gc.collect(2 if old > _OLD else 1)


@pytest.fixture(scope="session")
def work_file_template(tmp_path_factory: pytest.TempPathFactory) -> WorkFile:
    """Never opened by a test: copy it."""
    return make_work_file(tmp_path_factory.mktemp("template") / "template.samenlevendb")


@pytest.fixture
def work_file(work_file_template: WorkFile, tmp_path: Path) -> WorkFile:
    """A work file of this test alone; nothing has it open."""
    return work_file_template.copy_to(tmp_path)


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> WorkFile:
    """A new work file with what is shipped and Plan Samenleven in use. Never opened by a test: copy it."""
    path = tmp_path_factory.mktemp("empty") / "empty.samenlevendb"
    workspace = create_workspace(path, PASSPHRASE, Runtime(day=TODAY), CHEAP)
    as_in_2024(workspace)
    workspace.close()
    return WorkFile(path, PASSPHRASE)


@pytest.fixture
def empty_file(empty_template: WorkFile, tmp_path: Path) -> WorkFile:
    """A new work file of this test alone; nothing has it open. Twenty times as fast as making one."""
    return empty_template.copy_to(tmp_path, "w.db")


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory: pytest.TempPathFactory) -> WorkFile:
    """The same content, marked as a practice file, under the public passphrase. Never opened by a test: copy it."""
    path = tmp_path_factory.mktemp("practice") / "template.oefendb"
    return make_work_file(path, PRACTICE_PASSPHRASE, practice_date=TODAY)


@pytest.fixture
def practice_file(practice_template: WorkFile, tmp_path: Path) -> WorkFile:
    return practice_template.copy_to(tmp_path, "oefen.oefendb")


@pytest.fixture(scope="session")
def filled_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice file as a coach gets it. Never opened by a test: copy it."""
    path = tmp_path_factory.mktemp("filled") / "oefen.oefendb"
    make_practice(path, None, cost=CHEAP)
    return path


@pytest.fixture
def filled(filled_template: Path, tmp_path: Path) -> Path:
    for ending in ("", ".key"):
        shutil.copyfile(f"{filled_template}{ending}", tmp_path / f"oefen.oefendb{ending}")
    return tmp_path / "oefen.oefendb"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of a few megabytes; skipped where none can be made."""
    yield from small_file_system(tmp_path / "klein")
