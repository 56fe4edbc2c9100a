"""Colours, type, spacing, icons and style sheet: the whole look of the window lives here."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from samenleven_desktop.paths import resources_dir
from samenleven_desktop.ui.theme import style, tokens

__all__ = ["Theme", "system_mode", "tokens"]

_FONTS = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")


def system_mode() -> str:
    """What the desktop asks for: light or dark."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


class Theme:
    """One mode, light or dark; screens ask it for colours by role and for icons by name."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self._colors = tokens.THEMES[mode]
        self._icons: dict[tuple[str, str, int], QIcon] = {}

    def color(self, role: str) -> QColor:
        return QColor(self._colors[role])

    def icon(self, name: str, role: str = "text", size: int = 18) -> QIcon:
        """A Lucide picture in the colour of a role, sharp at every scale."""
        key = (name, role, size)
        if key not in self._icons:
            self._icons[key] = QIcon(self.pixmap(name, role, size))
        return self._icons[key]

    def pixmap(self, name: str, role: str = "text", size: int = 18) -> QPixmap:
        source = (resources_dir() / "icons" / f"{name}.svg").read_text()
        drawing = QSvgRenderer(QByteArray(source.replace("currentColor", self._colors[role]).encode()))
        ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
        picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        drawing.render(painter, QRectF(picture.rect()))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def apply(self, application: QApplication) -> None:
        """Style, palette, fonts and sheet for the whole program."""
        load_fonts()
        application.setStyle("Fusion")
        font = QFont("Inter")
        font.setPixelSize(tokens.BODY)
        # Hinted at 13 px, Inter loses the dots of its i's and runs 5 % wider.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        application.setFont(font)
        application.setPalette(self._palette())
        application.setStyleSheet(style.build(self._colors, resources_dir() / "icons"))

    def _palette(self) -> QPalette:
        palette = QPalette()
        for part, role in (
            (QPalette.ColorRole.Window, "background"),
            (QPalette.ColorRole.WindowText, "text"),
            (QPalette.ColorRole.Base, "surface"),
            (QPalette.ColorRole.AlternateBase, "background"),
            (QPalette.ColorRole.Text, "text"),
            (QPalette.ColorRole.Button, "surface"),
            (QPalette.ColorRole.ButtonText, "text"),
            (QPalette.ColorRole.ToolTipBase, "raised"),
            (QPalette.ColorRole.ToolTipText, "text"),
            (QPalette.ColorRole.PlaceholderText, "muted"),
            (QPalette.ColorRole.Highlight, "accent"),
            (QPalette.ColorRole.HighlightedText, "on_accent"),
            (QPalette.ColorRole.Link, "accent_text"),
            (QPalette.ColorRole.Mid, "line"),
        ):
            palette.setColor(part, self.color(role))
        return palette


def load_fonts() -> None:
    """Inter, as shipped; a second call costs nothing."""
    if "Inter" not in QFontDatabase.families():
        for name in _FONTS:
            QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / name))


def tabular(font: QFont) -> QFont:
    """The same font with figures of equal width, for columns of numbers."""
    lined = QFont(font)
    lined.setFeature(QFont.Tag("tnum"), 1)
    return lined
