"""`samenleven list KIND`: complete lists, filtered by cells. The filter matches every value of a row, as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samenleven_desktop.cli import column_types
from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.output import TextColumn, plain, print_json, print_table, print_text
from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.record_lists import RECORD_LISTS, RecordList
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.lists.queries import RECORDS, ListRequest
from samenleven_desktop.services.sessions import queries as support


@dataclass(frozen=True)
class ListKind:
    """A list on the command line: its columns, and the options it supports."""

    records: RecordList
    options: frozenset[str]

    @property
    def columns(self) -> list[TextColumn]:
        return [column_types.of(one) for one in self.records.columns]


_OPTIONS = {
    "offers": frozenset[str](),
    "examples": frozenset[str](),
    **dict.fromkeys(("partnerships", "organisations", "services", "mentors", "contacts"), frozenset({"government"})),
    **dict.fromkeys(("follow-ups", "instruments", "tracks"), frozenset({"government", "period"})),
    **dict.fromkeys(("sessions", "uses", "entries"), frozenset({"government", "year", "period"})),
}
KINDS = {key: ListKind(one, _OPTIONS.get(key, frozenset({"government", "year"}))) for key, one in RECORD_LISTS.items()}


@dataclass(frozen=True)
class Found:
    """The rows of a list with date and officer, and whether it is practice data."""

    rows: list[Any]
    today: date
    practice: bool
    officer: str | None


def list_kind(call: Call) -> int:
    """Prints a list as a table, or as one JSON document with the rows under the name of the kind."""
    options, kind = call.options, KINDS[call.options.kind]
    found = rows_of(call, kind)
    rows, today, practice = found.rows, found.today, found.practice
    name = options.kind.replace("-", "_")
    if call.json:
        print_json({"kind": name, "today": today, "practice": practice, "count": len(rows), name: rows})
        return 0
    language = call.language
    if practice:
        print_text(language.text("Practice file, invented figures"))
    if rows:
        print_table(language, kind.columns, rows)
    print_text(language.plural("{n} line", "{n} lines", len(rows)))
    if not rows and options.kind == "governments" and not options.all:
        print_text(language.text("With --all you also see the governments without work in this file."))
    return 0


def rows_of(call: Call, kind: ListKind) -> Found:
    """Returns the requested rows. Raises UserError for options that this list does not support."""
    options = call.options
    if options.year is not None and options.period is not None:
        raise UserError(N_("Name a project year or a period, not both."), field="period")
    for name in ("government", "year", "period"):
        if getattr(options, name) is not None and name not in kind.options:
            raise UserError(
                N_("--{option} means nothing for the list {kind}."), field=name, option=name, kind=options.kind
            )
    with call.workspace() as workspace:
        today, practice = workspace.today, workspace.practice_date is not None
        rows, officer = workspace.query(_query, call, kind), workspace.query(support.officer_label)
    if options.filter:
        rows = [row for row in rows if _holds(options.filter, row, kind.columns, call.language)]
    return Found(rows, today, practice, officer)


def _query(context: QueryContext, call: Call, kind: ListKind) -> list[Any]:
    options = call.options
    context = lookup.in_plan(context, call.plan, options.year)
    year = None if options.year is None else lookup.project_year(context, options.year)
    code = options.government
    request = ListRequest(
        code=code,
        ids=None if code is None else tuple(one.id for one in lookup.governments_with_code(context, code)),
        year=None if year is None else year.number,
        period=options.period or ((None, None) if year is None else (year.start, year.end)),
        everything=options.all,
    )
    return list(RECORDS[kind.records.key].ask(context, request))


def _holds(wanted: str, row: object, columns: Sequence[TextColumn], language: Language) -> bool:
    """Returns whether every word occurs in the row: in its codes and texts, or in the table cells."""
    shown = [column.cell(language, row) for column in columns]
    everywhere = fold(" ".join([*shown, *_texts(plain(row))]))
    return all(word in everywhere for word in fold(wanted).split())


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value
