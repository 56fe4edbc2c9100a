"""Opens or changes a track of support for a government."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.domain.fields import TRACK
from samenleven_desktop.readmodels.core import GovernmentChoice, TrackChoice
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.sessions.track_commands import AddTrack, ChangeTrack, TrackContent
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.widgets.choice import LateChooser
from samenleven_desktop.ui.widgets.day_edit import DayEdit
from samenleven_desktop.ui.widgets.limited_text_edit import LongText


class TrackDialog(FormDialog):
    def __init__(
        self, context: UiContext, line: TrackChoice | None, owner: QWidget, government_id: str | None = None
    ) -> None:
        text = context.language.text
        super().__init__(context, text("Change track") if line else text("New track"), owner)
        self.setMinimumWidth(520)
        self._line = line
        self.record = ("support_track", line.id) if line else None
        self.government = LateChooser(government_id)
        self.name_edit = QLineEdit(line.title if line else "")
        goal = LongText(line.goal or "" if line else "")
        goal.setFixedHeight(72)
        start = DayEdit(context, TRACK["start"].toward, line.start if line else context.today)
        if line is None:
            self.add("government", text("Government"), self.government)
            context.runner.query(choices, then=self._offer, owner=self)
        self.add_fields(
            TRACK,
            line,
            "title",
            "goal",
            "planned_minutes",
            "start end",
            captions={"end": text("Until (may stay empty)")},
            editors={"title": self.name_edit, "goal": goal, "start": start},
        )
        self.name_edit.setFocus()

    def _offer(self, found: list[GovernmentChoice]) -> None:
        self.government.offer([(one.id, one.name) for one in found])

    def command(self) -> AnyCommand:
        content = TrackContent(**self.read())
        if self._line is not None:
            return ChangeTrack(self._line.id, content)
        return AddTrack(self.government.currentData(), content)
