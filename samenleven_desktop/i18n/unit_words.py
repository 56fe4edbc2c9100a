"""The units of targets in the plural, such as *personen*. A plan names its units in Dutch, in the singular."""

from __future__ import annotations

_PLURALS = {
    "actieplan": "actieplannen",
    "bestuur": "besturen",
    "buurt": "buurten",
    "deelname": "deelnames",
    "deelnemer": "deelnemers",
    "feest": "feesten",
    "gesprek": "gesprekken",
    "gezin": "gezinnen",
    "jongere": "jongeren",
    "kind": "kinderen",
    "kind of jongere": "kinderen of jongeren",
    "leerling": "leerlingen",
    "lezer": "lezers",
    "maaltijd": "maaltijden",
    "ouder": "ouders",
    "persoon": "personen",
    "plan": "plannen",
    "pleinmaker": "pleinmakers",
    "school": "scholen",
    "straat": "straten",
    "traject": "trajecten",
}


def unit_words(number: int, unit: str | None) -> str:
    """Returns the unit beside a number; one that is not in the list stays as the plan writes it."""
    if not unit or number == 1:
        return unit or ""
    return _PLURALS.get(unit, unit)
