"""Full-text search by word prefixes, newest first; triggers keep the index up to date (migration 0007)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy import text as sql

from samenleven_desktop.domain.comparison import tokens
from samenleven_desktop.domain.fields import SESSION
from samenleven_desktop.readmodels.search import SearchResult, snippet
from samenleven_desktop.storage.models import (
    AttachmentRow,
    CommitmentRow,
    ContactRow,
    FollowUpRow,
    GovernmentRow,
    InstrumentRow,
    OfferRow,
    OfferUseRow,
    SessionGovernmentRow,
    SupportSessionRow,
    SupportTrackRow,
    table_of,
)
from samenleven_desktop.storage.view import View

_GOV, _SESSION, _LINK = table_of(GovernmentRow), table_of(SupportSessionRow), table_of(SessionGovernmentRow)
_FOLLOW, _OFFER, _USE = table_of(FollowUpRow), table_of(OfferRow), table_of(OfferUseRow)
_CONTACT, _TRACK, _COM = table_of(ContactRow), table_of(SupportTrackRow), table_of(CommitmentRow)
_FILE, _INSTRUMENT = table_of(AttachmentRow), table_of(InstrumentRow)

# Not by rank: for a common word that takes a tenth of a second; ordering by row number takes no time.
_NEWEST = sql("SELECT rowid FROM search_words WHERE search_words MATCH :words ORDER BY rowid DESC LIMIT :most")
_OLDEST = sql("SELECT rowid FROM search_words WHERE search_words MATCH :words ORDER BY rowid LIMIT :most")
_KINDS = sql("SELECT number, kind, record_id FROM search_row WHERE number IN (SELECT value FROM json_each(:numbers))")


def match_words(sought: Iterable[str]) -> str:
    """Builds a query that requires every word as a prefix; quoted, so that no typed character is an operator."""
    return " ".join(f'"{one}"*' for one in sought)


def search(view: View, words: str, most: int) -> list[SearchResult]:
    """Returns at most `most` records, newest first.

    If there are more, also some of the oldest, which include the shipped governments and offers.
    """
    sought = tokens(words)
    if not sought:
        return []
    values = {"words": match_words(sought), "most": most}
    numbers = list(view.connection.execute(_NEWEST, values).scalars())
    if len(numbers) == most:
        numbers += [n for n in view.connection.execute(_OLDEST, values).scalars() if n not in set(numbers)]
    listed = "[" + ",".join(map(str, numbers)) + "]"
    ids: dict[str, list[str]] = defaultdict(list)
    order: dict[str, int] = {}
    for number, kind, record_id in view.connection.execute(_KINDS, {"numbers": listed}):
        ids[kind].append(record_id)
        order[record_id] = number
    found = [one for kind, wanted in ids.items() for one in _READERS[kind](view, wanted, sought)]
    return sorted(found, key=lambda one: order.get(one.record_id, 0), reverse=True)


def _rows(view: View, query: Select[Any]) -> Iterable[Mapping[Any, Any]]:
    return view.connection.execute(query).mappings()


def _governments(view: View, ids: list[str], _sought: list[str]) -> list[SearchResult]:
    query = select(_GOV.c.id, _GOV.c.name, _GOV.c.code, _GOV.c.valid_until).where(_GOV.c.id.in_(ids))
    return [
        SearchResult("government", row["id"], row["name"], row["code"], row["id"], row["valid_until"])
        for row in _rows(view, query)
    ]


def _sessions(view: View, ids: list[str], sought: list[str]) -> list[SearchResult]:
    query = (
        select(_SESSION, _GOV.c.name, _GOV.c.id.label("government_id"))
        .join(_LINK, (_LINK.c.session_id == _SESSION.c.id) & _LINK.c.deleted_at.is_(None))
        .join(_GOV, _GOV.c.id == _LINK.c.government_id)
        .where(_SESSION.c.id.in_(ids))
        .order_by(_GOV.c.search_name.desc())
    )
    # For a session with several governments, the first by name.
    found = {
        row["id"]: SearchResult(
            "session",
            row["id"],
            row["name"],
            snippet(" · ".join(filter(None, (row[key] for key in SESSION.texts))), sought),
            row["government_id"],
            row["day"],
        )
        for row in _rows(view, query)
    }
    return list(found.values())


def _of_government(
    kind: str, table: Any, title: str | None, words: Callable[[Mapping[Any, Any]], str], day: str
) -> Any:
    """Returns a reader for records that belong to one government: titled by their own text, or by its name."""

    def read(view: View, ids: list[str], sought: list[str]) -> list[SearchResult]:
        query = (
            select(table, _GOV.c.name.label("government_name"))
            .outerjoin(_GOV, _GOV.c.id == table.c.government_id)
            .where(table.c.id.in_(ids))
        )
        return [
            SearchResult(
                kind,
                row["id"],
                row[title] if title else row["government_name"] or "",
                snippet(words(row), sought),
                row["government_id"],
                row[day] if day else None,
            )
            for row in _rows(view, query)
        ]

    return read


def _offers(view: View, ids: list[str], sought: list[str]) -> list[SearchResult]:
    query = select(_OFFER.c.id, _OFFER.c.title, _OFFER.c.organisation, _OFFER.c.note, _OFFER.c.overlays_id).where(
        _OFFER.c.id.in_(ids)
    )
    found: dict[str, SearchResult] = {}
    for row in _rows(view, query):
        words = " · ".join(filter(None, [row["organisation"], row["note"]]))
        # The officer's values override a shipped offer: one result, found by either text.
        id_ = row["overlays_id"] or row["id"]
        if id_ not in found or row["overlays_id"]:
            found[id_] = SearchResult("offer", id_, row["title"], snippet(words, sought), None)
    return list(found.values())


def _commitments(view: View, ids: list[str], sought: list[str]) -> list[SearchResult]:
    query = (
        select(_COM, _GOV.c.name.label("government_name"))
        .join(_GOV, _GOV.c.id == _COM.c.applicant_id)
        .where(_COM.c.id.in_(ids))
    )
    return [
        SearchResult(
            "commitment",
            row["id"],
            row["government_name"],
            snippet(" ".join(filter(None, [row["note"], row["motivation"], row["anchor_moments"]])), sought),
            row["applicant_id"],
        )
        for row in _rows(view, query)
    ]


_READERS: dict[str, Callable[[View, list[str], list[str]], list[SearchResult]]] = {
    "government": _governments,
    "session": _sessions,
    "agreement": _of_government("agreement", _FOLLOW, None, lambda row: row["what"], "due"),
    "use": _of_government("use", _USE, None, lambda row: row["evaluation"] or "", "start"),
    "track": _of_government("track", _TRACK, "title", lambda row: row["goal"] or "", "start"),
    "contact": _of_government(
        "contact",
        _CONTACT,
        "name",
        lambda row: " · ".join(filter(None, [row["role"], row["organisation"], row["email"]])),
        "",
    ),
    "instrument": _of_government(
        "instrument", _INSTRUMENT, "name", lambda row: " · ".join(filter(None, [row["giver"], row["note"]])), "deadline"
    ),
    "attachment": _of_government("attachment", _FILE, "name", lambda row: row["name"], "added_on"),
    "offer": _offers,
    "commitment": _commitments,
}
