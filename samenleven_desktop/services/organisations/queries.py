"""Queries about organisations: the list, one with its offers, and the services to or by a government."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from samenleven_desktop.domain.comparison import tokens
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.domain.organisation import owners
from samenleven_desktop.readmodels.organisations import OrganisationLine, ServiceLine
from samenleven_desktop.readmodels.search import SearchResult, snippet
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.storage.queries import kpi
from samenleven_desktop.storage.queries import organisations as stored
from samenleven_desktop.storage.queries import sessions as work
from samenleven_desktop.storage.repositories.work import GONE


@dataclass(frozen=True)
class OrganisationView:
    """An organisation with the governments it serves, and its offers."""

    organisation: OrganisationLine
    services: tuple[ServiceLine, ...]
    offers: tuple[OfferLine, ...]


def list_organisations(context: QueryContext) -> list[OrganisationLine]:
    """Returns organisations by name, with what they serve and how much they offer."""
    mine = work.assigned(context.view, context.officer_id, context.today)
    lines = stored.organisation_lines(context.view)
    owned = offers_by_organisation(lines, list_offers(context)) if lines else {}
    return [
        replace(
            line,
            services=tuple(_named(context, line.services)),
            offers=len(owned[line.id]),
            mine=line.id in mine,
        )
        for line in lines
    ]


def organisation(context: QueryContext, organisation_id: str) -> OrganisationView:
    """Raises UserError for an id that is no organisation of this file."""
    lines = list_organisations(context)
    line = next((one for one in lines if one.id == organisation_id), None)
    if line is None:
        raise UserError(GONE)
    offers = offers_by_organisation(lines, list_offers(context))[organisation_id]
    return OrganisationView(line, line.services, tuple(offers))


def services(context: QueryContext, involved: Collection[str] | None = None) -> list[ServiceLine]:
    """Returns services by organisation and government; of these organisations or governments (None: all)."""
    return _named(context, stored.service_lines(context.view, involved))


def find_services(context: QueryContext, words: str, most: int) -> list[SearchResult]:
    """Returns the services with, for every typed word, a word that starts with it in the remark or in a name.

    At least one is in the remark: the names lead to the dossiers themselves. There are few remarks, so they are not in
    the index of texts.
    """
    typed = tokens(words)
    found = []
    for line in stored.service_lines(context.view, with_remark=True) if typed else ():
        remark = tokens(line.note or "")
        known = [*remark, *tokens(line.organisation_name), *tokens(line.government_name)]
        if all(_starts(known, one) for one in typed) and any(_starts(remark, one) for one in typed):
            title = f"{line.organisation_name} · {line.government_name}"
            text = snippet(line.note or "", typed)
            found.append(SearchResult("service", line.id, title, text, line.organisation_id, line.valid_from))
    return found[:most]


def _starts(words: Iterable[str], typed: str) -> bool:
    return any(word.startswith(typed) for word in words)


def offers_by_organisation(
    lines: Iterable[OrganisationLine], offers: Iterable[OfferLine]
) -> dict[str, list[OfferLine]]:
    """Returns organisation -> its offers: those tied to it, and those that name it and are tied to none."""
    known = list(lines)
    found: dict[str, list[OfferLine]] = {one.id: [] for one in known}
    every = list(offers)
    owner = owners({one.id: one.name for one in known}, every)
    for offer in every:
        if offer.id in owner:
            found[owner[offer.id]].append(offer)
    return found


def _named(context: QueryContext, lines: Iterable[ServiceLine]) -> list[ServiceLine]:
    """Adds the target as its plan names it, what was reached, and whether the service holds today."""
    found: list[ServiceLine] = []
    known = list(lines)
    added = kpi.added_per_government(context.view, context.today) if any(one.target_id for one in known) else {}
    for line in known:
        until = line.valid_until
        present = line.valid_from <= context.today and (until is None or context.today <= until)
        line = replace(line, present=present)
        if line.target_id is not None:
            plan = context.plan_of_target(line.target_id)
            if plan.has_target(line.target_id):
                target = plan.target(line.target_id)
                action = plan.action(target.action_number)
                terms = next((one for one in target.terms if one.unit), None)
                (ref,) = context.action_refs([action.id]) or (None,)
                line = replace(
                    line,
                    action=ref.words if ref else str(action.number),
                    action_title=action.short_title,
                    target_code=target.code,
                    target_label=target.label,
                    unit=terms.unit if terms else None,
                    reached=added.get((line.organisation_id, line.government_id, line.target_id), 0),
                )
        found.append(line)
    return found
