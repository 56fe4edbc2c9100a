"""The kinds of rows that come in, and the names by which their columns are known, in Dutch and English."""

from __future__ import annotations

from dataclasses import dataclass

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.text import fold


@dataclass(frozen=True)
class FieldSpec:
    """A field of a kind: its caption, whether a row needs it, and other names of its column (folded)."""

    key: str
    caption: str
    names: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class KindSpec:
    key: str
    caption: str
    fields: tuple[FieldSpec, ...]

    def field(self, key: str) -> FieldSpec:
        return next(one for one in self.fields if one.key == key)


_GOVERNMENT = FieldSpec(
    "government",
    N_("Government"),
    ("bestuur", "gemeente", "lokaal bestuur", "stad", "bestuurseenheid", "nis", "nis code", "niscode", "kbo", "code",
     "government", "municipality", "naam bestuur", "indiener", "aanvrager"),
    required=True,
)  # fmt: skip
_YEAR = FieldSpec("year", N_("Project year"), ("projectjaar", "jaar", "oproep", "project year", "year"))
_ACTION = FieldSpec(
    "action", N_("Action"), ("actie", "actienummer", "nr actie", "actie nr", "action", "actie nummer"), True
)
_TARGET = FieldSpec("target", N_("Target"), ("doelgroep", "subdoelgroep", "target", "doelgroepcode"))
_NOTE = FieldSpec(
    "note", N_("Remark"), ("opmerking", "opmerkingen", "nota", "toelichting", "note", "remark", "commentaar")
)


def _f(key: str, caption: str, names: str, required: bool = False) -> FieldSpec:
    return FieldSpec(key, caption, tuple(names.split("|")), required)


KINDS: dict[str, KindSpec] = {
    one.key: one
    for one in (
        KindSpec(
            "entries",
            N_("KPI entries"),
            (
                _GOVERNMENT,
                _ACTION,
                _TARGET,
                _YEAR,
                _f("day", N_("Date"), "datum|dag|date|day|op|meetdatum", True),
                _f("units", N_("Number"), "aantal|bereikt|waarde|eenheden|number|units|behaald|kpi", True),
                _f("entry_kind", N_("Kind"), "soort|type|kind|meting"),
                _NOTE,
            ),
        ),
        KindSpec(
            "commitments",
            N_("Commitments"),
            (
                _GOVERNMENT,
                _ACTION,
                _TARGET,
                _YEAR,
                _f(
                    "existing_reach",
                    N_("Existing reach"),
                    "huidig bereik|bestaand bereik|bestaand|existing reach|existing",
                ),
                _f("requested", N_("Requested"), "aangevraagd|gevraagd|requested|gepland bereik"),
                _f("confirmed", N_("Confirmed"), "bevestigd|toegekend aantal|engagement|confirmed|kpi bevestigd"),
                _f("interim_reached", N_("Interim reached"), "tussentijds behaald|tussentijds|interim reached|interim"),
                _f("final_reached", N_("Finally reached"), "finaal behaald|eindtotaal|final reached|final|finaal"),
                _f(
                    "granted_cents",
                    N_("Granted amount"),
                    "toegekend bedrag|subsidie|bedrag|vlaamse bijdrage|granted amount|subsidy",
                ),
                _f("rank", N_("Rank"), "prioriteit|rangorde|rang|rank|priority"),
                _f("motivation", N_("Motivation"), "motivering|motivatie|motivation"),
                _f("anchor_moments", N_("Anchor moments"), "ankermomenten|anchor moments"),
                _NOTE,
            ),
        ),
        KindSpec(
            "offers",
            N_("Offers"),
            (
                _f("title", N_("Title"), "titel|aanbod|naam|title|offer", True),
                _f("organisation", N_("Organisation"), "organisatie|aanbieder|partner|organisation|organization", True),
                _f("cost", N_("Cost"), "kost|betalend|gratis of betalend|kostprijs soort|cost"),
                _f("actions", N_("Actions"), "acties|actie|actions|action"),
                _f("price_cents", N_("Price"), "prijs|price|bedrag|tarief"),
                _f("price_unit", N_("Price unit"), "prijs per|eenheid|per|price unit"),
                _f("region", N_("Region"), "regio|werkgebied|region"),
                _f("source", N_("Page or source"), "bron|pagina|website|url|link|source|page"),
                _f("valid_from", N_("Valid from"), "geldig van|geldig vanaf|vanaf|valid from"),
                _f("valid_until", N_("Valid until"), "geldig tot|tot|valid until"),
                _NOTE,
            ),
        ),
        KindSpec(
            "uses",
            N_("Offers in use"),
            (
                _GOVERNMENT,
                _f("offer", N_("Offer"), "aanbod|titel|offer|title", True),
                _f("organisation", N_("Organisation"), "organisatie|aanbieder|partner|organisation"),
                _f("start", N_("From"), "van|start|begin|startdatum|datum|from", True),
                _f("end", N_("Until"), "tot|einde|einddatum|until|end"),
                FieldSpec("action", N_("Action"), _ACTION.names),
                _TARGET,
                _YEAR,
                _f("price_cents", N_("Price"), "prijs|kostprijs|bedrag|price"),
                _f("paid_from", N_("Paid from"), "betaald uit|betaald met|financiering|paid from"),
                _f("expected_units", N_("Expected number"), "verwacht|verwacht aantal|expected|expected number"),
                _f("real_units", N_("Reached number"), "bereikt|bereikt aantal|reached|reached number"),
                _f("evaluation", N_("Evaluation"), "evaluatie|beoordeling|evaluation"),
            ),
        ),
        KindSpec(
            "sessions",
            N_("Sessions"),
            (
                _GOVERNMENT,
                _f("day", N_("Date"), "datum|dag|date|day", True),
                _f("start_minute", N_("From"), "van|beginuur|start|startuur|from|uur", True),
                _f("end_minute", N_("To"), "tot|einduur|einde|to|until", True),
                _f("form", N_("Form"), "vorm|type|form|soort"),
                _f("travel_minutes", N_("Travel (min)"), "verplaatsing|verplaatsing min|reistijd|travel|travel min"),
                _f("actions", N_("Actions"), "acties|actie|actions"),
                _f("report", N_("Report"), "verslag|inhoud|bespreking|report|notities"),
            ),
        ),
        KindSpec(
            "contacts",
            N_("Contacts"),
            (
                FieldSpec("government", N_("Government"), _GOVERNMENT.names),
                _f("name", N_("Name"), "naam|contact|contactpersoon|name"),
                _f("role", N_("Function"), "functie|rol|function|role"),
                _f("email", N_("E-mail"), "e mail|email|mail|e mailadres|mailadres"),
                _f("phone", N_("Phone"), "telefoon|gsm|tel|telefoonnummer|phone|phone number"),
                _f("organisation", N_("Organisation"), "organisatie|dienst|organisation"),
                _NOTE,
            ),
        ),
        KindSpec(
            "figures",
            N_("Official figures"),
            (
                _GOVERNMENT,
                _f("figure_year", N_("Year"), "jaar|year|referentiejaar", True),
                _f("value", N_("Number"), "aantal|inwoners|cijfer|value|number|inwoners van de getelde herkomst", True),
                _f("source", N_("Source"), "bron|source", True),
            ),
        ),
    )
}


def guess_columns(kind: KindSpec, header: tuple[str, ...]) -> dict[str, int]:
    """Field -> column, by the names of the columns: a whole name first, then one that begins with it."""
    folded = [_name(words) for words in header]
    found: dict[str, int] = {}
    for exact in (True, False):
        for field in kind.fields:
            if field.key in found:
                continue
            names = [*field.names, _name(field.caption), field.key.replace("_", " ")]
            for name in names:
                place = next(
                    (
                        at
                        for at, words in enumerate(folded)
                        if at not in found.values()
                        and words
                        and (words == name or (not exact and words.startswith(name + " ")))
                    ),
                    None,
                )
                if place is not None:
                    found[field.key] = place
                    break
    return found


def guess_kind(header: tuple[str, ...]) -> str | None:
    """The kind of which all needed fields are found, with the most columns known; None when no kind fits."""
    best: tuple[int, str] | None = None
    for kind in KINDS.values():
        found = guess_columns(kind, header)
        if all(field.key in found for field in kind.fields if field.required) and len(found) > 1:
            score = len(found)
            if best is None or score > best[0]:
                best = (score, kind.key)
    return best[1] if best else None


def layout_name(kind: str, header: tuple[str, ...]) -> str:
    """Under which a mapping is remembered: the kind with the names of the columns."""
    return kind + "|" + "|".join(sorted(_name(words) for words in header if words))


def _name(words: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(words)).split())
