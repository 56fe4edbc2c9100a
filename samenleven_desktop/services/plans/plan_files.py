"""Plan files: reads another plan or version, lists its changes, stores it, and selects the plan in use.

Records keep the plan version they were made under (`QueryContext.plan_of`); new ones use the newest.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.plan_diff import PlanChange, compare
from samenleven_desktop.interchange.plan_file import plan_from_json, plan_to_json, read_plan
from samenleven_desktop.interchange.tables.writer import NO_ENDING
from samenleven_desktop.services.core.lookup import in_plan
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.plans.reference_data import put_plan
from samenleven_desktop.services.safekeeping.operations import back_up
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.queries import reference

YAML_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True)
class PlanLine:
    """A plan in this file with the version in use, else its newest; `chosen` is the one that counts today."""

    id: str
    code: str
    name: str
    version: str
    versions: int
    chosen: bool
    in_use: bool = True


@dataclass(frozen=True)
class Candidate:
    """A plan file that was read and checked, with its changes; `old` is None if this file does not have the plan."""

    plan: Plan
    old: Plan | None
    changes: tuple[PlanChange, ...]


def list_plans(context: QueryContext) -> list[PlanLine]:
    """Returns the plans of this file, newest first."""
    stored = reference.plans(context.view)
    newest = {one.id: one for one in reversed(stored)}
    return [
        PlanLine(
            id=one.id,
            code=one.code,
            name=plan_from_json(one.content).name,
            version=one.version,
            versions=sum(other.id == one.id for other in stored),
            chosen=one.id == context.plan.id,
            in_use=one.in_use,
        )
        for one in sorted(newest.values(), key=lambda one: one.code)
    ]


def examine_plan_file(context: QueryContext, path: Path) -> Candidate:
    """Reads and checks a plan file and compares it with the stored plan; stores nothing.

    Raises UserError naming the place of an error, for a version that is already stored, or for an older one.
    """
    plan = read_plan(path)
    stored = next((one for one in reference.plans(context.view) if one.code == plan.code), None)
    if stored is None:
        return Candidate(plan, None, ())
    if plan.version < stored.version:
        raise UserError(
            N_("{file} is version {version}; version {present} is in use already and newer."),
            field="file",
            file=path.name,
            version=plan.version,
            present=stored.version,
        )
    old = plan_from_json(stored.content)
    if plan.version == stored.version:
        same = plan_to_json(plan) == stored.content
        raise UserError(
            N_("{file} is in use already.")
            if same
            else N_("{file} has other content than version {version} that is in use. Give it a version of its own."),
            field="file",
            file=path.name,
            version=plan.version,
        )
    return Candidate(plan, old, tuple(compare(old, plan)))


def stored_plan(context: QueryContext, which: str) -> Plan:
    """Returns a plan of this file by code or id: the version in use, else the newest. Raises UserError if unknown."""
    return in_plan(context, which).plan


def plan_as_data(plan: Plan) -> dict[str, object]:
    """Returns a plan as the content of its plan file."""
    from samenleven_desktop.interchange.plan_tables import days_as_text, plan_tables

    content: dict[str, object] = days_as_text(plan_tables(plan))
    return content


def plan_file_content(plan: Plan, path: Path) -> bytes:
    """Returns the plan file to write at a path, by its ending. Raises UserError for an unknown one."""
    from samenleven_desktop.interchange.plan_yaml import plan_to_yaml

    if path.suffix.lower() not in YAML_ENDINGS:
        raise UserError(NO_ENDING, field="out", file=path.name, endings=", ".join(YAML_ENDINGS))
    return plan_to_yaml(plan)


def load_plan(workspace: Workspace, plan: Plan) -> None:
    """Stores an examined plan: a backup first, then one transaction.

    A new version of a plan in use replaces the one in use; another plan is not in use until the coach takes it in use.
    """
    in_use = workspace.plans.with_id(plan.id) is not None
    back_up(workspace, "plan")
    workspace.write_untracked(lambda view: put_plan(view, plan, in_use=in_use))
    workspace.reload_plans()
