"""The first tables: reference data, the officers' work, the change log.

Self-contained: no import of models or helpers of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_table(
        "command_log",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=True),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("reverts", sa.String(), nullable=True),
        sa.Column("reverted_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_command_log")),
        sa.UniqueConstraint("id", name=op.f("uq_command_log_id")),
    )
    op.create_table(
        "draft",
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("form", name=op.f("pk_draft")),
    )
    op.create_table(
        "government",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search_name", sa.String(), nullable=False),
        sa.Column("kbo", sa.String(), nullable=True),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("reference_region", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("successor_code", sa.String(), nullable=True),
        sa.Column("facility", sa.Boolean(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_year", sa.Integer(), nullable=True),
        sa.Column("applicant_id", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["applicant_id"], ["government.id"], name=op.f("fk_government_applicant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_government")),
    )
    op.create_index("ix_government_code", "government", ["code"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "offer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("cost", sa.String(), nullable=False),
        sa.Column("actions", sa.String(), nullable=False),
        sa.Column("all_actions", sa.Boolean(), nullable=False),
        sa.Column("mentor_code", sa.String(), nullable=True),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("price_unit", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
    )
    op.create_table(
        "origin_figure",
        sa.Column("government_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("non_eu27", sa.Integer(), nullable=False),
        sa.Column("neighbouring", sa.Integer(), nullable=False),
        sa.Column("other_eu27", sa.Integer(), nullable=False),
        sa.Column("belgian", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("government_code", "year", name=op.f("pk_origin_figure")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_plan")),
    )
    op.create_table(
        "project_year",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_year")),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.CheckConstraint("role IN ('first', 'back_up')", name=op.f("ck_assignment_role")),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name=op.f("fk_assignment_government_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_assignment_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index("ix_assignment_government_id", "assignment", ["government_id"], unique=False)
    op.create_index("ix_assignment_officer_id", "assignment", ["officer_id"], unique=False)
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=True),
        sa.Column("hlc", sa.Integer(), nullable=False),
        sa.Column("command_id", sa.String(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.Column("replaces", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["command_id"], ["command_log.id"], name=op.f("fk_change_command_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
    )
    op.create_index("ix_change_command_id", "change", ["command_id"], unique=False)
    op.create_index("ix_change_device_number", "change", ["device_id", "number"], unique=True)
    op.create_index("ix_change_row_id_field", "change", ["row_id", "field"], unique=False)
    op.create_table(
        "partnership_member",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["government.id"], name=op.f("fk_partnership_member_member_id")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["government.id"], name=op.f("fk_partnership_member_partnership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_member")),
    )
    op.create_index("ix_partnership_member_member_id", "partnership_member", ["member_id"], unique=False)
    op.create_index("ix_partnership_member_partnership_id", "partnership_member", ["partnership_id"], unique=False)
    op.create_table(
        "support_track",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("goal", sa.String(), nullable=True),
        sa.Column("planned_minutes", sa.Integer(), nullable=True),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name=op.f("fk_support_track_government_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_track")),
    )
    op.create_index("ix_support_track_government_id", "support_track", ["government_id"], unique=False)
    op.create_table(
        "target",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_target_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    op.create_table(
        "change_scope",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("change_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_change_scope_change_seq")),
        sa.PrimaryKeyConstraint("scope", "device_id", "number", name=op.f("pk_change_scope")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_change_scope_change_seq", "change_scope", ["change_seq"], unique=False)
    op.create_table(
        "commitment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("applicant_id", sa.String(), nullable=False),
        sa.Column("project_year_id", sa.String(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("plan_version", sa.String(), nullable=False),
        sa.Column("existing_reach", sa.Integer(), nullable=False),
        sa.Column("requested", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Integer(), nullable=True),
        sa.Column("interim_reached", sa.Integer(), nullable=True),
        sa.Column("final_reached", sa.Integer(), nullable=True),
        sa.Column("granted_cents", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("jury_result", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["applicant_id"], ["government.id"], name=op.f("fk_commitment_applicant_id")),
        sa.ForeignKeyConstraint(["project_year_id"], ["project_year.id"], name=op.f("fk_commitment_project_year_id")),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_commitment_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index("ix_commitment_project_year_id", "commitment", ["project_year_id"], unique=False)
    op.create_index(
        "uq_commitment_applicant_year_target",
        "commitment",
        ["applicant_id", "project_year_id", "target_id"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "support_session",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=True),
        sa.Column("track_id", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("travel_minutes", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_support_session_officer_id")),
        sa.ForeignKeyConstraint(["track_id"], ["support_track.id"], name=op.f("fk_support_session_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_session")),
    )
    op.create_index("ix_support_session_day", "support_session", ["day"], unique=False)
    op.create_index("ix_support_session_track_id", "support_session", ["track_id"], unique=False)
    op.create_table(
        "follow_up",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.CheckConstraint("who IN ('government', 'coach', 'partner')", name=op.f("ck_follow_up_who")),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name=op.f("fk_follow_up_government_id")),
        sa.ForeignKeyConstraint(["session_id"], ["support_session.id"], name=op.f("fk_follow_up_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    op.create_index("ix_follow_up_government_id_due", "follow_up", ["government_id", "due"], unique=False)
    op.create_index(
        "ix_follow_up_open",
        "follow_up",
        ["due"],
        unique=False,
        sqlite_where=sa.text("done_on IS NULL AND deleted_at IS NULL"),
    )
    op.create_index("ix_follow_up_session_id", "follow_up", ["session_id"], unique=False)
    op.create_table(
        "offer_use",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("offer_id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("commitment_id", sa.String(), nullable=True),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("paid_from", sa.String(), nullable=True),
        sa.Column("expected_units", sa.Integer(), nullable=True),
        sa.Column("real_units", sa.Integer(), nullable=True),
        sa.Column("evaluation", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_offer_use_commitment_id")),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name=op.f("fk_offer_use_government_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_offer_use_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_use")),
    )
    op.create_index("ix_offer_use_commitment_id", "offer_use", ["commitment_id"], unique=False)
    op.create_index("ix_offer_use_government_id", "offer_use", ["government_id"], unique=False)
    op.create_table(
        "session_action",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_session_action_action_id")),
        sa.ForeignKeyConstraint(["session_id"], ["support_session.id"], name=op.f("fk_session_action_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_action")),
    )
    op.create_index("ix_session_action_session_id", "session_action", ["session_id"], unique=False)
    op.create_table(
        "session_government",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("government_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name=op.f("fk_session_government_government_id")),
        sa.ForeignKeyConstraint(["session_id"], ["support_session.id"], name=op.f("fk_session_government_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_government")),
    )
    op.create_index(
        "ix_session_government_government_id_day", "session_government", ["government_id", "day"], unique=False
    )
    op.create_index("ix_session_government_session_id", "session_government", ["session_id"], unique=False)
    op.create_table(
        "session_offer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("offer_id", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_session_offer_offer_id")),
        sa.ForeignKeyConstraint(["session_id"], ["support_session.id"], name=op.f("fk_session_offer_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_offer")),
    )
    op.create_index("ix_session_offer_session_id", "session_offer", ["session_id"], unique=False)
    op.create_table(
        "kpi_entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("commitment_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("offer_use_id", sa.String(), nullable=True),
        sa.Column("corrects_id", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('increment', 'reading')", name=op.f("ck_kpi_entry_kind")),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_kpi_entry_commitment_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["kpi_entry.id"], name=op.f("fk_kpi_entry_corrects_id")),
        sa.ForeignKeyConstraint(["member_id"], ["government.id"], name=op.f("fk_kpi_entry_member_id")),
        sa.ForeignKeyConstraint(["offer_use_id"], ["offer_use.id"], name=op.f("fk_kpi_entry_offer_use_id")),
        sa.ForeignKeyConstraint(["session_id"], ["support_session.id"], name=op.f("fk_kpi_entry_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kpi_entry")),
    )
    op.create_index("ix_kpi_entry_commitment_id_day", "kpi_entry", ["commitment_id", "day"], unique=False)
    op.create_index(
        "ix_kpi_entry_corrects_id",
        "kpi_entry",
        ["corrects_id"],
        unique=False,
        sqlite_where=sa.text("corrects_id IS NOT NULL"),
    )
    op.create_index("ix_kpi_entry_session_id", "kpi_entry", ["session_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_kpi_entry_session_id", table_name="kpi_entry")
    op.drop_index("ix_kpi_entry_corrects_id", table_name="kpi_entry", sqlite_where=sa.text("corrects_id IS NOT NULL"))
    op.drop_index("ix_kpi_entry_commitment_id_day", table_name="kpi_entry")
    op.drop_table("kpi_entry")
    op.drop_index("ix_session_offer_session_id", table_name="session_offer")
    op.drop_table("session_offer")
    op.drop_index("ix_session_government_session_id", table_name="session_government")
    op.drop_index("ix_session_government_government_id_day", table_name="session_government")
    op.drop_table("session_government")
    op.drop_index("ix_session_action_session_id", table_name="session_action")
    op.drop_table("session_action")
    op.drop_index("ix_offer_use_government_id", table_name="offer_use")
    op.drop_index("ix_offer_use_commitment_id", table_name="offer_use")
    op.drop_table("offer_use")
    op.drop_index("ix_follow_up_session_id", table_name="follow_up")
    op.drop_index(
        "ix_follow_up_open", table_name="follow_up", sqlite_where=sa.text("done_on IS NULL AND deleted_at IS NULL")
    )
    op.drop_index("ix_follow_up_government_id_due", table_name="follow_up")
    op.drop_table("follow_up")
    op.drop_index("ix_support_session_track_id", table_name="support_session")
    op.drop_index("ix_support_session_day", table_name="support_session")
    op.drop_table("support_session")
    op.drop_index(
        "uq_commitment_applicant_year_target", table_name="commitment", sqlite_where=sa.text("deleted_at IS NULL")
    )
    op.drop_index("ix_commitment_project_year_id", table_name="commitment")
    op.drop_table("commitment")
    op.drop_index("ix_change_scope_change_seq", table_name="change_scope")
    op.drop_table("change_scope")
    op.drop_table("target")
    op.drop_index("ix_support_track_government_id", table_name="support_track")
    op.drop_table("support_track")
    op.drop_index("ix_partnership_member_partnership_id", table_name="partnership_member")
    op.drop_index("ix_partnership_member_member_id", table_name="partnership_member")
    op.drop_table("partnership_member")
    op.drop_index("ix_change_row_id_field", table_name="change")
    op.drop_index("ix_change_device_number", table_name="change")
    op.drop_index("ix_change_command_id", table_name="change")
    op.drop_table("change")
    op.drop_index("ix_assignment_officer_id", table_name="assignment")
    op.drop_index("ix_assignment_government_id", table_name="assignment")
    op.drop_table("assignment")
    op.drop_table("project_year")
    op.drop_table("plan")
    op.drop_table("origin_figure")
    op.drop_table("officer")
    op.drop_table("offer")
    op.drop_table("meta")
    op.drop_index("ix_government_code", table_name="government")
    op.drop_table("government")
    op.drop_table("draft")
    op.drop_table("command_log")
    op.drop_table("action")
