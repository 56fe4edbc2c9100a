"""The keys of *Uitwisselen*, apart from its screen so that naming them loads nothing."""

from __future__ import annotations

READ_KEY, MAKE_KEY, HAND_KEY, TAKE_KEY, ADD_KEY = (
    "Ctrl+O",
    "Ctrl+Shift+M",
    "Ctrl+Shift+O",
    "Ctrl+Return",
    "Ctrl+Shift+A",
)
