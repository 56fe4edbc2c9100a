"""Complete lists: partnerships with their members, the plans in this file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.readmodels.lists import Membership, PartnershipLine
from samenleven_desktop.storage.models import (
    GovernmentRow,
    KpiEntryRow,
    PartnershipMemberRow,
    PlanRow,
    table_of,
)
from samenleven_desktop.storage.view import View

_GOV, _MEMBER = table_of(GovernmentRow), table_of(PartnershipMemberRow)
_PLAN, _ENTRY = table_of(PlanRow), table_of(KpiEntryRow)


@dataclass(frozen=True)
class StoredPlan:
    """A plan version in this file; `content` is its JSON."""

    id: str
    code: str
    version: str
    in_use: bool
    content: str


def partnerships(view: View) -> list[PartnershipLine]:
    """Returns partnerships by name, with all current and former members, by name."""
    members: dict[str, list[Membership]] = defaultdict(list)
    of_member = (
        select(
            _MEMBER.c.partnership_id, _GOV.c.id, _GOV.c.code, _GOV.c.name, _MEMBER.c.valid_from, _MEMBER.c.valid_until
        )
        .join(_GOV, _GOV.c.id == _MEMBER.c.member_id)
        .where(_MEMBER.c.deleted_at.is_(None))
        .order_by(_GOV.c.search_name, _MEMBER.c.valid_from)
    )
    for partnership_id, *values in view.connection.execute(of_member):
        members[partnership_id].append(Membership(*values))
    applicant = _GOV.alias("applicant")
    query = (
        select(_GOV, applicant.c.code.label("applicant_code"), applicant.c.name.label("applicant_name"))
        .outerjoin(applicant, applicant.c.id == _GOV.c.applicant_id)
        .where(_GOV.c.kind == GovernmentKind.PARTNERSHIP, _GOV.c.deleted_at.is_(None))
        .order_by(_GOV.c.search_name)
    )
    return [
        PartnershipLine(
            id=row["id"],
            code=row["code"],
            name=row["name"],
            reference_region=row["reference_region"],
            applicant_code=row["applicant_code"],
            applicant_name=row["applicant_name"],
            valid_from=row["valid_from"],
            valid_until=row["valid_until"],
            members=tuple(members[row["id"]]),
        )
        for row in view.connection.execute(query).mappings()
    ]


def session_commitments(view: View, session_id: str) -> list[str]:
    """Returns the commitments for which a session has KPI entries."""
    query = (
        select(_ENTRY.c.commitment_id)
        .where(_ENTRY.c.session_id == session_id, _ENTRY.c.deleted_at.is_(None))
        .distinct()
        .order_by(_ENTRY.c.commitment_id)
    )
    return list(view.connection.execute(query).scalars())


def plans(view: View) -> list[StoredPlan]:
    """Returns every plan version in this file: the newest plan first, and of each plan the version in use first."""
    query = select(_PLAN.c.id, _PLAN.c.code, _PLAN.c.version, _PLAN.c.in_use, _PLAN.c.content).order_by(
        _PLAN.c.first_day.desc(), _PLAN.c.in_use.desc(), _PLAN.c.version.desc()
    )
    return [StoredPlan(**row) for row in view.connection.execute(query).mappings()]
