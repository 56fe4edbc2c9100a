"""Window geometry: places a window on an available screen, in a size that fits there. Knows no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMargins, QPoint, QRect, QSize

DEFAULT_SIZE = QSize(1440, 900)
# The frame size is unknown until a window is shown.
USUAL_FRAME = QMargins(6, 36, 6, 6)
_GAP = 4


@dataclass(frozen=True)
class WindowPlace:
    """The geometry of the window without its frame; if `maximized`, the geometry to which it is restored."""

    x: int
    y: int
    width: int
    height: int
    maximized: bool = False

    @property
    def rect(self) -> QRect:
        return QRect(self.x, self.y, self.width, self.height)

    @classmethod
    def of(cls, rect: QRect, *, maximized: bool) -> WindowPlace:
        return cls(rect.x(), rect.y(), rect.width(), rect.height(), maximized)


def first_place(room: QRect) -> QRect:
    """Returns the default size, or what fits on the screen, centred."""
    size = DEFAULT_SIZE.boundedTo(room.marginsRemoved(USUAL_FRAME).size())
    return _moved_into(_around(room.center(), size), room, USUAL_FRAME)


def fitted(rect: QRect, rooms: Sequence[QRect], frame: QMargins) -> QRect:
    """Returns `rect` moved into the screen that contains most of it (or the nearest screen), shrunk if necessary."""
    if not rooms:
        return rect
    room = max(rooms, key=lambda one: (_area(one.intersected(rect)), -_distance(one, rect)))
    size = rect.size().boundedTo(room.marginsRemoved(frame).size())
    return _moved_into(QRect(rect.topLeft(), size), room, frame)


def beside(anchor: QRect, size: QSize, room: QRect, least: int = 0) -> QRect:
    """Returns the geometry of a popup below the anchor, or above it if there is more room; always inside `room`.

    Its height is reduced if necessary, but not below `least`: then it covers the anchor.
    """
    under, above = room.bottom() - anchor.bottom() - _GAP, anchor.top() - _GAP - room.top()
    below = size.height() <= under or under >= above
    high = min(size.height(), max(under if below else above, least), room.height())
    top = anchor.bottom() + 1 + _GAP if below else anchor.top() - _GAP - high
    wide = min(size.width(), room.width())
    left = max(min(anchor.left(), room.right() + 1 - wide), room.left())
    return QRect(left, max(min(top, room.bottom() + 1 - high), room.top()), wide, high)


def _moved_into(rect: QRect, room: QRect, frame: QMargins) -> QRect:
    inner = room.marginsRemoved(frame)
    left = max(min(rect.x(), inner.right() + 1 - rect.width()), inner.left())
    top = max(min(rect.y(), inner.bottom() + 1 - rect.height()), inner.top())
    return QRect(QPoint(left, top), rect.size())


def _around(centre: QPoint, size: QSize) -> QRect:
    return QRect(centre.x() - size.width() // 2, centre.y() - size.height() // 2, size.width(), size.height())


def _area(rect: QRect) -> int:
    return max(rect.width(), 0) * max(rect.height(), 0)


def _distance(room: QRect, rect: QRect) -> int:
    apart = room.center() - rect.center()
    return apart.manhattanLength()
