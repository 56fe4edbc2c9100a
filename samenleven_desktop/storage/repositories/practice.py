"""The tables filled in a practice file, under the names its builder uses; all writing goes through the unit of work."""

from __future__ import annotations

from contextlib import AbstractContextManager

from sqlalchemy import select

from samenleven_desktop.storage.models import AssignmentRow as Assignment
from samenleven_desktop.storage.models import CommitmentRow as Commitment
from samenleven_desktop.storage.models import ContactRow as Contact
from samenleven_desktop.storage.models import FollowUpRow as Agreement
from samenleven_desktop.storage.models import GovernmentRow as Government
from samenleven_desktop.storage.models import InstrumentRow as Instrument
from samenleven_desktop.storage.models import KpiEntryRow as Entry
from samenleven_desktop.storage.models import OfferRow as Offer
from samenleven_desktop.storage.models import OfferUseRow as Use
from samenleven_desktop.storage.models import OfficerRow as Officer
from samenleven_desktop.storage.models import OrganisationServiceRow as Service
from samenleven_desktop.storage.models import PartnershipMemberRow as Member
from samenleven_desktop.storage.models import SessionActionRow as SessionAction
from samenleven_desktop.storage.models import SessionGovernmentRow as SessionGovernment
from samenleven_desktop.storage.models import SessionOfferRow as SessionOffer
from samenleven_desktop.storage.models import SupportSessionRow as Session
from samenleven_desktop.storage.models import SupportTrackRow as Track
from samenleven_desktop.storage.models import table_of
from samenleven_desktop.storage.unit_of_work import UnitOfWork
from samenleven_desktop.storage.view import View

__all__ = [
    "Agreement",
    "Assignment",
    "Commitment",
    "Contact",
    "Entry",
    "Government",
    "Instrument",
    "Member",
    "Offer",
    "Officer",
    "Service",
    "Session",
    "SessionAction",
    "SessionGovernment",
    "SessionOffer",
    "Track",
    "Use",
    "Writing",
    "government_ids",
    "offers_by_action",
]

Writing = AbstractContextManager[UnitOfWork]


def government_ids(view: View) -> dict[str, str]:
    """Returns code -> id of the governments that are in force before the merger of 2025."""
    table = table_of(Government)
    query = select(table.c.code, table.c.id).order_by(table.c.valid_from.desc())
    return {row.code: row.id for row in view.connection.execute(query)}


def offers_by_action(view: View) -> dict[str, list[tuple[str, str]]]:
    """Returns action -> (offer id, cost) of the shipped offers that name the action."""
    table = table_of(Offer)
    found: dict[str, list[tuple[str, str]]] = {}
    for row in view.connection.execute(select(table.c.id, table.c.cost, table.c.action_ids).order_by(table.c.id)):
        for action_id in row.action_ids.split():
            found.setdefault(action_id, []).append((row.id, row.cost))
    return found
