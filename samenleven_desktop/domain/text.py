"""Normalises text for comparing and searching."""

from __future__ import annotations

import unicodedata


def fold(words: str) -> str:
    """Lower case without accents: the form in which names are searched."""
    if words.isascii():
        return words.casefold().strip()
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(ch for ch in apart if not unicodedata.combining(ch)).strip()
