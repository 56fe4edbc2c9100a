"""Drafts of forms, in the encrypted file like everything else; and the count of what was not exchanged yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from samenleven_desktop.storage.models import Change, Draft, table_of
from samenleven_desktop.storage.view import View

_DRAFT, _CHANGE = table_of(Draft), table_of(Change)


def put(view: View, form: str, content: str, now: datetime) -> None:
    values = {"content": content.encode(), "saved_at": now.isoformat(timespec="milliseconds")}
    query = upsert(_DRAFT).values(form=form, **values)
    view.connection.execute(query.on_conflict_do_update(index_elements=["form"], set_=values))


def get(view: View, form: str) -> str | None:
    content = view.connection.execute(select(_DRAFT.c.content).where(_DRAFT.c.form == form)).scalar()
    return None if content is None else bytes(content).decode()


def forms(view: View) -> list[str]:
    return [
        str(form)
        for form in view.connection.execute(select(_DRAFT.c.form).order_by(_DRAFT.c.saved_at.desc())).scalars()
    ]


def drop(view: View, form: str) -> None:
    view.connection.execute(delete(_DRAFT).where(_DRAFT.c.form == form))


def count_changes(view: View) -> int:
    """Changes of this device since the last file for a colleague was made; all of them when none was."""
    query = (
        "SELECT count(*) FROM change c JOIN command_log k ON k.id = c.command_id "
        "WHERE c.device_id = (SELECT value FROM meta WHERE key = 'device_id') AND k.made_at > coalesce("
        "(SELECT max(done_at) FROM pack_log WHERE direction = 'out' AND profile != 'team_numbers'), '')"
    )
    return int(view.connection.exec_driver_sql(query).scalar() or 0)


def has_colleagues(view: View) -> bool:
    """Whether there is anybody to exchange with."""
    query = "SELECT 1 FROM colleague WHERE revoked_at IS NULL LIMIT 1"
    return view.connection.exec_driver_sql(query).first() is not None
