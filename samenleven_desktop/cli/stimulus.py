"""`samenleven stimulus`: per government and kind the outcome, and every condition with fact, date and source."""

from __future__ import annotations

from typing import Any

from samenleven_desktop.cli import column_types
from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.output import TextColumn, print_json, print_table, print_text
from samenleven_desktop.i18n.labels import OUTCOMES, STIMULUS_STATES, fact_text
from samenleven_desktop.i18n.language import N_, Language
from samenleven_desktop.i18n.stimulus_texts import condition_text, reasons, stimulus_sentence
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments import whole_lists as listing
from samenleven_desktop.services.stimuli.queries import StimulusLine, stimuli

_COLUMNS: list[TextColumn] = [
    column_types.free(N_("government"), lambda row: row.government_name),
    column_types.free(N_("stimulus"), lambda row: row.kind_name),
    column_types.coded(N_("outcome"), OUTCOMES, lambda row: row.outcome),
    column_types.coded(N_("state"), STIMULUS_STATES, lambda row: row.state),
    column_types.amount(N_("amount"), lambda row: row.amount_cents),
    TextColumn(N_("what it hangs on"), reasons),
]


def stimulus(call: Call) -> int:
    """Prints the results of all governments in force, or of one."""
    options = call.options
    with call.workspace() as workspace:
        practice, today = workspace.practice_date is not None, workspace.today
        year, found, any_rules = workspace.query(_query, call.plan, options.year, options.government)
    if call.json:
        print_json(
            {
                "year": year,
                "today": today,
                "practice": practice,
                "government": options.government,
                "count": len(found),
                "stimuli": [_row(call.language, line) for line in found],
            }
        )
        return 0
    if practice:
        print_text(call.language.text("Practice file, invented figures"))
    if not found and not any_rules:
        print_text(call.language.text("This plan has no stimuli."))
        return 0
    print_table(call.language, _COLUMNS, found)
    return 0


def _query(
    context: QueryContext, plan: str | None, year: int | None, code: str | None
) -> tuple[int, list[StimulusLine], bool]:
    context = lookup.in_plan(context, plan, year)
    project_year = lookup.project_year(context, year)
    if code is None:
        governments = [line.id for line in listing.all_governments(context, project_year.number)]
    else:
        governments = [lookup.government_on(context, code, context.today).id]
    found = stimuli(context, project_year.number, governments)
    return project_year.number, found, context.plan.stimulus_rules is not None


def _row(language: Language, line: StimulusLine) -> dict[str, Any]:
    return {
        "government_code": line.government_code,
        "government_name": line.government_name,
        "kind": line.kind,
        "kind_name": line.kind_name,
        "outcome": line.outcome,
        "state": line.state,
        "amount_cents": line.amount_cents,
        "amount_typed": line.amount_typed,
        "received": line.received,
        "renewable": line.renewable,
        "received_before": line.received_before,
        "action_number": line.action_number,
        "sentence": stimulus_sentence(language, line),
        "conditions": [
            {
                "code": one.condition.code,
                "text": condition_text(language, one),
                "alternative": one.condition.any_of,
                "state": one.state,
                "fact": fact_text(language, one.fact),
                "date": one.day,
                "source": one.source,
                "asked": language.text(one.asked) if one.asked else None,
            }
            for one in line.conditions
        ],
    }
