"""Printing through CUPS: lists printers and their options, and submits one job from a finished PDF.

Pages are selected here and not by the printer's filters, which interpret page ranges differently. All calls block on
the print server, so they run on a worker thread.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError

NOT_PRINTED = N_("The printer {printer} did not take the job ({reason}).")
NO_PAGES = N_("The report has {n} pages. Type the pages as 2-3 or 1,3-4, or leave it empty for all.")
PER_SHEET = (1, 2, 4, 6, 9, 16)
PAPER = "A4"
"""The paper size of our reports."""
PAPERS = (PAPER, "A3", "A5", "Letter", "Legal")
"""Offered if the printer has them; some queues list a hundred."""
_TIMEOUT = 20


class Which(StrEnum):
    """The pages of a range that are printed."""

    ALL = "all"
    ODD = "odd"
    EVEN = "even"


class Sides(StrEnum):
    """Values of the Internet Printing Protocol."""

    ONE = "one-sided"
    LONG = "two-sided-long-edge"
    SHORT = "two-sided-short-edge"


@dataclass(frozen=True)
class Printer:
    """A print queue. `filters`: whether the server processes the pages, so that several fit on a sheet."""

    name: str
    papers: tuple[str, ...] = ()
    paper: str = ""
    both_sides: bool = False
    sides: Sides = Sides.ONE
    filters: bool = False


@dataclass(frozen=True)
class PrintChoice:
    """The options chosen by the user. `pages` as typed; empty: all."""

    printer: str
    pages: str = ""
    which: Which = Which.ALL
    backwards: bool = False
    copies: int = 1
    collate: bool = True
    per_sheet: int = 1
    sides: Sides | None = None
    paper: str = ""


def printers() -> list[Printer]:
    """Returns the printers, the default one first; empty if no print server responds."""
    if shutil.which("lpstat") is None:
        return []
    names = _output_of("lpstat", "-e").split()
    default = _output_of("lpstat", "-d").rpartition(": ")[2].strip()
    names.sort(key=lambda name: (name != default, name.casefold()))
    return [described(name, _output_of("lpoptions", "-p", name, "-l")) for name in names]


def described(name: str, options: str) -> Printer:
    """Parses the lines of `lpoptions -l`, such as `PageSize/Media Size: Letter *A4`."""
    found = {match[1]: match[2].split() for match in re.finditer(r"^([\w-]+)/[^:\n]*:(.*)$", options, re.MULTILINE)}
    papers, current = _choices(found.get("PageSize") or found.get("media") or [])
    duplex, now = _choices(found.get("Duplex") or found.get("sides") or [])
    sides = {
        "DuplexNoTumble": Sides.LONG,
        "two-sided-long-edge": Sides.LONG,
        "DuplexTumble": Sides.SHORT,
        "two-sided-short-edge": Sides.SHORT,
    }
    return Printer(
        name,
        tuple(one for one in PAPERS if one in papers),
        PAPER if PAPER in papers else current if current in PAPERS else "",
        any(one in sides for one in duplex),
        sides.get(now, Sides.ONE),
        bool(found),
    )


def _choices(words: Sequence[str]) -> tuple[list[str], str]:
    """Returns the choices of an option, and the one marked with an asterisk."""
    current = next((word[1:] for word in words if word.startswith("*")), "")
    return [word.removeprefix("*") for word in words], current


def pages_of(choice: PrintChoice, number: int) -> list[int]:
    """Returns the pages to print, from 0, in printing order. Raises UserError if there are none."""
    wanted = _range(choice.pages, number)
    if choice.which is not Which.ALL:
        wanted = [page for page in wanted if (page % 2 == 0) == (choice.which is Which.ODD)]
    if not wanted:
        raise UserError(NO_PAGES, field="pages", n=number)
    return wanted[::-1] if choice.backwards else wanted


def _range(typed: str, number: int) -> list[int]:
    """Parses `2-3`, `1,3-4`, `5-`: each page once, in the order of the report."""
    if not typed.strip():
        return list(range(number))
    found: set[int] = set()
    for part in re.split(r"[,;]", typed):
        match = re.fullmatch(r"\s*(\d{1,6})\s*(?:([-–])\s*(\d{1,6})?\s*)?", part)
        if match is None:
            raise UserError(NO_PAGES, field="pages", n=number)
        first = int(match[1])
        last = first if match[2] is None else int(match[3] or number)
        found.update(range(first - 1, min(last, number)))
    return sorted(page for page in found if page >= 0)


def lp_words(choice: PrintChoice, title: str) -> list[str]:
    """Returns the command line arguments for `lp`."""
    words = ["-d", choice.printer, "-t", title, "-n", str(choice.copies)]
    options = {"Collate": str(choice.collate).title()} if choice.copies > 1 else {}
    if choice.per_sheet > 1:
        options["number-up"] = str(choice.per_sheet)
    if choice.sides is not None:
        options["sides"] = choice.sides
    if choice.paper:
        options["media"] = choice.paper
        if choice.paper != PAPER:
            options["print-scaling"] = "fit"
    return words + [word for name, value in options.items() for word in ("-o", f"{name}={value}")]


def send(pdf: bytes, number: int, choice: PrintChoice, title: str) -> None:
    """Prints the selected pages of the `number` pages.

    The file is sent through standard input: nothing readable stays on disk.

    Raises EnvironmentFault if the print server rejects it.
    """
    from samenleven_desktop.reports.pdf_pages import chosen_pages

    pages = pages_of(choice, number)
    content = pdf if pages == list(range(number)) else chosen_pages(pdf, pages)
    command = ["lp", "-s", *lp_words(choice, title), "-"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=60, check=False, env=_plain())
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EnvironmentFault(NOT_PRINTED, printer=choice.printer, reason=type(error).__name__) from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip() or str(done.returncode)
        raise EnvironmentFault(NOT_PRINTED, printer=choice.printer, reason=reason)


def _output_of(*command: str) -> str:
    """Returns the output of the command; empty if the print server is missing or does not respond."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False, env=_plain())
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _plain() -> Mapping[str, str]:
    """The output is parsed, so it is requested in English."""
    return {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
