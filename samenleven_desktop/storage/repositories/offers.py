"""Writes offers, the officer's values over shipped ones, and uses, inside a unit of work."""

from __future__ import annotations

from typing import Any

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.storage.models import OfferRow, OfferUseRow, Tracked
from samenleven_desktop.storage.queries import actions, reference
from samenleven_desktop.storage.queries import offers as stored
from samenleven_desktop.storage.repositories.work import GONE, check_government
from samenleven_desktop.storage.unit_of_work import UnitOfWork
from samenleven_desktop.storage.view import View

# Columns of before 0008, which an insert must fill.
_RETIRED: dict[str, object] = {"actions": "", "all_actions": False}


def add_offer(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(OfferRow, shipped=False, **{**_RETIRED, **values})


def change_offer(unit: UnitOfWork, offer_id: str, **values: object) -> None:
    """Changes an offer; for a shipped one, the officer's values go into a separate row over it."""
    row = _alive(unit, OfferRow, offer_id)
    if not row["shipped"]:
        unit.retype(OfferRow, offer_id, **values)
        return
    overlay = stored.overlay_of(View(unit.connection), offer_id)
    if overlay is not None:
        unit.retype(OfferRow, overlay, **values)
        return
    kept = {name: value for name, value in row.items() if name not in ("id", "deleted_at", "shipped", "overlays_id")}
    unit.insert(OfferRow, shipped=False, overlays_id=offer_id, **{**kept, **values})


def organisation_of(unit: UnitOfWork, offer_id: str) -> str:
    """Returns the name of the organisation as the offer gives it."""
    overlay = stored.overlay_of(View(unit.connection), offer_id)
    return str(_alive(unit, OfferRow, overlay or offer_id)["organisation"])


def link_offer(unit: UnitOfWork, offer_id: str, action_id: str) -> None:
    """Adds an action to an offer, unless it is for that action already."""
    view = View(unit.connection)
    row = _alive(unit, OfferRow, stored.overlay_of(view, offer_id) or offer_id)
    ids = actions.of_offer(row["action_ids"], row["actions"], row["all_actions"])
    if action_id not in ids and reference.plan_of_action(view, action_id) not in ids:
        change_offer(unit, offer_id, action_ids=" ".join((*ids, action_id)))


def restore_offer(unit: UnitOfWork, offer_id: str) -> None:
    """Removes the officer's values for a shipped offer."""
    overlay = stored.overlay_of(View(unit.connection), offer_id)
    if overlay is None:
        raise UserError(GONE)
    unit.delete(OfferRow, overlay)


def is_shipped(unit: UnitOfWork, offer_id: str) -> bool:
    return bool(_alive(unit, OfferRow, offer_id)["shipped"])


def check_links(unit: UnitOfWork, offer_id: str, government_id: str) -> None:
    """Raises UserError if the offer or the government of a use is gone."""
    if not unit.is_alive(OfferRow, offer_id):
        raise UserError(GONE)
    check_government(unit, government_id)


def delete_offer(unit: UnitOfWork, offer_id: str) -> None:
    _alive(unit, OfferRow, offer_id)
    unit.delete(OfferRow, offer_id)


def add_use(unit: UnitOfWork, **values: object) -> str:
    return unit.insert(OfferUseRow, **values)


def use(unit: UnitOfWork, use_id: str) -> dict[str, Any]:
    """Returns the row of a live use. Raises UserError if it is gone."""
    return _alive(unit, OfferUseRow, use_id)


def change_use(unit: UnitOfWork, use_id: str, **values: object) -> None:
    _alive(unit, OfferUseRow, use_id)
    unit.retype(OfferUseRow, use_id, **values)


def delete_use(unit: UnitOfWork, use_id: str) -> None:
    _alive(unit, OfferUseRow, use_id)
    unit.delete(OfferUseRow, use_id)


def _alive(unit: UnitOfWork, model: type[Tracked], row_id: str) -> dict[str, Any]:
    row = unit.row(model, row_id)
    if row is None or row["deleted_at"] is not None:
        raise UserError(GONE)
    return dict(row)
