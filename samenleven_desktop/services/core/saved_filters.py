"""Saved filters of the lists. The screen defines the content of a filter; here it is a JSON object with a name.

Filters are no records: they are not in the change log, undo or packs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage import saved_filters

LONGEST_NAME = 60


@dataclass(frozen=True)
class SavedFilter:
    name: str
    content: Mapping[str, object]


def list_filters(context: QueryContext, screen: str) -> list[SavedFilter]:
    """Returns the filters of one screen, by name."""
    found = [SavedFilter(name, json.loads(content)) for name, content in saved_filters.of_screen(context.view, screen)]
    return sorted(found, key=lambda one: sort_key(one.name))


def save_filter(
    workspace: Workspace, screen: str, name: str, content: Mapping[str, object], taken: Sequence[str] = ()
) -> SavedFilter:
    """Saves a filter under a name unique to the screen; `taken` are the screen's built-in names.

    Raises UserError for the field `name`.
    """
    tidy = " ".join(name.split())
    if not tidy:
        raise UserError(N_("Give the filter a name."), field="name")
    if len(tidy) > LONGEST_NAME:
        raise UserError(N_("Choose a name of at most {most} characters."), field="name", most=LONGEST_NAME)
    present = [*taken, *(one.name for one in workspace.query(list_filters, screen))]
    if fold(tidy) in map(fold, present):
        raise UserError(
            N_("There is a filter {name} already. Choose another name, or remove that one first."),
            field="name",
            name=tidy,
        )
    kept = json.dumps(content, ensure_ascii=False)
    workspace.write_untracked(lambda view: saved_filters.add(view, screen, tidy, kept))
    return SavedFilter(tidy, content)


def delete_filter(workspace: Workspace, screen: str, name: str) -> None:
    """Deletes a filter; a missing one is not an error."""
    workspace.write_untracked(lambda view: saved_filters.drop(view, screen, name))
