"""A map of governments: each area has a fill and a pattern for its value; arrow keys select areas.

The widget draws outlines and fills, but does not know what they mean: the screen provides the text (`MapArea.value`,
legend). Paths are built once per outline and scaled once per size; the static part is cached as a pixmap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.map import Box, Outline, bounds
from samenleven_desktop.ui.theme import Theme, tokens
from samenleven_desktop.ui.widgets.basic import label
from samenleven_desktop.ui.widgets.map_looks import Look, paint_look

_PADDING = 10
_NAME_SIZE = 10
_MOST_NAMES = 80
"""With more areas the map is all names; the one that is pointed at is named beside it."""
_SURROUNDINGS = 0.04
"""The margin of surrounding areas shown on each side, as a share of the size of the map."""
_NEXT = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)


@dataclass(frozen=True)
class MapArea:
    """An area that can be opened: `codes` are the outlines it fills, `value` is the meaning of its fill as text.

    `rank` is the order in which names are written; 0 first.
    """

    id: str
    name: str
    value: str
    look: Look
    codes: tuple[str, ...]
    rank: int = 0


class MapWidget(QWidget):
    """Click or Enter opens an area, arrow keys select by name, a letter selects the next name that starts with it."""

    area_activated = Signal(str)
    """The id of a MapArea."""
    area_pointed = Signal(object)
    """The MapArea under the mouse, or else the selected one, or else None."""

    def __init__(self, theme: Theme, language: Language, name: str, credit: str, credit_in_full: str) -> None:
        super().__init__()
        self._theme, self._language, self._name = theme, language, name
        self._outlines: Mapping[str, Outline] = {}
        self._areas: list[MapArea] = []
        self._paths: dict[str, QPainterPath] = {}
        self._scaled: dict[str, QPainterPath] = {}
        self._filled: dict[str, QPainterPath] = {}
        self._picture: QPixmap | None = None
        theme.keep(self, self._forget_picture)
        self._current: str | None = None
        self._hovered: str | None = None
        self._pressed: str | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._credit = label(credit, "credit")
        self._credit.setParent(self)
        self._credit.setToolTip(credit_in_full)

    def sizeHint(self) -> QSize:
        return QSize(520, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 170)

    @property
    def areas(self) -> Sequence[MapArea]:
        """The areas in the order of the arrow keys."""
        return self._areas

    def show_outlines(self, outlines: Mapping[str, Outline]) -> None:
        """Sets the outlines of everything that can be on the map, by code."""
        self._outlines = outlines
        self._paths.clear()
        self._invalidate()

    def show_areas(self, areas: Sequence[MapArea]) -> None:
        """Sets the filled areas, in the order of the arrow keys; all other outlines are surroundings."""
        self._areas = list(areas)
        if self._current not in {one.id for one in areas}:
            self._current = None
        self._hovered = self._pressed = None
        self._invalidate()
        self._announce()

    def current(self) -> MapArea | None:
        return self._area(self._current)

    def area_at(self, place: QPointF) -> MapArea | None:
        self._scale_paths()
        return next((one for one in self._areas if self._filled[one.id].contains(place)), None)

    # User input

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ids = [one.id for one in self._areas]
        at = ids.index(self._current) if self._current in ids else -1
        key, wanted = event.key(), None
        if ids and key in _NEXT:
            wanted = (at + 1) % len(ids)
        elif ids and key in _BACK:
            wanted = (at - 1) % len(ids) if at >= 0 else len(ids) - 1
        elif ids and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            wanted = 0 if key == Qt.Key.Key_Home else len(ids) - 1
        elif event.text().isalpha() and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            wanted = self._beginning_with(event.text(), at)
        if wanted is not None:
            self._set_current(ids[wanted])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and at >= 0:
            self.area_activated.emit(ids[at])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if self._current is None and self._areas and by_key:
            self._set_current(self._areas[0].id)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        found = self.area_at(event.position())
        self._hover(found.id if found else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            found = self.area_at(event.position())
            self._pressed = found.id if found else None
            if found is not None:
                self._set_current(found.id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        found = self.area_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None and found.id == pressed:
            self.area_activated.emit(found.id)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, place: QPointF) -> str:
        """Returns name and value of an area, the name of a surrounding outline, or an empty string."""
        found = self.area_at(place)
        if found is not None:
            return f"{found.name}\n{found.value}"
        return next((self._outlines[code].name for code, path in self._scaled.items() if path.contains(place)), "")

    # Painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._invalidate()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._scale_paths()
        if self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatio():
            self._picture = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for area in (self._area(self._hovered), self.current()):
            if area is not None:
                focused = area.id == self._current and self.hasFocus()
                # A light edge first, so that the outline stands out on every fill.
                self._ring(painter, area, "surface", 7 if focused else 5)
                self._ring(painter, area, "accent" if focused else "text", 3 if focused else 2)
        painter.end()

    def _ring(self, painter: QPainter, area: MapArea, role: str, width: int) -> None:
        pen = QPen(self._theme.color(role), width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(self._filled[area.id])

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatio()
        picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), tokens.RADIUS, tokens.RADIUS)
        painter.setClipPath(frame)
        filled = {code for one in self._areas for code in one.codes}
        painter.setPen(QPen(self._theme.color("surface"), 1))
        painter.setBrush(self._theme.color("neutral_tint"))
        for code, path in self._scaled.items():
            if code not in filled:
                painter.drawPath(path)
        # Areas without a fill last: a neighbour must not cover their border.
        for area in sorted(self._areas, key=lambda one: one.look.role == "surface"):
            for code in area.codes:
                if code in self._scaled:
                    paint_look(painter, self._scaled[code], self._theme, area.look)
        self._name_areas(painter)
        painter.end()
        return picture

    def _name_areas(self, painter: QPainter) -> None:
        """Writes the names of the areas, the first in `show_areas` first; one that would cover another is left out."""
        if len(self._areas) > _MOST_NAMES:
            return
        font = self.font()
        font.setPixelSize(self._theme.px(_NAME_SIZE))
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        taken: list[QRectF] = []
        for area in sorted(self._areas, key=lambda one: one.rank):
            path = self._filled[area.id]
            if path.isEmpty():
                continue
            box = QRectF(0, 0, metrics.horizontalAdvance(area.name) + 2, metrics.height() - 2)
            box.moveCenter(_middle(path))
            inside = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            box.moveLeft(max(min(box.left(), inside.right() - box.width()), inside.left()))
            box.moveTop(max(min(box.top(), inside.bottom() - box.height()), inside.top()))
            if any(box.intersects(other) for other in taken):
                continue
            taken.append(box)
            words = QPainterPath()
            words.addText(box.left() + 1, box.bottom() - metrics.descent(), font, area.name)
            # A light edge, so that the name can be read on every fill.
            edge = QPen(self._theme.color("surface"), 3)
            edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(words, edge)
            painter.fillPath(words, self._theme.color("text"))

    def _scale_paths(self) -> None:
        """Scales the visible outlines to the widget size, with the same scale in both directions."""
        if self._scaled or not self._outlines or self.width() < 3 * _PADDING or self.height() < 3 * _PADDING:
            return
        own = [self._outlines[code].box for one in self._areas for code in one.codes if code in self._outlines]
        left, bottom, right, top = bounds(own or [one.box for one in self._outlines.values()])
        wide, high = (right - left) * (1 + 2 * _SURROUNDINGS), (top - bottom) * (1 + 2 * _SURROUNDINGS)
        scale = min((self.width() - 2 * _PADDING) / wide, (self.height() - 2 * _PADDING) / high)
        transform = QTransform()
        transform.translate(self.width() / 2, self.height() / 2)
        # North is up.
        transform.scale(scale, -scale)
        transform.translate(-(left + right) / 2, -(bottom + top) / 2)
        seen = QRectF(self.rect())
        for code, outline in self._outlines.items():
            if transform.mapRect(_rect(outline.box)).intersects(seen):
                if code not in self._paths:
                    self._paths[code] = _path(outline)
                self._scaled[code] = transform.map(self._paths[code])
        for area in self._areas:
            together = QPainterPath()
            for code in area.codes:
                if code in self._scaled:
                    together.addPath(self._scaled[code])
            self._filled[area.id] = together

    def _forget_picture(self) -> None:
        self._picture = None
        self.update()

    def _invalidate(self) -> None:
        self._scaled.clear()
        self._filled = {one.id: QPainterPath() for one in self._areas}
        self._forget_picture()
        size = self._credit.sizeHint()
        self._credit.setGeometry(
            max(self.width() - size.width(), 0),
            max(self.height() - size.height(), 0),
            min(size.width(), self.width()),
            size.height(),
        )
        self.update()

    # Selection

    def _area(self, area_id: str | None) -> MapArea | None:
        return next((one for one in self._areas if one.id == area_id), None)

    def _set_current(self, area_id: str) -> None:
        if area_id != self._current:
            self._current = area_id
            self._announce()
            self.update()

    def _hover(self, area_id: str | None) -> None:
        if area_id != self._hovered:
            self._hovered = area_id
            self.setCursor(Qt.CursorShape.PointingHandCursor if area_id else Qt.CursorShape.ArrowCursor)
            self.area_pointed.emit(self._area(area_id) or self.current())
            self.update()

    def _announce(self) -> None:
        """Reports the selected area to screen readers and by `area_pointed`."""
        found = self.current()
        if found is None:
            self.setAccessibleName(self._name)
        else:
            values = {"map": self._name, "government": found.name, "value": found.value}
            self.setAccessibleName(self._language.text("{map}: {government}, {value}", **values))
        self.area_pointed.emit(self._area(self._hovered) or found)

    def _beginning_with(self, letter: str, at: int) -> int | None:
        first = fold(letter)
        places = [place for place, one in enumerate(self._areas) if fold(one.name).startswith(first)]
        return next((place for place in places if place > at), places[0] if places else None)


def _middle(path: QPainterPath) -> QPointF:
    """Returns the middle of the largest part of a shape."""
    parts = [polygon.boundingRect() for polygon in path.toSubpathPolygons()]
    return max(parts, key=lambda box: box.width() * box.height()).center()


def _rect(box: Box) -> QRectF:
    left, bottom, right, top = box
    return QRectF(left, bottom, right - left, top - bottom)


def _path(outline: Outline) -> QPainterPath:
    path = QPainterPath()
    for ring in outline.rings:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
    return path
