"""The rows of lists and screens: small and frozen, returned by queries, held by screens, printed by reports.

Amounts are in cents, durations in minutes, times of day in minutes since midnight. A row refers to records by id, so
that a click can open them, and contains the text to display.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from samenleven_desktop.domain.commitment_notes import CommitmentNote, JuryResult
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.kpi import EntryKind, KpiState, Uncounted
from samenleven_desktop.domain.offer_use import UseWarning
from samenleven_desktop.domain.plan import TargetKind
from samenleven_desktop.domain.plans import ActionRef, action_words
from samenleven_desktop.domain.session import Party as Party
from samenleven_desktop.domain.session import SessionMode as SessionMode


@dataclass(frozen=True)
class StateCounts:
    """The number of targets in each KPI state."""

    reached: int = 0
    on_course: int = 0
    behind: int = 0
    at_risk: int = 0
    no_entry: int = 0
    jury: int = 0
    not_granted: int = 0

    @classmethod
    def of(cls, states: Iterable[KpiState]) -> StateCounts:
        counts = Counter(states)
        return cls(**{state.value: counts[state] for state in KpiState})

    @property
    def good(self) -> int:
        """The number of targets that are called *on course* wherever one number is shown: reached ones included."""
        return self.reached + self.on_course

    @property
    def counted(self) -> int:
        """The number of counted targets, that is without those a jury judges and those that were not granted."""
        return self.good + self.behind + self.at_risk + self.no_entry

    @property
    def total(self) -> int:
        return self.counted + self.jury + self.not_granted


@dataclass(frozen=True)
class GovernmentLine:
    """A row of *Besturen*. `member_count` only for a partnership, `served_count` only for an organisation;
    `partnership` is the one it belongs to."""

    id: str
    code: str
    kind: GovernmentKind
    name: str
    reference_region: str | None
    mine: bool
    member_count: int | None
    partnership: str | None
    states: StateCounts
    last_contact: date | None
    open_agreements: int
    late_agreements: int
    served_count: int | None = None


@dataclass(frozen=True)
class GovernmentChoice:
    """A government in a search box or selection list."""

    id: str
    code: str
    kind: GovernmentKind
    name: str
    reference_region: str | None
    valid_until: date | None
    mine: bool


@dataclass(frozen=True)
class CommitmentLine:
    """A commitment of one applicant, with its five numbers and the values derived from them on a day.

    `reached_to_date` is None without any entry. `amount_cents` is the granted amount, or additional units x rate
    (`computed_cents`) if nothing was granted yet (`amount_granted` distinguishes them); None if the plan has no rate.
    Own contribution, advance and balance are derived from it. `notes` are points of attention.
    """

    id: str
    government_id: str
    government_code: str
    government_name: str
    year: int
    action_number: int
    action_title: str
    target_id: str
    target_code: str
    target_label: str
    target_kind: TargetKind | None
    unit: str | None
    rank: int | None
    existing_reach: int
    requested: int | None
    confirmed: int | None
    interim_reached: int | None
    final_reached: int | None
    reached_to_date: int | None
    expected_today: int | None
    state: KpiState
    last_entry: date | None
    conflict_day: date | None
    amount_cents: int | None
    amount_granted: bool
    paid_uses: int
    free_uses: int
    agency_uses: int
    computed_cents: int | None = None
    own_cents: int | None = None
    advance_cents: int | None = None
    balance_cents: int | None = None
    jury_result: JuryResult | None = None
    motivation: str | None = None
    anchor_moments: str | None = None
    note: str | None = None
    notes: tuple[CommitmentNote, ...] = ()
    plan_id: str = ""
    plan: str = ""
    action_id: str = ""
    year_id: str = ""
    other_targets_cents: int = 0
    """The known amounts of the other targets of the same action: a highest amount is that of an action."""

    @property
    def amount_unknown(self) -> bool:
        """Whether the subsidy is not known; it is known to be nothing without a grant, or if no call finances it."""
        nothing = self.confirmed == 0 or CommitmentNote.NOT_FINANCED in self.notes
        return self.amount_cents is None and not nothing

    @property
    def action(self) -> str:
        """The number of the action, with its plan if that is not the one at hand."""
        return action_words(self.action_number, self.plan)


@dataclass(frozen=True)
class KpiEntryLine:
    """A row of the ledger.

    `corrected`: a newer row replaced it. `also_counted_for` names the actions for which the same units were entered
    with the same session or offer: allowed only if the investment is twice as large.
    """

    id: str
    commitment_id: str
    government_name: str
    member_name: str | None
    action_number: int
    target_label: str
    unit: str | None
    day: date
    kind: EntryKind
    units: int
    note: str | None
    session_id: str | None
    offer_title: str | None
    corrected: bool = False
    corrects_id: str | None = None
    offer_use_id: str | None = None
    also_counted_for: tuple[int, ...] = ()
    target_code: str | None = None
    plan: str = ""
    uncounted: Uncounted | None = None

    @property
    def action(self) -> str:
        """The number of the action, with its plan if that is not the one at hand."""
        return action_words(self.action_number, self.plan)


@dataclass(frozen=True)
class SessionLine:
    """A session. `action_numbers` are those of the plan at hand; `actions` are all, each with its plan."""

    id: str
    day: date
    start_minute: int
    end_minute: int
    travel_minutes: int
    form: SessionMode
    officer: str | None
    track_id: str | None
    track_title: str | None
    government_ids: tuple[str, ...]
    government_names: tuple[str, ...]
    action_numbers: tuple[int, ...]
    offer_titles: tuple[str, ...]
    report: str
    agreement_count: int
    offer_ids: tuple[str, ...] = ()
    actions: tuple[ActionRef, ...] = ()

    @property
    def minutes(self) -> int:
        return self.end_minute - self.start_minute

    @property
    def action_words(self) -> tuple[str, ...]:
        return tuple(one.words for one in self.actions)


@dataclass(frozen=True)
class AgreementLine:
    id: str
    government_id: str
    government_name: str
    session_id: str | None
    who: Party
    what: str
    due: date | None
    done_on: date | None
    late: bool


@dataclass(frozen=True)
class OfferUseLine:
    """An offer used by a government, toward a target if one is named; units are those of the target."""

    id: str
    government_id: str
    government_name: str
    offer_id: str
    offer_title: str
    organisation: str
    cost: str
    commitment_id: str | None
    target_id: str | None
    year: int | None
    action_number: int | None
    target_label: str | None
    unit: str | None
    start: date
    end: date | None
    price_cents: int | None
    paid_from: str | None
    expected_units: int | None
    real_units: int | None
    evaluation: str | None
    warnings: tuple[UseWarning, ...] = ()
    target_code: str | None = None
    plan_id: str | None = None
    plan: str = ""

    @property
    def action(self) -> str:
        """The number of the action, with its plan if that is not the one at hand; empty without an action."""
        return "" if self.action_number is None else action_words(self.action_number, self.plan)


@dataclass(frozen=True)
class OfferChoice:
    id: str
    title: str
    organisation: str
    cost: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class TrackChoice:
    id: str
    title: str
    goal: str | None
    planned_minutes: int | None
    used_minutes: int
    government_id: str
    government_name: str
    start: date
    end: date | None
    sessions: int


@dataclass(frozen=True)
class TimelineItem:
    """An event in a dossier. `kind` is session, agreement_done, kpi, offer or handed_over; `record_id` opens it."""

    day: date
    kind: str
    record_id: str
    detail: str
    text: str
    minutes: int | None = None
    number: int | None = None
    action: str = ""


@dataclass(frozen=True)
class HistoryLine:
    """A command in the audit trail, with the fields it changed in this dossier.

    Names are catalogue sentences. `came_from`: the colleague whose file contained it, if it was not done here.
    """

    command_id: str
    made_at: datetime
    officer: str | None
    kind: str
    name: str
    details: dict[str, object]
    reverted: bool
    changes: tuple[FieldChange, ...]
    came_from: str | None = None


@dataclass(frozen=True)
class FieldChange:
    """`field` None means a new record; then `new` is None too and `row_id` identifies it."""

    table: str
    row_id: str
    field: str | None
    old: object
    new: object


@dataclass(frozen=True)
class Coverage:
    """What a sum of subsidies covers: the actions of governments that a call may pay for, and how many of them have a
    target whose amount is not known; `rate_missing`: because no source gives its rate, and for no other reason."""

    actions: int = 0
    unknown: int = 0
    rate_missing: bool = False

    @classmethod
    def of(cls, lines: Iterable[CommitmentLine]) -> Coverage:
        actions: dict[tuple[str, str, int, str], bool] = {}
        rate_missing = True
        for line in lines:
            if line.amount_cents is None and not line.amount_unknown:
                continue
            key = line.government_id, line.plan_id, line.year, line.action_id
            actions[key] = actions.get(key, False) or line.amount_unknown
            if line.amount_unknown and line.confirmed is None and line.requested is None:
                rate_missing = False
        unknown = sum(actions.values())
        return cls(len(actions), unknown, rate_missing and unknown > 0)

    @property
    def complete(self) -> bool:
        return self.unknown == 0


@dataclass(frozen=True)
class Money:
    """The money of a dossier in a project year, in cents; None for what the plan does not know.

    Subsidy, own contribution, advance and balance are sums of what is known: `coverage` says of how much.
    """

    granted_cents: int | None
    own_cents: int | None
    advance_cents: int | None
    balance_cents: int | None
    paid_offers_cents: int
    paid_from_subsidy_cents: int
    drawing_right_cents: int | None = None
    coverage: Coverage = Coverage()


@dataclass(frozen=True)
class Dossier:
    """All data for the first view of a government, from one query."""

    government: GovernmentChoice
    province: str | None
    kbo: str | None
    population: int | None
    population_year: int | None
    successor_name: str | None
    applicant_name: str | None
    partnership_id: str | None
    partnership_name: str | None
    member_names: tuple[str, ...]
    mentor_actions: tuple[int, ...]
    year: int
    commitments: tuple[CommitmentLine, ...]
    partnership_commitments: tuple[CommitmentLine, ...]
    states: StateCounts
    money: Money
    agreements: tuple[AgreementLine, ...]
    sessions: tuple[SessionLine, ...]
    session_count: int
    offer_uses: tuple[OfferUseLine, ...]
    tracks: tuple[TrackChoice, ...]
    timeline: tuple[TimelineItem, ...]


@dataclass(frozen=True)
class SessionTotals:
    """The sessions of a period: how many were given up to today, in how many minutes, and how many are planned after
    today; `hidden` are those outside the period."""

    given: int
    minutes: int
    planned: int
    hidden: int


@dataclass(frozen=True)
class SessionOptions:
    """The choices in the session form for the selected governments on the day of the session."""

    commitments: tuple[CommitmentLine, ...]
    tracks: tuple[TrackChoice, ...]
    previous: SessionLine | None
    previous_agreements: tuple[AgreementLine, ...]
