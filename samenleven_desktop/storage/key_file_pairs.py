"""Explains a work file and key file that do not match: synchronised at different times, or only one was restored.

Looks in the folder for the matching pair, such as a "conflicted copy" of either, and reports what to do. Changes
nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from samenleven_desktop.domain.errors import N_, EnvironmentFault, SamenlevenError
from samenleven_desktop.storage import keys, rekey
from samenleven_desktop.storage.engine import PAGE_BYTES
from samenleven_desktop.storage.keys import KeyFile

OTHER_KEY = N_(
    "The key file {key} does not belong to {file}; {other} does. They were probably synchronised apart. Keep a copy of "
    "{key}, give {other} the name {key}, and open the file again."
)
OTHER_FILE = N_(
    "{file} does not belong to the key file {key}; {other} does. They were probably synchronised apart. Keep a copy of "
    "{file}, give {other} the name {file}, and open it again."
)
_MOST = 8
"""The maximum number of other key files and work files tried; each key file costs a tenth of a second."""


def explain(path: Path, unwrap: Callable[[KeyFile], bytearray], fault: SamenlevenError) -> None:
    """Raises EnvironmentFault naming the matching pair if there is one; otherwise leaves `fault` to the caller.

    `unwrap` tries the passphrase or recovery code.
    """
    try:
        own = keys.load_key_file(path)
    except EnvironmentFault:
        return
    own_path = keys.key_file_path(path)
    for other in _other_key_files(path, own):
        key = _key_from(other, unwrap)
        if key is not None and rekey.fits(path, key):
            raise EnvironmentFault(OTHER_KEY, file=path.name, key=own_path.name, other=other.name) from fault
    key = _key_from(own_path, unwrap)
    if key is None:
        return
    for other in _other_files(path):
        if rekey.fits(other, key):
            raise EnvironmentFault(OTHER_FILE, file=path.name, key=own_path.name, other=other.name) from fault


def _key_from(key_file: Path, unwrap: Callable[[KeyFile], bytearray]) -> bytearray | None:
    try:
        return unwrap(keys.read_key_file(key_file))
    except SamenlevenError:
        return None


def _other_key_files(path: Path, own: KeyFile) -> Iterator[Path]:
    """Yields key files in the folder with the id of the same work file, whatever a synchronising program named them."""
    found = 0
    for one in sorted(path.parent.iterdir()):
        if ".key" not in one.name or one == keys.key_file_path(path) or not one.is_file() or found == _MOST:
            continue
        try:
            same = keys.read_key_file(one).store_id == own.store_id
        except EnvironmentFault:
            continue
        if same:
            found += 1
            yield one


def _other_files(path: Path) -> Iterator[Path]:
    """Yields files in the folder that may be a copy of the work file: same name prefix, and a whole number of pages."""
    beginning, found = path.stem[:4].lower(), 0
    for one in sorted(path.parent.iterdir()):
        if one == path or not one.name.lower().startswith(beginning) or not one.is_file() or found == _MOST:
            continue
        size = one.stat().st_size
        if size and size % PAGE_BYTES == 0 and "key" not in one.suffix and not one.name.endswith(("-wal", "-shm")):
            found += 1
            yield one
