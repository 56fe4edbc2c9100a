"""Queries about offers: the catalogue with the cost and result of their uses, and uses with their warnings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.domain.offer_use import UseFacts, UseWarning, use_warnings
from samenleven_desktop.domain.organisation import owners
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.readmodels.core import CommitmentLine, OfferUseLine
from samenleven_desktop.readmodels.lists import OfferUsage, OrganisationCost, UnitTotal
from samenleven_desktop.services.core.query_context import QueryContext, YearRef
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.offers.commands import UseOffer
from samenleven_desktop.storage.queries import applicants, organisations
from samenleven_desktop.storage.queries import offers as stored

_USES_SHOWN = 200


@dataclass(frozen=True)
class CatalogueLine:
    """An offer with its use in a period; `usage` is None if there was none.

    `organisation_id` is the record of its organisation, if this file has it.
    """

    offer: OfferLine
    usage: OfferUsage | None
    organisation_id: str | None = None


def list_offers(context: QueryContext) -> list[OfferLine]:
    """Returns live offers by organisation and title, with their actions in the plan at hand and in others."""
    return [_named(context, line) for line in stored.offers(context.view)]


def offering_names(context: QueryContext) -> list[str]:
    """Returns the names of organisations that an offer can bear: those of records first, then those in other offers."""
    records = sorted(organisations.organisation_names(context.view).values(), key=sort_key)
    others = sorted((line.organisation for line in stored.offers(context.view)), key=sort_key)
    found: dict[str, str] = {}
    for name in filter(None, (*records, *others)):
        found.setdefault(fold(name), name)
    return list(found.values())


def _named(context: QueryContext, line: OfferLine) -> OfferLine:
    refs = context.action_refs(line.action_ids)
    return replace(
        line,
        action_numbers=tuple(ref.number for ref in refs if not ref.plan),
        all_actions=context.plan.id in line.action_ids,
        actions=tuple(ref.words for ref in refs),
    )


def offer(context: QueryContext, offer_id: str) -> OfferLine:
    """Raises UserError if it is gone."""
    found = next((line for line in list_offers(context) if line.id == offer_id), None)
    if found is None:
        raise UserError(N_("This offer is no longer there."))
    return found


def catalogue(context: QueryContext, year: YearRef = None) -> list[CatalogueLine]:
    """Returns every offer, with its use in a project year (the current one if None)."""
    context, period = context.at(year)
    governments: dict[str, set[str]] = defaultdict(set)
    for offer_id, government_id in stored.users(context.view, period.start, period.end):
        governments[offer_id].add(government_id)
    rows: dict[str, list[stored.StoredUsage]] = defaultdict(list)
    for row in stored.usage(context.view, period.start, period.end):
        rows[row.offer_id].append(row)
    offers = list_offers(context)
    records = organisations.organisation_names(context.view)
    owner = owners(records, offers)
    return [
        CatalogueLine(
            line,
            _usage(context, line.id, rows[line.id], governments[line.id], records) if rows[line.id] else None,
            owner.get(line.id),
        )
        for line in offers
    ]


def organisation_costs(context: QueryContext, year: YearRef = None) -> list[OrganisationCost]:
    """Returns the total cost and results of the offers of each organisation in a project year, costliest first.

    Offers of one record go together, whatever name each gives.
    """
    period = context.year(year)
    offers, records = stored.offers(context.view), organisations.organisation_names(context.view)
    owner = owners(records, offers)
    organisation = {line.id: records.get(owner.get(line.id, ""), line.organisation) for line in offers}
    ids = {records[one]: one for one in owner.values()}
    rows: dict[str, list[stored.StoredUsage]] = defaultdict(list)
    for row in stored.usage(context.view, period.start, period.end):
        rows[organisation.get(row.offer_id, "–")].append(row)
    governments: dict[str, set[str]] = defaultdict(set)
    for offer_id, government_id in stored.users(context.view, period.start, period.end):
        governments[organisation.get(offer_id, "–")].add(government_id)
    lines = [
        OrganisationCost(
            organisation=name,
            offers=len({row.offer_id for row in found}),
            governments=len(governments[name]),
            uses=sum(row.uses for row in found),
            price_cents=sum(row.price_cents for row in found),
            from_subsidy_cents=sum(row.from_subsidy_cents for row in found),
            brought=_brought(context, found),
            organisation_id=ids.get(name),
        )
        for name, found in rows.items()
    ]
    return sorted(lines, key=lambda line: (-line.price_cents, sort_key(line.organisation)))


def uses(
    context: QueryContext,
    governments: Sequence[str] | None,
    first: date,
    last: date,
    commitments: Iterable[CommitmentLine] | None = None,
    limit: int | None = None,
) -> list[OfferUseLine]:
    """Returns offers in use by these governments (None: by all) in a period, newest first, with their warnings.

    Callers that already have `commitments` may pass them; they must include those the uses count toward.
    """
    return _judged(context, stored.uses(context.view, governments, first, last, limit=limit), commitments)


def uses_of_offer(context: QueryContext, offer_id: str) -> list[OfferUseLine]:
    """Returns the uses of one offer on any day, newest first; the first two hundred."""
    return _judged(context, stored.uses(context.view, None, date.min, date.max, offer_id, _USES_SHOWN), None)


def uses_outside(context: QueryContext, first: date, last: date) -> int:
    """Returns how many uses lie outside a period."""
    return stored.use_count(context.view) - stored.use_count(context.view, None, first, last)


def uses_of_commitment(context: QueryContext, commitment_id: str) -> list[OfferUseLine]:
    """Returns the offers used toward one commitment, newest first."""
    found = stored.uses_of_commitments(context.view, [commitment_id])
    return _judged(context, sorted(found, key=lambda use: use.start, reverse=True), None)


def commitments_of_uses(context: QueryContext, use_ids: Iterable[str]) -> list[str]:
    """Returns the commitments that these uses count toward."""
    return stored.commitments_of_uses(context.view, use_ids)


def preview_use(context: QueryContext, request: UseOffer) -> tuple[UseWarning, ...]:
    """Returns the warnings about a use before it is saved."""
    (target,) = kpi.commitments_by_id(context, [request.commitment_id] if request.commitment_id else []) or (None,)
    if target is not None:
        context = context.within(context.plan_with_id(target.plan_id) or context.plan)
    period = context.year(target.year if target else None)
    around = {use.id: use for use in stored.uses(context.view, [request.government_id], period.start, period.end)}
    if target is not None:
        around |= {use.id: use for use in stored.uses_of_commitments(context.view, [target.id])}
    limits = stored.validity(context.view)
    first, last = limits.get(request.offer_id, (None, None))
    # Sorted last among those of one day, as it will be once it is saved.
    new = UseFacts(
        id="~",
        offer_id=request.offer_id,
        government_id=request.government_id,
        commitment_id=request.commitment_id,
        target_id=target.target_id if target else None,
        year=target.year if target else None,
        start=request.start,
        end=request.end,
        price_cents=request.price_cents,
        paid_from=request.paid_from,
        offer_from=first,
        offer_until=last,
    )
    amounts = {} if target is None else {target.id: target.amount_cents}
    alike = [use for use in around.values() if use.plan_id in (None, context.plan.id)]
    facts = [*(_facts(use, limits) for use in alike), new]
    return use_warnings(context.plan, facts, amounts)[new.id]


def use_options(context: QueryContext, government_id: str, year: YearRef = None) -> list[CommitmentLine]:
    """Returns the targets toward which a government may use an offer, by action: its own, those of its partnership and
    those of organisations that serve it."""
    context, period = context.at(year)
    around = applicants.around(context.view, [government_id], context.today)
    return sorted(kpi.list_commitments(context, period.number, around), key=lambda line: line.action_number)


def _judged(
    context: QueryContext, found: Sequence[OfferUseLine], commitments: Iterable[CommitmentLine] | None
) -> list[OfferUseLine]:
    ids = {use.commitment_id for use in found if use.commitment_id}
    known = kpi.commitments_by_id(context, ids) if commitments is None else commitments
    amounts = {line.id: line.amount_cents for line in known}
    # Payments of others from the same subsidies count too.
    paid = stored.uses_of_commitments(context.view, ids, from_subsidy=True)
    around = {use.id: use for use in paid} | {use.id: use for use in found}
    limits = stored.validity(context.view) if found else {}
    by_plan: dict[str | None, list[UseFacts]] = defaultdict(list)
    for use in around.values():
        by_plan[use.plan_id].append(_facts(use, limits))
    warnings: dict[str, tuple[UseWarning, ...]] = {}
    for plan_id, facts in by_plan.items():
        plan = context.plan if plan_id is None else context.plan_with_id(plan_id)
        warnings |= use_warnings(plan or context.plan, facts, amounts)
    return [_in_plan(context, replace(use, warnings=warnings[use.id])) for use in found]


def _facts(use: OfferUseLine, limits: Mapping[str, tuple[date | None, date | None]]) -> UseFacts:
    first, last = limits.get(use.offer_id, (None, None))
    return UseFacts(
        id=use.id,
        offer_id=use.offer_id,
        government_id=use.government_id,
        commitment_id=use.commitment_id,
        target_id=use.target_id,
        year=use.year,
        start=use.start,
        end=use.end,
        price_cents=use.price_cents,
        paid_from=use.paid_from,
        offer_from=first,
        offer_until=last,
    )


def _in_plan(context: QueryContext, use: OfferUseLine) -> OfferUseLine:
    """Adds the action, the label of the target, and its unit in that year."""
    if use.target_id is None or use.year is None:
        return use
    target = context.target(use.target_id)
    terms = target.in_year(use.year)
    return replace(
        use,
        action_number=target.action_number,
        target_label=target.label_in(use.year),
        target_code=target.code,
        unit=terms.unit if terms else None,
        plan=context.plan_words(use.plan_id),
    )


def _usage(
    context: QueryContext,
    offer_id: str,
    rows: Sequence[stored.StoredUsage],
    users: Collection[str],
    records: Collection[str],
) -> OfferUsage:
    return OfferUsage(
        offer_id=offer_id,
        governments=len(users),
        organisations=sum(one in records for one in users),
        uses=sum(row.uses for row in rows),
        price_cents=sum(row.price_cents for row in rows),
        brought=_brought(context, rows),
    )


def _brought(context: QueryContext, rows: Iterable[stored.StoredUsage]) -> tuple[UnitTotal, ...]:
    """Units are summed per unit only: persons and families are never added together."""
    units: dict[str, int] = defaultdict(int)
    paid: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in rows:
        if row.target_id is None or row.year is None or row.units is None:
            continue
        terms = context.target(row.target_id).in_year(row.year)
        unit = (terms.unit if terms else None) or "–"
        units[unit] += row.units
        cents, count = paid[unit]
        paid[unit] = cents + row.paid_cents, count + row.paid_units
    return tuple(
        UnitTotal(unit, units[unit], round(paid[unit][0] / paid[unit][1]) if all(paid[unit]) else None)
        for unit in sorted(units)
    )
