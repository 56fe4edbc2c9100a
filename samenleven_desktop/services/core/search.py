"""Full-text search by word prefixes: governments and actions first, then offers and people, then the newest texts."""

from __future__ import annotations

from samenleven_desktop.domain.comparison import tokens
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.readmodels.search import SearchResult, snippet
from samenleven_desktop.services.actions.queries import find_actions
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments.queries import find_governments
from samenleven_desktop.services.organisations.queries import find_services
from samenleven_desktop.storage.queries import search as stored
from samenleven_desktop.storage.queries.search import FoundText

_LOOKED_AT = 40
_GOVERNMENTS, _ACTIONS, _SERVICES = 6, 5, 3
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
    governments = [
        SearchResult(
            "organisation" if one.kind is GovernmentKind.ORGANISATION else "government",
            one.id,
            one.name,
            " · ".join(filter(None, [one.code, one.reference_region])),
            one.id,
            one.valid_until,
        )
        for one in find_governments(context, words, _GOVERNMENTS)
    ]
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
    return (shown + [_result(one, sought) for one in others[: limit - len(shown)]])[:limit]


def _result(found: FoundText, sought: list[str]) -> SearchResult:
    words = snippet(" · ".join(found.texts), sought)
    return SearchResult(found.kind, found.record_id, found.title, words, found.government_id, found.day)
