"""Commands that create a practice file, and test an installation."""

from __future__ import annotations

from samenleven_desktop.cli.invocation import Call, passphrase_given
from samenleven_desktop.cli.output import print_json, print_text
from samenleven_desktop.cli.parser import WrongUsage
from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError

DOES_NOT_WORK = N_("This installation does not work as it should: {step}.")


def practice(call: Call) -> int:
    """Creates a practice file at --store, with the passphrase of the environment or the public one."""
    from samenleven_desktop.services.practice.make import PRACTICE_DATE, PRACTICE_PASSPHRASE, make_practice

    path, options = call.named_store, call.options
    if path is None:
        raise WrongUsage(call.language.text("This is missing: {names}.", names="--store"))
    if options.scale < 1:
        raise UserError(N_("{option} must be 1 or more."), field="scale", option="--scale")
    given = passphrase_given()
    made = make_practice(path, given, scale=options.scale, seed=options.seed, day=call.today or PRACTICE_DATE)
    if call.json:
        # Never print a passphrase of the user's own.
        public = None if given else PRACTICE_PASSPHRASE
        facts = {"file": path.absolute(), "scale": made.scale, "seed": made.seed, "rows": made.rows}
        print_json({**facts, "passphrase": public})
        return 0
    print_text(call.language.text("Practice file made: {file}", file=str(path)))
    if given is None:
        words = call.language.text("Its passphrase is no secret: {passphrase}", passphrase=PRACTICE_PASSPHRASE)
        print_text(words)
    return 0


def self_test(call: Call) -> int:
    """Tests the installation in a temporary folder, one line per step; stops at the first step that fails."""
    from samenleven_desktop.services.self_test.steps import run_steps

    language, steps = call.language, []
    for step in run_steps():
        steps.append({"step": step.name, "about": step.about, "ok": step.fault is None, "fault": step.fault})
        if not call.json:
            state = (
                language.text("in order") if step.fault is None else language.text("fails: {reason}", reason=step.fault)
            )
            about = f" ({step.about})" if step.about else ""
            print_text(f"{language.text(step.name)}{about}: {state}")
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
