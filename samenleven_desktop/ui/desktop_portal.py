"""Checks whether the desktop portal has file dialogs; if so, the program shows those instead of Qt's.

Checked once, before Qt starts: Qt chooses its dialogs by an environment variable.
"""

from __future__ import annotations

import os
import sys

from samenleven_desktop.optional import optional_service, within

VARIABLE, PORTAL = "QT_QPA_PLATFORMTHEME", "xdgdesktopportal"
_NAME, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_TIMEOUT_S = 0.8
"""Seconds. A portal that must be started first may answer too late; the next start of the program then finds it."""


def prefer_dialogs_of_the_desktop() -> None:
    """Keeps a value that was already set by the user or the distribution."""
    if sys.platform.startswith("linux") and not os.environ.get(VARIABLE) and has_file_dialogs():
        os.environ[VARIABLE] = PORTAL


def has_file_dialogs() -> bool:
    """Returns False if there is no session bus, no portal, or no answer in time."""
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return False
    with optional_service("desktop portal"):
        return within(_TIMEOUT_S, "desktop portal", _ask)
    return False


def _ask() -> bool:
    from jeepney import DBusAddress, MessageType, Properties
    from jeepney.bus import get_bus
    from jeepney.io.blocking import DBusConnection, prep_socket

    try:
        connection = DBusConnection(prep_socket(get_bus("SESSION")))
    except (KeyError, OSError, RuntimeError):
        return False
    try:
        version = Properties(DBusAddress(_PATH, _NAME, "org.freedesktop.portal.FileChooser")).get("version")
        answer = connection.send_and_get_reply(version, timeout=_TIMEOUT_S)
    finally:
        connection.close()
    return bool(answer.header.message_type is MessageType.method_return)
