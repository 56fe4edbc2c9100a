"""Message buses of one test: a real one, one that refuses every call, one that accepts and never answers."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">{policy}</policy>
</busconfig>
"""
_OPEN = '<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>'
_REFUSING = '<deny send_destination="*"/><deny own="*"/>'

_SIGNAL = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage

application = QCoreApplication(sys.argv)
bus = QDBusConnection.sessionBus()
assert bus.registerService(sys.argv[1])
message = QDBusMessage.createSignal(sys.argv[2], sys.argv[3], sys.argv[4])
message.setArguments([one == "true" for one in sys.argv[5:]])
assert bus.send(message)
bus.unregisterService(sys.argv[1])
"""


@contextlib.contextmanager
def message_bus(folder: Path, *, refusing: bool = False) -> Iterator[str]:
    """The address of a real `dbus-daemon` that lives as long as the block; `refusing` answers every call with an
    error, also the first one."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon is not installed")
    config = folder / "bus.conf"
    config.write_text(_CONFIG.format(folder=folder, policy=_REFUSING if refusing else _OPEN))
    started = subprocess.Popen(
        [daemon, f"--config-file={config}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert started.stdout is not None
        yield started.stdout.readline().strip()
    finally:
        started.terminate()
        started.wait()
        assert started.stdout is not None
        started.stdout.close()


@contextlib.contextmanager
def silent_bus(folder: Path) -> Iterator[str]:
    """The address of a socket that takes every connection and never says anything."""
    path = folder / "silent"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen(20)
        yield f"unix:path={path}"


def send_signal(address: str, service: str, path: str, interface: str, member: str, *arguments: str) -> None:
    """Owns the name of a service on that bus for a moment, and sends one of its signals."""
    subprocess.run(
        [sys.executable, "-c", _SIGNAL, service, path, interface, member, *arguments],
        env={"DBUS_SESSION_BUS_ADDRESS": address},
        check=True,
    )
