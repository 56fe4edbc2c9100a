"""Adds or changes another instrument: a subsidy or call besides the plan's that pays for an action."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from samenleven_desktop.domain.fields import INSTRUMENT
from samenleven_desktop.readmodels.core import GovernmentChoice
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.instruments.commands import AddInstrument, ChangeInstrument, InstrumentContent
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.widgets.choice import Chooser, LateChooser
from samenleven_desktop.ui.widgets.limited_text_edit import LongText


class InstrumentDialog(FormDialog):
    """Adds an instrument of a government (None: to be selected), for an action at first, or changes `line`."""

    def __init__(
        self,
        context: UiContext,
        government_id: str | None,
        line: InstrumentLine | None,
        owner: QWidget,
        *,
        action_id: str | None = None,
    ) -> None:
        text = context.language.text
        super().__init__(context, text("Change other instrument") if line else text("New other instrument"), owner)
        self.setMinimumWidth(560)
        self._government_id, self._line = government_id, line
        self.record = ("instrument", line.id) if line else None
        self.government = LateChooser()
        if government_id is None and line is None:
            self.add("government_id", text("Government"), self.government)
            context.runner.query(choices, then=self._offer, owner=self)
        self.add_fields(INSTRUMENT, line, "name", "giver instrument_state")
        self.action = Chooser()
        self.action.addItem(text("no action of its own"), "")
        for one, words in context.action_choices():
            self.action.addItem(words, one)
        wanted = line.action_id if line else action_id
        if line is not None and wanted and self.action.findData(wanted) < 0:
            # Of a plan that is not in use.
            self.action.addItem(f"{line.action} {line.action_title}".strip(), wanted)
        self.action.setCurrentIndex(max(self.action.findData(wanted or ""), 0))
        self.action.setMinimumContentsLength(24)
        self.action.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.add("action_id", text("For the action"), self.action)
        note = LongText(line.note or "" if line else "")
        note.setFixedHeight(72)
        self.add_fields(
            INSTRUMENT,
            line,
            "amount_cents deadline end",
            "document",
            "note",
            captions={
                "deadline": text("Deadline (may stay empty)"),
                "end": text("Pays until (may stay empty)"),
            },
            editors={"note": note},
        )
        self.fields["name"].editor.setFocus()

    def _offer(self, found: list[GovernmentChoice]) -> None:
        self.government.offer([(one.id, one.name) for one in found])

    def command(self) -> AnyCommand:
        content = InstrumentContent(action_id=self.action.currentData() or None, **self.read())
        if self._line is not None:
            return ChangeInstrument(self._line.id, content)
        return AddInstrument(self._government_id or self.government.currentData(), content)
