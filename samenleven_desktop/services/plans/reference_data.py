"""Writes the rows that ship with the program into a work file: governments, figures of origin, offers, the plan.

This happens when a file is created and whenever the program has newer data than the file. Shipped rows have derived ids
and stay outside log and packs; officers' records are never changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.interchange.plan_reader import plan_to_json
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.storage.exchange import forward_compatibility
from samenleven_desktop.storage.queries.reference import names_of_versions, versions_in_use
from samenleven_desktop.storage.repositories import shipped as rows
from samenleven_desktop.storage.store import Store
from samenleven_desktop.storage.view import View

# Incremented whenever a shipped file changes: a work file with a lower number gets the new rows when it is opened.
DATA_VERSION = "4"


def bring_up_to_date(store: Store) -> None:
    """Writes the shipped rows if the file has an older version of them; one transaction."""
    with store.read() as connection:
        present = store.meta(connection, "shipped_data")
        in_use = versions_in_use(View(connection))
        practice = store.meta(connection, "practice_date")
    if present is not None and int(present) >= int(DATA_VERSION):
        return
    # Needed once in the life of a file: imported here to keep every start fast.
    from samenleven_desktop.interchange.plan_reader import read_plan
    from samenleven_desktop.interchange.reference_files import read_offers, read_reference

    folder = resources_dir() / "reference"
    reference = read_reference(folder)
    plans = [read_plan(path) for path in sorted((resources_dir() / "plans").glob("*.yaml"))]
    with store.write_untracked() as connection:
        view = View(connection)
        rows.put_governments(view, [(one, fold(one.name)) for one in reference.governments])
        rows.put_origin_figures(view, reference.origin)
        rows.put_offers(view, read_offers(folder / "offers.csv"))
        for plan in plans:
            # An officer may have loaded a newer one than the one shipped.
            if plan.version >= max(names_of_versions(view, plan.id), default=""):
                put_plan(view, plan, in_use=_comes_in_use(plan, in_use, present is None, practice))
        rows.put_meta(view, "shipped_data", DATA_VERSION)


def _comes_in_use(plan: Plan, in_use: Mapping[str, tuple[str, str]], new: bool, practice: str | None) -> bool:
    """A new file has every shipped plan in use, a practice file those that have begun on its day.

    An older file keeps those that it had, and the version that its coach took in use where both have the same name.
    """
    if new:
        return practice is None or plan.years[0].start.isoformat() <= practice
    version, content = in_use.get(plan.id, ("", ""))
    return version != "" and (version != plan.version or content == plan.content_hash)


def catch_up(store: Store) -> None:
    """After an update of the program: rebuilds rows from packs whose changes were not understood or were queued."""
    with store.read() as connection:
        if not forward_compatibility.has_to_catch_up(connection, DATA_VERSION):
            return
    with store.write_untracked() as connection:
        forward_compatibility.catch_up(connection, DATA_VERSION, store.runtime.now())


def put_plan(
    view: View,
    plan: Plan,
    *,
    in_use: bool = True,
    author: str | None = None,
    made_on: date | None = None,
    made_from: str | None = None,
) -> None:
    """Stores a version of a plan with the rows that records refer to; one from the program has no author and day."""
    content = plan_to_json(plan)
    rows.put_plan(view, plan, content, in_use=in_use, author=author, made_on=made_on, made_from=made_from)
