"""Other instruments, with their government and action."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from samenleven_desktop.domain.instrument import InstrumentState
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.storage.models import ActionRow, GovernmentRow, InstrumentRow, table_of
from samenleven_desktop.storage.queries.actions import StoredAction
from samenleven_desktop.storage.queries.sessions import NameActions
from samenleven_desktop.storage.view import View

_INSTRUMENT, _GOV, _ACTION = table_of(InstrumentRow), table_of(GovernmentRow), table_of(ActionRow)


def instruments(
    view: View, name: NameActions, governments: Iterable[str] | None = None, action_id: str | None = None
) -> list[InstrumentLine]:
    """Returns live instruments by government and name; of some governments, of one action.

    `name` names their actions in the plans of the file.
    """
    query = (
        select(
            _INSTRUMENT,
            _GOV.c.code.label("government_code"),
            _GOV.c.name.label("government_name"),
            _ACTION.c.number.label("action_number"),
            _ACTION.c.plan_id,
        )
        .join(_GOV, _GOV.c.id == _INSTRUMENT.c.government_id)
        .outerjoin(_ACTION, _ACTION.c.id == _INSTRUMENT.c.action_id)
        .where(_INSTRUMENT.c.deleted_at.is_(None))
        .order_by(_GOV.c.search_name, _INSTRUMENT.c.name, _INSTRUMENT.c.id)
    )
    if governments is not None:
        query = query.where(_INSTRUMENT.c.government_id.in_(list(governments)))
    if action_id is not None:
        query = query.where(_INSTRUMENT.c.action_id == action_id)
    found = []
    for row in view.connection.execute(query).mappings():
        line = InstrumentLine(
            id=row["id"],
            government_id=row["government_id"],
            government_code=row["government_code"],
            government_name=row["government_name"],
            action_id=row["action_id"],
            action="",
            action_title="",
            name=row["name"],
            giver=row["giver"],
            instrument_state=InstrumentState(row["instrument_state"]),
            amount_cents=row["amount_cents"],
            deadline=row["deadline"],
            end=row["end"],
            document=row["document"],
            note=row["note"],
        )
        if row["action_number"] is not None:
            (ref,) = name([StoredAction(row["action_id"], row["action_number"], row["plan_id"])])
            line = replace(line, action=ref.words, action_title=ref.title)
        found.append(line)
    return found
