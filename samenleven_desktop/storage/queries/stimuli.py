"""Stimuli as stored: candidacies with their texts, budgets, and the outcomes that were seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from samenleven_desktop.domain.stimulus import Judgement, StimulusState
from samenleven_desktop.domain.threshold import ThresholdFact
from samenleven_desktop.storage.models import (
    CallBudgetRow,
    ConditionJudgementRow,
    ProjectYearRow,
    SeenOutcomeRow,
    StimulusRow,
    StimulusTextRow,
    table_of,
)
from samenleven_desktop.storage.queries import actions
from samenleven_desktop.storage.view import View

_STIMULUS, _TEXT, _YEAR = table_of(StimulusRow), table_of(StimulusTextRow), table_of(ProjectYearRow)
_BUDGET, _SEEN, _JUDGED = table_of(CallBudgetRow), table_of(SeenOutcomeRow), table_of(ConditionJudgementRow)


@dataclass(frozen=True)
class StoredStimulus:
    """A candidacy of a government for a kind in a project year; amount in cents."""

    id: str
    government_id: str
    year: int
    kind: str
    state: StimulusState
    action_id: str | None
    linked_action_ids: frozenset[str]
    learning_network: bool | None
    amount_cents: int | None
    decided_on: date | None
    note: str | None
    texts: Mapping[str, str]


def stimuli(view: View, plan_id: str) -> list[StoredStimulus]:
    """Returns live candidacies under a plan, oldest first."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    query = select(_TEXT.c.stimulus_id, _TEXT.c.code, _TEXT.c.words).where(_TEXT.c.deleted_at.is_(None))
    for stimulus_id, code, words in view.connection.execute(query):
        texts[stimulus_id][code] = words
    known = actions.numbers(view)
    rows = (
        select(_STIMULUS, _YEAR.c.number)
        .join(_YEAR, _YEAR.c.id == _STIMULUS.c.project_year_id)
        .where(_STIMULUS.c.deleted_at.is_(None), _YEAR.c.plan_id == plan_id)
        .order_by(_YEAR.c.number, _STIMULUS.c.id)
    )
    return [
        StoredStimulus(
            id=row["id"],
            government_id=row["government_id"],
            year=row["number"],
            kind=row["kind"],
            state=StimulusState(row["state"]),
            action_id=named[0],
            linked_action_ids=named[1],
            learning_network=row["learning_network"],
            amount_cents=row["amount_cents"],
            decided_on=row["decided_on"],
            note=row["note"],
            texts=texts[row["id"]],
        )
        for row in view.connection.execute(rows).mappings()
        for named in (actions.of_stimulus(row, plan_id, known),)
    ]


def plan_of(view: View, stimulus_id: str) -> str | None:
    """Returns the plan of a candidacy."""
    query = select(_YEAR.c.plan_id).join(_STIMULUS, _STIMULUS.c.project_year_id == _YEAR.c.id)
    return view.connection.execute(query.where(_STIMULUS.c.id == stimulus_id)).scalar()


def place_of(view: View, stimulus_id: str) -> tuple[str, str] | None:
    """Returns government and project year of a candidacy; None if it is gone."""
    row = view.connection.execute(
        select(_STIMULUS.c.government_id, _STIMULUS.c.project_year_id).where(_STIMULUS.c.id == stimulus_id)
    ).first()
    return None if row is None else (row[0], row[1])


def text_ids(view: View, stimulus_id: str) -> dict[str, str]:
    """Returns code -> row id of the texts of a candidacy."""
    query = select(_TEXT.c.code, _TEXT.c.id).where(_TEXT.c.stimulus_id == stimulus_id, _TEXT.c.deleted_at.is_(None))
    return {row[0]: row[1] for row in view.connection.execute(query)}


def budgets(view: View) -> dict[str, tuple[str, bool | None]]:
    """Returns project year -> (row, whether there is budget), for the years with an entry by an officer."""
    query = select(_BUDGET.c.project_year_id, _BUDGET.c.id, _BUDGET.c.available).where(_BUDGET.c.deleted_at.is_(None))
    return {row[0]: (row[1], row[2]) for row in view.connection.execute(query)}


def seen_outcomes(view: View, project_year_id: str) -> dict[tuple[str, str], str]:
    """Returns (government, kind) -> the outcome that was seen last."""
    query = select(_SEEN.c.government_id, _SEEN.c.kind, _SEEN.c.outcome).where(
        _SEEN.c.project_year_id == project_year_id
    )
    return {(row[0], row[1]): row[2] for row in view.connection.execute(query)}


def judgements(view: View, project_year_id: str) -> dict[tuple[str, str], dict[str, Judgement]]:
    """Returns (government, kind) -> how the coach judged its conditions, by their codes."""
    found: dict[tuple[str, str], dict[str, Judgement]] = defaultdict(dict)
    query = select(_JUDGED).where(_JUDGED.c.project_year_id == project_year_id, _JUDGED.c.deleted_at.is_(None))
    for row in view.connection.execute(query.order_by(_JUDGED.c.judged_on, _JUDGED.c.id)).mappings():
        judged = Judgement(ThresholdFact(row["finding"]), row["judged_on"], row["note"])
        found[row["government_id"], row["stimulus_kind"]][row["condition_code"]] = judged
    return found


def judgement_id(view: View, government_id: str, project_year_id: str, kind: str, code: str) -> str | None:
    """Returns the row of the judgement that counts."""
    query = select(_JUDGED.c.id).where(
        _JUDGED.c.government_id == government_id,
        _JUDGED.c.project_year_id == project_year_id,
        _JUDGED.c.stimulus_kind == kind,
        _JUDGED.c.condition_code == code,
        _JUDGED.c.deleted_at.is_(None),
    )
    return view.connection.execute(query.order_by(_JUDGED.c.judged_on.desc(), _JUDGED.c.id.desc())).scalars().first()
