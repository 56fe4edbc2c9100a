"""Colours, type, spacing, icons and style sheet: the whole look of the window lives here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from samenleven_desktop.paths import resources_dir
from samenleven_desktop.ui.theme import style, tokens

__all__ = ["Theme", "px", "small_font", "tokens"]

_FONTS = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")


class Theme(QObject):
    """Colours by role, icons by name and the scale of the letters; `changed` tells that all of these are others now."""

    changed = Signal()

    def __init__(self, mode: str, scale: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mode, self.scale = mode, scale
        self._colors = tokens.THEMES[mode]
        self._icons: dict[tuple[str, str, int], QIcon] = {}

    def become(self, mode: str, scale: float, application: QApplication) -> None:
        """Another look for windows that are open: what a person is typing stays."""
        if (mode, scale) == (self.mode, self.scale):
            return
        self.mode, self.scale = mode, scale
        self._colors = tokens.THEMES[mode]
        self._icons = {}
        self.apply(application)
        self.changed.emit()

    def px(self, size: int) -> int:
        """A size that goes with the letters."""
        return round(size * self.scale)

    def keep(self, owner: QObject, show: Callable[[], object]) -> None:
        """Calls `show` now and after every change, as long as `owner` lives."""
        show()
        keeper = _Keeper(show, owner)
        self.changed.connect(keeper.show)

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
        font.setPixelSize(self.px(tokens.BODY))
        # Hinted at 13 px, Inter loses the dots of its i's and runs 5 % wider.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        application.setFont(font)
        application.setPalette(self._palette())
        application.setStyleSheet(style.build(self._colors, resources_dir() / "icons", self.scale))

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


class _Keeper(QObject):
    """The end of a connection that goes with its owner."""

    def __init__(self, show: Callable[[], object], owner: QObject) -> None:
        super().__init__(owner)
        self._show = show

    def show(self) -> None:
        self._show()


def px(font: QFont, size: int) -> int:
    """A size that goes with the letters, where only the font of a widget is at hand."""
    return round(size * font.pixelSize() / tokens.BODY) if font.pixelSize() > 0 else size


def small_font(font: QFont) -> QFont:
    """The size of labels and heads, beside a font of the size of texts."""
    small = QFont(font)
    small.setPixelSize(px(font, tokens.SMALL))
    return small


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
