"""Every *save as* of the window aimed at each file of the program: refused, with a sentence, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from samenleven_desktop.services.safekeeping.workspace_file import back_up, check_health
from samenleven_desktop.storage.backup import existing
from samenleven_desktop.ui.dialogs.about import AboutDialog
from samenleven_desktop.ui.list_export import list_in_sight, save_list
from samenleven_desktop.ui.screens.dossier.document import save_document
from samenleven_desktop.ui.screens.dossier.screen import PEOPLE
from samenleven_desktop.ui.screens.safekeeping.screen import SafekeepingScreen
from samenleven_desktop.ui.screens.settings.screen import SettingsScreen
from samenleven_desktop.ui.screens.support.screen import SupportScreen
from samenleven_desktop.ui.widgets.fingerprint_words import words_png
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui
Door = Callable[[WindowPage, Path], None]
REFUSED = "hoort bij het werkbestand"


def attachment(window: WindowPage, path: Path) -> None:
    panel = window.dossier.screen.ui.people
    panel.save_to(panel.files_model.rows[0], path)


def everything_held(window: WindowPage, path: Path) -> None:
    panel = window.dossier.screen.ui.people
    panel.save_all_held(panel.contacts_model.rows[0].id, path)


def document(window: WindowPage, path: Path) -> None:
    page, context = window.dossier.screen, window.application.context
    assert context is not None
    assert page.government_id is not None
    save_document(page, context, page.government_id, 2, path)


def lists(window: WindowPage, path: Path) -> None:
    window.open_page("governments")
    shown = list_in_sight(window.shell)
    assert shown is not None
    save_list(window.application, shown, path)


def all_data(window: WindowPage, path: Path) -> None:
    page = window.screen("settings", SettingsScreen)
    page.export_to(path)


def calendar(window: WindowPage, path: Path) -> None:
    page = window.screen("support", SupportScreen)
    page.agenda.export_to(path, words=True)


def erased(window: WindowPage, path: Path) -> None:
    page = window.screen("keeping", SafekeepingScreen)
    page.retention.save_report(path)


def parts(window: WindowPage, path: Path) -> None:
    app = window.application
    dialog = AboutDialog(app.language, app.theme, app.runner, app.shell)
    # The list of parts itself comes later and takes the same line.
    window.until(lambda: bool(dialog.model.rows))
    dialog.save_list(path)
    window.until(lambda: REFUSED in dialog.caption.text())
    dialog.deleteLater()


DOORS: tuple[Door, ...] = (attachment, everything_held, document, lists, all_data, calendar, erased, parts)


def test_no_save_of_the_window_writes_over_a_file_of_the_program(window: WindowPage, tmp_path: Path) -> None:
    workspace = window.workspace
    back_up(workspace)
    window.search("mechelen")
    window.dossier.tab(PEOPLE + 1)
    panel = window.dossier.screen.ui.people
    source = tmp_path / "overeenkomst.txt"
    source.write_text("tweede locatie", encoding="utf-8")
    panel.add_files([source])
    window.until(lambda: bool(panel.files_model.rows))
    store = workspace.path
    copy = existing(store)[0].path
    link = tmp_path / "link.xlsx"
    link.symlink_to(store)
    own = [store, Path(f"{store}.key"), Path(f"{store}.lock"), Path(f"{store}-wal"), copy, Path(f"{copy}.key"), link]
    for door in DOORS:
        for target in own:
            before = target.read_bytes()
            window.until(lambda: window.application.runner.idle)
            seen = len(_complaints(window))
            door(window, target)
            if door is not parts:
                window.until(lambda seen=seen: len(_complaints(window)) > seen or window.application.runner.idle)
            assert target.read_bytes() == before, (door.__name__, target)
    window.settle()
    assert any(REFUSED in one for one in _complaints(window))
    assert check_health(workspace) == []


def _complaints(window: WindowPage) -> list[str]:
    return [one for one in window.notices() if REFUSED in one]


@pytest.mark.parametrize("door", DOORS[:2])
def test_the_same_doors_still_save_elsewhere(door: Door, window: WindowPage, tmp_path: Path) -> None:
    window.search("mechelen")
    window.dossier.tab(PEOPLE + 1)
    panel = window.dossier.screen.ui.people
    source = tmp_path / "overeenkomst.txt"
    source.write_text("tweede locatie", encoding="utf-8")
    panel.add_files([source])
    window.until(lambda: bool(panel.files_model.rows) and bool(panel.contacts_model.rows))
    door(window, tmp_path / "bewaard.pdf")
    window.until(lambda: (tmp_path / "bewaard.pdf").exists())
    window.settle()
    assert (tmp_path / "bewaard.pdf").stat().st_mode & 0o777 == 0o600


def test_the_picture_of_the_six_words_is_a_picture(window: WindowPage) -> None:
    assert words_png("Zes woorden", ("een", "twee", "drie", "vier", "vijf", "zes"), "uitleg").startswith(b"\x89PNG")
