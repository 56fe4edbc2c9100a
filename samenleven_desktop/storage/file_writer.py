"""The only way to write a file: atomically, private to its owner, and never over a file of the program.

The content is written to a temporary file with a random name, which replaces the target in one step. An existing target
keeps its mode, and a symbolic link keeps its destination. SQLite writes its own files; `claim` creates those first, so
that they get our mode too.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.text_output import on_terminal
from samenleven_desktop.paths import user_data_dir
from samenleven_desktop.storage.file_lock import LONG_NAME, os_fault

PRIVATE, PRIVATE_FOLDER = 0o600, 0o700
SIDE_ENDINGS = ("-wal", "-shm", "-journal")
OWN_FILE = N_("{file} belongs to the work file and is not written over. Choose another name.")
BAD_NAME = N_(
    "{file} is a name that not every computer can write. Leave out : ? * < > | and quotes, a full stop at the end, and "
    "names such as CON."
)
_KEY, _BACKUPS = ".key", "-backups"
_BESIDE = ("", _KEY, ".lock", *SIDE_ENDINGS)
_PASSING = (".restoring", ".rekeying", ".damaged-")
_OF_THE_COMPUTER = ("preferences.json", "attempts.json", "venster.lock")
_PASSING_NAME = re.compile(r"\..+\.[0-9a-f]{16}\.new")
_LARGEST_KEY_FILE = 1 << 16
_LONGEST_NAME = 255
_UNNAMED = "samenleven"
_FORBIDDEN = frozenset('<>:"|?*\\') | {chr(code) for code in range(32)}
_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in "123456789¹²³")}
# In bytes: leaves room for a number behind it and for the temporary name.
_LONGEST_OFFERED = 120
_EXTENSION = re.compile("[0-9A-Za-z]{1,12}")
_SEPARATORS = str.maketrans(dict.fromkeys([*_FORBIDDEN, "/"], " "))


def write_whole(path: Path, content: bytes | Callable[[BinaryIO], None], *, for_others: bool = False) -> None:
    """Writes the content completely; if it raises EnvironmentFault, the target is unchanged.

    `for_others`: a new file gets the default mode of its folder (a shared folder), instead of being private.
    """
    # Checked before anything is written: Windows would read "a:b.pdf" as an alternate data stream of the file "a".
    check_name(path.name, everywhere=for_others)
    target = Path(os.path.realpath(path))
    beside = target.with_name(_passing_name(target.name))
    try:
        mode = _mode_for(target, for_others)
        with os.fdopen(_open_new(beside), "wb") as file:
            if callable(content):
                content(file)
            else:
                file.write(content)
            file.flush()
            if os.name == "posix":
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        beside.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise os_fault(error, path) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def copy_whole(source: Path, target: Path) -> None:
    """Makes a private copy that replaces the target once it is complete."""

    def copy(file: BinaryIO) -> None:
        with source.open("rb") as stream:
            shutil.copyfileobj(stream, file, 1 << 20)

    write_whole(target, copy)


def claim(path: Path) -> None:
    """Creates an empty private file if there is none yet, whatever the umask."""
    with suppress(FileExistsError):
        os.close(_open_new(path))


def private_folder(folder: Path) -> None:
    """Creates the folder and its missing parents, private to the owner; an existing one stays as it is."""
    missing = [folder]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for one in reversed(missing):
        with suppress(FileExistsError):
            one.mkdir(PRIVATE_FOLDER)
    if not folder.is_dir():
        raise NotADirectoryError(20, os.strerror(20), str(folder))


def tighten(path: Path) -> None:
    """Removes the rights of others from one of our files that an earlier version made; best effort."""
    with suppress(OSError):
        mode = path.stat().st_mode
        wanted = PRIVATE_FOLDER if stat.S_ISDIR(mode) else PRIVATE
        if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
            path.chmod(wanted & stat.S_IMODE(mode) | stat.S_IRUSR | stat.S_IWUSR)


def sync_folder(folder: Path) -> None:
    """Flushes the directory entry after a replace; not every system and file system supports this."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_passing(store: Path) -> None:
    """Deletes temporary files that a killed program left beside a work file and in its backup folder."""
    mine = f".{store.name[:40]}."
    for folder in (store.parent, store.with_name(store.name + _BACKUPS)):
        with suppress(OSError):
            for one in folder.glob(".*.new"):
                if _PASSING_NAME.fullmatch(one.name) and (folder != store.parent or one.name.startswith(mine)):
                    one.unlink(missing_ok=True)


def is_own(path: Path) -> bool:
    """Returns whether the program owns this file: a work file, its key, lock, log or backups, or a preference.

    Decided by the files beside it, so that it holds for every work file and not only for the open one.
    """
    target = Path(os.path.realpath(path))
    if target.parent == Path(os.path.realpath(user_data_dir())) and target.name in _OF_THE_COMPUTER:
        return True
    if any(above.name.endswith(_BACKUPS) and _names_of_keys(above) for above in target.parents):
        return True
    if target.is_file() and any(target.with_name(target.name + one).exists() for one in (*SIDE_ENDINGS, _BACKUPS)):
        return True
    name = os.path.normcase(target.name)
    for key in _names_of_keys(target.parent):
        base = os.path.normcase(key.removesuffix(_KEY))
        if name in {base + one for one in _BESIDE} or name.startswith(tuple(base + one for one in _PASSING)):
            return True
    return False


def refuse_own(path: Path, store: Path | None = None) -> None:
    """Raises UserError if `path` is a file of the program, or one of the work file `store`."""
    own = is_own(path)
    if store is not None and not own:
        target, at = os.path.realpath(path), Path(os.path.realpath(store))
        own = any(target == str(at.with_name(at.name + one)) for one in _BESIDE) or Path(target).is_relative_to(
            at.with_name(at.name + _BACKUPS)
        )
    if own:
        raise UserError(OWN_FILE, field="out", file=str(path))


def check_name(name: str, *, everywhere: bool = False, room: int = 0) -> None:
    """Raises UserError for a name that cannot be written here or, with `everywhere`, on another system.

    `room` is the number of characters that the program adds to it for the files beside it.
    """
    if len(os.fsencode(name)) + room > _LONGEST_NAME:
        raise UserError(LONG_NAME, field="out", file=name)
    if not (everywhere or sys.platform == "win32"):
        return
    if set(name) & _FORBIDDEN or name != name.rstrip(". ") or name.partition(".")[0].strip().lower() in _DEVICES:
        raise UserError(BAD_NAME, field="out", file=name)


def offered_name(words: str, ending: str = "") -> str:
    """Returns a file name made of any text that every system accepts; `ending` with its full stop, if there is one."""
    stem = words.removesuffix(ending) if ending else words
    stem = " ".join(on_terminal(stem).translate(_SEPARATORS).split()).strip(". ")
    room = _LONGEST_OFFERED - len(os.fsencode(ending))
    stem = os.fsencode(stem)[:room].decode(errors="ignore").rstrip(". ") or _UNNAMED
    first, dot, rest = stem.partition(".")
    return f"{first}_{dot}{rest}{ending}" if first.strip().lower() in _DEVICES else f"{stem}{ending}"


def offered_file_name(name: str) -> str:
    """Returns `offered_name` of a whole file name, which keeps its extension however long it is."""
    stem, _, ending = name.rpartition(".")
    if not stem or not _EXTENSION.fullmatch(ending):
        return offered_name(name)
    return offered_name(stem, f".{ending}")


def _open_new(path: Path) -> int:
    """Opens a handle on a file that must not exist yet; never through a link."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.open(path, flags, PRIVATE)


def _passing_name(name: str) -> str:
    """Returns an unused temporary name; only the beginning of `name`, which may be as long as the disk allows."""
    return f".{name[:40]}.{secrets.token_hex(8)}.new"


def _mode_for(target: Path, for_others: bool) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return stat.S_IMODE(target.parent.stat().st_mode) & 0o666 | PRIVATE if for_others else PRIVATE


def _names_of_keys(folder: Path) -> list[str]:
    """Returns the key files in a folder; another program's file that happens to end in `.key` is skipped."""
    try:
        return [one.name for one in folder.iterdir() if one.name.endswith(_KEY) and _is_key_file(one)]
    except OSError:
        return []


def _is_key_file(path: Path) -> bool:
    if path.with_name(path.name.removesuffix(_KEY)).is_file():
        return True
    try:
        if path.stat().st_size > _LARGEST_KEY_FILE:
            return False
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "store_id" in found


def check_space_for_names(store: Path) -> None:
    """Raises UserError if the name of this work file is too long for the files beside it."""
    check_name(store.name, room=len("-backups") + 4)
