"""Runs one command: parses, dispatches, and turns every result into an exit code with one sentence on standard error.

0 done, 1 the request is invalid, 2 usage error, 3 runtime or program error, 130 stopped by the user.
`SAMENLEVEN_DEBUG=1` shows tracebacks, which users never need.
"""

from __future__ import annotations

import io
import logging
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.output import print_error
from samenleven_desktop.cli.parser import WrongUsage, language_of, parse
from samenleven_desktop.domain.errors import N_, EnvironmentFault, FileFaults, UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.technical_log import fault_places, start_log

logger = logging.getLogger(__name__)

DONE, WRONG_REQUEST, WRONG_USAGE, FAULT, STOPPED = 0, 1, 2, 3, 130
DEBUG = "SAMENLEVEN_DEBUG"

Window = Callable[[Path | None, str | None, date | None, Path | None], int]
Tour = Callable[[Path, str | None, Language], int]

_BUG = N_(
    "Something went wrong in the program itself; what was saved is safe. With {variable}=1 it shows where ({kind})."
)
_CANNOT_START = N_("A part that the program needs is missing on this computer: {reason}.")
_REFUSED = N_("The system refused: {reason}.")
_NO_PACK = N_("There is no file {file}.")
_STOPPED = N_("Stopped. What was not finished was not kept.")


def run(words: list[str], window: Window, tour: Tour) -> int:
    """Returns the exit code of a command. `window` and `tour` are injected: no screen is imported here."""
    language = language_of(words)
    start_log(debug="--debug" in words)
    if sys.stdout is None:
        # A windowed program on Windows has no standard output; `samenleven-cli` has.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - stays open until exit
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _dispatch(parse(words, language), language, window, tour)
        sys.stdout.flush()
        return code
    except SystemExit:
        return DONE
    except BrokenPipeError:
        # The reader (head, less) closed the pipe: not an error. The interpreter must not flush into it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the user never sees a traceback
        return complain(error, language)


def complain(error: BaseException, language: Language) -> int:
    """Prints one line that says what is wrong; returns the matching exit code."""
    if not isinstance(error, (WrongUsage, UserError, KeyboardInterrupt)):
        logger.error("ended: %s", fault_places(error))
    match error:
        case WrongUsage():
            return _print_error(str(error), WRONG_USAGE)
        case FileFaults():
            for fault in error.faults[:-1]:
                _print_error(language.error(fault), WRONG_REQUEST)
            return _print_error(language.error(error.faults[-1]), WRONG_REQUEST)
        case UserError():
            return _print_error(language.error(error), WRONG_REQUEST)
        case EnvironmentFault():
            return _print_error(language.error(error), FAULT)
        case KeyboardInterrupt():
            return _print_error(language.text(_STOPPED), STOPPED)
        case ImportError():
            sentence = language.text(_CANNOT_START, reason=str(error))
        case OSError():
            sentence = language.text(_REFUSED, reason=error.strerror or type(error).__name__)
        case _:
            sentence = language.text(_BUG, variable=DEBUG, kind=type(error).__name__)
    if os.environ.get(DEBUG):
        for line in "".join(traceback.format_exception(error)).splitlines():
            print_error(line)
    return _print_error(sentence, FAULT)


def _dispatch(options: Namespace, language: Language, window: Window, tour: Tour) -> int:
    call = Call(options, language)
    if options.command is None:
        if call.json:
            raise WrongUsage(language.text("--json needs a command. See {command} --help.", command="samenleven"))
        if options.pack is not None and not options.pack.is_file():
            raise UserError(_NO_PACK, file=str(options.pack))
        return window(call.named_store, getattr(options, "lang", None), call.today, options.pack)
    if options.command == "tour":
        return tour(options.out, options.theme, language)
    if call.json and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    return _command(options.command)(call)


def _command(name: str) -> Callable[[Call], int]:
    """Returns the function of a subcommand; imported here, so that a command loads only what it needs."""
    from samenleven_desktop.cli import (
        advice,
        backup,
        do,
        exchange,
        export,
        file_commands,
        history,
        import_rows,
        kpi,
        lists,
        plans,
        privacy,
        report,
        stimulus,
    )

    return {
        "practice": file_commands.practice,
        "list": lists.list_kind,
        "kpi": kpi.kpi,
        "offer-advice": advice.offer_advice,
        "stimulus": stimulus.stimulus,
        "plan": plans.plan,
        "report": report.report,
        "do": do.do,
        "check": backup.check,
        "undo": history.undo,
        "history": history.history,
        "backup": backup.backup,
        "export": export.export,
        "import": import_rows.import_file,
        "identity": exchange.identity,
        "pack": exchange.pack,
        "conflicts": exchange.conflicts,
        "erase": privacy.erase,
        "person": privacy.person,
        "self-test": file_commands.self_test,
    }[name]


def _print_error(sentence: str, code: int) -> int:
    """Prints one line to standard error, whatever the values contain; in a message box if there is none."""
    line = " ".join(sentence.split())
    if sys.stderr is None and sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, line, "Samenleven", 0x40)
    else:
        print_error(line)
    return code
