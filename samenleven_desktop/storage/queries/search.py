"""Full-text search by word prefixes, newest first; triggers keep the index up to date (migration 0007).

One statement returns the records with their texts. It is built once, from what `_KINDS` declares of each kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import text as sql

from samenleven_desktop.domain.comparison import tokens
from samenleven_desktop.domain.fields import SESSION
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.storage.view import View

_MOST_TEXTS = 3


class FoundText(NamedTuple):
    """A record that was found. A snippet is cut from `texts`; `number` grows with the time of the last change."""

    number: int
    kind: str
    record_id: str
    title: str
    texts: tuple[str, ...]
    government_id: str | None
    day: date | None


@dataclass(frozen=True)
class _Kind:
    """What is read of the records of a table, as SQL on the row `r`; `title` is the name of its government `g` else."""

    name: str
    table: str
    texts: tuple[str, ...]
    title: str = "g.name"
    government: str = "r.government_id"
    day: str = "NULL"
    shown_as: str = "r.id"
    kind: str = "hit.kind"

    def select(self) -> str:
        names = [f"r.{one}" for one in self.texts] + ["NULL"] * (_MOST_TEXTS - len(self.texts))
        texts = ", ".join(f"{name} AS text{place}" for place, name in enumerate(names))
        return (
            f"SELECT hit.number, {self.kind} AS kind, {self.shown_as} AS record_id, "
            f"coalesce({self.title}, '') AS title, {texts}, "
            f"g.id AS government_id, {self.day} AS day, {self.shown_as} != r.id AS replaces "
            f"FROM hit JOIN {self.table} r ON r.id = hit.record_id LEFT JOIN government g ON g.id = {self.government} "
            f"WHERE hit.kind = '{self.name}'"
        )


_FIRST_BY_NAME = (
    "(SELECT o.id FROM session_government l JOIN government o ON o.id = l.government_id "
    "WHERE l.session_id = r.id AND l.deleted_at IS NULL ORDER BY o.search_name LIMIT 1)"
)
_GOVERNMENT_OR_ORGANISATION = f"iif(r.kind = '{GovernmentKind.ORGANISATION}', 'organisation', 'government')"
_KINDS = (
    _Kind("government", "government", ("code",), "r.name", "r.id", "r.valid_until", kind=_GOVERNMENT_OR_ORGANISATION),
    _Kind("session", "support_session", SESSION.texts, government=_FIRST_BY_NAME, day="r.day"),
    _Kind("agreement", "follow_up", ("what",), day="r.due"),
    _Kind("use", "offer_use", ("evaluation",), day="r.start"),
    _Kind("track", "support_track", ("goal",), "r.title", day="r.start"),
    _Kind("contact", "contact", ("role", "organisation", "email"), "r.name"),
    _Kind("instrument", "instrument", ("giver", "note"), "r.name", day="r.deadline"),
    _Kind("attachment", "attachment", ("name",), "r.name", day="r.added_on"),
    # The officer's values override a shipped offer: one result, found by either text.
    _Kind("offer", "offer", ("organisation", "note"), "r.title", "NULL", shown_as="coalesce(r.overlays_id, r.id)"),
    _Kind("commitment", "commitment", ("note", "motivation", "anchor_moments"), government="r.applicant_id"),
)
# Not by rank: for a common word that takes a tenth of a second; ordering by row number takes no time.
_FOUND = sql(
    "WITH newest AS MATERIALIZED (SELECT rowid AS number FROM search_words WHERE search_words MATCH :words "
    "ORDER BY rowid DESC LIMIT :most), "
    "oldest AS MATERIALIZED (SELECT rowid AS number FROM search_words WHERE search_words MATCH :words "
    "AND (SELECT count(*) FROM newest) = :most ORDER BY rowid LIMIT :most), "
    "hit AS MATERIALIZED (SELECT number, kind, record_id FROM search_row WHERE number IN "
    "(SELECT number FROM newest UNION SELECT number FROM oldest)) "
    + " UNION ALL ".join(kind.select() for kind in _KINDS)
)


def match_words(sought: Iterable[str]) -> str:
    """Builds a query that requires every word as a prefix; quoted, so that no typed character is an operator."""
    return " ".join(f'"{one}"*' for one in sought)


def search(view: View, words: str, most: int) -> list[FoundText]:
    """Returns at most `most` records, newest first.

    If there are more, also some of the oldest, which include the shipped governments and offers.
    """
    sought = tokens(words)
    if not sought:
        return []
    found: dict[tuple[str, str], FoundText] = {}
    rows = view.connection.execute(_FOUND, {"words": match_words(sought), "most": most})
    for number, kind, id_, title, *texts, government_id, day, replaces in rows:
        if replaces or (kind, id_) not in found:
            parts = tuple(filter(None, texts))
            on = date.fromisoformat(day) if day else None
            found[kind, id_] = FoundText(number, kind, id_, title, parts, government_id, on)
    return sorted(found.values(), reverse=True)
