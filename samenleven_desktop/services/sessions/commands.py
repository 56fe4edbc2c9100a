"""Commands on sessions of intensive support, with the agreements and KPI entries from the same form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import AGREEMENT, ENTRY, SESSION
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.record_fields import RecordField
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.core.checks import check_actions, check_value, record_values
from samenleven_desktop.services.core.command import FieldEdit, UnitOfWork, WithoutDetails, by_row
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.repositories import sessions as work

MINUTES_IN_DAY = 24 * 60


@dataclass(frozen=True)
class NewAgreement:
    """An agreement as entered in the session form; `government_id` None means the first government of the session.

    `agreement_id` identifies the agreement to change (ChangeSession); one that was deleted elsewhere is added again.
    """

    who: Party
    what: str
    due: date | None = None
    government_id: str | None = None
    agreement_id: str | None = None


@dataclass(frozen=True)
class CorrectedEntry:
    """Another number for a KPI row of the session: a new row replaces it."""

    entry_id: str
    units: int


@dataclass(frozen=True)
class NewKpiEntry:
    """A KPI entry from the session form, on the day of the session."""

    commitment_id: str
    kind: EntryKind
    units: int
    note: str | None = None
    member_id: str | None = None


@dataclass(frozen=True)
class SessionContent:
    """A session as entered: times in minutes since midnight, travel in minutes; governments in the chosen order."""

    day: date
    start_minute: int
    end_minute: int
    form: SessionMode
    government_ids: tuple[str, ...]
    report: str = ""
    travel_minutes: int = 0
    track_id: str | None = None
    action_ids: tuple[str, ...] = ()
    offer_ids: tuple[str, ...] = ()
    contact_ids: tuple[str, ...] = ()
    colleague_ids: tuple[str, ...] = ()

    def check(self) -> None:
        """Raises UserError naming the field that is wrong."""
        if not self.government_ids:
            raise UserError(N_("Choose at least one government."), field="governments")
        check_session(record_values(SESSION, self))


@dataclass(frozen=True)
class RegisterSession:
    """Registers a session with its agreements and KPI entries; returns the id of the session."""

    content: SessionContent
    agreements: tuple[NewAgreement, ...] = field(default=())
    entries: tuple[NewKpiEntry, ...] = field(default=())

    name: ClassVar[str] = N_("Session of {day} registered")

    def details(self) -> Mapping[str, object]:
        return {"day": self.content.day}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        self.content.check()
        for agreement in self.agreements:
            check_agreement(agreement.what, "agreements")
        session_id = work.add_session(unit, officer_id=context.officer_id, **record_values(SESSION, self.content))
        _link(unit, context, session_id, self.content, new=True)
        _add(unit, session_id, self.content, self.agreements, self.entries)
        return session_id


@dataclass(frozen=True)
class ChangeSession:
    """Changes a registered session: its own fields, governments, actions and offers discussed.

    If the form showed the agreements, `agreements` are the remaining ones (others are deleted); None leaves them
    unchanged. `corrected` and `entries` are KPI rows with another number, and new ones.
    """

    session_id: str
    content: SessionContent
    agreements: tuple[NewAgreement, ...] | None = None
    corrected: tuple[CorrectedEntry, ...] = field(default=())
    entries: tuple[NewKpiEntry, ...] = field(default=())

    name: ClassVar[str] = N_("Session of {day} changed")

    def details(self) -> Mapping[str, object]:
        return {"day": self.content.day}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        self.content.check()
        for agreement in self.agreements or ():
            check_agreement(agreement.what, "agreements")
        work.change_session(unit, self.session_id, **record_values(SESSION, self.content))
        _link(unit, context, self.session_id, self.content, new=False)
        added = [] if self.agreements is None else self._keep_agreements(unit, self.agreements)
        for entry in self.corrected:
            values = dict(work.entry_to_correct(unit, entry.entry_id))
            values["units"] = check_units(entry.units, EntryKind(str(values["kind"])))
            work.add_kpi_entry(unit, **values, corrects_id=entry.entry_id)
        _add(unit, self.session_id, self.content, added, self.entries)
        return self.session_id

    def _keep_agreements(self, unit: UnitOfWork, agreements: tuple[NewAgreement, ...]) -> list[NewAgreement]:
        """Updates the given agreements of the session and deletes the others; returns those to add."""
        present = set(work.agreements_of_session(unit, self.session_id))
        added = []
        for one in agreements:
            if one.agreement_id in present:
                present.remove(one.agreement_id)
                work.change_agreement(unit, one.agreement_id, who=one.who.value, what=one.what.strip(), due=one.due)
            else:
                added.append(one)
        for agreement_id in sorted(present):
            work.delete_agreement(unit, agreement_id)
        return added


@dataclass(frozen=True)
class ChangeSessions(WithoutDetails):
    """Sets fields of one or more sessions, as one undo step."""

    edits: tuple[FieldEdit, ...]

    name: ClassVar[str] = N_("Sessions changed")
    FIELDS: ClassVar[Mapping[str, RecordField]] = {
        key: field for key, field in SESSION.items() if key not in ("day", "track_id", "actions")
    }

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        for session_id, values in by_row(self.edits, self.FIELDS).items():
            work.change_session(unit, session_id, **check_session_edit(work.session(unit, session_id), values))


@dataclass(frozen=True)
class DeleteSession:
    """Deletes a session with its agreements; KPI entries stay, because they remain valid."""

    session_id: str
    day: date

    name: ClassVar[str] = N_("Session of {day} deleted")

    def details(self) -> Mapping[str, object]:
        return {"day": self.day}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        work.delete_session(unit, self.session_id)


def _add(
    unit: UnitOfWork,
    session_id: str,
    content: SessionContent,
    agreements: Iterable[NewAgreement],
    entries: Iterable[NewKpiEntry],
) -> None:
    for agreement in agreements:
        work.add_agreement(
            unit,
            government_id=agreement.government_id or content.government_ids[0],
            session_id=session_id,
            who=agreement.who.value,
            what=agreement.what.strip(),
            due=agreement.due,
        )
    for entry in entries:
        work.add_kpi_entry(
            unit,
            commitment_id=entry.commitment_id,
            member_id=entry.member_id,
            day=content.day,
            kind=entry.kind.value,
            units=check_units(entry.units, entry.kind),
            note=entry.note,
            session_id=session_id,
        )


def check_session(values: Mapping[str, Any]) -> None:
    """Checks the fields of a session together. Raises UserError naming the field of the form."""
    start, end = values["start_minute"], values["end_minute"]
    if not (0 <= start < MINUTES_IN_DAY and 0 <= end <= MINUTES_IN_DAY):
        raise UserError(N_("Type a time between 00:00 and 24:00."), field="times")
    if end <= start:
        raise UserError(N_("The end must come after the start."), field="times")
    if values["form"] not in list(SessionMode):
        raise UserError(N_("Choose how the session took place."), field="form")


def check_session_edit(present: Mapping[str, Any], values: Mapping[str, object]) -> dict[str, object]:
    """Returns the new values of a session as stored. Raises UserError naming the field of the form."""
    checked = {key: check_value(SESSION[key], value) for key, value in values.items()}
    check_session({**present, **checked})
    return checked


def check_agreement(what: str, where: str) -> None:
    check_value(AGREEMENT["what"], what, where)


def check_units(units: int, kind: EntryKind) -> int:
    """A reading is zero or more; an increment may be negative, as a correction."""
    if kind is EntryKind.READING and units < 0:
        raise UserError(N_("A total cannot be less than nothing."), field="units")
    check_value(ENTRY["units"], abs(units))
    return units


def _link(unit: UnitOfWork, context: QueryContext, session_id: str, content: SessionContent, *, new: bool) -> None:
    check_actions(context, content.action_ids, "actions")
    work.link_session(
        unit,
        session_id,
        content.day,
        content.government_ids,
        content.action_ids,
        content.offer_ids,
        content.contact_ids,
        content.colleague_ids,
        new=new,
    )
