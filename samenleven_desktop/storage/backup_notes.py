"""The note beside backups: what was erased from them, which may still hold it, and which are kept although they do.

It holds ids only, so that a backup can be cleaned even if the work file itself is gone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from samenleven_desktop.storage import erasure
from samenleven_desktop.storage.file_writer import write_whole

_NOTE = "erased.json"
# How long a backup may hold what was erased, because no known key opens it or because a colleague's file erased it.
LONGEST = timedelta(days=30)


@dataclass(frozen=True)
class KeptBackup:
    """A backup that is kept as it is until a day (ISO): the rows (table, id) that a colleague's file erased since."""

    until: str
    rows: tuple[tuple[str, str], ...]


def note_markers(folder: Path, found: Sequence[erasure.Marker], closed: Sequence[str], now: datetime) -> None:
    """Records which erasures were applied to the backups. `closed` could not be opened: they go after thirty days."""
    until = (now + LONGEST).isoformat(timespec="seconds")
    waiting = {**dict.fromkeys(closed, until), **waiting_in(folder)}
    _write(folder, {"erased": [vars(one) for one in found], "waiting": waiting})


def noted_markers(folder: Path) -> list[erasure.Marker]:
    """Returns the markers in that record; none if it is missing or unreadable."""
    try:
        return [erasure.Marker(**one) for one in _note(folder)["erased"]]
    except (KeyError, TypeError):
        return []


def forget_markers(folder: Path, rows: Sequence[tuple[str, str]]) -> None:
    """Forgets the erasure of these rows: a kept backup that has them was put back."""
    left = [one for one in noted_markers(folder) if (one.table_name, one.row_id) not in rows]
    _write(folder, {"erased": [vars(one) for one in left]})


def waiting_in(folder: Path) -> dict[str, str]:
    """Returns the names of backups that may still contain erased data, and the time (ISO) until which they may stay."""
    found = _note(folder).get("waiting", {})
    return {str(name): str(until) for name, until in found.items() if (folder / str(name)).exists()}


def keep(folder: Path, name: str, rows: Sequence[tuple[str, str]], now: datetime) -> None:
    """Records that this backup keeps, for at most thirty days, rows that a colleague's file erases."""
    made = {"until": (now + LONGEST).isoformat(timespec="seconds"), "rows": [list(row) for row in rows]}
    _write(folder, {"kept": {**_kept(folder), name: made}})


def let_go(folder: Path, name: str) -> None:
    """Forgets that a backup is kept."""
    _write(folder, {"kept": {other: one for other, one in _kept(folder).items() if other != name}})


def renamed(folder: Path, old: str, new: str) -> None:
    """Follows a backup that got another name."""
    if old in _kept(folder):
        _write(folder, {"kept": {new if name == old else name: one for name, one in _kept(folder).items()}})


def kept_in(folder: Path) -> dict[str, KeptBackup]:
    """Returns the backups of this folder that are kept, by name."""
    found = {}
    for name, one in _kept(folder).items():
        if (folder / name).exists():
            found[name] = KeptBackup(str(one["until"]), tuple((str(table), str(row)) for table, row in one["rows"]))
    return found


def _kept(folder: Path) -> dict[str, Any]:
    found = _note(folder).get("kept", {})
    return {str(name): one for name, one in found.items() if isinstance(one, dict) and {"until", "rows"} <= one.keys()}


def _note(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / _NOTE).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(folder: Path, values: dict[str, Any]) -> None:
    """Replaces these parts of the note; the others stay."""
    write_whole(folder / _NOTE, json.dumps({**_note(folder), **values}, indent=1).encode())
