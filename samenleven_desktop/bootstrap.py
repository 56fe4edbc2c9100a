"""The one place where the window's parts are put together. Imports only what the first paint needs."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path


def run_window(store: Path | None, language: str | None, today: date | None) -> int:
    """Opens the window and stays until it is closed; gives the exit code."""
    from PySide6.QtWidgets import QApplication

    from samenleven_desktop.ui.app import Application, Opening
    from samenleven_desktop.ui.preferences import Preferences

    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Samenleven")
    qt.setQuitOnLastWindowClosed(False)
    opening = Opening(store, language, today, os.environ.get("SAMENLEVEN_PASSPHRASE"))
    application = Application(Preferences(), opening)
    application.finished.connect(qt.quit)
    application.start()
    return int(qt.exec())
