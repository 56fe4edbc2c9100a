"""The money of commitments: the one sum of what is known, and what that sum covers."""

from __future__ import annotations

from collections.abc import Sequence

from samenleven_desktop.domain import money
from samenleven_desktop.domain.sums import known_sum
from samenleven_desktop.readmodels.core import CommitmentLine, Coverage, Money, OfferUseLine
from samenleven_desktop.services.core.query_context import QueryContext


def money_of(context: QueryContext, lines: Sequence[CommitmentLine], uses: Sequence[OfferUseLine]) -> Money:
    """Returns the money of these commitments, each year by its own shares, and of these offers in use."""
    granted = known_sum(line.amount_cents for line in lines)
    covered = Coverage.of(lines)
    own: int | None = 0
    advance: int | None = 0
    balance: int | None = 0
    for year in sorted({line.year for line in lines}) or [context.year().number]:
        rules = context.plan.money_rules_in(year)
        of_year = sum(line.amount_cents or 0 for line in lines if line.year == year)
        first, last = money.advance_and_balance(of_year, rules)
        own, advance, balance = (
            None if whole is None or part is None else whole + part
            for whole, part in ((own, money.own_contribution(of_year, rules)), (advance, first), (balance, last))
        )
    nothing_known = granted is None and not covered.complete
    return Money(
        granted_cents=None if nothing_known else granted or 0,
        own_cents=None if nothing_known else own,
        advance_cents=None if nothing_known else advance,
        balance_cents=None if nothing_known else balance,
        paid_offers_cents=sum(use.price_cents or 0 for use in uses),
        paid_from_subsidy_cents=sum(use.price_cents or 0 for use in uses if use.paid_from == "subsidy"),
        coverage=covered,
    )
