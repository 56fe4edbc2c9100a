"""Preferences of this computer, stored outside any work file: language, theme, the last opened work file."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from samenleven_desktop.i18n.language import LANGUAGES
from samenleven_desktop.paths import user_data_dir
from samenleven_desktop.ui.geometry import WindowPlace

THEMES = ("system", "light", "dark")
ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)
"""Sizes of the text, in per cent of that of the desktop."""
# No desktop is that wide; a larger value comes from a damaged file.
_MAX_COORDINATE = 100_000
LOCK_CHOICES = (0, 5, 10, 15, 30, 60)


class Preferences:
    """Read at start-up, written on close; a damaged file gives the defaults. Contains nothing personal."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or user_data_dir() / "preferences.json"
        self.language = "nl"
        self.theme = "system"
        self.zoom = 100
        self.last_store: Path | None = None
        self.lock_minutes = 15
        """Minutes without input before the work file is locked; 0 disables it."""
        self.window: WindowPlace | None = None
        """The geometry of the window; None on first use."""
        self.list_widths: dict[str, dict[str, int]] = {}
        """Widths of columns in pixels that were set by hand, by column, for each list and width of the screen."""
        self._load()

    def remember_store(self, path: Path) -> None:
        self.last_store = path.resolve()
        self.save()

    def save(self) -> None:
        """Best effort: if it cannot be written, the program works but starts with the defaults."""
        from samenleven_desktop.services.core.computer_files import keep_on_computer

        content = {
            "language": self.language,
            "theme": self.theme,
            "zoom": self.zoom,
            "lock_minutes": self.lock_minutes,
            "last_store": str(self.last_store) if self.last_store else None,
            "window": dataclasses.asdict(self.window) if self.window else None,
            "list_widths": self.list_widths,
        }
        keep_on_computer(self._path, json.dumps(content, indent=1).encode())

    def _load(self) -> None:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if not isinstance(content, dict):
            return
        if content.get("language") in LANGUAGES:
            self.language = content["language"]
        if content.get("theme") in THEMES:
            self.theme = content["theme"]
        if content.get("zoom") in ZOOMS:
            self.zoom = content["zoom"]
        if content.get("lock_minutes") in LOCK_CHOICES:
            self.lock_minutes = content["lock_minutes"]
        if isinstance(content.get("last_store"), str):
            self.last_store = Path(content["last_store"])
        self.window = _place(content.get("window"))
        self.list_widths = _widths(content.get("list_widths"))


def _widths(content: object) -> dict[str, dict[str, int]]:
    if not isinstance(content, dict):
        return {}
    lists = {name: columns for name, columns in content.items() if isinstance(columns, dict)}
    return {
        name: {one: width for one, width in columns.items() if isinstance(width, int) and 0 < width < _MAX_COORDINATE}
        for name, columns in lists.items()
    }


def _place(content: object) -> WindowPlace | None:
    if not isinstance(content, dict):
        return None
    numbers = [one for name in ("x", "y", "width", "height") if isinstance(one := content.get(name), int)]
    if len(numbers) < 4 or max(map(abs, numbers)) > _MAX_COORDINATE or min(numbers[2:]) < 1:
        return None
    x, y, width, height = numbers
    return WindowPlace(x, y, width, height, content.get("maximized") is True)
