"""Whose work a colleague passes on, as the window says it: in the preview, in a question, and in the list of files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.readmodels.exchange import PackRequest
from samenleven_desktop.services.exchange.colleagues import own_card
from samenleven_desktop.services.exchange.create_pack import make_pack
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.services.workfile.opening import open_any
from samenleven_desktop.ui.dialogs.make_pack import MakePackDialog, free_path
from samenleven_desktop.ui.dialogs.pack_authors import UnprovenDialog
from samenleven_desktop.ui.screens.exchange.screen import LOG
from tests.pages.exchange import SHIFT, ExchangePage
from tests.pages.window import CTRL
from tests.sync.colleagues import Colleague, all_know
from tests.sync.forging import opened
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui


@dataclass
class Team:
    """The window of a reader; the file of who wrote and never gave them one, and of who passes it on."""

    page: ExchangePage
    author: Colleague
    middle: Colleague
    folder: Path

    def given(self, giver: Colleague, *, older: bool = False) -> str:
        """A file of everything for the reader, in the watched folder; returns its name."""
        path = self.folder / f"{giver.name}-{new_id()[-6:]}.samenleven"
        prints = (own_card(self.page.window.workspace).fingerprint,)
        make_pack(giver.workspace, PackRequest(Profile.EVERYTHING, prints, older=older), path)
        return path.name

    def agreements(self) -> set[str]:
        return {line.what for line in self.page.window.workspace.query(list_agreements)}

    def authors(self) -> str:
        """What the newest line of the list of files says below the name of the colleague."""
        self.page.part(LOG)
        model = self.page.screen.log.model
        self.page.window.until(lambda: model.rowCount() > 0)
        return str(model.data(model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole))


def coach(filled: Path, folder: Path, name: str, *, officer: bool = True) -> Colleague:
    """The same past on a device and under an officer of its own; the reader keeps those of the file."""
    own = folder / name
    own.mkdir()
    for ending in ("", ".key"):
        shutil.copyfile(f"{filled}{ending}", f"{own / 'werk.oefendb'}{ending}")
    workspace = open_any(own / "werk.oefendb", Runtime())
    if officer:
        workspace.store.set_meta(device_id=new_id())
        with workspace.store.write_untracked() as connection:
            connection.exec_driver_sql("DELETE FROM meta WHERE key = 'officer_id'")
        workspace.choose_officer(workspace.run(AddOfficer(f"coach {name}"), kind="setup").result)
    return Colleague(name, own, workspace)


@pytest.fixture
def team(open_window: Open, filled: Path, tmp_path: Path) -> Iterator[Team]:
    author, middle = coach(filled, tmp_path, "Kempen"), coach(filled, tmp_path, "Voorkempen")
    reader = coach(filled, tmp_path, "lezer", officer=False)
    all_know(author, middle, reader)
    for giver, taker in ((middle, reader), (reader, middle)):
        taker.take(giver.give(taker))
    reader.close()
    page = ExchangePage(open_window(reader.workspace.path))
    watched = tmp_path / "team"
    watched.mkdir()
    page.watch(watched)
    yield Team(page, author, middle, watched)
    author.close()
    middle.close()


def agree(who: Colleague, what: str) -> None:
    mechelen = who.workspace.query(government_by_code, "12025").id
    who.workspace.run(AddAgreement(mechelen, Party.COACH, what))


def test_the_preview_and_the_list_of_files_name_the_author(team: Team) -> None:
    agree(team.author, "bel de dienst")
    team.middle.take(team.author.give(team.middle))
    page = team.page
    page.look_at(team.given(team.middle))
    notes = page.screen.files.pack.notes
    assert "2 wijzigingen van coach Kempen, doorgegeven door coach Voorkempen." in notes.text()
    assert notes.isVisible()
    # Proven: nothing is asked.
    page.take_over()
    assert "bel de dienst" in team.agreements()
    assert "van coach Kempen" in team.authors()
    assert "coach Voorkempen" in team.authors()


def test_work_that_nothing_proves_is_asked_for_apart(team: Team) -> None:
    agree(team.author, "voor het bewijs")
    path = team.folder.parent / "ouder.samenleven"
    prints = (own_card(team.middle.workspace).fingerprint,)
    make_pack(team.author.workspace, PackRequest(Profile.EVERYTHING, prints, older=True), path)
    team.middle.take(path)
    page, pack = team.page, team.page.screen.files.pack
    page.look_at(team.given(team.middle))
    page.window.press(Qt.Key.Key_Return, CTRL)
    dialog = page.window.dialog(UnprovenDialog)
    said = page.window.texts(dialog)
    assert "Werk zonder bewijs overnemen?" in said
    # The first change of a file has no officer yet: it is not shown as of somebody unknown.
    assert "2 wijzigingen op naam van coach Kempen, doorgegeven door coach Voorkempen" in said
    assert "onbekende" not in said
    page.window.press(Qt.Key.Key_Escape)
    page.window.closed()
    assert "voor het bewijs" not in team.agreements()
    page.window.press(Qt.Key.Key_Return, CTRL)
    dialog = page.window.dialog(UnprovenDialog)
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    page.window.closed()
    page.window.until(lambda: pack.shown is not None and pack.shown.applied)
    assert "voor het bewijs" in team.agreements()
    assert "op naam van coach Kempen, niet bewezen" in team.authors()


def test_a_file_for_an_older_version_is_made_in_the_window(team: Team) -> None:
    page = team.page
    page.window.press(Qt.Key.Key_M, CTRL | SHIFT)
    dialog = page.window.dialog(MakePackDialog)
    page.window.until(lambda: dialog.to.isEnabled() and bool(dialog.folder.edit.text()))
    assert "Voor een oudere versie maken" in dialog.older.text()
    print_ = own_card(team.middle.workspace).fingerprint
    dialog.to.set_chosen([print_])
    page.window.focus(dialog.older)
    page.window.press(Qt.Key.Key_Space)
    assert dialog.older.isChecked()
    path = free_path(*dialog.place())
    page.window.focus(dialog.keep)
    page.window.press(Qt.Key.Key_Return)
    page.window.closed()
    inside = opened(path, team.middle)
    assert (inside.manifest["format_version"], inside.manifest["reader_version"]) == (1, 1)
    assert not inside.body["seals"]
