"""Existing records by the keys with which a file identifies them: whole tables at once, whatever the number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Table, select

from samenleven_desktop.storage.models import (
    Base,
    CommitmentRow,
    ContactRow,
    KpiEntryRow,
    OfferRow,
    OfferUseRow,
    OfficialFigureRow,
    PartnershipMemberRow,
    ProjectYearRow,
    SessionGovernmentRow,
    StimulusRow,
    SupportSessionRow,
    table_of,
)
from samenleven_desktop.storage.queries import actions
from samenleven_desktop.storage.view import View

_COM, _YEAR, _ENTRY = table_of(CommitmentRow), table_of(ProjectYearRow), table_of(KpiEntryRow)
_CONTACT, _OFFER, _USE = table_of(ContactRow), table_of(OfferRow), table_of(OfferUseRow)
_FIGURE, _MEMBER = table_of(OfficialFigureRow), table_of(PartnershipMemberRow)
_STIMULUS = table_of(StimulusRow)
_SESSION, _LINK = table_of(SupportSessionRow), table_of(SessionGovernmentRow)
Row = Mapping[str, Any]


def _live(view: View, table: Table) -> list[Row]:
    return [dict(row) for row in view.connection.execute(select(table).where(table.c.deleted_at.is_(None))).mappings()]


def by_id(view: View, table: str) -> dict[str, Row]:
    """Returns id -> the live row of a table."""
    return {row["id"]: row for row in _live(view, Base.metadata.tables[table])}


def deleted_ids(view: View, table: str) -> set[str]:
    """Returns the ids of the rows that are in the recycle bin."""
    of = Base.metadata.tables[table]
    return set(view.connection.execute(select(of.c.id).where(of.c.deleted_at.is_not(None))).scalars())


def commitments(view: View) -> dict[tuple[str, int, str], Row]:
    """Returns (applicant, number of the project year, target) -> the commitment."""
    years = {row.id: row.number for row in view.connection.execute(select(_YEAR.c.id, _YEAR.c.number))}
    return {(row["applicant_id"], years[row["project_year_id"]], row["target_id"]): row for row in _live(view, _COM)}


def entries(view: View) -> dict[str, list[Row]]:
    """Returns commitment -> its ledger rows; `corrected` says that a newer row replaced it."""
    rows = _live(view, _ENTRY)
    corrected = {row["corrects_id"] for row in rows}
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["commitment_id"]].append({**row, "corrected": row["id"] in corrected})
    return found


def contacts(view: View) -> list[Row]:
    return _live(view, _CONTACT)


def offers(view: View) -> list[Row]:
    """Returns offers with the officer's values over the shipped ones; with the id that uses refer to."""
    rows = [
        {**row, "action_ids": " ".join(actions.of_offer(row["action_ids"], row["actions"], row["all_actions"]))}
        for row in _live(view, _OFFER)
    ]
    over = {row["overlays_id"]: row for row in rows if row["overlays_id"]}
    return [
        {**row, **{key: value for key, value in over[row["id"]].items() if key not in ("id", "shipped", "overlays_id")}}
        if row["id"] in over
        else row
        for row in rows
        if not row["overlays_id"]
    ]


def uses(view: View) -> dict[tuple[str, str, date], Row]:
    """Returns (offer, government, first day) -> the use."""
    return {(row["offer_id"], row["government_id"], row["start"]): row for row in _live(view, _USE)}


def figures(view: View) -> dict[tuple[str, int], Row]:
    return {(row["government_id"], row["year"]): row for row in _live(view, _FIGURE)}


def memberships(view: View) -> dict[str, list[tuple[str, date, date | None]]]:
    """Returns member -> (partnership, first day, last day)."""
    found: dict[str, list[tuple[str, date, date | None]]] = defaultdict(list)
    for row in _live(view, _MEMBER):
        found[row["member_id"]].append((row["partnership_id"], row["valid_from"], row["valid_until"]))
    return found


def stimuli(view: View, project_year_id: str) -> dict[tuple[str, str, str | None], str]:
    """Returns (government, kind, id of the action) -> the candidacy of a project year."""
    plan_id = view.connection.execute(select(_YEAR.c.plan_id).where(_YEAR.c.id == project_year_id)).scalar() or ""
    known = actions.numbers(view)
    return {
        (row["government_id"], row["kind"], actions.of_stimulus(row, plan_id, known)[0]): row["id"]
        for row in _live(view, _STIMULUS)
        if row["project_year_id"] == project_year_id
    }


def sessions(view: View) -> dict[tuple[frozenset[str], date, int], Row]:
    """Returns (governments, day, start in minutes) -> the session."""
    together: dict[str, set[str]] = defaultdict(set)
    for row in _live(view, _LINK):
        together[row["session_id"]].add(row["government_id"])
    return {(frozenset(together[row["id"]]), row["day"], row["start_minute"]): row for row in _live(view, _SESSION)}
