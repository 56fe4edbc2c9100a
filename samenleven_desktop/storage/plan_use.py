"""Takes a version of a plan in or out of use, as an undo step.

What is in use is a choice of this file: it stays outside the change log and packs. So the details of the step hold what
was in use before and after, and undo and redo put that back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, select, update

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.storage.models import CommandLog, Meta, PlanRow, table_of
from samenleven_desktop.storage.repositories import shipped
from samenleven_desktop.storage.unit_of_work import CHANGED_SINCE, ChangedRow, UnitOfWork
from samenleven_desktop.storage.view import View

_COMMAND, _PLAN, _META = table_of(CommandLog), table_of(PlanRow), table_of(Meta)
_KEY = "plan_use"
PREFERRED = "chosen_plan"
PLAN_VERSIONS = "plan_versions"
"""In the details of a pack: the hashes of the versions that it brought."""


def use(unit: UnitOfWork, plan_id: str, version_hash: str | None) -> None:
    """Takes this version in use (the newest without a hash); the plan counts where two run on one day."""
    before = _state(unit.connection, plan_id)
    view = View(unit.connection)
    shipped.take_in_use(view, plan_id, version_hash)
    shipped.put_meta(view, PREFERRED, plan_id)
    _note(unit, plan_id, before)


def stop_using(unit: UnitOfWork, plan_id: str) -> None:
    before = _state(unit.connection, plan_id)
    shipped.take_out_of_use(View(unit.connection), plan_id)
    _note(unit, plan_id, before)


def revert(unit: UnitOfWork, details: Mapping[str, object], *, undone: bool) -> None:
    """Puts back what was in use before the step, or after it if the step itself was undone (`undone`).

    Does nothing for a step of another kind. Raises UserError if another version was taken in use since.
    """
    noted = details.get(_KEY)
    if not isinstance(noted, dict):
        return
    plan_id, present, wanted = noted["plan_id"], noted["after"], noted["before"]
    if undone:
        present, wanted = wanted, present
    if _state(unit.connection, plan_id)[0] != present[0]:
        raise UserError(CHANGED_SINCE)
    view = View(unit.connection)
    if wanted[0] is None:
        shipped.take_out_of_use(view, plan_id)
    else:
        shipped.take_in_use(view, plan_id, wanted[0])
    shipped.put_meta(view, PREFERRED, wanted[1])
    unit.changed.append(ChangedRow(_PLAN.name, plan_id, ()))


def drop_brought(connection: Connection, details: Mapping[str, object]) -> None:
    """Removes the versions that a pack brought, once the pack is undone."""
    brought = details.get(PLAN_VERSIONS)
    if isinstance(brought, list):
        shipped.drop_plans(View(connection), [str(one) for one in brought])


def _state(connection: Connection, plan_id: str) -> tuple[str | None, str]:
    """Returns the hash of the version in use, and the plan that counts where two run on one day."""
    in_use = select(_PLAN.c.hash).where(_PLAN.c.id == plan_id, _PLAN.c.in_use)
    preferred = select(_META.c.value).where(_META.c.key == PREFERRED)
    return connection.execute(in_use).scalar(), connection.execute(preferred).scalar() or ""


def _note(unit: UnitOfWork, plan_id: str, before: tuple[str | None, str]) -> None:
    own = _COMMAND.c.id == unit.command_id
    name = unit.connection.execute(select(_PLAN.c.name).where(_PLAN.c.id == plan_id).limit(1)).scalar()
    details = json.loads(unit.connection.execute(select(_COMMAND.c.details).where(own)).scalar() or "{}")
    details |= {"plan": name, _KEY: {"plan_id": plan_id, "before": before, "after": _state(unit.connection, plan_id)}}
    unit.connection.execute(update(_COMMAND).where(own).values(details=json.dumps(details, ensure_ascii=False)))
    unit.changed.append(ChangedRow(_PLAN.name, plan_id, ()))
