"""The health check of a work file: finds problems, explains them, proposes a remedy, and repairs.

Every repair is preceded by a verified backup.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from samenleven_desktop.domain.errors import N_, EnvironmentFault
from samenleven_desktop.services.safekeeping import backups
from samenleven_desktop.storage import health as stored
from samenleven_desktop.storage import keys
from samenleven_desktop.storage.exchange import forward_compatibility
from samenleven_desktop.storage.queries import pack_reach
from samenleven_desktop.storage.store import Store
from samenleven_desktop.storage.view import View

__all__ = ["HealthProblem", "Remedy", "examine", "repair"]

OLD_BACKUP = timedelta(days=7)
_NAMED = 10


class Remedy(StrEnum):
    """The remedy: `repair` by the program, `restore` a backup, `back_up` now, or follow the text."""

    REPAIR = "repair"
    RESTORE = "restore"
    BACK_UP = "back_up"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class HealthProblem:
    """One problem: a catalogue sentence with values, and the remedy."""

    code: str
    sentence: str
    remedy: Remedy
    values: dict[str, object] = field(default_factory=dict)


def examine(store: Store, progress: Callable[[str], None] = lambda _: None) -> list[HealthProblem]:
    """Runs all checks, the most important first; returns an empty list if all is well.

    `progress` gets the current part.
    """
    found: list[HealthProblem] = []
    for name, look in _PARTS:
        progress(name)
        found += look(store)
        if any(one.code == "pages" for one in found):
            break  # in a damaged file nothing else can be trusted
    return found


def repair(store: Store) -> int:
    """After a backup: restores rows from the log, deletes orphaned contents, rebuilds the search index.

    Returns the number of repairs. Raises EnvironmentFault if the backup fails; then nothing is changed.
    """
    store.back_up("repair")
    with store.write_untracked() as connection:
        return stored.put_right(connection)


def _pages(store: Store) -> list[HealthProblem]:
    try:
        faults = store.check_integrity()
    except EnvironmentFault as fault:
        if fault.message != backups.DAMAGED:
            raise
        return [HealthProblem("pages", fault.message, Remedy.RESTORE, dict(fault.values))]
    broken = [one for one in faults if one.startswith("foreign key")]
    found = []
    if len(faults) > len(broken):
        sentence = N_("The file is damaged in {n} places. Put the newest good backup back.")
        found.append(HealthProblem("pages", sentence, Remedy.RESTORE, {"n": len(faults) - len(broken)}))
    if broken:
        sentence = N_("{n} rows miss the record they belong to. Put the newest good backup back.")
        found.append(HealthProblem("parents", sentence, Remedy.RESTORE, {"n": len(broken)}))
    return found


def _log(store: Store) -> list[HealthProblem]:
    with store.read() as connection:
        other, unknown = stored.count_differences(connection)
    found = []
    if other:
        sentence = N_("{n} records are not what the history of changes says. A repair makes them so again.")
        found.append(HealthProblem("log", sentence, Remedy.REPAIR, {"n": other}))
    if unknown:
        sentence = N_("{n} records stand in no history. Put the newest good backup back.")
        found.append(HealthProblem("unlogged", sentence, Remedy.RESTORE, {"n": unknown}))
    return found


def _set_right(store: Store) -> list[HealthProblem]:
    with store.read() as connection:
        rows = forward_compatibility.mended_rows(connection)
        lines = pack_reach.lines_of(View(connection), rows[:_NAMED])
    if not rows:
        return []
    names = [": ".join(filter(None, (one.governments, one.words))) for one in lines]
    sentence = N_(
        "{n} records from colleagues' files held a value that no record can have; the nearest possible one stands "
        "there now. Look at them: {names}"
    )
    return [HealthProblem("set_right", sentence, Remedy.BY_HAND, {"n": len(rows), "names": "; ".join(names)})]


def _attachments(store: Store) -> list[HealthProblem]:
    with store.read() as connection:
        orphans, missing = stored.orphaned_contents(connection), stored.missing_contents(connection)
    found = []
    if orphans:
        sentence = N_("{n} contents of files belong to no attachment any more. A repair takes them away.")
        found.append(HealthProblem("orphans", sentence, Remedy.REPAIR, {"n": orphans}))
    if missing:
        sentence = N_("Of {n} attachments the content is not here. Add the file again, or ask the colleague for it.")
        found.append(HealthProblem("contents", sentence, Remedy.BY_HAND, {"n": missing}))
    return found


def _search(store: Store) -> list[HealthProblem]:
    with store.read() as connection:
        stale = stored.stale_search_rows(connection)
    if not stale:
        return []
    sentence = N_("Search misses {n} records or finds what is gone. A repair makes the index anew.")
    return [HealthProblem("search", sentence, Remedy.REPAIR, {"n": stale})]


def _key_file(store: Store) -> list[HealthProblem]:
    try:
        key_file = keys.load_key_file(store.path)
    except EnvironmentFault as fault:
        return [HealthProblem("key", fault.message, Remedy.BY_HAND, dict(fault.values))]
    with store.read() as connection:
        if store.meta(connection, "store_id") == key_file.store_id:
            return []
    sentence = N_("The key file {file} belongs to another work file. Put back the one of the newest backup.")
    return [HealthProblem("key", sentence, Remedy.BY_HAND, {"file": keys.key_file_path(store.path).name})]


def _backups(store: Store) -> list[HealthProblem]:
    newest = backups.newest(store.path)
    if newest is None:
        return [HealthProblem("backup", N_("There is no backup yet."), Remedy.BACK_UP)]
    found = []
    if store.runtime.now() - newest.made_at > OLD_BACKUP:
        days = (store.runtime.now() - newest.made_at).days
        found.append(HealthProblem("backup", N_("The newest backup is {n} days old."), Remedy.BACK_UP, {"n": days}))
    if not store.is_good(newest.path):
        sentence = N_("The newest backup {file} is damaged. Make a new one.")
        found.append(HealthProblem("backup", sentence, Remedy.BACK_UP, {"file": newest.path.name}))
    folder = backups.second_place(store)
    if folder is not None and not Path(folder).is_dir():
        sentence = N_("The second place for backups, {folder}, is not there now.")
        found.append(HealthProblem("second", sentence, Remedy.BY_HAND, {"folder": str(folder)}))
    return found


def _out_of_reach(store: Store) -> list[HealthProblem]:
    waiting = backups.waiting(store)
    if not waiting:
        return []
    sentence = N_(
        "{n} backups may still hold what was erased: they open with a key that this file does not know. They are "
        "removed on {day}."
    )
    last = datetime.fromisoformat(max(waiting.values()))
    return [HealthProblem("waiting", sentence, Remedy.BY_HAND, {"n": len(waiting), "day": f"{last:%d/%m/%Y}"})]


def _erasing(store: Store) -> list[HealthProblem]:
    if not store.has_to_vacuum():
        return []
    sentence = N_("What was erased may still stand in free space of the file. It is cleaned at the next start.")
    return [HealthProblem("vacuum", sentence, Remedy.BY_HAND)]


_PARTS: tuple[tuple[str, Callable[[Store], list[HealthProblem]]], ...] = (
    (N_("the file itself"), _pages),
    (N_("history of changes"), lambda store: [*_log(store), *_set_right(store)]),
    (N_("attachments"), _attachments),
    (N_("search"), _search),
    (N_("key file"), _key_file),
    (N_("backups"), lambda store: [*_backups(store), *_out_of_reach(store)]),
    (N_("erasing"), _erasing),
)
