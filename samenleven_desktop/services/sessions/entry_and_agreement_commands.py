"""Commands on KPI entries and agreements of one dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.fields import ENTRY
from samenleven_desktop.domain.kpi import EntryKind, LedgerEntry
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.core.checks import check_about, check_value
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.sessions.commands import check_agreement, check_due, check_totals, check_units
from samenleven_desktop.storage.repositories import work


@dataclass(frozen=True)
class AddKpiEntry:
    """Adds a KPI entry to a commitment; with `corrects_id` it replaces an earlier row. Returns its id."""

    commitment_id: str
    day: date
    kind: EntryKind
    units: int
    note: str | None = None
    member_id: str | None = None
    offer_use_id: str | None = None
    corrects_id: str | None = None

    name: ClassVar[str] = N_("KPI entry of {day} added")

    def details(self) -> Mapping[str, object]:
        return {"day": self.day}

    def check(self) -> None:
        """Raises UserError naming the field that is wrong."""
        check_value(ENTRY["day"], self.day)
        check_value(ENTRY["note"], self.note)
        check_units(self.units, self.kind)

    def row(self) -> LedgerEntry:
        return LedgerEntry(self.day, self.kind, self.units, corrects=self.corrects_id)

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        return self.execute_all([self], unit)[0]

    @staticmethod
    def execute_all(entries: Sequence[AddKpiEntry], unit: UnitOfWork) -> list[str]:
        """Adds many entries with few queries."""
        for one in entries:
            one.check()
            work.check_links(unit, one.commitment_id, one.offer_use_id)
        work.check_corrections(unit, [one.corrects_id for one in entries if one.corrects_id is not None])
        check_totals(unit, [(one.commitment_id, one.row()) for one in entries])
        return [one._add(unit) for one in entries]

    def _add(self, unit: UnitOfWork) -> str:
        return work.add_kpi_entry(
            unit,
            commitment_id=self.commitment_id,
            member_id=self.member_id,
            day=self.day,
            kind=self.kind.value,
            units=self.units,
            note=check_value(ENTRY["note"], self.note),
            offer_use_id=self.offer_use_id,
            corrects_id=self.corrects_id,
        )


@dataclass(frozen=True)
class AddAgreement(WithoutDetails):
    """Adds an agreement: who does what by when, on the record in `about_table` and `about_id`; `done_on` for one that
    was done already. Returns the id."""

    government_id: str
    who: Party
    what: str
    due: date | None = None
    about_table: str | None = None
    about_id: str | None = None
    done_on: date | None = None

    name: ClassVar[str] = N_("Agreement added")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        return work.add_agreement(
            unit,
            government_id=self.government_id,
            who=self.who.value,
            what=check_agreement(self.what, "what"),
            due=check_due(self.due, "due"),
            about_table=check_about(self.about_table),
            about_id=self.about_id,
            done_on=check_due(self.done_on, "done_on"),
        )


@dataclass(frozen=True)
class ChangeAgreement(WithoutDetails):
    """Changes the text, the day or the responsible party of an agreement."""

    agreement_id: str
    who: Party
    what: str
    due: date | None

    name: ClassVar[str] = N_("Agreement changed")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        what, due = check_agreement(self.what, "what"), check_due(self.due, "due")
        work.change_agreement(unit, self.agreement_id, who=self.who.value, what=what, due=due)


@dataclass(frozen=True)
class CompleteAgreement(WithoutDetails):
    """Marks an agreement as done on a day, or as open again with None."""

    agreement_id: str
    done_on: date | None

    name: ClassVar[str] = N_("Agreement marked as done or open")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        work.change_agreement(unit, self.agreement_id, done_on=check_due(self.done_on, "done_on"))


@dataclass(frozen=True)
class DeleteAgreement(WithoutDetails):
    agreement_id: str

    name: ClassVar[str] = N_("Agreement deleted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        work.delete_agreement(unit, self.agreement_id)
