"""Results of full-text search: one row per record found, with the text around the match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.comparison import fold_signs, place_of

_AROUND = 34


@dataclass(frozen=True)
class SearchResult:
    """One record found.

    `kind` is government, organisation, action, session, agreement, offer, use, contact, track, instrument,
    commitment, attachment or service;
    `government_id` is the dossier it opens in, None for the shared catalogue; `snippet` is the text around the match.
    """

    kind: str
    record_id: str
    title: str
    snippet: str
    government_id: str | None
    day: date | None = None
    resembles: bool = False
    """Found although the words do not fit as typed."""


def snippet(text: str, sought: list[str]) -> str:
    """Returns some words before and after the first word that starts with a search term, on one line."""
    line = " ".join(text.split())
    folded = fold_signs(line)
    found = [match.start() for one in sought if (match := re.search(rf"\b{re.escape(one)}", folded)) is not None]
    place = place_of(line, min(found)) if found else 0
    first, last = max(place - _AROUND, 0), place + 2 * _AROUND
    if first:
        first = line.find(" ", first, place) + 1 or first
    begin, end = ("… " if first else ""), (" …" if last < len(line) else "")
    if last < len(line):
        last = max(line.rfind(" ", place, last), place + 1)
    return f"{begin}{line[first:last].strip()}{end}"
