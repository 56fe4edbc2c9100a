"""Commitments and the KPI ledger: the stored numbers, summed per commitment where requested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, case, func, or_, select

from samenleven_desktop.domain.kpi import CountingDays, EntryKind, Reached, Uncounted
from samenleven_desktop.readmodels.core import KpiEntryLine
from samenleven_desktop.storage.models import (
    CommitmentRow,
    GovernmentRow,
    KpiEntryRow,
    OfferRow,
    OfferUseRow,
    ProjectYearRow,
    table_of,
)
from samenleven_desktop.storage.view import View

_COM, _ENTRY, _GOV = table_of(CommitmentRow), table_of(KpiEntryRow), table_of(GovernmentRow)
_USE, _OFFER, _YEAR = table_of(OfferUseRow), table_of(OfferRow), table_of(ProjectYearRow)


@dataclass(frozen=True)
class StoredCommitment:
    """A commitment as stored, with the name of its applicant and the number of its project year."""

    id: str
    applicant_id: str
    applicant_code: str
    applicant_name: str
    year: int
    plan_id: str
    target_id: str
    rank: int | None
    existing_reach: int
    requested: int | None
    confirmed: int | None
    interim_reached: int | None
    final_reached: int | None
    granted_cents: int | None
    jury_result: str | None
    motivation: str | None
    anchor_moments: str | None
    note: str | None
    plan_version: str
    plan_hash: str | None


def commitments(
    view: View,
    plan_id: str | None = None,
    year: int | None = None,
    applicants: Iterable[str] | None = None,
    ids: Iterable[str] | None = None,
) -> list[StoredCommitment]:
    """Returns live commitments by applicant and rank; of a plan, a year, applicants or ids where given."""
    query = (
        select(
            _COM.c.id,
            _COM.c.applicant_id,
            _GOV.c.code.label("applicant_code"),
            _GOV.c.name.label("applicant_name"),
            _YEAR.c.number.label("year"),
            _YEAR.c.plan_id,
            _COM.c.target_id,
            _COM.c.rank,
            _COM.c.existing_reach,
            _COM.c.requested,
            _COM.c.confirmed,
            _COM.c.interim_reached,
            _COM.c.final_reached,
            _COM.c.granted_cents,
            _COM.c.jury_result,
            _COM.c.motivation,
            _COM.c.anchor_moments,
            _COM.c.note,
            _COM.c.plan_version,
            _COM.c.plan_hash,
        )
        .join(_GOV, _GOV.c.id == _COM.c.applicant_id)
        .join(_YEAR, _YEAR.c.id == _COM.c.project_year_id)
        .where(_COM.c.deleted_at.is_(None))
        .order_by(_GOV.c.search_name, _COM.c.rank)
    )
    if plan_id is not None:
        query = query.where(_YEAR.c.plan_id == plan_id)
    if year is not None:
        query = query.where(_YEAR.c.number == year)
    if applicants is not None:
        query = query.where(_COM.c.applicant_id.in_(list(applicants)))
    if ids is not None:
        query = query.where(_COM.c.id.in_(list(ids)))
    return [StoredCommitment(**row) for row in view.connection.execute(query).mappings()]


def any_commitment(view: View) -> bool:
    """Returns whether there is a live commitment."""
    return view.connection.execute(select(_COM.c.id).where(_COM.c.deleted_at.is_(None)).limit(1)).first() is not None


def years_with_work(view: View, applicants: Iterable[str]) -> list[tuple[str, int]]:
    """Returns the project years, as plan and number, in which these applicants have commitments."""
    query = (
        select(_YEAR.c.plan_id, _YEAR.c.number)
        .distinct()
        .join(_COM, _COM.c.project_year_id == _YEAR.c.id)
        .where(_COM.c.deleted_at.is_(None), _COM.c.applicant_id.in_(list(applicants)))
    )
    return [(row[0], row[1]) for row in view.connection.execute(query)]


def reached(view: View, today: date, days: CountingDays, commitments: Iterable[StoredCommitment]) -> dict[str, Reached]:
    """`domain.kpi.reached_to_date` for many commitments of a project year at once, computed by the database.

    Of the entries up to today only those on the counting days of the year.
    """
    known = {commitment.id: commitment.existing_reach for commitment in commitments}
    counts = and_(
        _ENTRY.c.day >= days.first,
        or_(
            _ENTRY.c.day <= days.last,
            and_(_ENTRY.c.kind == EntryKind.READING, _ENTRY.c.day <= days.last_of_all),
        ),
    )
    live = _live_entries(today).where(_ENTRY.c.commitment_id.in_(list(known)), counts).subquery()
    last = (
        select(live.c.commitment_id, func.max(live.c.day).label("day"))
        .where(live.c.kind == EntryKind.READING)
        .group_by(live.c.commitment_id)
        .subquery()
    )
    on_last = and_(live.c.kind == EntryKind.READING, live.c.day == last.c.day)
    after = and_(live.c.kind == EntryKind.INCREMENT, func.coalesce(live.c.day > last.c.day, True))
    query = (
        select(
            live.c.commitment_id,
            func.max(live.c.day),
            last.c.day,
            func.max(case((on_last, live.c.units))),
            func.min(case((on_last, live.c.units))),
            func.sum(case((after, live.c.units), else_=0)),
        )
        .select_from(live)
        .outerjoin(last, last.c.commitment_id == live.c.commitment_id)
        .group_by(live.c.commitment_id)
    )
    found = {}
    for commitment_id, last_day, reading_day, highest, lowest, increments in view.connection.execute(query):
        base = known[commitment_id] if reading_day is None else highest
        conflict = reading_day if highest != lowest else None
        found[commitment_id] = Reached(base + increments, True, last_day, conflict)
    return {id_: found.get(id_, Reached(existing, False, None, None)) for id_, existing in known.items()}


def outside(
    view: View, days: CountingDays, commitments: Iterable[StoredCommitment]
) -> dict[str, tuple[Uncounted, ...]]:
    """Returns commitment -> why each entry outside the days of its project year does not count, of any day."""
    query = _live_entries(date.max).where(
        _ENTRY.c.commitment_id.in_([one.id for one in commitments]),
        or_(_ENTRY.c.day < days.first, _ENTRY.c.day > days.last),
    )
    found: dict[str, list[Uncounted]] = defaultdict(list)
    for row in view.connection.execute(query).mappings():
        reason = days.why_not(EntryKind(row["kind"]), row["day"])
        if reason is not None:
            found[row["commitment_id"]].append(reason)
    return {id_: tuple(reasons) for id_, reasons in found.items()}


def entries(view: View, commitment_ids: Iterable[str]) -> list[KpiEntryLine]:
    """Returns ledger rows, newest first, corrected ones included; the service adds action and unit."""
    member = _GOV.alias("member")
    correction = _ENTRY.alias("correction")
    corrected = (
        select(correction.c.id)
        .where(correction.c.corrects_id == _ENTRY.c.id, correction.c.deleted_at.is_(None))
        .exists()
        .label("corrected")
    )
    query = (
        select(
            _ENTRY,
            _GOV.c.name.label("government"),
            member.c.name.label("member"),
            _OFFER.c.title.label("offer"),
            corrected,
        )
        .join(_COM, _COM.c.id == _ENTRY.c.commitment_id)
        .join(_GOV, _GOV.c.id == _COM.c.applicant_id)
        .outerjoin(member, member.c.id == _ENTRY.c.member_id)
        .outerjoin(_USE, _USE.c.id == _ENTRY.c.offer_use_id)
        .outerjoin(_OFFER, _OFFER.c.id == _USE.c.offer_id)
        .where(_ENTRY.c.commitment_id.in_(list(commitment_ids)), _ENTRY.c.deleted_at.is_(None))
        .order_by(_ENTRY.c.day.desc(), _ENTRY.c.id.desc())
    )
    return [
        KpiEntryLine(
            id=row["id"],
            commitment_id=row["commitment_id"],
            government_name=row["government"],
            member_name=row["member"],
            action_number=0,
            target_label="",
            unit=None,
            day=row["day"],
            kind=EntryKind(row["kind"]),
            units=row["units"],
            note=row["note"],
            session_id=row["session_id"],
            offer_title=row["offer"],
            corrected=bool(row["corrected"]),
            corrects_id=row["corrects_id"],
            offer_use_id=row["offer_use_id"],
        )
        for row in view.connection.execute(query).mappings()
    ]


def commitments_of_session(view: View, session_id: str) -> list[str]:
    """Returns the commitments that have a KPI row of this session."""
    query = select(_ENTRY.c.commitment_id).distinct()
    query = query.where(_ENTRY.c.session_id == session_id, _ENTRY.c.deleted_at.is_(None))
    return [str(one) for one in view.connection.execute(query).scalars()]


def counted_twice(view: View, commitment_ids: Iterable[str]) -> list[tuple[str, str]]:
    """Returns (entry, target of the other entry) for entries that may have been counted twice.

    That is: the same units on one day for another target of the same applicant and year, with the same session or the
    same use of an offer.
    """
    other, com, other_com = _ENTRY.alias("other"), _COM.alias("com"), _COM.alias("other_com")
    same = and_(
        other.c.commitment_id != _ENTRY.c.commitment_id,
        other.c.day == _ENTRY.c.day,
        other.c.units == _ENTRY.c.units,
        other.c.kind == _ENTRY.c.kind,
        other.c.deleted_at.is_(None),
        (other.c.session_id == _ENTRY.c.session_id) | (other.c.offer_use_id == _ENTRY.c.offer_use_id),
    )
    query = (
        select(_ENTRY.c.id, other_com.c.target_id)
        .join(com, com.c.id == _ENTRY.c.commitment_id)
        .join(
            other_com,
            and_(
                other_com.c.applicant_id == com.c.applicant_id,
                other_com.c.project_year_id == com.c.project_year_id,
                other_com.c.deleted_at.is_(None),
            ),
        )
        .join(other, and_(other.c.commitment_id == other_com.c.id, same))
        .where(_ENTRY.c.commitment_id.in_(list(commitment_ids)), _ENTRY.c.deleted_at.is_(None))
    )
    return [(row[0], row[1]) for row in view.connection.execute(query)]


def use_counts(view: View, commitment_ids: Iterable[str]) -> dict[tuple[str, str], int]:
    """Returns the number of offers in use per commitment and cost (agency, paid, free, unknown)."""
    query = (
        select(_USE.c.commitment_id, _OFFER.c.cost, func.count())
        .join(_OFFER, _OFFER.c.id == _USE.c.offer_id)
        .where(_USE.c.commitment_id.in_(list(commitment_ids)), _USE.c.deleted_at.is_(None))
        .group_by(_USE.c.commitment_id, _OFFER.c.cost)
    )
    return {(commitment_id, cost): count for commitment_id, cost, count in view.connection.execute(query)}


def _live_entries(day: date) -> Select[tuple[str, date, str, int]]:
    correction = _ENTRY.alias("correction")
    corrected = (
        select(correction.c.id)
        .where(correction.c.corrects_id == _ENTRY.c.id, correction.c.deleted_at.is_(None))
        .exists()
    )
    return select(_ENTRY.c.commitment_id, _ENTRY.c.day, _ENTRY.c.kind, _ENTRY.c.units).where(
        _ENTRY.c.deleted_at.is_(None), _ENTRY.c.day <= day, ~corrected
    )


def added_per_government(view: View, day: date) -> dict[tuple[str, str, str], int]:
    """Returns (applicant, government, target) -> the units that were noted as added there, up to a day.

    A reading is the total of a commitment, wherever, so it says nothing about one government.
    """
    live = _live_entries(day).add_columns(_ENTRY.c.member_id).subquery()
    query = (
        select(_COM.c.applicant_id, live.c.member_id, _COM.c.target_id, func.sum(live.c.units))
        .join(_COM, _COM.c.id == live.c.commitment_id)
        .where(live.c.member_id.is_not(None), live.c.kind == EntryKind.INCREMENT, _COM.c.deleted_at.is_(None))
        .group_by(_COM.c.applicant_id, live.c.member_id, _COM.c.target_id)
    )
    return {(row[0], row[1], row[2]): row[3] for row in view.connection.execute(query)}


def session_commitments(view: View, session_id: str) -> list[str]:
    """Returns the commitments for which a session has KPI entries."""
    query = (
        select(_ENTRY.c.commitment_id)
        .where(_ENTRY.c.session_id == session_id, _ENTRY.c.deleted_at.is_(None))
        .distinct()
        .order_by(_ENTRY.c.commitment_id)
    )
    return list(view.connection.execute(query).scalars())


def plan_hashes(view: View) -> set[str]:
    """Returns the versions of plans that live commitments were made under."""
    query = select(_COM.c.plan_hash).where(_COM.c.deleted_at.is_(None)).distinct()
    return {found for found in view.connection.execute(query).scalars() if found is not None}
