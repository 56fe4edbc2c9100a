"""Plan files: reads another plan or version, lists its changes, stores it, and selects the plan in use.

Records keep the plan version they were made under (`QueryContext.plan_of`); new ones use the one in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.plan_diff import PlanChange, compare
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.plan_reader import plan_from_json, read_plan
from samenleven_desktop.interchange.tables.writer import NO_ENDING
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.core.lookup import in_plan
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.plans.commands import StopUsingPlan, UsePlan
from samenleven_desktop.services.plans.later_rules import LaterRule, differences
from samenleven_desktop.services.plans.reference_data import put_plan
from samenleven_desktop.services.safekeeping.workspace_file import back_up
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.exchange import forward_compatibility
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.view import View

YAML_ENDINGS = (".yaml", ".yml")
FORM_ENDING = ".xlsx"


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
    commitments: tuple[LaterRule, ...] = ()
    """The commitments whose amounts it would change, once the coach takes its rules over."""


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


@dataclass(frozen=True)
class VersionLine:
    """One version of a plan; author and day are those of the file it came from, None if it came with the program."""

    code: str
    version: str
    hash: str
    in_use: bool
    author: str | None
    made_on: date | None
    made_from: str | None


def list_versions(context: QueryContext) -> list[VersionLine]:
    """Returns every version of every plan of this file, that in use first, then the newest."""
    return [
        VersionLine(one.code, one.version, one.hash, one.in_use, one.author, one.made_on, one.made_from)
        for one in sorted(reference.plans(context.view), key=lambda one: one.code)
    ]


def examine_plan_file(context: QueryContext, path: Path) -> Candidate:
    """Reads and checks a plan file and compares it with the stored plan; stores nothing.

    A version is known by its content: another content under the same name is another version, beside the first. Raises
    UserError naming the place of an error, for a content that is already stored, or for an older version.
    """
    return examine_plan(context, read_plan(path), path.name)


def examine_plan(context: QueryContext, plan: Plan, name: str) -> Candidate:
    """Compares a checked plan with the stored one as `examine_plan_file` does; `name` is what a refusal calls it."""
    versions = [one for one in reference.plans(context.view) if one.code == plan.code]
    if not versions:
        return Candidate(plan, None, ())
    stored = versions[0]
    there = next((one for one in versions if one.hash == plan.content_hash), None)
    if there is not None:
        raise UserError(
            N_("{file} is in use already.") if there.in_use else N_("{file} is in this work file already."),
            field="file",
            file=name,
        )
    if plan.version < stored.version:
        raise UserError(
            N_("{file} is version {version}; version {present} is in use already and newer."),
            field="file",
            file=name,
            version=plan.version,
            present=stored.version,
        )
    old = plan_from_json(stored.content)
    return Candidate(plan, old, tuple(compare(old, plan)), tuple(differences(context, plan)))


def stored_plan(context: QueryContext, which: str) -> Plan:
    """Returns a plan of this file by code or id: the version in use, else the newest. Raises UserError if unknown.

    `code@hash`, with the first signs of a hash, names one version.
    """
    name, _, start = which.partition("@")
    found = in_plan(context, name).plan
    if not start:
        return found
    versions = [one for one in reference.plans(context.view) if one.id == found.id and one.hash.startswith(start)]
    if len(versions) != 1:
        raise UserError(N_("{plan} has no version {version}."), field="plan", plan=found.code, version=start)
    return plan_from_json(versions[0].content)


def plan_as_data(plan: Plan) -> dict[str, object]:
    """Returns a plan as the content of its plan file."""
    from samenleven_desktop.interchange.plan_tables import days_as_text, plan_tables

    content: dict[str, object] = days_as_text(plan_tables(plan))
    return content


def plan_file_content(plan: Plan, path: Path, language: Language) -> bytes:
    """Returns the plan file or Excel form to write at a path, by its ending. Raises UserError for an unknown one."""
    from samenleven_desktop.interchange.plan_form import plan_to_form
    from samenleven_desktop.interchange.plan_yaml import plan_to_yaml

    ending = path.suffix.lower()
    if ending == FORM_ENDING:
        return plan_to_form(plan, language)
    if ending not in YAML_ENDINGS:
        raise UserError(NO_ENDING, field="out", file=path.name, endings=", ".join((*YAML_ENDINGS, FORM_ENDING)))
    return plan_to_yaml(plan)


def empty_form(language: Language) -> bytes:
    """Returns an Excel form that is still to be filled in, with what each sheet is for."""
    from samenleven_desktop.interchange.plan_form import form_of

    return form_of({}, language)


def load_plan(workspace: Workspace, plan: Plan, *, use: bool | None = None, made_from: str | None = None) -> Done[None]:
    """Stores an examined plan after a backup; taking it in use is an undo step of its own.

    Without `use`, a newer version of a plan in use replaces that one; another version of the same name, and another
    plan, are not in use until the coach takes them in use. Rows from colleagues that waited for the plan come in.
    `made_from` is the hash of the version it was made from, else that in use or the newest.
    """
    if use is None:
        present = workspace.plans.with_id(plan.id)
        use = present is not None and plan.version > present.version
    author, before = workspace.query(_author), made_from or workspace.query(_newest_hash, plan.id)
    back_up(workspace, "plan")

    def load(view: View) -> None:
        put_plan(view, plan, in_use=False, author=author, made_on=workspace.today, made_from=before)
        forward_compatibility.take_waiting_in(view.connection, workspace.store.runtime.now())

    workspace.write_untracked(load)
    return workspace.run(UsePlan(plan.id, plan.content_hash)) if use else Done("", None, ())


def take_in_use(workspace: Workspace, plan_id: str, version_hash: str | None = None) -> Done[None]:
    """Takes a stored version in use, after a backup, as one undo step."""
    back_up(workspace, "plan")
    return workspace.run(UsePlan(plan_id, version_hash))


def take_out_of_use(workspace: Workspace, plan_id: str) -> Done[None]:
    """Takes a plan out of use, after a backup, as one undo step."""
    back_up(workspace, "plan")
    return workspace.run(StopUsingPlan(plan_id))


def _author(context: QueryContext) -> str | None:
    return next((label for id_, label, _ in reference.officers(context.view) if id_ == context.officer_id), None)


def _newest_hash(context: QueryContext, plan_id: str) -> str | None:
    return next((one.hash for one in reference.plans(context.view) if one.id == plan_id), None)
