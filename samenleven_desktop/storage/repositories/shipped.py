"""Writes shipped rows: replaced completely by their derived id, outside the change log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from samenleven_desktop.domain.government import Government, OriginFigure
from samenleven_desktop.domain.offer import Offer
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.storage.models import (
    TRACKED,
    ActionRow,
    CommitmentRow,
    GovernmentRow,
    Meta,
    OfferRow,
    OriginFigureRow,
    PlanRow,
    ProjectYearRow,
    TargetRow,
    table_of,
)
from samenleven_desktop.storage.queries import actions
from samenleven_desktop.storage.view import View

# What a shipped row never has: an earlier version let a pack change it.
_NO_MORE: dict[str, dict[str, Any]] = {
    "government": {"applicant_id": None, "deleted_at": None},
    "offer": dict.fromkeys(("valid_from", "valid_until", "region", "overlays_id", "deleted_at")),
}


def put_governments(view: View, governments: Iterable[tuple[Government, str]]) -> None:
    """Writes each government with its normalised name for searching."""
    _put(
        view,
        table_of(GovernmentRow),
        [
            {**asdict(one), "kind": one.kind.value, "search_name": search_name} | _NO_MORE["government"]
            for one, search_name in governments
        ],
    )


def put_origin_figures(view: View, figures: Iterable[OriginFigure]) -> None:
    _put(view, table_of(OriginFigureRow), [asdict(figure) for figure in figures])


def put_offers(view: View, offers: Iterable[Offer]) -> None:
    _put(
        view,
        table_of(OfferRow),
        [
            {
                "id": offer.id,
                "organisation": offer.organisation,
                "title": offer.title or offer.organisation,
                "cost": offer.cost.value,
                "actions": "",
                "all_actions": False,
                "action_ids": " ".join(
                    actions.of_offer(None, " ".join(map(str, offer.action_numbers)), offer.all_actions)
                ),
                "mentor_code": offer.mentor_code,
                "shipped": True,
                "price_cents": offer.price_cents,
                "price_unit": offer.price_unit,
                "note": offer.note,
                "source": offer.source,
            }
            | _NO_MORE["offer"]
            for offer in offers
        ],
    )


def put_plan(
    view: View,
    plan: Plan,
    content: str,
    *,
    in_use: bool = True,
    author: str | None = None,
    made_on: date | None = None,
    made_from: str | None = None,
) -> None:
    """Writes a version of a plan and the rows that records refer to. Other versions stay; new work uses that in use."""
    table = table_of(PlanRow)
    if in_use:
        view.connection.execute(update(table).where(table.c.id == plan.id).values(in_use=False))
    _put(
        view,
        table,
        [
            {
                "id": plan.id,
                "hash": plan.content_hash,
                "version": plan.version,
                "code": plan.code,
                "name": plan.name,
                "first_day": plan.years[0].start,
                "content": content,
                "in_use": in_use,
                "author": author,
                "made_on": made_on,
                "made_from": made_from,
            }
        ],
    )
    _put_parts(view, plan.id, content, over=in_use)


def _put_parts(view: View, plan_id: str, content: str, *, over: bool) -> None:
    """Writes the rows that records refer to; those of the version in use go `over` what another version says."""
    said = json.loads(content)
    years = [
        {"id": one["id"], "plan_id": plan_id, "number": one["number"]}
        | {key: date.fromisoformat(one[key]) for key in ("start", "end")}
        for one in said["years"]
    ]
    actions_said = [{"id": one["id"], "plan_id": plan_id, "number": one["number"]} for one in said["actions"]]
    targets = [
        {"id": target["id"], "plan_id": plan_id, "action_id": one["id"], "code": target["code"]}
        for one in said["actions"]
        for target in one["targets"]
    ]
    for model, rows in ((ProjectYearRow, years), (ActionRow, actions_said), (TargetRow, targets)):
        _put(view, table_of(model), rows, over=over)


def take_in_use(view: View, plan_id: str, version_hash: str | None = None) -> None:
    """Makes a version of a plan the one in use; without one the version that is in use already, else the newest."""
    table = table_of(PlanRow)
    if version_hash is None:
        versions = select(table.c.hash).where(table.c.id == plan_id)
        newest = versions.order_by(table.c.in_use.desc(), table.c.version.desc(), table.c.made_on.desc())
        version_hash = view.connection.execute(newest).scalars().first()
    chosen = table.c.hash == version_hash
    view.connection.execute(update(table).where(table.c.id == plan_id).values(in_use=chosen))
    content = select(table.c.content).where(table.c.id == plan_id, chosen)
    _put_parts(view, plan_id, view.connection.execute(content).scalar_one(), over=True)


def take_out_of_use(view: View, plan_id: str) -> None:
    table = table_of(PlanRow)
    view.connection.execute(update(table).where(table.c.id == plan_id).values(in_use=False))


def drop_plans(view: View, hashes: Iterable[str]) -> None:
    """Removes versions that came in a pack, unless they are in use or worked under by now."""
    table, commitment = table_of(PlanRow), table_of(CommitmentRow)
    worked = select(commitment.c.plan_hash).where(commitment.c.plan_hash.is_not(None))
    unused = table.c.hash.in_(list(hashes)) & ~table.c.in_use & table.c.hash.not_in(worked)
    for plan_id, version in view.connection.execute(select(table.c.id, table.c.hash).where(unused)).all():
        others = select(table.c.hash).where(table.c.id == plan_id, table.c.hash != version)
        alone = view.connection.execute(others).first() is None
        if alone and _is_named(view, plan_id):
            continue
        view.connection.execute(delete(table).where(table.c.id == plan_id, table.c.hash == version))
        for model in (TargetRow, ActionRow, ProjectYearRow) if alone else ():
            parts = table_of(model)
            view.connection.execute(delete(parts).where(parts.c.plan_id == plan_id))


def _is_named(view: View, plan_id: str) -> bool:
    """Returns whether a record refers to a year, action or target of the plan."""
    parts = {table_of(model).name: table_of(model) for model in (TargetRow, ActionRow, ProjectYearRow)}
    for model in TRACKED.values():
        for key in table_of(model).foreign_keys:
            part = parts.get(key.column.table.name)
            if part is not None:
                rows = select(key.parent).join(part, part.c.id == key.parent).where(part.c.plan_id == plan_id)
                if view.connection.execute(rows.limit(1)).first() is not None:
                    return True
    return False


def put_meta(view: View, key: str, value: str) -> None:
    _put(view, table_of(Meta), [{"key": key, "value": value}])


def _put(view: View, table: Table, rows: Sequence[Mapping[str, Any]], *, over: bool = True) -> None:
    if not rows:
        return
    query = upsert(table)
    keys = [column.name for column in table.primary_key]
    values = {name: query.excluded[name] for name in rows[0] if name not in keys}
    if over:
        query = query.on_conflict_do_update(index_elements=keys, set_=values)
    else:
        query = query.on_conflict_do_nothing(index_elements=keys)
    view.connection.execute(query, rows)
