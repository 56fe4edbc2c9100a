"""The officers' own work: assignments, commitments, KPI entries, uses of offers, sessions and agreements."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from samenleven_desktop.domain import fields
from samenleven_desktop.storage.models.base import Base, Tracked

_ALIVE = sql("deleted_at IS NULL")


class OfficerRow(Tracked, Base):
    """An officer by role and region, e.g. *coach Rivierenland*; the label can identify a colleague."""

    __tablename__ = "officer"
    personal = fields.OFFICER.personal
    label: Mapped[str]
    region: Mapped[str | None]


class AssignmentRow(Tracked, Base):
    """`role` is first or back_up; both days are inclusive."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index("ix_assignment_officer_id", "officer_id"),
        Index("ix_assignment_government_id", "government_id"),
        CheckConstraint("role IN ('first', 'back_up')", name="role"),
    )
    scope_columns = ("government_id",)
    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"))
    government_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    role: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class PartnershipMemberRow(Tracked, Base):
    """Both days are inclusive; `kept_from_year` is set if the plan allows a second partnership in that project year."""

    __tablename__ = "partnership_member"
    __table_args__ = (
        Index("ix_partnership_member_partnership_id", "partnership_id"),
        Index("ix_partnership_member_member_id", "member_id"),
    )
    scope_columns = ("partnership_id", "member_id")
    partnership_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    member_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    kept_from_year: Mapped[int | None] = mapped_column(sort_order=2)


class OrganisationServiceRow(Tracked, Base):
    """Which government an organisation serves, and what it wants to reach there for one target, if that is known."""

    __tablename__ = "organisation_service"
    __table_args__ = (
        Index("ix_organisation_service_organisation_id", "organisation_id"),
        Index("ix_organisation_service_government_id", "government_id"),
    )
    scope_columns = ("organisation_id", "government_id")
    personal = fields.SERVICE.personal
    organisation_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    government_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    target_id: Mapped[str | None] = mapped_column(ForeignKey("target.id"))
    target_value: Mapped[int | None]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    note: Mapped[str | None]


class OfficialFigureRow(Tracked, Base):
    """Inhabitants of the counted origin on 1 January of `year`, as entered by the officer from an official source."""

    __tablename__ = "official_figure"
    __table_args__ = (Index("ix_official_figure_government_id", "government_id"),)
    scope_columns = ("government_id",)
    personal = fields.FIGURE.personal
    government_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    year: Mapped[int]
    value: Mapped[int]
    source: Mapped[str]
    noted_on: Mapped[date]


class CommitmentRow(Tracked, Base):
    """Five numbers that never overwrite one another, and the granted amount in cents.

    All five are total reaches: `requested`, `confirmed`, `interim_reached` and `final_reached` include the existing
    reach, as the report does; what is subsidised is `confirmed - existing_reach`. `plan_hash` is the version of the
    plan that it was made under; rows made before 0009 have only its name (`plan_version`).
    """

    __tablename__ = "commitment"
    __table_args__ = (
        Index(
            "ix_commitment_applicant_year_target",
            "applicant_id",
            "project_year_id",
            "target_id",
            sqlite_where=_ALIVE,
        ),
        Index("ix_commitment_project_year_id", "project_year_id"),
    )
    scope_columns = ("applicant_id",)
    personal = fields.COMMITMENT.personal
    applicant_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    project_year_id: Mapped[str] = mapped_column(ForeignKey("project_year.id"))
    target_id: Mapped[str] = mapped_column(ForeignKey("target.id"))
    plan_version: Mapped[str]
    existing_reach: Mapped[int]
    requested: Mapped[int | None]
    confirmed: Mapped[int | None]
    interim_reached: Mapped[int | None]
    final_reached: Mapped[int | None]
    granted_cents: Mapped[int | None]
    rank: Mapped[int | None]
    note: Mapped[str | None]
    jury_result: Mapped[str | None]
    motivation: Mapped[str | None] = mapped_column(sort_order=2)
    anchor_moments: Mapped[str | None] = mapped_column(sort_order=2)
    plan_hash: Mapped[str | None] = mapped_column(sort_order=3)


class KpiEntryRow(Tracked, Base):
    """A row of the ledger; a correction is a new row that refers to the one it corrects."""

    __tablename__ = "kpi_entry"
    __table_args__ = (
        Index("ix_kpi_entry_commitment_id_day", "commitment_id", "day"),
        Index("ix_kpi_entry_session_id", "session_id"),
        Index("ix_kpi_entry_corrects_id", "corrects_id", sqlite_where=sql("corrects_id IS NOT NULL")),
        CheckConstraint("kind IN ('increment', 'reading')", name="kind"),
    )
    scope_columns = ("member_id",)
    scope_parents = (("commitment_id", "commitment"),)
    personal = fields.ENTRY.personal
    commitment_id: Mapped[str] = mapped_column(ForeignKey("commitment.id"))
    member_id: Mapped[str | None] = mapped_column(ForeignKey("government.id"))
    day: Mapped[date]
    kind: Mapped[str]
    units: Mapped[int]
    note: Mapped[str | None]
    session_id: Mapped[str | None] = mapped_column(ForeignKey("support_session.id"))
    offer_use_id: Mapped[str | None] = mapped_column(ForeignKey("offer_use.id"))
    corrects_id: Mapped[str | None] = mapped_column(ForeignKey("kpi_entry.id"))


class OfferRow(Tracked, Base):
    """Shipped offers (`shipped`, outside the log) and the officers' own; `actions` are numbers separated by spaces.

    `overlays_id` names the shipped offer whose values this row replaces on screen. `action_ids` are separated by
    spaces; the id of a plan stands for all its actions. It is None in rows made before 0008: then the retired columns
    count (`actions`: numbers of Plan Samenleven, `all_actions`); do not reuse those. `organisation_id` is the record of
    `organisation`, whose name stays as it is written; without it an offer belongs to the record with that name, if any.
    """

    __tablename__ = "offer"
    __table_args__ = (Index("ix_offer_overlays_id", "overlays_id", sqlite_where=sql("overlays_id IS NOT NULL")),)
    personal = fields.OFFER.personal
    organisation: Mapped[str]
    title: Mapped[str]
    cost: Mapped[str]
    actions: Mapped[str]
    all_actions: Mapped[bool]
    mentor_code: Mapped[str | None]
    shipped: Mapped[bool]
    price_cents: Mapped[int | None]
    price_unit: Mapped[str | None]
    note: Mapped[str | None]
    source: Mapped[str | None]
    valid_from: Mapped[date | None] = mapped_column(sort_order=2)
    valid_until: Mapped[date | None] = mapped_column(sort_order=2)
    region: Mapped[str | None] = mapped_column(sort_order=2)
    overlays_id: Mapped[str | None] = mapped_column(sort_order=2)
    action_ids: Mapped[str | None] = mapped_column(sort_order=3)
    organisation_id: Mapped[str | None] = mapped_column(sort_order=4)


class OfferUseRow(Tracked, Base):
    """An offer used by a government toward a target; price in cents, `paid_from` as in the design."""

    __tablename__ = "offer_use"
    __table_args__ = (
        Index("ix_offer_use_government_id", "government_id"),
        Index("ix_offer_use_commitment_id", "commitment_id"),
        Index("ix_offer_use_offer_id", "offer_id"),
    )
    scope_columns = ("government_id",)
    personal = fields.USE.personal
    offer_id: Mapped[str] = mapped_column(ForeignKey("offer.id"))
    government_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    commitment_id: Mapped[str | None] = mapped_column(ForeignKey("commitment.id"))
    start: Mapped[date]
    end: Mapped[date | None]
    price_cents: Mapped[int | None]
    paid_from: Mapped[str | None]
    expected_units: Mapped[int | None]
    real_units: Mapped[int | None]
    evaluation: Mapped[str | None]


class SupportTrackRow(Tracked, Base):
    __tablename__ = "support_track"
    __table_args__ = (Index("ix_support_track_government_id", "government_id"),)
    scope_columns = ("government_id",)
    personal = fields.TRACK.personal
    government_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    title: Mapped[str]
    goal: Mapped[str | None]
    planned_minutes: Mapped[int | None]
    start: Mapped[date]
    end: Mapped[date | None]


class SupportSessionRow(Tracked, Base):
    """A session of intensive support; times in minutes since midnight, travel in minutes."""

    __tablename__ = "support_session"
    __table_args__ = (Index("ix_support_session_day", "day"), Index("ix_support_session_track_id", "track_id"))
    scope_links = (("session_government", "session_id", "government_id"),)
    personal = fields.SESSION.personal
    officer_id: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))
    track_id: Mapped[str | None] = mapped_column(ForeignKey("support_track.id"))
    day: Mapped[date]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    travel_minutes: Mapped[int]
    form: Mapped[str]
    report: Mapped[str]


class SessionGovernmentRow(Tracked, Base):
    """`day` repeats the session's day, so that *last contact* needs one index lookup."""

    __tablename__ = "session_government"
    __table_args__ = (
        Index("ix_session_government_session_id", "session_id"),
        Index("ix_session_government_government_id_day", "government_id", "day"),
    )
    scope_columns = ("government_id",)
    session_id: Mapped[str] = mapped_column(ForeignKey("support_session.id"))
    government_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    day: Mapped[date]


class SessionActionRow(Tracked, Base):
    __tablename__ = "session_action"
    __table_args__ = (
        Index("ix_session_action_session_id", "session_id"),
        Index("ix_session_action_action_id", "action_id"),
    )
    scope_parents = (("session_id", "support_session"),)
    session_id: Mapped[str] = mapped_column(ForeignKey("support_session.id"))
    action_id: Mapped[str] = mapped_column(ForeignKey("action.id"))


class SessionOfferRow(Tracked, Base):
    __tablename__ = "session_offer"
    __table_args__ = (Index("ix_session_offer_session_id", "session_id"),)
    scope_parents = (("session_id", "support_session"),)
    session_id: Mapped[str] = mapped_column(ForeignKey("support_session.id"))
    offer_id: Mapped[str] = mapped_column(ForeignKey("offer.id"))


class FollowUpRow(Tracked, Base):
    """An agreement: who does what by when. `who` is government, coach or partner; other text goes in `what`.

    `about_table` and `about_id` name the record it follows from, if that is not a session.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("ix_follow_up_government_id_due", "government_id", "due"),
        Index("ix_follow_up_session_id", "session_id"),
        Index("ix_follow_up_open", "due", sqlite_where=sql("done_on IS NULL AND deleted_at IS NULL")),
        Index("ix_follow_up_about_id", "about_id", sqlite_where=sql("about_id IS NOT NULL")),
        CheckConstraint("who IN ('government', 'coach', 'partner')", name="who"),
    )
    scope_columns = ("government_id",)
    personal = fields.AGREEMENT.personal
    government_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    session_id: Mapped[str | None] = mapped_column(ForeignKey("support_session.id"))
    who: Mapped[str]
    what: Mapped[str]
    due: Mapped[date | None]
    done_on: Mapped[date | None]
    about_table: Mapped[str | None] = mapped_column(sort_order=2)
    about_id: Mapped[str | None] = mapped_column(sort_order=2)


class InstrumentRow(Tracked, Base):
    """Another subsidy or call than the plan's that pays for an action of a government, or (no action) for its work.

    `deadline` is the next day by which something must be handed in, `end` the last day it pays for.
    """

    __tablename__ = "instrument"
    __table_args__ = (
        Index("ix_instrument_government_id", "government_id"),
        Index("ix_instrument_action_id", "action_id"),
    )
    scope_columns = ("government_id",)
    personal = fields.INSTRUMENT.personal
    government_id: Mapped[str] = mapped_column(ForeignKey("government.id"))
    action_id: Mapped[str | None] = mapped_column(ForeignKey("action.id"))
    name: Mapped[str]
    giver: Mapped[str | None]
    instrument_state: Mapped[str]
    amount_cents: Mapped[int | None]
    deadline: Mapped[date | None]
    end: Mapped[date | None]
    document: Mapped[str | None]
    note: Mapped[str | None]
