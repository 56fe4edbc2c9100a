"""The rows of the start screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.government import Followed, GovernmentKind
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.plan_calendar import PlanDay
from samenleven_desktop.readmodels.core import Party, SessionLine, SessionMode, StateCounts


@dataclass(frozen=True)
class AttentionItem:
    """A target that needs attention: `state` is behind, at risk or no entry (then `reached` is None)."""

    government_id: str
    government_name: str
    action: str
    action_title: str
    state: KpiState
    reached: int | None
    confirmed: int | None


@dataclass(frozen=True)
class GovernmentAttention:
    """A government, partnership or organisation with its targets that need attention, the worst first; at least one."""

    government_id: str
    government_name: str
    kind: GovernmentKind
    items: tuple[AttentionItem, ...]

    @property
    def worst(self) -> AttentionItem:
        return self.items[0]


@dataclass(frozen=True)
class WeekItem:
    """An item of today or the following days: a planned session or an agreement.

    A session has a `form`, a start and an end in minutes of the day, an agreement the responsible party. `record_id` is
    that of the session or agreement; `late` only for agreements.
    """

    day: date
    minute: int | None
    end_minute: int | None
    record_id: str
    government_id: str
    government_names: tuple[str, ...]
    text: str
    form: SessionMode | None
    who: Party | None
    late: bool


@dataclass(frozen=True)
class FirstSteps:
    """What of the first steps is done in a file without any session."""

    governments: bool
    brought_in: bool


@dataclass(frozen=True)
class StartSummary:
    """The data of the start screen. `late` holds every open agreement of an earlier day, the oldest first; `week` the
    sessions and agreements of today and the next seven days in order of time; `attention` the worst government first.

    `taken_up`: there are commitments in the current project year; `plan_name` is empty without a plan in use;
    `dates_known`: a plan in use has dates, past or future. `first_steps` only while the file has no session.
    """

    today: date
    year: int
    year_label: str
    taken_up: bool
    plan_name: str
    plan_runs: bool
    dates_known: bool
    followed: Followed
    states: StateCounts
    session_count: int
    session_minutes: int
    without_contact: Followed
    without_contact_days: int
    open_agreements: int
    late_agreements: int
    late: tuple[WeekItem, ...]
    week: tuple[WeekItem, ...]
    attention: tuple[GovernmentAttention, ...]
    recent_sessions: tuple[SessionLine, ...]
    terms: tuple[PlanDay, ...]
    first_steps: FirstSteps | None = None
