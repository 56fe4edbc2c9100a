"""`samenleven kpi`: per commitment and per target the five numbers, the value expected today, the state, the amount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samenleven_desktop.cli import column_types
from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.output import TextColumn, print_json, print_table, print_text
from samenleven_desktop.domain.plan import ProjectYear
from samenleven_desktop.i18n.coverage_texts import coverage_words
from samenleven_desktop.i18n.language import N_
from samenleven_desktop.i18n.record_lists import COMMITMENT, NUMBERS, TARGET
from samenleven_desktop.readmodels.core import CommitmentLine, Money
from samenleven_desktop.readmodels.lists import TargetTotal
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments import whole_lists as listing
from samenleven_desktop.services.kpi import queries as kpi_service
from samenleven_desktop.services.kpi.money import money_of

_COMMITMENT_COLUMNS = [column_types.of(one) for one in COMMITMENT]
_TOTAL_COLUMNS: list[TextColumn] = [
    *(column_types.of(one) for one in TARGET),
    column_types.number(N_("commitments"), lambda row: row.commitments),
    column_types.number(N_("governments"), lambda row: row.governments),
    *(column_types.of(one) for one in NUMBERS),
]


@dataclass(frozen=True)
class _Answer:
    plan: str
    plan_version: str
    year: ProjectYear
    today: date
    commitments: list[CommitmentLine]
    targets: list[TargetTotal]
    money: Money


def kpi(call: Call) -> int:
    """Prints the commitments of a project year and their totals per target."""
    options = call.options
    with call.workspace() as workspace:
        practice = workspace.practice_date is not None
        answer = workspace.query(_query, call.plan, options.year, options.action, options.government)
    judged_on = min(answer.today, answer.year.end)
    if call.json:
        print_json(
            {
                "plan": answer.plan,
                "plan_version": answer.plan_version,
                "year": answer.year.number,
                "year_start": answer.year.start,
                "year_end": answer.year.end,
                "today": answer.today,
                "judged_on": judged_on,
                "practice": practice,
                "filter": {"government": options.government, "action": options.action},
                "money": _money(answer.money),
                "commitments": answer.commitments,
                "targets": answer.targets,
            }
        )
        return 0
    language = call.language
    if practice:
        print_text(language.text("Practice file, invented figures"))
    print_text(
        language.text(
            "Project year {number} ({label}), judged on {day}",
            number=str(answer.year.number),
            label=answer.year.label,
            day=language.day(judged_on),
        )
    )
    if not answer.commitments:
        print_text(language.text("No commitments."))
        return 0
    print_text("")
    print_table(language, _COMMITMENT_COLUMNS, answer.commitments)
    if answer.money.granted_cents is not None:
        covered = coverage_words(language, answer.money.coverage)
        amount = language.money(answer.money.granted_cents)
        print_text("")
        print_text(" ".join(filter(None, [language.text("Subsidy together: {amount}", amount=amount), covered])))
    if len(answer.targets) < len(answer.commitments):
        print_text("")
        print_text(language.text("Per target"))
        print_table(language, _TOTAL_COLUMNS, answer.targets)
    return 0


def _query(context: QueryContext, plan: str | None, year: int | None, action: int | None, code: str | None) -> _Answer:
    context = lookup.in_plan(context, plan, year)
    project_year = lookup.project_year(context, year)
    action = lookup.action_number(context, action)
    governments = None if code is None else [one.id for one in lookup.governments_with_code(context, code)]
    commitments = kpi_service.list_commitments(context, project_year.number, governments, action)
    totals = listing.totals_of(context, commitments)
    money = money_of(context, commitments, [])
    return _Answer(context.plan.code, context.plan.version, project_year, context.today, commitments, totals, money)


def _money(money: Money) -> dict[str, object]:
    """Returns the sums of the commitments above, and of how many of their actions the amount is known."""
    return {
        "amount_cents": money.granted_cents,
        "own_cents": money.own_cents,
        "advance_cents": money.advance_cents,
        "balance_cents": money.balance_cents,
        "actions": money.coverage.actions,
        "actions_without_amount": money.coverage.unknown,
    }
