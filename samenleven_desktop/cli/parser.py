"""The argparse definition of the command line: subcommands, options, and usage errors in our own sentences.

Options of all commands may come before or after the subcommand. Values are validated here if that needs no work file:
an invalid date is a UserError (exit 1), an invalid command is a usage error (2).
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from samenleven_desktop import __version__
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.i18n.language import LANGUAGES, Language
from samenleven_desktop.reports.report_kinds import REPORT_KINDS, SectionKind

LIST_KINDS = (
    "governments",
    "sessions",
    "offers",
    "uses",
    "commitments",
    "entries",
    "follow-ups",
    "stimuli",
    "partnerships",
    "organisations",
    "services",
    "mentors",
    "examples",
    "instruments",
    "tracks",
    "contacts",
)
IMPORT_KINDS = (*(kind for kind in LIST_KINDS if kind != "governments"), "figures")
PROFILES = ("my_governments", "choice", "everything", "team_numbers")

# Packs and cards of colleagues, work files, plans; a file name alone, without a command, opens them.
EXCHANGED = (".samenleven", ".samenlevenkaart")
WORK_FILES = (".samenlevendb", ".oefendb")
PLANS = (".yaml", ".yml")
_WITH_VALUE = ("--store", "--lang", "--today", "--plan")

NOT_A_DATE = N_("{option}: {value} is not a date. Write it as year-month-day, for instance 2024-03-11.")
NOT_A_PERIOD = N_("{option}: {value} is not a period. Write two dates with two dots, 2023-10-01..2024-03-11.")
PERIOD_BACKWARD = N_("{option}: {value} ends before it begins.")
NOT_A_NUMBER = N_("{option}: {value} is not a whole number.")

# The messages of argparse, mapped to the catalogue. A message that is not listed is used as the reason.
_USAGE = (
    (r"unrecognized arguments: (?P<words>.+)", N_("This is not understood: {words}.")),
    (r"the following arguments are required: (?P<names>.+)", N_("This is missing: {names}.")),
    (
        r"argument (?P<name>\S+): invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)",
        N_("{name} cannot be {value}. Choose from {choices}."),
    ),
    (r"argument (?P<name>\S+): expected one argument", N_("{name} lacks its value.")),
)
_NOT_UNDERSTOOD = N_("This is not understood: {words}.")


class WrongUsage(Exception):
    """The command is invalid; `args[0]` is the message, in the requested language."""


class _Parser(argparse.ArgumentParser):
    def __init__(self, *, language: Language, common: argparse.ArgumentParser, **options: Any) -> None:
        super().__init__(
            parents=[common],
            formatter_class=partial(_Help, usage_word=language.text("usage:") + " "),
            add_help=False,
            allow_abbrev=False,
            **options,
        )
        self._language = language
        self._optionals.title = language.text("options")
        self._positionals.title = language.text("arguments")
        self.add_argument("-h", "--help", action="help", help=language.text("this explanation"))

    def error(self, message: str) -> NoReturn:
        values = {"words": message}
        sentence = _NOT_UNDERSTOOD
        for pattern, ours in _USAGE:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                sentence, values = ours, {key: value.replace("'", "") for key, value in found.groupdict().items()}
                break
        hint = self._language.text("See {command} --help.", command=self.prog)
        raise WrongUsage(f"{self._language.text(sentence, **values)} {hint}")


class _Help(argparse.HelpFormatter):
    """Translates the usage line; argparse itself only has English."""

    def __init__(self, prog: str, *, usage_word: str) -> None:
        super().__init__(prog, max_help_position=30)
        self._usage_word = usage_word

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self._usage_word if prefix is None else prefix)


def parse(words: list[str], language: Language) -> argparse.Namespace:
    """Returns the parsed command. Raises WrongUsage, UserError, or SystemExit(0) after help or version."""
    file, rest = _split_file(words)
    parser = _build(language)
    options = parser.parse_args(rest)
    if file is not None and options.command is not None:
        parser.error(f"unrecognized arguments: {file}")
    is_store = file is not None and file.name.lower().endswith(WORK_FILES)
    if is_store and getattr(options, "store", None) is not None:
        parser.error(f"unrecognized arguments: {file}")
    options.pack = None if is_store else file
    if is_store:
        options.store = file
    return options


def _split_file(words: list[str]) -> tuple[Path | None, list[str]]:
    """Splits off a file given instead of a command, as after a double click; returns it with the other arguments."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in _WITH_VALUE else 1
    if at < len(words) and words[at].lower().endswith((*EXCHANGED, *WORK_FILES, *PLANS)):
        return Path(words[at]), words[:at] + words[at + 1 :]
    return None, words


def language_of(words: list[str]) -> Language:
    """Returns the language of --lang, determined before parsing: help and usage errors need it already."""
    for at, word in enumerate(words):
        value = words[at + 1] if word == "--lang" and at + 1 < len(words) else word.partition("--lang=")[2]
        if value in LANGUAGES:
            return Language(value)
    return Language()


def _build(language: Language) -> argparse.ArgumentParser:
    text = language.text
    common = _common(language)
    parser = _Parser(
        language=language,
        common=common,
        prog="samenleven",
        description=text("The support of local governments under the Plan Samenleven. Without a command: the window."),
        epilog=text(
            "With a file in the place of a command (work file, pack, card, plan): the window, to open it or look at it."
        ),
    )
    parser.add_argument("--version", action="version", version=__version__, help=text("the version of the program"))
    commands = parser.add_subparsers(dest="command", title=text("commands"), metavar=text("command"))

    def command(name: str, explained: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=explained, description=explained, language=language, common=common)

    _add_commands(command, language)
    return parser


def _common(language: Language) -> argparse.ArgumentParser:
    """The options of all commands. No defaults here: a default after the subcommand would override a given value."""
    text, absent = language.text, argparse.SUPPRESS
    common = argparse.ArgumentParser(add_help=False, argument_default=absent)
    common.add_argument("--store", type=Path, metavar="FILE", help=text("the work file"))
    common.add_argument("--json", action="store_true", help=text("one JSON document instead of text"))
    common.add_argument("--lang", choices=LANGUAGES, help=text("the language: Dutch or English"))
    common.add_argument(
        "--today", type=a_date("--today"), metavar="YYYY-MM-DD", help=text("the day that counts as today")
    )
    common.add_argument("--debug", action="store_true", help=text("write everything to the technical log, and show it"))
    common.add_argument("--plan", metavar="ID", help=text("another plan than the one that counts today"))
    return common


def _add_commands(command: Callable[[str, str], argparse.ArgumentParser], language: Language) -> None:
    text = language.text
    government = text("NIS code, VGC, RAND or the short code of a partnership or organisation")

    practice = command("practice", text("make a practice file: real governments and plan, invented work"))
    practice.add_argument("--scale", type=a_number("--scale"), default=1, metavar="N", help=text("1, or more of it"))
    practice.add_argument("--seed", type=a_number("--seed"), default=1, metavar="S", help=text("another invention"))

    listing = command("list", text("list records"))
    listing.add_argument("kind", choices=LIST_KINDS, metavar="KIND", help=", ".join(LIST_KINDS))
    _add_list_options(listing, text)

    kpi = command("kpi", text("the numbers of each target in a project year"))
    kpi.add_argument("--year", type=a_number("--year"), metavar="N", help=text("the project year; else that of today"))
    kpi.add_argument("--action", type=an_action, metavar="A", help=text("one action, by its number"))
    kpi.add_argument("--government", metavar="CODE", help=government)

    helps = command("offer-advice", text("what could help with the targets that lag at a government"))
    helps.add_argument("--government", metavar="CODE", required=True, help=government)
    helps.add_argument(
        "--year", type=a_number("--year"), metavar="N", help=text("the project year; else that of today")
    )
    helps.add_argument("--action", type=an_action, metavar="A", help=text("one action, by its number"))

    stimulus = command("stimulus", text("which stimuli a government can get, condition by condition"))
    stimulus.add_argument(
        "--year", type=a_number("--year"), metavar="N", help=text("the project year; else that of today")
    )
    stimulus.add_argument("--government", metavar="CODE", help=government)

    sections = [one.value for one in SectionKind]
    report = command("report", text("make a report as PDF or spreadsheet"))
    report.add_argument("kind", choices=list(REPORT_KINDS), metavar="KIND", help=", ".join(REPORT_KINDS))
    several = text("one government; again for another one")
    report.add_argument("--government", metavar="CODE", action="append", help=several)
    report.add_argument("--session", metavar="ID", help=text("the session of a session report"))
    one_action = text("the action of a sheet, by its number; else every action")
    report.add_argument("--action", type=an_action, metavar="A", help=one_action)
    report.add_argument("--addressee", metavar="CONTACT", help=text("to whom the report is addressed"))
    report.add_argument("--year", type=a_number("--year"), metavar="N", help=text("one project year"))
    report.add_argument("--period", type=a_period("--period"), metavar="A..B", help=text("from one day to another"))
    report.add_argument("--out", type=Path, required=True, metavar="FILE", help=text("the file to write"))
    report.add_argument("--report-lang", choices=LANGUAGES, help=text("the language of the report"))
    report.add_argument("--without-personal", action="store_true", help=text("leave personal data out"))
    report.add_argument(
        "--with",
        dest="with_",
        action="append",
        choices=sections,
        metavar="PART",
        help=text("add a part, such as contacts"),
    )
    report.add_argument(
        "--without",
        action="append",
        choices=sections,
        metavar="PART",
        help=text("leave a part out, such as money"),
    )

    check = command("check", text("look whether the work file is sound"))
    check.add_argument("--repair", action="store_true", help=text("put right what can be, after a backup"))
    command("undo", text("take back the newest step"))
    history = command("history", text("what was done, newest first"))
    history.add_argument("--government", metavar="CODE", help=government)
    history.add_argument("--limit", type=a_number("--limit"), default=50, metavar="N", help=text("at most so many"))

    backup = command("backup", text("make, list or put back backups"))
    choices = ("make", "list", "restore", "let-go")
    backup.add_argument("what", choices=choices, metavar="|".join(choices), help=", ".join(choices))
    backup.add_argument("file", nargs="?", type=Path, metavar="FILE", help=text("the backup; else the newest"))
    backup.add_argument("--preview", action="store_true", help=text("only say what would change"))

    importing = command("import", text("take over the rows of a spreadsheet"))
    importing.add_argument("file", type=Path, metavar="FILE", help=text("an .xlsx, .xls, .ods or .csv file"))
    importing.add_argument("--as", dest="kind", choices=IMPORT_KINDS, metavar="KIND", help=", ".join(IMPORT_KINDS))
    importing.add_argument("--map", metavar="MAP", help=text("which column is which: field=column,field=column"))
    importing.add_argument("--sheet", metavar="NAME", help=text("the sheet; else the first with rows"))
    importing.add_argument("--header", type=a_number("--header"), metavar="N", help=text("the row of the header"))
    importing.add_argument("--year", type=a_number("--year"), metavar="N", help=text("one project year"))
    importing.add_argument("--preview", action="store_true", help=text("only say what would change"))
    there = text("rows about a person who is there already: 3,7")
    importing.add_argument("--same", type=row_numbers("--same"), metavar="ROWS", help=there)
    importing.add_argument("--new", type=row_numbers("--new"), metavar="ROWS", help=text("rows about a new person"))
    importing.add_argument("--sure", action="store_true", help=text("also what is asked, such as a day far ahead"))
    importing.add_argument("--rejected", type=Path, metavar="FILE", help=text("a file for the rows that were rejected"))

    export = command("export", text("write a list as a spreadsheet, or everything as open data"))
    kinds = ("all", "kpi-document", *LIST_KINDS)
    export.add_argument("kind", choices=kinds, metavar="KIND", help=", ".join(kinds))
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help=text("the file to write"))
    _add_list_options(export, text)

    _add_exchange(command, language)

    plan = command("plan", text("the plans of this file: what they say, loading one, taking one in use"))
    steps = ("list", "show", "load", "use", "export", "rules")
    plan.add_argument("what", choices=steps, metavar="|".join(steps), help=", ".join(steps))
    plan.add_argument(
        "which",
        nargs="?",
        metavar="ID|FILE",
        help=text("the code of a plan (code@hash for one version), or the file to load"),
    )
    plan.add_argument("--preview", action="store_true", help=text("only say what would change"))
    plan.add_argument("--out", type=Path, metavar="FILE", help=text("the file to write"))

    erase = command("erase", text("forget a person everywhere"))
    erase.add_argument("contact", metavar="CONTACT", help=text("the name, e-mail address or id of a contact"))
    erase.add_argument("--preview", action="store_true", help=text("only say what would change"))
    erase.add_argument("--yes", action="store_true", help=text("do not ask: it cannot be undone"))
    erase.add_argument("--probable", action="store_true", help=text("also what may name the person (see --preview)"))
    erase.add_argument("--keep-attachments", action="store_true", help=text("keep attachments that name the person"))

    person = command("person", text("everything that is held about a person"))
    person.add_argument("contact", metavar="CONTACT", help=text("the name, e-mail address or id of a contact"))
    person.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help=text("the file to write: .pdf or .json")
    )

    do = command("do", text("any command of the program, by its name"))
    do.add_argument("name", nargs="?", metavar="NAME", help=text("the command, as --list names it"))
    do.add_argument("data", nargs="?", metavar="JSON", help=text("its fields as JSON, @file, or - for standard input"))
    do.add_argument("--list", action="store_true", help=text("the names of all commands"))
    do.add_argument("--schema", action="store_true", help=text("the JSON Schema of the command"))

    tour = command("tour", text("a picture of every screen, and the report"))
    tour.add_argument("--out", type=Path, required=True, metavar="DIR", help=text("the folder for the pictures"))
    tour.add_argument("--theme", choices=("light", "dark"), help=text("one theme instead of both"))

    command("self-test", text("prove that this installation works"))


def _add_list_options(listing: argparse.ArgumentParser, text: Callable[[str], str]) -> None:
    """Adds the options that choose the rows of a list."""
    listing.add_argument("--filter", metavar="TEXT", help=text("only what holds all these words"))
    listing.add_argument(
        "--government",
        metavar="CODE",
        help=text("NIS code, VGC, RAND or the short code of a partnership or organisation"),
    )
    listing.add_argument("--year", type=a_number("--year"), metavar="N", help=text("one project year"))
    listing.add_argument("--period", type=a_period("--period"), metavar="A..B", help=text("from one day to another"))
    listing.add_argument("--all", action="store_true", help=text("also governments without work in this file"))


def _add_exchange(command: Callable[[str, str], argparse.ArgumentParser], language: Language) -> None:
    """Adds identity, packs and conflicts, each with its own subcommands."""
    text, common = language.text, _common(language)

    def family(name: str, explained: str) -> Callable[[str, str], argparse.ArgumentParser]:
        parts = command(name, explained).add_subparsers(
            dest="what", required=True, title=text("commands"), metavar=text("command")
        )
        return lambda word, help_text: parts.add_parser(
            word, help=help_text, description=help_text, language=language, common=common
        )

    identity = family("identity", text("your card for colleagues, and whose cards you trust"))
    identity("show", text("your role, and the six words to read aloud"))
    card = identity("card", text("write your card, to give to a colleague"))
    card.add_argument("--out", type=Path, required=True, metavar="FILE", help=text("the file to write"))
    trust = identity("trust", text("trust the card of a colleague, after comparing the six words"))
    trust.add_argument("card", type=Path, metavar="CARD", help=text("the card of a colleague"))
    trust.add_argument("--yes", action="store_true", help=text("do not ask: the words were compared"))
    identity("list", text("the colleagues, and what they have of your work"))
    revoke = identity("revoke", text("no longer trust a colleague"))
    revoke.add_argument("card", metavar="CARD", help=text("a card, a role, or the first signs of the code"))

    pack = family("pack", text("files for and from colleagues"))
    make = pack("make", text("make a file for colleagues"))
    make.add_argument(
        "--to",
        action="extend",
        nargs="+",
        required=True,
        metavar="CARD",
        help=text("a card, a role, or the first signs of the code"),
    )
    make.add_argument("--out", type=Path, required=True, metavar="FILE", help=text("the file to write"))
    make.add_argument("--profile", choices=PROFILES, metavar="PROFILE", help=", ".join(PROFILES))
    government = text("NIS code, VGC, RAND or the short code of a partnership or organisation")
    make.add_argument("--government", action="extend", nargs="+", metavar="CODE", help=government)
    make.add_argument("--handover", metavar="CODE", help=text("this government goes over to the colleague"))
    older = text("for colleagues with an earlier version of the program; without proof of who wrote what")
    make.add_argument("--for-older", action="store_true", help=older)
    show = pack("show", text("what a file says of itself"))
    show.add_argument("file", type=Path, metavar="FILE", help=text("the file of a colleague"))
    take = pack("apply", text("take over the file of a colleague, after a backup"))
    take.add_argument("file", type=Path, metavar="FILE", help=text("the file of a colleague"))
    take.add_argument("--preview", action="store_true", help=text("only say what would change"))
    take.add_argument("--yes", action="store_true", help=text("also erase what the file erases for good"))
    unproven = text("also take over work of others that nothing proves to be theirs")
    take.add_argument("--unproven", action="store_true", help=unproven)

    conflicts = family("conflicts", text("what you and a colleague both changed"))
    conflicts("list", text("what is left to decide"))
    resolve = conflicts("resolve", text("decide a conflict"))
    resolve.add_argument("id", metavar="ID", help=text("the conflict, as the list names it"))
    choices = ("mine", "theirs", "both")
    resolve.add_argument("choice", choices=choices, metavar="mine|theirs|both", help=", ".join(choices))


def a_date(field: str) -> Callable[[str], date]:
    """Returns a parser of dates, written year-month-day, that names its option in the message."""

    def read(value: str) -> date:
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise UserError(NOT_A_DATE, field=field, option=field, value=value) from None

    return read


def a_period(field: str) -> Callable[[str], tuple[date, date]]:
    """Returns a parser of two dates separated by two dots; both days included."""

    def read(value: str) -> tuple[date, date]:
        first, dots, last = value.partition("..")
        if not dots:
            raise UserError(NOT_A_PERIOD, field=field, option=field, value=value)
        period = a_date(field)(first), a_date(field)(last)
        if period[1] < period[0]:
            raise UserError(PERIOD_BACKWARD, field=field, option=field, value=value)
        return period

    return read


def a_number(field: str) -> Callable[[str], int]:
    """Returns a parser of whole numbers from 0, of at most nine digits."""

    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value):
            raise UserError(NOT_A_NUMBER, field=field, option=field, value=value)
        return int(value)

    return read


def row_numbers(field: str) -> Callable[[str], list[int]]:
    """Returns a parser of row numbers with commas between them."""
    return lambda value: [a_number(field)(part.strip()) for part in value.split(",")]


def an_action(value: str) -> int:
    """Accepts 9, or A9 as the plan writes it."""
    return a_number("--action")(value[1:] if value[:1] in "Aa" else value)
