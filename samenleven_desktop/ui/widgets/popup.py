"""A small window below the widget that opens it: always inside the screen, even when it grows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QWidget

from samenleven_desktop.ui.geometry import beside


class Popup(QFrame):
    """Subclasses add the content and return the preferred size in `wished_size`. A click outside closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._anchor: QRect | None = None

    def wished_size(self) -> QSize:
        return self.sizeHint()

    def least_height(self) -> int:
        """Returns the minimum height at which the popup is usable."""
        return self.minimumSizeHint().height()

    def open_under(self, anchor: QWidget, part: QRect | None = None) -> None:
        """Opens below a widget, or below a part of it; above if there is no room."""
        part = part or anchor.rect()
        self._anchor = QRect(anchor.mapToGlobal(part.topLeft()), part.size())
        self.fit()
        self.show()

    def fit(self) -> None:
        """Applies the preferred size and moves the popup inside the screen."""
        if self._anchor is None:
            return
        parent = self.parentWidget()
        screen = (parent or self).screen()
        self.ensurePolished()
        place = beside(self._anchor, self.wished_size(), screen.availableGeometry(), self.least_height())
        self.setFixedSize(place.size())
        self.move(place.topLeft())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return done
