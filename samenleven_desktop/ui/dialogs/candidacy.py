"""A candidacy for a stimulus: its data, the texts that the plan requires with a counter, and the result."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import STIMULUS
from samenleven_desktop.domain.plan_rules import Stimulus
from samenleven_desktop.domain.stimulus import Outcome, StimulusState
from samenleven_desktop.i18n.labels import STIMULUS_STATES
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.stimuli.commands import ChangeStimulus, StartCandidacy, StimulusContent
from samenleven_desktop.services.stimuli.queries import Candidacy, StimulusLine
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.forms import typed_line
from samenleven_desktop.ui.widgets.chips import ChipsEdit
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.limited_text_edit import LongText


class CandidacyDialog(FormDialog):
    """Starts a candidacy, or changes `record`."""

    def __init__(
        self, context: UiContext, line: StimulusLine, stimulus: Stimulus, record: Candidacy | None, owner: QWidget
    ) -> None:
        language, text = context.language, context.language.text
        super().__init__(context, f"{line.government_name} · {stimulus.name}", owner)
        self.setMinimumWidth(600)
        self._stimulus_line, self._stimulus, self._record = line, stimulus, record
        checks = {one.check for one in stimulus.conditions}
        self.state = Chooser()
        for state, words in STIMULUS_STATES.items():
            self.state.addItem(text(words), state)
        self.state.setCurrentIndex(max(self.state.findData(record.state if record else StimulusState.CANDIDATE), 0))
        captions = {"decided_on": text("Decided on (may stay empty)")}
        self.add_fields(STIMULUS, record, "state decided_on", captions=captions, editors={"state": self.state})
        self.action, self.network = Chooser(), Chooser()
        plan = context.plan_of(line.year_id)
        actions = [(action.id, f"{action.number} {action.short_title}") for action in plan.actions]
        self.linked = ChipsEdit(context.theme, text("Add action"), text("Remove"))
        if stimulus.per_action or "action_named" in checks:
            self.action.addItem(text("no action named yet"), None)
            for action_id, words in actions:
                self.action.addItem(words, action_id)
            self.action.setCurrentIndex(max(self.action.findData(record.action_id if record else None), 0))
            self.add("action_id", text("Action"), self.action)
        if "runs_learning_network" in checks:
            for words, value in ((text("not known"), None), (text("yes"), True), (text("no"), False)):
                self.network.addItem(words, value)
            known = record.learning_network if record else None
            self.network.setCurrentIndex({None: 0, True: 1, False: 2}[known])
            self.add("learning_network", text("Runs a learning network"), self.network, beside=True)
        if "actions_linked" in checks:
            self.linked.set_choices(actions)
            if record is not None:
                self.linked.set_chosen([one for one, _ in actions if one in record.linked_action_ids])
            self.add("linked_action_ids", text("Linked actions"), self.linked)
        amount = typed_line(language, STIMULUS["amount_cents"], record.amount_cents if record else None)
        caption = text("Amount (no source gives one)") if stimulus.amount_cents is None else text("Amount")
        if stimulus.amount_cents is not None:
            amount.setPlaceholderText(language.money(stimulus.amount_cents))
        captions = {"amount_cents": caption}
        self.add_fields(STIMULUS, record, "amount_cents", captions=captions, editors={"amount_cents": amount})
        self.texts: dict[str, LongText] = {}
        for asked in stimulus.texts:
            area = LongText(record.texts.get(asked.code, "") if record else "")
            area.setFixedHeight(84)
            self.texts[asked.code] = area
            field = self.add(asked.code, asked.label, area)
            if asked.max_chars is not None:
                count = partial(self._count, area, field.caption, asked.label, asked.max_chars)
                area.textChanged.connect(count)
                count()
        self._against = record is None and line.outcome is Outcome.NOT_POSSIBLE
        if self._against:
            self.add_fields(STIMULUS, None, "note", captions={"note": text("Why all the same? It is not possible now")})
        self.state.setFocus()

    def _count(self, area: LongText, caption: object, label: str, most: int) -> None:
        language = self.context.language
        used = len(area.toPlainText().strip())
        words = language.text("{n} of {most} characters", n=language.number(used), most=language.number(most))
        caption.setText(f"{label} · {words}")  # type: ignore[attr-defined]

    def command(self) -> AnyCommand:
        values = self.read()
        note = self._record.note if self._record else values.get("note")
        if self._against and not note:
            raise UserError(N_("Say why you start this candidacy although it is not possible now."), field="note")
        content = StimulusContent(
            state=StimulusState(self.state.currentData()),
            action_id=self.action.currentData(),
            linked_action_ids=tuple(self.linked.chosen()),
            learning_network=self.network.currentData(),
            amount_cents=values["amount_cents"],
            decided_on=values["decided_on"],
            note=note,
            texts={code: area.toPlainText() for code, area in self.texts.items()},
        )
        if self._record is not None:
            return ChangeStimulus(self._record.id, self._stimulus.kind, content)
        line = self._stimulus_line
        return StartCandidacy(line.government_id, line.year_id, self._stimulus.kind, content)
