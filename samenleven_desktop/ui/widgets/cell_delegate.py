"""Paints and edits the cells of a grid: the frame of the current cell, the mark of invalid input, the editor.

The keys in the editor are those of Excel: Enter, Tab and the arrows commit the input and move on, Escape cancels it. In
an editor opened with F2 or a double click, the left and right arrows move the cursor in the text.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QStyle, QStyleOptionViewItem, QWidget

from samenleven_desktop.ui.models.clipboard import MOST_CHARACTERS
from samenleven_desktop.ui.models.editable_model import CHOICES_ROLE, WRONG_ROLE
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.row_delegate import PADDING, RowDelegate

Index = QModelIndex | QPersistentModelIndex
_ICON = 14

_STEPS = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_STEPS_WHILE_TYPING = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}


class CellEditor(QLineEdit):
    """The line edit in a cell. `typing` is True if the first key replaced the content."""

    too_much_pasted = Signal()

    def __init__(self, parent: QWidget, *, typing: bool) -> None:
        super().__init__(parent)
        self.typing = typing
        self.filled = False
        self.setMaxLength(MOST_CHARACTERS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and len(QGuiApplication.clipboard().text()) > MOST_CHARACTERS:
            self.too_much_pasted.emit()
            return
        super().keyPressEvent(event)


class CellDelegate(RowDelegate):
    """Paints cells like a list; `overwrite` makes the next editor start empty."""

    left_with = Signal(int, int)
    """The editor committed its input; the selection moves by this number of rows and columns."""
    tabbed = Signal(bool)
    """The editor committed its input; Tab (True) or Shift+Tab moves on."""
    too_much_pasted = Signal()
    typed = Signal()
    """The text in the open editor changed, or the editor was closed."""
    overwrite = False

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._editor: CellEditor | None = None
        self.closeEditor.connect(lambda *_: self.typed.emit())

    def open_editor(self) -> CellEditor | None:
        """Returns the visible editor, if any."""
        editor = self._editor
        return editor if editor is not None and shiboken6.isValid(editor) and editor.isVisible() else None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = CellEditor(parent, typing=self.overwrite)
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        editor.setAccessibleDescription(str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole) or ""))
        editor.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))
        editor.too_much_pasted.connect(self.too_much_pasted)
        editor.textEdited.connect(lambda _: self.typed.emit())
        self._editor = editor
        choices = index.data(CHOICES_ROLE)
        if choices:
            completer = QCompleter(list(choices), editor)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            editor.setCompleter(completer)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Only once: reloaded rows must not overwrite the input.
        if isinstance(editor, CellEditor) and not editor.filled:
            editor.filled = True
            if not editor.typing:
                editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if not isinstance(editor, CellEditor):
            return
        if editor.text() != index.data(Qt.ItemDataRole.EditRole) or index.data(WRONG_ROLE):
            index.model().setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, CellEditor):
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._keep(editor)
                self.tabbed.emit(event.key() == Qt.Key.Key_Tab and modifiers != Qt.KeyboardModifier.ShiftModifier)
                return True
            step = self._step(editor, Qt.Key(event.key()), modifiers)
            if step is not None:
                self._keep(editor)
                self.left_with.emit(*step)
                return True
        return super().eventFilter(editor, event)

    def _step(self, editor: CellEditor, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> tuple[int, int] | None:
        step = _STEPS.get(key)
        if step and modifiers == Qt.KeyboardModifier.ShiftModifier and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return -1, 0
        if modifiers != Qt.KeyboardModifier.NoModifier:
            return None
        return step or (_STEPS_WHILE_TYPING.get(key) if editor.typing else None)

    def _keep(self, editor: CellEditor) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, RowDelegate.EndEditHint.NoHint)

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(WRONG_ROLE):
            self._paint_wrong(painter, option, index)
        else:
            super().paint(painter, option, index)
        view, state, box = self.parent(), option.state, QRect(option.rect)
        if isinstance(view, QAbstractItemView) and view.currentIndex() == index:
            self._ring(painter, box, "accent" if view.hasFocus() else "line_strong", 2)
        elif state & QStyle.StateFlag.State_MouseOver and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._ring(painter, box, "line_strong", 1)

    def _selected(self, painter: QPainter, box: QRect, index: Index) -> None:
        """Paints a selected cell; it is highlighted only in the focused grid."""
        view = self.parent()
        focused = isinstance(view, QWidget) and view.hasFocus()
        painter.fillRect(box, self.theme.color("selection" if focused else "hover"))

    def _paint_wrong(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        box = QRect(option.rect)
        painter.fillRect(box, self.theme.color("bad_tint"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), self.theme.color("bad"))
        inner = box.adjusted(PADDING, 2, -PADDING, -2)
        spot = QRect(inner.left(), inner.center().y() - _ICON // 2 + 1, _ICON, _ICON)
        self.theme.icon("triangle-alert", "bad_text", _ICON).paint(painter, spot)
        words = inner.adjusted(_ICON + 4, 0, 0, 0)
        left = not (index.data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight))
        self._text(painter, words, str(index.data() or ""), option.font, "bad_text", left=left)
        painter.restore()

    def _ring(self, painter: QPainter, box: QRect, role: str, width: int) -> None:
        painter.save()
        painter.setPen(QPen(self.theme.color(role), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRect(QRectF(box).adjusted(half, half, -half, -half))
        painter.restore()
