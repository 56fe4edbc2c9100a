"""Tells whether a D-Bus message bus answers, before Qt is asked to connect to it.

PySide6 holds Python's lock while it connects, and libdbus waits without a limit for a bus that accepts the connection
and says nothing: the whole program would stop. The probe does the first step of the protocol on a plain socket.
"""

from __future__ import annotations

import os
import socket
from urllib.parse import unquote_to_bytes

_SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket"
_SECONDS = 2.0


def session_bus_answers() -> bool:
    """False when this session has no bus, or one that does not answer within two seconds."""
    return _answers(os.environ.get("DBUS_SESSION_BUS_ADDRESS", _user_bus()))


def system_bus_answers() -> bool:
    """The same for the bus of the whole computer."""
    return _answers(os.environ.get("DBUS_SYSTEM_BUS_ADDRESS", _SYSTEM_BUS))


def _user_bus() -> str:
    """Where libdbus looks when the environment names no address."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return f"unix:path={folder}/bus" if folder else ""


def _answers(addresses: str) -> bool:
    """Whether the first usable address of a D-Bus address list takes part in the handshake."""
    for address in addresses.split(";"):
        transport, _, rest = address.partition(":")
        options = dict(part.partition("=")[::2] for part in rest.split(","))
        if transport != "unix" or not {"path", "abstract"} & options.keys():
            continue
        path = unquote_to_bytes(options["path"]) if "path" in options else b"\0" + unquote_to_bytes(options["abstract"])
        try:
            with socket.socket(socket.AF_UNIX) as bus:
                bus.settimeout(_SECONDS)
                bus.connect(path)
                bus.sendall(b"\0AUTH\r\n")
                return bus.recv(64).startswith(b"REJECTED")
        except OSError:
            continue
    return False
