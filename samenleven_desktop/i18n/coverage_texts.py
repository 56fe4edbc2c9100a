"""Amounts with unknown parts as sentences: what a sum covers."""

from __future__ import annotations

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import Coverage


def coverage_words(language: Language, covered: Coverage) -> str:
    """for 9 of 13 actions; of 4 no rate is known. Empty if the sum covers everything."""
    if covered.complete:
        return ""
    known = language.text(
        "for {known} of {all} actions",
        known=language.number(covered.actions - covered.unknown),
        all=language.number(covered.actions),
    )
    if covered.rate_missing:
        missing = language.plural("of {n} no rate is known", "of {n} no rate is known", covered.unknown)
    else:
        missing = language.plural("of {n} no amount is known", "of {n} no amount is known", covered.unknown)
    return f"{known}; {missing}"


def half_sum(language: Language, cents: int | None, unknown: int) -> str:
    """Returns a sum in a column: with a star if parts of it are not known, a dash if none is."""
    if cents is None:
        return "–"
    return language.money(cents) + ("*" if unknown else "")


def star_words(language: Language, unknown: int) -> str:
    """Returns what the star of `half_sum` means; empty if there is none."""
    if not unknown:
        return ""
    return language.plural(
        "* = not the whole amount: of {n} target no amount is known",
        "* = not the whole amount: of {n} targets no amount is known",
        unknown,
    )
