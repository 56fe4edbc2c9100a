"""Records the days on which a file was used, so that a clock jump never causes an erasure.

Each day of use is recorded with the newest history step. Deleted data leaves the bin ninety days after the first day of
use on which it was deleted, counted only up to the previous day of use: a single start with a wrong clock erases
nothing. A clock jump is accepted once two consecutive days agree with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.services.safekeeping.history import BIN_DAYS
from samenleven_desktop.storage.recycle_bin import USAGE, newest_step
from samenleven_desktop.storage.store import Store
from samenleven_desktop.storage.view import View

CLOCK_LEAPT = N_(
    "The clock of this computer says {today}, while this file was last used on {last}. Check the date. Until it is "
    "clear nothing is erased from the bin."
)
_BACK, _AHEAD = timedelta(days=1), timedelta(days=120)


@dataclass(frozen=True)
class Usage:
    """The result of comparing the clock with the days of use.

    `last`: the previous day of use, or now. `limit`: the newest history step whose deletions have been in the
    bin long enough; 0 for none.
    """

    leapt: bool
    last: datetime
    limit: int


def note_use(store: Store) -> Usage:
    """Compares the clock with the last day of use, and records the current day."""
    now = store.runtime.now()
    with store.read() as connection:
        kept, (newest, moment) = store.meta(connection, USAGE), newest_step(View(connection))
        if store.meta(connection, "practice_date"):
            moment = None  # invented content has invented dates
    state = json.loads(kept) if kept else {"last": moment or _text(now), "candidate": None, "marks": []}
    if not kept:
        state["marks"] = [[state["last"], newest]]
    last, candidate = _moment(state["last"]), state["candidate"]
    found = Usage(not -_BACK <= now - last <= _AHEAD, last, 0)
    if not found.leapt:
        old_enough = [seq for day, seq in state["marks"] if _moment(day) <= last - timedelta(days=BIN_DAYS)]
        found = Usage(False, last, max(old_enough, default=0))
        state["candidate"] = None
        if now.astimezone().date() > last.astimezone().date():
            # Of the marks that are old enough only the last one is needed.
            state["marks"] = [*state["marks"][max(len(old_enough) - 1, 0) :], [_text(now), newest]]
        state["last"] = _text(max(last, now))
    elif candidate and timedelta(0) <= now - _moment(candidate) <= _AHEAD:
        if now.astimezone().date() > _moment(candidate).astimezone().date():
            state = {"last": _text(now), "candidate": None, "marks": [[_text(now), newest]]}
            found = Usage(False, now, 0)
    else:
        state["candidate"] = _text(now)
    written = json.dumps(state)
    if written != kept:
        store.set_meta(**{USAGE: written})
    return found


def last_day_of_use(store: Store) -> datetime:
    """Returns the start for counting periods: the clock, or the last day of use before it jumped."""
    with store.read() as connection:
        kept = store.meta(connection, USAGE)
    now = store.runtime.now()
    if not kept:
        return now
    last = _moment(json.loads(kept)["last"])
    return now if -_BACK <= now - last <= _AHEAD else last


def _moment(words: str) -> datetime:
    return datetime.fromisoformat(words)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
