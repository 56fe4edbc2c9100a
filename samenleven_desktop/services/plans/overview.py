"""Queries of the screen *Plannen*: every version of every plan in the work file, and what one of them says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.plan_diff import compare
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.plan_reader import plan_from_json
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.plans.later_rules import differences
from samenleven_desktop.services.plans.plan_drafts import list_drafts
from samenleven_desktop.services.plans.plan_sheet import Part, plan_sheet
from samenleven_desktop.services.plans.stored_plans import Candidate
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.queries import reference


class PlanState(StrEnum):
    """OLDER: another version of the plan, with a later name, is in use."""

    DRAFT = "draft"
    IN_USE = "in_use"
    OLDER = "older"
    NOT_IN_USE = "not_in_use"


@dataclass(frozen=True)
class PlanVersionRow:
    """A version of a plan or a draft; `id` is the hash or the key of the draft.

    Author and day are None for a version that came with the program. A draft has no plan, code and days.
    """

    id: str
    plan_id: str
    code: str
    name: str
    version: str
    state: PlanState
    counts: bool
    first: date | None
    last: date | None
    author: str | None
    made_on: date | None


def plan_versions(context: QueryContext) -> list[PlanVersionRow]:
    """Returns the versions by plan, the plan that began last first; in each the version in use, then the newest."""
    stored = reference.plans(context.view)
    in_use = {one.id: one.version for one in stored if one.in_use}
    rows = []
    for one in stored:
        plan = plan_from_json(one.content)
        state = PlanState.OLDER if one.version < in_use.get(one.id, "") else PlanState.NOT_IN_USE
        rows.append(
            PlanVersionRow(
                id=one.hash,
                plan_id=one.id,
                code=one.code,
                name=plan.name,
                version=one.version,
                state=PlanState.IN_USE if one.in_use else state,
                counts=one.in_use and one.id == context.plan.id,
                first=plan.years[0].start,
                last=plan.years[-1].end,
                author=one.author,
                made_on=one.made_on,
            )
        )
    newest = {row.plan_id: max(one.first or date.min for one in rows if one.plan_id == row.plan_id) for row in rows}
    return sorted(rows, key=lambda row: (newest[row.plan_id], row.code), reverse=True)


def plan_rows(workspace: Workspace) -> list[PlanVersionRow]:
    """Returns the drafts, newest first, and then the versions."""
    drafts = [
        PlanVersionRow(
            id=one.form,
            plan_id="",
            code="",
            name=str(one.content["values"].get("name", "")),
            version=str(one.content["values"].get("version", "")),
            state=PlanState.DRAFT,
            counts=False,
            first=None,
            last=None,
            author=None,
            made_on=one.saved_at.date(),
        )
        for one in list_drafts(workspace)
    ]
    return [*drafts, *workspace.query(plan_versions)]


def version_names(context: QueryContext, code: str) -> list[str]:
    return [one.version for one in reference.plans(context.view) if one.code == code]


def plan_version(context: QueryContext, version_hash: str) -> Plan:
    """Raises UserError if the file no longer has this version."""
    found = next((one for one in reference.plans(context.view) if one.hash == version_hash), None)
    if found is None:
        raise UserError(N_("This version of the plan is not in this work file."), field="plan_id")
    return plan_from_json(found.content)


def version_sheet(context: QueryContext, version_hash: str, language: Language) -> list[Part]:
    """Returns everything that a version says, as headings with lines of text."""
    return plan_sheet(plan_version(context, version_hash), language)


def compare_version(context: QueryContext, version_hash: str) -> Candidate:
    """Returns what taking this version in use would change, against the version of its plan in use."""
    plan = plan_version(context, version_hash)
    old = context.plans.with_id(plan.id)
    if old is None:
        return Candidate(plan, None, ())
    return Candidate(plan, old, tuple(compare(old, plan)), tuple(differences(context, plan)))
