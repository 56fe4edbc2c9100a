"""Results of full-text search: one row per record found, with the text around the match."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_AROUND = 34


@dataclass(frozen=True)
class SearchResult:
    """One record found.

    `kind` is government, session, agreement, offer, use, contact, track, commitment or attachment; `government_id` is
    the dossier it opens in, None for the shared catalogue; `snippet` is the text around the match.
    """

    kind: str
    record_id: str
    title: str
    snippet: str
    government_id: str | None
    day: date | None = None


def tokens(words: str) -> list[str]:
    """Splits text as the index does: letters and digits, lower case, without accents; all else separates words."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(ch for ch in apart if not unicodedata.combining(ch))
    return re.findall(r"\w+", plain.replace("_", " "))


def snippet(text: str, sought: list[str]) -> str:
    """Returns some words before and after the first word that starts with a search term, on one line."""
    line = " ".join(text.split())
    folded = line.translate(_FOLDED)
    place = min(
        (found.start() for one in sought if (found := re.search(rf"\b{re.escape(one)}", folded)) is not None),
        default=0,
    )
    first, last = max(place - _AROUND, 0), place + 2 * _AROUND
    if first:
        first = line.find(" ", first, place) + 1 or first
    begin, end = ("… " if first else ""), (" …" if last < len(line) else "")
    if last < len(line):
        last = max(line.rfind(" ", place, last), place + 1)
    return f"{begin}{line[first:last].strip()}{end}"


class _Folding(dict[int, str]):
    """Maps a letter to its lower case without accent, one for one so that offsets stay the same; filled on demand."""

    def __missing__(self, code: int) -> str:
        ch = chr(code)
        plain = unicodedata.normalize("NFKD", ch.lower())[:1] or ch
        self[code] = plain
        return plain


_FOLDED = _Folding()
