"""An open work file for those above: ask a query, run a command, undo, keep a draft. Knows no screen.

Its methods block; the window calls them on its lanes (ui/runner.py), the command line directly.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.drafts import DISCARDED, KeptDraft
from samenleven_desktop.domain.erasure import SearchPattern
from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.interchange.plan_file import plan_from_json
from samenleven_desktop.services.core.command import Command, Done
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.plans.reference_data import bring_up_to_date, catch_up
from samenleven_desktop.services.practice.public import PRACTICE_PASSPHRASE
from samenleven_desktop.services.safekeeping import backups
from samenleven_desktop.services.safekeeping.days_of_use import last_day_of_use
from samenleven_desktop.services.safekeeping.history import bin_start
from samenleven_desktop.storage import drafts, open_file, store
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.repositories.sessions import drop_draft
from samenleven_desktop.storage.unit_of_work import ChangedRow, Step
from samenleven_desktop.storage.view import View

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class UndoNames:
    """The catalogue names (with values) of what undo and redo would do next; None when there is nothing."""

    undo: tuple[str, Mapping[str, object]] | None
    redo: tuple[str, Mapping[str, object]] | None


class Workspace:
    """One open work file. Make it with `create_workspace` or `open_workspace`; `close` it in the end."""

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
            chosen = opened.meta(connection, "chosen_plan")
            self.plan: Plan = plan_from_json(reference.plan_in_use(View(connection), chosen))
            practice = opened.meta(connection, "practice_date")
            self.officer_id = opened.meta(connection, "officer_id")
        self._plan_cache: dict[str, Plan] = {}
        self.practice_date = date.fromisoformat(practice) if practice else None
        if self.practice_date and opened.runtime.day is None:
            opened.runtime = replace(opened.runtime, day=self.practice_date)

    @property
    def path(self) -> Path:
        return self.store.path

    @property
    def read_only(self) -> bool:
        """Open on a full disk: everything can be read and exported, nothing kept."""
        return self.store.read_only

    @property
    def today(self) -> date:
        return self.store.runtime.today()

    @property
    def now(self) -> datetime:
        return self.store.runtime.now()

    def query(self, ask: Callable[Concatenate[QueryContext, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of a query over one consistent view."""
        with self.store.read() as connection:
            return ask(self.context(View(connection)), *args, **kwargs)

    def run(self, command: Command[T], *, kind: str = "do", draft: str | None = None) -> Done[T]:
        """Carries out a command: all of it, or, when it raises, nothing. The draft it was written in goes in the same
        transaction: a crash in between can never offer for the second time what was kept."""
        step = Step(command.name, command.details(), kind)
        began = time.monotonic()
        with self.store.write(step) as unit:
            result = command.execute(unit, self.context(View(unit.connection)))
            drop_draft(unit, draft)
        logger.info("command %s: %.0f ms", type(command).__name__, 1000 * (time.monotonic() - began))
        words = unit.erased_words
        problem = None if words is None else self.finish_erasing(words)
        return Done(unit.command_id, result, tuple(unit.changed), problem)

    def undo(self) -> Done[tuple[str, Mapping[str, object]]]:
        """Takes back the newest step; its name is the result. A draft that was thrown away after it comes back first:
        then the details name it (`draft`). Raises UserError when there is nothing to undo."""
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
        """The step that undo takes back; None when there is none, or when a thrown-away draft comes first."""
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
        return Done(step.command_id, (step.name, json.loads(step.details)), changes)

    # Who works here

    def choose_officer(self, officer_id: str) -> None:
        """From now on commands are written in the name of this officer, on this device."""
        self.store.set_meta(officer_id=officer_id)
        self.officer_id = officer_id

    # Drafts: encrypted with the rest, outside log and undo

    def save_draft(self, form: str, content: Mapping[str, object]) -> datetime:
        """Keeps what stands in a form; gives the moment at which it was safe on disk."""
        with self.store.write_untracked() as connection:
            drafts.put(View(connection), form, json.dumps(content, ensure_ascii=False), self.now)
        return self.now

    def draft(self, form: str) -> dict[str, object] | None:
        with self.store.read() as connection:
            kept = drafts.get(View(connection), form)
        return None if kept is None else json.loads(kept)

    def drafts_of(self, kind: str) -> list[KeptDraft]:
        """The drafts of a kind of form (`session`, `session:new`, one key), newest first."""
        with self.store.read() as connection:
            return drafts.of_kind(View(connection), kind)

    def discard_draft(self, form: str, content: Mapping[str, object]) -> Done[str]:
        """Throws a draft away with what stands in the form now; an undo step. Gives its key."""
        before = bin_start(last_day_of_use(self.store))
        with self.store.write_untracked() as connection:
            view = View(connection)
            drafts.put(view, form, json.dumps(content, ensure_ascii=False), self.now)
            drafts.discard(view, form, self.now)
            drafts.forget_discarded(view, before)
        return Done("", form, ())

    def _discarded_last(self, step: store.UndoStep | None) -> KeptDraft | None:
        """The draft that was thrown away after the newest step that can be undone."""
        with self.store.read() as connection:
            return drafts.discarded_since(View(connection), step.command_id if step else None)

    def drafts(self) -> list[str]:
        """The forms of which a draft is kept, newest first."""
        with self.store.read() as connection:
            return drafts.forms(View(connection))

    def drop_draft(self, form: str) -> None:
        with self.store.write_untracked() as connection:
            drafts.drop(View(connection), form)

    def write_untracked(self, work: Callable[[View], T]) -> T:
        """Writes what is nobody's record (saved filters), outside log and undo; all of it or nothing."""
        with self.store.write_untracked() as connection:
            return work(View(connection))

    def facts_named(self, *names: str) -> dict[str, str | None]:
        """Facts about this file by name; None for one that was never set."""
        with self.store.read() as connection:
            return {name: self.store.meta(connection, name) for name in names}

    def note_fact(self, name: str, value: str) -> None:
        """A fact about this file that is nobody's record, such as how a layout of columns was read."""
        self.store.set_meta(**{name: value})

    def use_plan(self, plan_id: str) -> None:
        """From now on this file is worked in under this plan."""
        self.store.set_meta(chosen_plan=plan_id)
        with self.store.read() as connection:
            self.plan = plan_from_json(reference.plan_in_use(View(connection), plan_id))
        self._plan_cache = {}

    def close(self) -> None:
        self.store.close()

    def finish_erasing(self, words: SearchPattern) -> EnvironmentFault | None:
        """Backups, free pages, search index. Gives what is in the way; it is tried again at the next start."""
        try:
            backups.clean_all(self.store, words)
            self.store.scour()
        except EnvironmentFault as fault:
            return fault
        return None

    def context(self, view: View) -> QueryContext:
        return QueryContext(
            view, self.plan, self.today, self.officer_id, self.practice_date is not None, self._plan_cache
        )


def create_workspace(
    path: Path,
    passphrase: str,
    runtime: Runtime,
    cost: KeyCost | None = None,
    practice_date: date | None = None,
) -> Workspace:
    """A new work file with plan and reference data in it. When it raises, nothing is left."""
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
    """Opens a work file; see storage.opening.open_store for what can go wrong."""
    opened = open_file.open_store(path, runtime, passphrase, recovery_code, kept)
    try:
        return Workspace(opened)
    except BaseException:
        opened.close()
        raise


def _discard_step(draft: KeptDraft) -> tuple[str, Mapping[str, object]]:
    return DISCARDED, {"what": draft.title, "draft": draft.form}
