"""A process that opens a work file, works in it, closes it and waits; `test_memory_after_lock` reads its memory.

`python -m tests.journeys.memory_victim PATH`; the passphrase comes on standard input. Says `open` and `closed`, and
waits for a byte after each. It reads on a thread of its own, as the window does.
"""

from __future__ import annotations

import gc
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

# What a first report loads. Loaded while texts are in memory, it would settle in places that a text had just before,
# and fill them only in part: in Python 3.13 up to two in a hundred words stay in such remains.
import lxml.etree
import pikepdf
import reportlab.platypus

import samenleven_desktop.reports.pdf
import samenleven_desktop.reports.tagging
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.services.core.freed_memory import forget_on_this_thread, forget_what_was_read
from samenleven_desktop.services.core.search import search
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.importing.open_data import export_all
from samenleven_desktop.services.reports.kinds import report_file
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.safekeeping.keys import change_passphrase
from samenleven_desktop.services.safekeeping.workspace_file import back_up, check_health
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.services.start.start_summary import start_summary
from samenleven_desktop.services.workfile.opening import open_any
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.memory import wipe_text

LOADED = (lxml.etree, pikepdf, reportlab.platypus, samenleven_desktop.reports.pdf, samenleven_desktop.reports.tagging)
# Not from tests.builders, which holds the passphrase too.
TODAY = date(2024, 3, 11)


def say(words: str) -> None:
    os.write(1, (words + "\n").encode())
    os.read(0, 1)


def read(workspace: Workspace, language: Language) -> None:
    workspace.query(list_sessions)
    workspace.query(start_summary)
    workspace.query(search, "verslag")
    government = workspace.query(government_by_code, "12025")
    report_file(workspace, ReportRequest("coaching", (government.id,)), language)
    export_all(workspace)


def main() -> None:
    typed = bytearray(100)
    passphrase = typed[: os.readv(0, [typed])].decode()
    typed[:] = bytes(100)
    # As in the program, which speaks before it opens a file.
    language = Language("nl")
    language.day(TODAY)
    workspace = open_any(Path(sys.argv[1]), Runtime(day=TODAY), passphrase)
    with ThreadPoolExecutor(1) as lane:
        lane.submit(read, workspace, language).result()
        back_up(workspace)
        check_health(workspace)
        new = f"nog {passphrase}"
        change_passphrase(workspace, passphrase, new)
        wipe_text(passphrase)
        wipe_text(new)
        say("open")
        workspace.close()
        gc.collect()
        lane.submit(forget_on_this_thread).result()
        forget_what_was_read()
        say("closed")


if __name__ == "__main__":
    main()
