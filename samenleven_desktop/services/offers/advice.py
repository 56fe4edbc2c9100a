"""Advice for one target, for an action, or for all targets of a government that are behind."""

from __future__ import annotations

from collections import defaultdict

from samenleven_desktop.domain.advice import (
    LAGGING,
    Advice,
    HelpedTarget,
    KnownExample,
    KnownMentor,
    advise,
)
from samenleven_desktop.domain.offer_use import Payer
from samenleven_desktop.readmodels.core import CommitmentLine
from samenleven_desktop.services.core.query_context import QueryContext, YearRef
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.storage.queries import applicants, mentors_and_examples, reference
from samenleven_desktop.storage.queries import offers as stored


def known_mentors(context: QueryContext) -> list[KnownMentor]:
    """Returns the mentors of the plan file and the officers' own."""
    found = [
        KnownMentor(one.action_number, one.government_code, one.name, one.learning_network, one.text, one.source)
        for one in context.plan.mentors
    ]
    found += [
        KnownMentor(
            row["number"],
            row["code"],
            row["government_name"],
            row["learning_network"],
            row["note"],
            row["source"],
            row["id"],
        )
        for row in mentors_and_examples.mentors(context.view, context.plan.id)
    ]
    return found


def known_examples(context: QueryContext) -> list[KnownExample]:
    """Returns the examples of the plan file and the officers' own."""
    found = [KnownExample(one.action_number, one.title, one.text, one.source) for one in context.plan.examples]
    found += [
        KnownExample(
            row["number"],
            row["title"],
            row["note"],
            row["source"],
            row["government_name"],
            row["id"],
            row["government_id"],
        )
        for row in mentors_and_examples.examples(context.view, context.plan.id)
    ]
    return found


def advice(
    context: QueryContext,
    government_id: str,
    year: YearRef = None,
    action_number: int | None = None,
    target_id: str | None = None,
) -> list[Advice]:
    """Returns advice for a target, for the targets of an action, or for all that are behind.

    A given target or action is included with or without a commitment; without one, the advice is for the government,
    its partnership and the organisations that serve it.
    """
    government = reference.government(context.view, government_id)
    context, project_year = context.at(year)
    if target_id is not None:
        context = context.within(context.plan_of_target(target_id))
    number = project_year.number
    around = applicants.around(context.view, [government_id], context.today)
    lines = kpi.list_commitments(context, number, around)
    targets = _targets(context, lines, number, action_number, target_id)
    used, spent = _uses(context, lines)
    offers, mentors, examples = list_offers(context), known_mentors(context), known_examples(context)
    found: list[Advice] = []
    for target, line in targets:
        helped = HelpedTarget(
            commitment_id=line.id if line else None,
            target_id=target,
            action_number=context.target(target).action_number,
            year=number,
            state=line.state if line else None,
            room_cents=None if line is None or line.amount_cents is None else line.amount_cents - spent[line.id],
            financed=context.plan.financed(target, number),
        )
        mine = used[line.id] if line else []
        found += advise(context.plan, government, helped, offers, mentors, examples, mine, context.today)
    return found


def _targets(
    context: QueryContext, lines: list[CommitmentLine], year: int, action_number: int | None, target_id: str | None
) -> list[tuple[str, CommitmentLine | None]]:
    by_target = {line.target_id: line for line in lines}
    if target_id is not None:
        return [(target_id, by_target.get(target_id))]
    if action_number is not None:
        targets = [one for one in context.plan.action(action_number).targets if one.in_year(year) is not None]
        return [(one.id, by_target.get(one.id)) for one in targets]
    lagging = [line for line in lines if line.state in LAGGING]
    return [(line.target_id, line) for line in sorted(lagging, key=lambda line: LAGGING.index(line.state))]


def _uses(context: QueryContext, lines: list[CommitmentLine]) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Returns commitment -> offers in use, and how much of its subsidy was spent on them (cents)."""
    used: dict[str, list[str]] = defaultdict(list)
    spent: dict[str, int] = defaultdict(int)
    for use in stored.uses_of_commitments(context.view, [line.id for line in lines]):
        if use.commitment_id is not None:
            used[use.commitment_id].append(use.offer_id)
            if use.paid_from == Payer.SUBSIDY:
                spent[use.commitment_id] += use.price_cents or 0
    return used, spent
