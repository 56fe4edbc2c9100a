"""The kinds of imported rows, and the names of their columns in Dutch and English."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samenleven_desktop.domain import fields
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.record_fields import RecordField
from samenleven_desktop.domain.text import fold


@dataclass(frozen=True)
class KindSpec:
    key: str
    caption: str
    fields: tuple[RecordField, ...]

    def field(self, key: str) -> RecordField:
        return next(one for one in self.fields if one.key == key)


def _key(key: str, caption: str, names: str, required: bool = False) -> RecordField:
    """A column that identifies a row but is not a field of the record."""
    return RecordField(key, caption, names=tuple(names.split("|")), required=required)


_GOVERNMENT = _key(
    "government",
    N_("Government"),
    "bestuur|gemeente|lokaal bestuur|stad|bestuurseenheid|nis|nis code|niscode|kbo|code|government|municipality|"
    "naam bestuur|indiener|aanvrager",
    True,
)
_YEAR = _key("year", N_("Project year"), "projectjaar|jaar|oproep|project year|year")
_ACTION = _key("action", N_("Action"), "actie|actienummer|nr actie|actie nr|action|actie nummer", True)
_TARGET = _key("target", N_("Target"), "doelgroep|subdoelgroep|target|doelgroepcode")
_OFFER = _key("offer", N_("Offer"), "aanbod|titel|offer|title", True)
_PROVIDER = _key("organisation", N_("Organisation"), "organisatie|aanbieder|partner|organisation")
_PLACE = (_GOVERNMENT, _ACTION, _TARGET, _YEAR)
_USE_PERIOD = (fields.USE["start"], fields.USE["end"])
_USE_REST = tuple(one for one in fields.USE.imported if one not in _USE_PERIOD)

KINDS: dict[str, KindSpec] = {
    one.key: one
    for one in (
        KindSpec(
            "entries",
            N_("KPI entries"),
            (
                *_PLACE,
                fields.ENTRY["day"],
                fields.ENTRY["units"],
                replace(fields.ENTRY["kind"], key="entry_kind"),
                fields.ENTRY["note"],
            ),
        ),
        KindSpec("commitments", N_("Commitments"), (*_PLACE, *fields.COMMITMENT.imported)),
        KindSpec("offers", N_("Offers"), fields.OFFER.imported),
        KindSpec(
            "uses",
            N_("Offers in use"),
            (
                _GOVERNMENT,
                _OFFER,
                _PROVIDER,
                *_USE_PERIOD,
                replace(_ACTION, required=False),
                _TARGET,
                _YEAR,
                *_USE_REST,
            ),
        ),
        KindSpec("sessions", N_("Sessions"), (_GOVERNMENT, *fields.SESSION.imported)),
        KindSpec("contacts", N_("Contacts"), (replace(_GOVERNMENT, required=False), *fields.CONTACT.imported)),
        KindSpec(
            "figures",
            N_("Official figures"),
            (
                _GOVERNMENT,
                replace(fields.FIGURE["year"], key="figure_year"),
                fields.FIGURE["value"],
                fields.FIGURE["source"],
            ),
        ),
    )
}


def guess_columns(kind: KindSpec, header: tuple[str, ...]) -> dict[str, int]:
    """Returns field -> column, by column name: a full match first, then a prefix match."""
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
    """Returns the kind for which all required fields are found, with the most known columns; None if none fits."""
    best: tuple[int, str] | None = None
    for kind in KINDS.values():
        found = guess_columns(kind, header)
        if all(field.key in found for field in kind.fields if field.required) and len(found) > 1:
            score = len(found)
            if best is None or score > best[0]:
                best = (score, kind.key)
    return best[1] if best else None


def layout_name(kind: str, header: tuple[str, ...]) -> str:
    """Returns the key under which a mapping is stored: the kind with the names of the columns."""
    return kind + "|" + "|".join(sorted(_name(words) for words in header if words))


def _name(words: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(words)).split())
