"""Partnerships with their members, memberships through time, and the figures of origin behind the threshold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from samenleven_desktop.domain.government import GovernmentKind, OriginFigure
from samenleven_desktop.domain.partnership import Membership
from samenleven_desktop.domain.threshold import OfficialFigure
from samenleven_desktop.readmodels.lists import PartnershipLine, PartnershipMember
from samenleven_desktop.storage.models import (
    GovernmentRow,
    OfficialFigureRow,
    OriginFigureRow,
    PartnershipMemberRow,
    table_of,
)
from samenleven_desktop.storage.view import View

_MEMBER, _GOV = table_of(PartnershipMemberRow), table_of(GovernmentRow)
_ORIGIN, _OFFICIAL = table_of(OriginFigureRow), table_of(OfficialFigureRow)


def memberships(view: View) -> list[Membership]:
    """Returns all current and former memberships, by first day."""
    query = select(_MEMBER).where(_MEMBER.c.deleted_at.is_(None)).order_by(_MEMBER.c.valid_from, _MEMBER.c.id)
    return [
        Membership(
            id=row["id"],
            partnership_id=row["partnership_id"],
            member_id=row["member_id"],
            valid_from=row["valid_from"],
            valid_until=row["valid_until"],
            kept_from_year=row["kept_from_year"],
        )
        for row in view.connection.execute(query).mappings()
    ]


def applicant_id(view: View, partnership_id: str) -> str | None:
    return view.connection.execute(select(_GOV.c.applicant_id).where(_GOV.c.id == partnership_id)).scalar()


def applicants(view: View) -> dict[str, str]:
    """Returns partnership -> the member that applies and receives the money."""
    query = select(_GOV.c.id, _GOV.c.applicant_id).where(_GOV.c.applicant_id.is_not(None), _GOV.c.deleted_at.is_(None))
    return {row[0]: row[1] for row in view.connection.execute(query)}


def code_in_use(view: View, code: str) -> bool:
    query = select(_GOV.c.id).where(_GOV.c.code == code, _GOV.c.deleted_at.is_(None)).limit(1)
    return view.connection.execute(query).first() is not None


def origin_figures(view: View, codes: Iterable[str]) -> list[OriginFigure]:
    """Returns the shipped figures of these municipalities, all years."""
    query = select(_ORIGIN).where(_ORIGIN.c.government_code.in_(list(codes)))
    return [OriginFigure(**row) for row in view.connection.execute(query).mappings()]


def official_figures(view: View, codes: Iterable[str]) -> list[OfficialFigure]:
    """Returns the figures that officers entered for governments with these codes."""
    query = (
        select(
            _GOV.c.code.label("government_code"),
            _OFFICIAL.c.year,
            _OFFICIAL.c.value,
            _OFFICIAL.c.source,
            _OFFICIAL.c.noted_on,
        )
        .join(_GOV, _GOV.c.id == _OFFICIAL.c.government_id)
        .where(_GOV.c.code.in_(list(codes)), _OFFICIAL.c.deleted_at.is_(None))
    )
    return [OfficialFigure(**row) for row in view.connection.execute(query).mappings()]


def official_figure_id(view: View, government_id: str, year: int) -> str | None:
    query = select(_OFFICIAL.c.id).where(
        _OFFICIAL.c.government_id == government_id, _OFFICIAL.c.year == year, _OFFICIAL.c.deleted_at.is_(None)
    )
    return view.connection.execute(query).scalar()


def partnership_lines(view: View) -> list[PartnershipLine]:
    """Returns partnerships by name, with all current and former members, by name."""
    members: dict[str, list[PartnershipMember]] = defaultdict(list)
    of_member = (
        select(
            _MEMBER.c.partnership_id, _GOV.c.id, _GOV.c.code, _GOV.c.name, _MEMBER.c.valid_from, _MEMBER.c.valid_until
        )
        .join(_GOV, _GOV.c.id == _MEMBER.c.member_id)
        .where(_MEMBER.c.deleted_at.is_(None))
        .order_by(_GOV.c.search_name, _MEMBER.c.valid_from)
    )
    for partnership_id, *values in view.connection.execute(of_member):
        members[partnership_id].append(PartnershipMember(*values))
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
