"""The kinds of imported rows, and the names of their columns in Dutch and English.

A file that the program wrote itself is recognised by its column with references; its columns are those of
i18n/record_lists.py. Any other file is guessed from the names of its columns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from samenleven_desktop.domain import fields
from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.field_declaration import RecordField
from samenleven_desktop.i18n.language import LANGUAGES, Language
from samenleven_desktop.i18n.record_lists import OVERVIEW, RECORD_LISTS, file_heading

AN_OVERVIEW = N_("This is an overview, and is not taken over. Save the list of the records themselves.")
NOT_TAKEN_OVER = N_("These are governments. They come with the program and are not taken over from a file.")


@dataclass(frozen=True)
class KindSpec:
    key: str
    caption: str
    fields: tuple[RecordField, ...]
    guessed: bool = True
    """A file of others is recognised as this kind by the names of its columns."""

    def field(self, key: str) -> RecordField:
        return next(one for one in self.fields if one.key == key)


def _key(key: str, caption: str, names: str, required: bool = False) -> RecordField:
    """A column that identifies a row but is not a field of the record."""
    return RecordField(key, caption, names=tuple(filter(None, names.split("|"))), required=required)


def _named(field: RecordField, names: str, *, required: bool = False, caption: str = "") -> RecordField:
    return replace(field, names=tuple(names.split("|")), required=required, caption=caption or field.caption)


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
_MEMBER = _key("member", N_("Member"), "lid|member")
_STATE = _key("state", N_("State"), "")
_TITLE = _key("title", N_("Title"), "titel|title", True)
_SOURCE = _key("source", N_("Source"), "bron|source", True)
_NOTE = _key("note", N_("Remark"), "opmerking|note")
_NETWORK = _key("learning_network", N_("Learning network"), "lerend netwerk|learning network")
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
                _MEMBER,
                _STATE,
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
        KindSpec(
            "follow-ups",
            N_("Agreements"),
            (
                _GOVERNMENT,
                _named(fields.AGREEMENT["what"], "wat|afspraak|what", required=True),
                _named(fields.AGREEMENT["who"], "wie|who"),
                _named(fields.AGREEMENT["due"], "tegen|by|due"),
                _named(fields.AGREEMENT["done_on"], "afgewerkt op|gedaan op|done on", caption=N_("Done on")),
            ),
            guessed=False,
        ),
        KindSpec(
            "tracks",
            N_("Tracks"),
            (
                _GOVERNMENT,
                _named(fields.TRACK["title"], "titel|traject|title", required=True),
                _named(fields.TRACK["start"], "van|start|from", required=True),
                _named(fields.TRACK["end"], "tot|einde|until|end"),
                _named(
                    fields.TRACK["planned_minutes"], "voorziene minuten|geplande minuten", caption=N_("Planned minutes")
                ),
                _named(fields.TRACK["goal"], "doel|goal"),
            ),
            guessed=False,
        ),
        KindSpec(
            "stimuli",
            N_("Stimuli"),
            (
                _GOVERNMENT,
                _key("stimulus", N_("Stimulus"), "stimulans|stimulus", True),
                _YEAR,
                _STATE,
                replace(_ACTION, key="action_number", required=False),
                _key("linked_actions", N_("Linked actions"), "acties|linked actions"),
                _NETWORK,
                _named(fields.STIMULUS["amount_cents"], "bedrag|amount"),
                _named(fields.STIMULUS["decided_on"], "beslist op|decided on", caption=N_("Decided on")),
                _NOTE,
            ),
            guessed=False,
        ),
        KindSpec(
            "partnerships",
            N_("Partnerships"),
            (
                _key("code", N_("Code"), "code", True),
                _key("name", N_("Name"), "naam|name", True),
                _key("applicant", N_("Applicant"), "indiener|aanvrager|applicant", True),
                _key("members", N_("Members"), "leden|members", True),
                _key("valid_from", N_("Since"), "sinds|since", True),
            ),
            guessed=False,
        ),
        KindSpec(
            "organisations",
            N_("Organisations"),
            (
                _key("code", N_("Code"), "code", True),
                _key("name", N_("Name"), "naam|name", True),
                _key("organisation_kind", N_("Kind"), "soort|kind"),
                _key("reference_region", N_("Reference region"), "referentieregio|regio|region"),
                _key("page", N_("Page"), "pagina|website|page"),
            ),
            guessed=False,
        ),
        KindSpec(
            "services",
            N_("Served governments"),
            (
                replace(_PROVIDER, required=True),
                _GOVERNMENT,
                replace(_ACTION, required=False),
                _TARGET,
                *fields.SERVICE.imported,
            ),
            guessed=False,
        ),
        KindSpec(
            "instruments",
            N_("Other instruments"),
            (_GOVERNMENT, replace(_ACTION, required=False), *fields.INSTRUMENT.imported),
            guessed=False,
        ),
        KindSpec("mentors", N_("Mentor governments"), (_GOVERNMENT, _ACTION, _SOURCE, _NETWORK, _NOTE), guessed=False),
        KindSpec(
            "examples",
            N_("Inspiring examples"),
            (_TITLE, _ACTION, _SOURCE, replace(_GOVERNMENT, required=False), _NOTE),
            guessed=False,
        ),
    )
}


def guess_columns(kind: KindSpec, header: tuple[str, ...]) -> dict[str, int]:
    """Returns field -> column, by column name: a full match first, then a prefix match; in a file of the program itself
    by the exact names."""
    own = _own_columns(kind.key, header)
    if own:
        return own
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


def _own_columns(key: str, header: tuple[str, ...]) -> dict[str, int]:
    """Returns field -> column of a file that the program wrote, in either language; nothing for any other file."""
    folded = [_name(words) for words in header]
    for code in LANGUAGES if key in RECORD_LISTS else ():
        language = Language(code)
        if _name(file_heading(language, RECORD_LISTS[key].reference)) in folded:
            headings = {field: _name(words) for field, words in RECORD_LISTS[key].headings(language).items()}
            return {field: folded.index(name) for field, name in headings.items() if name in folded}
    return {}


def guess_kind(header: tuple[str, ...]) -> str | None:
    """Returns the kind for which all required fields are found, with the most known columns; None if none fits.

    Raises UserError for a list of the program that cannot come in.
    """
    if {_name(Language(code).text(OVERVIEW)) for code in LANGUAGES} & {_name(words) for words in header}:
        raise UserError(AN_OVERVIEW, field="file")
    for key in RECORD_LISTS:
        if _own_columns(key, header):
            if key not in KINDS:
                raise UserError(NOT_TAKEN_OVER, field="file")
            return key
    best: tuple[int, str] | None = None
    for kind in KINDS.values():
        if not kind.guessed:
            continue
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
