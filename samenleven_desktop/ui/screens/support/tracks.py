"""The tracks of the coach and their sessions."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.readmodels.core import TrackChoice
from samenleven_desktop.services.sessions.queries import list_tracks
from samenleven_desktop.services.sessions.track_commands import DeleteTrack
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.track import TrackDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.bars import ProgressBarData
from samenleven_desktop.ui.widgets.basic import button
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import bare, button_row
from samenleven_desktop.ui.widgets.shortcuts import on_key


class TracksPanel(QWidget):
    """Tracks with planned and used hours."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        box = bare(QVBoxLayout(self), 10)
        self.new = button(text("New track ..."), lambda: TrackDialog(context, None, self).open())
        self.change = button(text("Change ..."), self._on_change)
        self.delete = button(text("Delete"), self._on_delete)
        box.addWidget(button_row(self.new, self.change, self.delete))

        def used(line: TrackChoice) -> ProgressBarData | None:
            if not line.planned_minutes:
                return None
            share = line.used_minutes / line.planned_minutes
            return ProgressBarData(share, None, KpiState.BEHIND if share > 1 else KpiState.ON_COURSE)

        self.card = ListCard[TrackChoice](
            context,
            text("Tracks"),
            [
                kinds.text(
                    text("Track"),
                    lambda line: line.title,
                    stretch=4,
                    strong=True,
                    second=lambda line: line.goal or "",
                    tip=lambda line: line.goal or line.title,
                ),
                kinds.text(text("Government"), lambda line: line.government_name, stretch=2),
                kinds.day(text("From"), lambda line: line.start),
                kinds.day(text("Until"), lambda line: line.end),
                kinds.number(text("Sessions"), lambda line: line.sessions),
                kinds.duration(text("Planned"), lambda line: line.planned_minutes),
                kinds.duration(text("Used"), lambda line: line.used_minutes),
                kinds.progress(
                    text("Share"),
                    used,
                    lambda line: (
                        language.percent(line.used_minutes, line.planned_minutes) if line.planned_minutes else "–"
                    ),
                ),
            ],
            empty=("handshake", text("No tracks yet.")),
            title="",
        )
        self.model, self.table = self.card.model, self.card.table
        self.card.need_rows(self.change, self.delete)
        box.addWidget(self.card, 1)
        self.table.row_activated.connect(lambda _: self._on_change())
        on_key(self.table, "Del", text("Delete the chosen track"), self._on_delete)

    def reload(self) -> None:
        self._context.runner.query(list_tracks, None, True, then=self._show, owner=self, latest="tracks")

    def _show(self, lines: list[TrackChoice]) -> None:
        self.model.set_rows(lines)

    def _on_change(self) -> None:
        line = self.card.current()
        if line is not None:
            TrackDialog(self._context, line, self).open()

    def _on_delete(self) -> None:
        line = self.card.current()
        if line is not None:
            self._context.runner.run(DeleteTrack(line.id), initiator=self, then=lambda _: self.reload())
