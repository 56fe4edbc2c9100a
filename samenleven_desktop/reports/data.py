"""The input of reports: rows collected by the services. Nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.stimulus import ConditionResult
from samenleven_desktop.readmodels.core import (
    AgreementLine,
    CommitmentLine,
    KpiEntryLine,
    Money,
    OfferUseLine,
    SessionLine,
    TrackChoice,
)
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.readmodels.organisations import ServiceLine
from samenleven_desktop.readmodels.people import ContactLine


@dataclass(frozen=True)
class StimulusOnPaper:
    """One kind for one government as printed; amount in cents, None if no source states one."""

    government: str
    kind: str
    outcome: str
    state: str | None
    amount_cents: int | None
    amount_typed: bool
    conditions: tuple[ConditionResult, ...]


@dataclass(frozen=True)
class CoachingReportData:
    """A government or partnership over a period; `practice` marks invented figures."""

    government_name: str
    government_code: str
    region: str | None
    plan_name: str
    year_label: str
    first: date
    last: date
    today: date
    commitments: tuple[CommitmentLine, ...]
    sessions: tuple[SessionLine, ...]
    session_minutes: int
    months: tuple[tuple[date, int], ...]
    agreements: tuple[AgreementLine, ...]
    offer_uses: tuple[OfferUseLine, ...]
    money: Money
    stimuli: tuple[StimulusOnPaper, ...]
    tracks: tuple[TrackChoice, ...]
    contacts: tuple[ContactLine, ...]
    practice: bool
    pays: bool = True
    """Whether there is any money to show: a plan may have no rates."""
    instruments: tuple[InstrumentLine, ...] = ()
    """Its own, and those of the partnership that it is in."""
    services: tuple[ServiceLine, ...] = ()
    """The governments that an organisation serves, or the organisations that serve the government."""
    government_id: str = ""


@dataclass(frozen=True)
class SessionReportData:
    """One session with its agreements and KPI entries."""

    plan_name: str
    session: SessionLine
    action_titles: tuple[str, ...]
    agreements: tuple[AgreementLine, ...]
    entries: tuple[KpiEntryLine, ...]
    today: date
    practice: bool
