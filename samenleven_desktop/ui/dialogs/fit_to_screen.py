"""Base of all dialogs: as high as the text needs, growing when an error is shown, and never outside the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from samenleven_desktop.ui.file_drops import NoFilesAsText
from samenleven_desktop.ui.geometry import USUAL_FRAME, fitted
from samenleven_desktop.ui.shared_keys import HELP_KEY, KEYS_KEY
from samenleven_desktop.ui.shell.window import Shell
from samenleven_desktop.ui.widgets.basic import Field


class FittingDialog(QDialog):
    """The base class of every dialog. Long content goes in a FieldsArea, which scrolls on a small screen.

    F1 and Ctrl+/ are handled here: the shortcuts of the window do not reach a dialog.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._fitting = False
        self._texts: NoFilesAsText | None = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
        if self._texts is None:
            self._texts = NoFilesAsText(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed, shell = QKeySequence(event.keyCombination()), self._shell()
        if shell is not None and pressed == QKeySequence(HELP_KEY):
            shell.help_requested.emit(self)
        elif shell is not None and pressed == QKeySequence(KEYS_KEY):
            shell.keys_requested.emit(self)
        else:
            super().keyPressEvent(event)

    def _shell(self) -> Shell | None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, Shell):
            around = around.parentWidget()
        return around

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.fit()
        return done

    def fit(self) -> None:
        """Grows to the height needed at this width, limited to the screen, and stays inside the screen."""
        layout = self.layout()
        if layout is None or self._fitting:
            return
        self._fitting = True
        room, frame = self.screen().availableGeometry(), self._frame()
        inner = room.marginsRemoved(frame).size()
        wide = min(max(self.width(), layout.totalMinimumSize().width()), inner.width())
        needed = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        high = min(max(self.height(), needed), inner.height())
        wished = QRect(self.pos() if not self.isVisible() else self.geometry().topLeft(), QSize(wide, high))
        place = fitted(wished, [room], frame)
        if place != self.geometry():
            self.setGeometry(place)
        for area in self.findChildren(FieldsArea):
            area.show_error_of(self.focusWidget())
        self._fitting = False

    def _frame(self) -> QMargins:
        handle = self.windowHandle()
        margins = handle.frameMargins() if handle is not None else QMargins()
        return USUAL_FRAME if margins.isNull() else margins


class FieldsArea(QScrollArea):
    """As high as its content if the screen allows, otherwise it scrolls: at 200 % scaling a small laptop has 300
    pixels."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(inside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Updates the geometry when the content grows: a scroll area does not propagate that."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inside:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        inside, layout = self._inside.sizeHint().expandedTo(self._inside.minimumSizeHint()), self._inside.layout()
        high = inside.height()
        if layout is not None and layout.hasHeightForWidth():
            # Wrapped texts need the height for the current width.
            wide = self.width() if self.isVisible() else inside.width()
            high = max(layout.totalHeightForWidth(wide), self._inside.minimumSizeHint().height())
        return QSize(inside.width() + 2, high + 2)

    def minimumSizeHint(self) -> QSize:
        """At least two fields stay visible; the rest is reached by scrolling."""
        inside = self._inside.minimumSizeHint()
        return QSize(inside.width() + 2, min(self.sizeHint().height(), 120))

    def show_error_of(self, focus: QWidget | None) -> None:
        """Scrolls so that the focused field is visible with its error."""
        around = focus
        while around is not None and around is not self._inside:
            if isinstance(around, Field) and around.error.isVisible():
                self.ensureWidgetVisible(around, 0, 4)
            around = around.parentWidget()
