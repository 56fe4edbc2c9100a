"""Versions of plans in a pack: those that a coach loaded or wrote, as the content of their plan files.

The receiver checks each as a file that is loaded, stores what it lacks beside its own versions, and takes none in use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.file_place import FilePlace
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.interchange.plan_build import build_plan
from samenleven_desktop.interchange.plan_checks import check_plan
from samenleven_desktop.interchange.plan_content import Faults, plan_content
from samenleven_desktop.interchange.plan_reader import FORMATS, plan_from_json
from samenleven_desktop.interchange.plan_words import path_words
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.plans.reference_data import put_plan
from samenleven_desktop.services.plans.stored_plans import plan_as_data
from samenleven_desktop.storage.queries import kpi, reference
from samenleven_desktop.storage.view import View
from samenleven_desktop.sync import pack, pack_validation


@dataclass(frozen=True)
class PackedPlan:
    """A version that came in a pack, checked; who made it and when, as far as the pack says so."""

    plan: Plan
    author: str | None
    made_on: date
    made_from: str | None


def packed_plans(context: QueryContext) -> list[dict[str, Any]]:
    """Returns what a pack carries: the versions that did not come with the program, and are in use or worked under."""
    named = kpi.plan_hashes(context.view)
    return [
        {
            "content": plan_as_data(plan_from_json(one.content)),
            "author": one.author,
            "made_on": one.made_on.isoformat(),
            "made_from": one.made_from,
        }
        for one in reference.plans(context.view)
        if one.made_on is not None and (one.in_use or one.hash in named)
    ]


def plans_in(found: pack.Pack, name: str) -> list[PackedPlan]:
    """Returns the versions in a pack. Raises UserError if one is no plan; one of a newer format is left out."""
    made = []
    for one in found.plan_versions:
        content, author = one.get("content"), one.get("author")
        if not isinstance(content, dict):
            raise UserError(pack.NOT_TRUE, field="file", file=name)
        if content.get("format") not in FORMATS:
            continue
        try:
            made_on = date.fromisoformat(str(one.get("made_on")))
        except ValueError:
            raise UserError(pack.NOT_TRUE, field="file", file=name) from None
        known = isinstance(author, str) and pack_validation.is_label(author)
        before = one.get("made_from")
        made.append(
            PackedPlan(
                _checked(content, name),
                str(author) if known else None,
                made_on,
                before if isinstance(before, str) and len(before) <= pack_validation.LONGEST_LABEL else None,
            )
        )
    return made


def _checked(content: dict[str, Any], name: str) -> Plan:
    faults = Faults(name, lambda place: FilePlace(path_words(content, place)))
    file = plan_content(content, faults)
    check_plan(file, faults)
    faults.tell()
    return build_plan(file)


def lacking(view: View, plans: Sequence[PackedPlan]) -> list[PackedPlan]:
    """Returns the versions that this file does not have."""
    present = {one.hash for one in reference.plans(view)}
    return [one for one in plans if one.plan.content_hash not in present]


def store_plans(view: View, plans: Sequence[PackedPlan]) -> list[str]:
    """Stores versions, none in use; returns their hashes."""
    for one in plans:
        put_plan(view, one.plan, in_use=False, author=one.author, made_on=one.made_on, made_from=one.made_from)
    return [one.plan.content_hash for one in plans]
