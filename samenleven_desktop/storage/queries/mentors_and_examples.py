"""Mentor governments and inspiring examples that officers added themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from samenleven_desktop.storage.models import ActionRow, ExampleRow, GovernmentRow, MentorRow, table_of
from samenleven_desktop.storage.view import View

_MENTOR, _EXAMPLE = table_of(MentorRow), table_of(ExampleRow)
_ACTION, _GOV = table_of(ActionRow), table_of(GovernmentRow)


def mentors(view: View, plan_id: str) -> list[Mapping[Any, Any]]:
    """Returns live rows with `number`, `code` and `government_name`."""
    query = (
        select(_MENTOR, _ACTION.c.number, _GOV.c.code, _GOV.c.name.label("government_name"))
        .join(_ACTION, _ACTION.c.id == _MENTOR.c.action_id)
        .join(_GOV, _GOV.c.id == _MENTOR.c.government_id)
        .where(_MENTOR.c.deleted_at.is_(None), _ACTION.c.plan_id == plan_id)
    )
    return [dict(row) for row in view.connection.execute(query).mappings()]


def examples(view: View, plan_id: str) -> list[Mapping[Any, Any]]:
    """Returns live rows with `number`, `code` and `government_name` (None if not the work of one government)."""
    query = (
        select(_EXAMPLE, _ACTION.c.number, _GOV.c.code, _GOV.c.name.label("government_name"))
        .join(_ACTION, _ACTION.c.id == _EXAMPLE.c.action_id)
        .outerjoin(_GOV, _GOV.c.id == _EXAMPLE.c.government_id)
        .where(_EXAMPLE.c.deleted_at.is_(None), _ACTION.c.plan_id == plan_id)
    )
    return [dict(row) for row in view.connection.execute(query).mappings()]
