"""Queries about one action: its page, and the actions that a few words mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from samenleven_desktop.domain.comparison import tokens
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.offer import OfferCost, OfferLine
from samenleven_desktop.domain.plan import Action, Plan
from samenleven_desktop.domain.stimulus import RECEIVED
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.readmodels.action_page import ActionPage, MentorProposal, TermsLine
from samenleven_desktop.readmodels.core import CommitmentLine
from samenleven_desktop.readmodels.search import SearchResult, snippet
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.instruments.queries import list_instruments
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.offers import advice
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.queries import sessions as work
from samenleven_desktop.storage.queries import stimuli as stored

SESSIONS_SHOWN = 100
_COSTS = list(OfferCost)


def action_page(context: QueryContext, action_id: str, mine: bool = True) -> ActionPage:
    """Returns everything about one action; the work is that of my governments, or of all.

    Raises UserError if no plan of this file has the action.
    """
    plan = context.plan_of_action(action_id)
    action = None if plan is None else plan.action_with_id(action_id)
    if plan is None or action is None:
        raise UserError(N_("No plan in this file has this action."), field="action")
    governments = work.assigned(context.view, context.officer_id, context.today) if mine else None
    return action_pages(context.within(plan), [action], governments)[0]


def action_pages(
    context: QueryContext,
    actions: Sequence[Action],
    governments: Collection[str] | None,
    period: tuple[date, date] | None = None,
) -> list[ActionPage]:
    """Returns the pages of actions of the plan at hand, with the work of these governments (None: of all).

    With a `period` all sessions of its days, otherwise the newest ones.
    """
    plan = context.plan
    offers, mentors, examples = list_offers(context), advice.known_mentors(context), advice.known_examples(context)
    lines = [line for line in kpi.list_commitments(context, None, governments) if line.plan_id == plan.id]
    roles = [one for one in stored.stimuli(context.view, plan.id) if one.state in RECEIVED and one.action_id]
    named = reference.governments_by_id(context.view, {one.government_id for one in roles})
    objectives = {one.number: one.name for one in plan.objectives}
    first, last = period or (None, None)
    found = []
    for action in actions:
        own = [one for one in mentors if one.action_number == action.number]
        codes = {one.government_code for one in own}
        proposals = {
            one.government_id: MentorProposal(
                one.government_id, named[one.government_id].name, one.learning_network, _period(plan, one.year)
            )
            for one in roles
            if one.action_id == action.id and named[one.government_id].code not in codes
        }
        sessions = work.sessions(
            context.view,
            context.name_actions,
            governments,
            first,
            last,
            limit=None if period else SESSIONS_SHOWN,
            action_id=action.id,
        )
        found.append(
            ActionPage(
                action=action,
                plan_name=plan.name,
                plan_code=plan.short_name,
                in_use=context.plans.with_id(plan.id) is not None,
                objective=objectives.get(action.objective_number or 0),
                rules=tuple(rule.text for rule in plan.action_rules),
                published=tuple(
                    (_period(plan, one.year), one)
                    for one in plan.published_figures
                    if one.action_number == action.number
                ),
                pages=plan.sources,
                terms=tuple(_terms(plan, action)),
                offers=tuple(sorted((one for one in offers if _helps(one, action)), key=_order)),
                mentors=tuple(sorted(own, key=lambda one: sort_key(one.name))),
                proposals=tuple(sorted(proposals.values(), key=lambda one: sort_key(one.government_name))),
                examples=tuple(one for one in examples if one.action_number == action.number),
                commitments=tuple(_of_action(plan, action, lines)),
                instruments=tuple(list_instruments(context, governments, action.id)),
                sessions=tuple(sessions),
                session_count=(
                    work.sessions_about(context.view, action.id, governments)
                    if len(sessions) == SESSIONS_SHOWN and period is None
                    else len(sessions)
                ),
            )
        )
    return found


def _helps(offer: OfferLine, action: Action) -> bool:
    return offer.all_actions or action.id in offer.action_ids


def _order(offer: OfferLine) -> tuple[bool, int, str, str]:
    """Returns the order of offers: those for this action before those for every action, then by cost."""
    return (
        offer.all_actions,
        _COSTS.index(OfferCost(offer.cost)),
        sort_key(offer.organisation),
        sort_key(offer.title),
    )


def _period(plan: Plan, number: int) -> str:
    year = plan.year(number)
    return str(number) if year is None else year.label


def _terms(plan: Plan, action: Action) -> Iterable[TermsLine]:
    for year in plan.years:
        for target in action.targets:
            terms = target.in_year(year.number)
            if terms is not None:
                yield TermsLine(
                    year.label,
                    target.label_in(year.number),
                    terms.unit,
                    terms.rate_cents,
                    terms.cap_units,
                    plan.financed(target.id, year.number),
                    terms.note,
                    terms.source,
                )


def _of_action(plan: Plan, action: Action, lines: Iterable[CommitmentLine]) -> list[tuple[str, CommitmentLine]]:
    own = [line for line in lines if line.action_id == action.id]
    own.sort(key=lambda line: (-line.year, sort_key(line.government_name), line.target_code))
    return [(_period(plan, line.year), line) for line in own]


def find_actions(context: QueryContext, words: str, most: int) -> list[SearchResult]:
    """Returns the actions of the plans in use that hold, for every typed word, a word that starts with it.

    They are found by number, title, earlier name and the words of their definition, in that order; those of the plan
    that counts first.
    """
    typed = tokens(words)
    if not typed:
        return []
    plans = sorted(context.plans, key=lambda plan: plan.id != context.plan.id)
    found: list[tuple[int, SearchResult]] = []
    for plan in plans:
        for action in plan.actions:
            rank = _rank(action, typed)
            if rank is not None:
                text = " · ".join([*action.earlier_names, *_definition(action)])
                about = snippet(text, typed) if rank >= _BY_EARLIER_NAME else action.title
                shown = [plan.short_name if len(context.plans.in_use) > 1 else "", about]
                title = f"{action.number} {action.short_title}"
                found.append((rank, SearchResult("action", action.id, title, " · ".join(filter(None, shown)), None)))
    found.sort(key=lambda one: one[0])
    return [one for _, one in found[:most]]


_BY_NUMBER, _BY_TITLE, _BY_EARLIER_NAME, _BY_DEFINITION = range(4)
_ACTION_WORDS = ("actie", "action")


def _rank(action: Action, typed: Sequence[str]) -> int | None:
    """Returns how an action fits the typed words, the best fit first; None if it does not."""
    numbers = [str(action.number), f"a{action.number}", *(target.code.casefold() for target in action.targets)]
    if typed[-1] in numbers and all(one in _ACTION_WORDS for one in typed[:-1]):
        return _BY_NUMBER
    known = [*_ACTION_WORDS, *numbers]
    for rank, texts in (
        (_BY_TITLE, [action.title, action.short_title]),
        (_BY_EARLIER_NAME, action.earlier_names),
        (_BY_DEFINITION, _definition(action)),
    ):
        own = [word for text in texts for word in tokens(text)]
        known += own
        if all(any(word.startswith(one) for word in known) for one in typed) and any(
            word.startswith(one) for word in own for one in typed
        ):
            return rank
    return None


def _definition(action: Action) -> list[str]:
    """Returns the texts that say what counts for an action."""
    units = {terms.unit for target in action.targets for terms in target.terms if terms.unit}
    labels = [target.label for target in action.targets]
    return [*filter(None, [action.kpi, *labels, *sorted(units), *action.plan_parts, *action.support, action.note])]
