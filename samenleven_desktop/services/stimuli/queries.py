"""Evaluates which stimulus each government can get, and why.

Collects the facts in a bounded number of statements; `domain.stimulus` judges them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.government import Government, GovernmentKind
from samenleven_desktop.domain.plan import ProjectYear
from samenleven_desktop.domain.plan_rules import Stimulus
from samenleven_desktop.domain.stimulus import (
    RECEIVED,
    ConditionResult,
    Judgement,
    MemberFacts,
    Outcome,
    StimulusFacts,
    StimulusState,
    judge_stimulus,
    renewable,
)
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.domain.threshold import Counted, ThresholdFact, count, judge
from samenleven_desktop.services.core.query_context import QueryContext, YearRef
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.queries import organisations, partnerships, reference
from samenleven_desktop.storage.queries import sessions as work
from samenleven_desktop.storage.queries import stimuli as stored
from samenleven_desktop.storage.repositories import stimuli as stimulus_rows
from samenleven_desktop.storage.view import View


@dataclass(frozen=True)
class StimulusLine:
    """One kind for one government in a project year.

    `amount_cents` is that of the plan or (`amount_typed`) the officer's; `record_id` is the candidacy. `changed_from`
    is the outcome seen before, if it differs. `received` (this year) and `received_before` (earlier years) count the
    applicant and its partnership together.
    """

    government_id: str
    government_code: str
    government_name: str
    year: int
    year_id: str
    kind: str
    kind_name: str
    outcome: Outcome
    state: StimulusState | None
    record_id: str | None
    amount_cents: int | None
    amount_typed: bool
    received: int
    renewable: ThresholdFact
    conditions: tuple[ConditionResult, ...]
    changed_from: Outcome | None = None
    action_number: int | None = None
    linked_actions: tuple[int, ...] = ()
    received_before: int = 0


@dataclass(frozen=True)
class _Known:
    """The data on which all facts are based, read once."""

    day: date
    year: ProjectYear
    governments: dict[str, Government]
    members: dict[str, list[tuple[str, date]]]
    applicants: dict[str, str]
    ever_applied: dict[str, str]
    counted: dict[str, Counted]
    received: dict[tuple[str, str], list[stored.StoredStimulus]]
    budget: bool | None
    numbers: dict[str, int]
    exempt: frozenset[str]
    mentors: dict[str, frozenset[int]]
    needs_renewal_budget: bool
    judged: Mapping[tuple[str, str], Mapping[str, Judgement]]


def stimuli(
    context: QueryContext, year: YearRef = None, governments: Collection[str] | None = None
) -> list[StimulusLine]:
    """Returns each kind of stimulus for these governments (None: mine), by name; as of today, within the project year.

    For a government that has ended, its successor is evaluated. Organisations have stimuli only where their plan lets
    them apply.
    """
    context, project_year = context.at(year)
    rules = context.plan.stimulus_rules
    if rules is None:
        return []
    wanted = work.assigned(context.view, context.officer_id, context.today) if governments is None else governments
    organised = (
        () if context.plan.admits(GovernmentKind.ORGANISATION) else organisations.organisation_names(context.view)
    )
    wanted = [one for one in wanted if one not in organised]
    known = _gather(context, project_year, wanted)
    alive = {_in_force(known, known.governments[id_]).id for id_ in wanted if id_ in known.governments}
    seen = stored.seen_outcomes(context.view, known.year.id)
    lines = [
        line
        for id_ in alive
        for stimulus in rules.kinds
        if not stimulus.years or known.year.number in stimulus.years
        for line in _lines(known, known.governments[id_], stimulus)
    ]
    marked = [_marked(line, seen.get((line.government_id, line.kind))) for line in lines]
    order = [one.kind for one in rules.kinds]
    return sorted(
        marked, key=lambda line: (sort_key(line.government_name), order.index(line.kind), line.record_id or "")
    )


def _marked(line: StimulusLine, seen: str | None) -> StimulusLine:
    return line if seen is None or seen == line.outcome else replace(line, changed_from=Outcome(seen))


def _lines(known: _Known, government: Government, stimulus: Stimulus) -> Iterable[StimulusLine]:
    """Returns one line per candidacy of this year; if there is none, one for the possible outcome."""
    own = [one for one in known.received[government.id, stimulus.kind] if one.year == known.year.number]
    together = [one for id_ in _as_one(known, government) for one in known.received[id_, stimulus.kind]]
    received = [one for one in together if one.state in RECEIVED]
    this_year = [one for one in received if one.year == known.year.number]
    records: list[stored.StoredStimulus | None] = [*own] or [None]
    for record in records:
        others = sum(one is not record for one in this_year)
        # A role for one action does not renew that for another.
        same = [
            one for one in received if not stimulus.per_action or record is None or one.action_id == record.action_id
        ]
        before = sum(one.year < known.year.number for one in same)
        renews = stimulus.renewable and any(one.year == known.year.number - 1 for one in same)
        facts = _facts(known, government, record, others, before)
        judged = known.judged.get((government.id, stimulus.kind), {})
        facts = replace(facts, renews=renews and known.needs_renewal_budget, judged=judged)
        result = judge_stimulus(stimulus, known.year, facts)
        typed = record.amount_cents if record is not None else None
        yield StimulusLine(
            government_id=government.id,
            government_code=government.code,
            government_name=government.name,
            year=known.year.number,
            year_id=known.year.id,
            kind=stimulus.kind,
            kind_name=stimulus.short_name,
            outcome=result.outcome,
            state=record.state if record is not None else None,
            record_id=record.id if record is not None else None,
            amount_cents=stimulus.amount_in(known.year.number) if typed is None else typed,
            amount_typed=typed is not None,
            received=len(this_year),
            renewable=renewable(stimulus, result, before, known.budget),
            conditions=result.conditions,
            action_number=facts.action_number,
            linked_actions=tuple(sorted(facts.linked_actions)),
            received_before=before,
        )


def _as_one(known: _Known, government: Government) -> set[str]:
    """Returns the ids for which one euro counts once: the applicant, every partnership that it applied for, and those
    of before a merger."""
    applicant = known.ever_applied.get(government.id, government.id)
    found = {applicant, *(id_ for id_, leader in known.ever_applied.items() if leader == applicant)}
    code = known.governments[applicant].code if applicant in known.governments else ""
    merged = {one.id for one in known.governments.values() if code and code in (one.code, one.successor_code)}
    return found | (merged if known.governments[applicant].in_force(known.day) else set())


def _facts(
    known: _Known, government: Government, record: stored.StoredStimulus | None, received: int, before: int
) -> StimulusFacts:
    applicant, partnership = government, government
    if government.kind is GovernmentKind.PARTNERSHIP:
        applicant = known.governments[known.applicants.get(government.id, government.id)]
    else:
        led = next((one for one, leader in known.applicants.items() if leader == government.id), None)
        partnership = known.governments[led] if led is not None else government
    around = known.members.get(partnership.id, [])
    others = [(known.governments[id_], joined) for id_, joined in around if id_ != applicant.id]
    together = [known.counted[one.code] for one in (applicant, *(one for one, _ in others))]
    return StimulusFacts(
        name=government.name,
        day=known.day,
        applicant_name=applicant.name,
        applicant_region=applicant.reference_region,
        applicant_threshold=judge(known.year, [known.counted[applicant.code]]),
        applicant_exempt=applicant.kind.value in known.exempt,
        together=judge(known.year, together),
        others=frozenset(
            MemberFacts(one.code, one.name, joined, one.reference_region, judge(known.year, [known.counted[one.code]]))
            for one, joined in others
        ),
        together_since=partnership.valid_from if partnership.kind is GovernmentKind.PARTNERSHIP else None,
        received=received,
        received_before=before,
        budget=known.budget,
        action_number=known.numbers.get(record.action_id or "") if record else None,
        linked_actions=frozenset(
            known.numbers[one] for one in (record.linked_action_ids if record else ()) if one in known.numbers
        ),
        learning_network=record.learning_network if record else None,
        mentor_of=known.mentors.get(government.code, frozenset()),
        member_of=_member_of(known, government),
        texts=record.texts if record else {},
    )


def _member_of(known: _Known, government: Government) -> tuple[str, str] | None:
    """Returns the names of the partnership in which a government takes part without applying, and of its applicant."""
    for partnership, members in known.members.items():
        leader = known.applicants.get(partnership)
        if leader not in (None, government.id) and any(id_ == government.id for id_, _ in members):
            return known.governments[partnership].name, known.governments[leader or ""].name
    return None


def _gather(context: QueryContext, year: ProjectYear, wanted: Collection[str]) -> _Known:
    view = context.view
    day = max(min(context.today, year.end), year.start)
    governments = {one.id: one for one in reference.all_governments(view)}
    members: dict[str, list[tuple[str, date]]] = defaultdict(list)
    for one in partnerships.memberships(view):
        # What a colleague deleted may still stand in a partnership here, until both decided.
        if one.holds(day) and one.partnership_id in governments and one.member_id in governments:
            members[one.partnership_id].append((one.member_id, one.valid_from))
    received: dict[tuple[str, str], list[stored.StoredStimulus]] = defaultdict(list)
    for record in stored.stimuli(view, context.plan.id):
        received[record.government_id, record.kind].append(record)
    everyone_who_applied = {
        id_: leader for id_, leader in partnerships.applicants(view).items() if leader in governments
    }
    mentors: dict[str, set[int]] = defaultdict(set)
    for mentor in context.plan.mentors:
        mentors[mentor.government_code].add(mentor.action_number)
    rules = context.plan.stimulus_rules
    return _Known(
        day=day,
        year=year,
        governments=governments,
        members=members,
        applicants={id_: leader for id_, leader in everyone_who_applied.items() if id_ in members},
        ever_applied=everyone_who_applied,
        counted=_counted(context, year, day, _around(governments, members, everyone_who_applied, wanted)),
        received=received,
        budget=budget_of(context, year.id),
        numbers={action.id: action.number for action in context.plan.actions},
        exempt=frozenset(kind.value for kind in GovernmentKind if not context.plan.needs_threshold(kind.value)),
        mentors={code: frozenset(numbers) for code, numbers in mentors.items()},
        needs_renewal_budget=rules is not None and rules.renewable_subject_to_budget,
        judged=stored.judgements(view, year.id),
    )


def _around(
    governments: Mapping[str, Government],
    members: Mapping[str, Sequence[tuple[str, date]]],
    applicants: Mapping[str, str],
    wanted: Collection[str],
) -> list[Government]:
    """Returns these and all whose figures may count with theirs: partnerships, their members and applicants, both sides
    of a merger."""
    found = {id_ for id_ in wanted if id_ in governments}
    size = 0
    while len(found) != size:
        size = len(found)
        for partnership, own in members.items():
            ids = {partnership, applicants.get(partnership, partnership), *(id_ for id_, _ in own)}
            if not ids.isdisjoint(found):
                found |= {id_ for id_ in ids if id_ in governments}
        codes = {governments[id_].code for id_ in found}
        codes |= {code for id_ in found if (code := governments[id_].successor_code)}
        found |= {one.id for one in governments.values() if one.code in codes or one.successor_code in codes}
    return [governments[id_] for id_ in governments if id_ in found]


def _counted(
    context: QueryContext, year: ProjectYear, day: date, governments: Iterable[Government]
) -> dict[str, Counted]:
    """Returns the count per code, including governments that merged into it since the day of its figures."""
    everything = list(governments)
    codes = {one.code for one in everything}
    shipped, official = defaultdict(list), defaultdict(list)
    for figure in partnerships.origin_figures(context.view, codes):
        shipped[figure.government_code].append(figure)
    for typed in partnerships.official_figures(context.view, codes):
        official[typed.government_code].append(typed)
    alone = {code: count(code, year, shipped[code], official[code]) for code in codes}
    found = dict(alone)
    for one in everything:
        if one.successor_code is None or one.valid_until is None or one.valid_until >= day:
            continue
        if one.successor_code != one.code and one.successor_code in found:
            found[one.successor_code] = _with(found[one.successor_code], alone[one.code], one.valid_until)
    return found


def _with(after: Counted, before: Counted, until: date) -> Counted:
    """Adds the figures of a municipality that merged into another one after they were counted."""
    own_day = None if after.figures_year is None else date(after.figures_year, 1, 1)
    if after.official or before.lower is None or before.upper is None or (own_day is not None and own_day > until):
        return after
    return Counted(
        after.government_code,
        (after.lower or 0) + before.lower,
        (after.upper or 0) + before.upper,
        before.figures_year if after.figures_year is None else after.figures_year,
        after.source or before.source,
        False,
    )


def _in_force(known: _Known, government: Government) -> Government:
    if government.in_force(known.day) or government.successor_code is None:
        return government
    heirs = [one for one in known.governments.values() if one.code == government.successor_code]
    return next((one for one in heirs if one.in_force(known.day)), government)


Candidacy = stored.StoredStimulus


def candidacy(context: QueryContext, record_id: str) -> Candidacy:
    """Returns a candidacy with its texts. Raises UserError if it is gone."""
    plan_id = stored.plan_of(context.view, record_id)
    found = next((one for one in stored.stimuli(context.view, plan_id or "") if one.id == record_id), None)
    if found is None:
        raise UserError(N_("This candidacy is no longer there."))
    return found


def candidacies(context: QueryContext) -> list[Candidacy]:
    """Returns all candidacies under the plan, oldest first."""
    return stored.stimuli(context.view, context.plan.id)


def budget_of(context: QueryContext, year: YearRef) -> bool | None:
    """Returns whether there is budget in a project year: the officer's entry, otherwise that of the plan.

    The plan says of a year whether its grants could be renewed in the *next* call.
    """
    context, project_year = context.at(year)
    noted = stored.budgets(context.view).get(project_year.id)
    if noted is not None:
        return noted[1]
    before = context.plan.year(project_year.number - 1)
    return None if before is None else before.renewal_budget


def see_outcomes(workspace: Workspace, lines: Iterable[StimulusLine]) -> None:
    """Marks these outcomes as seen: a different one later is reported as changed."""
    seen: dict[str, list[tuple[str, str, str]]] = {}
    for line in lines:
        seen.setdefault(line.year_id, []).append((line.government_id, line.kind, line.outcome.value))

    def put(view: View) -> None:
        for year_id, outcomes in seen.items():
            stimulus_rows.put_seen(view, year_id, outcomes)

    workspace.write_untracked(put)
