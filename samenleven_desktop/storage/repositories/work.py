"""Writes the officers' work inside a unit of work: the rows of each record, its links, its deletion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.kpi import EntryKind, LedgerEntry
from samenleven_desktop.storage import drafts
from samenleven_desktop.storage.models import (
    AssignmentRow,
    CommitmentRow,
    FollowUpRow,
    GovernmentRow,
    KpiEntryRow,
    OfferUseRow,
    OfficerRow,
    SessionActionRow,
    SessionContactRow,
    SessionGovernmentRow,
    SessionOfferRow,
    SessionOfficerRow,
    SupportSessionRow,
    SupportTrackRow,
    Tracked,
    table_of,
)
from samenleven_desktop.storage.queries.reference import NO_GOVERNMENT
from samenleven_desktop.storage.unit_of_work import UnitOfWork
from samenleven_desktop.storage.view import View

GONE = N_("This record is no longer there; it was deleted.")


def add_session(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(SupportSessionRow, **values)


def change_session(unit: UnitOfWork, session_id: str, **values: object) -> None:
    _change(unit, SupportSessionRow, session_id, **values)


def link_session(
    unit: UnitOfWork,
    session_id: str,
    day: date,
    government_ids: Iterable[str],
    action_ids: Iterable[str],
    offer_ids: Iterable[str],
    contact_ids: Iterable[str] = (),
    colleague_ids: Iterable[str] = (),
    *,
    new: bool = False,
) -> None:
    """Makes the links of a session equal to the given ones: adds the missing and deletes the others. A new session has
    none."""
    governments = list(dict.fromkeys(government_ids))
    kept = {} if new else _links(unit, SessionGovernmentRow, session_id, "government_id")
    for government_id, link_id in kept.items():
        if government_id in governments:
            unit.change(SessionGovernmentRow, link_id, day=day)
    _align(unit, SessionGovernmentRow, session_id, "government_id", governments, kept, day=day)
    for model, column, wanted in (
        (SessionActionRow, "action_id", action_ids),
        (SessionOfferRow, "offer_id", offer_ids),
        (SessionContactRow, "contact_id", contact_ids),
        (SessionOfficerRow, "officer_id", colleague_ids),
    ):
        kept = {} if new else _links(unit, model, session_id, column)
        _align(unit, model, session_id, column, list(dict.fromkeys(wanted)), kept)


def session(unit: UnitOfWork, session_id: str) -> Mapping[str, Any]:
    """Returns the row of a live session. Raises UserError if it is gone."""
    alive(unit, SupportSessionRow, session_id)
    row = unit.row(SupportSessionRow, session_id)
    assert row is not None
    return row


def delete_session(unit: UnitOfWork, session_id: str) -> None:
    """Deletes the session, its links and its agreements; the KPI entries stay."""
    alive(unit, SupportSessionRow, session_id)
    links = (SessionGovernmentRow, SessionActionRow, SessionOfferRow, SessionContactRow, SessionOfficerRow)
    for model in (*links, FollowUpRow):
        table = table_of(model)
        query = select(table.c.id).where(table.c.session_id == session_id, table.c.deleted_at.is_(None))
        for row_id in unit.connection.execute(query).scalars().all():
            unit.delete(model, row_id)
    unit.delete(SupportSessionRow, session_id)


def drop_draft(unit: UnitOfWork, form: str | None) -> None:
    """Deletes a draft together with saving the record made from it."""
    if form is not None:
        drafts.drop(View(unit.connection), form)


def add_agreement(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(FollowUpRow, **values)


def change_agreement(unit: UnitOfWork, agreement_id: str, **values: object) -> None:
    _change(unit, FollowUpRow, agreement_id, **values)


def delete_agreement(unit: UnitOfWork, agreement_id: str) -> None:
    alive(unit, FollowUpRow, agreement_id)
    unit.delete(FollowUpRow, agreement_id)


def agreements_of_session(unit: UnitOfWork, session_id: str) -> list[str]:
    table = table_of(FollowUpRow)
    query = select(table.c.id).where(table.c.session_id == session_id, table.c.deleted_at.is_(None))
    return [str(one) for one in unit.connection.execute(query).scalars()]


def add_track(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(SupportTrackRow, **values)


def change_track(unit: UnitOfWork, track_id: str, **values: object) -> None:
    _change(unit, SupportTrackRow, track_id, **values)


def delete_track(unit: UnitOfWork, track_id: str) -> None:
    """Deletes the track; its sessions stay, without a track."""
    alive(unit, SupportTrackRow, track_id)
    table = table_of(SupportSessionRow)
    query = select(table.c.id).where(table.c.track_id == track_id, table.c.deleted_at.is_(None))
    for session_id in unit.connection.execute(query).scalars().all():
        unit.change(SupportSessionRow, session_id, track_id=None)
    unit.delete(SupportTrackRow, track_id)


def add_kpi_entry(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(KpiEntryRow, **values)


def entry_to_correct(unit: UnitOfWork, entry_id: str) -> Mapping[str, Any]:
    """Returns the ledger values that a correction copies. Raises UserError if the row is gone or already corrected."""
    check_corrections(unit, [entry_id])
    row = unit.row(KpiEntryRow, entry_id)
    assert row is not None
    check_links(unit, str(row["commitment_id"]), None)
    names = ("commitment_id", "member_id", "day", "kind", "note", "offer_use_id", "session_id")
    return {name: row[name] for name in names}


def ledger(unit: UnitOfWork, commitment_id: str) -> tuple[int, list[LedgerEntry]]:
    """Returns the existing reach of a commitment and its rows, corrected ones too."""
    table = table_of(KpiEntryRow)
    query = select(table.c.day, table.c.kind, table.c.units, table.c.id, table.c.corrects_id).where(
        table.c.commitment_id == commitment_id, table.c.deleted_at.is_(None)
    )
    rows = [
        LedgerEntry(day, EntryKind(kind), units, id_, corrects)
        for day, kind, units, id_, corrects in unit.connection.execute(query)
    ]
    return int(commitment(unit, commitment_id)["existing_reach"]), rows


def check_links(unit: UnitOfWork, commitment_id: str, offer_use_id: str | None) -> None:
    """Raises UserError if the commitment or the use of an entry is gone."""
    alive(unit, CommitmentRow, commitment_id)
    if offer_use_id is not None:
        alive(unit, OfferUseRow, offer_use_id)


def check_corrections(unit: UnitOfWork, entry_ids: Sequence[str]) -> None:
    """Raises UserError if a row to be corrected is gone, or already corrected."""
    if not entry_ids:
        return
    table, connection = table_of(KpiEntryRow), unit.connection
    there = select(table.c.id).where(table.c.id.in_(entry_ids), table.c.deleted_at.is_(None))
    if set(entry_ids) - set(connection.execute(there).scalars()):
        raise UserError(GONE)
    again = select(table.c.id).where(table.c.corrects_id.in_(entry_ids), table.c.deleted_at.is_(None))
    if len(set(entry_ids)) < len(entry_ids) or connection.execute(again).first() is not None:
        raise UserError(N_("This row was corrected before. Correct the newest row."))


def add_commitment(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(CommitmentRow, **values)


def has_commitment(unit: UnitOfWork, applicant_id: str, project_year_id: str, target_id: str) -> bool:
    table = table_of(CommitmentRow)
    query = select(table.c.id).where(
        table.c.applicant_id == applicant_id,
        table.c.project_year_id == project_year_id,
        table.c.target_id == target_id,
        table.c.deleted_at.is_(None),
    )
    return unit.connection.execute(query).first() is not None


def commitment(unit: UnitOfWork, commitment_id: str) -> Mapping[str, Any]:
    """Returns the row of a live commitment. Raises UserError if it is gone."""
    alive(unit, CommitmentRow, commitment_id)
    row = unit.row(CommitmentRow, commitment_id)
    assert row is not None
    return row


def delete_commitment(unit: UnitOfWork, commitment_id: str) -> None:
    """Deletes the commitment with its ledger rows; uses of offers stay with the government, without a target."""
    alive(unit, CommitmentRow, commitment_id)
    for model in (KpiEntryRow, OfferUseRow):
        table = table_of(model)
        query = select(table.c.id).where(table.c.commitment_id == commitment_id, table.c.deleted_at.is_(None))
        for row_id in unit.connection.execute(query).scalars().all():
            if model is KpiEntryRow:
                unit.delete(model, row_id)
            else:
                unit.change(model, row_id, commitment_id=None)
    unit.delete(CommitmentRow, commitment_id)


def change_commitment(unit: UnitOfWork, commitment_id: str, **values: object) -> None:
    _change(unit, CommitmentRow, commitment_id, **values)


def add_officer(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(OfficerRow, **values)


def has_officer(unit: UnitOfWork, officer_id: str) -> bool:
    return unit.row(OfficerRow, officer_id) is not None


def assignments(unit: UnitOfWork, officer_id: str, day: date) -> dict[str, tuple[str, date]]:
    """Returns government -> (assignment, since) of an officer on a day."""
    table = table_of(AssignmentRow)
    query = select(table.c.government_id, table.c.id, table.c.valid_from).where(
        table.c.officer_id == officer_id,
        table.c.deleted_at.is_(None),
        table.c.valid_from <= day,
        or_(table.c.valid_until.is_(None), table.c.valid_until >= day),
    )
    return {row.government_id: (row.id, row.valid_from) for row in unit.connection.execute(query)}


def add_assignment(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(AssignmentRow, **values)


def end_assignment(unit: UnitOfWork, assignment_id: str, last_day: date) -> None:
    unit.change(AssignmentRow, assignment_id, valid_until=last_day)


def delete_assignment(unit: UnitOfWork, assignment_id: str) -> None:
    unit.delete(AssignmentRow, assignment_id)


def check_government(unit: UnitOfWork, government_id: str) -> None:
    if not unit.is_alive(GovernmentRow, government_id):
        raise UserError(NO_GOVERNMENT)


def alive(unit: UnitOfWork, model: type[Tracked], row_id: str) -> None:
    """Raises UserError if the record is gone."""
    if not unit.is_alive(model, row_id):
        raise UserError(GONE)


def _change(unit: UnitOfWork, model: type[Tracked], row_id: str, **values: object) -> None:
    alive(unit, model, row_id)
    unit.retype(model, row_id, **values)


def _links(unit: UnitOfWork, model: type[Tracked], session_id: str, column: str) -> dict[str, str]:
    table = table_of(model)
    query = select(table.c[column], table.c.id).where(table.c.session_id == session_id, table.c.deleted_at.is_(None))
    return {row[0]: row[1] for row in unit.connection.execute(query)}


def _align(
    unit: UnitOfWork,
    model: type[Tracked],
    session_id: str,
    column: str,
    wanted: list[str],
    kept: dict[str, str],
    **values: object,
) -> None:
    for other in wanted:
        if other not in kept:
            unit.insert(model, session_id=session_id, **{column: other}, **values)
    for other, link_id in kept.items():
        if other not in wanted:
            unit.delete(model, link_id)
