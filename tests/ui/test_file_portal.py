"""The file dialogs of the desktop are used where its portal has them; a bus that is missing or silent costs little."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from samenleven_desktop.ui.desktop_portal import PORTAL, VARIABLE, has_file_dialogs, prefer_dialogs_of_the_desktop
from tests.ui.buses import message_bus, silent_bus

FAKE = """
from jeepney import MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
import sys

connection = open_dbus_connection("SESSION")
connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
print("ready", flush=True)
while True:
    message = connection.receive()
    if message.header.message_type is not MessageType.method_call:
        continue
    if message.body == ("org.freedesktop.portal.FileChooser", "version") and sys.argv[1] == "whole":
        connection.send(new_method_return(message, "v", (("u", 3),)))
    else:
        connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
"""


@contextmanager
def portal(kind: str) -> Iterator[None]:
    """A portal that has file dialogs (`whole`), or one of a desktop that has none."""
    process = subprocess.Popen([sys.executable, "-c", FAKE, kind], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield
    finally:
        process.terminate()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with message_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv(VARIABLE, "")
        yield


def test_a_portal_with_file_dialogs_is_used(bus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with portal("whole"):
        prefer_dialogs_of_the_desktop()
    assert os.environ[VARIABLE] == PORTAL


def test_a_choice_that_was_made_stays(bus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "kde")
    with portal("whole"):
        prefer_dialogs_of_the_desktop()
    assert os.environ[VARIABLE] == "kde"


@pytest.mark.parametrize("kind", ["bare", None])
def test_without_file_dialogs_the_ones_of_qt_stay(bus: None, kind: str | None) -> None:
    if kind is None:
        assert not has_file_dialogs()
        return
    with portal(kind):
        assert not has_file_dialogs()


def test_a_bus_that_never_answers_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with silent_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert not has_file_dialogs()
