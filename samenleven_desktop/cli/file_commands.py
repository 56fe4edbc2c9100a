"""Commands about the work file itself: a practice file, the health check, backups, and the proof of an installation."""

from __future__ import annotations

from samenleven_desktop.cli import cells
from samenleven_desktop.cli.call import Call, passphrase_given
from samenleven_desktop.cli.output import Column, print_json, print_text, table
from samenleven_desktop.cli.parser import WrongUsage
from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.services import output
from samenleven_desktop.services.output import Backup

NOT_SOUND = N_("{file} is damaged in {n} places. Nothing was changed; restore the newest good backup.")
DOES_NOT_WORK = N_("This installation does not work as it should: {step}.")

_REASONS = {
    "manual": N_("by hand"),
    "daily": N_("daily"),
    "migration": N_("before a new version"),
}
_BACKUP_COLUMNS: list[Column] = [
    Column(
        N_("moment"),
        lambda lang, one: f"{lang.day_short(one.made_at.astimezone().date())} {lang.clock(one.made_at.astimezone())}",
    ),
    Column(N_("reason"), lambda lang, one: lang.text(_REASONS.get(one.reason, one.reason))),
    Column(N_("size"), lambda lang, one: f"{lang.number(round(one.size / 1000))} kB", right=True),
    cells.free(N_("file"), lambda one: str(one.path)),
]


def practice(call: Call) -> int:
    """Makes a practice file at --store, with the passphrase of the environment or the public one."""
    from samenleven_desktop.services.practice import make_practice

    path, options = call.named_store, call.options
    if path is None:
        raise WrongUsage(call.language.text("This is missing: {names}.", names="--store"))
    if options.scale < 1:
        raise UserError(N_("{option} must be 1 or more."), field="scale", option="--scale")
    made = make_practice(path, passphrase_given(), scale=options.scale, seed=options.seed)
    if call.json:
        print_json({"file": path.absolute(), "scale": made.scale, "seed": made.seed, "rows": made.rows})
    else:
        print_text(call.language.text("Practice file made: {file}", file=str(path)))
    return 0


def check(call: Call) -> int:
    """Looks at every page, index and parent of the work file; a damaged file is a fault of the surroundings (3)."""
    with call.workspace() as workspace:
        findings = workspace.check()
    if call.json:
        print_json({"file": call.store, "sound": not findings, "findings": findings})
    else:
        for finding in findings:
            print_text(finding)
    if findings:
        raise EnvironmentFault(NOT_SOUND, file=str(call.store), n=len(findings))
    if not call.json:
        print_text(call.language.text("{file} is sound.", file=str(call.store)))
    return 0


def backup(call: Call) -> int:
    """Makes a verified copy, or lists those that are there."""
    if call.options.what == "make":
        with call.workspace() as workspace:
            made = workspace.back_up()
        if call.json:
            print_json({"backup": _backup_json(made)})
        else:
            print_text(call.language.text("Backup made and proven good: {file}", file=str(made.path)))
        return 0
    found = output.list_backups(call.store)
    if call.json:
        print_json({"count": len(found), "backups": [_backup_json(one) for one in found]})
        return 0
    if found:
        print_text(table(call.language, _BACKUP_COLUMNS, found))
    print_text(call.language.plural("{n} line", "{n} lines", len(found)))
    return 0


def self_test(call: Call) -> int:
    """Proves the installation in a temporary folder, one line per step; stops at the first step that fails."""
    from samenleven_desktop.services.self_test import run_steps

    language, steps = call.language, []
    for step in run_steps():
        steps.append({"step": step.name, "ok": step.fault is None, "fault": step.fault})
        if not call.json:
            state = (
                language.text("in order") if step.fault is None else language.text("fails: {reason}", reason=step.fault)
            )
            print_text(f"{language.text(step.name)}: {state}")
        if step.fault is not None:
            failed = step.name
            break
    else:
        failed = None
    if call.json:
        print_json({"ok": failed is None, "steps": steps})
    if failed is not None:
        raise EnvironmentFault(DOES_NOT_WORK, step=language.text(failed))
    return 0


def _backup_json(one: Backup) -> dict[str, object]:
    return {"file": one.path, "made_at": one.made_at, "reason": one.reason, "size": one.size}
