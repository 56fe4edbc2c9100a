"""Resolves references in commands: from the id or code in a JSON document to the id in the work file.

For script authors a government may also be given by its NIS code or the short code of a partnership or organisation, an
action by its number in the plan (A5), a target by its code (A9a).
"""

from __future__ import annotations

from typing import Any

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.services.core.checks import NO_ACTION
from samenleven_desktop.services.core.lookup import government_on
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import reference

NO_RECORD = N_("There is no record {value}.")
NO_TARGET = N_("The plan has no target {value}.")

ACTION_FIELDS = ("action_id", "action_ids", "linked_action_ids")
_GOVERNMENTS = (
    *("government_id", "government_ids", "applicant_id", "member_id", "member_ids"),
    *("partnership_id", "organisation_id"),
)
ME = "me"
_TABLES = {
    "attachment_ids": "attachment",
    "colleague_ids": "officer",
    "commitment_id": "commitment",
    "commitment_ids": "commitment",
    "contact_ids": "contact",
    "entry_id": "kpi_entry",
    "instrument_id": "instrument",
    "offer_id": "offer",
    "offer_ids": "offer",
    "officer_id": "officer",
    "service_id": "organisation_service",
    "offer_use_id": "offer_use",
    "track_id": "support_track",
}


def resolve(context: QueryContext, field: str, value: object, place: str) -> Any:
    """Returns the value of a field, with its references resolved. Raises UserError naming the place in the document."""
    if isinstance(value, list):
        return [resolve(context, field, one, place) for one in value]
    if not isinstance(value, str):
        return value
    if field in _GOVERNMENTS:
        return _government(context, value, place)
    if field in ACTION_FIELDS:
        return _action(context, value, place)
    if field == "target_id":
        return _target(context, value, place)
    if field == "officer_id" and value == ME and context.officer_id is not None:
        return context.officer_id
    if field in _TABLES and not reference.has_row(context.view, _TABLES[field], value):
        raise UserError(NO_RECORD, field=place, value=value)
    return value


def described(name: str, schema: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Returns the published name and schema of a property: actions by id, and the alternatives to an id."""
    if name in ACTION_FIELDS:
        return name, {
            **schema,
            "description": "The id of an action of the plan, or A with its number.",
        }
    if name == "target_id":
        return name, {**schema, "description": "The id of a target of the plan, or its code, such as A9a."}
    if name == "officer_id":
        return name, {**schema, "description": "The id of a coach, or 'me' for who works in this file."}
    if name in _GOVERNMENTS:
        return name, {
            **schema,
            "description": "The id of a government, its NIS code, or the code of a partnership or organisation.",
        }
    return name, schema


def _government(context: QueryContext, value: str, place: str) -> str:
    if reference.governments_by_id(context.view, [value]):
        return value
    try:
        return government_on(context, value, context.today).id
    except UserError as error:
        raise UserError(error.message, field=place, **error.values) from None


def _action(context: QueryContext, value: str, place: str) -> str:
    """An id may be of any plan in use, a number is of the plan that counts."""
    if context.plans.action(value) is not None:
        return value
    for action in context.plan.actions:
        if value in (action.id, f"A{action.number}"):
            return action.id
    raise UserError(NO_ACTION, field=place, number=value)


def _target(context: QueryContext, value: str, place: str) -> str:
    if context.plans.target(value) is not None:
        return value
    for action in context.plan.actions:
        for target in action.targets:
            if value in (target.id, target.code):
                return target.id
    raise UserError(NO_TARGET, field=place, value=value)
