"""What may be stored in, and travel between, work files: a rule for each field of each table of officers' work.

Rules follow from the declarations in domain/fields.py; only what those do not say (references, codes of plans, columns
that the program fills itself) is said here. Commands check by the declarations, packs and open data by these rules, the
health check too. Every column of a tracked table must be here (tests/sync/test_values_of_packs.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samenleven_desktop.domain import fields
from samenleven_desktop.domain.field_declaration import LONGEST_LINE, MOST_UNITS, FieldKind, RecordFields
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.value_rule import ROOM, UUID, Kind, Rule, Writer, of_declaration

DELETED = "deleted_at"
# Tables and fields of a newer version: kept unread, so only their names and sizes are checked.
NAME_PATTERN = "[a-z][a-z0-9_]{0,62}"
LONGEST_UNREAD = 1 << 20
_IDS = f"(?:{UUID}(?: {UUID})*)?"
_NUMBERS = "(?:[0-9]{1,4}(?: [0-9]{1,4})*)?"
_MOST_IDS = 40_000
_LARGEST_FILE = 256 << 20


@dataclass(frozen=True)
class TableRules:
    """The rules of a table by field, and which of its rows may be erased: live ones too, or deleted ones only."""

    rules: Mapping[str, Rule]
    erased_alive: bool = False

    def may_be_erased(self, *, deleted: bool) -> bool:
        return (deleted or self.erased_alive) and any(rule.personal for rule in self.rules.values())


def _link(*, optional: bool = False) -> Rule:
    return Rule(Kind.ID, optional, most=len("00000000-0000-0000-0000-000000000000"), pattern=UUID)


def _text(most: int = ROOM * LONGEST_LINE, *, optional: bool = False, personal: bool = False) -> Rule:
    return Rule(Kind.TEXT, optional, personal, most=most)


def _code(pattern: str, most: int = ROOM * LONGEST_LINE, *, optional: bool = False) -> Rule:
    return Rule(Kind.CODE, optional, pattern=pattern, most=most)


def _whole(least: int, most: int, *, optional: bool = False) -> Rule:
    return Rule(Kind.WHOLE, optional, least=least, most=most)


def _empty(kind: Kind) -> Rule:
    """A column of shipped rows only: what officers make never has it."""
    return Rule(kind, optional=True, writer=Writer.NOBODY)


def _table(record: RecordFields | None = None, required: str = "", *, alive: bool = False, **more: Rule) -> TableRules:
    """Makes the rules of a table: those of its declared fields, of which `required` are never empty, and `more`."""
    needed = required.split()
    rules = {
        key: of_declaration(declared, optional=key not in needed)
        for key, declared in (record or {}).items()
        if declared.kind is not FieldKind.LINK and key not in more
    }
    return TableRules({**rules, **more, DELETED: Rule(Kind.MOMENT, optional=True)}, alive)


_REF, _MAY_REF = _link(), _link(optional=True)
_DAY, _MAY_DAY = Rule(Kind.DAY), Rule(Kind.DAY, optional=True)
_MAY_TRUTH = Rule(Kind.TRUTH, optional=True)
_LINE, _MAY_LINE = _text(personal=True), _text(optional=True, personal=True)
_NOTE = of_declaration(fields.CONTACT["note"], optional=True)
_ABOUT = _code(NAME_PATTERN, optional=True)
# Municipalities, VGC and vzw de Rand come with the program.
_MADE_HERE = (GovernmentKind.PARTNERSHIP.value, GovernmentKind.ORGANISATION.value)
_NEVER = Rule(Kind.TRUTH, choices=(False,), writer=Writer.NOBODY)

SCHEMA: Mapping[str, TableRules] = {
    "assignment": _table(
        officer_id=_REF,
        government_id=_REF,
        role=Rule(Kind.CHOICE, choices=("first", "back_up")),
        valid_from=_DAY,
        valid_until=_MAY_DAY,
    ),
    "attachment": _table(
        alive=True,
        government_id=_MAY_REF,
        name=_LINE,
        bytes=_whole(0, _LARGEST_FILE),
        sha256=_code("[0-9a-f]{64}"),
        added_on=_DAY,
        about_table=_ABOUT,
        about_id=_MAY_REF,
    ),
    "call_budget": _table(fields.BUDGET, project_year_id=_REF),
    "commitment": _table(
        fields.COMMITMENT,
        "existing_reach",
        applicant_id=_REF,
        project_year_id=_REF,
        target_id=_REF,
        plan_version=_text(),
        plan_hash=_code("[0-9a-f]{64}", optional=True),
    ),
    "condition_judgement": _table(
        fields.JUDGEMENT,
        "finding judged_on",
        government_id=_REF,
        project_year_id=_REF,
        stimulus_kind=_text(),
        condition_code=_text(),
    ),
    "contact": _table(fields.CONTACT, "name", alive=True, government_id=_MAY_REF),
    "example": _table(action_id=_REF, government_id=_MAY_REF, title=_LINE, note=_NOTE, source=_LINE),
    "follow_up": _table(
        fields.AGREEMENT,
        "who what",
        alive=True,
        government_id=_REF,
        session_id=_MAY_REF,
        about_table=_ABOUT,
        about_id=_MAY_REF,
    ),
    "government": _table(
        fields.GOVERNMENT,
        "name valid_from",
        code=_code(r"(?=.*\D).+"),
        kind=Rule(Kind.CHOICE, choices=_MADE_HERE, writer=Writer.NOBODY),
        name=_text(),
        search_name=_text(),
        kbo=_empty(Kind.TEXT),
        province=_empty(Kind.TEXT),
        reference_region=_text(optional=True),
        valid_until=_empty(Kind.DAY),
        successor_code=_empty(Kind.TEXT),
        facility=_NEVER,
        population=_empty(Kind.WHOLE),
        population_year=_empty(Kind.WHOLE),
        applicant_id=_MAY_REF,
    ),
    "handed_over": _table(
        fields.HANDED_OVER,
        "handed_on",
        alive=True,
        government_id=_REF,
        report_kind=_code("[a-z][a-z-]{0,40}"),
        period_first=_MAY_DAY,
        period_last=_MAY_DAY,
        session_id=_MAY_REF,
        report_language=_code("[a-z]{2}"),
        with_names=Rule(Kind.TRUTH),
        left_out=_code("(?:[a-z_]{1,40}(?: [a-z_]{1,40})*)?"),
    ),
    "instrument": _table(fields.INSTRUMENT, "name instrument_state", government_id=_REF, action_id=_MAY_REF),
    "kpi_entry": _table(
        fields.ENTRY,
        "day kind",
        # An increment may take away what was counted too much.
        units=_whole(-MOST_UNITS, MOST_UNITS),
        commitment_id=_REF,
        member_id=_MAY_REF,
        session_id=_MAY_REF,
        offer_use_id=_MAY_REF,
        corrects_id=_MAY_REF,
    ),
    "mentor": _table(action_id=_REF, government_id=_REF, learning_network=_MAY_TRUTH, note=_NOTE, source=_LINE),
    "offer": _table(
        fields.OFFER,
        "title organisation cost",
        # Retired since 0008 (storage/models/work.py).
        actions=_code(_NUMBERS),
        all_actions=Rule(Kind.TRUTH),
        action_ids=Rule(Kind.IDS, optional=True, most=_MOST_IDS, pattern=_IDS),
        mentor_code=_text(optional=True),
        shipped=_NEVER,
        overlays_id=_MAY_REF,
        organisation_id=_MAY_REF,
    ),
    "offer_use": _table(fields.USE, "start", offer_id=_REF, government_id=_REF, commitment_id=_MAY_REF),
    "officer": _table(fields.OFFICER, "label"),
    "official_figure": _table(fields.FIGURE, "year value source", government_id=_REF, noted_on=_DAY),
    "organisation_service": _table(
        fields.SERVICE, "valid_from", organisation_id=_REF, government_id=_REF, target_id=_MAY_REF
    ),
    "partnership_member": _table(
        partnership_id=_REF,
        member_id=_REF,
        valid_from=_DAY,
        valid_until=_MAY_DAY,
        kept_from_year=_whole(0, 9999, optional=True),
    ),
    "session_action": _table(session_id=_REF, action_id=_REF),
    "session_contact": _table(session_id=_REF, contact_id=_REF),
    "session_government": _table(session_id=_REF, government_id=_REF, day=_DAY),
    "session_offer": _table(session_id=_REF, offer_id=_REF),
    "session_officer": _table(session_id=_REF, officer_id=_REF),
    "stimulus": _table(
        fields.STIMULUS,
        "state",
        government_id=_REF,
        project_year_id=_REF,
        kind=_text(),
        action_number=_whole(0, 9999, optional=True),
        linked_actions=_code(_NUMBERS),
        action_id=Rule(Kind.IDS, optional=True, most=_MOST_IDS, pattern=f"(?:{UUID})?"),
        linked_action_ids=Rule(Kind.IDS, optional=True, most=_MOST_IDS, pattern=_IDS),
    ),
    "stimulus_text": _table(fields.STIMULUS_TEXT, "words", stimulus_id=_REF, code=_text()),
    "support_session": _table(
        fields.SESSION,
        "day start_minute end_minute travel_minutes form report",
        alive=True,
        officer_id=_MAY_REF,
        track_id=_MAY_REF,
    ),
    "support_track": _table(fields.TRACK, "title start", government_id=_REF),
}


def rule_of(table_name: str, field: str) -> Rule | None:
    """Returns the rule of a field; None for one of a newer version."""
    table = SCHEMA.get(table_name)
    return None if table is None else table.rules.get(field)
