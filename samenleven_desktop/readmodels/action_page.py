"""The rows of the page of an action: what the plan says of it, who can help with it, and the work on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samenleven_desktop.domain.advice import KnownExample, KnownMentor
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.domain.plan import Action
from samenleven_desktop.domain.plan_rules import PublishedFigure
from samenleven_desktop.readmodels.core import CommitmentLine, SessionLine
from samenleven_desktop.readmodels.instruments import InstrumentLine


@dataclass(frozen=True)
class TermsLine:
    """The terms of one target of the action in one period; `financed` None: no source states it."""

    period: str
    target_label: str
    unit: str | None
    rate_cents: int | None
    cap_units: int | None
    financed: bool | None
    note: str | None
    source: str


@dataclass(frozen=True)
class MentorProposal:
    """A government that was granted a mentor role for the action and is not among its mentor governments yet."""

    government_id: str
    government_name: str
    learning_network: bool | None
    period: str


@dataclass(frozen=True)
class ActionPage:
    """An action with all that is known of it.

    `sessions` are the newest of `session_count`; `pages` resolves the keys of sources. `in_use`: its plan is in use.
    """

    action: Action
    plan_name: str
    plan_code: str
    in_use: bool
    objective: str | None
    rules: tuple[str, ...]
    """What the plan says about all its actions, as text."""
    published: tuple[tuple[str, PublishedFigure], ...]
    """The published figures of each period, with its name."""
    pages: Mapping[str, str]
    terms: tuple[TermsLine, ...]
    offers: tuple[OfferLine, ...]
    mentors: tuple[KnownMentor, ...]
    proposals: tuple[MentorProposal, ...]
    examples: tuple[KnownExample, ...]
    commitments: tuple[tuple[str, CommitmentLine], ...]
    """Each with the name of its period, the newest period first."""
    instruments: tuple[InstrumentLine, ...]
    sessions: tuple[SessionLine, ...]
    session_count: int
