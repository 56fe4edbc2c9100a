"""Commands on one dossier: commitments, KPI entries, agreements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.rows import Party
from samenleven_desktop.services.command import UnitOfWork
from samenleven_desktop.services.commands.sessions import check_agreement, check_units
from samenleven_desktop.services.reading import Reading
from samenleven_desktop.storage.repositories import work

NUMBERS = ("existing_reach", "requested", "confirmed", "interim_reached", "final_reached")


@dataclass(frozen=True)
class AddCommitment:
    """Takes up a target for an applicant in a project year; whole reaches, amount in cents. Gives its id."""

    applicant_id: str
    year: int
    target_id: str
    existing_reach: int = 0
    requested: int | None = None
    confirmed: int | None = None
    granted_cents: int | None = None
    rank: int | None = None

    name: ClassVar[str] = N_("Commitment added")

    def details(self) -> Mapping[str, object]:
        return {}

    def execute(self, unit: UnitOfWork, reading: Reading) -> str:
        for name in ("existing_reach", "requested", "confirmed", "granted_cents"):
            _check_number(getattr(self, name), name)
        year = reading.plan.year(self.year)
        if year is None or reading.plan.target(self.target_id).in_year(self.year) is None:
            raise UserError(N_("This target does not exist in project year {year}."), field="target", year=self.year)
        if work.has_commitment(unit, self.applicant_id, year.id, self.target_id):
            raise UserError(N_("This target was taken up already in this project year."), field="target")
        return work.add_commitment(
            unit,
            applicant_id=self.applicant_id,
            project_year_id=year.id,
            target_id=self.target_id,
            plan_version=reading.plan.version,
            existing_reach=self.existing_reach,
            requested=self.requested,
            confirmed=self.confirmed,
            granted_cents=self.granted_cents,
            rank=self.rank,
        )


@dataclass(frozen=True)
class ChangeCommitment:
    """Sets one of the five numbers, the rank or the granted amount (cents) of a commitment."""

    commitment_id: str
    field: str
    value: int | None

    name: ClassVar[str] = N_("Commitment changed")

    def details(self) -> Mapping[str, object]:
        return {}

    def execute(self, unit: UnitOfWork, reading: Reading) -> None:
        if self.field not in (*NUMBERS, "rank", "granted_cents"):
            raise UserError(N_("This field cannot be changed here."), field=self.field)
        if self.field == "existing_reach" and self.value is None:
            raise UserError(N_("Type a whole number, 0 or more."), field=self.field)
        _check_number(self.value, self.field)
        work.change_commitment(unit, self.commitment_id, **{self.field: self.value})


@dataclass(frozen=True)
class AddKpiEntry:
    """A count toward a commitment; with `corrects_id` it takes the place of an earlier row. Gives its id."""

    commitment_id: str
    day: date
    kind: EntryKind
    units: int
    note: str | None = None
    member_id: str | None = None
    corrects_id: str | None = None

    name: ClassVar[str] = N_("KPI entry of {day} added")

    def details(self) -> Mapping[str, object]:
        return {"day": self.day}

    def execute(self, unit: UnitOfWork, reading: Reading) -> str:
        return work.add_kpi_entry(
            unit,
            commitment_id=self.commitment_id,
            member_id=self.member_id,
            day=self.day,
            kind=self.kind.value,
            units=check_units(self.units, self.kind),
            note=self.note,
            corrects_id=self.corrects_id,
        )


@dataclass(frozen=True)
class AddAgreement:
    """Writes down who does what by when. Gives the id."""

    government_id: str
    who: Party
    what: str
    due: date | None = None

    name: ClassVar[str] = N_("Agreement added")

    def details(self) -> Mapping[str, object]:
        return {}

    def execute(self, unit: UnitOfWork, reading: Reading) -> str:
        check_agreement(self.what, "what")
        return work.add_agreement(
            unit, government_id=self.government_id, who=self.who.value, what=self.what.strip(), due=self.due
        )


@dataclass(frozen=True)
class CompleteAgreement:
    """Marks an agreement as done on a day, or as open again with None."""

    agreement_id: str
    done_on: date | None

    name: ClassVar[str] = N_("Agreement marked as done or open")

    def details(self) -> Mapping[str, object]:
        return {}

    def execute(self, unit: UnitOfWork, reading: Reading) -> None:
        work.change_agreement(unit, self.agreement_id, done_on=self.done_on)


@dataclass(frozen=True)
class DeleteAgreement:
    agreement_id: str

    name: ClassVar[str] = N_("Agreement deleted")

    def details(self) -> Mapping[str, object]:
        return {}

    def execute(self, unit: UnitOfWork, reading: Reading) -> None:
        work.delete_agreement(unit, self.agreement_id)


def _check_number(value: int | None, where: str) -> None:
    if value is not None and value < 0:
        raise UserError(N_("Type a whole number, 0 or more."), field=where)
