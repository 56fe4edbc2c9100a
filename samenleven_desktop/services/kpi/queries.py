"""KPI queries: commitments with the values derived from them on a day, and the ledger rows behind a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from samenleven_desktop.domain import money
from samenleven_desktop.domain.commitment_notes import CommitmentFacts, JuryResult, commitment_notes, computed_cents
from samenleven_desktop.domain.kpi import KpiState, Reached, Uncounted, expected_today, kpi_state
from samenleven_desktop.domain.plan import ProjectYear
from samenleven_desktop.readmodels.core import CommitmentLine, KpiEntryLine, StateCounts
from samenleven_desktop.services.core.query_context import QueryContext, YearRef
from samenleven_desktop.storage.queries import kpi as stored


def list_commitments(
    context: QueryContext, year: YearRef = None, governments: Iterable[str] | None = None, action: int | None = None
) -> list[CommitmentLine]:
    """Returns commitments of a project year (None: of every year of every plan), of some applicants, of one action.

    They are evaluated as of today; for a past year, as of its last day.
    """
    if year is None:
        commitments = stored.commitments(context.view, None, None, governments)
    else:
        context, project_year = context.at(year)
        commitments = stored.commitments(context.view, context.plan.id, project_year.number, governments)
    if action is not None:
        commitments = [line for line in commitments if _is_of(context, line.target_id, action)]
    return _lines(context, commitments)


def commitments_by_id(context: QueryContext, ids: Iterable[str]) -> list[CommitmentLine]:
    """Returns live commitments by id, for any applicant, year and plan."""
    return _lines(context, stored.commitments(context.view, ids=ids))


def commitments_of_year(
    context: QueryContext, plan_id: str, year: int, governments: Iterable[str]
) -> list[CommitmentLine]:
    """Returns the commitments of these applicants in a project year of any plan, also one that is not in use."""
    return _lines(context, stored.commitments(context.view, plan_id, year, governments))


def _is_of(context: QueryContext, target_id: str, action: int) -> bool:
    """Returns whether a target belongs to the action with this number in the plan at hand."""
    found = context.plan_of_target(target_id)
    return found.id == context.plan.id and found.target(target_id).action_number == action


def _lines(context: QueryContext, commitments: list[stored.StoredCommitment]) -> list[CommitmentLine]:
    uses = stored.use_counts(context.view, [line.id for line in commitments])
    reached: dict[str, Reached] = {}
    for plan_id, number in sorted({(line.plan_id, line.year) for line in commitments}):
        of_year = [line for line in commitments if (line.plan_id, line.year) == (plan_id, number)]
        last = _year_of(context, of_year[0]).end
        reached |= stored.reached(context.view, min(context.today, last), of_year)
    return [_line(context, line, reached[line.id], uses) for line in commitments]


def _year_of(context: QueryContext, line: stored.StoredCommitment) -> ProjectYear:
    """Returns the project year of a commitment as its plan has it now; a year that was dropped, as it was then."""
    present = context.plan_with_id(line.plan_id) or context.plan
    then = context.plan_of(line.plan_id, line.plan_version, line.plan_hash)
    return present.year(line.year) or then.year(line.year) or present.year_on(context.today)


def list_entries(context: QueryContext, commitment_ids: Iterable[str]) -> list[KpiEntryLine]:
    """Returns the ledger rows of these commitments, newest first, marked if also counted for another action."""
    lines = {line.id: line for line in commitments_by_id(context, commitment_ids)}
    ends = {line.id: _end_of(context, line) for line in lines.values()}
    twice: dict[str, set[int]] = {}
    for entry_id, target_id in stored.counted_twice(context.view, lines):
        twice.setdefault(entry_id, set()).add(context.target(target_id).action_number)
    return [
        replace(
            entry,
            action_number=line.action_number,
            target_label=line.target_label,
            target_code=line.target_code,
            unit=line.unit,
            also_counted_for=tuple(sorted(twice.get(entry.id, set()) - {line.action_number})),
            plan=line.plan,
            uncounted=_uncounted(entry, ends[line.id], context.today),
        )
        for entry in stored.entries(context.view, lines)
        for line in (lines[entry.commitment_id],)
    ]


def _end_of(context: QueryContext, line: CommitmentLine) -> date:
    plan = context.plan_with_id(line.plan_id) or context.plan
    year = plan.year(line.year)
    return year.end if year is not None else date.max


def _uncounted(entry: KpiEntryLine, end: date, today: date) -> Uncounted | None:
    """Returns why a row does not count, by the same rule as the reached number (`stored.reached`)."""
    if entry.corrected:
        return Uncounted.CORRECTED
    if entry.day > end:
        return Uncounted.AFTER_YEAR
    return Uncounted.AFTER_TODAY if entry.day > today else None


def count_states(commitments: Iterable[CommitmentLine]) -> StateCounts:
    counts = Counter(line.state for line in commitments)
    return StateCounts(**{state.value: counts[state] for state in KpiState})


def _line(
    context: QueryContext, stored_line: stored.StoredCommitment, reached: Reached, uses: dict[tuple[str, str], int]
) -> CommitmentLine:
    # A commitment keeps the rate and the cap of the plan version under which it was made.
    plan = context.plan_of(stored_line.plan_id, stored_line.plan_version, stored_line.plan_hash)
    if not plan.has_target(stored_line.target_id):
        plan = context.plan_of_target(stored_line.target_id)
    target = plan.target(stored_line.target_id)
    year, terms = _year_of(context, stored_line), target.in_year(stored_line.year)
    action = plan.action(target.action_number)
    day = min(context.today, year.end)
    facts = CommitmentFacts(
        target_id=target.id,
        year=stored_line.year,
        existing_reach=stored_line.existing_reach,
        requested=stored_line.requested,
        confirmed=stored_line.confirmed,
        final_reached=stored_line.final_reached,
        granted_cents=stored_line.granted_cents,
        motivated=bool(stored_line.motivation),
    )
    computed = computed_cents(plan, facts)
    amount = computed if stored_line.granted_cents is None else stored_line.granted_cents
    advance, balance = (
        (None, None) if amount is None else money.advance_and_balance(amount, plan.money_rules_in(stored_line.year))
    )
    return CommitmentLine(
        id=stored_line.id,
        government_id=stored_line.applicant_id,
        government_code=stored_line.applicant_code,
        government_name=stored_line.applicant_name,
        year=stored_line.year,
        action_number=action.number,
        action_title=action.short_title,
        target_id=target.id,
        target_code=target.code,
        target_label=target.label,
        target_kind=target.kind,
        unit=terms.unit if terms else None,
        rank=stored_line.rank,
        existing_reach=stored_line.existing_reach,
        requested=stored_line.requested,
        confirmed=stored_line.confirmed,
        interim_reached=stored_line.interim_reached,
        final_reached=stored_line.final_reached,
        reached_to_date=reached.total,
        expected_today=expected_today(stored_line.confirmed, year, day),
        state=kpi_state(target, year, plan.kpi_rules_in(stored_line.year), stored_line.confirmed, reached, day),
        last_entry=reached.last_day,
        conflict_day=reached.conflict_day,
        amount_cents=amount,
        amount_granted=stored_line.granted_cents is not None,
        paid_uses=uses.get((stored_line.id, "paid"), 0),
        free_uses=uses.get((stored_line.id, "free"), 0),
        agency_uses=uses.get((stored_line.id, "agency"), 0),
        computed_cents=computed,
        own_cents=None if amount is None else money.own_contribution(amount, plan.money_rules_in(stored_line.year)),
        advance_cents=advance,
        balance_cents=balance,
        jury_result=None if stored_line.jury_result is None else JuryResult(stored_line.jury_result),
        motivation=stored_line.motivation,
        anchor_moments=stored_line.anchor_moments,
        note=stored_line.note,
        notes=commitment_notes(plan, facts),
        plan_id=stored_line.plan_id,
        plan=context.plan_words(stored_line.plan_id),
        action_id=action.id,
        year_id=year.id,
    )
