"""`samenleven plan`: the plans of a work file, what they say, loading, taking in use and exporting one."""

from __future__ import annotations

from samenleven_desktop.cli import column_types
from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.output import TextColumn, print_json, print_lines, print_table, print_text
from samenleven_desktop.cli.parser import WrongUsage
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.plan_diff import PlanChange
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.plan_labels import change_words, place_text, value_text
from samenleven_desktop.services.core.output_files import check_target, write_file
from samenleven_desktop.services.plans import stored_plans
from samenleven_desktop.services.plans.later_rules import later_rules
from samenleven_desktop.services.plans.plan_sheet import plan_sheet

_COLUMNS: list[TextColumn] = [
    column_types.free(N_("code"), lambda row: row.code),
    column_types.free(N_("name"), lambda row: row.name),
    column_types.free(N_("version"), lambda row: row.version),
    TextColumn(N_("in use"), lambda language, row: language.text("yes") if row.in_use else language.text("no")),
    TextColumn(N_("counts today"), lambda language, row: language.text("yes") if row.chosen else ""),
]
_CHANGES: list[TextColumn] = [
    TextColumn(N_("Where"), place_text),
    TextColumn(N_("What"), change_words),
    TextColumn(N_("Was"), lambda language, one: value_text(language, one, one.old)),
    TextColumn(N_("Becomes"), lambda language, one: value_text(language, one, one.new)),
]

_VERSIONS: list[TextColumn] = [
    column_types.free(N_("code"), lambda row: f"{row.code}@{row.hash[:10]}"),
    column_types.free(N_("version"), lambda row: row.version),
    TextColumn(N_("in use"), lambda language, row: language.text("yes") if row.in_use else language.text("no")),
    column_types.free(N_("made by"), lambda row: row.author),
    column_types.day(N_("on"), lambda row: row.made_on),
]
_LATER: list[TextColumn] = [
    column_types.free(N_("government"), lambda row: row.government_name),
    column_types.number(N_("year"), lambda row: row.year),
    column_types.free(N_("target"), lambda row: row.target_code),
    column_types.amount(N_("amount now"), lambda row: row.old.amount_cents),
    column_types.amount(N_("amount by the newer rules"), lambda row: row.new.amount_cents),
    column_types.free(N_("commitment"), lambda row: row.commitment_id),
]


def plan(call: Call) -> int:
    """Runs the step that is named: list, show, load, use, export, or rules (that arrived later)."""
    options = call.options
    if options.what not in ("list", "rules") and options.which is None:
        raise WrongUsage(
            call.language.text("This is missing: {names}.", names="FILE" if options.what == "load" else "ID")
        )
    return {"list": _list, "show": _show, "load": _load, "use": _use, "export": _export, "rules": _rules}[options.what](
        call
    )


def _list(call: Call) -> int:
    with call.workspace() as workspace:
        found = workspace.query(stored_plans.list_plans)
        versions = workspace.query(stored_plans.list_versions)
    if call.json:
        print_json({"count": len(found), "plans": found, "versions": versions})
        return 0
    print_table(call.language, _COLUMNS, found)
    if len(versions) > len(found):
        print_table(call.language, _VERSIONS, versions)
    print_text(call.language.plural("{n} line", "{n} lines", len(found)))
    return 0


def _show(call: Call) -> int:
    with call.workspace() as workspace:
        found = workspace.query(stored_plans.stored_plan, call.options.which)
    if call.json:
        print_json({"plan": stored_plans.plan_as_data(found)})
        return 0
    for heading, lines in plan_sheet(found, call.language):
        print_text(heading)
        print_lines(f"  {line}" for line in lines)
    return 0


def _load(call: Call) -> int:
    """Reads and checks a plan file, and tells what it changes; without --preview it is stored after a backup."""
    from pathlib import Path

    options, language = call.options, call.language
    with call.workspace() as workspace:
        candidate = workspace.query(stored_plans.examine_plan_file, Path(options.which))
        if not options.preview:
            stored_plans.load_plan(workspace, candidate.plan)
    if call.json:
        print_json(
            {
                "plan": candidate.plan.code,
                "version": candidate.plan.version,
                "before": None if candidate.old is None else candidate.old.version,
                "hash": candidate.plan.content_hash,
                "changes": [_change(one) for one in candidate.changes],
                "commitments": candidate.commitments,
                "done": not options.preview,
            }
        )
        return 0
    print_text(_title(candidate.plan, language))
    if candidate.old is None:
        print_text(language.text("A plan that this work file does not have yet."))
    else:
        print_text(language.text("Instead of version {version}.", version=candidate.old.version))
        print_table(language, _CHANGES, candidate.changes)
        print_text(language.plural("{n} difference", "{n} differences", len(candidate.changes)))
        if candidate.commitments:
            print_table(language, _LATER, candidate.commitments)
    if not options.preview:
        print_text(language.text("Loaded. Take it in use with: plan use {code}", code=candidate.plan.code))
    return 0


def _use(call: Call) -> int:
    with call.workspace() as workspace:
        found = workspace.query(stored_plans.stored_plan, call.options.which)
        stored_plans.take_in_use(workspace, found.id, found.content_hash)
    if call.json:
        print_json({"plan": found.code, "version": found.version, "in_use": True})
    else:
        print_text(call.language.text("In use: {plan}", plan=_title(found, call.language)))
    return 0


def _rules(call: Call) -> int:
    """Lists the commitments under older rules; `do TakeOverRules` takes the rules of the version in use over."""
    with call.workspace() as workspace:
        found = workspace.query(later_rules)
    if call.json:
        print_json({"count": len(found), "commitments": found})
        return 0
    if found:
        print_table(call.language, _LATER, found)
    print_text(call.language.plural("{n} line", "{n} lines", len(found)))
    return 0


def _export(call: Call) -> int:
    out = call.options.out
    if out is None:
        raise WrongUsage(call.language.text("This is missing: {names}.", names="--out"))
    check_target(out, call.store)
    with call.workspace() as workspace:
        found = workspace.query(stored_plans.stored_plan, call.options.which)
    write_file(out, stored_plans.plan_file_content(found, out, call.language))
    if call.json:
        print_json({"plan": found.code, "version": found.version, "file": out.absolute()})
    else:
        print_text(call.language.text("Written: {file}", file=str(out)))
    return 0


def _title(found: Plan, language: Language) -> str:
    return language.text("{name}, version {version}", name=found.name, version=found.version)


def _change(one: PlanChange) -> dict[str, object]:
    simple = not isinstance(one.old, tuple) and not isinstance(one.new, tuple)
    return {
        "kind": one.kind,
        "place": one.place,
        "field": one.field,
        "old": one.old if simple else None,
        "new": one.new if simple else None,
    }
