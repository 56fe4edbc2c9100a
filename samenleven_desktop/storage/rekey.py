"""Re-encrypts a work file with another data key, so that no earlier key file opens it any more.

The copy under the new key is made and verified beside the file and replaces it in one step. Work file and key file
cannot be replaced together, so in the meantime the key file holds both keys: `settle` finds out which one applies. The
keys of earlier backups stay inside the work file, so that erasing a person still reaches those backups.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.storage import keys, restore
from samenleven_desktop.storage.backup import digest, is_sound, side_files
from samenleven_desktop.storage.engine import DAMAGED, connect, driver_faults
from samenleven_desktop.storage.file_lock import os_faults
from samenleven_desktop.storage.file_writer import sync_folder
from samenleven_desktop.storage.keys import KeyFile
from samenleven_desktop.storage.memory import Key

Progress = Callable[[int, int], None]
OLDER_KEYS = "older_keys"
_PAGES_AT_ONCE = 512
# Larger than the number of older backups, so that the key of each of them is kept.
_MOST_KEYS = 50


@dataclass(frozen=True)
class OlderKey:
    """The data key of backups made before the key was changed."""

    key_id: str
    key: str


def nothing(_done: int, _whole: int) -> None:
    """A progress callback that does nothing."""


def older_keys(value: str | None) -> list[OlderKey]:
    """Parses the fact `older_keys` of a work file."""
    return [OlderKey(**one) for one in json.loads(value or "[]")]


def with_older(present: Sequence[OlderKey], key_id: str, key: bytearray) -> str:
    """Returns that fact with one more key."""
    return json.dumps([vars(one) for one in [*present, OlderKey(key_id, key.hex())][-_MOST_KEYS:]])


def recrypt(source: Path, key: Key, target: Path, new_key: Key, progress: Progress = nothing) -> None:
    """Makes a verified copy of a closed file under another key, page by page.

    Raises EnvironmentFault and leaves no copy.
    """
    clear(target)
    with driver_faults(target), os_faults(target):
        try:
            original, copy = connect(source, key), connect(target, new_key, new=True)
            try:
                original.execute("BEGIN")
                wanted = digest(original)
                original.backup(copy, pages=_PAGES_AT_ONCE, progress=lambda _, left, all_: progress(all_ - left, all_))
                copy.execute("PRAGMA journal_mode = DELETE")
                if not is_sound(copy) or digest(copy) != wanted:
                    raise EnvironmentFault(restore.NOT_A_GOOD_BACKUP, file=str(source))
            finally:
                copy.close()
                original.close()
        except BaseException:
            clear(target)
            raise


def change(
    store: Path,
    old: tuple[KeyFile, bytearray],
    new: tuple[KeyFile, bytearray],
    facts: dict[str, str],
    progress: Progress = nothing,
) -> None:
    """Gives a closed work file another data key; `facts` are written to its table `meta`.

    Raises EnvironmentFault; the file is then unchanged. If killed at any moment, the file opens with the old or the new
    key file, and the passphrase of that one.
    """
    beside = rekeying_path(store)
    recrypt(store, old[1], beside, new[1], progress)
    _put_facts(beside, new[1], facts)
    keys.save_key_file(replace(old[0], following=new[0]), store)
    try:
        restore.put_in_place(beside, store, old[1])
    except BaseException:
        clear(beside)
        keys.save_key_file(old[0], store)
        raise
    sync_folder(store.parent)
    # If only this fails, nothing is lost: the key file holds both keys and the next start settles it.
    with suppress(EnvironmentFault):
        keys.save_key_file(new[0], store)


def settle(store: Path, chosen: KeyFile) -> None:
    """Completes an interrupted key change: the half whose key opens the work file becomes the key file."""
    clear(rekeying_path(store))
    keys.save_key_file(replace(chosen, following=None), store)


def halves(key_file: KeyFile) -> Iterable[KeyFile]:
    """Returns the key file or, during a key change, both of its halves."""
    return (key_file,) if key_file.following is None else (replace(key_file, following=None), key_file.following)


def fits(path: Path, key: Key) -> bool:
    """Returns whether a file that is not open anywhere opens with this key; writes nothing."""
    try:
        connect(path, key, looking=True).close()
    except EnvironmentFault as fault:
        if fault.message != DAMAGED:
            raise
        return False
    return True


def rekeying_path(store: Path) -> Path:
    return store.with_name(store.name + ".rekeying")


def clear(unfinished: Path) -> None:
    for leftover in (unfinished, *side_files(unfinished)):
        leftover.unlink(missing_ok=True)


def _put_facts(path: Path, key: Key, facts: dict[str, str]) -> None:
    with driver_faults(path):
        connection: Any = connect(path, key)
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            for name, value in facts.items():
                put = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"
                connection.execute(put, (name, value))
        finally:
            connection.close()
