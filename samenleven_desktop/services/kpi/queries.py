"""KPI queries: commitments with the values derived from them on a day, and the ledger rows behind a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from samenleven_desktop.domain import money
from samenleven_desktop.domain.commitment_notes import CommitmentFacts, JuryResult, commitment_notes, computed_cents
from samenleven_desktop.domain.kpi import CountingDays, EntryKind, Reached, Uncounted, expected_today, kpi_state
from samenleven_desktop.domain.plan import Plan, ProjectYear
from samenleven_desktop.readmodels.core import CommitmentLine, KpiEntryLine, StateCounts
from samenleven_desktop.readmodels.entries import EntryFacts
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
    siblings = commitments
    if action is not None:
        commitments = [line for line in commitments if _is_of(context, line.target_id, action)]
    return _lines(context, commitments, siblings)


def commitments_by_id(context: QueryContext, ids: Iterable[str]) -> list[CommitmentLine]:
    """Returns live commitments by id, for any applicant, year and plan."""
    found = stored.commitments(context.view, ids=ids)
    return _lines(context, found, stored.commitments(context.view, applicants={line.applicant_id for line in found}))


def commitments_of_year(
    context: QueryContext, plan_id: str, year: int, governments: Iterable[str]
) -> list[CommitmentLine]:
    """Returns the commitments of these applicants in a project year of any plan, also one that is not in use."""
    found = stored.commitments(context.view, plan_id, year, governments)
    return _lines(context, found, found)


def _is_of(context: QueryContext, target_id: str, action: int) -> bool:
    """Returns whether a target belongs to the action with this number in the plan at hand."""
    found = context.plan_of_target(target_id)
    return found.id == context.plan.id and found.target(target_id).action_number == action


def _lines(
    context: QueryContext, commitments: list[stored.StoredCommitment], siblings: list[stored.StoredCommitment]
) -> list[CommitmentLine]:
    """`siblings` are all commitments of these applicants and years."""
    uses = stored.use_counts(context.view, [line.id for line in commitments])
    reached: dict[str, Reached] = {}
    outside: dict[str, tuple[Uncounted, ...]] = {}
    for plan_id, number in sorted({(line.plan_id, line.year) for line in commitments}):
        of_year = [line for line in commitments if (line.plan_id, line.year) == (plan_id, number)]
        days = CountingDays.of(_year_of(context, of_year[0]))
        reached |= stored.reached(context.view, context.today, days, of_year)
        outside |= stored.outside(context.view, days, of_year)
    others = _amounts_of_other_targets(context, commitments, siblings)
    return [
        _line(context, line, reached[line.id], outside.get(line.id, ()), others[line.id], uses) for line in commitments
    ]


def _amounts_of_other_targets(
    context: QueryContext, commitments: list[stored.StoredCommitment], siblings: list[stored.StoredCommitment]
) -> dict[str, int]:
    """Returns commitment -> the known amounts of the other targets of its action, for the same applicant and year."""
    cents: dict[str, int] = {}
    together: Counter[tuple[str, str, int, str]] = Counter()
    for line in siblings:
        plan = _plan_then(context, line)
        facts = _facts(line)
        cents[line.id] = (computed_cents(plan, facts) if line.granted_cents is None else line.granted_cents) or 0
        together[_action_key(plan, line)] += cents[line.id]
    return {line.id: together[_action_key(_plan_then(context, line), line)] - cents[line.id] for line in commitments}


def _action_key(plan: Plan, line: stored.StoredCommitment) -> tuple[str, str, int, str]:
    action = plan.action(plan.target(line.target_id).action_number)
    return line.applicant_id, line.plan_id, line.year, action.id


def _plan_then(context: QueryContext, line: stored.StoredCommitment) -> Plan:
    """Returns the plan version under which a commitment was made: it keeps the rate and the cap of then."""
    plan = context.plan_of(line.plan_id, line.plan_version, line.plan_hash)
    return plan if plan.has_target(line.target_id) else context.plan_of_target(line.target_id)


def _facts(line: stored.StoredCommitment) -> CommitmentFacts:
    return CommitmentFacts(
        target_id=line.target_id,
        year=line.year,
        existing_reach=line.existing_reach,
        requested=line.requested,
        confirmed=line.confirmed,
        final_reached=line.final_reached,
        granted_cents=line.granted_cents,
        motivated=bool(line.motivation),
    )


def _year_of(context: QueryContext, line: stored.StoredCommitment) -> ProjectYear:
    """Returns the project year of a commitment as its plan has it now; a year that was dropped, as it was then."""
    present = context.plan_with_id(line.plan_id) or context.plan
    then = context.plan_of(line.plan_id, line.plan_version, line.plan_hash)
    return present.year(line.year) or then.year(line.year) or present.year_on(context.today)


def list_entries(context: QueryContext, commitment_ids: Iterable[str]) -> list[KpiEntryLine]:
    """Returns the ledger rows of these commitments, newest first, those outside their project year after the others.

    Marked are rows that do not count, and those that are also counted for another action.
    """
    lines = {line.id: line for line in commitments_by_id(context, commitment_ids)}
    days = {line.id: counting_days(context, line) for line in lines.values()}
    found = stored.entries(context.view, lines)
    readings = _reading_days(found, days, context.today)
    twice: dict[str, set[int]] = {}
    for entry_id, target_id in stored.counted_twice(context.view, lines):
        twice.setdefault(entry_id, set()).add(context.target(target_id).action_number)
    marked = [
        replace(
            entry,
            action_number=line.action_number,
            target_label=line.target_label,
            target_code=line.target_code,
            unit=line.unit,
            also_counted_for=tuple(sorted(twice.get(entry.id, set()) - {line.action_number})),
            plan=line.plan,
            uncounted=_uncounted(entry, days[line.id], context.today, readings),
        )
        for entry in found
        for line in (lines[entry.commitment_id],)
    ]
    return sorted(marked, key=lambda entry: entry.uncounted is not None and entry.uncounted.outside)


def counting_days(context: QueryContext, line: CommitmentLine) -> CountingDays:
    """Returns the days of which entries count for a commitment."""
    plan = context.plan_with_id(line.plan_id) or context.plan
    return CountingDays.of(plan.year(line.year) or plan.year_on(context.today))


def entry_facts(context: QueryContext, commitment_id: str) -> EntryFacts | None:
    """Returns what decides where a new entry of a commitment counts; None if it is gone."""
    lines = commitments_by_id(context, [commitment_id])
    if not lines:
        return None
    days = counting_days(context, lines[0])
    live = [one for one in stored.entries(context.view, [commitment_id]) if not one.corrected]
    counted = [one for one in live if days.why_not(one.kind, one.day) is None]
    added: Counter[date] = Counter()
    for one in counted:
        if one.kind is EntryKind.INCREMENT:
            added[one.day] += one.units
    return EntryFacts(days, {one.day: one.units for one in counted if one.kind is EntryKind.READING}, dict(added))


def _reading_days(
    entries: Iterable[KpiEntryLine], days: Mapping[str, CountingDays], today: date
) -> set[tuple[str, date]]:
    """Returns commitment and day of every reading that counts."""
    return {
        (one.commitment_id, one.day)
        for one in entries
        if one.kind is EntryKind.READING
        and not one.corrected
        and one.day <= today
        and days[one.commitment_id].why_not(one.kind, one.day) is None
    }


def _uncounted(
    entry: KpiEntryLine, days: CountingDays, today: date, readings: Collection[tuple[str, date]]
) -> Uncounted | None:
    """Returns why a row does not count, by the same rule as the reached number (`stored.reached`)."""
    if entry.corrected:
        return Uncounted.CORRECTED
    outside = days.why_not(entry.kind, entry.day)
    if outside is not None:
        return outside
    if entry.day > today:
        return Uncounted.AFTER_TODAY
    in_reading = entry.kind is EntryKind.INCREMENT and (entry.commitment_id, entry.day) in readings
    return Uncounted.IN_READING if in_reading else None


def count_states(commitments: Iterable[CommitmentLine]) -> StateCounts:
    return StateCounts.of(line.state for line in commitments)


def _line(
    context: QueryContext,
    stored_line: stored.StoredCommitment,
    reached: Reached,
    outside: tuple[Uncounted, ...],
    other_targets_cents: int,
    uses: dict[tuple[str, str], int],
) -> CommitmentLine:
    plan = _plan_then(context, stored_line)
    target = plan.target(stored_line.target_id)
    year, terms = _year_of(context, stored_line), target.in_year(stored_line.year)
    action = plan.action(target.action_number)
    day = min(context.today, year.end)
    facts = replace(_facts(stored_line), outside=outside, other_targets_cents=other_targets_cents)
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
        reached_to_date=reached.known,
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
        other_targets_cents=other_targets_cents,
    )
