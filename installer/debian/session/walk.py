"""Walks through the installed program on the desktop, one or more steps for each point of the list; run in the session
by `run.py`. A step that fails leaves a picture, and the next one goes on.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

from gi.repository import GLib

from installer.debian.session import file_steps, system_steps, window_steps
from installer.debian.session.trial import Trial
from installer.trying import Failed

# The points of the list of what a real desktop showed, in docs/release.md.
STEPS: tuple[tuple[str, Callable[[Trial], str]], ...] = (
    ("2", window_steps.pages_by_key),
    ("2", window_steps.parts_by_key),
    ("1", window_steps.agenda),
    ("5", window_steps.dialogs),
    ("3", file_steps.printing),
    ("3", file_steps.to_pdf_file),
    ("6", file_steps.dialogs_of_the_desktop),
    ("10", system_steps.clipboard),
    ("11", window_steps.small_things),
    ("7", window_steps.look),
    ("11", window_steps.sizes),
    ("4", system_steps.keyring),
    ("9", system_steps.savers),
    ("11", window_steps.hanging),
    ("8", file_steps.kinds_of_files),
    ("5", file_steps.words_of_qt),
    ("11", window_steps.practice_mark),
)


def main() -> int:
    wanted, trial, failed = sys.argv[1:], Trial(), 0
    trial.start_desktop()
    print(f"    XFCE runs under {trial.manager()}", flush=True)
    for point, step in STEPS:
        if wanted and step.__name__ not in wanted:
            continue
        begun, name = time.monotonic(), f"{point:>2}  {step.__name__}"
        try:
            trial.ready()
            told = step(trial)
            print(f"    ok     {name} ({time.monotonic() - begun:.0f} s): {told}", flush=True)
        except (Failed, GLib.Error, subprocess.SubprocessError, OSError, ValueError, AttributeError) as fault:
            failed += 1
            trial.screen.keep(f"fails-{step.__name__}")
            print(f"    FAILS  {name} ({time.monotonic() - begun:.0f} s): {fault}", flush=True)
            trial.start_anew()
    trial.close()
    try:
        trial.no_fault()
    except Failed as fault:
        failed += 1
        print(f"    FAILS  the technical log: {fault}", flush=True)
    trial.end_desktop()
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
