"""Drafts of forms, stored in the encrypted file, and whether there is a colleague to exchange with.

The key of a draft begins with the kind of form (`session:new`, `form:ContactDialog:...`) and ends with an id of its
own. A discarded draft is kept under `discarded:` plus its key, so that undo can restore it.
"""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from samenleven_desktop.domain.kept_draft import KeptDraft
from samenleven_desktop.storage.models import Change, CommandLog, Draft, table_of
from samenleven_desktop.storage.view import View

_DRAFT, _CHANGE, _COMMAND = table_of(Draft), table_of(Change), table_of(CommandLog)
_DISCARDED = "discarded:"


def put(view: View, form: str, content: str, now: datetime) -> None:
    values = {"content": content.encode(), "saved_at": now.isoformat(timespec="milliseconds")}
    query = upsert(_DRAFT).values(form=form, **values)
    view.connection.execute(query.on_conflict_do_update(index_elements=["form"], set_=values))


def get(view: View, form: str) -> str | None:
    content = view.connection.execute(select(_DRAFT.c.content).where(_DRAFT.c.form == form)).scalar()
    return None if content is None else bytes(content).decode()


def forms(view: View) -> list[str]:
    """Returns the keys of all drafts that were not discarded, newest first."""
    query = select(_DRAFT.c.form).where(~_DRAFT.c.form.startswith(_DISCARDED, autoescape=True))
    return [str(form) for form in view.connection.execute(query.order_by(_DRAFT.c.saved_at.desc())).scalars()]


def of_kind(view: View, kind: str) -> list[KeptDraft]:
    """Returns the drafts whose key is `kind` or starts with `kind` and a colon, newest first."""
    mine = or_(_DRAFT.c.form == kind, _DRAFT.c.form.startswith(f"{kind}:", autoescape=True))
    query = select(_DRAFT).where(mine).order_by(_DRAFT.c.saved_at.desc(), _DRAFT.c.form)
    return [_kept(row.form, row.content, row.saved_at) for row in view.connection.execute(query)]


def discard(view: View, form: str, now: datetime) -> None:
    """Discards a draft in such a way that `bring_back` can undo it.

    The new key contains the number of the last command and a sequence number, so that the order of undo does not depend
    on the clock.
    """
    view.connection.execute(delete(_DRAFT).where(_discarded(form)))
    last = view.connection.execute(select(func.max(_COMMAND.c.seq))).scalar() or 0
    number = max((place[1] for place, _ in _all_discarded(view)), default=0) + 1
    values = {"form": f"{_DISCARDED}{last}:{number}:{form}", "saved_at": now.isoformat(timespec="milliseconds")}
    view.connection.execute(update(_DRAFT).where(_DRAFT.c.form == form).values(**values))


def discarded_since(view: View, command_id: str | None) -> KeptDraft | None:
    """Returns the draft that was discarded last, if that was after this command."""
    after = view.connection.execute(select(_COMMAND.c.seq).where(_COMMAND.c.id == command_id)).scalar() or 0
    found = _all_discarded(view)
    if not found:
        return None
    place, newest = max(found, key=lambda one: one[0])
    return None if place[0] < after else newest


def bring_back(view: View, form: str) -> None:
    """Undoes `discard`."""
    view.connection.execute(delete(_DRAFT).where(_DRAFT.c.form == form))
    view.connection.execute(update(_DRAFT).where(_discarded(form)).values(form=form))


def forget_discarded(view: View, before: str) -> None:
    """Permanently deletes drafts that were discarded before this time (ISO)."""
    old = _DRAFT.c.form.startswith(_DISCARDED, autoescape=True) & (_DRAFT.c.saved_at < before)
    view.connection.execute(delete(_DRAFT).where(old))


def _discarded(form: str) -> ColumnElement[bool]:
    return and_(
        _DRAFT.c.form.startswith(_DISCARDED, autoescape=True), _DRAFT.c.form.endswith(f":{form}", autoescape=True)
    )


def _all_discarded(view: View) -> list[tuple[tuple[int, int], KeptDraft]]:
    """Returns the discarded drafts, each with its position in the order of undo."""
    query = select(_DRAFT).where(_DRAFT.c.form.startswith(_DISCARDED, autoescape=True))
    found = []
    for row in view.connection.execute(query):
        _, command, number, form = row.form.split(":", 3)
        found.append(((int(command), int(number)), _kept(form, row.content, row.saved_at)))
    return found


def _kept(form: str, content: bytes, saved_at: str) -> KeptDraft:
    return KeptDraft(form, json.loads(bytes(content)), datetime.fromisoformat(saved_at))


def drop(view: View, form: str) -> None:
    view.connection.execute(delete(_DRAFT).where(_DRAFT.c.form == form))


def has_colleagues(view: View) -> bool:
    """Returns whether there is at least one colleague to exchange with."""
    query = "SELECT 1 FROM colleague WHERE revoked_at IS NULL LIMIT 1"
    return view.connection.exec_driver_sql(query).first() is not None
