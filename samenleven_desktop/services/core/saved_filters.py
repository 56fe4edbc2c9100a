"""The filters a coach keeps above a list. What is in one is the screen's own; here it is a JSON object under a name.

They are no record of work: nothing of them goes into the change log, undo or a pack.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.text import fold
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage import filters

LONGEST_NAME = 60


@dataclass(frozen=True)
class SavedFilter:
    name: str
    content: Mapping[str, object]


def list_filters(context: QueryContext, screen: str) -> list[SavedFilter]:
    """The filters of one screen, by name."""
    found = [SavedFilter(name, json.loads(content)) for name, content in filters.of_screen(context.view, screen)]
    return sorted(found, key=lambda one: fold(one.name))


def save_filter(
    workspace: Workspace, screen: str, name: str, content: Mapping[str, object], taken: Sequence[str] = ()
) -> SavedFilter:
    """Keeps a filter under a name that no other filter of the screen has; `taken` are names the screen gives itself.

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
    workspace.write_untracked(lambda view: filters.add(view, screen, tidy, kept))
    return SavedFilter(tidy, content)


def delete_filter(workspace: Workspace, screen: str, name: str) -> None:
    """Forgets a filter; one that is gone already is no fault."""
    workspace.write_untracked(lambda view: filters.drop(view, screen, name))
