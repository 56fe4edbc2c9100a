"""The program with a window: shows the frame first, opens the work file after the first paint, then the pages.

Composes and listens; what a page shows is the page's own. SQLAlchemy and the screens are imported only after the
first paint, the former on the store lane.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog

from samenleven_desktop.domain.clock import Runtime, utc_now
from samenleven_desktop.domain.errors import N_, EnvironmentFault, SamenlevenError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.paths import default_store
from samenleven_desktop.technical_log import fault_places
from samenleven_desktop.ui.attachment_viewer import Copies
from samenleven_desktop.ui.auto_lock import Idle, SystemLock
from samenleven_desktop.ui.command_palette import CommandPalette
from samenleven_desktop.ui.context import UiContext, Wishes
from samenleven_desktop.ui.day_watch import DayWatch
from samenleven_desktop.ui.draft_recovery import DraftOffers
from samenleven_desktop.ui.external_files import Arrivals
from samenleven_desktop.ui.field_undo import FieldUndo
from samenleven_desktop.ui.folder_watcher import FolderWatch
from samenleven_desktop.ui.garbage import GarbageCollector
from samenleven_desktop.ui.keyring import SystemKeyring
from samenleven_desktop.ui.menu import LOCK_KEY, RETENTION, WindowMenu
from samenleven_desktop.ui.preferences import Preferences
from samenleven_desktop.ui.qt_texts import QtTexts
from samenleven_desktop.ui.runner import Failed, Runner
from samenleven_desktop.ui.shell import Shell, ShellTexts
from samenleven_desktop.ui.theme.system import Look
from samenleven_desktop.ui.undo import Undoing
from samenleven_desktop.ui.unlock import Unlocking

if TYPE_CHECKING:
    from samenleven_desktop.services.safekeeping.backups import MadeBackup, Rescued
    from samenleven_desktop.services.workfile.workspace import Workspace
    from samenleven_desktop.ui.screens.exchange.screen import ExchangeScreen


logger = logging.getLogger(__name__)

LOCKED = N_("{file} is locked. Type the passphrase to go on where you were.")


@dataclass(frozen=True)
class Opening:
    """What the command line asked for: a file, a language, a day that stands in for today, a passphrase, a pack."""

    store: Path | None = None
    language: str | None = None
    today: date | None = None
    passphrase: str | None = None
    theme: str | None = None
    pack: Path | None = None
    now: Callable[[], datetime] = utc_now

    def runtime(self) -> Runtime:
        return Runtime(now=self.now, day=self.today)


@dataclass(frozen=True)
class Place:
    """Where the person was when the file was locked."""

    page: str
    government_id: str | None
    part: int
    session_id: str | None
    draft: str | None = None

    @classmethod
    def of(cls, shell: Shell) -> Place:
        page = shell.page(shell.current) if shell.current else None
        tabs = getattr(getattr(page, "ui", None), "tabs", None)
        return cls(
            shell.current,
            getattr(page, "government_id", None) or getattr(page, "_government_id", None),
            tabs.currentIndex() if tabs is not None and shell.current == "dossier" else 0,
            getattr(page, "_session_id", None),
            getattr(page, "draft_key", None),
        )


class Application(QObject):
    """One window over one work file. `ready` is emitted when a page with data of the file is up."""

    ready = Signal()
    finished = Signal()

    def __init__(self, preferences: Preferences, opening: Opening) -> None:
        super().__init__()
        self.preferences = preferences
        self._opening = opening
        self.language = Language(opening.language or preferences.language)
        self._qt_texts = QtTexts(self)
        self._qt_texts.speak(self.language)
        self.runner = Runner(self)
        self.garbage = GarbageCollector(lambda: self.runner.idle, self)
        self.garbage.start()
        self.runner.worked.connect(self.garbage.wake)
        self.day_watch = DayWatch(self)
        self.day_watch.turned.connect(self._on_day_turned)
        self.keyring = SystemKeyring(self)
        self.unlocking = Unlocking(self)
        self.wishes = Wishes(self)
        self.copies = Copies()
        self.context: UiContext | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._qt = application
        self.look = Look(application, preferences.theme, opening.theme, self)
        self.theme = self.look.theme
        self.shell = Shell(self.theme, ShellTexts.of(self.language))
        self.arrivals = Arrivals(self, opening.pack)
        self.idle = Idle(application)
        self.idle.passed.connect(self.lock)
        self.system_lock = SystemLock(self)
        self.system_lock.locked.connect(self.lock)
        self.watch = FolderWatch(self.runner, self)
        self.watch.looked.connect(self._show_waiting)
        self.undoing = Undoing(self)
        self.offering = DraftOffers(self)
        self._field_undo = FieldUndo(application, self)
        self._place: Place | None = None
        self._connect()

    def _connect(self) -> None:
        self.runner.failed.connect(self.show_error)
        self.runner.crashed.connect(self._on_crashed)
        self.runner.changed.connect(self._on_changed)
        self.runner.closed.connect(self._on_closed)
        self.wishes.page_requested.connect(self._on_page_requested)
        self.wishes.dossier_requested.connect(self.open_dossier)
        self.wishes.session_form_requested.connect(self.open_session_form)
        self.wishes.report_requested.connect(self.open_report)
        self.wishes.notice_requested.connect(self._on_notice_requested)
        self.wishes.copy_requested.connect(self._on_copy_requested)
        self.wishes.stimulus_report_requested.connect(self._on_stimulus_report_requested)
        self.wishes.language_requested.connect(self._on_language_requested)
        self.wishes.theme_requested.connect(self._on_theme_requested)
        self.wishes.file_requested.connect(self._on_file_requested)
        self.wishes.welcome_requested.connect(self._on_welcome_requested)
        self.wishes.reload_requested.connect(self._on_reload_requested)
        self.wishes.keeping_requested.connect(self.open_keeping)
        self._connect_shell()

    def _connect_shell(self) -> None:
        self.shell.new_session_requested.connect(self._on_new_session_requested)
        self.shell.close_requested.connect(self.close)
        self.shell.theme_changed.connect(self.look.follow)
        self.shell.files_dropped.connect(self.open_exchanged)
        self.finding = CommandPalette(self)
        self.menu = WindowMenu(self)
        self.undoing.connect_shell()
        QShortcut(QKeySequence(LOCK_KEY), self.shell, self.lock)
        self.system_lock.watch(self.shell)

    # Opening and closing

    def start(self) -> None:
        """Shows the frame; the file opens once it is painted."""
        self.shell.set_working(False)
        self.shell.set_status(self.language.text("Opening ..."))
        if self.preferences.window is not None:
            self.shell.inside.go_to(self.preferences.window)
        self.shell.show()
        self.system_lock.listen()
        QTimer.singleShot(0, self, self._open_first)

    def _open_first(self) -> None:
        store = self._opening.store or self.preferences.last_store or default_store()
        if not store.exists() and not self._has_backups(store):
            self.show_welcome()
            return
        self.open_file(store, self._opening.passphrase)

    @staticmethod
    def _has_backups(store: Path) -> bool:
        """A work file that went while its backups stand there is not forgotten in silence."""
        from samenleven_desktop.services.safekeeping.backups import newest

        return newest(store) is not None

    def open_file(self, path: Path, passphrase: str | None = None, recovery_code: str | None = None) -> None:
        """Opens a work file: a practice file with its public passphrase, else keyring or passphrase decide."""
        self.unlocking.open(path, passphrase, recovery_code)

    def open_with(
        self, path: Path, passphrase: str | None, recovery_code: str | None, kept: bytes | None, failed: Failed
    ) -> None:
        """Opens a work file with what there is: a passphrase, a recovery code, or the key that the keyring kept."""
        runtime = self._opening.runtime()

        def opener() -> Workspace:
            from samenleven_desktop.services.safekeeping.passphrase_backoff import Attempts
            from samenleven_desktop.services.workfile.opening import open_any

            return open_any(path, runtime, passphrase, recovery_code, Attempts(), kept)

        self._replace_file(opener, failed)

    def rescue_file(self, path: Path, passphrase: str | None, recovery_code: str | None = None) -> None:
        """Puts the newest good backup in the place of a file that does not open, keeps that aside, and opens it."""
        runtime = self._opening.runtime()

        def work() -> Rescued:
            from samenleven_desktop.services.safekeeping.backups import rescue
            from samenleven_desktop.services.workfile.opening import practice_passphrase

            return rescue(path, runtime, passphrase or practice_passphrase(path), recovery_code)

        def rescued(found: Rescued) -> None:
            made = found.backup.made_at.astimezone()
            words = self.language.text(
                "The backup of {day} {time} is back. The damaged file was kept beside it.",
                day=self.language.day(made),
                time=self.language.clock(made),
            )
            self.shell.add_notice("good", words)
            self.open_file(path, passphrase, recovery_code)

        self.runner.free(work, then=rescued, owner=self, failed=lambda error: self.show_closed(path, error))

    def make_file(self, path: Path, passphrase: str, then: Callable[[], None]) -> None:
        """A new, empty work file at `path`; `then` is called when it is open."""
        runtime = self._opening.runtime()

        def opener() -> Workspace:
            from samenleven_desktop.services.workfile.workspace import create_workspace

            return create_workspace(path, passphrase, runtime)

        self.unlocking.made(path)
        self._replace_file(opener, self._show_on_welcome, then)

    def make_practice(self, path: Path) -> None:
        """A practice file at `path`, made anew when there is one already, and opened."""
        runtime = self._opening.runtime()

        def opener() -> Workspace:
            from samenleven_desktop.services.workfile.opening import open_practice

            return open_practice(path, runtime)

        self._replace_file(opener, self._show_on_welcome)

    def _replace_file(
        self,
        opener: Callable[[], Workspace],
        failed: Callable[[SamenlevenError], None],
        then: Callable[[], None] | None = None,
    ) -> None:
        self.shell.set_status(self.language.text("Opening ..."))
        self.watch.stop()
        self.runner.close_workspace()

        def opened(workspace: Workspace) -> None:
            self._on_opened(workspace)
            if then is not None:
                then()

        self.runner.open(opener, opened, failed)

    def _on_opened(self, workspace: Workspace) -> None:
        self.preferences.remember_store(workspace.path)
        self.garbage.freeze_once()
        self._build_pages(workspace)
        self.day_watch.start(lambda: workspace.today)
        self.shell.show_page("start")
        self.runner.on_store(lambda file: file.daily_backup(), owner=self, then=self._on_daily_backup, noted=True)
        self._refresh_status()
        self._watch_idle()
        self.watch.start()
        self._go_back()
        self.offering.offer()
        self._ask_for_officer(workspace)
        self.arrivals.offer_waiting()
        self.ready.emit()

    def _on_daily_backup(self, made: MadeBackup | None) -> None:
        """Told only where something is in the way; once a quarter the officer is asked to look what may go."""
        self._refresh_status()
        if made is None:
            return
        if made.problem is not None:
            self.shell.add_notice("attention", self.language.error(made.problem))
        from samenleven_desktop.services.safekeeping.retention import retention_due

        self.runner.on_read(retention_due, then=self._offer_review, owner=self, latest="retention-due")

    def _offer_review(self, number: int) -> None:
        if not number:
            return
        words = self.language.plural(
            "{n} record was kept longer than its period.", "{n} records were kept longer than their period.", number
        )
        notice = self.shell.add_notice("info", words)
        notice.add_action(self.language.text("Look through"), partial(self.open_keeping, RETENTION))

    # Locking

    def lock_after(self, minutes: int) -> None:
        """From now on, on this computer; 0: never."""
        self.preferences.lock_minutes = minutes
        self.preferences.save()
        self._watch_idle()

    def lock(self) -> None:
        """Keeps what stands in open forms as drafts, closes the file, and asks for the passphrase. A practice file
        has a public one and does not lock."""
        workspace = self.runner.workspace
        if workspace is None or workspace.practice_date is not None:
            return
        self._place = Place.of(self.shell)
        self._put_forms_away()
        self.idle.stop()
        self.watch.stop()
        self.day_watch.stop()
        path = workspace.path
        self.shell.clear_pages()
        self.copies.close()
        self.copies = Copies()
        self.context = None
        reason = EnvironmentFault(LOCKED, field="passphrase", file=path.name)
        logger.info("locked")
        self.runner.close_workspace(partial(self.show_closed, path, reason))

    def _on_closed(self) -> None:
        """Once the pages that were cleared are really gone, what they showed is overwritten in memory."""
        QTimer.singleShot(0, self, self._collect)

    def _collect(self) -> None:
        self.garbage.collect_all()
        QTimer.singleShot(0, self, self._forget)

    def _forget(self) -> None:
        from samenleven_desktop.services.core.secrets import forget_on_this_thread

        forget_on_this_thread()
        self.runner.forget()

    def keep_typed(self) -> None:
        """Writes what was typed in every open form to its draft and waits until that is safe: the process is about to
        be ended from outside."""
        self.shell.keep_typed()
        self.runner.closing.emit()
        self.runner.finish_writing(seconds=10)

    def _put_forms_away(self) -> None:
        """Open dialogs close; what was typed in a form stays as its draft."""
        from samenleven_desktop.ui.dialogs.form import FormDialog

        for dialog in [one for one in self.shell.findChildren(QDialog) if one.isVisible()]:
            if isinstance(dialog, FormDialog):
                dialog.put_away()
            else:
                dialog.close()

    def _watch_idle(self) -> None:
        workspace = self.runner.workspace
        practice = workspace is None or workspace.practice_date is not None
        self.idle.watch(0 if practice else self.preferences.lock_minutes)

    def _go_back(self) -> None:
        """After a lock: where the person was."""
        place, self._place = self._place, None
        if place is None:
            return
        if place.draft is not None:
            self.open_draft(place.draft)
        elif place.page == "session":
            self.open_session_form(place.session_id, place.government_id)
        elif place.page == "dossier" and place.government_id:
            self.open_dossier(place.government_id, place.part)
        elif self.shell.has_page(place.page):
            self.shell.show_page(place.page)

    def _build_pages(self, workspace: Workspace) -> None:
        practice = workspace.practice_date is not None
        self.context = UiContext(
            self.language, self.theme, self.runner, self.wishes, workspace.plan, lambda: workspace.today, practice
        )
        self.shell.clear_pages()
        from samenleven_desktop.ui import page_registry

        page_registry.add_all(self.shell, self.context, self)
        self._show_waiting()
        self._show_today(workspace)
        self.shell.practice_pill.setVisible(practice)
        self.shell.set_working(True)

    def _show_today(self, workspace: Workspace) -> None:
        year = workspace.plan.year_on(workspace.today)
        text = self.language.text
        self.shell.year_pill.setText(text("Project year {n} · {years}", n=year.number, years=year.label))
        self.shell.year_pill.setVisible(self.shell.width() >= 900)
        if workspace.practice_date is not None:
            day = self.language.day(workspace.today)
            self.shell.practice_pill.setText(text("Practice file, invented figures · {day}", day=day))

    def _on_day_turned(self) -> None:
        """The pages are built anew for the new day; what is being written stays as it is."""
        workspace = self.runner.workspace
        if workspace is None:
            return
        logger.info("another day")
        self._show_today(workspace)
        writing = self.shell.current == "session" or QApplication.activeModalWidget() is not None
        place = Place.of(self.shell)
        self.shell.renew_pages(keep=self.shell.current if writing else None)
        if not writing:
            self._place = place
            self._go_back()
        self.runner.on_store(lambda file: file.daily_backup(), owner=self, then=self._on_daily_backup)

    def _ask_for_officer(self, workspace: Workspace) -> None:
        if workspace.officer_id is None:
            self.shell.show_page("who", "settings")

    def close(self) -> None:
        """Waits for what is being written, then closes the window."""
        logger.info("closing")
        self.finding.stop()
        self.system_lock.stop()
        self.day_watch.stop()
        self.idle.stop()
        self.watch.stop()
        self._put_forms_away()
        self.copies.close()
        self.keyring.close()
        self.shell.allow_close()
        self.shell.clear_pages()
        self.runner.shut_down()
        self.preferences.window = self.shell.inside.place()
        self.garbage.stop()
        self.preferences.save()
        self.shell.close()
        self._qt_texts.silence()
        self.finished.emit()

    def show_welcome(self) -> None:
        """The first screen of all: a new work file, a practice file, or an existing one."""
        from samenleven_desktop.ui.screens.welcome.screen import WelcomeScreen

        self.shell.clear_pages()
        self.shell.set_working(False)
        self.shell.practice_pill.hide()
        self.shell.year_pill.hide()
        self.shell.add_hidden_page("welcome", lambda: WelcomeScreen(self))
        self.shell.show_page("welcome")
        self.shell.set_status("")

    def show_closed(self, path: Path, error: SamenlevenError) -> None:
        """Why the file is not open, and what can be done about it."""
        from samenleven_desktop.ui.screens.welcome.unlock import UnlockScreen

        self.shell.clear_pages()
        self.shell.set_working(False)
        self.shell.set_status("")
        if error.field == "passphrase" or isinstance(error, EnvironmentFault):
            self.shell.add_hidden_page("unlock", lambda: UnlockScreen(self, path, error))
            self.shell.show_page("unlock")
        else:
            self.show_welcome()
            self.show_error(error)

    def _show_on_welcome(self, error: SamenlevenError) -> None:
        self.show_welcome()
        self.show_error(error)

    # Going places

    def open_dossier(self, government_id: object, part: int = 0) -> None:
        """On its overview, or on another of its parts."""
        from samenleven_desktop.ui.screens.dossier.screen import DossierScreen

        from_form = self.shell.current == "session"
        page = self.shell.show_page("dossier", "governments")
        assert isinstance(page, DossierScreen)
        page.show_government(str(government_id))
        if from_form:
            # The work goes on in the dossier.
            page.ui.tabs.setFocus()
        if part:
            page.ui.tabs.setCurrentIndex(part)

    def open_session_form(self, session_id: object, government_id: object) -> None:
        from samenleven_desktop.ui.screens.session.screen import SessionScreen

        page = self.shell.show_page("session", "governments")
        assert isinstance(page, SessionScreen)
        page.start(
            session_id if isinstance(session_id, str) else None,
            government_id if isinstance(government_id, str) else None,
        )

    def open_draft(self, key: str) -> None:
        """The session form with this draft in it."""
        from samenleven_desktop.ui.screens.session.screen import SessionScreen

        page = self.shell.show_page("session", "governments")
        assert isinstance(page, SessionScreen)
        page.resume(key)

    def open_report(self, kind: str, record_id: str) -> None:
        from samenleven_desktop.ui.screens.reports.screen import ReportsScreen

        page = self.shell.show_page("reports")
        assert isinstance(page, ReportsScreen)
        page.show_report(kind, record_id)

    def open_keeping(self, part: int) -> None:
        """Backups, bin, check or retention."""
        from samenleven_desktop.ui.screens.safekeeping.screen import KeepingScreen

        page = self.shell.show_page("keeping", "settings")
        assert isinstance(page, KeepingScreen)
        page.show_part(part)

    def open_import(self) -> None:
        """Rows of a spreadsheet."""
        self.shell.show_page("import", "exchange")

    def export_list(self) -> None:
        """The list in sight to a spreadsheet."""
        from samenleven_desktop.ui.list_export import ask_where

        ask_where(self)

    def _on_reload_requested(self, sentence: str) -> None:
        workspace = self.runner.workspace
        if workspace is not None:
            self._build_pages(workspace)
            self.shell.show_page("start")
            self._refresh_status()
            self.shell.add_notice("good", sentence)

    def _on_new_session_requested(self) -> None:
        government_id = None
        if self.shell.current == "dossier":
            government_id = getattr(self.shell.page("dossier"), "government_id", None)
        self.open_session_form(None, government_id)

    def _on_page_requested(self, key: str) -> None:
        if key == "import":
            self.open_import()
        else:
            self.shell.show_page(key)

    def exchange_page(self) -> ExchangeScreen:
        """*Uitwisselen*, shown."""
        from samenleven_desktop.ui.screens.exchange.screen import ExchangeScreen

        page = self.shell.show_page("exchange")
        assert isinstance(page, ExchangeScreen)
        return page

    def open_exchanged(self, paths: list[Path]) -> None:
        """The first of the files of colleagues that were dropped, or opened from a folder, to be looked at."""
        self.exchange_page().open_path(paths[0])
        if len(paths) > 1:
            words = self.language.plural(
                "{n} other file was dropped: one at a time. Drop it again after this one.",
                "{n} other files were dropped: one at a time. Drop them again after this one.",
                len(paths) - 1,
            )
            self.shell.add_notice("info", words)

    def _show_waiting(self) -> None:
        """How much of colleagues waits, in the navigation."""
        number = self.watch.waiting
        self.shell.set_badge("exchange", self.language.number(number) if number else "")

    def _on_welcome_requested(self) -> None:
        self.watch.stop()
        self.runner.close_workspace(self.show_welcome)

    def _on_file_requested(self, path: Path) -> None:
        self.open_file(path)

    # Undo

    def undo(self) -> None:
        """The newest step back (ui/undo.py)."""
        self.undoing.undo()

    def redo(self) -> None:
        self.undoing.redo()

    # Telling

    def show_error(self, error: SamenlevenError) -> None:
        tone = "bad" if isinstance(error, EnvironmentFault) else "attention"
        self.shell.add_notice(tone, self.language.error(error))

    def _on_stimulus_report_requested(self, government_id: str, year: int) -> None:
        from samenleven_desktop.ui.screens.stimuli.save_report import save_stimulus_report

        save_stimulus_report(self, government_id or None, year)

    def _on_copy_requested(self, name: str, content: object) -> None:
        assert isinstance(content, bytes)
        if not self.copies.show(name, content):
            self.shell.add_notice(
                "attention", self.language.text("This computer has no program for {name}.", name=name)
            )

    def _on_notice_requested(self, tone: str, text: str) -> None:
        self.shell.add_notice(tone, text)

    def on_unexpected(self, _kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """`sys.excepthook` of the window: a fault in a slot is told in the report window, not on standard error."""
        places = fault_places(error.with_traceback(trace))
        logger.error("unexpected: %s", places)
        self._on_crashed(places)

    def _on_crashed(self, details: str) -> None:
        from samenleven_desktop.ui.dialogs.crash import CrashDialog

        if not any(one.isVisible() for one in self.shell.findChildren(CrashDialog)):
            CrashDialog(self.language, details, self.shell).open()

    def _on_changed(self, _done: object, _initiator: QObject) -> None:
        self._refresh_status()
        self.watch.count()

    def _refresh_status(self) -> None:
        if self.runner.workspace is not None:
            self.runner.on_read(lambda file: file.facts(), then=self._show_facts, owner=self, latest="facts")
            self.menu.refresh()

    def _show_facts(self, facts: object) -> None:
        from samenleven_desktop.services.workfile.workspace import FileFacts

        assert isinstance(facts, FileFacts)
        text = self.language.text
        parts = [text("Everything saved")]
        if facts.last_backup is None:
            parts.append(text("no backup yet"))
        else:
            made = facts.last_backup.made_at.astimezone()
            parts.append(
                text("backup of {day} {time} proven good", day=self.language.day_month(made), time=f"{made:%H:%M}")
            )
        if facts.has_colleagues:
            number = facts.changes_not_exchanged
            parts.append(self.language.plural("{n} change not yet exchanged", "{n} changes not yet exchanged", number))
        self.shell.set_status(" · ".join(parts))

    # Language and look

    def _on_language_requested(self, code: str) -> None:
        self.preferences.language = code
        self.language = Language(code)
        self._qt_texts.speak(self.language)
        self._rebuild()

    def _on_theme_requested(self, mode: str) -> None:
        self.preferences.theme = mode
        self.look.choose(mode)

    def show_other_plan(self) -> None:
        """The screens are built anew under the plan that is in use now."""
        workspace = self.runner.workspace
        self._rebuild()
        if workspace is not None:
            plan = workspace.plan
            words = self.language.text("{name}, version {version}, is in use.", name=plan.name, version=plan.version)
            self.shell.add_notice("good", words)

    def _rebuild(self) -> None:
        """Another frame in the other language or look, on the same open file and the same page."""
        old, current = self.shell, self.shell.current
        old.allow_close()
        self.shell = Shell(self.theme, ShellTexts.of(self.language))
        self.shell.inside.go_to(old.inside.place())
        self._connect_shell()
        workspace = self.runner.workspace
        if workspace is not None:
            self._build_pages(workspace)
            self.shell.show_page(current if current in ("start", "governments", "settings") else "start")
            self._refresh_status()
        self.shell.show()
        old.clear_pages()
        old.close()
        old.deleteLater()
