"""Commands on stimuli: starting a candidacy, its texts and facts, its outcome, the budget of a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import JUDGEMENT, STIMULUS, STIMULUS_TEXT
from samenleven_desktop.domain.plan_rules import Stimulus
from samenleven_desktop.domain.stimulus import COACH_JUDGES, StimulusState
from samenleven_desktop.domain.threshold import ThresholdFact
from samenleven_desktop.services.core.checks import NO_ACTION, check_length, check_value, record_values
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.queries import stimuli as stored
from samenleven_desktop.storage.repositories import stimuli as rows
from samenleven_desktop.storage.view import View


@dataclass(frozen=True)
class StimulusContent:
    """A candidacy as entered: texts by their code, amount in cents if no source states one."""

    state: StimulusState = StimulusState.CANDIDATE
    action_id: str | None = None
    linked_action_ids: tuple[str, ...] = ()
    learning_network: bool | None = None
    amount_cents: int | None = None
    decided_on: date | None = None
    note: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)

    def checked(self, stimulus: Stimulus, context: QueryContext) -> dict[str, object]:
        """Returns the values of the row. Raises UserError naming the field; a text by its code."""
        values = record_values(STIMULUS, self)
        for one in {*self.linked_action_ids, *([self.action_id] if self.action_id else [])}:
            if context.plan.action_with_id(one) is None:
                raise UserError(NO_ACTION, field="action_id", number=one)
        texts = self.tidy_texts()
        for text in stimulus.texts:
            if text.max_chars is not None:
                check_length(texts.get(text.code, ""), text.code, text.max_chars)
        return {
            **values,
            "action_id": self.action_id or "",
            "linked_action_ids": " ".join(sorted(set(self.linked_action_ids))),
        }

    def tidy_texts(self) -> dict[str, str]:
        """Returns the texts as stored. Raises UserError naming the text by its code."""
        return {code: str(check_value(STIMULUS_TEXT["words"], words, code) or "") for code, words in self.texts.items()}


@dataclass(frozen=True)
class StartCandidacy(WithoutDetails):
    """Starts a candidacy of a government for a kind of stimulus in a project year; returns the id."""

    government_id: str
    year: int | str
    kind: str
    content: StimulusContent = field(default_factory=StimulusContent)

    name: ClassVar[str] = N_("Candidacy started")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        reference.government(View(unit.connection), self.government_id)
        context, year = context.at(self.year)
        stimulus = _kind(context, self.kind)
        if self.year not in (year.number, year.id) or (stimulus.years and year.number not in stimulus.years):
            number = year.number if self.year == year.id else self.year
            raise UserError(N_("This stimulus does not exist in project year {year}."), field="year", year=number)
        _check_once_per_action(unit, context, stimulus, self.government_id, year.id, self.content.action_id, None)
        return rows.add_stimulus(
            unit,
            self.content.tidy_texts(),
            government_id=self.government_id,
            project_year_id=year.id,
            kind=self.kind,
            **self.content.checked(stimulus, context),
        )


@dataclass(frozen=True)
class ChangeStimulus(WithoutDetails):
    """Changes texts, facts, state or amount of a candidacy."""

    stimulus_id: str
    kind: str
    content: StimulusContent

    name: ClassVar[str] = N_("Stimulus changed")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        context = _within(unit, context, self.stimulus_id)
        stimulus = _kind(context, self.kind)
        here = stored.place_of(View(unit.connection), self.stimulus_id)
        if here is not None:
            _check_once_per_action(unit, context, stimulus, *here, self.content.action_id, self.stimulus_id)
        rows.change_stimulus(unit, self.stimulus_id, **self.content.checked(stimulus, context))
        rows.put_texts(unit, self.stimulus_id, self.content.tidy_texts())


@dataclass(frozen=True)
class DeleteStimulus(WithoutDetails):
    stimulus_id: str

    name: ClassVar[str] = N_("Candidacy deleted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        rows.delete_stimulus(unit, self.stimulus_id)


@dataclass(frozen=True)
class SetCallBudget(WithoutDetails):
    """Sets whether there is budget for stimuli in a project year: yes, no, or (None) unknown."""

    year: int | str
    available: bool | None

    name: ClassVar[str] = N_("Budget of the stimuli noted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        year = context.year(self.year)
        if self.year not in (year.number, year.id):
            raise UserError(N_("There is no project year {year}."), field="year", year=self.year)
        rows.set_budget(unit, year.id, self.available)


@dataclass(frozen=True)
class JudgeCondition(WithoutDetails):
    """Notes how the coach judges a condition that the plan leaves to the coach, as of today."""

    government_id: str
    year: int | str
    kind: str
    code: str
    finding: ThresholdFact
    note: str | None = None

    name: ClassVar[str] = N_("Condition judged")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        reference.government(View(unit.connection), self.government_id)
        context, year = context.at(self.year)
        if self.year not in (year.number, year.id):
            raise UserError(N_("There is no project year {year}."), field="year", year=self.year)
        conditions = [one for one in _kind(context, self.kind).conditions if one.check == COACH_JUDGES]
        if all(one.code != self.code for one in conditions):
            raise UserError(
                N_("This stimulus has no condition {code} for the coach to judge."), field="code", code=self.code
            )
        note = check_value(JUDGEMENT["note"], self.note)
        rows.judge(
            unit,
            self.government_id,
            year.id,
            self.kind,
            self.code,
            finding=self.finding.value,
            judged_on=context.today,
            note=note,
        )


def _check_once_per_action(
    unit: UnitOfWork,
    context: QueryContext,
    stimulus: Stimulus,
    government_id: str,
    year_id: str,
    action_id: str | None,
    own_id: str | None,
) -> None:
    """A government may hold several roles, each for its own action. Raises UserError for a second one for the same."""
    if not stimulus.per_action or action_id is None:
        return
    for one in stored.stimuli(View(unit.connection), context.plan.id):
        same = (one.government_id, one.kind, one.action_id) == (government_id, stimulus.kind, action_id)
        if same and one.id != own_id and context.year(one.year).id == year_id:
            raise UserError(N_("There is a candidacy for this action already in this project year."), field="action_id")


def _within(unit: UnitOfWork, context: QueryContext, stimulus_id: str) -> QueryContext:
    """Returns the context with the plan of a candidacy at hand."""
    plan_id = stored.plan_of(View(unit.connection), stimulus_id)
    return context.within(context.plan_with_id(plan_id or "") or context.plan)


def _kind(context: QueryContext, kind: str) -> Stimulus:
    rules = context.plan.stimulus_rules
    found = next((one for one in rules.kinds if one.kind == kind), None) if rules else None
    if found is None:
        raise UserError(N_("The plan has no stimulus {kind}."), field="kind", kind=kind)
    return found
