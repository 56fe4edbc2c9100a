"""A keyring that hangs, dies, answers late or is cancelled: through the real window, with backends of our own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.safekeeping.keys import change_passphrase, kept_key
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.services.workfile.workspace import create_workspace, open_workspace
from samenleven_desktop.storage.keys import KeyCost
from tests.pages.screens import SettingsPage, UnlockPage
from tests.pages.window import WindowPage
from tests.ui.conftest import Open

SECRET = "een lange zin"
OTHER = "een andere lange zin"
CALM = (
    "De sleutel in de sleutelbos van deze computer past niet meer op werk.samenlevendb, zoals na een andere wachtzin. "
    "Typ de wachtzin."
)


class Memory(KeyringBackend):
    """Keeps in memory. `gate` closed: every call hangs until it opens; `fault`: every call raises it."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.gate = threading.Event()
        self.gate.set()
        self.fault: Exception | None = None
        self.threads: set[str] = set()

    def _meet(self) -> None:
        self.threads.add(threading.current_thread().name)
        self.gate.wait()
        if self.fault is not None:
            raise self.fault

    def get_password(self, service: str, username: str) -> str | None:
        self._meet()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._meet()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._meet()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


@pytest.fixture
def backend() -> Iterator[Memory]:
    before, made = keyring.get_keyring(), Memory()
    keyring.set_keyring(made)
    yield made
    made.gate.set()
    keyring.set_keyring(before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = tmp_path / "werk.samenlevendb"
    made = create_workspace(store, SECRET, Runtime(), KeyCost(1, 8, 1))
    made.choose_officer(made.run(AddOfficer("coach")).result)
    made.close()
    return store


def keep_directly(path: Path) -> None:
    opened = open_workspace(path, Runtime(), SECRET)
    kept_key(opened).remember()
    opened.close()


def opened(open_window: Open, path: Path) -> WindowPage:
    """With the passphrase typed: the keyring does not know the key."""
    window = open_window(path, ready=False)
    UnlockPage(window).open_with(SECRET)
    return window


def short(window: WindowPage) -> None:
    window.application.keyring.answer_ms = 100


def tick(box: QCheckBox) -> None:
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)


def works(window: WindowPage, words: str) -> bool:
    """A command is carried out and safe on disk."""
    runner = window.application.runner
    workspace = runner.workspace
    assert workspace is not None
    government = workspace.query(government_by_code, "12025").id
    runner.run(AddAgreement(government, Party.COACH, words, None), initiator=window.application)
    window.until(lambda: runner.idle)
    return words in {line.what for line in workspace.query(list_agreements)}


def test_one_click_keeps_the_key_the_file_opens_by_itself_and_one_click_forgets(
    open_window: Open, backend: Memory, path: Path
) -> None:
    window = opened(open_window, path)
    page = SettingsPage(window).screen
    assert not page.keyring.box.isChecked()
    tick(page.keyring.box)
    window.settle()
    assert page.keyring.box.isChecked()
    assert len(backend.kept) == 1
    window.shell.close()
    again = open_window(path)
    box = SettingsPage(again).screen.keyring.box
    assert box.isChecked(), "the box shows that the key is kept"
    tick(box)
    again.settle()
    assert not box.isChecked()
    assert not backend.kept
    assert not backend.threads - {"keyring", "MainThread"}
    assert "keyring" in backend.threads
    assert "MainThread" not in backend.threads


def test_a_session_is_saved_and_the_window_closes_while_the_keyring_hangs(
    open_window: Open, backend: Memory, path: Path
) -> None:
    window = opened(open_window, path)
    page = SettingsPage(window).screen
    backend.gate.clear()
    tick(page.keyring.box)
    assert works(window, "gaat door"), "the store worker does not wait for the keyring"
    assert not window.application.keyring.idle
    with window.bot.waitSignal(window.application.finished, timeout=5_000):
        window.shell.close()


def test_a_keyring_that_does_not_answer_is_told_and_a_late_answer_counts(
    open_window: Open, backend: Memory, path: Path
) -> None:
    window = opened(open_window, path)
    page = SettingsPage(window).screen
    short(window)
    backend.gate.clear()
    tick(page.keyring.box)
    window.until(lambda: page.keyring.box.isEnabled())
    assert "antwoordt niet" in page.keyring.note.text()
    assert page.keyring.note.property("role") == "error"
    assert not page.keyring.box.isChecked()
    backend.gate.set()
    window.until(lambda: page.keyring.box.isChecked())
    assert page.keyring.note.property("role") == "small", "the red line goes away"
    assert backend.kept


def test_what_was_asked_for_last_stands_when_an_older_call_ends_late(
    open_window: Open, backend: Memory, path: Path
) -> None:
    keep_directly(path)
    window = open_window(path)
    page = SettingsPage(window).screen
    short(window)
    first = backend.gate
    first.clear()
    tick(page.keyring.box)
    window.until(lambda: page.keyring.box.isEnabled())
    # The call that forgets still hangs; the keyring itself is back.
    backend.gate = threading.Event()
    backend.gate.set()
    assert page.keyring.box.isChecked()
    window.application.keyring.know(False)
    tick(page.keyring.box)
    window.settle()
    first.set()
    window.until(lambda: not [one for one in threading.enumerate() if one.name == "keyring"])
    window.until(lambda: window.application.keyring.idle and bool(backend.kept))
    assert page.keyring.box.isChecked()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (KeyringLocked("dismissed"), "Niet bewaard: je brak af"),
        (NoKeyringError("none"), "heeft geen sleutelbos"),
        (ConnectionResetError("the daemon died"), "werkt nu niet"),
    ],
)
def test_each_way_to_fail_has_its_own_words_and_they_go_after_success(
    open_window: Open, backend: Memory, path: Path, fault: Exception, words: str
) -> None:
    window = opened(open_window, path)
    page = SettingsPage(window).screen
    backend.fault = fault
    tick(page.keyring.box)
    window.settle()
    assert words in page.keyring.note.text()
    assert not page.keyring.box.isChecked()
    assert not window.notices(), "no line above the page that stays"
    backend.fault = None
    tick(page.keyring.box)
    window.settle()
    assert page.keyring.box.isChecked()
    assert words not in page.keyring.note.text()


def test_opening_asks_the_passphrase_when_the_keyring_hangs(open_window: Open, backend: Memory, path: Path) -> None:
    keep_directly(path)
    backend.gate.clear()
    window = open_window(path, ready=False, keyring_ms=100)
    page = UnlockPage(window).screen
    assert any("sleutelbos van deze computer antwoordt nog niet" in one.text() for one in page.findChildren(QLabel))
    UnlockPage(window).open_with(SECRET)
    assert works(window, "met de zin")


def test_an_answer_after_a_minute_opens_the_file(open_window: Open, backend: Memory, path: Path) -> None:
    keep_directly(path)
    backend.gate.clear()
    window = open_window(path, ready=False, keyring_ms=100)
    UnlockPage(window)
    with window.bot.waitSignal(window.application.ready, timeout=20_000):
        backend.gate.set()
    assert SettingsPage(window).screen.keyring.box.isChecked()


def test_a_late_answer_does_not_take_away_what_is_being_typed(open_window: Open, backend: Memory, path: Path) -> None:
    keep_directly(path)
    backend.gate.clear()
    window = open_window(path, ready=False, keyring_ms=100)
    page = UnlockPage(window).screen
    QTest.keyClicks(page.secret, "een la")
    backend.gate.set()
    window.until(lambda: window.application.keyring.kept is True)
    window.settle()
    assert window.application.shell.current == "unlock"
    assert page.secret.text() == "een la"


def test_closing_while_the_keyring_is_asked_at_the_opening(open_window: Open, backend: Memory, path: Path) -> None:
    keep_directly(path)
    backend.gate.clear()
    window = open_window(path, ready=False, keyring_ms=600_000, settle=False)
    window.until(lambda: not window.application.keyring.idle)
    with window.bot.waitSignal(window.application.finished, timeout=5_000):
        window.shell.close()


def test_a_key_of_before_asks_the_passphrase(open_window: Open, backend: Memory, path: Path) -> None:
    keep_directly(path)
    (name,) = backend.kept
    backend.kept[name] = "00" * 32
    window = open_window(path, ready=False)
    UnlockPage(window).open_with(SECRET)
    assert not SettingsPage(window).screen.keyring.box.isChecked(), "what is kept is not the key of this file"


def test_after_another_passphrase_the_key_of_today_is_the_one_that_is_kept(
    open_window: Open, backend: Memory, path: Path
) -> None:
    keep_directly(path)
    (name,), (before,) = backend.kept, backend.kept.values()
    window = open_window(path)
    key = SettingsPage(window).screen.key
    key.present.setText(SECRET)
    key.passphrase.setText(OTHER)
    key.change.click()
    window.until(lambda: backend.kept[name] != before and window.application.keyring.idle)
    window.settle()
    page = SettingsPage(window).screen
    assert page.keyring.box.isChecked()
    assert not [one for one in window.notices() if "sleutelbos" in one]
    window.shell.close()
    assert works(open_window(path), "opent vanzelf"), "the kept key opens the file without a question"
    assert list(backend.kept) == [name], "the key of before is kept nowhere"


def test_a_keyring_that_does_not_take_the_key_of_today_is_told_and_the_new_passphrase_opens(
    open_window: Open, backend: Memory, path: Path
) -> None:
    keep_directly(path)
    window = open_window(path)
    key = SettingsPage(window).screen.key
    backend.fault = KeyringLocked("dismissed")
    key.present.setText(SECRET)
    key.passphrase.setText(OTHER)
    key.change.click()
    window.until(lambda: any("Niet bewaard: je brak af" in one for one in window.notices()))
    window.shell.close()
    backend.fault = None
    again = open_window(path, ready=False)
    assert CALM in UnlockPage(again).words()
    UnlockPage(again).open_with(OTHER)
    assert not SettingsPage(again).screen.keyring.box.isChecked(), "what is kept is the key of before"


def test_a_key_of_before_a_change_elsewhere_asks_the_passphrase_in_one_calm_sentence(
    open_window: Open, backend: Memory, path: Path
) -> None:
    keep_directly(path)
    elsewhere = open_workspace(path, Runtime(), SECRET)
    change_passphrase(elsewhere, SECRET, OTHER)
    elsewhere.close()
    window = open_window(path, ready=False)
    page = UnlockPage(window).screen
    assert CALM in {one.text() for one in page.findChildren(QLabel)}
    assert page.secret.isVisible()
    assert page.rescue is None, "nothing is damaged: no backup is offered"
    UnlockPage(window).open_with(OTHER)
    page = SettingsPage(window).screen
    assert not page.keyring.box.isChecked()
    tick(page.keyring.box)
    window.settle()
    window.shell.close()
    assert works(open_window(path), "opent weer vanzelf")
