"""`samenleven offer-advice`: offers for the targets of a government that are behind, or for one action."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from samenleven_desktop.cli import column_types
from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.output import TextColumn, print_json, print_table, print_text
from samenleven_desktop.domain.advice import Advice
from samenleven_desktop.i18n.labels import ADVICE_KINDS, COSTS, STATES, advice_reason
from samenleven_desktop.i18n.language import N_
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.offers.advice import advice

_COLUMNS: list[TextColumn] = [
    column_types.number(N_("action"), lambda row: row["action_number"]),
    column_types.coded(N_("state"), STATES, lambda row: row["state"]),
    column_types.coded(N_("kind"), ADVICE_KINDS, lambda row: row["kind"]),
    column_types.free(N_("title"), lambda row: row["title"], 44),
    column_types.free(N_("organisation"), lambda row: row["organisation"], 36),
    column_types.coded(N_("cost"), COSTS, lambda row: row["cost"]),
    column_types.amount(N_("price"), lambda row: row["price_cents"]),
    column_types.amount(N_("room"), lambda row: row["room_cents"]),
    TextColumn(N_("reason"), lambda language, row: advice_reason(language, row["advice"])),
]


def offer_advice(call: Call) -> int:
    """Prints the advice per target, most urgent first."""
    options = call.options
    with call.workspace() as workspace:
        practice, today = workspace.practice_date is not None, workspace.today
        name, year, found = workspace.query(_query, call.plan, options.government, options.year, options.action)
    if call.json:
        print_json(
            {
                "government": options.government,
                "government_name": name,
                "year": year,
                "today": today,
                "practice": practice,
                "action": options.action,
                "advice": found,
            }
        )
        return 0
    language = call.language
    if practice:
        print_text(language.text("Practice file, invented figures"))
    rows: list[dict[str, Any]] = [asdict(one) | {"advice": one} for one in found]
    if rows:
        print_table(language, _COLUMNS, rows)
    else:
        print_text(language.text("Nothing lags here in this project year."))
    return 0


def _query(
    context: QueryContext, plan: str | None, code: str, year: int | None, action: int | None
) -> tuple[str, int, list[Advice]]:
    context = lookup.in_plan(context, plan, year)
    project_year = lookup.project_year(context, year)
    number = lookup.action_number(context, action)
    government = lookup.government_on(context, code, context.today)
    return government.name, project_year.number, advice(context, government.id, project_year.number, number)
