"""Subsidy arithmetic in integer cents. Sources: application form of 2022 [GIT-FORM], launch page [V-LAUNCH]."""

from __future__ import annotations

from samenleven_desktop.domain.plan import MoneyRules


def flemish_contribution(additional_units: int, rate_cents: int) -> int:
    """Returns planned additional units x rate; existing reach is reported but never subsidised."""
    return additional_units * rate_cents


def own_contribution(flemish_cents: int, rules: MoneyRules) -> int | None:
    """Returns the local government's own contribution: the Flemish contribution x the ratio of the plan.

    None if the plan does not know the ratio.
    """
    return None if rules.own_contribution_ratio is None else round(flemish_cents * rules.own_contribution_ratio)


def advance_and_balance(granted_cents: int, rules: MoneyRules) -> tuple[int | None, int | None]:
    """Returns the first and the last payment; their sum is always exactly the granted amount.

    None for both if the plan knows neither share.
    """
    if rules.advance_share is None and rules.balance_share is None:
        return None, None
    if rules.advance_share is None:
        balance = round(granted_cents * (rules.balance_share or 0))
        return granted_cents - balance, balance
    advance = round(granted_cents * rules.advance_share)
    return advance, granted_cents - advance
