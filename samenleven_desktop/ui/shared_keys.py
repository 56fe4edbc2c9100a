"""Shortcut keys used by more than one module.

The actions of the window are declared with their keys in `actions`, a page binds its own; the list of keys shows all.
"""

from __future__ import annotations

READ_KEY, MAKE_KEY, HAND_KEY, TAKE_KEY, ADD_KEY = (
    "Ctrl+O",
    "Ctrl+Shift+M",
    "Ctrl+Shift+O",
    "Ctrl+Return",
    "Ctrl+Shift+A",
)
UNDO_KEY = "Ctrl+Z"
# The first is common on Windows, the other elsewhere.
REDO_KEYS = ("Ctrl+Y", "Ctrl+Shift+Z")
# Plus needs Shift on most keyboards; the keypad has both.
ZOOM_IN_KEYS = ("Ctrl++", "Ctrl+=")
ZOOM_OUT_KEY, ZOOM_RESET_KEY = "Ctrl+-", "Ctrl+0"
LOCK_KEY, EXPORT_KEY = "Ctrl+Shift+L", "Ctrl+Shift+E"
FIELD_HISTORY_KEY = "Ctrl+Shift+H"
HELP_KEY, KEYS_KEY = "F1", "Ctrl+/"
