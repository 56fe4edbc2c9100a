"""An open work file for the upper layers: runs queries and commands, undoes, stores drafts. Independent of the UI.

Its methods block; the window calls them on its workers (ui/runner.py), the command line directly.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.domain.kept_draft import DISCARDED, KeptDraft
from samenleven_desktop.domain.person_pattern import SearchPattern
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.plans import Plans
from samenleven_desktop.interchange.plan_reader import plan_from_json
from samenleven_desktop.services.core.command import Command, Done
from samenleven_desktop.services.core.open_copies import clear_leftovers
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.plans.reference_data import bring_up_to_date, catch_up
from samenleven_desktop.services.practice.constants import PRACTICE_PASSPHRASE
from samenleven_desktop.services.safekeeping import backups
from samenleven_desktop.services.safekeeping.days_of_use import last_day_of_use
from samenleven_desktop.services.safekeeping.history import bin_start
from samenleven_desktop.storage import drafts, open_file, store
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.repositories.work import drop_draft
from samenleven_desktop.storage.unit_of_work import ChangedRow, Step
from samenleven_desktop.storage.view import View

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class UndoNames:
    """The catalogue names (with values) of the next undo and redo; None if there is none."""

    undo: tuple[str, Mapping[str, object]] | None
    redo: tuple[str, Mapping[str, object]] | None


class Workspace:
    """One open work file. Created by `create_workspace` or `open_workspace`; call `close` when done."""

    def __init__(self, opened: store.Store) -> None:
        self.store = opened
        self.load()
        if not opened.read_only and opened.has_to_vacuum():
            self.finish_erasing(SearchPattern(()))

    def load(self) -> None:
        opened = self.store
        if not opened.read_only:
            bring_up_to_date(opened)
            catch_up(opened)
        with opened.read() as connection:
            self._read_plans(View(connection), opened.meta(connection, "chosen_plan"))
            practice = opened.meta(connection, "practice_date")
            self.officer_id = opened.meta(connection, "officer_id")
        self.practice_date = date.fromisoformat(practice) if practice else None
        if self.practice_date and opened.runtime.day is None:
            opened.runtime = replace(opened.runtime, day=self.practice_date)

    def _read_plans(self, view: View, preferred: str | None) -> None:
        found = [plan_from_json(content) for content in reference.plans_in_use(view)]
        self.plans = Plans.of(found, preferred or "")
        self.named_plan: Plan | None = None
        self._plan_cache: dict[tuple[str, str | None, str | None], Plan | None] = {}

    @property
    def plan(self) -> Plan:
        """The plan that counts: the one that was named for this run, or else the one that counts today."""
        return self.named_plan or self.plans.counting(self.today)

    @property
    def path(self) -> Path:
        return self.store.path

    @property
    def read_only(self) -> bool:
        """Opened on a full disk: everything can be read and exported, nothing can be saved."""
        return self.store.read_only

    @property
    def today(self) -> date:
        return self.store.runtime.today()

    @property
    def now(self) -> datetime:
        return self.store.runtime.now()

    def query(self, ask: Callable[Concatenate[QueryContext, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a query on one consistent view and returns its result."""
        with self.store.read() as connection:
            return ask(self.context(View(connection)), *args, **kwargs)

    def run(self, command: Command[T], *, kind: str = "do", draft: str | None = None) -> Done[T]:
        """Runs a command completely or, if it raises, not at all.

        Its draft is deleted in the same transaction: after a crash, input that was saved is never offered again.
        """
        step = Step(command.name, command.details(), kind)
        began = time.monotonic()
        with self.store.write(step) as unit:
            result = command.execute(unit, self.context(View(unit.connection)))
            drop_draft(unit, draft)
        logger.info("command %s: %.0f ms", type(command).__name__, 1000 * (time.monotonic() - began))
        self._follow(unit.changed)
        words = unit.erased_words
        problem = None if words is None else self.finish_erasing(words)
        return Done(unit.command_id, result, tuple(unit.changed), problem)

    def undo(self) -> Done[tuple[str, Mapping[str, object]]]:
        """Undoes the newest step and returns its name.

        A draft discarded after it is restored first: then the details contain it (`draft`).

        Raises UserError if there is nothing to undo.
        """
        with self.store.read() as connection:
            step = self.store.next_undo(connection)
        thrown_away = self._discarded_last(step)
        if thrown_away is not None:
            with self.store.write_untracked() as connection:
                drafts.bring_back(View(connection), thrown_away.form)
            return Done("", _discard_step(thrown_away), ())
        return self._reverted(*self.store.undo())

    def redo(self) -> Done[tuple[str, Mapping[str, object]]]:
        return self._reverted(*self.store.redo())

    def next_undo_step(self) -> store.UndoStep | None:
        """Returns the next step to undo; None if there is none, or if a discarded draft comes first."""
        with self.store.read() as connection:
            step = self.store.next_undo(connection)
        return None if self._discarded_last(step) is not None else step

    def undo_names(self) -> UndoNames:
        with self.store.read() as connection:
            undo, redo = self.store.next_undo(connection), self.store.next_redo(connection)
        thrown_away = self._discarded_last(undo)
        back = (undo.name, json.loads(undo.details)) if undo else None
        return UndoNames(
            _discard_step(thrown_away) if thrown_away else back,
            (redo.name, json.loads(redo.details)) if redo else None,
        )

    def _reverted(
        self, step: store.UndoStep, changes: tuple[ChangedRow, ...]
    ) -> Done[tuple[str, Mapping[str, object]]]:
        self._follow(changes)
        return Done(step.command_id, (step.name, json.loads(step.details)), changes)

    def _follow(self, changes: Iterable[ChangedRow]) -> None:
        """Reads the plans again if another version was taken in or out of use."""
        if any(one.table == "plan" for one in changes):
            self.reload_plans()

    # The current officer

    def choose_officer(self, officer_id: str) -> None:
        """Sets the officer under whose name commands on this device are logged."""
        self.store.set_meta(officer_id=officer_id)
        self.officer_id = officer_id

    # Drafts: encrypted like the rest, outside log and undo

    def save_draft(self, form: str, content: Mapping[str, object]) -> datetime:
        """Stores the input of a form; returns the time at which it was safe on disk."""
        with self.store.write_untracked() as connection:
            drafts.put(View(connection), form, json.dumps(content, ensure_ascii=False), self.now)
        return self.now

    def draft(self, form: str) -> dict[str, object] | None:
        with self.store.read() as connection:
            kept = drafts.get(View(connection), form)
        return None if kept is None else json.loads(kept)

    def drafts_of(self, kind: str) -> list[KeptDraft]:
        """Returns the drafts of a kind of form (`session`, `session:new`, one key), newest first."""
        with self.store.read() as connection:
            return drafts.of_kind(View(connection), kind)

    def discard_draft(self, form: str, content: Mapping[str, object]) -> Done[str]:
        """Discards a draft with the present input of the form, as an undo step. Returns its key."""
        before = bin_start(last_day_of_use(self.store))
        with self.store.write_untracked() as connection:
            view = View(connection)
            drafts.put(view, form, json.dumps(content, ensure_ascii=False), self.now)
            drafts.discard(view, form, self.now)
            drafts.forget_discarded(view, before)
        return Done("", form, ())

    def _discarded_last(self, step: store.UndoStep | None) -> KeptDraft | None:
        """Returns the draft that was discarded after the newest step that can be undone."""
        with self.store.read() as connection:
            return drafts.discarded_since(View(connection), step.command_id if step else None)

    def drafts(self) -> list[str]:
        """Returns the forms with a stored draft, newest first."""
        with self.store.read() as connection:
            return drafts.forms(View(connection))

    def drop_draft(self, form: str) -> None:
        with self.store.write_untracked() as connection:
            drafts.drop(View(connection), form)

    def write_untracked(self, work: Callable[[View], T]) -> T:
        """Writes data that is no record (saved filters), outside log and undo, in one transaction."""
        with self.store.write_untracked() as connection:
            return work(View(connection))

    def facts_named(self, *names: str) -> dict[str, str | None]:
        """Returns facts about this file by name; None for one that was never set."""
        with self.store.read() as connection:
            return {name: self.store.meta(connection, name) for name in names}

    def note_fact(self, name: str, value: str) -> None:
        """Stores a fact about this file that is no record, such as the mapping of a column layout."""
        self.store.set_meta(**{name: value})

    def reload_plans(self) -> None:
        """Reads the plans in use again, after one was loaded, taken in use or taken out of use."""
        with self.store.read() as connection:
            self._read_plans(View(connection), self.store.meta(connection, "chosen_plan"))

    def close(self) -> None:
        self.store.close()

    def finish_erasing(self, words: SearchPattern) -> EnvironmentFault | None:
        """Cleans backups, free pages and search index, and deletes copies of attachments that nobody has open.

        Returns the error if something failed; it is retried at the next start.
        """
        clear_leftovers()
        try:
            backups.clean_all(self.store, words)
            self.store.vacuum()
        except EnvironmentFault as fault:
            return fault
        return None

    def context(self, view: View) -> QueryContext:
        return QueryContext(
            view,
            self.plan,
            self.today,
            self.officer_id,
            self.practice_date is not None,
            self._plan_cache,
            self.plans,
        )


def create_workspace(
    path: Path,
    passphrase: str,
    runtime: Runtime,
    cost: KeyCost | None = None,
    practice_date: date | None = None,
) -> Workspace:
    """Creates a work file with plan and reference data. If it raises, no files remain."""
    public = practice_date is not None and passphrase == PRACTICE_PASSPHRASE
    opened = open_file.create(path, passphrase, runtime, cost, public)
    try:
        if practice_date is not None:
            opened.set_meta(practice_date=practice_date.isoformat())
        return Workspace(opened)
    except BaseException:
        opened.close()
        open_file.remove_files(path)
        raise


def open_workspace(
    path: Path,
    runtime: Runtime,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    kept: bytes | None = None,
) -> Workspace:
    """Opens a work file; see storage.open_file.open_store for the errors it raises."""
    opened = open_file.open_store(path, runtime, passphrase, recovery_code, kept)
    clear_leftovers()
    try:
        return Workspace(opened)
    except BaseException:
        opened.close()
        raise


def _discard_step(draft: KeptDraft) -> tuple[str, Mapping[str, object]]:
    return DISCARDED, {"what": draft.title, "draft": draft.form}
