"""The first page of a dossier: what one needs for a visit, from one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samenleven_desktop.readmodels.core import Dossier, SessionLine
from samenleven_desktop.readmodels.instruments import InstrumentLine


@dataclass(frozen=True)
class ContactCard:
    """A person to call or to mail. Personal data."""

    id: str
    name: str
    role: str | None
    email: str | None
    phone: str | None


@dataclass(frozen=True)
class UntakenTarget:
    """A target of the project year that the government did not take up; of an action without any commitment."""

    target_id: str
    action_number: int
    action_title: str


@dataclass(frozen=True)
class PlanWork:
    """The work under another plan than the one at hand: its newest project year with commitments.

    `year_id` is empty if the plan is not in use any more; `year` None if nothing was taken up. `amount_cents` None: not
    known.
    """

    plan_id: str
    plan_name: str
    first: date
    last: date
    year_id: str
    year: int | None
    years: int
    actions: int
    reached: int
    counted: int
    amount_cents: int | None


@dataclass(frozen=True)
class UnplannedWork:
    """The work on days that no plan in use has; `first` and `last` are the days around it."""

    first: date
    last: date
    sessions: int
    minutes: int
    agreements_done: int


@dataclass(frozen=True)
class DossierPage:
    """A dossier with all that its first page shows.

    `plan_name` is that of the plan at hand, empty without one. `last_session` is the newest until today, `next_session`
    the first after it. The days of the dossier are `first` to `last`: `session_count` sessions lie in them, given or
    planned; `hidden_uses` lie outside.
    """

    dossier: Dossier
    plan_name: str
    plan_actions: int
    year_id: str
    year_label: str
    first: date
    last: date
    last_session: SessionLine | None
    next_session: SessionLine | None
    contacts: tuple[ContactCard, ...]
    instruments: tuple[InstrumentLine, ...]
    untaken: tuple[UntakenTarget, ...]
    other_plans: tuple[PlanWork, ...]
    without_plan: tuple[UnplannedWork, ...]
    session_count: int
    hidden_uses: int
