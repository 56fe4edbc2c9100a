"""The Excel form of a plan: its sheets and columns, derived from the structs of a plan file, and writing one.

One sheet per list, one column per value; a list within a list names its parent in the first column. What a plan has
once stands on the sheet *Plan*, one value a row. `plan_form_reader` reads it; a form holds what a plan file holds.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, get_args, get_origin

import msgspec

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.domain.stimulus import CHECKS
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.plan_content import optional, plain, shape
from samenleven_desktop.interchange.plan_structs import CheckName, FileTable, PlanFile
from samenleven_desktop.interchange.plan_tables import plan_tables
from samenleven_desktop.interchange.plan_words import CAPTIONS

_ROWS = 1000
_WIDEST = 46
_LONGEST_LIST = 255
"""What Excel takes as the list of a cell; the longer one stands on the explanation."""

CHOICES = {
    "certain": N_("certain"),
    "inferred": N_("inferred"),
    "chosen": N_("chosen"),
    "unknown": N_("not known"),
    "count": N_("counted"),
    "plan": N_("plan (jury)"),
    "neighbourhood": N_("neighbourhood (jury)"),
    "interim": N_("interim report"),
    "final": N_("final report"),
    "other": N_("other"),
    "municipality": N_("municipality"),
    "brussels_municipality": N_("municipality of Brussels"),
    "partnership": N_("partnership"),
    "vgc": N_("VGC"),
    "rand": N_("vzw de Rand"),
    "organisation": N_("organisation"),
    "non_eu27": N_("not EU-27"),
    "neighbouring": N_("neighbouring countries"),
    "other_eu27": N_("other EU-27"),
    "belgian": N_("Belgian"),
    "applicant_above_threshold": N_("applicant is above the threshold"),
    "member_below_threshold": N_("a member is below the threshold"),
    "member_joined_this_year": N_("a member joined in this year"),
    "same_reference_region": N_("all in one reference region"),
    "together_above_threshold": N_("together above the threshold"),
    "max_per_year": N_("not received too often in this year"),
    "not_granted_before": N_("not received before"),
    "budget_available": N_("there is budget"),
    "action_named": N_("an action is named"),
    "actions_linked": N_("actions are linked"),
    "text_written": N_("the text is written"),
    "runs_learning_network": N_("runs a learning network"),
    "coach_judges": N_("the coach judges"),
}
"""The values that a field may have, in words."""

YES, NO = N_("yes"), N_("no")
PLAN_SHEET, EXPLANATION = N_("Plan"), N_("Explanation")
SOURCES = N_("Sources")
Names = tuple[str, ...]

TITLES: dict[Names, str] = {
    ("years",): N_("Periods"),
    ("objectives",): N_("Objectives"),
    ("actions",): N_("Actions"),
    ("actions", "targets"): N_("Targets"),
    ("actions", "targets", "terms"): N_("Rates"),
    ("actions", "financed"): N_("Financed"),
    ("years", "deadlines"): N_("Deadlines"),
    ("applicants",): N_("Applicants"),
    ("drawing_rights",): N_("Drawing rights"),
    ("conditions",): N_("Conditions"),
    ("stimuli", "kinds"): N_("Stimuli"),
    ("stimuli", "kinds", "amounts"): N_("Amounts of stimuli"),
    ("stimuli", "kinds", "conditions"): N_("Conditions of stimuli"),
    ("stimuli", "kinds", "texts"): N_("Texts of stimuli"),
    ("stimuli", "kinds", "rules"): N_("Rules of stimuli"),
    ("reporting", "documents"): N_("Documents"),
    ("reporting", "rules"): N_("Rules of reporting"),
    ("money_rules", "rules"): N_("Rules of the money"),
    ("action_rules",): N_("Rules of the actions"),
    ("form_rules",): N_("Rules of the form"),
    ("mentors",): N_("Mentor governments"),
    ("examples",): N_("Examples"),
    ("own_support",): N_("Own agencies"),
    ("published_figures",): N_("Published figures"),
}
# The field by which rows of another sheet name an element of a list, and the caption of that column.
KEYS = {
    "actions": ("number", N_("action")),
    "targets": ("code", N_("target")),
    "years": ("number", N_("project year")),
    "kinds": ("kind", N_("stimulus")),
}
_HELP = (
    N_("Fill in at least the sheets Plan, Periods, Actions, Targets, Rates and Sources; the others may stay empty."),
    N_("A column with * is needed on each row. What you do not know stays empty: it is then shown as not known."),
    N_("Amounts are in euro. Shares are numbers from 0 to 1: 0,8 is 80 %."),
    N_("Several project years in one cell: 1, 2, 3. Several names in one cell: each on a line (Alt+Enter)."),
    N_("A source is a key of the sheet Sources, with the page or document it stands for."),
    N_("Load the form in the program on the page Plans, or with: plan load FILE."),
)


@dataclass(frozen=True)
class FormColumn:
    """A value of a row: its path within the element, its type, its caption as catalogue sentences."""

    names: Names
    kind: Any
    captions: Names
    required: bool

    def heading(self, language: Language) -> str:
        words = ": ".join(language.text(one) for one in self.captions)
        return f"{words} *" if self.required else words


@dataclass(frozen=True)
class FormSheet:
    """A list of the plan file; `parent` is the list that its first column refers to."""

    names: Names
    columns: tuple[FormColumn, ...]

    @property
    def parent(self) -> str | None:
        return self.names[-2] if len(self.names) > 1 and self.names[-2] in KEYS else None


@cache
def form_sheets() -> tuple[FormSheet, ...]:
    """Returns the sheets with lists, parents before what refers to them."""
    return tuple(FormSheet(names, tuple(_columns(_element(names)))) for names in TITLES)


@cache
def plan_values() -> tuple[FormColumn, ...]:
    """Returns what a plan has once, in the order of the plan file."""
    return tuple(one for one in _columns(PlanFile) if one.names not in (("format",), ("sources",)))


def _element(names: Names) -> type[FileTable]:
    cls: type[FileTable] = PlanFile
    for name in names:
        field = next(one for one in msgspec.structs.fields(cls) if one.name == name)
        found, _ = shape(field.type)
        assert found is not None
        cls = found
    return cls


def _columns(cls: type[FileTable], names: Names = (), captions: Names = (), sure: bool = True) -> Iterator[FormColumn]:
    for one in msgspec.structs.fields(cls):
        table, listed = shape(one.type)
        here, words = (*names, one.name), (*captions, CAPTIONS.get(one.name, one.name))
        if table is not None and not listed:
            yield from _columns(table, here, words, sure and one.required)
        elif table is None:
            needed = sure and one.required and not optional(one.type) and plain(one.type) is not list
            yield FormColumn(here, one.type, words, needed)


def plan_to_form(plan: Plan, language: Language) -> bytes:
    """Returns the form of a plan as a workbook; `read_plan` of that file gives an equal plan."""
    return form_of(plan_tables(plan), language)


def form_of(content: dict[str, Any], language: Language) -> bytes:
    """Returns the form of the content of a plan file; what the content lacks is still to be filled in."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    pen = _Pen(book, language)
    pen.explanation()
    pen.values(content)
    for sheet in form_sheets():
        pen.rows(sheet, list(elements_of(content, sheet.names)))
    pen.table(SOURCES, [CAPTIONS["source"], N_("page or document")], list(content.get("sources", {}).items()))
    book.close()
    return stream.getvalue()


def elements_of(content: Any, names: Names, key: object = None) -> Iterator[tuple[object, dict[str, Any]]]:
    """Yields each element of a list of the content, with the key of its parent."""
    first, rest = names[0], names[1:]
    inside = content.get(first)
    if inside is None:
        return
    if isinstance(inside, dict):
        yield from elements_of(inside, rest)
        return
    for one in inside:
        if rest:
            yield from elements_of(one, rest, one[KEYS[first][0]])
        else:
            yield key, one


def value_in(content: Any, names: Names) -> Any:
    for name in names:
        content = content.get(name) if isinstance(content, dict) else None
    return content


class _Pen:
    def __init__(self, book: Any, language: Language) -> None:
        self._book, self._language = book, language
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._plain = book.add_format({"text_wrap": True, "valign": "top"})
        self._day = book.add_format({"num_format": "dd-mm-yyyy", "valign": "top", "align": "left"})
        self._big = book.add_format({"bold": True, "font_size": 14})

    def explanation(self) -> None:
        text = self._language.text
        sheet = self._book.add_worksheet(text(EXPLANATION))
        sheet.set_column(0, 0, 110)
        sheet.write_string(0, 0, text("Form of a plan"), self._big)
        checks = ", ".join(text(CHOICES[one]) for one in CHECKS)
        lines = [*map(text, _HELP), text("What the program can look at for a stimulus: {list}.", list=checks)]
        for row, words in enumerate(lines, 2):
            sheet.write_string(row, 0, words, self._plain)

    def values(self, content: dict[str, Any]) -> None:
        text = self._language.text
        sheet = self._sheet(PLAN_SHEET, [text("what"), text("value")])
        sheet.set_column(0, 1, _WIDEST)
        for row, column in enumerate(plan_values(), 1):
            sheet.write_string(row, 0, column.heading(self._language), self._plain)
            self._put(sheet, row, 1, value_in(content, column.names), column.kind)
            self._choices(sheet, row, 1, row, column.kind)

    def rows(self, form: FormSheet, rows: list[tuple[object, dict[str, Any]]]) -> None:
        text = self._language.text
        headings = [one.heading(self._language) for one in form.columns]
        shift = 0
        if form.parent is not None:
            headings.insert(0, f"{text(KEYS[form.parent][1])} *")
            shift = 1
        sheet = self._sheet(TITLES[form.names], headings)
        for at, column in enumerate(form.columns):
            self._choices(sheet, 1, at + shift, _ROWS, column.kind)
        for row, (key, element) in enumerate(rows, 1):
            if shift:
                self._put(sheet, row, 0, key, type(key))
            for at, column in enumerate(form.columns):
                self._put(sheet, row, at + shift, value_in(element, column.names), column.kind)

    def table(self, title: str, captions: list[str], rows: list[tuple[str, str]]) -> None:
        sheet = self._sheet(title, [self._language.text(one) for one in captions])
        sheet.set_column(1, 1, 2 * _WIDEST)
        for row, cells in enumerate(rows, 1):
            for at, words in enumerate(cells):
                sheet.write_string(row, at, words, self._plain)

    def _sheet(self, title: str, headings: list[str]) -> Any:
        sheet = self._book.add_worksheet(self._language.text(title))
        sheet.freeze_panes(1, 0)
        for at, words in enumerate(headings):
            sheet.write_string(0, at, words, self._head)
            sheet.set_column(at, at, min(max(len(words) + 2, 12), _WIDEST))
        return sheet

    def _put(self, sheet: Any, row: int, at: int, value: Any, kind: Any) -> None:
        if value is None:
            return
        text = self._language.text
        if isinstance(value, bool):
            sheet.write_string(row, at, text(YES if value else NO), self._plain)
        elif isinstance(value, int | float):
            sheet.write_number(row, at, value, self._plain)
        elif isinstance(value, date):
            sheet.write_datetime(row, at, value, self._day)
        elif isinstance(value, list | tuple):
            every = [text(CHOICES[one]) if codes_of(kind) and one in CHOICES else str(one) for one in value]
            numbers = all(isinstance(one, int) for one in value)
            sheet.write_string(row, at, (", " if numbers else "\n").join(every), self._plain)
        else:
            sheet.write_string(row, at, text(CHOICES[value]) if codes_of(kind) else str(value), self._plain)

    def _choices(self, sheet: Any, first: int, at: int, last: int, kind: Any) -> None:
        """Offers the possible values in the cells of a column."""
        codes = codes_of(kind)
        words = [YES, NO] if plain(kind) is bool else [CHOICES[one] for one in codes]
        if words and plain(kind) is not list:
            source = [self._language.text(one) for one in words]
            if len(",".join(source)) > _LONGEST_LIST:
                return
            sheet.data_validation(first, at, last, at, {"validate": "list", "source": source, "error_type": "warning"})


def codes_of(kind: Any) -> tuple[str, ...]:
    """Returns the words that a field, or each element of it, is chosen from."""
    if kind == CheckName:
        return tuple(CHECKS)
    bare = plain(kind)
    if bare is list:
        listed = kind if get_origin(kind) is list else next(one for one in get_args(kind) if get_origin(one) is list)
        bare = get_args(listed)[0]
    return get_args(bare) if get_origin(bare) is Literal and isinstance(get_args(bare)[0], str) else ()
