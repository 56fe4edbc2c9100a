"""The parts *Afspraken*, *Trajecten* and *Zonder contact* of Ondersteuning."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.readmodels.core import AgreementLine, TrackChoice
from samenleven_desktop.services.sessions.agenda import FollowUps, WithoutContact, follow_ups, without_contact
from samenleven_desktop.services.sessions.entry_and_agreement_commands import CompleteAgreement, DeleteAgreement
from samenleven_desktop.services.sessions.queries import WITHOUT_CONTACT_DAYS, list_tracks
from samenleven_desktop.services.sessions.track_commands import DeleteTrack
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.dialogs.track import TrackDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.screens.columns import agreement_columns
from samenleven_desktop.ui.widgets.bars import ProgressBarData
from samenleven_desktop.ui.widgets.basic import NumberBox, button, label, on_key
from samenleven_desktop.ui.widgets.choice import Segmented
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import FlowArea

LATE, SOON, LATER, DONE = "late", "soon", "later", "done"


class FollowUpsPanel(QWidget):
    """Overdue first; Space marks as done or open again, Delete takes away, Enter changes."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._found = FollowUps((), (), (), ())
        text = context.language.text
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        row = FlowArea(gap=8)
        self.which = Segmented(
            text("Which"),
            [
                ("open", text("Still open")),
                (LATE, text("Late")),
                (SOON, text("Next 14 days")),
                (LATER, text("Later")),
                (DONE, text("Done")),
            ],
        )
        self.which.choice_changed.connect(lambda _: self._fill())
        self.mark = button(text("Mark as done"), self._on_done)
        self.change = button(text("Change ..."), self._on_change)
        self.new = button(text("New agreement ..."), lambda: AgreementDialog(context, None, self).open())
        for one in (self.which, self.mark, self.change, self.new):
            row.append(one)
        box.addWidget(row)
        self.card = ListCard[AgreementLine](
            context,
            text("Agreements"),
            agreement_columns(context, governments=True),
            empty=("list-checks", text("Nothing here.")),
            title="",
        )
        self.model, self.table = self.card.model, self.card.table
        box.addWidget(self.card, 1)
        self.table.row_activated.connect(lambda _: self._on_change())
        for key, what in (("Space", self._on_done), ("Del", self._on_delete)):
            on_key(self.table, key, what)

    def reload(self) -> None:
        self._context.runner.query(follow_ups, then=self._show, owner=self, latest="follow-ups")

    def _show(self, found: FollowUps) -> None:
        self._found = found
        self._fill()

    def _fill(self) -> None:
        found, which = self._found, self.which.choice()
        rows = {
            "open": (*found.late, *found.soon, *found.later),
            LATE: found.late,
            SOON: found.soon,
            LATER: found.later,
            DONE: found.done,
        }[which]
        place = self.table.currentIndex().row()
        self.model.set_rows(rows)
        if rows and place > 0:
            self.table.select_row(min(place, len(rows) - 1))
        text = self._context.language.text
        self.mark.setText(text("Open again") if which == DONE else text("Mark as done"))

    def _on_done(self) -> None:
        line = self.card.current()
        if line is not None:
            day = self._context.today if line.done_on is None else None
            self._context.runner.run(CompleteAgreement(line.id, day), initiator=self, then=lambda _: self.reload())

    def _on_change(self) -> None:
        line = self.card.current()
        if line is not None:
            AgreementDialog(self._context, line.government_id, self, line).open()

    def _on_delete(self) -> None:
        line = self.card.current()
        if line is not None:
            self._context.runner.run(DeleteAgreement(line.id), initiator=self, then=lambda _: self.reload())


class TracksPanel(QWidget):
    """Tracks with the hours planned and used."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        row = FlowArea(gap=8)
        self.new = button(text("New track ..."), lambda: TrackDialog(context, None, self).open())
        self.change = button(text("Change ..."), self._on_change)
        self.delete = button(text("Delete"), self._on_delete)
        for one in (self.new, self.change, self.delete):
            row.append(one)
        box.addWidget(row)

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
        on_key(self.table, "Del", self._on_delete)

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


class SilencePanel(QWidget):
    """Governments that have not been seen for a number of days that the coach chooses."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        line = QHBoxLayout()
        self.days = NumberBox(1, 999)
        self.days.setValue(WITHOUT_CONTACT_DAYS)
        self.days.setAccessibleName(text("Days without contact"))
        self.days.valueChanged.connect(lambda _: self.reload())
        self.count = label("", "muted")
        line.addWidget(label(text("Days without contact"), "label"))
        line.addWidget(self.days)
        line.addWidget(self.count)
        line.addStretch(1)
        box.addLayout(line)
        card = ListCard[WithoutContact](
            context,
            text("Without contact"),
            [
                kinds.text(text("Government"), lambda one: one.government_name, stretch=3, strong=True),
                kinds.text(text("Reference region"), lambda one: one.reference_region, stretch=2),
                kinds.day(
                    text("Last contact"),
                    lambda one: one.last_contact,
                    words=lambda one: language.day_short(one.last_contact) if one.last_contact else text("never"),
                ),
                kinds.number(text("Days"), lambda one: one.days),
                kinds.day(text("Next session"), lambda one: one.next_session, 130),
            ],
            empty=("check", text("You have seen all your governments.")),
            title="",
        )
        self.model, self.table = card.model, card.table
        box.addWidget(card, 1)
        self.table.row_activated.connect(lambda one: context.navigator.open_dossier(one.government_id))

    def reload(self) -> None:
        self._context.runner.query(
            without_contact, self.days.value(), then=self._show, owner=self, latest="without-contact"
        )

    def _show(self, lines: list[WithoutContact]) -> None:
        self.model.set_rows(lines)
        self.count.setText(self._context.language.plural("{n} government", "{n} governments", len(lines)))
