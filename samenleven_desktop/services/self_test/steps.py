"""Self-test of an installation: a short day of work in a temporary folder, step by step.

Yields the result of each step without further judgement; the caller prints them. The folder is deleted afterwards.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

from samenleven_desktop.domain.agenda import AgendaKind
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.plan import Target, TargetKind
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.tables.reader import read_workbook
from samenleven_desktop.paths import released_dir
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.readmodels.exchange import PackRequest
from samenleven_desktop.reports.pdf_text import pdf_text
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.core.search import search
from samenleven_desktop.services.exchange.apply_pack import apply_pack, preview_pack
from samenleven_desktop.services.exchange.colleagues import look_at_card, own_card, save_card, trust
from samenleven_desktop.services.exchange.create_pack import make_pack
from samenleven_desktop.services.governments import queries as governments
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.reports.kinds import ENDINGS, report_file
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.safekeeping.workspace_file import back_up, check_health, daily_backup
from samenleven_desktop.services.sessions import agenda
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.sessions.commands import NewAgreement, NewKpiEntry, RegisterSession, SessionContent
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace, open_workspace
from samenleven_desktop.storage import migrate
from samenleven_desktop.storage.keys import KEY_BYTES


@dataclass(frozen=True)
class StepDone:
    """A step (a catalogue sentence), its error (None if there was none), and its subject."""

    name: str
    fault: str | None
    about: str = ""


# The released work files of every version were all made with this passphrase; they contain invented work.
RELEASED_PASSPHRASE = "een lange zin om te testen"


# Text that a report must hyphenate and reorder: both depend on packages that load data of their own.
_LONG = "samenlevingsopbouwwerk"
_ARABIC = "مرحبا"


class _Unproven(Exception):
    """A result that differs from the input."""


def run_steps() -> Iterator[StepDone]:
    """Runs the steps in order and stops after a step with an error."""
    with TemporaryDirectory(prefix="samenleven-", ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        trial = _Trial(Path(folder))
        stack.callback(trial.close)
        for name, step in trial.steps():
            try:
                about = step()
            except Exception as error:  # noqa: BLE001 - the self-test reports any failure
                yield StepDone(name, f"{type(error).__name__}: {error}")
                return
            yield StepDone(name, None, about or "")


class _Trial:
    """A work file a few minutes old; each step depends on the previous ones."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "proef.samenlevendb"
        self._passphrase = secrets.token_hex(16)
        # A word that occurs nowhere else, to search the files for.
        self._word = "proefwoord" + secrets.token_hex(8)
        # Between words of other lengths, so that a long one comes to the end of a line at any width.
        between = " ".join(f"{'o' * length} {_LONG}" for length in range(1, 13))
        self._text = f"{self._word} {between} {_ARABIC}"
        self._open: Workspace | None = None
        self._government = ""
        self._session = ""

    def steps(self) -> list[tuple[str, Callable[[], str | None]]]:
        return [
            (N_("Make an encrypted work file"), self._make),
            (N_("Bring a schema up, down and up again"), self._migrate),
            (N_("Register a session with an agreement and a KPI entry"), self._register),
            (N_("Undo and redo"), self._undo_and_redo),
            (N_("Close, open and find it again"), self._find),
            (N_("Search a word in all texts"), self._search_texts),
            (N_("No readable word on disk"), self._search_disk),
            (N_("Make a coaching report as PDF and read it back"), self._report),
            (N_("Show the agenda and write it as a calendar file"), self._agenda),
            (N_("Make every kind of report, as a table too, and read it back"), self._every_report),
            (N_("Back up and check the work file"), self._check),
            (N_("Make a pack for a colleague, who takes it over"), self._exchange),
            (N_("Open and bring up to date a work file of each earlier version"), self._open_released),
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
        self._open = create_workspace(self._path, self._passphrase, Runtime())

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
            form=SessionMode.VISIT,
            government_ids=(government.id,),
            report=self._text,
            action_ids=(workspace.plan.action(target.action_number).id,),
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
        self._open = open_workspace(self._path, Runtime(), self._passphrase)
        _prove(self._workspace.query(support.session, self._session).report == self._text, "report")
        _prove([line.reached_to_date for line in self._workspace.query(kpi.list_commitments)] == [7], "reached to date")

    def _search_texts(self) -> None:
        found = self._workspace.query(search, self._word[:16])
        _prove([one.record_id for one in found] == [self._session], "the session by a word of its report")

    def _search_disk(self) -> None:
        for path in self._folder.rglob("*"):
            _prove(not path.is_file() or self._word.encode() not in path.read_bytes(), path.name)

    def _report(self) -> None:
        # Of the year of the session: a plan that ended before today opens with the calendar year.
        year = self._workspace.plan.year_on(self._workspace.today).id
        pdf = report_file(self._workspace, ReportRequest("coaching", (self._government,), year), Language("nl"))
        name = self._workspace.query(governments.dossier, self._government).government.name
        words = pdf_text(pdf)
        _prove(name in words and "40" in words and self._word in words, "text of the PDF")
        _prove(re.search(rf"{_LONG[:3]}[a-z]+-\n", words) is not None, "a long word that is broken")
        # On paper the letters run from right to left, in their joined forms.
        _prove(_ARABIC in normalize("NFKC", words)[::-1], "Arabic in the PDF")

    def _every_report(self) -> None:
        """Makes each kind as PDF; the tables in each format, read back with the importer."""
        name = self._workspace.query(governments.dossier, self._government).government.name
        for kind in REPORT_KINDS:
            session = self._session if kind == "session" else None
            request = ReportRequest(kind, () if session else (self._government,), session_id=session)
            _prove(report_file(self._workspace, request, Language("nl")).startswith(b"%PDF"), kind)
        for ending in ENDINGS[1:]:
            path = self._folder / f"tabel{ending}"
            path.write_bytes(report_file(self._workspace, ReportRequest("kpi"), Language("nl"), ending))
            cells = (str(cell) for sheet in read_workbook(path).sheets for row in sheet.rows for cell in row)
            _prove(any(name in cell for cell in cells), f"the tables of a report as {ending}")
            path.unlink()

    def _agenda(self) -> None:
        """Writes a calendar file of the project year; the public holidays are in the agenda."""
        workspace = self._workspace
        year = workspace.plan.year_on(workspace.today)
        items = workspace.query(agenda.agenda, year.start, year.end).items
        _prove(sum(item.kind is AgendaKind.HOLIDAY for item in items) >= 10, "public holidays")
        written = agenda.agenda_file(workspace, year.start, year.end, Language("nl"))
        _prove(written.startswith(b"BEGIN:VCALENDAR") and self._session.encode() in written, "calendar file")

    def _check(self) -> None:
        made = back_up(self._workspace).backup
        _prove(made.path.exists() and not check_health(self._workspace), "health check")

    def _exchange(self) -> None:
        """Creates a second work file with its own keys; both have the card of the other."""
        folder = self._folder / "collega"
        folder.mkdir()
        colleague = create_workspace(folder / "collega.samenlevendb", self._passphrase, Runtime())
        try:
            for one, other in ((self._workspace, colleague), (colleague, self._workspace)):
                card = folder / "kaart.samenlevenkaart"
                save_card(one, card)
                trust(other, look_at_card(other, card))
            pack = folder / "werk.samenleven"
            request = PackRequest(Profile.EVERYTHING, (own_card(colleague).fingerprint,), ())
            make_pack(self._workspace, request, pack)
            _prove(self._word.encode() not in pack.read_bytes(), "the pack is encrypted")
            apply_pack(colleague, pack)
            _prove(colleague.query(support.session, self._session).report == self._text, "report at the colleague")
            reached = [line.reached_to_date for line in colleague.query(kpi.list_commitments)]
            _prove(reached == [7], "reached to date at the colleague")
            again = preview_pack(colleague, pack)
            _prove((again.new, again.changed) == (0, 0), "nothing new at the second time")
        finally:
            colleague.close()

    def _open_released(self) -> str:
        """Copies each file, opens it with its passphrase, searches and checks it."""
        kept = sorted(path for path in released_dir().iterdir() if path.is_dir())
        _prove(bool(kept), "no work file of an earlier version was shipped")
        for version in kept:
            copied = self._folder / version.name
            # Their contents only: wine 8 lacks what Python 3.13 copies the rest with (CopyFile2).
            shutil.copytree(version, copied, copy_function=shutil.copyfile)
            for path in copied.iterdir():
                # Installed files may be read-only.
                path.chmod(0o600)
            opened = open_workspace(copied / "werk.samenlevendb", Runtime(), RELEASED_PASSPHRASE)
            try:
                _prove(bool(opened.query(support.list_sessions)), f"sessions of {version.name}")
                _prove(bool(opened.query(search, "Mechelen")), f"search in {version.name}")
                daily_backup(opened)
                _prove(not check_health(opened), f"health check of {version.name}")
            finally:
                opened.close()
        return ", ".join(version.name for version in kept)


def _counted_target(workspace: Workspace, year: int) -> Target:
    targets = (target for action in workspace.plan.actions for target in action.targets)
    return next(t for t in targets if t.kind is TargetKind.COUNT and t.in_year(year) is not None)


def _prove(holds: bool, what: str) -> None:
    if not holds:
        raise _Unproven(what)
