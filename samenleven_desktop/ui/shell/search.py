"""The widget of the search box: shows results below it while typing; arrow keys select, Enter opens, Escape closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from samenleven_desktop.ui.theme import Theme, px, small_font, tokens

_ROW, _MOST_ROWS, _EDGE = 34, 12, 6
_ROOM_FOR_HINT = 110
_WIDE = 680
_REMARK_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class SearchHit:
    """A result: its title, a muted remark, and the object that is emitted when it is chosen."""

    title: str
    remark: str
    target: object


class HitDelegate(QStyledItemDelegate):
    """Paints one result: its title, with the remark muted beside it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, px(option.font, _ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        box = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("selection"))
            painter.drawRoundedRect(box, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        inner = box.adjusted(10, 0, -10, 0)
        title, small = QFont(option.font), small_font(option.font)
        title.setWeight(QFont.Weight.DemiBold)
        words = str(index.data())
        upright = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(title)
        painter.setPen(self._theme.color("text"))
        metrics = QFontMetrics(title)
        painter.drawText(inner, int(upright), metrics.elidedText(words, Qt.TextElideMode.ElideRight, inner.width()))
        inner.setLeft(inner.left() + metrics.horizontalAdvance(words) + 10)
        if inner.width() > 40:
            painter.setFont(small)
            painter.setPen(self._theme.color("muted"))
            remark = QFontMetrics(small).elidedText(
                str(index.data(_REMARK_ROLE)), Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.drawText(inner, int(upright), remark)
        painter.restore()


class SearchBox(QLineEdit):
    """The owner connects to `text_typed`, calls `show_hits`, and connects to `hit_chosen`."""

    text_typed = Signal(str)
    hit_chosen = Signal(object)

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setProperty("search", True)
        self.setClearButtonEnabled(True)
        glass = self.addAction(theme.icon("search", "muted", 16), QLineEdit.ActionPosition.LeadingPosition)
        theme.keep(glass, lambda: glass.setIcon(theme.icon("search", "muted", 16)))
        self.hint = QLabel("Ctrl K", self)
        self.hint.setProperty("role", "small")
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self.popup: QFrame | None = None
        # Given a parent at once: a window in which nothing is searched would leak them.
        self.results, self._nothing = QListWidget(self), QLabel(self)
        self.results.hide()
        self._nothing.hide()
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setProperty("role", "muted")
        self.textEdited.connect(self._on_typed)

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def show_hits(self, hits: Sequence[SearchHit], nothing: str = "") -> None:
        """Shows the results for the last input; if there are none, the text `nothing`, or no list if that is empty."""
        popup = self._frame()
        self.results.clear()
        self._nothing.setText(nothing)
        self._nothing.setVisible(not hits and bool(nothing))
        self.results.setVisible(bool(hits))
        for hit in hits:
            item = QListWidgetItem(hit.title)
            item.setData(Qt.ItemDataRole.UserRole, hit.target)
            item.setData(_REMARK_ROLE, hit.remark)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.title}, {hit.remark}")
            self.results.addItem(item)
        if not (hits or nothing) or not self.hasFocus() or not self.text().strip():
            popup.hide()
            return
        if hits:
            self.results.setCurrentRow(0)
        place = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        high = min(max(len(hits), 1), _MOST_ROWS) * px(self.font(), _ROW) + 2 * _EDGE + 2
        wide = min(max(self.width(), _WIDE), self.window().width() - place.x() - 8)
        popup.setFixedSize(wide, min(high, self.window().height() - place.y() - 8))
        popup.move(place)
        popup.raise_()
        popup.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}.get(event.key())
        if step is not None and self.results.count():
            row = min(max(self.results.currentRow() + step, 0), self.results.count() - 1)
            self.results.setCurrentRow(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.popup is not None:
            self.popup.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_hint()
        self.hint.adjustSize()
        self.hint.move(self.width() - self.hint.width() - 12, (self.height() - self.hint.height()) // 2)

    def _frame(self) -> QFrame:
        if self.popup is None:
            # A child of the window, not a popup window, so that the search box keeps the keyboard focus.
            self.popup = QFrame(self.window())
            self.popup.setObjectName("popup")
            box = QVBoxLayout(self.popup)
            box.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
            self.results.setItemDelegate(HitDelegate(self._theme, self.results))
            self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.results.setAccessibleName(self.accessibleName())
            self.results.itemClicked.connect(lambda _: self._choose())
            box.addWidget(self._nothing)
            box.addWidget(self.results)
        return self.popup

    def _show_hint(self) -> None:
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        self.hint.setVisible(not self.text() and self.width() >= words + _ROOM_FOR_HINT)

    def _on_typed(self, text: str) -> None:
        self._show_hint()
        self.text_typed.emit(text)

    def _choose(self) -> None:
        item = self.results.currentItem()
        if item is not None and self.popup is not None and self.popup.isVisible():
            target = item.data(Qt.ItemDataRole.UserRole)
            self._leave()
            self.hit_chosen.emit(target)

    def _leave(self) -> None:
        # `clear` could be undone, which would restore the old text.
        self.setText("")
        self._show_hint()
        self._frame().hide()
        self.clearFocus()
