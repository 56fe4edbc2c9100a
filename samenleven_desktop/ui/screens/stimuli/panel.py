"""The stimuli of one government: each kind with its outcome, conditions and commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.plan_rules import Stimulus
from samenleven_desktop.domain.plan_texts import stimulating
from samenleven_desktop.domain.stimulus import COACH_JUDGES, ConditionResult, Outcome
from samenleven_desktop.i18n.labels import (
    FINDING_TONES,
    FINDINGS,
    OUTCOME_TONES,
    OUTCOMES,
    STIMULUS_STATES,
    STIMULUS_TONES,
    fact_text,
)
from samenleven_desktop.i18n.plan_labels import rule_lines
from samenleven_desktop.i18n.stimulus_texts import condition_text, stimulus_sentence
from samenleven_desktop.services.people.commands import AddAttachment
from samenleven_desktop.services.people.queries import read_file
from samenleven_desktop.services.stimuli.commands import DeleteStimulus
from samenleven_desktop.services.stimuli.queries import Candidacy, StimulusLine, candidacy, stimuli
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.candidacy import CandidacyDialog
from samenleven_desktop.ui.dialogs.file_dialogs import ask_file
from samenleven_desktop.ui.dialogs.judgement import JudgementDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import button, label, pill, restyle
from samenleven_desktop.ui.widgets.choice import Chooser, Segmented
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import bare, button_row


def state_words(context: UiContext, line: StimulusLine) -> tuple[str, str]:
    """Returns the label and the tone of the result, or of the possible outcome if there is no result yet."""
    text = context.language.text
    if line.state is not None:
        return text(STIMULUS_STATES[line.state]), STIMULUS_TONES[line.state]
    return text(OUTCOMES[line.outcome]), OUTCOME_TONES[line.outcome]


def kinds_of(plan: Plan) -> dict[str, Stimulus]:
    return {one.kind: one for one in plan.stimulus_rules.kinds} if plan.stimulus_rules else {}


class StimuliPanel(QWidget):
    """Shows one government in one project year; a kind is selected at the top, its conditions are listed below."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._government_id: str | None = None
        self._year = ""
        self._lines: tuple[StimulusLine, ...] = ()
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        self._kinds = kinds_of(context.plan)
        box = bare(QVBoxLayout(self))
        self.card = ListCard[ConditionResult](
            context,
            text("Conditions"),
            [
                kinds.choice(text("State"), FINDINGS, lambda one: one.state, 104, tones=FINDING_TONES),
                kinds.text(
                    text("Condition"),
                    lambda one: condition_text(language, one),
                    stretch=4,
                    second=lambda one: text("one of these is enough") if one.condition.any_of else "",
                    wrap=True,
                ),
                kinds.text(
                    text("Fact"),
                    lambda one: fact_text(language, one.fact),
                    stretch=3,
                    second=lambda one: (
                        text(one.asked)
                        if one.asked
                        else text("as on {day}", day=language.day(one.day))
                        if one.day
                        else ""
                    ),
                    wrap=True,
                ),
            ],
            title=" ",
        )
        self.model, self.conditions = self.card.model, self.card.table
        self.outcome = pill("", "neutral")
        self.card.head.addWidget(self.outcome)
        self.kind = Segmented(text("Stimulus"), [(one.kind, one.short_name) for one in self._kinds.values()])
        self.kind.choice_changed.connect(lambda _: self._show_kind())
        self.changed = label("", "attention", wrap=True)
        self.which = Chooser()
        self.which.setAccessibleName(text("Candidacy"))
        self.which.activated.connect(lambda _: self._show_candidacy())
        self.card.add_above(self.kind, self.which, self.changed)
        self.full = label("", wrap=True)
        self.card.body.addWidget(self.full)
        self.conditions.row_selected.connect(self._show_condition)
        self.remark = label("", "small", wrap=True)
        self.card.body.addWidget(self.remark)
        self.start = button(text("Start candidacy ..."), self._on_start, kind="primary")
        self.another = button(text("Another candidacy ..."), self._on_start)
        self.change = button(text("Change candidacy ..."), self._on_change, kind="primary")
        self.delete = button(text("Delete candidacy"), self._on_delete)
        self.explain = button(text("Save explanation ..."), self._on_explain)
        self.evidence = button(text("Add evidence ..."), self._on_evidence)
        self.judge = button(text("Judge this condition ..."), self._on_judge)
        self.judge.hide()
        self.card.body.addWidget(
            button_row(self.judge, self.start, self.change, self.another, self.delete, self.evidence, self.explain)
        )
        box.addWidget(self.card, 1)

    def show_government(self, government_id: str, year: str) -> None:
        self._government_id, self._year = government_id, year
        self.reload()

    def show_lines(self, lines: Sequence[StimulusLine], kind: str | None = None) -> None:
        """Shows the lines of one government that were queried already."""
        self._lines = tuple(lines)
        if lines:
            self._use_plan(lines[0].year_id)
            self._government_id, self._year = lines[0].government_id, lines[0].year_id
        if kind is not None and kind in self._kinds:
            self.kind.set_choice(kind)
        self._show_kind()

    def _use_plan(self, year_id: str) -> None:
        """Offers the kinds of the plan of these lines."""
        kinds = kinds_of(self._context.plan_of(year_id))
        if kinds != self._kinds:
            self._kinds = kinds
            self.kind.offer([(one.kind, one.short_name) for one in kinds.values()])

    def reload(self) -> None:
        if self._government_id is not None:
            self._context.runner.query(
                stimuli,
                self._year,
                [self._government_id],
                then=self.show_lines,
                owner=self,
                latest=f"stimuli-{id(self)}",
            )

    def _show_condition(self, one: ConditionResult) -> None:
        """Shows the full text of the condition and its fact, which the list truncates, with the page they come from."""
        language = self._context.language
        where = self._context.plan_of(self._year).sources.get(one.condition.source, one.condition.source)
        parts = [
            condition_text(language, one),
            fact_text(language, one.fact),
            language.text("Source: {source}", source=where),
        ]
        self.full.setText("\n".join(parts))
        self.judge.setVisible(one.condition.check == COACH_JUDGES)

    def _line(self) -> StimulusLine | None:
        """Returns the chosen candidacy of the chosen kind, or the outcome where there is none."""
        lines = [one for one in self._lines if one.kind == self.kind.choice()]
        chosen = self.which.currentData()
        return next((one for one in lines if one.record_id == chosen), lines[0] if lines else None)

    def _show_kind(self) -> None:
        """Offers the candidacies of the chosen kind, if there are several, and shows one."""
        lines, chosen = [one for one in self._lines if one.kind == self.kind.choice()], self.which.currentData()
        self.which.clear()
        for one in lines:
            self.which.addItem(self._candidacy_words(one), one.record_id)
        self.which.setCurrentIndex(max(self.which.findData(chosen), 0))
        self.which.setVisible(len(lines) > 1)
        self._show_candidacy()

    def _candidacy_words(self, line: StimulusLine) -> str:
        state = state_words(self._context, line)[0]
        if line.action_number is None:
            return state
        title = self._context.plan_of(line.year_id).action(line.action_number).short_title
        return f"{line.action_number} {title} · {state}"

    def _show_candidacy(self) -> None:
        language, line = self._context.language, self._line()
        text = language.text
        self.judge.hide()
        if line is None:
            self.model.set_rows(())
            return
        self.card.set_title(f"{line.government_name} · {self._kinds[line.kind].name}")
        words, tone = state_words(self._context, line)
        self.outcome.setText(words)
        restyle(self.outcome, "pill", tone)
        self.changed.setVisible(line.changed_from is not None)
        if line.changed_from is not None:
            self.changed.setText(
                text(
                    "Was {old}, is now {new}.",
                    old=text(OUTCOMES[line.changed_from]),
                    new=text(OUTCOMES[line.outcome]),
                )
            )
        self.model.set_rows(line.conditions)
        plan = self._context.plan_of(line.year_id)
        rules = rule_lines(language, stimulating(plan, self._kinds[line.kind]))
        self.remark.setText(stimulus_sentence(language, line) + "\n" + " ".join(rules))
        self.start.setVisible(line.record_id is None)
        # The button follows the outcome: against it a candidacy is possible, with a reason.
        against = line.outcome is Outcome.NOT_POSSIBLE
        self.start.setText(text("Start candidacy all the same ...") if against else text("Start candidacy ..."))
        restyle(self.start, "primary", not against)
        self.another.setVisible(line.record_id is not None and self._kinds[line.kind].max_per_year != 1)
        self.change.setVisible(line.record_id is not None)
        self.delete.setVisible(line.record_id is not None)
        self.evidence.setVisible(line.record_id is not None)

    def _on_judge(self) -> None:
        line, one = self._line(), self.card.current()
        if line is not None and one is not None and one.condition.check == COACH_JUDGES:
            note = one.fact.values.get("note")
            JudgementDialog(
                self._context,
                (line.government_id, line.government_name),
                line.year_id,
                line.kind,
                (one.condition.code, one.condition.text),
                one.state,
                None if note is None else str(note),
                self,
            ).open()

    def _on_start(self) -> None:
        line = self._line()
        if line is not None:
            CandidacyDialog(self._context, line, self._kinds[line.kind], None, self).open()

    def _on_change(self) -> None:
        line = self._line()
        if line is not None and line.record_id is not None:
            self._context.runner.query(candidacy, line.record_id, then=self._open, owner=self)

    def _open(self, record: Candidacy) -> None:
        line = self._line()
        if line is not None:
            CandidacyDialog(self._context, line, self._kinds[line.kind], record, self).open()

    def _on_delete(self) -> None:
        line = self._line()
        if line is not None and line.record_id is not None:
            self._context.runner.run(DeleteStimulus(line.record_id), initiator=self)

    def _on_evidence(self) -> None:
        ask_file(self, self._context.language.text("Add evidence"), (), self.add_evidence, kind="attachment")

    def add_evidence(self, path: Path) -> None:
        """Stores a file as an attachment of the dossier, linked to the candidacy."""
        self._context.runner.free(lambda: read_file(path), then=lambda read: self._keep(path.name, read), owner=self)

    def _keep(self, name: str, content: bytes) -> None:
        line = self._line()
        if line is None or line.record_id is None:
            return
        words = self._context.language.text("{name} is kept with the attachments of the dossier.", name=name)
        self._context.runner.run(
            AddAttachment(line.government_id, name, content, "stimulus", line.record_id),
            initiator=self,
            then=lambda _: self._context.navigator.notify("good", words),
        )

    def _on_explain(self) -> None:
        line = self._line()
        if line is not None:
            self._context.navigator.save_stimulus_report(line.government_id, line.year_id)
