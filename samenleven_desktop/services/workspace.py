"""An open work file for those above: ask a query, run a command, undo, keep a draft. Knows no screen.

Its methods block; the window calls them on its lanes (ui/runner.py), the command line directly.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from samenleven_desktop.domain.clock import Surroundings
from samenleven_desktop.domain.drafts import DISCARDED, KeptDraft
from samenleven_desktop.domain.erasing import Words
from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.interchange.plan_file import plan_from_json
from samenleven_desktop.services import backups, retention
from samenleven_desktop.services.backups import Comparison, MadeBackup, NewKey
from samenleven_desktop.services.command import Command, Done
from samenleven_desktop.services.commands.erasing import EraseRows
from samenleven_desktop.services.erasing import expired_rows
from samenleven_desktop.services.health import Finding, examine, repair
from samenleven_desktop.services.history import bin_start
from samenleven_desktop.services.public import PRACTICE_PASSPHRASE
from samenleven_desktop.services.reading import Reading
from samenleven_desktop.services.shipped import bring_up_to_date, catch_up, put_plan
from samenleven_desktop.services.usage import CLOCK_LEAPT, last_day_of_use, note_use
from samenleven_desktop.storage import drafts, opening, store
from samenleven_desktop.storage.backup import Backup, existing
from samenleven_desktop.storage.exchange import peers
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.queries.conflicts import count_conflicts
from samenleven_desktop.storage.repositories import people as people_rows
from samenleven_desktop.storage.repositories import practice as practice_rows
from samenleven_desktop.storage.repositories import stimuli as stimulus_rows
from samenleven_desktop.storage.repositories.work import drop_draft
from samenleven_desktop.storage.system_keyring import KeptKey
from samenleven_desktop.storage.unit_of_work import ChangedRow, Step
from samenleven_desktop.storage.view import View

if TYPE_CHECKING:
    from samenleven_desktop.domain.exchange_rows import PackUndo
    from samenleven_desktop.services.exchange.desk import ExchangeDesk
    from samenleven_desktop.services.exchange.folder import Asked
    from samenleven_desktop.services.stimuli import StimulusLine

# In `meta`: the folder that is watched for files of colleagues.
EXCHANGE_FOLDER = "exchange_folder"

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class UndoNames:
    """The catalogue names (with values) of what undo and redo would do next; None when there is nothing."""

    undo: tuple[str, Mapping[str, object]] | None
    redo: tuple[str, Mapping[str, object]] | None


@dataclass(frozen=True)
class FileFacts:
    """What the status line and *Instellingen* say of the open file."""

    path: Path
    practice_date: date | None
    last_backup: Backup | None
    changes_not_exchanged: int
    has_recovery: bool
    has_colleagues: bool


class Workspace:
    """One open work file. Make it with `create_workspace` or `open_workspace`; `close` it in the end."""

    def __init__(self, opened: store.Store) -> None:
        self._store = opened
        self._load()
        if not opened.read_only and opened.has_to_scour():
            self._finish_erasing(Words(()))

    def _load(self) -> None:
        opened = self._store
        if not opened.read_only:
            bring_up_to_date(opened)
            catch_up(opened)
        with opened.read() as connection:
            chosen = opened.meta(connection, "chosen_plan")
            self.plan: Plan = plan_from_json(reference.plan_in_use(View(connection), chosen))
            practice = opened.meta(connection, "practice_date")
            self.officer_id = opened.meta(connection, "officer_id")
        self._shelf: dict[str, Plan] = {}
        self.practice_date = date.fromisoformat(practice) if practice else None
        if self.practice_date and opened.surroundings.day is None:
            opened.surroundings = replace(opened.surroundings, day=self.practice_date)

    @property
    def path(self) -> Path:
        return self._store.path

    @property
    def read_only(self) -> bool:
        """Open on a full disk: everything can be read and exported, nothing kept."""
        return self._store.read_only

    @property
    def today(self) -> date:
        return self._store.surroundings.today()

    @property
    def now(self) -> datetime:
        return self._store.surroundings.now()

    def query(self, ask: Callable[Concatenate[Reading, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of a query over one consistent view."""
        with self._store.read() as connection:
            return ask(self._reading(View(connection)), *args, **kwargs)

    def run(self, command: Command[T], *, kind: str = "do", draft: str | None = None) -> Done[T]:
        """Carries out a command: all of it, or, when it raises, nothing. The draft it was written in goes in the same
        transaction: a crash in between can never offer for the second time what was kept."""
        step = Step(command.name, command.details(), kind)
        began = time.monotonic()
        with self._store.write(step) as unit:
            result = command.execute(unit, self._reading(View(unit.connection)))
            drop_draft(unit, draft)
        logger.info("command %s: %.0f ms", type(command).__name__, 1000 * (time.monotonic() - began))
        words = unit.erased_words
        problem = None if words is None else self._finish_erasing(words)
        return Done(unit.command_id, result, tuple(unit.changed), problem)

    def undo(self) -> Done[tuple[str, Mapping[str, object]]]:
        """Takes back the newest step; its name is the result. A draft that was thrown away after it comes back first:
        then the details name it (`draft`). Raises UserError when there is nothing to undo."""
        with self._store.read() as connection:
            step = self._store.next_undo(connection)
        thrown_away = self._discarded_last(step)
        if thrown_away is not None:
            with self._store.write_untracked() as connection:
                drafts.bring_back(View(connection), thrown_away.form)
            return Done("", _discard_step(thrown_away), ())
        return self._reverted(*self._store.undo())

    def redo(self) -> Done[tuple[str, Mapping[str, object]]]:
        return self._reverted(*self._store.redo())

    def pack_to_undo(self) -> PackUndo | None:
        """Where the newest step took over the file of a colleague and something was built on it: what undoing does."""
        with self._store.read() as connection:
            step = self._store.next_undo(connection)
        newest_is_pack = step is not None and step.kind == "pack" and self._discarded_last(step) is None
        return self.exchange.next_built_upon() if newest_is_pack else None

    def ask_folder(self) -> Asked | None:
        """What looking in the shared folder takes from this file; without one, nothing of exchange is loaded."""
        with self._store.read() as connection:
            found = self._store.meta(connection, EXCHANGE_FOLDER)
        return self.exchange.ask_folder() if found else None

    def open_conflicts(self) -> int:
        """How many conflicts with colleagues are left to decide."""
        with self._store.read() as connection:
            return count_conflicts(View(connection))

    def undo_names(self) -> UndoNames:
        with self._store.read() as connection:
            undo, redo = self._store.next_undo(connection), self._store.next_redo(connection)
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

    @property
    def exchange(self) -> ExchangeDesk:
        """Cards, colleagues and packs; its libraries are loaded when first asked for."""
        from samenleven_desktop.services.exchange.desk import ExchangeDesk

        return ExchangeDesk(self._store, self._reading, self._finish_erasing)

    # Who works here

    def choose_officer(self, officer_id: str) -> None:
        """From now on commands are written in the name of this officer, on this device."""
        self._store.set_meta(officer_id=officer_id)
        self.officer_id = officer_id

    # Drafts: encrypted with the rest, outside log and undo

    def save_draft(self, form: str, content: Mapping[str, object]) -> datetime:
        """Keeps what stands in a form; gives the moment at which it was safe on disk."""
        with self._store.write_untracked() as connection:
            drafts.put(View(connection), form, json.dumps(content, ensure_ascii=False), self.now)
        return self.now

    def draft(self, form: str) -> dict[str, object] | None:
        with self._store.read() as connection:
            kept = drafts.get(View(connection), form)
        return None if kept is None else json.loads(kept)

    def drafts_of(self, kind: str) -> list[KeptDraft]:
        """The drafts of a kind of form (`session`, `session:new`, one key), newest first."""
        with self._store.read() as connection:
            return drafts.of_kind(View(connection), kind)

    def discard_draft(self, form: str, content: Mapping[str, object]) -> Done[str]:
        """Throws a draft away with what stands in the form now; an undo step. Gives its key."""
        before = bin_start(last_day_of_use(self._store))
        with self._store.write_untracked() as connection:
            view = View(connection)
            drafts.put(view, form, json.dumps(content, ensure_ascii=False), self.now)
            drafts.discard(view, form, self.now)
            drafts.forget_discarded(view, before)
        return Done("", form, ())

    def _discarded_last(self, step: store.UndoStep | None) -> KeptDraft | None:
        """The draft that was thrown away after the newest step that can be undone."""
        with self._store.read() as connection:
            return drafts.discarded_since(View(connection), step.command_id if step else None)

    def drafts(self) -> list[str]:
        """The forms of which a draft is kept, newest first."""
        with self._store.read() as connection:
            return drafts.forms(View(connection))

    def drop_draft(self, form: str) -> None:
        with self._store.write_untracked() as connection:
            drafts.drop(View(connection), form)

    def write_untracked(self, work: Callable[[View], T]) -> T:
        """Writes what is nobody's record (saved filters), outside log and undo; all of it or nothing."""
        with self._store.write_untracked() as connection:
            return work(View(connection))

    # The file itself

    def facts(self) -> FileFacts:
        backups = existing(self.path)
        with self._store.read() as connection:
            changes, colleagues = peers.count_not_given(connection), drafts.has_colleagues(View(connection))
        newest = backups[0] if backups else None
        return FileFacts(self.path, self.practice_date, newest, changes, self._store.has_recovery(), colleagues)

    def back_up(self, reason: str = "manual") -> MadeBackup:
        return backups.back_up(self._store, reason)

    def daily_backup(self) -> MadeBackup | None:
        """A backup when the newest one is not of this calendar day; None when there is one already. What was deleted
        longer ago than the bin keeps it loses its personal data first, unless the clock leapt: that is told."""
        usage = note_use(self._store)
        if not backups.is_due(self._store):
            return None
        if usage.limit:
            expired = self.query(expired_rows, usage.limit)
            if expired:
                self.run(EraseRows(tuple(expired)), kind="setup")
            with self._store.write_untracked() as connection:
                people_rows.purge_contents(View(connection), usage.limit)
        if not usage.leapt:
            backups.expire(self._store, usage.last)
        made = backups.back_up(self._store, "daily")
        if usage.leapt and made.problem is None:
            days = {"today": f"{self.now.astimezone():%d/%m/%Y}", "last": f"{usage.last.astimezone():%d/%m/%Y}"}
            return replace(made, problem=EnvironmentFault(CLOCK_LEAPT, **days))
        return made

    def second_place(self) -> Path | None:
        """Where a second copy of each backup goes, if anywhere."""
        return backups.second_place(self._store)

    def choose_second_place(self, folder: Path | None) -> None:
        backups.choose_second_place(self._store, folder)

    def backups(self) -> list[Backup]:
        """The backups beside this file, newest first."""
        return existing(self.path)

    def compare_with(self, backup: Path) -> Comparison:
        """What would be other if a backup were put back."""
        return self._store.compare(backup)

    def put_back(self, backup: Path) -> None:
        """Puts a backup in the place of this file, after a backup of the present; this workspace then shows it."""
        backups.put_back(self._store, backup)
        self._load()

    def check(self, progress: Callable[[str], None] = lambda _: None) -> list[Finding]:
        """What the health check finds wrong; empty when all is well. `progress` gets the part that is looked at."""
        return examine(self._store, progress)

    def repair(self) -> int:
        """Puts right what can be, after a backup; gives how many things."""
        return repair(self._store)

    def change_passphrase(
        self, present: str, passphrase: str, progress: Callable[[int, int], None] = lambda _done, _whole: None
    ) -> NewKey:
        """Another passphrase and another data key: no earlier key file opens the file. The sheet of before is no longer
        valid; where there was one, a new code comes along. A backup follows."""
        return backups.after_new_key(self._store, self._store.change_passphrase(present, passphrase, progress))

    def new_recovery_code(
        self, present: str, progress: Callable[[int, int], None] = lambda _done, _whole: None
    ) -> NewKey:
        """A fresh recovery code, and for the same reason another data key; `present` is the passphrase."""
        return backups.after_new_key(self._store, self._store.new_recovery_code(present, progress))

    def renew_backups(self, progress: Callable[[int, int], None] = lambda _done, _whole: None) -> int:
        """Makes the backups within reach that still open with a passphrase of before anew; gives how many."""
        return backups.renew(self._store, progress)

    def kept_key(self) -> KeptKey:
        """To keep the key in the keyring of this computer, or to forget it there; those calls may wait."""
        return self._store.kept_key()

    # Retention

    def facts_named(self, *names: str) -> dict[str, str | None]:
        """Facts about this file by name; None for one that was never set."""
        with self._store.read() as connection:
            return {name: self._store.meta(connection, name) for name in names}

    def note_fact(self, name: str, value: str) -> None:
        """A fact about this file that is nobody's record, such as how a layout of columns was read."""
        self._store.set_meta(**{name: value})

    def keep_for(self, kind: str, months: int) -> None:
        """From now on records of this kind may be kept so many months after their last use; 0: for good."""
        present = retention.review(self).months
        self._store.set_meta(**{retention.MONTHS: retention.months_text(present, kind, months)})

    def retention_looked_through(self) -> None:
        """Today the list of what is over its period was looked through."""
        self._store.set_meta(**{retention.LOOKED_ON: self.today.isoformat()})

    # Plans

    def keep_plan(self, plan: Plan) -> None:
        """A newer version or a second plan comes in, whole or not at all; the plan that was chosen stays chosen."""
        with self._store.write_untracked() as connection:
            put_plan(View(connection), plan)
        self.choose_plan(self.plan.id)

    def choose_plan(self, plan_id: str) -> None:
        """From now on this file is worked in under this plan."""
        self._store.set_meta(chosen_plan=plan_id)
        with self._store.read() as connection:
            self.plan = plan_from_json(reference.plan_in_use(View(connection), plan_id))
        self._shelf = {}

    # Stimuli

    def see_outcomes(self, lines: Iterable[StimulusLine]) -> None:
        """From now on these outcomes count as seen: another one later is marked as changed."""
        seen: dict[str, list[tuple[str, str, str]]] = {}
        for line in lines:
            year = self.plan.year(line.year)
            if year is not None:
                seen.setdefault(year.id, []).append((line.government_id, line.kind, line.outcome.value))
        with self._store.write_untracked() as connection:
            for year_id, outcomes in seen.items():
                stimulus_rows.put_seen(View(connection), year_id, outcomes)

    # For making a practice file

    def practice_ground(self) -> tuple[dict[str, str], dict[int, list[tuple[str, str]]]]:
        """Government ids by code, and shipped offers by action."""
        with self._store.read() as connection:
            view = View(connection)
            return practice_rows.government_ids(view), practice_rows.offers_by_action(view)

    def setup_step(self, step: Step) -> practice_rows.Writing:
        """A unit of work outside undo, for content that is made and not typed."""
        return self._store.write(step)

    def row_counts(self) -> dict[str, int]:
        """Live rows per table."""
        with self._store.read() as connection:
            return reference.row_counts(View(connection))

    def close(self) -> None:
        self._store.close()

    def _finish_erasing(self, words: Words) -> EnvironmentFault | None:
        """Backups, free pages, search index. Gives what is in the way; it is tried again at the next start."""
        try:
            backups.clean_all(self._store, words)
            self._store.scour()
        except EnvironmentFault as fault:
            return fault
        return None

    def _reading(self, view: View) -> Reading:
        return Reading(view, self.plan, self.today, self.officer_id, self.practice_date is not None, self._shelf)


def create_workspace(
    path: Path,
    passphrase: str,
    surroundings: Surroundings,
    cost: KeyCost | None = None,
    practice_date: date | None = None,
) -> Workspace:
    """A new work file with plan and reference data in it. When it raises, nothing is left."""
    public = practice_date is not None and passphrase == PRACTICE_PASSPHRASE
    opened = opening.create(path, passphrase, surroundings, cost, public)
    try:
        if practice_date is not None:
            opened.set_meta(practice_date=practice_date.isoformat())
        return Workspace(opened)
    except BaseException:
        opened.close()
        opening.remove_files(path)
        raise


def open_workspace(
    path: Path,
    surroundings: Surroundings,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    kept: bytes | None = None,
) -> Workspace:
    """Opens a work file; see storage.opening.open_store for what can go wrong."""
    opened = opening.open_store(path, surroundings, passphrase, recovery_code, kept)
    try:
        return Workspace(opened)
    except BaseException:
        opened.close()
        raise


def _discard_step(draft: KeptDraft) -> tuple[str, Mapping[str, object]]:
    return DISCARDED, {"what": draft.title, "draft": draft.form}
