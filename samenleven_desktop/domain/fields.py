"""The fields of every record, each declared once: its name, its kind, its limits, and its names in files.

Form rows, imports, checks, history and the marks of personal data are derived from these declarations (see
domain/field_declaration.py for their options; docs/how-to/add-a-field.md for adding one). Captions are sentences of the
catalogue.
"""

from __future__ import annotations

from typing import Any

from samenleven_desktop.domain import typed_text
from samenleven_desktop.domain.commitment_notes import JuryResult
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField, RecordFields, Toward
from samenleven_desktop.domain.instrument import InstrumentState
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.offer_use import Payer
from samenleven_desktop.domain.organisation import OrganisationKind
from samenleven_desktop.domain.session import Party, SessionMode
from samenleven_desktop.domain.stimulus import StimulusState
from samenleven_desktop.domain.threshold import ThresholdFact
from samenleven_desktop.domain.typed_values import MINUTES_IN_DAY


def _field(key: str, caption: str, label: str = "", kind: str = "text", names: str = "", **more: Any) -> RecordField:
    return RecordField(key, caption, label, FieldKind(kind), tuple(names.split("|")) if names else (), **more)


# One line per field, however long.
# fmt: off
_NOTE = _field(
    "note", N_("Remark"), N_("remark"), "long_text",
    "opmerking|opmerkingen|nota|toelichting|note|remark|commentaar", personal=True,
)

SESSION = RecordFields(
    "support_session",
    _field("day", N_("Date"), N_("date"), "day", "datum|dag|date|day", required=True),
    _field("start_minute", N_("From"), N_("start"), "time", "van|beginuur|start|startuur|from|uur", required=True,
           most=MINUTES_IN_DAY),
    # An end after midnight counts on from the first day of the session (services/sessions).
    _field("end_minute", N_("To"), N_("end"), "time", "tot|einduur|einde|to|until", required=True,
           most=2 * MINUTES_IN_DAY),
    _field("form", N_("Form"), N_("form"), "choice", "vorm|type|form|soort", empty="visit",
           choices=tuple(SessionMode), wrong=N_("Choose how the session took place.")),
    _field(
        "travel_minutes", N_("Travel (min)"), N_("travel time"), "minutes",
        "verplaatsing|verplaatsing min|reistijd|travel|travel min", empty=0,
        most=MINUTES_IN_DAY, wrong=N_("Type the travel time in minutes: from 0 to 1440, a whole day."),
    ),
    _field("track_id", N_("Track"), N_("track"), "link"),
    _field("actions", N_("Actions"), N_("actions"), "link", "acties|actie|actions"),
    _field(
        "report", N_("Report"), N_("report"), "long_text", "verslag|inhoud|bespreking|report|notities",
        personal=True, empty="",
    ),
)
AGREEMENT = RecordFields(
    "follow_up",
    _field("what", N_("What"), N_("what"), "long_text", personal=True, empty="", missing=N_("Type what was agreed.")),
    _field("who", N_("Who"), N_("who"), "choice", choices=tuple(Party)),
    _field("due", N_("By"), N_("by"), "day", toward=Toward.FUTURE),
    _field("done_on", "", N_("done on"), "day"),
)
TRACK = RecordFields(
    "support_track",
    _field("title", N_("Title"), N_("title"), personal=True, empty="", missing=N_("Give the track a title.")),
    _field("goal", N_("Goal"), N_("goal"), "long_text", personal=True),
    _field("planned_minutes", N_("Planned hours"), N_("planned hours"), "hours"),
    _field("start", N_("From"), N_("from"), "day", required=True),
    _field("end", N_("Until"), N_("until"), "day", toward=Toward.FUTURE),
)
ENTRY = RecordFields(
    "kpi_entry",
    _field("day", N_("Date"), N_("date"), "day", "datum|dag|date|day|op|meetdatum", required=True),
    _field(
        "units", N_("Number"), N_("number"), "number", "aantal|bereikt|waarde|eenheden|number|units|behaald|kpi",
        required=True,
    ),
    _field("kind", N_("Kind"), "", "choice", "soort|type|kind|meting", choices=tuple(EntryKind)),
    _NOTE,
    _field("offer_use_id", N_("Thanks to"), "", "link"),
)
COMMITMENT = RecordFields(
    "commitment",
    _field(
        "existing_reach", N_("Existing reach"), N_("existing reach"), "number",
        "huidig bereik|bestaand bereik|bestaand|existing reach|existing", empty=0,
    ),
    _field(
        "requested", N_("Requested"), N_("requested"), "number", "aangevraagd|gevraagd|requested|gepland bereik",
    ),
    _field(
        "confirmed", N_("Confirmed"), N_("confirmed"), "number",
        "bevestigd|toegekend aantal|engagement|confirmed|kpi bevestigd",
    ),
    _field(
        "interim_reached", N_("Interim reached"), N_("interim reached"), "number",
        "tussentijds behaald|tussentijds|interim reached|interim",
    ),
    _field(
        "final_reached", N_("Finally reached"), N_("finally reached"), "number",
        "finaal behaald|eindtotaal|final reached|final|finaal",
    ),
    _field(
        "granted_cents", N_("Granted amount"), N_("granted amount"), "cents",
        "toegekend bedrag|subsidie|bedrag|vlaamse bijdrage|granted amount|subsidy",
    ),
    _field(
        "rank", N_("Rank"), N_("rank"), "number", "prioriteit|rangorde|rang|rank|priority", least=1, most=99,
        wrong=N_("Type a rank from 1 to 99."),
    ),
    _field("jury_result", N_("Jury result"), N_("jury result"), "choice", choices=tuple(JuryResult),
           wrong=N_("Choose positive or negative, or leave it open.")),
    _field(
        "motivation", N_("Motivation"), N_("motivation"), "long_text", "motivering|motivatie|motivation", personal=True,
    ),
    _field(
        "anchor_moments", N_("Anchor moments"), N_("anchor moments"), "long_text", "ankermomenten|anchor moments",
        personal=True,
    ),
    _NOTE,
)
OFFER = RecordFields(
    "offer",
    _field(
        "title", N_("Title"), N_("title"), "text", "titel|aanbod|naam|title|offer", required=True, personal=True,
        empty="", missing=N_("Give the offer a title."),
    ),
    _field(
        "organisation", N_("Organisation"), N_("organisation"), "text",
        "organisatie|aanbieder|partner|organisation|organization", required=True, personal=True, empty="",
        missing=N_("Say which organisation makes the offer."),
    ),
    _field("cost", N_("Cost"), N_("cost"), "choice", "kost|betalend|gratis of betalend|kostprijs soort|cost",
           empty="unknown", choices=tuple(OfferCost)),
    _field("actions", N_("Actions"), N_("actions"), "link", "acties|actie|actions|action"),
    _field("action_ids", N_("Actions"), N_("actions"), "link"),
    _field("organisation_id", N_("Organisation"), N_("record of the organisation"), "link"),
    _field("price_cents", N_("Price"), N_("price"), "cents", "prijs|price|bedrag|tarief"),
    _field("price_unit", N_("Price unit"), N_("price unit"), "text", "prijs per|eenheid|per|price unit", personal=True),
    _field("region", N_("Region"), N_("region"), "text", "regio|werkgebied|region", personal=True),
    _field(
        "source", N_("Page or source"), N_("source"), "text", "bron|pagina|website|url|link|source|page", personal=True,
    ),
    _field("valid_from", N_("Valid from"), N_("from"), "day", "geldig van|geldig vanaf|vanaf|valid from"),
    _field("valid_until", N_("Valid until"), N_("until"), "day", "geldig tot|tot|valid until", toward=Toward.FUTURE),
    _NOTE,
)
USE = RecordFields(
    "offer_use",
    _field("start", N_("From"), N_("from"), "day", "van|start|begin|startdatum|datum|from", required=True,
           missing=N_("Say from which day the offer is used.")),
    _field("end", N_("Until"), N_("until"), "day", "tot|einde|einddatum|until|end", toward=Toward.FUTURE),
    _field("price_cents", N_("Price"), N_("price"), "cents", "prijs|kostprijs|bedrag|price"),
    _field("paid_from", N_("Paid from"), N_("paid from"), "choice", "betaald uit|betaald met|financiering|paid from",
           choices=tuple(Payer), wrong=N_("Choose who pays: subsidy, own contribution or another instrument.")),
    _field(
        "expected_units", N_("Expected number"), N_("expected number"), "number",
        "verwacht|verwacht aantal|expected|expected number",
    ),
    _field(
        "real_units", N_("Reached number"), N_("real number"), "number",
        "bereikt|bereikt aantal|reached|reached number",
    ),
    _field(
        "evaluation", N_("Evaluation"), N_("evaluation"), "long_text", "evaluatie|beoordeling|evaluation",
        personal=True,
    ),
)
CONTACT = RecordFields(
    "contact",
    _field("name", N_("Name"), N_("name"), "text", "naam|contact|contactpersoon|name", personal=True, empty=""),
    _field("role", N_("Function"), N_("function"), "text", "functie|rol|function|role", personal=True),
    _field(
        "email", N_("E-mail"), N_("e-mail"), "mail", "e mail|email|mail|e mailadres|mailadres", personal=True,
    ),
    _field(
        "phone", N_("Phone"), N_("phone number"), "phone",
        "telefoon|gsm|tel|telefoonnummer|phone|phone number", personal=True,
    ),
    _field("organisation", N_("Organisation"), N_("organisation"), "text", "organisatie|dienst|organisation",
           personal=True),
    _NOTE,
)
MENTOR = RecordFields(
    "mentor",
    _field("learning_network", N_("Runs a learning network"), N_("learning network"), "truth"),
    _field("source", N_("Source"), N_("source"), personal=True, empty="",
           missing=N_("Say where you know this from.")),
    _NOTE,
)
EXAMPLE = RecordFields(
    "example",
    _field("title", N_("Title"), N_("title"), personal=True, empty="", missing=N_("Give the example a title.")),
    _field("source", N_("Source"), N_("source"), personal=True, empty="",
           missing=N_("Say where you know this from.")),
    _NOTE,
)
FIGURE = RecordFields(
    "official_figure",
    _field("year", N_("Year"), "", "number", "jaar|year|referentiejaar", required=True, least=1900, most=2200),
    _field(
        "value", N_("Number"), N_("number"), "number",
        "aantal|inwoners|cijfer|value|number|inwoners van de getelde herkomst", required=True,
    ),
    _field("source", N_("Source"), N_("source"), "text", "bron|source", required=True, personal=True, empty=""),
)
STIMULUS = RecordFields(
    "stimulus",
    _field("state", N_("State"), N_("state"), "choice", choices=tuple(StimulusState)),
    _field("decided_on", "", N_("decided on"), "day"),
    _field("action_id", N_("Action"), N_("action"), "link"),
    _field("learning_network", N_("Runs a learning network"), N_("learning network"), "truth"),
    _field("linked_action_ids", N_("Linked actions"), N_("actions"), "link"),
    _field("amount_cents", N_("Amount"), N_("amount"), "cents"),
    _NOTE,
)
STIMULUS_TEXT = RecordFields("stimulus_text", _field("words", "", N_("words"), "long_text", personal=True))
BUDGET = RecordFields("call_budget", _field("available", "", N_("there is budget"), "truth"))
JUDGEMENT = RecordFields(
    "condition_judgement",
    _field("finding", N_("Judgement"), N_("judgement"), "choice", choices=tuple(ThresholdFact),
           wrong=N_("Choose whether the condition is met.")),
    _field("judged_on", "", N_("judged on"), "day"),
    _NOTE,
)
HANDED_OVER = RecordFields(
    "handed_over",
    _field("handed_on", N_("Handed over"), N_("handed over on"), "day", required=True),
    _field("handed_to", N_("To whom"), N_("handed over to"), personal=True),
)
GOVERNMENT = RecordFields(
    "government",
    _field("name", N_("Name"), N_("name"), empty=""),
    _field("code", N_("Short code"), N_("code"), empty=""),
    _field("organisation_kind", N_("Kind"), N_("kind of organisation"), "choice", choices=tuple(OrganisationKind)),
    _field("reference_region", N_("Reference region"), N_("reference region")),
    _field("page", N_("Page"), N_("page")),
    _field("valid_from", N_("From"), N_("from"), "day"),
    _field("applicant_id", N_("Applicant: receives the money"), N_("applicant"), "link"),
)
INSTRUMENT = RecordFields(
    "instrument",
    _field("name", N_("Name"), N_("name"), "text", "instrument|subsidie|oproep|naam|name", required=True,
           personal=True, empty="", missing=N_("Say which subsidy or call it is.")),
    _field("giver", N_("Given by"), N_("given by"), "text", "gever|van|subsidiegever|giver|given by", personal=True),
    _field("instrument_state", N_("State"), N_("state"), "choice", "toestand|status|state", empty="considered",
           choices=tuple(InstrumentState), wrong=N_("Choose the state of the instrument.")),
    _field("action_id", N_("Action"), N_("action"), "link"),
    _field("amount_cents", N_("Amount"), N_("amount"), "cents", "bedrag|amount"),
    _field("deadline", N_("Deadline"), N_("deadline"), "day", "deadline|uiterste dag|indienen tot",
           toward=Toward.FUTURE),
    _field("end", N_("Pays until"), N_("until"), "day", "betaalt tot|tot|einde|pays until|until", toward=Toward.FUTURE),
    _field("document", N_("Page or document"), N_("document"), "text", "document|pagina|website|bron|page",
           personal=True),
    _NOTE,
)
SERVICE = RecordFields(
    "organisation_service",
    _field("valid_from", N_("From"), N_("from"), "day", "van|vanaf|from", required=True),
    _field("valid_until", N_("Until"), N_("until"), "day", "tot|until"),
    _field("target_id", N_("Target"), N_("target"), "link"),
    _field("target_value", N_("Target value"), N_("target value"), "number", "streefwaarde|doel|target value"),
    _NOTE,
)
OFFICER = RecordFields(
    "officer",
    _field("label", "", N_("name"), personal=True),
    _field("region", N_("Region"), N_("region"), personal=True),
)
# fmt: on
RECORDS = (
    SESSION,
    AGREEMENT,
    TRACK,
    ENTRY,
    COMMITMENT,
    OFFER,
    USE,
    CONTACT,
    MENTOR,
    EXAMPLE,
    FIGURE,
    STIMULUS,
    STIMULUS_TEXT,
    BUDGET,
    JUDGEMENT,
    HANDED_OVER,
    GOVERNMENT,
    INSTRUMENT,
    SERVICE,
    OFFICER,
)


_LONG_TEXTS = {(record.table, key) for record in RECORDS for key in record if record[key].kind is FieldKind.LONG_TEXT}


def is_new(table: str, key: str, old: object, new: object) -> bool:
    """Returns whether `new` changes the value of a column.

    A long text of before, or from a pack, that is saved again with another field of its record is no change: it stays
    as it was written.
    """
    if isinstance(old, str) and (table, key) in _LONG_TEXTS:
        return old != new and typed_text.long_text(old) != new
    return old != new
