"""Plans and governments as stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, or_, select

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.government import Government, GovernmentKind
from samenleven_desktop.storage.models import (
    TRACKED,
    ActionRow,
    GovernmentRow,
    OfficerRow,
    PlanRow,
    TargetRow,
    table_of,
)
from samenleven_desktop.storage.view import View

NO_GOVERNMENT = N_("This government is not in this work file.")
_PLAN, _GOV, _OFFICER = table_of(PlanRow), table_of(GovernmentRow), table_of(OfficerRow)
# The order in which the rows were written.
_ROWID: ColumnElement[int] = literal_column("plan.rowid")
_TARGET, _ACTION = table_of(TargetRow), table_of(ActionRow)


@dataclass(frozen=True)
class StoredPlan:
    """A plan version in this file; `content` is its JSON. Author and day: None for one that came with the program."""

    id: str
    code: str
    version: str
    in_use: bool
    content: str
    hash: str
    author: str | None
    made_on: date | None
    made_from: str | None


def plans_in_use(view: View) -> list[str]:
    """Returns as JSON the plans in use, each in the version in use; empty if there is none."""
    query = select(_PLAN.c.content).where(_PLAN.c.in_use).order_by(_PLAN.c.first_day, _PLAN.c.code)
    return list(view.connection.execute(query).scalars())


def versions_in_use(view: View) -> dict[str, tuple[str, str]]:
    """Returns plan -> name and hash of its version in use."""
    query = select(_PLAN.c.id, _PLAN.c.version, _PLAN.c.hash).where(_PLAN.c.in_use)
    return {id_: (version, found) for id_, version, found in view.connection.execute(query)}


def plan_content(view: View, plan_id: str, version: str | None = None, version_hash: str | None = None) -> str | None:
    """Returns a version of a plan as JSON, by its hash or its name; without either the one in use, or else the newest.

    Of versions with the same name the first one that this file had: work that names no hash was made under that one.
    """
    query = select(_PLAN.c.content).where(_PLAN.c.id == plan_id)
    if version_hash is not None:
        query = query.where(_PLAN.c.hash == version_hash)
    elif version is not None:
        query = query.where(_PLAN.c.version == version).order_by(_PLAN.c.made_on.asc().nulls_first(), _ROWID)
    else:
        query = query.order_by(_PLAN.c.in_use.desc(), _PLAN.c.version.desc(), _PLAN.c.made_on.desc())
    return view.connection.execute(query).scalars().first()


def has_action(view: View, action_id: str) -> bool:
    """Returns whether a plan in this file has or had this action; that of a plan stands for all its actions."""
    there = select(_ACTION.c.id).where((_ACTION.c.id == action_id) | (_ACTION.c.plan_id == action_id))
    return view.connection.execute(there).first() is not None


def plan_of_target(view: View, target_id: str) -> str | None:
    """Returns the id of the plan that has or had a target."""
    return view.connection.execute(select(_TARGET.c.plan_id).where(_TARGET.c.id == target_id)).scalar()


def plan_of_action(view: View, action_id: str) -> str | None:
    """Returns the id of the plan that has or had an action."""
    return view.connection.execute(select(_ACTION.c.plan_id).where(_ACTION.c.id == action_id)).scalar()


def plan_versions(view: View, plan_id: str) -> list[str]:
    """Returns the hashes of the versions of a plan in this file, newest first."""
    query = select(_PLAN.c.hash).where(_PLAN.c.id == plan_id).order_by(_PLAN.c.version.desc())
    return list(view.connection.execute(query).scalars())


def names_of_versions(view: View, plan_id: str) -> list[str]:
    return list(view.connection.execute(select(_PLAN.c.version).where(_PLAN.c.id == plan_id)).scalars())


def governments_by_id(view: View, ids: Iterable[str]) -> dict[str, Government]:
    rows = view.connection.execute(select(_GOV).where(_GOV.c.id.in_(list(ids)))).mappings()
    return {row["id"]: _government(row) for row in rows}


def government(view: View, government_id: str) -> Government:
    """Raises UserError for an unknown id."""
    found = governments_by_id(view, [government_id]).get(government_id)
    if found is None:
        raise UserError(NO_GOVERNMENT)
    return found


def governments_by_code(view: View, code: str) -> list[Government]:
    """Returns all rows with a code: old and new ones of a merger, a partnership, VGC or RAND; newest validity first."""
    query = select(_GOV).where(_GOV.c.code == code, _GOV.c.deleted_at.is_(None)).order_by(_GOV.c.valid_from.desc())
    return [_government(row) for row in view.connection.execute(query).mappings()]


def predecessors(view: View, after: Government) -> list[Government]:
    """Returns the governments that merged into this one.

    A city that kept its code is not its own predecessor, but its earlier row is.
    """
    query = select(_GOV).where(
        _GOV.c.successor_code == after.code,
        _GOV.c.id != after.id,
        _GOV.c.deleted_at.is_(None),
        _GOV.c.valid_until.is_not(None),
    )
    return [_government(row) for row in view.connection.execute(query.order_by(_GOV.c.search_name)).mappings()]


def find_governments(view: View, words: str, limit: int) -> list[Government]:
    """Returns governments with a word in their name, or a code, that starts with `words`.

    Case and accents are ignored.
    """
    begin = words.replace("\\", "").replace("%", "").replace("_", "")
    name = _GOV.c.search_name
    query = (
        select(_GOV)
        .where(
            _GOV.c.deleted_at.is_(None),
            or_(
                name.like(f"{begin}%"),
                name.like(f"% {begin}%"),
                name.like(f"%-{begin}%"),
                _GOV.c.code.like(f"{begin}%"),
            ),
        )
        .order_by(name.like(f"{begin}%").desc(), _GOV.c.valid_until.is_not(None), name)
        .limit(limit)
    )
    return [_government(row) for row in view.connection.execute(query).mappings()]


def officers(view: View) -> list[tuple[str, str, str | None]]:
    """Returns id, label and region of the officers in this file."""
    query = (
        select(_OFFICER.c.id, _OFFICER.c.label, _OFFICER.c.region)
        .where(_OFFICER.c.deleted_at.is_(None))
        .order_by(_OFFICER.c.label)
    )
    return [(row.id, row.label, row.region) for row in view.connection.execute(query)]


def _government(row: Mapping[Any, Any]) -> Government:
    return Government(
        id=row["id"],
        code=row["code"],
        kind=GovernmentKind(row["kind"]),
        name=row["name"],
        kbo=row["kbo"],
        province=row["province"],
        reference_region=row["reference_region"],
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
        successor_code=row["successor_code"],
        facility=row["facility"],
        population=row["population"],
        population_year=row["population_year"],
    )


def has_row(view: View, table_name: str, row_id: str) -> bool:
    """Returns whether a record exists and is not deleted."""
    table = table_of(TRACKED[table_name])
    query = select(table.c.id).where(table.c.id == row_id, table.c.deleted_at.is_(None))
    return view.connection.execute(query).first() is not None


def all_governments(view: View) -> list[Government]:
    query = select(_GOV).where(_GOV.c.deleted_at.is_(None)).order_by(_GOV.c.search_name)
    return [_government(row) for row in view.connection.execute(query).mappings()]


def applicant_name(view: View, partnership_id: str) -> str | None:
    """Returns the municipality that applies for a partnership and receives the money; None for other governments."""
    applicant = _GOV.alias("applicant")
    query = (
        select(applicant.c.name).join(_GOV, _GOV.c.applicant_id == applicant.c.id).where(_GOV.c.id == partnership_id)
    )
    return view.connection.execute(query).scalar()


def row_counts(view: View) -> dict[str, int]:
    """Returns the number of live rows per tracked table."""
    return {
        name: int(
            view.connection.execute(
                select(func.count()).select_from(table_of(model)).where(table_of(model).c.deleted_at.is_(None))
            ).scalar_one()
        )
        for name, model in TRACKED.items()
    }


def plans(view: View) -> list[StoredPlan]:
    """Returns every plan version in this file: the newest plan first, and of each plan the version in use first."""
    query = select(
        _PLAN.c.id,
        _PLAN.c.code,
        _PLAN.c.version,
        _PLAN.c.in_use,
        _PLAN.c.content,
        _PLAN.c.hash,
        _PLAN.c.author,
        _PLAN.c.made_on,
        _PLAN.c.made_from,
    ).order_by(
        _PLAN.c.first_day.desc(), _PLAN.c.in_use.desc(), _PLAN.c.version.desc(), _PLAN.c.made_on.desc(), _PLAN.c.hash
    )
    return [StoredPlan(**row) for row in view.connection.execute(query).mappings()]
