"""The navigation at the left of the window: entries with icon, caption and badge; icons only in a narrow window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from samenleven_desktop.ui.theme import Theme, tabular, tokens

WIDE, NARROW = 208, 60
_BADGE_HEIGHT, _BADGE_PADDING, _DOT = 18, 7, 7


class NavigationEntry(QPushButton):
    """An entry of the navigation. The badge is painted, so that it stays at the right at every width."""

    def __init__(self, theme: Theme, caption: str, icon_name: str, key_name: str) -> None:
        super().__init__()
        self._theme = theme
        self._caption = caption
        self._key_name = key_name
        self._badge = ""
        self._narrow = False
        self.setProperty("nav", True)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.keep(self, lambda: self.setIcon(theme.icon(icon_name, "muted")))
        self.setIconSize(QSize(18, 18))
        self._update_texts()

    @property
    def caption(self) -> str:
        return self._caption

    def set_badge(self, text: str) -> None:
        self._badge = text
        self._update_texts()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._update_texts()

    def _update_texts(self) -> None:
        self.setText("" if self._narrow else f"  {self._caption}")
        words = f"{self._caption}, {self._badge}" if self._badge else self._caption
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({self._key_name})")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._badge:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._narrow:
            # No room for the number beside the icon; it is in the tool tip.
            painter.setBrush(self._theme.color("accent"))
            painter.drawEllipse(QRectF(self.width() / 2 + 7, 6, _DOT, _DOT))
        else:
            self._draw_count(painter)
        painter.end()

    def _draw_count(self, painter: QPainter) -> None:
        font = tabular(QFont(self.font()))
        font.setPixelSize(self._theme.px(tokens.SMALL - 1))
        width = max(QFontMetrics(font).horizontalAdvance(self._badge) + 2 * _BADGE_PADDING, _BADGE_HEIGHT + 4)
        box = QRectF(self.width() - 10 - width, (self.height() - _BADGE_HEIGHT) // 2, width, _BADGE_HEIGHT)
        painter.setBrush(self._theme.color("surface" if self.isChecked() else "neutral_tint"))
        painter.drawRoundedRect(box, _BADGE_HEIGHT / 2, _BADGE_HEIGHT / 2)
        painter.setFont(font)
        painter.setPen(self._theme.color("accent_text" if self.isChecked() else "text"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._badge)


class Navigation(QWidget):
    """The column of entries: arrow keys select and open; Ctrl+1 .. Ctrl+9 are bound by the window."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._narrow = False
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.keep(self, self._fit)
        self.setAccessibleName(name)
        self.entries: dict[str, NavigationEntry] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 12, 8, 12)
        self._column.setSpacing(2)
        self._column.addStretch(1)

    @property
    def narrow(self) -> bool:
        return self._narrow

    def add_entry(self, key: str, caption: str, icon_name: str, on_click: Callable[[], object]) -> NavigationEntry:
        entry = NavigationEntry(self._theme, caption, icon_name, f"Ctrl+{len(self.entries) + 1}")
        entry.set_narrow(self._narrow)
        entry.clicked.connect(lambda _checked=False: on_click())
        self.entries[key] = entry
        self._column.insertWidget(self._column.count() - 1, entry)
        return entry

    def captions(self) -> list[tuple[str, str]]:
        """Returns the key and caption of each entry, in order."""
        return [(key, entry.caption) for key, entry in self.entries.items()]

    def entry(self, key: str) -> NavigationEntry | None:
        return self.entries.get(key)

    def clear_entries(self) -> None:
        for entry in self.entries.values():
            entry.deleteLater()
        self.entries = {}

    def _fit(self) -> None:
        self.setFixedWidth(NARROW if self._narrow else self._theme.px(WIDE))

    def set_narrow(self, narrow: bool) -> None:
        """Shows only icons, with the captions as tool tips."""
        self._narrow = narrow
        self._fit()
        for entry in self.entries.values():
            entry.set_narrow(narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Selects the next or previous entry with Up and Down, the first or last with Home and End."""
        shown = list(self.entries.values())
        here = next((place for place, entry in enumerate(shown) if entry.hasFocus()), None)
        steps = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
        if here is not None and event.key() in steps:
            self._go(shown[(here + steps[event.key()]) % len(shown)])
        elif here is not None and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(shown[0 if event.key() == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def _go(self, entry: NavigationEntry) -> None:
        entry.setFocus(Qt.FocusReason.TabFocusReason)
        entry.click()
