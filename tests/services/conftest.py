"""An open work file, and the government that most tests are about; a file with other needs makes its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


@pytest.fixture
def mechelen(workspace: Workspace) -> str:
    return workspace.query(government_by_code, "12025").id
