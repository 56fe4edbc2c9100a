"""Opens a track of support at a government, or changes one."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.readmodels.core import GovernmentChoice, TrackChoice
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.sessions.track_commands import AddTrack, ChangeTrack, TrackContent
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.input_parsing import read_date, read_optional_date, read_optional_number
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.limited_text_edit import LongText


class TrackDialog(FormDialog):
    def __init__(
        self, context: UiContext, line: TrackChoice | None, owner: QWidget, government_id: str | None = None
    ) -> None:
        language, text = context.language, context.language.text
        super().__init__(context, text("Change track") if line else text("New track"), owner)
        self.setMinimumWidth(520)
        self._line, self._wanted = line, government_id
        self.record = ("support_track", line.id) if line else None
        self.government = Chooser()
        self.name_edit = QLineEdit(line.title if line else "")
        self.goal = LongText(line.goal or "" if line else "")
        self.goal.setFixedHeight(72)
        hours = "" if line is None or line.planned_minutes is None else language.number(line.planned_minutes // 60)
        self.hours = QLineEdit(hours)
        self.first = QLineEdit(language.day_short(line.start if line else context.today))
        self.last = QLineEdit(language.day_short(line.end) if line and line.end else "")
        if line is None:
            self.add("government", text("Government"), self.government)
            context.runner.query(choices, then=self._offer, owner=self)
        self.add("title", text("Title"), self.name_edit)
        self.add("goal", text("Goal"), self.goal)
        self.add("planned_minutes", text("Planned hours"), self.hours)
        self.add("start", text("From"), self.first)
        self.add("end", text("Until (may stay empty)"), self.last, beside=True)
        self.name_edit.setFocus()

    def _offer(self, found: list[GovernmentChoice]) -> None:
        for one in found:
            self.government.addItem(one.name, one.id)
        self.government.setCurrentIndex(max(self.government.findData(self._wanted), 0))

    def command(self) -> AnyCommand:
        hours = read_optional_number(self.hours.text(), "planned_minutes")
        content = TrackContent(
            title=self.name_edit.text(),
            start=read_date(self.first.text(), self.context.today, "start"),
            goal=self.goal.toPlainText().strip() or None,
            planned_minutes=None if hours is None else hours * 60,
            end=read_optional_date(self.last.text(), self.context.today, "end"),
        )
        if self._line is not None:
            return ChangeTrack(self._line.id, content)
        return AddTrack(self.government.currentData(), content)
