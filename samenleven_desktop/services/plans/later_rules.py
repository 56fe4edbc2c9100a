"""Rules that arrive later: commitments under another version of their plan, and taking the newer rules over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from samenleven_desktop.domain import money
from samenleven_desktop.domain.commitment_notes import CommitmentFacts, computed_cents
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import kpi as stored
from samenleven_desktop.storage.repositories import work


@dataclass(frozen=True)
class Terms:
    """What a version of the plan says about a commitment; amounts in cents, None for what is not known."""

    version: str
    amount_cents: int | None
    own_cents: int | None
    advance_cents: int | None
    unit: str | None
    cap_units: int | None
    financed: bool | None


@dataclass(frozen=True)
class LaterRule:
    """A commitment for which another version differs. `granted`: its amount was typed, and stays."""

    commitment_id: str
    government_id: str
    government_code: str
    government_name: str
    plan_code: str
    year: int
    action_number: int
    action_title: str
    target_code: str
    target_label: str
    granted: bool
    old: Terms
    new: Terms


def later_rules(context: QueryContext) -> list[LaterRule]:
    """Returns the commitments that the version in use of their plan would treat otherwise, plan by plan."""
    return [one for plan in context.plans for one in differences(context, plan)]


def differences(context: QueryContext, plan: Plan) -> list[LaterRule]:
    """Returns the commitments of a plan that this version of it would treat otherwise, by year and government."""
    found = []
    for line in stored.commitments(context.view, plan.id):
        if not plan.has_target(line.target_id) or plan.target(line.target_id).in_year(line.year) is None:
            continue
        present = context.plan_of(line.plan_id, line.plan_version, line.plan_hash)
        if present.content_hash == plan.content_hash:
            continue
        old, new = _terms(present, line), _terms(plan, line)
        if _said(old) == _said(new):
            continue
        target = plan.target(line.target_id)
        found.append(
            LaterRule(
                commitment_id=line.id,
                government_id=line.applicant_id,
                government_code=line.applicant_code,
                government_name=line.applicant_name,
                plan_code=plan.code,
                year=line.year,
                action_number=target.action_number,
                action_title=plan.action(target.action_number).short_title,
                target_code=target.code,
                target_label=target.label_in(line.year),
                granted=line.granted_cents is not None,
                old=old,
                new=new,
            )
        )
    return sorted(found, key=lambda one: (one.year, one.government_name, one.action_number, one.target_code))


def _said(terms: Terms) -> tuple[object, ...]:
    return terms.amount_cents, terms.own_cents, terms.advance_cents, terms.unit, terms.cap_units, terms.financed


def _terms(plan: Plan, line: stored.StoredCommitment) -> Terms:
    if not plan.has_target(line.target_id):
        return Terms(plan.version, line.granted_cents, None, None, None, None, None)
    facts = CommitmentFacts(
        line.target_id, line.year, line.existing_reach, line.requested, line.confirmed, None, None, motivated=False
    )
    terms, rules = plan.target(line.target_id).in_year(line.year), plan.money_rules_in(line.year)
    amount = computed_cents(plan, facts) if line.granted_cents is None else line.granted_cents
    return Terms(
        version=plan.version,
        amount_cents=amount,
        own_cents=None if amount is None else money.own_contribution(amount, rules),
        advance_cents=None if amount is None else money.advance_and_balance(amount, rules)[0],
        unit=None if terms is None else terms.unit,
        cap_units=None if terms is None else terms.cap_units,
        financed=plan.financed(line.target_id, line.year),
    )


@dataclass(frozen=True)
class TakeOverRules(WithoutDetails):
    """Puts commitments under the version of their plan that is in use. Returns how many changed."""

    commitment_ids: tuple[str, ...]

    name: ClassVar[str] = N_("Rules of the plan taken over")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> int:
        changed = 0
        for line in stored.commitments(context.view, ids=self.commitment_ids):
            plan = context.plans.with_id(line.plan_id)
            if plan is None or not plan.has_target(line.target_id):
                raise UserError(
                    N_("The version in use no longer has the target of this commitment."), field="commitment_ids"
                )
            if line.plan_hash != plan.content_hash:
                work.change_commitment(unit, line.id, plan_version=plan.version, plan_hash=plan.content_hash)
                changed += 1
        return changed
