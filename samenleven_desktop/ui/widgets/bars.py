"""Progress bars of KPIs: as widgets, and drawn in table cells by delegates."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.readmodels.core import StateCounts
from samenleven_desktop.ui.theme import Theme

HEIGHT = 8
STATE_ROLES = {
    KpiState.REACHED: "good",
    KpiState.ON_COURSE: "good",
    KpiState.BEHIND: "attention",
    KpiState.AT_RISK: "bad",
    KpiState.NO_ENTRY: "line_strong",
    KpiState.JURY: "accent",
    KpiState.NOT_GRANTED: "line_strong",
}


@dataclass(frozen=True)
class ProgressBarData:
    """Shares between 0 and 1 of the confirmed number; if `expected` is None, no mark is drawn."""

    share: float
    expected: float | None
    state: KpiState


def draw_progress(painter: QPainter, box: QRectF, theme: Theme, progress: ProgressBarData) -> None:
    """Draws the track, the progress, and a mark at the progress expected today."""
    bar = QRectF(box.left(), box.center().y() - HEIGHT / 2, box.width(), HEIGHT)
    _rounded(painter, bar, theme, "track")
    if progress.share > 0:
        width = max(bar.width() * min(progress.share, 1.0), HEIGHT)
        _rounded(painter, QRectF(bar.left(), bar.top(), width, HEIGHT), theme, STATE_ROLES[progress.state])
    if progress.expected is not None:
        x = round(bar.left() + bar.width() * min(progress.expected, 1.0))
        left = min(x, round(bar.right()) - 1) - 1
        # Filled and on whole pixels, so that the mark is sharp.
        painter.fillRect(QRect(left, round(bar.top()) - 4, 2, HEIGHT + 8), theme.color("expected"))


def draw_states(painter: QPainter, box: QRectF, theme: Theme, counts: StateCounts) -> None:
    """Draws the distribution of the counted targets over good, behind, at risk and no entry."""
    bar = QRectF(box.left(), box.center().y() - HEIGHT / 2, box.width(), HEIGHT)
    _rounded(painter, bar, theme, "track")
    parts = (
        (counts.good, "good"),
        (counts.behind, "attention"),
        (counts.at_risk, "bad"),
        (counts.no_entry, "line_strong"),
    )
    total = counts.counted
    if not total:
        return
    painter.save()
    painter.setClipPath(_path(bar))
    left = bar.left()
    for number, role in parts:
        width = bar.width() * number / total
        painter.setBrush(theme.color(role))
        painter.drawRect(QRectF(left, bar.top(), width, HEIGHT))
        left += width
    painter.restore()


def _path(bar: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(bar, HEIGHT / 2, HEIGHT / 2)
    return path


def _rounded(painter: QPainter, bar: QRectF, theme: Theme, role: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(role))
    painter.drawRoundedRect(bar, HEIGHT / 2, HEIGHT / 2)
