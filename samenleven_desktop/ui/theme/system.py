"""The appearance settings of the desktop: light or dark, high contrast, font size; at start-up and when they change.

The colour scheme may be unknown at start-up and arrive some milliseconds later. The font size is that of the desktop
font, on top of the display scale, which Qt applies itself.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessibilityHints, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from samenleven_desktop.ui.theme import Theme

_DEFAULT_SIZES = (9.0, 11.0)
"""Point sizes of the default desktop fonts; within this range our font keeps its size."""
_BASE = 9.0 if sys.platform == "win32" else 10.0
_LARGEST = 1.8
_DARK = "inverse|dark(?!er)"
"""In the name of a theme. Where the dialogs of the portal are used, Qt knows the scheme of the portal only, which many
desktops do not set. A theme that is called darker is light, with dark frames."""


@dataclass(frozen=True)
class Desktop:
    """The current settings."""

    dark: bool
    contrast: bool
    points: float

    def mode(self, chosen: str) -> str:
        """Returns the mode chosen by the coach, or else that of the desktop.

        In either case with high contrast if the desktop asks for it.
        """
        mode = chosen if chosen in ("light", "dark") else "dark" if self.dark else "light"
        return f"{mode}-contrast" if self.contrast else mode


def desktop_now() -> Desktop:
    """Reads the settings from Qt, and on X from those of GTK desktops, which contain more and are available sooner."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    contrast = _accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    points = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    if QGuiApplication.platformName() == "xcb":
        from samenleven_desktop.ui.theme.xsettings import read_xsettings

        found = read_xsettings()
        name = found.get("Net/ThemeName", "").lower()
        contrast = contrast or "highcontrast" in name or "contrasthigh" in name
        dark = dark or re.search(_DARK, name) is not None
        size = found.get("Gtk/FontName", "").rpartition(" ")[2]
        points = float(size) if re.fullmatch(r"\d{1,2}(\.\d+)?", size) else points
    return Desktop(dark, contrast, points)


def _accessibility() -> QAccessibilityHints:
    """Avoids `styleHints().accessibility()`: PySide 6.12 takes ownership of that object and deletes it during use."""
    return next(one for one in QGuiApplication.styleHints().children() if isinstance(one, QAccessibilityHints))


def scale_of(points: float) -> float:
    if points <= _DEFAULT_SIZES[1]:
        return 1.0
    return min(points / _BASE, _LARGEST)


class SystemLook(QObject):
    """The theme of the program, which follows the desktop unless the coach chose one.

    `fixed` names a mode for screenshots and tests, at the default size; it is used until the coach chooses one.
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
            from samenleven_desktop.ui.theme.xsettings import XSettingsWatch

            watch = XSettingsWatch(self)
            watch.changed.connect(self.follow)
            watch.start()

    def choose(self, mode: str) -> None:
        """Sets `light`, `dark` or `system`."""
        self._chosen, self._fixed = mode, None
        self.follow()

    def follow(self, _value: object = None) -> None:
        """Reads the settings of the desktop again; also called when a window receives a theme change."""
        self.theme.become(*self._wanted(), self._application)

    def _wanted(self) -> tuple[str, float]:
        if self._fixed:
            return self._fixed, 1.0
        desktop = desktop_now()
        return desktop.mode(self._chosen), scale_of(desktop.points)
