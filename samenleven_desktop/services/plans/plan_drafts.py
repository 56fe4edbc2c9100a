"""Draft plans: begun from nothing, from a version, or with the next period; kept as a draft until they are a version.

A draft lies in the work file beside the drafts of forms, outside log and packs. Storing it as a version is `load_plan`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.domain.kept_draft import KeptDraft
from samenleven_desktop.domain.plan import Plan, ProjectYear
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.plan_draft import (
    ACTIONS,
    CERTAINTY,
    SOURCE,
    SOURCE_GRID,
    YEARS,
    DraftRow,
    PlanDraft,
    draft_of,
)
from samenleven_desktop.interchange.plan_form import CHOICES
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.plans.stored_plans import load_plan
from samenleven_desktop.services.workfile.workspace import Workspace

DRAFT_KIND = "plan"
_NO_SOURCE = N_("no source yet")
_YEARS_GRID = "years"
_OF_A_PERIOD = ("unit", "year_label", "code", "number")


def list_drafts(workspace: Workspace) -> list[KeptDraft]:
    """Returns the draft plans, newest first."""
    return workspace.drafts_of(DRAFT_KIND)


def begin_draft(workspace: Workspace, draft: PlanDraft) -> str:
    """Stores a new draft and returns its key."""
    key = f"{DRAFT_KIND}:{new_id()}"
    workspace.save_draft(key, draft.as_json())
    return key


def store_draft(workspace: Workspace, key: str, plan: Plan, made_from: str | None, *, use: bool) -> Done[None]:
    """Stores the finished plan as a version, after a backup, and drops its draft."""
    done = load_plan(workspace, plan, use=use, made_from=made_from)
    workspace.drop_draft(key)
    return done


def new_plan(language: Language, today: date) -> PlanDraft:
    """Returns the draft of a plan from nothing: one source, to be named, and today as the name of the version."""
    rows = {SOURCE_GRID: (_no_source(language),)}
    return PlanDraft({"version": today.isoformat()}, rows)


def new_version(plan: Plan, names: Sequence[str], language: Language, today: date) -> PlanDraft:
    """Returns a draft that says what the plan says, under a name that no version has (`names`)."""
    draft = draft_of(plan, language)
    return replace(draft, values={**draft.values, "version": _free(today.isoformat(), names)})


def copy_of(plan: Plan, language: Language, today: date) -> PlanDraft:
    """Returns the draft of another plan that says the same; its code is still to be filled in."""
    draft = draft_of(plan, language)
    values = {key: words for key, words in draft.values.items() if key != "code"}
    name = language.text("Copy of {name}", name=plan.name)
    return PlanDraft({**values, "name": name, "version": today.isoformat()}, draft.rows)


def next_period(plan: Plan, names: Sequence[str], language: Language, today: date) -> PlanDraft:
    """Returns a new version with one more period, as long as the last one, whose rules are not known yet.

    Actions and targets of the last period go on, without rate, cap or financing.
    """
    draft = new_version(plan, names, language, today)
    last = plan.years[-1]
    number = str(last.number + 1)
    start, end = _after(last)
    source = next((row for row in draft.grid(SOURCE_GRID) if row.cell("key") == language.text(_NO_SOURCE)), None)
    made = source or _no_source(language)
    sources = draft.grid(SOURCE_GRID) + (() if source is not None else (made,))
    year = {
        "number": number,
        "name": language.text("Project year {n}", n=number),
        "start": f"{start:%d-%m-%Y}",
        "end": f"{end:%d-%m-%Y}",
        "sources": made.cell("key"),
    }
    unknown = CHOICES["unknown"]
    not_known = {YEARS: number, CERTAINTY: language.text(unknown), SOURCE: made.cell("key")}
    lines: list[DraftRow] = []
    for row in draft.grid(ACTIONS):
        lines.append(row)
        if str(last.number) in row.cell(YEARS).replace(",", " ").split() and row.cell("code"):
            kept = {key: words for key, words in row.cells.items() if key in _OF_A_PERIOD}
            lines.append(DraftRow(new_id(), kept | not_known))
    rows = {
        **draft.rows,
        _YEARS_GRID: (*draft.grid(_YEARS_GRID), DraftRow(new_id(), year)),
        ACTIONS: tuple(lines),
        SOURCE_GRID: sources,
    }
    return replace(draft, rows=rows)


def _no_source(language: Language) -> DraftRow:
    key = language.text(_NO_SOURCE)
    return DraftRow(new_id(), {"key": key, "address": language.text("Still to be looked up.")})


def _after(year: ProjectYear) -> tuple[date, date]:
    """Returns a period of the same length, in whole years if it was one of whole years."""
    start = year.end + timedelta(days=1)
    if (start.month, start.day) == (year.start.month, year.start.day):
        return start, start.replace(year=2 * start.year - year.start.year) - timedelta(days=1)
    return start, start + (year.end - year.start)


def _free(name: str, names: Sequence[str]) -> str:
    """Returns the name, or one that comes after those of all versions."""
    newest = max(names, default="")
    if name > newest:
        return name
    stem, _, last = newest.rpartition(".")
    stem, n = (stem, int(last)) if stem and last.isdigit() else (newest, 1)
    while name <= newest:
        n += 1
        name = f"{stem}.{n}"
    return name
