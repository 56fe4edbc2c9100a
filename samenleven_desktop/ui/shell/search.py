"""The one search box: type, see results under it, walk with the arrows, Enter opens, Escape leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from samenleven_desktop.ui.theme import Theme


@dataclass(frozen=True)
class SearchHit:
    """A result: what it is called, a muted remark, and what to hand back when chosen."""

    title: str
    remark: str
    target: object


class SearchBox(QLineEdit):
    """The owner listens to `text_typed`, answers with `show_hits`, and listens to `hit_chosen`."""

    text_typed = Signal(str)
    hit_chosen = Signal(object)

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setProperty("search", True)
        self.setClearButtonEnabled(True)
        self.addAction(theme.icon("search", "muted", 16), QLineEdit.ActionPosition.LeadingPosition)
        self.hint = QLabel("Ctrl K", self)
        self.hint.setProperty("role", "small")
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._popup: QFrame | None = None
        self._list = QListWidget()
        self.textEdited.connect(self._on_typed)

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def show_hits(self, hits: Sequence[SearchHit]) -> None:
        """The results of what was typed last; none hides the list."""
        popup = self._frame()
        self._list.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.title}    {hit.remark}")
            item.setData(Qt.ItemDataRole.UserRole, hit.target)
            self._list.addItem(item)
        if not hits or not self.hasFocus() or not self.text().strip():
            popup.hide()
            return
        self._list.setCurrentRow(0)
        popup.setFixedSize(self.width(), min(len(hits), 10) * 30 + 16)
        popup.move(self.mapTo(self.window(), QPoint(0, self.height() + 4)))
        popup.raise_()
        popup.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}.get(event.key())
        if step is not None and self._list.count():
            row = min(max(self._list.currentRow() + step, 0), self._list.count() - 1)
            self._list.setCurrentRow(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._popup is not None:
            self._popup.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.hint.adjustSize()
        self.hint.move(self.width() - self.hint.width() - 12, (self.height() - self.hint.height()) // 2)

    def _frame(self) -> QFrame:
        if self._popup is None:
            # A child of the window, not a popup window: the field keeps the keyboard.
            self._popup = QFrame(self.window())
            self._popup.setObjectName("popup")
            box = QVBoxLayout(self._popup)
            box.setContentsMargins(6, 6, 6, 6)
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setAccessibleName(self.accessibleName())
            self._list.itemClicked.connect(lambda _: self._choose())
            box.addWidget(self._list)
        return self._popup

    def _on_typed(self, text: str) -> None:
        self.hint.setVisible(not text)
        self.text_typed.emit(text)

    def _choose(self) -> None:
        item = self._list.currentItem()
        if item is not None and self._popup is not None and self._popup.isVisible():
            target = item.data(Qt.ItemDataRole.UserRole)
            self._leave()
            self.hit_chosen.emit(target)

    def _leave(self) -> None:
        self.clear()
        self.hint.show()
        self._frame().hide()
        self.clearFocus()
