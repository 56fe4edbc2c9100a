"""Runs the tours: practice files of 2024 and, under two plans, of 2026, and an empty file; then writes the report."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.services.core.output_files import os_faults, private_folder, write_file
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.practice.constants import PRACTICE_PASSPHRASE
from samenleven_desktop.services.practice.make import make_practice
from samenleven_desktop.services.reports.kinds import report_file
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.workfile.practice_files import PRACTICE_SUFFIX
from samenleven_desktop.services.workfile.workspace import create_workspace
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.preferences import Preferences
from samenleven_desktop.ui.screenshots.later_plans import LATER, empty_steps, later_steps
from samenleven_desktop.ui.screenshots.script import SHOWN, Tour


def run_tour(out: Path, theme: str | None, language: Language) -> int:
    """Writes screenshots in light and dark (or one of them) and the coaching report to `out`; returns the exit code."""
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_write_qt_message)
    with os_faults(out):
        private_folder(out)
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        _widen_screen(Path(folder))
        instance = QApplication.instance()
        qt = instance if isinstance(instance, QApplication) else QApplication([])
        qt.setQuitOnLastWindowClosed(False)
        for mode in (theme,) if theme else ("light", "dark"):
            store, later, empty = (Path(folder) / f"{mode}{name}{PRACTICE_SUFFIX}" for name in ("", "-later", "-leeg"))
            make_practice(store, None)
            make_practice(later, None, day=LATER)
            create_workspace(empty, PRACTICE_PASSPHRASE, Runtime(day=LATER)).close()
            preferences = Preferences(Path(folder) / "preferences.json")
            for file, passphrase, scenes in (
                (store, None, None),
                (later, None, later_steps),
                (empty, PRACTICE_PASSPHRASE, empty_steps),
            ):
                application = Application(preferences, Opening(file, language.code, None, passphrase, mode))
                script = None if scenes is None else partial(scenes, application)
                tour = Tour(application, out, "" if mode == "light" else "-donker", script)
                application.finished.connect(qt.quit)
                application.start()
                qt.exec()
                failures += tour.failures
            _report(store, out / "coachingsrapport.pdf", language)
    for line in failures:
        sys.stderr.write(f"{line}\n")
    sys.stdout.write(f"{language.text('Pictures and report are in {folder}.', folder=out.resolve())}\n")
    return 1 if failures else 0


def _widen_screen(folder: Path) -> None:
    """The offscreen platform has a screen of 800 x 800, and a window is limited to its screen."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        screen = {"name": "tour", "x": 0, "y": 0, "width": 1920, "height": 1200, "dpr": 1}
        content = {"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96}]}
        (folder / "screen.json").write_text(json.dumps(content), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={folder / 'screen.json'}"


def _write_qt_message(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Writes Qt messages to standard error, except those about features the offscreen platform does not support."""
    if not message.startswith("This plugin does not support"):
        sys.stderr.write(f"{message}\n")


def _report(store: Path, target: Path, language: Language) -> None:
    from samenleven_desktop.services.workfile.opening import open_any

    workspace = open_any(store, Runtime())
    try:
        government = workspace.query(government_by_code, SHOWN)
        write_file(target, report_file(workspace, ReportRequest("coaching", (government.id,)), language))
    finally:
        workspace.close()
