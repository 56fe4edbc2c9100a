"""Offers as the officer sees them (own values over shipped ones), their uses, and the cost and result of those."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Label, Select, case, func, or_, select

from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.readmodels.core import OfferUseLine
from samenleven_desktop.storage.models import (
    CommitmentRow,
    GovernmentRow,
    OfferRow,
    OfferUseRow,
    ProjectYearRow,
    table_of,
)
from samenleven_desktop.storage.queries import actions
from samenleven_desktop.storage.view import View

_OFFER, _USE, _GOV = table_of(OfferRow), table_of(OfferUseRow), table_of(GovernmentRow)
_COM, _YEAR = table_of(CommitmentRow), table_of(ProjectYearRow)
_OVER = _OFFER.alias("overlay")
_VALUES = (
    *("title", "organisation", "cost", "actions", "all_actions", "price_cents", "price_unit", "note", "source"),
    *("mentor_code", "valid_from", "valid_until", "region", "action_ids", "organisation_id"),
)
_HAS_OVERLAY = (_OVER.c.overlays_id == _OFFER.c.id) & _OVER.c.deleted_at.is_(None)


@dataclass(frozen=True)
class StoredUsage:
    """Uses of an offer toward one target in one year, summed.

    `paid_cents` and `paid_units` count only those uses whose price and result are both known.
    """

    offer_id: str
    target_id: str | None
    year: int | None
    plan_id: str | None
    uses: int
    price_cents: int
    from_subsidy_cents: int
    units: int | None
    paid_cents: int
    paid_units: int


def _own(name: str) -> Label[Any]:
    """A value of the offer: the officer's if there is one, otherwise that of the shipped row."""
    return case((_OVER.c.id.is_not(None), _OVER.c[name]), else_=_OFFER.c[name]).label(f"offer_{name}")


def offers(view: View) -> list[OfferLine]:
    """Returns live offers by organisation and title."""
    query = (
        select(_OFFER.c.id, _OFFER.c.shipped, _OVER.c.id.label("overlay_id"), *(_own(name) for name in _VALUES))
        .outerjoin(_OVER, _HAS_OVERLAY)
        .where(_OFFER.c.deleted_at.is_(None), _OFFER.c.overlays_id.is_(None))
    )
    found = [_offer(row) for row in view.connection.execute(query).mappings()]
    return sorted(found, key=lambda line: (sort_key(line.organisation), sort_key(line.title), line.id))


def _offer(row: Mapping[Any, Any]) -> OfferLine:
    return OfferLine(
        id=row["id"],
        title=row["offer_title"],
        organisation=row["offer_organisation"],
        cost=row["offer_cost"],
        action_ids=actions.of_offer(row["offer_action_ids"], row["offer_actions"], row["offer_all_actions"]),
        mentor_code=row["offer_mentor_code"],
        price_cents=row["offer_price_cents"],
        price_unit=row["offer_price_unit"],
        note=row["offer_note"],
        source=row["offer_source"],
        shipped=row["shipped"],
        valid_from=row["offer_valid_from"],
        valid_until=row["offer_valid_until"],
        region=row["offer_region"],
        changed_by_us=row["overlay_id"] is not None,
        organisation_id=row["offer_organisation_id"],
    )


def overlay_of(view: View, offer_id: str) -> str | None:
    """Returns the row with the officer's values for a shipped offer."""
    query = select(_OFFER.c.id).where(_OFFER.c.overlays_id == offer_id, _OFFER.c.deleted_at.is_(None))
    return view.connection.execute(query).scalar()


def uses(
    view: View,
    governments: Iterable[str] | None,
    first: date,
    last: date,
    offer_id: str | None = None,
    limit: int | None = None,
) -> list[OfferUseLine]:
    """Returns uses in a period, newest first; of these governments (None: all), of one offer if given.

    The service adds the plan's information on the target.
    """
    query = (
        _use_query()
        .where(_USE.c.start <= last, or_(_USE.c.end.is_(None), _USE.c.end >= first))
        .order_by(_USE.c.start.desc(), _USE.c.id)
    )
    if governments is not None:
        query = query.where(_USE.c.government_id.in_(list(governments)))
    if offer_id is not None:
        query = query.where(_USE.c.offer_id == offer_id)
    return _lines(view, query.limit(limit))


def use_count(
    view: View, governments: Iterable[str] | None = None, first: date = date.min, last: date = date.max
) -> int:
    """Returns the number of uses in a period; by these governments (None: by all)."""
    query = select(func.count()).select_from(_USE).where(_in_period(first, last))
    if governments is not None:
        query = query.where(_USE.c.government_id.in_(list(governments)))
    return int(view.connection.execute(query).scalar_one())


def uses_of_commitments(view: View, commitments: Iterable[str], *, from_subsidy: bool = False) -> list[OfferUseLine]:
    """Returns the uses toward these commitments by any government, or only those paid from the subsidy."""
    query = _use_query().where(_USE.c.commitment_id.in_(list(commitments)))
    return _lines(view, query.where(_USE.c.paid_from == "subsidy") if from_subsidy else query)


def commitments_of_uses(view: View, use_ids: Iterable[str]) -> list[str]:
    """Returns the commitments of these uses, without duplicates."""
    asked = json.dumps(sorted(use_ids))
    query = (
        "SELECT DISTINCT commitment_id FROM offer_use WHERE commitment_id IS NOT NULL "
        "AND id IN (SELECT value FROM json_each(?)) ORDER BY commitment_id"
    )
    return [str(row[0]) for row in view.connection.exec_driver_sql(query, (asked,))]


def validity(view: View) -> dict[str, tuple[date | None, date | None]]:
    """Returns offer -> its first and last day, for the offers that have one."""
    return {
        line.id: (line.valid_from, line.valid_until) for line in offers(view) if line.valid_from or line.valid_until
    }


def usage(view: View, first: date, last: date) -> list[StoredUsage]:
    """Returns uses in a period, summed per offer, target and year."""
    known = _USE.c.price_cents.is_not(None) & _USE.c.real_units.is_not(None)
    subsidy = case((_USE.c.paid_from == "subsidy", _USE.c.price_cents))
    query = (
        select(
            _USE.c.offer_id,
            _COM.c.target_id,
            _YEAR.c.number.label("year"),
            _YEAR.c.plan_id,
            func.count().label("uses"),
            _total(_USE.c.price_cents).label("price_cents"),
            _total(subsidy).label("from_subsidy_cents"),
            func.sum(_USE.c.real_units).label("units"),
            _total(case((known, _USE.c.price_cents))).label("paid_cents"),
            _total(case((known, _USE.c.real_units))).label("paid_units"),
        )
        .outerjoin(_COM, _COM.c.id == _USE.c.commitment_id)
        .outerjoin(_YEAR, _YEAR.c.id == _COM.c.project_year_id)
        .where(_in_period(first, last))
        .group_by(_USE.c.offer_id, _COM.c.target_id, _YEAR.c.number, _YEAR.c.plan_id)
    )
    return [StoredUsage(**row) for row in view.connection.execute(query).mappings()]


def users(view: View, first: date, last: date) -> list[tuple[str, str]]:
    """Returns (offer, government) pairs of the uses in a period."""
    query = select(_USE.c.offer_id, _USE.c.government_id).distinct().where(_in_period(first, last))
    return [(row[0], row[1]) for row in view.connection.execute(query)]


def _in_period(first: date, last: date) -> ColumnElement[bool]:
    return _USE.c.deleted_at.is_(None) & (_USE.c.start <= last) & (or_(_USE.c.end.is_(None), _USE.c.end >= first))


def _total(column: ColumnElement[Any]) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0)


def _use_query() -> Select[Any]:
    return (
        select(
            _USE,
            _GOV.c.name.label("government"),
            _own("title"),
            _own("organisation"),
            _own("cost"),
            _COM.c.target_id,
            _YEAR.c.number.label("year"),
            _YEAR.c.plan_id,
        )
        .join(_GOV, _GOV.c.id == _USE.c.government_id)
        .join(_OFFER, _OFFER.c.id == _USE.c.offer_id)
        .outerjoin(_OVER, _HAS_OVERLAY)
        .outerjoin(_COM, _COM.c.id == _USE.c.commitment_id)
        .outerjoin(_YEAR, _YEAR.c.id == _COM.c.project_year_id)
        .where(_USE.c.deleted_at.is_(None))
    )


def _lines(view: View, query: Select[Any]) -> list[OfferUseLine]:
    return [
        OfferUseLine(
            id=row["id"],
            government_id=row["government_id"],
            government_name=row["government"],
            offer_id=row["offer_id"],
            offer_title=row["offer_title"],
            organisation=row["offer_organisation"],
            cost=row["offer_cost"],
            commitment_id=row["commitment_id"],
            target_id=row["target_id"],
            year=row["year"],
            plan_id=row["plan_id"],
            action_number=None,
            target_label=None,
            unit=None,
            start=row["start"],
            end=row["end"],
            price_cents=row["price_cents"],
            paid_from=row["paid_from"],
            expected_units=row["expected_units"],
            real_units=row["real_units"],
            evaluation=row["evaluation"],
        )
        for row in view.connection.execute(query).mappings()
    ]
