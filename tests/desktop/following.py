"""Changes the settings of the desktop while the real window is open, and tells what the window made of them.

Run by `test_look` in a process of its own. `xsettingsd` plays the settings daemon of GTK desktops.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.preferences import Preferences
from tests.desktop.pressing import until


class Settings:
    """The settings daemon."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "xsettings.conf"
        self._write("Adwaita", 10)
        self._process = subprocess.Popen(["xsettingsd", "-c", str(self._file)], stderr=subprocess.DEVNULL)

    def _write(self, theme: str, points: int) -> None:
        self._file.write_text(f'Net/ThemeName "{theme}"\nGtk/FontName "Sans {points}"\n', encoding="utf-8")

    def change(self, theme: str, points: int) -> None:
        self._write(theme, points)
        self._process.send_signal(signal.SIGHUP)

    def end(self) -> None:
        self._process.terminate()
        self._process.wait()


def main() -> None:
    folder = Path(sys.argv[2])
    settings = Settings(folder)
    qt = QApplication(sys.argv[:1])
    qt.setQuitOnLastWindowClosed(False)
    application = Application(Preferences(), Opening(Path(sys.argv[1]), "nl"))
    ready: list[bool] = []
    application.ready.connect(lambda: ready.append(True))
    application.start()
    assert until(lambda: bool(ready) and application.runner.idle, 60)
    seen: dict[str, tuple[str, float, int]] = {}

    def keep(name: str) -> None:
        until(lambda: False, 0.4)
        theme = application.theme
        seen[name] = (theme.mode, theme.scale, qt.font().pixelSize())
        application.shell.grab().save(str(folder / f"{name}.png"))

    keep("start")
    settings.change("Adwaita-dark", 10)
    until(lambda: application.theme.mode == "dark", 10)
    keep("dark")
    settings.change("Adwaita-dark", 14)
    until(lambda: application.theme.scale > 1, 10)
    keep("large")
    settings.change("HighContrast", 14)
    until(lambda: application.theme.mode.endswith("contrast"), 10)
    keep("contrast")
    application.change_theme("light")
    settings.change("Adwaita-dark", 10)
    until(lambda: (application.theme.mode, application.theme.scale) == ("light", 1), 10)
    keep("chosen")
    finished: list[bool] = []
    application.finished.connect(lambda: finished.append(True))
    application.close()
    until(lambda: bool(finished), 20)
    settings.end()
    (folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")


if __name__ == "__main__":
    main()
