"""Stimuli: requested and granted amounts, their texts, what the officer knows of the budget, outcomes seen."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from samenleven_desktop.domain import fields
from samenleven_desktop.storage.models.base import Base, Tracked


class StimulusRow(Tracked, Base):
    """A candidacy and its outcome (`domain.stimulus.StimulusState`); the amount, if entered, is in cents.

    `action_id` is empty without an action, `linked_action_ids` are separated by spaces. Both are None in rows made
    before 0008: then the retired columns count (`action_number`, `linked_actions`: numbers of the plan of the project
    year); do not reuse those.
    """

    __tablename__ = "stimulus"
    __table_args__ = (Index("ix_stimulus_government_id", "government_id"),)
    scope_columns = ("government_id",)
    personal = fields.STIMULUS.personal
    government_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    project_year_id: Mapped[str] = mapped_column(ForeignKey("project_year.id"))
    kind: Mapped[str]
    state: Mapped[str]
    action_number: Mapped[int | None]
    linked_actions: Mapped[str]
    learning_network: Mapped[bool | None]
    amount_cents: Mapped[int | None]
    decided_on: Mapped[date | None]
    note: Mapped[str | None]
    action_id: Mapped[str | None] = mapped_column(sort_order=2)
    linked_action_ids: Mapped[str | None] = mapped_column(sort_order=2)


class StimulusTextRow(Tracked, Base):
    """A text required by the plan, by its code."""

    __tablename__ = "stimulus_text"
    __table_args__ = (Index("ix_stimulus_text_stimulus_id", "stimulus_id"),)
    scope_parents = (("stimulus_id", "stimulus"),)
    personal = fields.STIMULUS_TEXT.personal
    stimulus_id: Mapped[str] = mapped_column(ForeignKey("stimulus.id"))
    code: Mapped[str]
    words: Mapped[str]


class ConditionJudgementRow(Tracked, Base):
    """How the coach judges a condition that the plan leaves to the coach (`domain.threshold.ThresholdFact`).

    Of two rows about one condition, made by two coaches at the same time, the newest counts.
    """

    __tablename__ = "condition_judgement"
    __table_args__ = (Index("ix_condition_judgement_project_year_id", "project_year_id"),)
    scope_columns = ("government_id",)
    personal = fields.JUDGEMENT.personal
    government_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    project_year_id: Mapped[str] = mapped_column(ForeignKey("project_year.id"))
    stimulus_kind: Mapped[str]
    condition_code: Mapped[str]
    finding: Mapped[str]
    judged_on: Mapped[date]
    note: Mapped[str | None]


class CallBudgetRow(Tracked, Base):
    """Whether there is budget for stimuli in a project year: yes, no, or (None) not known."""

    __tablename__ = "call_budget"
    project_year_id: Mapped[str] = mapped_column(ForeignKey("project_year.id"))
    available: Mapped[bool | None]


class SeenOutcomeRow(Base):
    """The outcome that this officer last saw; a different one now is reported as a change."""

    __tablename__ = "seen_outcome"
    government_id: Mapped[str] = mapped_column(primary_key=True)
    project_year_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str]
