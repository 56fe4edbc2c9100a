"""The lists of records: the columns of each on the command line and in a file, declared once.

A column with a `field` is read back by an import (services/importing/kinds.py). Declared fields of the record that have
no column yet (domain/fields.py) get one in the file without further code. The last column of a file is the reference of
the record: by it an import finds the record again, and the file says which kind it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from samenleven_desktop.domain import fields
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.field_declaration import FieldKind, RecordFields
from samenleven_desktop.i18n.government_labels import GOVERNMENT_KINDS, ORGANISATION_KINDS
from samenleven_desktop.i18n.labels import (
    COSTS,
    ENTRY_KINDS,
    INSTRUMENT_STATES,
    OUTCOMES,
    PARTIES,
    PAYERS,
    STATES,
    STIMULUS_STATES,
    UNCOUNTED,
)
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.shared_columns import ID, SESSIONS, TARGET_NUMBERS, ColumnKind, ListColumn, declared_column

TRUTH_WORDS = {None: N_("not known"), True: N_("yes"), False: N_("no")}
CORRECTED = N_("corrected")
ALL_ACTIONS = N_("all actions")


@dataclass(frozen=True)
class RecordList:
    """A list of records. `columns` are those of `samenleven list`, `more` only go to files. `table` is where they are
    stored, `reference` the column with the id of a record."""

    key: str
    title: str
    table: str
    columns: tuple[ListColumn, ...]
    reference: ListColumn
    more: tuple[ListColumn, ...] = ()
    record: RecordFields | None = None

    @property
    def in_file(self) -> tuple[ListColumn, ...]:
        """The columns of a file, without the reference."""
        own = (*(one for one in self.columns if one is not ID), *self.more)
        there = {one.field for one in own}
        declared = self.record.imported if self.record is not None else ()
        return (
            *own,
            *(declared_column(one) for one in declared if one.key not in there and one.kind is not FieldKind.LINK),
        )

    def headings(self, language: Language) -> dict[str, str]:
        """Returns the heading of each column that an import reads back, by its field."""
        found = {one.field: file_heading(language, one) for one in self.in_file if one.field}
        return {**found, REFERENCE: file_heading(language, self.reference)}


REFERENCE = "reference"
OVERVIEW = N_("overview of Samenleven")
"""The heading of the last column of a list that is not one of records: it names the list, and no import takes it."""


def file_heading(language: Language, column: ListColumn) -> str:
    """Returns the heading of a column in a file: it begins with a capital."""
    words = language.text(column.heading)
    return words[:1].upper() + words[1:]


def _text(heading: str, value: Callable[[Any], Any], field: str = "", longest: int | None = None) -> ListColumn:
    return ListColumn(ColumnKind.TEXT, value, heading=heading, field=field, longest=longest)


def _number(heading: str, value: Callable[[Any], Any], field: str = "") -> ListColumn:
    return ListColumn(ColumnKind.NUMBER, value, heading=heading, field=field)


def _amount(heading: str, value: Callable[[Any], Any], field: str = "") -> ListColumn:
    return ListColumn(ColumnKind.MONEY, value, heading=heading, field=field)


def _day(heading: str, value: Callable[[Any], Any], field: str = "") -> ListColumn:
    return ListColumn(ColumnKind.DAY, value, heading=heading, field=field)


def _coded(heading: str, names: Mapping[Any, str], value: Callable[[Any], Any], field: str = "") -> ListColumn:
    return ListColumn(ColumnKind.CHOICE, value, heading=heading, names=names, field=field)


def _known(heading: str, value: Callable[[Any], Any], field: str = "") -> ListColumn:
    """Yes, no, or not known if there is no source."""
    return ListColumn(
        ColumnKind.TEXT,
        lambda row, language: language.text(TRUTH_WORDS[value(row)]),
        heading=heading,
        in_language=True,
        field=field,
    )


def _marked(heading: str, words: str, marked: Callable[[Any], bool], field: str = "") -> ListColumn:
    """The words if the row is marked, else nothing."""
    return ListColumn(
        ColumnKind.TEXT,
        lambda row, language: language.text(words) if marked(row) else "",
        heading=heading,
        in_language=True,
        field=field,
    )


def _members(*, now: bool) -> Callable[[Any], str]:
    return lambda row: ", ".join(one.government_name for one in row.members if (one.until is None) is now)


def _actions(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _offer_actions(row: Any, language: Language) -> str:
    return language.text(ALL_ACTIONS) if row.all_actions else ", ".join(row.actions)


_ID = attrgetter("id")
_GOVERNMENT = _text(N_("government"), attrgetter("government_name"), "government")
_TARGET_CODE = _text(N_("target code"), attrgetter("target_code"), "target")
_ACTION = _text(N_("action"), attrgetter("action"), "action")
_ACTION_NUMBER = _number(N_("action"), attrgetter("action_number"), "action")

TARGET = (
    _text(N_("target"), attrgetter("target_code"), "target"),
    _text(N_("action"), attrgetter("action_title"), longest=36),
)
NUMBERS = (*TARGET_NUMBERS.command_line, _coded(N_("state"), STATES, attrgetter("state")))
COMMITMENT = (_GOVERNMENT, *TARGET, *NUMBERS)

RECORD_LISTS: dict[str, RecordList] = {
    one.key: one
    for one in (
        RecordList(
            "governments",
            N_("Governments"),
            "government",
            (
                _text(N_("code"), attrgetter("code")),
                _text(N_("name"), attrgetter("name")),
                _coded(N_("kind"), GOVERNMENT_KINDS, attrgetter("kind")),
                _text(N_("region"), attrgetter("reference_region")),
                _text(N_("partnership"), attrgetter("partnership")),
                _number(N_("reached"), attrgetter("states.reached")),
                _number(N_("on course"), attrgetter("states.on_course")),
                _number(N_("behind"), attrgetter("states.behind")),
                _number(N_("at risk"), attrgetter("states.at_risk")),
                _number(N_("no entry yet"), attrgetter("states.no_entry")),
                _number(N_("jury"), attrgetter("states.jury")),
                _number(N_("not granted"), attrgetter("states.not_granted")),
                _day(N_("last contact"), attrgetter("last_contact")),
                _number(N_("open"), attrgetter("open_agreements")),
                _number(N_("late"), attrgetter("late_agreements")),
            ),
            _text(N_("reference of the government"), _ID),
        ),
        RecordList(
            "sessions",
            N_("Sessions"),
            "support_session",
            SESSIONS.command_line,
            _text(N_("reference of the session"), _ID),
            record=fields.SESSION,
        ),
        RecordList(
            "offers",
            N_("Offers"),
            "offer",
            (
                _text(N_("organisation"), attrgetter("organisation"), "organisation", 40),
                _text(N_("title"), attrgetter("title"), "title", 50),
                _coded(N_("cost"), COSTS, attrgetter("cost"), "cost"),
                _amount(N_("price"), attrgetter("price_cents"), "price_cents"),
                ListColumn(ColumnKind.TEXT, _offer_actions, heading=N_("actions"), in_language=True, field="actions"),
            ),
            _text(N_("reference of the offer"), _ID),
            record=fields.OFFER,
        ),
        RecordList(
            "uses",
            N_("Offers in use"),
            "offer_use",
            (
                _day(N_("start"), attrgetter("start"), "start"),
                _day(N_("end"), attrgetter("end"), "end"),
                _GOVERNMENT,
                _text(N_("offer"), attrgetter("offer_title"), "offer", 40),
                _coded(N_("cost"), COSTS, attrgetter("cost")),
                _ACTION,
                _amount(N_("price"), attrgetter("price_cents"), "price_cents"),
                _coded(N_("paid from"), PAYERS, attrgetter("paid_from"), "paid_from"),
                _number(N_("expected"), attrgetter("expected_units"), "expected_units"),
                _number(N_("real"), attrgetter("real_units"), "real_units"),
            ),
            _text(N_("reference of the use"), _ID),
            (
                _text(N_("organisation"), attrgetter("organisation"), "organisation"),
                _text(N_("target"), attrgetter("target_label")),
                _TARGET_CODE,
                _number(N_("year"), attrgetter("year"), "year"),
            ),
            fields.USE,
        ),
        RecordList(
            "commitments",
            N_("Commitments"),
            "commitment",
            (_number(N_("year"), attrgetter("year"), "year"), *COMMITMENT),
            _text(N_("reference of the commitment"), _ID),
            (
                _text(N_("action number"), attrgetter("action"), "action"),
                _amount(
                    N_("granted amount"),
                    lambda row: row.amount_cents if row.amount_granted else None,
                    "granted_cents",
                ),
            ),
            fields.COMMITMENT,
        ),
        RecordList(
            "entries",
            N_("KPI entries"),
            "kpi_entry",
            (
                _day(N_("date"), attrgetter("day"), "day"),
                _GOVERNMENT,
                _text(N_("member"), attrgetter("member_name"), "member"),
                _ACTION,
                _text(N_("target"), attrgetter("target_label"), longest=36),
                _coded(N_("kind"), ENTRY_KINDS, attrgetter("kind"), "entry_kind"),
                # A corrected row does not count, so its number stands apart. Others that do not count say so below.
                _number(N_("number"), lambda row: None if row.corrected else row.units, "units"),
                _marked(N_("state"), CORRECTED, attrgetter("corrected"), "state"),
                _number(N_("corrected number"), lambda row: row.units if row.corrected else None),
                _coded(N_("does not count"), UNCOUNTED, attrgetter("uncounted")),
                _text(N_("note"), attrgetter("note"), "note", 40),
            ),
            _text(N_("reference of the entry"), _ID),
            (_TARGET_CODE, _text(N_("replaces the entry"), attrgetter("corrects_id"))),
        ),
        RecordList(
            "follow-ups",
            N_("Agreements"),
            "follow_up",
            (
                _day(N_("by"), attrgetter("due"), "due"),
                _GOVERNMENT,
                _coded(N_("who"), PARTIES, attrgetter("who"), "who"),
                _text(N_("what"), attrgetter("what"), "what", 60),
                _day(N_("done on"), attrgetter("done_on"), "done_on"),
                _marked(N_("late"), N_("late"), attrgetter("late")),
            ),
            _text(N_("reference of the agreement"), _ID),
        ),
        RecordList(
            "stimuli",
            N_("Stimuli"),
            "stimulus",
            (
                _number(N_("year"), attrgetter("year"), "year"),
                _text(N_("code"), attrgetter("government_code")),
                _GOVERNMENT,
                _text(N_("stimulus"), attrgetter("kind_name"), "stimulus"),
                _coded(N_("outcome"), OUTCOMES, attrgetter("outcome")),
                _coded(N_("state"), STIMULUS_STATES, attrgetter("state"), "state"),
                _amount(N_("amount"), attrgetter("amount_cents")),
            ),
            _text(N_("reference of the candidacy"), _ID),
            (
                _amount(N_("amount typed"), lambda row: row.amount_cents if row.amount_typed else None, "amount_cents"),
                _number(N_("action"), attrgetter("action_number"), "action_number"),
                _text(N_("actions"), lambda row: _actions(row.linked_actions), "linked_actions"),
                _known(N_("learning network"), attrgetter("learning_network"), "learning_network"),
                _day(N_("decided on"), attrgetter("decided_on"), "decided_on"),
                _text(N_("note"), attrgetter("note"), "note"),
            ),
        ),
        RecordList(
            "partnerships",
            N_("Partnerships"),
            "government",
            (
                _text(N_("code"), attrgetter("code"), "code"),
                _text(N_("name"), attrgetter("name"), "name"),
                _text(N_("region"), attrgetter("reference_region")),
                _text(N_("applicant"), attrgetter("applicant_name"), "applicant"),
                _text(N_("members"), _members(now=True), "members"),
                _text(N_("earlier members"), _members(now=False)),
            ),
            _text(N_("reference of the partnership"), _ID),
            (_day(N_("since"), attrgetter("valid_from"), "valid_from"),),
        ),
        RecordList(
            "organisations",
            N_("Organisations"),
            "government",
            (
                _text(N_("code"), attrgetter("code"), "code"),
                _text(N_("name"), attrgetter("name"), "name"),
                _coded(N_("kind"), ORGANISATION_KINDS, attrgetter("organisation_kind"), "organisation_kind"),
                _text(N_("region"), attrgetter("reference_region"), "reference_region"),
                _text(N_("served governments"), lambda row: ", ".join(row.served), longest=60),
                _number(N_("offers"), attrgetter("offers")),
                _number(N_("contacts"), attrgetter("contacts")),
            ),
            _text(N_("reference of the organisation"), _ID),
            (_text(N_("page"), attrgetter("page"), "page"),),
        ),
        RecordList(
            "services",
            N_("Served governments"),
            "organisation_service",
            (
                _text(N_("organisation"), lambda row: row.organisation_name, "organisation", 40),
                _GOVERNMENT,
                _ACTION,
                _text(N_("target"), attrgetter("target_label"), longest=36),
                _number(N_("target value"), attrgetter("target_value"), "target_value"),
                _number(N_("reached"), attrgetter("reached")),
                _text(N_("unit"), attrgetter("unit"), longest=24),
                _day(N_("from"), attrgetter("valid_from"), "valid_from"),
                _day(N_("until"), attrgetter("valid_until"), "valid_until"),
            ),
            _text(N_("reference of the service"), _ID),
            (_text(N_("code of the organisation"), lambda row: row.organisation_code), _TARGET_CODE),
            record=fields.SERVICE,
        ),
        RecordList(
            "mentors",
            N_("Mentor governments"),
            "mentor",
            (
                _ACTION_NUMBER,
                _text(N_("title"), attrgetter("action_title"), longest=50),
                _text(N_("code"), attrgetter("government_code"), "government"),
                _text(N_("name"), attrgetter("government_name")),
                _known(N_("learning network"), attrgetter("learning_network"), "learning_network"),
            ),
            _text(N_("reference of the mentor"), _ID),
            (_text(N_("note"), attrgetter("note"), "note"), _text(N_("source"), attrgetter("source"), "source")),
        ),
        RecordList(
            "examples",
            N_("Inspiring examples"),
            "example",
            (
                _ACTION_NUMBER,
                _text(N_("title"), attrgetter("title"), "title", 60),
                _text(N_("note"), attrgetter("note"), "note", 50),
                _text(N_("source"), attrgetter("source"), "source", 40),
            ),
            _text(N_("reference of the example"), _ID),
            (_text(N_("government"), attrgetter("government_name"), "government"),),
        ),
        RecordList(
            "instruments",
            N_("Other instruments"),
            "instrument",
            (
                _GOVERNMENT,
                _text(N_("name"), attrgetter("name"), "name", 40),
                _text(N_("given by"), attrgetter("giver"), "giver", 30),
                _coded(N_("state"), INSTRUMENT_STATES, attrgetter("instrument_state"), "instrument_state"),
                _ACTION,
                _amount(N_("amount"), attrgetter("amount_cents"), "amount_cents"),
                _day(N_("deadline"), attrgetter("deadline"), "deadline"),
                _day(N_("pays until"), attrgetter("end"), "end"),
            ),
            _text(N_("reference of the instrument"), _ID),
            record=fields.INSTRUMENT,
        ),
        RecordList(
            "tracks",
            N_("Tracks"),
            "support_track",
            (
                _GOVERNMENT,
                _text(N_("title"), attrgetter("title"), "title", 40),
                _day(N_("start"), attrgetter("start"), "start"),
                _day(N_("end"), attrgetter("end"), "end"),
                _number(N_("sessions"), attrgetter("sessions")),
                _number(N_("planned minutes"), attrgetter("planned_minutes"), "planned_minutes"),
                _number(N_("used minutes"), attrgetter("used_minutes")),
            ),
            _text(N_("reference of the track"), _ID),
            (_text(N_("goal"), attrgetter("goal"), "goal"),),
        ),
        RecordList(
            "contacts",
            N_("Contacts"),
            "contact",
            (
                _text(N_("name"), attrgetter("name"), "name"),
                _text(N_("function"), attrgetter("role"), "role"),
                _GOVERNMENT,
                _text(N_("organisation"), attrgetter("organisation"), "organisation"),
                _text(N_("e-mail"), attrgetter("email"), "email"),
                _text(N_("phone number"), attrgetter("phone"), "phone"),
                _day(N_("last seen"), attrgetter("last_seen")),
            ),
            _text(N_("reference of the contact"), _ID),
            record=fields.CONTACT,
        ),
    )
}
