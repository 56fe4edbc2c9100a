"""Printing through CUPS: which printers there are, what each of them can do, and one job from a finished PDF.

The pages are chosen here, not by the printer's filters, which do not agree on what a page range means. Everything
waits for the print server, so it runs on a worker thread.
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
"""Of our reports."""
PAPERS = (PAPER, "A3", "A5", "Letter", "Legal")
"""Offered where the printer has them; some queues name a hundred."""
_PATIENCE = 20


class Which(StrEnum):
    """The pages of a range that are printed."""

    ALL = "all"
    ODD = "odd"
    EVEN = "even"


class Sides(StrEnum):
    """Names of the Internet Printing Protocol."""

    ONE = "one-sided"
    LONG = "two-sided-long-edge"
    SHORT = "two-sided-short-edge"


@dataclass(frozen=True)
class Printer:
    """A queue. `filters`: whether the server prepares the pages, so that several fit on a sheet."""

    name: str
    papers: tuple[str, ...] = ()
    paper: str = ""
    both_sides: bool = False
    sides: Sides = Sides.ONE
    filters: bool = False


@dataclass(frozen=True)
class PrintChoice:
    """What a person chose. `pages` as it was typed; empty: all."""

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
    """The default one first. Empty where no print server answers."""
    if shutil.which("lpstat") is None:
        return []
    names = _ask("lpstat", "-e").split()
    default = _ask("lpstat", "-d").rpartition(": ")[2].strip()
    names.sort(key=lambda name: (name != default, name.casefold()))
    return [described(name, _ask("lpoptions", "-p", name, "-l")) for name in names]


def described(name: str, options: str) -> Printer:
    """A printer from the lines of `lpoptions -l`, such as `PageSize/Media Size: Letter *A4`."""
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
    """The choices of an option, and the one with a star."""
    current = next((word[1:] for word in words if word.startswith("*")), "")
    return [word.removeprefix("*") for word in words], current


def pages_of(choice: PrintChoice, number: int) -> list[int]:
    """The pages to print, from 0, in the order of printing. Raises UserError when that are none."""
    wanted = _range(choice.pages, number)
    if choice.which is not Which.ALL:
        wanted = [page for page in wanted if (page % 2 == 0) == (choice.which is Which.ODD)]
    if not wanted:
        raise UserError(NO_PAGES, field="pages", n=number)
    return wanted[::-1] if choice.backwards else wanted


def _range(typed: str, number: int) -> list[int]:
    """`2-3`, `1,3-4`, `5-`: each page once, in the order of the report."""
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
    """The job as `lp` wants it told."""
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
    """Prints the chosen of the `number` pages. The file goes through standard input: nothing readable is left on disk.

    Raises EnvironmentFault when the print server does not take it.
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


def _ask(*command: str) -> str:
    """What the print server says; nothing when it is not there or does not answer."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False, env=_plain())
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _plain() -> Mapping[str, str]:
    """The answers are read, so they come in English."""
    return {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
