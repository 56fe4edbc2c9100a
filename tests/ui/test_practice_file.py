"""A practice file in the window: nobody has to know its passphrase, whatever the file is called."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.ui.conftest import Open

pytestmark = pytest.mark.gui


@pytest.mark.parametrize("name", ["p.db", "oefening.samenlevendb"])
def test_a_practice_file_opens_without_a_question(open_window: Open, filled: Path, tmp_path: Path, name: str) -> None:
    for ending in ("", ".key"):
        shutil.copyfile(f"{filled}{ending}", tmp_path / f"{name}{ending}")
    window = open_window(tmp_path / name)
    assert window.application.shell.current == "start"
    assert window.application.context is not None
    assert window.application.context.practice
