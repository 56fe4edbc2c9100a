"""The folder last used to open or save each kind of file, stored on this computer between starts."""

from __future__ import annotations

import json
from pathlib import Path

from samenleven_desktop.paths import user_data_dir


def _file() -> Path:
    return user_data_dir() / "folders.json"


def _read() -> dict[str, str]:
    try:
        content = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {kind: folder for kind, folder in content.items() if isinstance(folder, str)}


def last_folder(kind: str) -> Path | None:
    """Returns None if there is none yet, or if it no longer exists."""
    folder = _read().get(kind)
    return Path(folder) if folder and Path(folder).is_dir() else None


def remember_folder(kind: str, folder: Path) -> None:
    """Best effort, as for every preference."""
    content = _read()
    if content.get(kind) == str(folder):
        return
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().write_text(json.dumps({**content, kind: str(folder)}, indent=1), encoding="utf-8")
    except OSError:
        return
