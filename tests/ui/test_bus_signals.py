"""The window on a desktop with a message bus: a good one, one that refuses, one that hangs. It is optional."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.builders import PASSPHRASE, WorkFile
from tests.ui.buses import message_bus, send_signal, silent_bus
from tests.ui.windowed import window_process

pytestmark = pytest.mark.gui
SAVERS = [
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),  # KDE
]
XSCREENSAVER = """#!/bin/sh
test "$1" = -watch || exit 1
echo "RUN 12"
while ! test -e {folder}/blank; do sleep 0.05; done
echo "{line} Sat Mar  9 10:11:12 2024"
exec sleep 60
"""


@pytest.mark.parametrize(("service", "path"), SAVERS)
def test_a_screen_saver_on_the_session_bus_locks_the_file(
    service: str, path: str, tmp_path: Path, work_file: WorkFile
) -> None:
    with (
        message_bus(tmp_path) as address,
        window_process(work_file.path, PASSPHRASE, DBUS_SESSION_BUS_ADDRESS=address) as window,
    ):
        window.until("ready", "listening SESSION")
        send_signal(address, service, path, service, "ActiveChanged", "false")
        send_signal(address, service, path, service, "ActiveChanged", "true")
        window.until("locked")
        assert window.close() == 0


@pytest.mark.parametrize("line", ["BLANK", "LOCK"])
def test_the_command_of_xscreensaver_locks_the_file(line: str, tmp_path: Path, work_file: WorkFile) -> None:
    command = tmp_path / "xscreensaver-command"
    command.write_text(XSCREENSAVER.format(folder=tmp_path, line=line))
    command.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    with window_process(work_file.path, PASSPHRASE, PATH=path) as window:
        window.until("ready", "listening COMMAND")
        (tmp_path / "blank").touch()
        window.until("locked")
        assert window.close() == 0


def test_the_session_manager_on_the_system_bus_locks_the_file(tmp_path: Path, work_file: WorkFile) -> None:
    with (
        message_bus(tmp_path) as address,
        window_process(work_file.path, PASSPHRASE, DBUS_SYSTEM_BUS_ADDRESS=address) as window,
    ):
        window.until("ready", "listening SYSTEM")
        name = "org.freedesktop.login1"
        send_signal(address, name, "/org/freedesktop/login1/session/_31", f"{name}.Session", "Lock")
        window.until("locked")
        assert window.close() == 0


def test_the_window_opens_beside_a_bus_that_answers_with_errors(tmp_path: Path, work_file: WorkFile) -> None:
    with (
        message_bus(tmp_path, refusing=True) as address,
        window_process(
            work_file.path, PASSPHRASE, DBUS_SESSION_BUS_ADDRESS=address, DBUS_SYSTEM_BUS_ADDRESS=address
        ) as window,
    ):
        window.until("ready")
        assert window.close() == 0


def test_the_window_opens_beside_a_bus_that_hangs(tmp_path: Path, work_file: WorkFile) -> None:
    with (
        silent_bus(tmp_path) as address,
        window_process(
            work_file.path, PASSPHRASE, DBUS_SESSION_BUS_ADDRESS=address, DBUS_SYSTEM_BUS_ADDRESS=address
        ) as window,
    ):
        window.until("ready")
        assert window.close() == 0
