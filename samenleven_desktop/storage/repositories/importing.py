"""Writing many rows of a file inside a unit of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from samenleven_desktop.storage.models import TRACKED, SessionActionRow, SessionGovernmentRow
from samenleven_desktop.storage.repositories.sessions import alive
from samenleven_desktop.storage.unit_of_work import UnitOfWork


def insert(unit: UnitOfWork, table: str, values: Mapping[str, object]) -> str:
    return unit.insert(TRACKED[table], **values)


def change(unit: UnitOfWork, table: str, row_id: str, values: Mapping[str, object]) -> None:
    """Raises UserError when the record went since the preview."""
    alive(unit, TRACKED[table], row_id)
    unit.change(TRACKED[table], row_id, **values)


def link_new_session(
    unit: UnitOfWork,
    session_id: str,
    values: Mapping[str, object],
    government_ids: Iterable[str],
    action_ids: Iterable[str],
) -> None:
    """The links of a session that is new: nothing to compare with."""
    for one in government_ids:
        unit.insert(SessionGovernmentRow, session_id=session_id, government_id=one, day=values["day"])
    for one in action_ids:
        unit.insert(SessionActionRow, session_id=session_id, action_id=one)
