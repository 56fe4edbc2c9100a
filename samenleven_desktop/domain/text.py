"""Folding of text for comparing and searching."""

from __future__ import annotations

import unicodedata


def fold(words: str) -> str:
    """Small letters without accents: how names are searched."""
    if words.isascii():
        return words.casefold().strip()
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(ch for ch in apart if not unicodedata.combining(ch)).strip()
