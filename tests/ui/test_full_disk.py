"""The window on a disk that is full: it opens, shows, says so, and saves elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import WorkFile
from tests.disks import fill
from tests.pages.screens import SettingsPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui


def test_the_window_opens_a_file_on_a_full_disk_for_reading_and_exports(
    open_window: Open, work_file_template: WorkFile, small_disk: Path, tmp_path: Path
) -> None:
    file = work_file_template.copy_to(small_disk)
    fill(small_disk)
    window = open_window(file.path, passphrase=file.passphrase)
    window.until(lambda: any("alleen open om te lezen" in one for one in window.notices()))
    window.search("mechelen")
    assert window.dossier.sessions() or window.dossier.agreements()
    SettingsPage(window).screen.export_to(tmp_path / "alles.json")
    window.until((tmp_path / "alles.json").exists)
    window.settle()
