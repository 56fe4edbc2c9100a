"""Commands on commitments: adding one, its five numbers and money, its rank, its texts, deleting it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.field_declaration import RecordField
from samenleven_desktop.domain.fields import COMMITMENT
from samenleven_desktop.domain.typed_values import NOT_WHOLE
from samenleven_desktop.services.core.checks import check_value, record_values
from samenleven_desktop.services.core.command import FieldEdit, UnitOfWork, WithoutDetails, by_row
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.repositories import work

NUMBERS = ("existing_reach", "requested", "confirmed", "interim_reached", "final_reached")
WORDS = ("motivation", "anchor_moments", "note")


@dataclass(frozen=True)
class AddCommitment(WithoutDetails):
    """Adds a commitment of an applicant to a target in a year; total reaches, amount in cents. Returns its id."""

    applicant_id: str
    year: int
    target_id: str
    existing_reach: int = 0
    requested: int | None = None
    confirmed: int | None = None
    granted_cents: int | None = None
    rank: int | None = None
    interim_reached: int | None = None
    final_reached: int | None = None
    motivation: str | None = None
    anchor_moments: str | None = None
    note: str | None = None

    name: ClassVar[str] = N_("Commitment added")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        values = record_values(COMMITMENT, self)
        context = context.within(context.plan_of_target(self.target_id))
        year = context.plan.year(self.year)
        there = context.plan.has_target(self.target_id) and context.plan.target(self.target_id).in_year(self.year)
        if year is None or not there:
            raise UserError(N_("This target does not exist in project year {year}."), field="target", year=self.year)
        if work.has_commitment(unit, self.applicant_id, year.id, self.target_id):
            raise UserError(N_("This target was taken up already in this project year."), field="target")
        return work.add_commitment(
            unit,
            applicant_id=self.applicant_id,
            project_year_id=year.id,
            target_id=self.target_id,
            plan_version=context.plan.version,
            plan_hash=context.plan.content_hash,
            **values,
        )


@dataclass(frozen=True)
class ChangeCommitments(WithoutDetails):
    """Sets numbers, rank, granted amount (cents), jury result or texts of commitments, as one undo step.

    The five numbers never overwrite one another, and an amount that differs from units x rate is kept as entered.
    """

    edits: tuple[FieldEdit, ...]

    name: ClassVar[str] = N_("Commitment changed")
    FIELDS: ClassVar[Mapping[str, RecordField]] = COMMITMENT

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        for commitment_id, values in by_row(self.edits, COMMITMENT).items():
            checked = {name: check_commitment(name, value) for name, value in values.items()}
            work.change_commitment(unit, commitment_id, **checked)


@dataclass(frozen=True)
class DeleteCommitment(WithoutDetails):
    """Deletes a commitment with its ledger rows; offers in use stay, without a target."""

    commitment_id: str

    name: ClassVar[str] = N_("Commitment deleted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        work.delete_commitment(unit, self.commitment_id)


def check_commitment(key: str, value: object) -> object:
    """Returns the value of a commitment as stored. Raises UserError naming the field."""
    field = COMMITMENT[key]
    if key == "existing_reach" and value is None:
        raise UserError(NOT_WHOLE, field=key)
    return check_value(field, value)
