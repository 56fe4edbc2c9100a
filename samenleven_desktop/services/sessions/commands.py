"""Commands on sessions of intensive support, with the agreements and KPI entries from the same form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.field_declaration import RecordField
from samenleven_desktop.domain.fields import AGREEMENT, ENTRY, SESSION
from samenleven_desktop.domain.kpi import EntryKind, LedgerEntry, check_total
from samenleven_desktop.domain.typed_values import MINUTES_IN_DAY, check_day
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.core.checks import check_actions, check_value, record_values
from samenleven_desktop.services.core.command import FieldEdit, UnitOfWork, WithoutDetails, by_row
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import kpi, organisations
from samenleven_desktop.storage.repositories import work
from samenleven_desktop.storage.view import View


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
    """A session as entered: times in minutes since midnight, travel in minutes; governments in the chosen order.

    An end before the start is on the next day.
    """

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
        self.checked()

    def checked(self) -> dict[str, object]:
        """Returns the values of the row. Raises UserError naming the field that is wrong."""
        if not self.government_ids:
            raise UserError(N_("Choose at least one government."), field="governments")
        return check_session(record_values(SESSION, self))


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
        values = self.content.checked()
        agreements = [checked_agreement(one) for one in self.agreements]
        session_id = work.add_session(unit, officer_id=context.officer_id, **values)
        _link(unit, context, session_id, self.content, new=True)
        _add(unit, session_id, self.content, agreements, self.entries)
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
        values = self.content.checked()
        agreements = [checked_agreement(one) for one in self.agreements or ()]
        work.change_session(unit, self.session_id, **values)
        _link(unit, context, self.session_id, self.content, new=False)
        added = [] if self.agreements is None else self._keep_agreements(unit, agreements)
        for entry in self.corrected:
            corrected: dict[str, Any] = dict(work.entry_to_correct(unit, entry.entry_id))
            kind = EntryKind(corrected["kind"])
            corrected["units"] = check_units(entry.units, kind)
            row = LedgerEntry(corrected["day"], kind, entry.units, corrects=entry.entry_id)
            check_totals(unit, [(corrected["commitment_id"], row)])
            work.add_kpi_entry(unit, **corrected, corrects_id=entry.entry_id)
        _add(unit, self.session_id, self.content, added, self.entries)
        return self.session_id

    def _keep_agreements(self, unit: UnitOfWork, agreements: Iterable[NewAgreement]) -> list[NewAgreement]:
        """Updates the given agreements of the session and deletes the others; returns those to add."""
        present = set(work.agreements_of_session(unit, self.session_id))
        added = []
        for one in agreements:
            if one.agreement_id in present:
                present.remove(one.agreement_id)
                work.change_agreement(unit, one.agreement_id, who=one.who.value, what=one.what, due=one.due)
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
            what=agreement.what,
            due=agreement.due,
        )
    entries = tuple(entries)
    check_totals(unit, [(one.commitment_id, LedgerEntry(content.day, one.kind, one.units)) for one in entries])
    where = _where_added(unit, content, entries)
    for entry in entries:
        work.add_kpi_entry(
            unit,
            commitment_id=entry.commitment_id,
            member_id=entry.member_id or where.get(entry.commitment_id),
            day=content.day,
            kind=entry.kind.value,
            units=check_units(entry.units, entry.kind),
            note=check_value(ENTRY["note"], entry.note),
            session_id=session_id,
        )


def _where_added(unit: UnitOfWork, content: SessionContent, entries: Sequence[NewKpiEntry]) -> dict[str, str]:
    """Returns commitment of an organisation -> the government of the session that it serves, if that is one.

    Only for what was added: a reading is the total of the commitment, whatever the government.
    """
    added = {one.commitment_id for one in entries if one.kind is EntryKind.INCREMENT}
    if not added:
        return {}
    view = View(unit.connection)
    served: dict[str, set[str]] = defaultdict(set)
    for organisation_id, government_id in organisations.serving(view, content.day):
        if government_id in content.government_ids:
            served[organisation_id].add(government_id)
    return {
        one.id: next(iter(served[one.applicant_id]))
        for one in kpi.commitments(view, ids=sorted(added))
        if len(served[one.applicant_id]) == 1
    }


def check_session(values: Mapping[str, Any]) -> dict[str, Any]:
    """Checks the fields of a session together, and returns them as stored. Raises UserError naming the field of the
    form."""
    end = session_end(values["start_minute"], values["end_minute"])
    return {**values, "end_minute": end}


def session_end(start: int, end: int) -> int:
    """Returns the end of a session in minutes since midnight of its first day; an end before the start is on the next
    day (22:00 to 1:00). Raises UserError for times that are no session of at most a day."""
    if start >= MINUTES_IN_DAY:
        raise UserError(N_("The start must come before 24:00."), field="times")
    if end < start:
        end += MINUTES_IN_DAY
    if end == start:
        raise UserError(N_("The end must come after the start."), field="times")
    if end - start > MINUTES_IN_DAY:
        raise UserError(N_("A session lasts a day at most."), field="times")
    return end


def check_session_edit(present: Mapping[str, Any], values: Mapping[str, object]) -> dict[str, object]:
    """Returns the new values of a session as stored. Raises UserError naming the field of the form."""
    checked = {key: check_value(SESSION[key], value) for key, value in values.items()}
    times: dict[str, Any] = {key: checked.get(key, present[key]) for key in ("start_minute", "end_minute")}
    if "end_minute" not in checked and times["end_minute"] > MINUTES_IN_DAY:
        # Another start: the end stays at the same time of day.
        times["end_minute"] -= MINUTES_IN_DAY
    whole = check_session({**present, **checked, **times})
    keys = {*checked, "end_minute"} if "start_minute" in checked else checked
    return {key: whole[key] for key in keys}


def checked_agreement(one: NewAgreement, where: str = "agreements") -> NewAgreement:
    """Returns the agreement as stored. Raises UserError naming `where`."""
    return replace(one, what=check_agreement(one.what, where), due=check_due(one.due, where))


def check_agreement(what: str, where: str) -> str:
    return str(check_value(AGREEMENT["what"], what, where))


def check_due(due: date | None, where: str) -> date | None:
    return None if due is None else check_day(due, where)


def check_units(units: int, kind: EntryKind) -> int:
    """A reading is zero or more; an increment may be negative, as a correction."""
    if kind is EntryKind.READING and units < 0:
        raise UserError(N_("A total cannot be less than nothing."), field="units")
    check_value(ENTRY["units"], abs(units))
    return units


def check_totals(unit: UnitOfWork, new: Sequence[tuple[str, LedgerEntry]]) -> None:
    """Raises UserError if new rows of the ledger take away more than there is."""
    for commitment_id in sorted({one for one, row in new if row.units < 0}):
        existing_reach, rows = work.ledger(unit, commitment_id)
        check_total(rows, existing_reach, [row for one, row in new if one == commitment_id])


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
