"""Keyboard helpers: digit shortcuts by physical key, and how a shortcut is written.

On a Belgian or French keyboard the digits of the top row need Shift, so Qt reports Ctrl+& for Ctrl+1 and the shortcut
is not activated. Here every `QShortcut` of a digit with Ctrl or Alt also responds to the physical key.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from samenleven_desktop.i18n.language import N_, Language

_FIRST_CODE = 2 if sys.platform == "win32" else 10
"""Scan code of the key 1 in the top row: that of Windows; elsewhere that of evdev, which X11 and Wayland offset by 8.
"""
_PREFIX = {Qt.KeyboardModifier.ControlModifier: "Ctrl", Qt.KeyboardModifier.AltModifier: "Alt"}


_PRINTED = {
    "Del": "Delete",
    "Ins": "Insert",
    "PgUp": "Page Up",
    "PgDown": "Page Down",
    "Return": "Enter",
    "Esc": "Escape",
}
_NAMES = {
    "Space": N_("space bar"),
    "Up": N_("arrow up"),
    "Down": N_("arrow down"),
    "Left": N_("arrow left"),
    "Right": N_("arrow right"),
    "+": N_("plus"),
    "-": N_("minus"),
}


def key_words(language: Language, keys: str) -> str:
    """Returns a shortcut as a person reads it out: Ctrl + pijl omlaag, Ctrl + plus."""
    parts = [*keys[:-2].split("+"), "+"] if keys.endswith("++") else keys.split("+")
    return " + ".join(language.text(_NAMES[one]) if one in _NAMES else _PRINTED.get(one, one) for one in parts)


def printed(keys: str) -> str:
    """Returns a shortcut as labelled on the keyboard, for tooltips and lists of keys."""
    return str(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)).replace("Return", "Enter")


def digit_pressed(event: QKeyEvent) -> str:
    """Returns `Ctrl+1` for the first key of the top row with Ctrl held, in any layout; otherwise an empty string."""
    prefix, number = _PREFIX.get(event.modifiers()), event.nativeScanCode() - _FIRST_CODE + 1
    return f"{prefix}+{number % 10}" if prefix and 1 <= number <= 10 else ""


class DigitKeys(QObject):
    """Event filter for one window; it receives only keys that no shortcut has handled."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.isAutoRepeat():
            return False
        keys = digit_pressed(event)
        found = self._shortcut(keys) if keys else None
        if found is not None:
            found.activated.emit()
        return found is not None

    def _shortcut(self, keys: str) -> QShortcut | None:
        sequence = QKeySequence(keys)
        for one in self._window.findChildren(QShortcut):
            owner = one.parent()
            if one.key() != sequence or not one.isEnabled() or not isinstance(owner, QWidget):
                continue
            if owner.isVisible() and owner.isEnabled():
                return one
        return None
