"""What the program remembers of this computer, outside any work file: language, look, the last file opened."""

from __future__ import annotations

import json
from pathlib import Path

from samenleven_desktop.language import LANGUAGES
from samenleven_desktop.paths import user_data_dir

THEMES = ("system", "light", "dark")


class Preferences:
    """Read at the start, written at the end; a damaged file gives the defaults. Holds nothing personal."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or user_data_dir() / "preferences.json"
        self.language = "nl"
        self.theme = "system"
        self.last_store: Path | None = None
        self._load()

    def remember_store(self, path: Path) -> None:
        self.last_store = path.resolve()
        self.save()

    def save(self) -> None:
        """Best effort: a computer on which this cannot be kept still works, it only asks again."""
        content = {
            "language": self.language,
            "theme": self.theme,
            "last_store": str(self.last_store) if self.last_store else None,
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(content, indent=1), encoding="utf-8")
        except OSError:
            return

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
        if isinstance(content.get("last_store"), str):
            self.last_store = Path(content["last_store"])
