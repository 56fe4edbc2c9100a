"""Proves an installation: a whole small day of work in a temporary folder, step by step.

Gives what happened and judges nothing else; who asked prints it. The folder is gone afterwards.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from samenleven_desktop.domain.clock import Surroundings
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.plan import Target, TargetKind
from samenleven_desktop.domain.rows import Party, SessionForm
from samenleven_desktop.language import Language
from samenleven_desktop.reports.pdf_text import pdf_text
from samenleven_desktop.services import governments, kpi, support
from samenleven_desktop.services.commands.commitments import AddCommitment
from samenleven_desktop.services.commands.officers import AddOfficer, ChooseGovernments
from samenleven_desktop.services.commands.sessions import NewAgreement, NewKpiEntry, RegisterSession, SessionContent
from samenleven_desktop.services.report_kinds import ReportWish, report_file
from samenleven_desktop.services.workspace import Workspace, create_workspace, open_workspace
from samenleven_desktop.storage import migrate
from samenleven_desktop.storage.keys import KEY_BYTES


@dataclass(frozen=True)
class StepDone:
    """A step (a catalogue sentence) and what went wrong in it; None when nothing did."""

    name: str
    fault: str | None


class _Unproven(Exception):
    """Something did not come out as it went in."""


def run_steps() -> Iterator[StepDone]:
    """Carries out the steps in order; after a step with a fault there is nothing left to prove."""
    with TemporaryDirectory(prefix="samenleven-", ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        trial = _Trial(Path(folder))
        stack.callback(trial.close)
        for name, step in trial.steps():
            try:
                step()
            except Exception as error:  # noqa: BLE001 - the very question is whether anything fails
                yield StepDone(name, f"{type(error).__name__}: {error}")
                return
            yield StepDone(name, None)


class _Trial:
    """A work file of a few minutes old; each step leans on the ones before it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "proef.samenlevendb"
        self._passphrase = secrets.token_hex(16)
        # A word that stands nowhere else, to search the files for.
        self._word = "proefwoord" + secrets.token_hex(8)
        self._open: Workspace | None = None
        self._government = ""
        self._session = ""

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            (N_("Make an encrypted work file"), self._make),
            (N_("Bring a schema up, down and up again"), self._migrate),
            (N_("Register a session with an agreement and a KPI entry"), self._register),
            (N_("Undo and redo"), self._undo_and_redo),
            (N_("Close, open and find it again"), self._find),
            (N_("No readable word on disk"), self._search_disk),
            (N_("Make a coaching report as PDF and read it back"), self._report),
            (N_("Back up and check the work file"), self._check),
        ]

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    @property
    def _workspace(self) -> Workspace:
        if self._open is None:
            raise _Unproven("no open work file")
        return self._open

    def _make(self) -> None:
        self._open = create_workspace(self._path, self._passphrase, Surroundings())

    def _migrate(self) -> None:
        path, key = self._folder / "schema.db", secrets.token_bytes(KEY_BYTES)
        for target, found in ((migrate.HEAD, migrate.HEAD), ("base", None), (migrate.HEAD, migrate.HEAD)):
            migrate.migrate(path, key, target)
            _prove(migrate.revision(path, key) == found, f"revision {target}")

    def _register(self) -> None:
        workspace = self._workspace
        officer = workspace.run(AddOfficer("proef")).result
        workspace.choose_officer(officer)
        government = workspace.query(governments.choices)[0]
        self._government = government.id
        workspace.run(ChooseGovernments(officer, (government.id,)))
        year = workspace.plan.year_on(workspace.today)
        target = _counted_target(workspace, year.number)
        commitment = workspace.run(
            AddCommitment(government.id, year.number, target.id, existing_reach=2, confirmed=40)
        ).result
        content = SessionContent(
            day=min(workspace.today, year.end),
            start_minute=540,
            end_minute=630,
            form=SessionForm.VISIT,
            government_ids=(government.id,),
            report=self._word,
            action_numbers=(target.action_number,),
        )
        self._session = workspace.run(
            RegisterSession(
                content,
                (NewAgreement(Party.COACH, "proef"),),
                (NewKpiEntry(commitment, EntryKind.INCREMENT, 5),),
            )
        ).result

    def _undo_and_redo(self) -> None:
        self._workspace.undo()
        _prove(not self._workspace.query(support.list_sessions), "undo")
        self._workspace.redo()
        _prove(len(self._workspace.query(support.list_sessions)) == 1, "redo")

    def _find(self) -> None:
        self.close()
        self._open = open_workspace(self._path, Surroundings(), self._passphrase)
        _prove(self._workspace.query(support.session, self._session).report == self._word, "report")
        _prove([line.reached_to_date for line in self._workspace.query(kpi.list_commitments)] == [7], "reached to date")

    def _search_disk(self) -> None:
        for path in self._folder.rglob("*"):
            _prove(not path.is_file() or self._word.encode() not in path.read_bytes(), path.name)

    def _report(self) -> None:
        pdf = report_file(self._workspace, ReportWish("coaching", (self._government,)), Language("nl"))
        name = self._workspace.query(governments.dossier, self._government).government.name
        words = pdf_text(pdf)
        _prove(name in words and "40" in words, "text of the PDF")

    def _check(self) -> None:
        made = self._workspace.back_up().backup
        _prove(made.path.exists() and not self._workspace.check(), "health check")


def _counted_target(workspace: Workspace, year: int) -> Target:
    targets = (target for action in workspace.plan.actions for target in action.targets)
    return next(t for t in targets if t.kind is TargetKind.COUNT and t.in_year(year) is not None)


def _prove(holds: bool, what: str) -> None:
    if not holds:
        raise _Unproven(what)
