"""`samenleven history` and `samenleven undo`: the list of steps, and undoing the newest one."""

from __future__ import annotations

from collections import Counter

from samenleven_desktop.cli import column_types
from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.output import TextColumn, print_json, print_table, print_text
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.i18n.labels import TABLES, command_name, step_of
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import HistoryLine
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.safekeeping import history as history_service

_MOST = 1_000


def undo(call: Call) -> int:
    """Undoes the newest step and prints its name."""
    with call.workspace() as workspace:
        done = workspace.undo()
    name, details = done.result
    if call.json:
        print_json({"undone": name, "details": details, "command_id": done.command_id, "rows": len(done.changes)})
    else:
        print_text(command_name(call.language, name, details, "undo"))
    return 0


def history(call: Call) -> int:
    """Prints the steps that changed a dossier, or all, newest first."""
    options = call.options
    with call.workspace() as workspace:
        lines = workspace.query(_query, options.government, min(options.limit, _MOST))
    if call.json:
        print_json({"count": len(lines), "history": lines})
        return 0
    print_table(call.language, _COLUMNS, lines)
    print_text(call.language.plural("{n} line", "{n} lines", len(lines)))
    return 0


def _query(context: QueryContext, code: str | None, limit: int) -> list[HistoryLine]:
    """A code used twice (after a merger) has two dossiers: returns the lines of both, by time."""
    if code is None:
        return history_service.list_history(context, limit=limit)
    found = {
        line.command_id: line
        for one in lookup.governments_with_code(context, code)
        for line in history_service.list_history(context, one.id, limit=limit)
    }
    return sorted(found.values(), key=lambda line: line.made_at, reverse=True)[:limit]


def _moment(language: Language, line: HistoryLine) -> str:
    made_at = line.made_at.astimezone()
    return f"{language.day_short(made_at.date())} {language.clock(made_at)}"


def _touched(language: Language, line: HistoryLine) -> str:
    """Returns the number of records of each kind; a record counts once, however many of its fields changed."""
    counts = Counter(table for table, _ in {(change.table, change.row_id) for change in line.changes})
    return ", ".join(f"{column_types.word(language, TABLES, name)} {number}" for name, number in sorted(counts.items()))


_COLUMNS: list[TextColumn] = [
    TextColumn(N_("moment"), _moment),
    column_types.free(N_("coach"), lambda line: line.officer),
    TextColumn(N_("step"), step_of),
    TextColumn(N_("taken back"), lambda lang, line: lang.text("yes") if line.reverted else ""),
    TextColumn(N_("changed"), _touched, width=80),
]
