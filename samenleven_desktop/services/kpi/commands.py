"""Commands on commitments: taking a target up, its five numbers and money, its rank, its words, letting it go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from samenleven_desktop.domain.commitment import JuryResult
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.services.core.checks import NOT_WHOLE, check_amount, check_length, check_number
from samenleven_desktop.services.core.command import FieldEdit, UnitOfWork
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.repositories import sessions as work

NUMBERS = ("existing_reach", "requested", "confirmed", "interim_reached", "final_reached")
WORDS = ("motivation", "anchor_moments", "note")


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

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        for name in ("existing_reach", "requested", "confirmed", "granted_cents"):
            (check_amount if name == "granted_cents" else check_number)(getattr(self, name), name)
        year = context.plan.year(self.year)
        if year is None or context.plan.target(self.target_id).in_year(self.year) is None:
            raise UserError(N_("This target does not exist in project year {year}."), field="target", year=self.year)
        if work.has_commitment(unit, self.applicant_id, year.id, self.target_id):
            raise UserError(N_("This target was taken up already in this project year."), field="target")
        return work.add_commitment(
            unit,
            applicant_id=self.applicant_id,
            project_year_id=year.id,
            target_id=self.target_id,
            plan_version=context.plan.version,
            existing_reach=self.existing_reach,
            requested=self.requested,
            confirmed=self.confirmed,
            granted_cents=self.granted_cents,
            rank=self.rank,
        )


@dataclass(frozen=True)
class ChangeCommitments:
    """Sets numbers, rank, granted amount (cents), jury result or words of commitments; one undo step for them all.

    The five numbers never overwrite one another, and an amount that differs from units x rate stands as it is.
    """

    edits: tuple[FieldEdit, ...]

    name: ClassVar[str] = N_("Commitment changed")

    def details(self) -> Mapping[str, object]:
        return {}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        changed: dict[str, dict[str, object]] = {}
        for edit in self.edits:
            changed.setdefault(edit.row_id, {})[edit.field] = _checked(edit)
        for commitment_id, values in changed.items():
            work.change_commitment(unit, commitment_id, **values)


@dataclass(frozen=True)
class DeleteCommitment:
    """Lets a target go, with its ledger rows; offers in use stay, without a target."""

    commitment_id: str

    name: ClassVar[str] = N_("Commitment deleted")

    def details(self) -> Mapping[str, object]:
        return {}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        work.delete_commitment(unit, self.commitment_id)


def _checked(edit: FieldEdit) -> object:
    value = edit.value
    if edit.field == "existing_reach" and value is None:
        raise UserError(NOT_WHOLE, field=edit.field)
    if edit.field in NUMBERS:
        check_number(value, edit.field)
    elif edit.field == "rank":
        if value is not None and (not isinstance(value, int) or not 1 <= value <= 99):
            raise UserError(N_("Type a rank from 1 to 99."), field="rank")
    elif edit.field == "granted_cents":
        check_amount(value, edit.field)
    elif edit.field == "jury_result":
        if value is not None and value not in list(JuryResult):
            raise UserError(N_("Choose positive or negative, or leave it open."), field="jury_result")
    elif edit.field in WORDS:
        return check_length(str(value or "").strip(), edit.field) or None
    else:
        raise UserError(N_("This field cannot be changed here."), field=edit.field)
    return value
