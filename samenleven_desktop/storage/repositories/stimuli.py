"""Writes stimuli inside a unit of work; seen outcomes stay outside the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.dialects.sqlite import insert

from samenleven_desktop.storage.models import (
    CallBudgetRow,
    ConditionJudgementRow,
    SeenOutcomeRow,
    StimulusRow,
    StimulusTextRow,
    table_of,
)
from samenleven_desktop.storage.queries import stimuli as stored
from samenleven_desktop.storage.repositories.work import alive
from samenleven_desktop.storage.unit_of_work import UnitOfWork
from samenleven_desktop.storage.view import View


def add_stimulus(unit: UnitOfWork, texts: Mapping[str, str], **values: object) -> str:
    # A column of before 0008, which an insert must fill.
    made = unit.insert(StimulusRow, **{"linked_actions": "", **values})
    put_texts(unit, made, texts)
    return made


def change_stimulus(unit: UnitOfWork, stimulus_id: str, **values: object) -> None:
    alive(unit, StimulusRow, stimulus_id)
    unit.retype(StimulusRow, stimulus_id, **values)


def put_texts(unit: UnitOfWork, stimulus_id: str, texts: Mapping[str, str]) -> None:
    """Writes one text per code: a changed text replaces the old one, which is kept in the history."""
    present = stored.text_ids(View(unit.connection), stimulus_id)
    for code, words in texts.items():
        if code in present:
            unit.retype(StimulusTextRow, present[code], words=words)
        elif words:
            unit.insert(StimulusTextRow, stimulus_id=stimulus_id, code=code, words=words)


def delete_stimulus(unit: UnitOfWork, stimulus_id: str) -> None:
    alive(unit, StimulusRow, stimulus_id)
    for text_id in stored.text_ids(View(unit.connection), stimulus_id).values():
        unit.delete(StimulusTextRow, text_id)
    unit.delete(StimulusRow, stimulus_id)


def set_budget(unit: UnitOfWork, project_year_id: str, available: bool | None) -> None:
    known = stored.budgets(View(unit.connection)).get(project_year_id)
    if known is None:
        unit.insert(CallBudgetRow, project_year_id=project_year_id, available=available)
    else:
        unit.change(CallBudgetRow, known[0], available=available)


def judge(unit: UnitOfWork, government_id: str, project_year_id: str, kind: str, code: str, **values: object) -> None:
    """Writes how the coach judges a condition; an earlier judgement is kept in the history."""
    present = stored.judgement_id(View(unit.connection), government_id, project_year_id, kind, code)
    if present is not None:
        unit.retype(ConditionJudgementRow, present, **values)
        return
    unit.insert(
        ConditionJudgementRow,
        government_id=government_id,
        project_year_id=project_year_id,
        stimulus_kind=kind,
        condition_code=code,
        **values,
    )


def put_seen(view: View, project_year_id: str, outcomes: Iterable[tuple[str, str, str]]) -> None:
    """Stores (government, kind, outcome) as seen now."""
    table = table_of(SeenOutcomeRow)
    rows = [
        {"government_id": government, "project_year_id": project_year_id, "kind": kind, "outcome": outcome}
        for government, kind, outcome in outcomes
    ]
    if rows:
        query = insert(table)
        keys = ["government_id", "project_year_id", "kind"]
        view.connection.execute(
            query.on_conflict_do_update(index_elements=keys, set_={"outcome": query.excluded.outcome}), rows
        )
