"""The theme of the window: colours, fonts, spacing, icons and style sheet."""

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
    """Colours by role, icons by name and the font scale; `changed` is emitted when any of them changes.

    `list_widths` holds the widths of columns that a person set, as in `Preferences`; lists read and write them.
    """

    changed = Signal()

    def __init__(self, mode: str, scale: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mode, self.scale = mode, scale
        self.list_widths: dict[str, dict[str, int]] = {}
        self._colors = tokens.THEMES[mode]
        self._icons: dict[tuple[str, str, int], QIcon] = {}

    def become(self, mode: str, scale: float, application: QApplication) -> None:
        """Applies another mode and scale to the open windows; input in forms is kept."""
        if (mode, scale) == (self.mode, self.scale):
            return
        self.mode, self.scale = mode, scale
        self._colors = tokens.THEMES[mode]
        self._icons = {}
        self.apply(application)
        self.changed.emit()

    def px(self, size: int) -> int:
        """Scales a size with the font."""
        return round(size * self.scale)

    def keep(self, owner: QObject, show: Callable[[], object]) -> None:
        """Calls `show` now and after every change, as long as `owner` exists."""
        show()
        keeper = _Keeper(show, owner)
        self.changed.connect(keeper.show)

    def color(self, role: str) -> QColor:
        return QColor(self._colors[role])

    def icon(self, name: str, role: str = "text", size: int = 18) -> QIcon:
        """Returns a Lucide icon in the colour of a role, sharp at every device pixel ratio."""
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
        """Applies style, palette, font and style sheet to the whole program."""
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
    """Slot object that disconnects when its owner is destroyed."""

    def __init__(self, show: Callable[[], object], owner: QObject) -> None:
        super().__init__(owner)
        self._show = show

    def show(self) -> None:
        self._show()


def px(font: QFont, size: int) -> int:
    """Scales a size with a font, for code that has only the font of a widget."""
    return round(size * font.pixelSize() / tokens.BODY) if font.pixelSize() > 0 else size


def small_font(font: QFont) -> QFont:
    """Returns the font in the size of labels and headers."""
    small = QFont(font)
    small.setPixelSize(px(font, tokens.SMALL))
    return small


def load_fonts() -> None:
    """Loads Inter, as shipped; a second call costs nothing."""
    if "Inter" not in QFontDatabase.families():
        for name in _FONTS:
            QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / name))


def tabular(font: QFont) -> QFont:
    """Returns the font with figures of equal width, for columns of numbers."""
    lined = QFont(font)
    lined.setFeature(QFont.Tag("tnum"), 1)
    return lined
