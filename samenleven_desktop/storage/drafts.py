"""Drafts of forms, in the encrypted file like everything else; and the count of what was not exchanged yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
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
    """Changes of this file that no pack carried to a colleague yet; all of them until packs exist."""
    return int(view.connection.execute(select(func.count()).select_from(_CHANGE)).scalar() or 0)
