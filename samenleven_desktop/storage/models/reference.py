"""Data that ships with the program or comes from a plan file: plans, governments, figures of origin.

Shipped rows have derived ids and stay outside log and packs. `government` also holds the partnerships and
organisations that officers create; only those rows are written by the unit of work.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from samenleven_desktop.storage.models.base import Base, Tracked


class PlanRow(Base):
    """A version of a plan, complete, as JSON; records keep referring to the version they were made under.

    `hash` is that of the content (`domain.plan_versions`); versions that came with the program have no author and day.
    `made_from` is the hash of the version that was in use when this one was loaded.
    """

    __tablename__ = "plan"
    id: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    first_day: Mapped[date]
    content: Mapped[str]
    in_use: Mapped[bool]
    author: Mapped[str | None]
    made_on: Mapped[date | None]
    made_from: Mapped[str | None]


class ProjectYearRow(Base):
    __tablename__ = "project_year"
    id: Mapped[str] = mapped_column(primary_key=True)
    plan_id: Mapped[str]
    number: Mapped[int]
    start: Mapped[date]
    end: Mapped[date]


class ActionRow(Base):
    __tablename__ = "action"
    id: Mapped[str] = mapped_column(primary_key=True)
    plan_id: Mapped[str]
    number: Mapped[int]


class TargetRow(Base):
    __tablename__ = "target"
    id: Mapped[str] = mapped_column(primary_key=True)
    plan_id: Mapped[str]
    action_id: Mapped[str] = mapped_column(ForeignKey("action.id"))
    code: Mapped[str]


class GovernmentRow(Tracked, Base):
    """`search_name` is the name in lower case without accents. `applicant_id` is for partnerships only,
    `organisation_kind` and `page` for organisations."""

    __tablename__ = "government"
    __table_args__ = (Index("ix_government_code", "code"),)
    scope_columns = ("id",)
    public_texts = frozenset({"name", "search_name", "page"})
    code: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    search_name: Mapped[str]
    kbo: Mapped[str | None]
    province: Mapped[str | None]
    reference_region: Mapped[str | None]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    successor_code: Mapped[str | None]
    facility: Mapped[bool]
    population: Mapped[int | None]
    population_year: Mapped[int | None]
    applicant_id: Mapped[str | None] = mapped_column(ForeignKey("government.id"))
    organisation_kind: Mapped[str | None] = mapped_column(sort_order=2)
    page: Mapped[str | None] = mapped_column(sort_order=2)


class OriginFigureRow(Base):
    __tablename__ = "origin_figure"
    government_code: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    non_eu27: Mapped[int]
    neighbouring: Mapped[int]
    other_eu27: Mapped[int]
    belgian: Mapped[int]
    total: Mapped[int]
    source: Mapped[str]
