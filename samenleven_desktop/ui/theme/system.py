"""What the desktop asks for: light or dark, more contrast, the size of letters. At the start and while it runs.

The scheme may be unknown at the start and come some milliseconds later; the size is that of the font of the desktop,
on top of its scale, which Qt follows by itself.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessibilityHints, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.theme.xsettings import XSettingsWatch, read_xsettings

_USUAL = (9.0, 11.0)
"""Points of the desktops' own fonts; within these our letters keep their size."""
_BASE = 9.0 if sys.platform == "win32" else 10.0
_LARGEST = 1.8
_DARK = "inverse|dark(?!er)"
"""In the name of a theme. Where the dialogs of the portal are used, Qt knows the scheme of the portal only, which many
desktops do not set. A theme that is called darker is light, with dark frames."""


@dataclass(frozen=True)
class Desktop:
    """What it asks for now."""

    dark: bool
    contrast: bool
    points: float

    def mode(self, chosen: str) -> str:
        """The mode that the coach chose, else that of the desktop; more contrast in either."""
        mode = chosen if chosen in ("light", "dark") else "dark" if self.dark else "light"
        return f"{mode}-contrast" if self.contrast else mode


def desktop_now() -> Desktop:
    """From Qt, and on X from the settings that GTK desktops publish, which know more and know it sooner."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    contrast = _accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    points = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    if QGuiApplication.platformName() == "xcb":
        found = read_xsettings()
        name = found.get("Net/ThemeName", "").lower()
        contrast = contrast or "highcontrast" in name or "contrasthigh" in name
        dark = dark or re.search(_DARK, name) is not None
        size = found.get("Gtk/FontName", "").rpartition(" ")[2]
        points = float(size) if re.fullmatch(r"\d{1,2}(\.\d+)?", size) else points
    return Desktop(dark, contrast, points)


def _accessibility() -> QAccessibilityHints:
    """Not `styleHints().accessibility()`: PySide 6.12 takes that object for its own and deletes it under Qt's hands."""
    return next(one for one in QGuiApplication.styleHints().children() if isinstance(one, QAccessibilityHints))


def scale_of(points: float) -> float:
    if points <= _USUAL[1]:
        return 1.0
    return min(points / _BASE, _LARGEST)


class Look(QObject):
    """The theme of the program, which follows the desktop where the coach did not choose.

    `fixed` names a mode for pictures and tests: until the coach chooses, that one stays, at its usual size.
    """

    def __init__(self, application: QApplication, chosen: str, fixed: str | None, parent: QObject) -> None:
        super().__init__(parent)
        self._application, self._chosen, self._fixed = application, chosen, fixed
        self.theme = Theme(*self._wanted(), self)
        self.theme.apply(application)
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self.follow)
        _accessibility().contrastPreferenceChanged.connect(self.follow)
        if application.platformName() == "xcb":
            watch = XSettingsWatch(self)
            watch.changed.connect(self.follow)
            watch.start()

    def choose(self, mode: str) -> None:
        """`light`, `dark`, or `system`."""
        self._chosen, self._fixed = mode, None
        self.follow()

    def follow(self, _value: object = None) -> None:
        """Looks again at what the desktop asks for. A window calls this when it hears of another theme."""
        self.theme.become(*self._wanted(), self._application)

    def _wanted(self) -> tuple[str, float]:
        if self._fixed:
            return self._fixed, 1.0
        desktop = desktop_now()
        return desktop.mode(self._chosen), scale_of(desktop.points)
