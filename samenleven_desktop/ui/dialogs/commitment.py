"""Commits to a target, or changes the numbers, money, jury result and texts of a commitment."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.domain import money
from samenleven_desktop.domain.commitment_notes import (
    CommitmentFacts,
    additional_units,
    commitment_notes,
    computed_cents,
)
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import COMMITMENT
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.plan_texts import applying, committing, paying, renewing, reporting
from samenleven_desktop.domain.typed_values import read_number
from samenleven_desktop.i18n.labels import COMMITMENT_NOTES, action_name
from samenleven_desktop.i18n.plan_labels import rule_lines
from samenleven_desktop.readmodels.core import CommitmentLine
from samenleven_desktop.services.core.command import AnyCommand, FieldEdit
from samenleven_desktop.services.kpi.commands import AddCommitment, ChangeCommitments
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.forms import code_chooser, typed_line
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.limited_text_edit import LongText


class _NumbersDialog(FormDialog):
    """The fields shared by both dialogs, with the computed totals below."""

    def __init__(self, context: UiContext, title: str, owner: QWidget, line: CommitmentLine | None) -> None:
        super().__init__(context, title, owner)
        self.setMinimumWidth(580)
        self._line = line
        self.record = ("commitment", line.id) if line else None
        self.sum_line = label("", "small", wrap=True)
        self.note_line = label("", "attention", wrap=True)
        self.rules_line = label("", "muted", wrap=True)
        self.rules = button(context.language.text("Rules of the plan"), self._on_rules, kind="link")

    def _add_below(self) -> None:
        """Adds the totals, the warnings, and the rules of the plan, which open on demand."""
        for one in (self.sum_line, self.note_line, self.rules, self.rules_line):
            self.box.addWidget(one)
        self.note_line.hide()
        self.rules_line.hide()

    def _on_rules(self) -> None:
        self.rules_line.setVisible(self.rules_line.isHidden())
        self._show_rules()

    def _show_rules(self) -> None:
        """Shows what the plan says about this commitment and no program can judge."""
        chosen = self._target()
        plan = None if chosen is None else self.context.plans.of_target(chosen[0])
        if chosen is None or plan is None or self.rules_line.isHidden():
            return
        target, year = chosen
        texts = [
            *committing(plan, plan.target(target).action_number, year),
            *renewing(plan, year),
            *applying(plan, year),
            *paying(plan),
            *reporting(plan),
        ]
        lines = rule_lines(self.context.language, texts)
        self.rules_line.setText("\n".join(lines) or self.context.language.text("The plan says nothing more."))

    def _add_numbers(self, *lines: str) -> None:
        language, text, line = self.context.language, self.context.language.text, self._line
        granted = line.amount_cents or 0 if line is not None and line.amount_granted else None
        editors = {
            key: typed_line(language, COMMITMENT[key], granted if key == "granted_cents" else getattr(line, key, None))
            for key in " ".join(lines).split()
        }
        for editor in editors.values():
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
            editor.textChanged.connect(lambda _: self._add_up())
        captions = {
            "requested": text("Requested (whole reach)"),
            "confirmed": text("Confirmed (whole reach)"),
            "interim_reached": text("Interim reached, as reported"),
            "final_reached": text("Finally reached, as reported"),
            "granted_cents": text("Granted amount (empty: units x rate)"),
        }
        self.add_fields(COMMITMENT, line, *lines, captions=captions, editors=editors)

    def _target(self) -> tuple[str, int] | None:
        """Returns target and project year; None until both are selected."""
        raise NotImplementedError

    def _add_up(self) -> None:
        """Shows units x rate while typing, and warnings; invalid input is reported when saving."""
        language, chosen = self.context.language, self._target()
        plan = None if chosen is None else self.context.plans.of_target(chosen[0])
        if chosen is None or plan is None:
            return
        try:
            typed = self.read()
            facts = CommitmentFacts(
                target_id=chosen[0],
                year=chosen[1],
                existing_reach=typed["existing_reach"],
                requested=typed["requested"],
                confirmed=typed["confirmed"],
                final_reached=typed.get("final_reached"),
                granted_cents=typed["granted_cents"],
                motivated=bool(typed.get("motivation")),
                other_targets_cents=self._line.other_targets_cents if self._line is not None else 0,
            )
        except UserError:
            return
        units, computed = additional_units(facts), computed_cents(plan, facts)
        terms = plan.target(chosen[0]).in_year(chosen[1])
        words = ""
        if computed is not None and units is not None and terms is not None and terms.rate_cents is not None:
            values = {
                "units": language.number(units),
                "rate": language.money(terms.rate_cents),
                "amount": language.money(computed),
            }
            own = money.own_contribution(computed, plan.money_rules_in(chosen[1]))
            if own is None:
                words = language.text("{units} additional x {rate} = {amount}", **values)
            else:
                words = language.text(
                    "{units} additional x {rate} = {amount}; own contribution {own}", **values, own=language.money(own)
                )
        elif units is not None:
            words = language.text("No source gives the rate of this target in this project year.")
        self.sum_line.setText(words)
        notes = commitment_notes(plan, facts)
        self.note_line.setText("\n".join(language.text(COMMITMENT_NOTES[note]) for note in notes))
        self.note_line.setVisible(bool(notes))
        self._show_rules()


class TakeUpDialog(_NumbersDialog):
    """Commits an applicant to a target in a project year."""

    def __init__(
        self, context: UiContext, government_id: str, year: str | int, taken: frozenset[str], rank: int, owner: QWidget
    ) -> None:
        text = context.language.text
        plan, project_year = context.at(year)
        year = project_year.number
        super().__init__(context, text("Take up a target in project year {n}", n=str(year)), owner, None)
        self._government_id, self._year = government_id, year
        self.target = Chooser()
        self.target.setMinimumContentsLength(40)
        self.target.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for action in plan.actions:
            for target in action.targets:
                if target.in_year(year) is not None and target.id not in taken:
                    label_ = target.label_in(year)
                    several = sum(one.in_year(year) is not None for one in action.targets) > 1
                    name = f"{action.short_title} · {label_}" if several else action.short_title
                    self.target.addItem(f"{action.number} {name}", target.id)
        self.target.currentIndexChanged.connect(lambda _: self._add_up())
        self.add("target", text("Target"), self.target)
        self._add_numbers("existing_reach requested", "confirmed granted_cents", "rank")
        rank_editor = self.fields["rank"].editor
        assert isinstance(rank_editor, QLineEdit)
        rank_editor.setText(str(rank))
        self._add_below()
        self.target.setFocus()

    def _target(self) -> tuple[str, int] | None:
        chosen = self.target.currentData()
        return None if chosen is None else (chosen, self._year)

    def command(self) -> AddCommitment:
        if self.target.currentData() is None:
            raise UserError(N_("Every target of this project year is taken up already."), field="target")
        return AddCommitment(
            self._government_id,
            self._year,
            self.target.currentData(),
            **self.read(),
        )


class CommitmentDialog(_NumbersDialog):
    """Edits all stored fields of a commitment."""

    def __init__(self, context: UiContext, line: CommitmentLine, owner: QWidget) -> None:
        text = context.language.text
        super().__init__(context, f"{line.government_name} · {line.action} {action_name(line)}", owner, line)
        self._given: CommitmentLine = line
        self._add_numbers(
            "existing_reach requested", "confirmed interim_reached", "final_reached granted_cents", "rank"
        )
        if line.state is KpiState.JURY:
            field = COMMITMENT["jury_result"]
            jury = code_chooser(context.language, field, line.jury_result, text("not judged yet"))
            self.add_fields(COMMITMENT, line, "jury_result", editors={"jury_result": jury}, beside=True)
        self._add_below()
        captions = {
            "motivation": text("Motivation for a shortfall"),
            "anchor_moments": text("Anchor moments: how it goes on"),
        }
        areas = {name: LongText(getattr(line, name) or "") for name in ("motivation", "anchor_moments", "note")}
        for area in areas.values():
            area.setFixedHeight(64)
        self.add_fields(COMMITMENT, line, *areas, captions=captions, editors=areas)
        for area in areas.values():
            area.textChanged.connect(self._add_up)
        self._add_up()
        self.fields["existing_reach"].editor.setFocus()

    def _target(self) -> tuple[str, int] | None:
        return self._given.target_id, self._given.year

    def command(self) -> AnyCommand:
        read_number(self.typed("existing_reach"), "existing_reach")
        values = self.read()
        return ChangeCommitments(tuple(FieldEdit(self._given.id, name, value) for name, value in values.items()))
