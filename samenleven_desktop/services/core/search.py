"""Full-text search by word prefixes: governments and actions first, then offers and people, then the newest texts.

Where nothing fits as typed, names are found that have the words inside, or with typing errors (domain/name_match.py).
"""

from __future__ import annotations

from dataclasses import replace

from samenleven_desktop.domain.comparison import tokens
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.name_match import ranked
from samenleven_desktop.readmodels.core import GovernmentChoice
from samenleven_desktop.readmodels.search import SearchResult, snippet
from samenleven_desktop.services.actions.queries import find_actions
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments.queries import choices, find_governments
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.services.organisations.queries import find_services
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.storage.queries import search as stored
from samenleven_desktop.storage.queries.search import FoundText

_LOOKED_AT = 40
_GOVERNMENTS, _ACTIONS, _SERVICES, _RESEMBLING = 6, 5, 3, 6
# Maximum per kind, so that reports, which are the most numerous, do not crowd out the rest.
_SHARES = {
    "offer": 5,
    "contact": 5,
    "track": 3,
    "instrument": 3,
    "attachment": 3,
    "commitment": 3,
    "use": 3,
    "agreement": 6,
    "session": 12,
}


def search(context: QueryContext, words: str, limit: int = 30) -> list[SearchResult]:
    """Returns at most `limit` records in which every search term is the prefix of a word."""
    if not words.strip():
        return []
    governments = [_government(one) for one in find_governments(context, words, _GOVERNMENTS)]
    known = {one.record_id for one in governments}
    texts = [one for one in stored.search(context.view, words, _LOOKED_AT) if one.record_id not in known]
    named = [one for one in texts if one.kind in ("government", "organisation")]
    more = named[: _GOVERNMENTS - len(governments)]
    services = find_services(context, words, _SERVICES)
    others = [one for kind, share in _SHARES.items() for one in [one for one in texts if one.kind == kind][:share]]
    sought = tokens(words)
    shown = [*governments, *(_result(one, sought) for one in more), *find_actions(context, words, _ACTIONS)]
    # Few, and therefore before the texts, which fill what is left.
    shown += services
    if not shown and not others:
        shown = _resembling(context, words)
    return (shown + [_result(one, sought) for one in others[: limit - len(shown)]])[:limit]


def _resembling(context: QueryContext, words: str) -> list[SearchResult]:
    """Returns the governments, actions, offers and contacts with the words inside a name, or with typing errors."""
    names = [(_government(one), one.name) for one in choices(context)]
    for plan in sorted(context.plans, key=lambda plan: plan.id != context.plan.id):
        for action in plan.actions:
            found = SearchResult("action", action.id, f"{action.number} {action.short_title}", action.title, None)
            names += [(found, name) for name in (action.title, action.short_title, *action.earlier_names)]
    for offer in list_offers(context):
        found = SearchResult("offer", offer.id, offer.title, offer.organisation, None)
        names += [(found, offer.title), (found, offer.organisation)]
    for contact in list_contacts(context):
        found = SearchResult("contact", contact.id, contact.name, contact.government_name or "", contact.government_id)
        names.append((found, contact.name))
    best = dict.fromkeys(one for one, _ in ranked(names, words, lambda pair: pair[1]))
    return [replace(one, resembles=True) for one in list(best)[:_RESEMBLING]]


def _government(one: GovernmentChoice) -> SearchResult:
    kind = "organisation" if one.kind is GovernmentKind.ORGANISATION else "government"
    beside = " · ".join(filter(None, [one.code, one.reference_region]))
    return SearchResult(kind, one.id, one.name, beside, one.id, one.valid_until)


def _result(found: FoundText, sought: list[str]) -> SearchResult:
    words = snippet(" · ".join(found.texts), sought)
    return SearchResult(found.kind, found.record_id, found.title, words, found.government_id, found.day)
