"""Application controller: opens the work file in a window that is on screen already, then adds the pages.

Composes the parts of the window and connects their signals; pages decide themselves what they show. SQLAlchemy and the
screens are imported while the window is on screen.
"""

from __future__ import annotations

import logging
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from samenleven_desktop.domain.errors import EnvironmentFault, SamenlevenError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.paths import default_store
from samenleven_desktop.technical_log import fault_places
from samenleven_desktop.ui.actions import bind_keys, window_actions
from samenleven_desktop.ui.auto_lock import Idle, SystemLock
from samenleven_desktop.ui.command_palette import CommandPalette
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.day_watch import DayWatch
from samenleven_desktop.ui.draft_recovery import DraftRecovery
from samenleven_desktop.ui.external_files import ExternalFiles
from samenleven_desktop.ui.field_undo import FieldUndo
from samenleven_desktop.ui.first_window import FirstWindow, Opening, show_first
from samenleven_desktop.ui.folder_watcher import FolderWatch
from samenleven_desktop.ui.gc_on_gui_thread import GarbageCollector
from samenleven_desktop.ui.help import show_help, show_keys
from samenleven_desktop.ui.keyring import SystemKeyring
from samenleven_desktop.ui.menu import WindowMenu
from samenleven_desktop.ui.navigator import SafekeepingPart
from samenleven_desktop.ui.preferences import ZOOMS, Preferences
from samenleven_desktop.ui.runner import Runner
from samenleven_desktop.ui.shell import Shell, ShellTexts
from samenleven_desktop.ui.status_line import StatusLine
from samenleven_desktop.ui.undo import UndoControl
from samenleven_desktop.ui.window_navigator import WindowNavigator
from samenleven_desktop.ui.window_place import Place, put_forms_away
from samenleven_desktop.ui.work_file import WorkFile

if TYPE_CHECKING:
    from samenleven_desktop.services.core.command import Done
    from samenleven_desktop.services.safekeeping.backups import MadeBackup
    from samenleven_desktop.services.workfile.workspace import Workspace

logger = logging.getLogger(__name__)


def _daily_backup(file: Workspace) -> MadeBackup | None:
    from samenleven_desktop.services.safekeeping.workspace_file import daily_backup

    return daily_backup(file)


class Application(QObject):
    """One window with one work file. `ready` is emitted once a page with data of the work file is visible."""

    ready = Signal()
    finished = Signal()

    def __init__(self, preferences: Preferences, opening: Opening, first: FirstWindow | None = None) -> None:
        """`first` is a window that is shown already."""
        super().__init__()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.preferences = preferences
        self._opening = opening
        first = first or FirstWindow(preferences, opening)
        self.language = first.language
        self._qt_texts = first.qt_texts
        self.runner = Runner(self)
        self.garbage = GarbageCollector(lambda: self.runner.idle, self)
        self.garbage.start()
        self.day_watch = DayWatch(self)
        self.keyring = SystemKeyring(self)
        self.context: UiContext | None = None
        self.look = first.look
        self.theme = self.look.theme
        self.theme.list_widths = self.preferences.list_widths
        self.shell = first.shell
        self.idle = Idle(application)
        self.system_lock = SystemLock(self)
        self.watch = FolderWatch(self.runner, self)
        self.status_line = StatusLine(self)
        self.offering = DraftRecovery(self)
        self.undoing = UndoControl(self, self.offering.resume)
        self.navigator = WindowNavigator(self, self.undoing.offer, self._on_file_replaced)
        self.work_file = WorkFile(self, self.watch, self.keyring, opening.runtime)
        self.arrivals = ExternalFiles(self, self.work_file, opening.pack)
        self._field_undo = FieldUndo(application, self)
        for part in (
            self._qt_texts,
            self.look,
            self.status_line,
            self.offering,
            self.undoing,
            self.work_file,
            self.arrivals,
        ):
            part.setParent(self)
        self._connect()
        self._connect_shell()

    def _connect(self) -> None:
        self.runner.worked.connect(self.garbage.wake)
        self.runner.failed.connect(self.show_error)
        self.runner.crashed.connect(self._on_crashed)
        self.runner.changed.connect(self._on_changed)
        self.runner.closed.connect(self._on_closed)
        self.work_file.opened.connect(self._on_opened)
        self.work_file.closing.connect(self._on_closing)
        self.day_watch.turned.connect(self._on_day_turned)
        self.idle.passed.connect(self.lock)
        self.system_lock.locked.connect(self.lock)
        self.watch.looked.connect(self._show_waiting)

    def _connect_shell(self) -> None:
        self.shell.new_session_requested.connect(self.navigator.open_new_session)
        self.shell.close_requested.connect(self.close)
        self.shell.theme_changed.connect(self.look.follow)
        self.shell.help_requested.connect(partial(show_help, self))
        self.shell.keys_requested.connect(partial(show_keys, self))
        self.shell.files_dropped.connect(self.navigator.open_packs)
        actions = window_actions(self, self.navigator, self.undoing, self.lock)
        bind_keys(self.shell, actions)
        self.palette = CommandPalette(self, actions)
        self.menu = WindowMenu(self, actions)
        self.system_lock.watch(self.shell)

    # Start and close

    def start(self) -> None:
        """Shows the window, if it is not shown yet, and opens the work file."""
        if not self.shell.isVisible():
            show_first(self.shell, self.language, self.preferences)
        self.system_lock.listen()
        store = self._opening.store or self.preferences.last_store or default_store()
        QTimer.singleShot(0, self, partial(self.work_file.open_or_welcome, store, self._opening.passphrase))

    def close(self) -> None:
        """Waits for pending writes, then closes the window."""
        logger.info("closing")
        self.palette.stop()
        self.system_lock.stop()
        self._stop_watching()
        put_forms_away(self.shell)
        self.navigator.copies.close()
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

    def keep_typed(self) -> None:
        """Writes the input of every open form to its draft and waits until it is saved.

        Called when the system is about to end the process.
        """
        self.shell.keep_typed()
        self.runner.closing.emit()
        self.runner.finish_writing(seconds=10)

    # The work file

    def _on_opened(self, workspace: Workspace) -> None:
        self.preferences.remember_store(workspace.path)
        self.garbage.freeze_once()
        self._build_pages(workspace)
        self.day_watch.start(lambda: workspace.today)
        self.shell.show_page("start")
        self.runner.on_store(_daily_backup, owner=self, then=self._on_daily_backup, noted=True)
        self._refresh_status()
        self._watch_idle()
        self.watch.start()
        self.work_file.go_back()
        self.offering.offer()
        if workspace.officer_id is None:
            self.shell.show_page("who", "settings")
        self.arrivals.offer_waiting()
        self.ready.emit()

    def _on_closing(self) -> None:
        self._stop_watching()
        self.shell.clear_pages()
        self.navigator.copies.close()
        self.context = None

    def _stop_watching(self) -> None:
        self.idle.stop()
        self.watch.stop()
        self.day_watch.stop()

    def _on_closed(self) -> None:
        """Overwrites the data of the cleared pages in memory, once Qt has deleted them."""
        QTimer.singleShot(0, self, self._collect)

    def _collect(self) -> None:
        self.garbage.collect_all()
        QTimer.singleShot(0, self, self._forget)

    def _forget(self) -> None:
        from samenleven_desktop.services.core.freed_memory import forget_on_this_thread

        forget_on_this_thread()
        self.runner.forget()

    def _on_daily_backup(self, made: MadeBackup | None) -> None:
        """Reports only problems; once a quarter it offers to review the records that exceed their retention period."""
        self.status_line.refresh()
        if made is None:
            return
        if made.problem is not None:
            self.navigator.notify("attention", self.language.error(made.problem))
        from samenleven_desktop.services.safekeeping.retention import retention_due

        self.runner.on_read(retention_due, then=self._offer_review, owner=self, latest="retention-due")

    def _offer_review(self, number: int) -> None:
        if not number:
            return
        words = self.language.plural(
            "{n} record was kept longer than its period.", "{n} records were kept longer than their period.", number
        )
        look = partial(self.navigator.open_safekeeping, SafekeepingPart.RETENTION)
        self.shell.add_notice("info", words).add_action(self.language.text("Look through"), look)

    def lock(self) -> None:
        self.work_file.lock()

    def lock_after(self, minutes: int) -> None:
        self.preferences.lock_minutes = minutes
        self.preferences.save()
        self._watch_idle()

    def leave_file(self) -> None:
        self.work_file.leave()

    def _watch_idle(self) -> None:
        workspace = self.runner.workspace
        practice = workspace is None or workspace.practice_date is not None
        self.idle.watch(0 if practice else self.preferences.lock_minutes)

    # Pages

    def _build_pages(self, workspace: Workspace) -> None:
        from samenleven_desktop.ui import page_registry

        practice = workspace.practice_date is not None
        self.context = UiContext(
            self.language, self.theme, self.runner, self.navigator, workspace.plans, lambda: workspace.today, practice
        )
        self.shell.clear_pages()
        page_registry.add_all(self.shell, self.context, self.watch, self)
        self._show_waiting()
        self._show_today(workspace)
        self.shell.practice_pill.setVisible(practice)
        self.shell.set_working(True)

    def _show_today(self, workspace: Workspace) -> None:
        from samenleven_desktop.i18n.labels import year_words

        plan, text = workspace.plan, self.language.text
        year = plan.year_on(workspace.today)
        if not plan.years:
            words = text("No plan in use")
        elif not plan.runs_on(workspace.today):
            words = text("{plan} does not run today", plan=plan.short_name)
        else:
            words = year_words(self.language, workspace.plans, plan, year)
        self.shell.year_pill.setText(words)
        self.shell.year_pill.setVisible(self.shell.width() >= 900)
        if workspace.practice_date is not None:
            day = self.language.day(workspace.today)
            self.shell.practice_pill.setText(text("Practice file, invented figures · {day}", day=day))

    def _on_day_turned(self) -> None:
        """Rebuilds the pages for the new date; a form in use is kept."""
        workspace = self.runner.workspace
        if workspace is None:
            return
        logger.info("another day")
        self._show_today(workspace)
        writing = self.shell.current == "session" or QApplication.activeModalWidget() is not None
        place = Place.of(self.shell)
        self.shell.renew_pages(keep=self.shell.current if writing else None)
        if not writing:
            place.show(self.shell, self.navigator)
        self.runner.on_store(_daily_backup, owner=self, then=self._on_daily_backup)

    def _on_file_replaced(self, sentence: str) -> None:
        workspace = self.runner.workspace
        if workspace is not None:
            self._build_pages(workspace)
            self.shell.show_page("start")
            self._refresh_status()
            self.navigator.notify("good", sentence)

    def _show_waiting(self) -> None:
        """Shows the number of files of colleagues and open conflicts as a badge in the navigation."""
        number = self.watch.waiting
        self.shell.set_badge("exchange", self.language.number(number) if number else "")

    def _on_changed(self, done: Done[object], initiator: QObject) -> None:
        if done.touches("plan"):
            self._follow_plans(done.command_id if initiator is not self.undoing else "")
        self._refresh_status()
        self.watch.count()

    def _refresh_status(self) -> None:
        if self.runner.workspace is not None:
            self.status_line.refresh()
            self.menu.refresh()

    # Errors

    def show_error(self, error: SamenlevenError) -> None:
        tone = "bad" if isinstance(error, EnvironmentFault) else "attention"
        self.navigator.notify(tone, self.language.error(error))

    def on_unexpected(self, _kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """`sys.excepthook` of the window: an error in a slot is shown in the report window, not on standard error."""
        places = fault_places(error.with_traceback(trace))
        logger.error("unexpected: %s", places)
        self._on_crashed(places)

    def _on_crashed(self, details: str) -> None:
        from samenleven_desktop.ui.dialogs.crash import CrashDialog

        if not any(one.isVisible() for one in self.shell.findChildren(CrashDialog)):
            CrashDialog(self.language, details, self.shell).open()

    # Language, theme, plan

    def change_language(self, code: str) -> None:
        self.preferences.language = code
        self.language = Language(code)
        self._qt_texts.speak(self.language)
        self._rebuild()

    def change_theme(self, mode: str) -> None:
        self.preferences.theme = mode
        self.look.choose(mode)

    def zoom(self, steps: int) -> None:
        """Makes the text larger (1), smaller (-1), or as large as that of the desktop (0)."""
        place = ZOOMS.index(self.preferences.zoom) + steps
        self.change_zoom(ZOOMS[max(0, min(place, len(ZOOMS) - 1))] if steps else 100)

    def change_zoom(self, percent: int) -> None:
        self.preferences.zoom = percent
        self.preferences.save()
        self.look.zoom(percent)

    def _follow_plans(self, step: str) -> None:
        """Rebuilds every page for the plans in use; offers to undo the step, unless it was an undo itself."""
        workspace = self.runner.workspace
        self._rebuild()
        if workspace is None:
            return
        in_use = [
            self.language.text("{name}, version {version}", name=plan.name, version=plan.version)
            for plan in workspace.plans
        ]
        words = self.language.text("In use: {plan}", plan=" · ".join(in_use))
        if not in_use:
            words = self.language.text("No plan is in use.")
        if step:
            self.undoing.offer(words, step)
        else:
            self.navigator.notify("good", words)

    def _rebuild(self) -> None:
        """Replaces the window by one in the new language, with the same open work file and page."""
        old, current = self.shell, self.shell.current
        old.allow_close()
        self.shell = Shell(self.theme, ShellTexts.of(self.language))
        self.shell.inside.go_to(old.inside.place())
        self._connect_shell()
        workspace = self.runner.workspace
        if workspace is not None:
            self._build_pages(workspace)
            self.shell.show_page(current if current in ("start", "governments", "settings", "plans") else "start")
            self._refresh_status()
        self.shell.show()
        old.clear_pages()
        old.close()
        old.deleteLater()
        self.garbage.thaw()
