"""Taking a version of a plan in use, and out of use. Work under a plan stays, whatever is in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage import plan_use
from samenleven_desktop.storage.queries import reference

_NO_VERSION = N_("This version of the plan is not in this work file.")


@dataclass(frozen=True)
class UsePlan(WithoutDetails):
    """`version_hash`: the version, by the hash of its content; None: that in use, else the newest."""

    plan_id: str
    version_hash: str | None = None

    name: ClassVar[str] = N_("Taken in use: {plan}")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        versions = [one for one in reference.plans(context.view) if one.id == self.plan_id]
        if not versions or self.version_hash not in (None, *(one.hash for one in versions)):
            raise UserError(_NO_VERSION, field="plan_id")
        plan_use.use(unit, self.plan_id, self.version_hash)


@dataclass(frozen=True)
class StopUsingPlan(WithoutDetails):
    """Without any plan in use the program shows days only: no actions, no project years."""

    plan_id: str

    name: ClassVar[str] = N_("Taken out of use: {plan}")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        if all(plan.id != self.plan_id for plan in context.plans):
            raise UserError(N_("This plan is not in use."), field="plan_id")
        plan_use.stop_using(unit, self.plan_id)
