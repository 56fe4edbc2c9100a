"""Retention: periods per kind, records past their period, and the date of the last review."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date

from samenleven_desktop.i18n.file_labels import RETENTION_KINDS
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.history import ExpiredLine
from samenleven_desktop.services.safekeeping.erasure import DEFAULT_MONTHS, erased_so_far, retention_review
from samenleven_desktop.services.workfile.workspace import Workspace

MONTHS, LOOKED_ON = "retention_months", "retention_looked_on"


@dataclass(frozen=True)
class Review:
    """Today's list, with the periods (months by kind, 0 for good) and the numbers erased so far by table."""

    months: dict[str, int]
    lines: tuple[ExpiredLine, ...]
    looked_on: date | None
    erased: dict[str, int]


def review(workspace: Workspace) -> Review:
    """Returns all data of the section *Bewaartermijnen*."""
    facts = workspace.facts_named(MONTHS, LOOKED_ON)
    months = {**DEFAULT_MONTHS, **json.loads(facts[MONTHS] or "{}")}
    erased: Counter[str] = Counter()
    for _, table, number in workspace.query(erased_so_far):
        erased[table] += number
    looked_on = facts[LOOKED_ON]
    return Review(
        months,
        tuple(workspace.query(retention_review, months)),
        date.fromisoformat(looked_on) if looked_on else None,
        dict(erased),
    )


def retention_due(workspace: Workspace) -> int:
    """Returns the number of records past their period if there was no review in this quarter; otherwise 0."""
    found = review(workspace)
    return (
        0
        if found.looked_on is not None and _quarter(found.looked_on) == _quarter(workspace.today)
        else len(found.lines)
    )


def erased_report(workspace: Workspace, language: Language) -> bytes:
    """Returns a PDF of what was erased so far and the periods in force."""
    from samenleven_desktop.reports.erasures import erased_document
    from samenleven_desktop.reports.pdf import write_pdf

    months = review(workspace).months
    periods = [
        (
            language.text(caption),
            language.text("for good") if not months[kind] else language.plural("{n} month", "{n} months", months[kind]),
        )
        for kind, caption in RETENTION_KINDS.items()
    ]
    return write_pdf(erased_document(workspace.query(erased_so_far), periods, workspace.today, language))


def keep_for(workspace: Workspace, kind: str, months: int) -> None:
    """Sets the number of months for which records of this kind are kept after their last use; 0: for good."""
    workspace.note_fact(MONTHS, json.dumps({**review(workspace).months, kind: months}))


def retention_looked_through(workspace: Workspace) -> None:
    """Records that the list was reviewed today."""
    workspace.note_fact(LOOKED_ON, workspace.today.isoformat())


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3
