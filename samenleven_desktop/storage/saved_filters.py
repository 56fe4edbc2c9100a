"""Saved filters of the lists: stored in the work file for this device, outside change log, undo and packs."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from samenleven_desktop.storage.models import SavedFilterRow, table_of
from samenleven_desktop.storage.view import View

_FILTER = table_of(SavedFilterRow)


def add(view: View, screen: str, name: str, content: str) -> None:
    view.connection.execute(insert(_FILTER).values(screen=screen, name=name, content=content))


def of_screen(view: View, screen: str) -> list[tuple[str, str]]:
    """Returns names and contents."""
    query = select(_FILTER.c.name, _FILTER.c.content).where(_FILTER.c.screen == screen).order_by(_FILTER.c.name)
    return [(row.name, row.content) for row in view.connection.execute(query)]


def drop(view: View, screen: str, name: str) -> None:
    view.connection.execute(delete(_FILTER).where(_FILTER.c.screen == screen, _FILTER.c.name == name))
