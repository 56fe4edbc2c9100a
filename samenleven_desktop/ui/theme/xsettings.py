"""Reads the settings that GTK desktops publish on an X display (XSETTINGS), and signals when they change.

Qt 6.12 returns the old font, and reports no change without its plugin for GTK, which the package does not ship. libxcb
is present wherever Qt shows a window. An invalid reply is treated as empty and never ends the program.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import struct
from collections.abc import Iterator

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from samenleven_desktop.optional import optional_service

_MAX_LENGTH = 1 << 18
_STRING, _COLOR = 1, 2
_EVENT_MASK = 1 << 11
_OF_PROPERTIES, _OF_STRUCTURE = 1 << 22, 1 << 17


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Roots(ctypes.Structure):
    _fields_ = (("data", ctypes.c_void_p), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class _Xcb:
    """The X requests that are needed, over a separate connection."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._lib, self._free = library, ctypes.CDLL(None).free
        self._free.argtypes = [ctypes.c_void_p]
        library.xcb_connect.restype = ctypes.c_void_p
        library.xcb_get_property_value.restype = ctypes.c_void_p
        library.xcb_get_property_value.argtypes = [ctypes.c_void_p]
        library.xcb_get_property_value_length.argtypes = [ctypes.c_void_p]
        self._display = ctypes.c_void_p(library.xcb_connect(None, None))

    def close(self) -> None:
        self._lib.xcb_disconnect(self._display)

    def works(self) -> bool:
        return not self._lib.xcb_connection_has_error(self._display)

    def _reply(self, name: str, cookie: _Cookie) -> int | None:
        get = self._lib[f"{name}_reply"]
        get.restype = ctypes.c_void_p
        found: int | None = get(self._display, cookie, None)
        return found

    def _number(self, name: str, *arguments: object) -> int:
        """Returns the reply of a request for one window or atom: the 32 bits after the 8-byte header."""
        ask = self._lib[name]
        ask.restype = _Cookie
        reply = self._reply(name, ask(self._display, *arguments))
        if reply is None:
            return 0
        number = int(ctypes.c_uint32.from_address(reply + 8).value)
        self._free(reply)
        return number

    def atom(self, name: str) -> int:
        return self._number("xcb_intern_atom", ctypes.c_uint8(1), ctypes.c_uint16(len(name)), name.encode())

    def owner(self, selection: int) -> int:
        return self._number("xcb_get_selection_owner", ctypes.c_uint32(selection))

    def content(self, window: int, name: int) -> bytes:
        ask = self._lib.xcb_get_property
        ask.restype = _Cookie
        numbers = (window, name, 0, 0, _MAX_LENGTH)
        cookie = ask(self._display, ctypes.c_uint8(0), *(ctypes.c_uint32(one) for one in numbers))
        reply = self._reply("xcb_get_property", cookie)
        if reply is None:
            return b""
        length = self._lib.xcb_get_property_value_length(reply)
        content = ctypes.string_at(self._lib.xcb_get_property_value(reply), length) if length > 0 else b""
        self._free(reply)
        return content

    def root(self) -> int:
        self._lib.xcb_get_setup.restype = ctypes.c_void_p
        self._lib.xcb_setup_roots_iterator.restype = _Roots
        roots = self._lib.xcb_setup_roots_iterator(ctypes.c_void_p(self._lib.xcb_get_setup(self._display)))
        return int(ctypes.c_uint32.from_address(roots.data).value)

    def descriptor(self) -> int:
        return int(self._lib.xcb_get_file_descriptor(self._display))

    def listen(self, window: int, events: int) -> None:
        wanted = (ctypes.c_uint32 * 1)(events)
        numbers = (ctypes.c_uint32(window), ctypes.c_uint32(_EVENT_MASK))
        self._lib.xcb_change_window_attributes(self._display, *numbers, wanted)
        self._lib.xcb_flush(self._display)

    def take_events(self) -> int:
        """How many came since the last time."""
        poll, number = self._lib.xcb_poll_for_event, 0
        poll.restype = ctypes.c_void_p
        while event := poll(self._display):
            self._free(event)
            number += 1
        return number


def _connected() -> _Xcb:
    return _Xcb(ctypes.CDLL(ctypes.util.find_library("xcb") or "libxcb.so.1"))


class XSettingsWatch(QObject):
    """`changed` is emitted when the desktop publishes other settings, or when another program begins to publish them.
    Silent without a display."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._xcb: _Xcb | None = None
        self._notifier: QSocketNotifier | None = None

    def start(self) -> None:
        with optional_service("settings of the display"):
            self._xcb = xcb = _connected()
            if not xcb.works():
                self.stop()
                return
            # The owner of the settings announces itself on the root window.
            xcb.listen(xcb.root(), _OF_STRUCTURE)
            self._listen_to_owner()
            self._take_events()
            self._notifier = QSocketNotifier(xcb.descriptor(), QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._on_events)
            self.destroyed.connect(xcb.close)

    def stop(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)

    def _listen_to_owner(self) -> None:
        assert self._xcb is not None
        owner = self._xcb.owner(self._xcb.atom("_XSETTINGS_S0"))
        if owner:
            self._xcb.listen(owner, _OF_PROPERTIES)

    def _on_events(self) -> None:
        assert self._xcb is not None
        if not self._xcb.works():
            self.stop()
        elif self._take_events():
            self.changed.emit()

    def _take_events(self) -> bool:
        """Until there are none: one that came with an answer does not wake the notifier."""
        assert self._xcb is not None
        came = False
        while self._xcb.take_events():
            came = True
            self._listen_to_owner()
        return came


def read_xsettings() -> dict[str, str]:
    """Returns the text settings by name. Empty without a display, or without a desktop that publishes them."""
    with optional_service("settings of the display"):
        xcb = _connected()
        try:
            selection = xcb.atom("_XSETTINGS_S0") if xcb.works() else 0
            window = xcb.owner(selection) if selection else 0
            content = xcb.content(window, xcb.atom("_XSETTINGS_SETTINGS")) if window else b""
        finally:
            xcb.close()
        return dict(parsed(content)) if content else {}
    return {}


def parsed(content: bytes) -> Iterator[tuple[str, str]]:
    """Yields the text settings of the property. Raises struct.error for truncated content."""
    order = ">" if content[0] else "<"
    (number,) = struct.unpack_from(f"{order}I", content, 8)
    place = 12
    for _ in range(min(number, 1000)):
        kind, _, length = struct.unpack_from(f"{order}BBH", content, place)
        name = content[place + 4 : place + 4 + length].decode("ascii", "replace")
        place += 4 + _padded(length) + 4
        if kind == _STRING:
            (length,) = struct.unpack_from(f"{order}I", content, place)
            yield name, content[place + 4 : place + 4 + length].decode("utf-8", "replace")
            place += 4 + _padded(length)
        else:
            place += 8 if kind == _COLOR else 4


def _padded(length: int) -> int:
    return (length + 3) & ~3
