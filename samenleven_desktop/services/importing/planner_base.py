"""Shared by the planners of all kinds: project year, target, numbers, and comparing a row with an existing record."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any, ClassVar

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField, RecordFields
from samenleven_desktop.domain.import_preview import Fault, RowState
from samenleven_desktop.domain.plan import Action, Plan, ProjectYear, Target
from samenleven_desktop.domain.typed_text import same_once_in
from samenleven_desktop.i18n.labels import CHOICES
from samenleven_desktop.i18n.language import LANGUAGES, Language
from samenleven_desktop.i18n.record_lists import TRUTH_WORDS
from samenleven_desktop.interchange.tables.model import Cell
from samenleven_desktop.services.core.command import AnyCommand, FieldEdit
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.importing.government_match import Matcher
from samenleven_desktop.services.importing.import_plan import PlannedRow
from samenleven_desktop.services.importing.row_cells import Cells, RowFault
from samenleven_desktop.services.importing.values import day, read_cell, shown, text
from samenleven_desktop.services.kpi.commands import ChangeCommitments, check_commitment
from samenleven_desktop.services.people.commands import ContactContent

NO_ACTION = N_("The plan has no action {value}.")
NO_PLAN = N_("No plan in use is called {value}.")
NO_TARGET = N_("Action {action} has no target {value} in project year {year}.")
WHICH_TARGET = N_("Action {action} has several targets: {targets}. Name one in a column of its own.")
NO_YEAR = N_("The plan has no project year {value}.")
NO_COMMITMENT = N_("{government} has no commitment for action {action} in project year {year}.")
NO_OFFER = N_("There is no offer {value}.")
SEVERAL_OFFERS = N_("Several organisations have an offer {value}. Name the organisation.")
NOT_HERE = N_("An import does not change this of a record that is there. Change it in the program.")
TWICE = N_("The same record stands in row {row} too.")

ENTRY_KINDS = {
    "reading": (
        *("totaal", "totaal op die dag", "stand", "meting", "tussenstand", "eindstand", "teller", "nieuw totaal"),
        *("cumulatief", "reading", "total", "total on that day", "measurement", "cumulative"),
    ),
    "increment": ("erbij", "bijkomend", "toename", "toevoeging", "extra", "increment", "added", "addition"),
}
COST_WORDS = {
    "paid": ("betalend", "betaald", "paid"),
    "free": ("gratis", "free", "kosteloos"),
    "agency": ("agii", "agentschap", "agency"),
    "unknown": ("niet gekend", "onbekend", "unknown", "niet bekend", "not known"),
}
PAYER_WORDS = {
    "subsidy": ("subsidie", "subsidy"),
    "own_contribution": ("eigen inbreng", "eigen bijdrage", "eigen middelen", "own contribution"),
    "other_instrument": ("ander instrument", "andere middelen", "another instrument", "other instrument"),
}
FORM_WORDS = {
    "visit": ("bezoek", "werkbezoek", "ter plaatse", "visit"),
    "online": ("online", "teams", "digitaal", "videogesprek"),
    "phone": ("telefoon", "telefonisch", "phone"),
    "training": ("opleiding", "vorming", "training"),
    "intervision": ("intervisie", "intervision"),
    "learning_network": ("lerend netwerk", "learning network"),
}
CODE_WORDS = {"cost": COST_WORDS, "paid_from": PAYER_WORDS, "form": FORM_WORDS}

_OF_THE_ROW = (FieldKind.LINK, FieldKind.CHOICE, FieldKind.TRUTH)
"""What such a cell may hold depends on the rest of the row."""
_TRUTHS = {"True": True, "False": False, "None": None}


def choice_words(names: Mapping[Any, str]) -> dict[str, tuple[str, ...]]:
    """Returns code -> its labels in every language, folded, for `Cells.choice`."""
    languages = [Language(code) for code in LANGUAGES]
    return {str(code): tuple(fold(language.text(words)) for language in languages) for code, words in names.items()}


class Planner(ABC):
    """Plans rows one by one as commands that have passed their own checks. `plan` raises RowFault."""

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        """`answers` are those to the questions about rows (people_match.py)."""
        self.context, self.matcher, self.answers = context, matcher, answers or {}
        self._seen: dict[object, int] = {}
        self._words: dict[str, Mapping[str, tuple[str, ...]]] = {}

    @abstractmethod
    def plan(self, number_: int, cells: Cells) -> PlannedRow: ...

    def day(self, cell: Cell) -> date:
        """Parses a day. Raises UserError."""
        return day(cell, self.context.today)

    def words(self, key: str) -> Mapping[str, tuple[str, ...]]:
        """Returns the words for the codes of a field: those of the screens, and what files of others say."""
        if key not in self._words:
            shown = choice_words(CHOICES.get(key, {}))
            more = CODE_WORDS.get(key, {})
            self._words[key] = {code: (*more.get(code, ()), *shown.get(code, ())) for code in {**more, **shown}}
        return self._words[key]

    def change(self, _number: int, _label: str, _row_id: str, cells: Cells, keys: Sequence[str]) -> PlannedRow:
        """Plans a record that is known by its reference; `keys` are the fields in which the file differs. Raises
        RowFault."""
        raise cells.fault(keys[0], NOT_HERE)

    @staticmethod
    def within(cells: Cells, keys: Sequence[str], editable: Collection[str]) -> None:
        """Raises RowFault if a field differs that an import cannot change."""
        for key in keys:
            if key not in editable:
                raise cells.fault(key, NOT_HERE)

    def once(self, key: object, number_: int, cells: Cells, field: str) -> None:
        """A duplicate key in the file would write one record in two ways."""
        if key in self._seen:
            raise cells.fault(field, TWICE, row=self._seen[key])
        self._seen[key] = number_

    def seen(self, key: object, number_: int) -> None:
        """Notes a row with this key that changes nothing."""
        self._seen.setdefault(key, number_)

    def fields(self, cells: Cells, record: RecordFields, *apart: str) -> dict[str, Any]:
        """Returns the values of a record's declared fields in a row, without those that are read `apart`; None for an
        empty cell. Raises RowFault."""
        found: dict[str, Any] = {}
        for field in record.imported:
            if field.kind is FieldKind.CHOICE:
                found[field.key] = cells.choice(field.key, self.words(field.key))
            elif field.kind is not FieldKind.LINK and field.key not in apart:
                found[field.key] = cells.read(field.key, partial(read_cell, field, today=self.context.today))
        return found

    def unreadable(self, cells: Cells, fields: Sequence[RecordField], told: str) -> tuple[Fault, ...]:
        """Returns a fault for each other cell of a row that cannot be read by itself; not for the column `told`."""
        found: list[Fault] = []
        for field in fields:
            try:
                if field.key == "government":
                    cells.read(field.key, partial(self._government, cells))
                elif field.key == "entry_kind":
                    cells.choice(field.key, ENTRY_KINDS)
                elif field.kind is FieldKind.CHOICE and (words := self.words(field.key)):
                    cells.choice(field.key, words)
                elif not field.is_text and field.kind not in _OF_THE_ROW:
                    cells.read(field.key, partial(read_cell, field, today=self.context.today))
            except RowFault as error:
                if error.fault.column != told:
                    found.append(error.fault)
        return tuple(found)

    def _government(self, cells: Cells, _cell: Cell) -> None:
        cells.government(self.matcher)

    def actions(self, cells: Cells, key: str, plan: Plan | None = None) -> tuple[Action, ...]:
        """Returns the actions in a cell, in order: of a plan, unless a number is followed by another one's name.

        Raises RowFault for a number or a plan that is not there.
        """
        words = text(cells.cell(key))
        found: dict[str, Action] = {}
        for number_, name in re.findall(r"(\d+)(?:\s*\(([^)]*)\))?", words):
            place = self._named(cells, key, name) if name else plan or self.context.plan
            action = next((one for one in place.actions if one.number == int(number_)), None)
            if action is None:
                raise cells.fault(key, NO_ACTION, value=number_)
            found[action.id] = action
        if words and not found:
            raise cells.fault(key, NO_ACTION, value=words[:40])
        return tuple(sorted(found.values(), key=lambda one: one.number))

    def one_action(self, cells: Cells) -> Action:
        """Returns the action of a row. Raises RowFault."""
        cells.need("action", text)
        return self.actions(cells, "action")[0]

    def plan_of(self, cells: Cells, on: date | None = None) -> Plan:
        """Returns the plan of a row: the one named after its action, or else the one that counts on its day."""
        name = re.search(r"\(([^)]*)\)\s*$", text(cells.cell("action")))
        if name is not None:
            return self._named(cells, "action", name[1])
        if on is None or self.context.named or self.context.plan.runs_on(on):
            return self.context.plan
        return self.context.plans.counting(on)

    def _named(self, cells: Cells, key: str, name: str) -> Plan:
        plan: Plan
        for plan in (self.context.plan, *self.context.plans):
            if fold(name).strip() in (fold(plan.short_name), fold(plan.name), plan.code):
                return plan
        raise cells.fault(key, NO_PLAN, value=name[:40])

    def truth(self, cells: Cells, key: str) -> bool | None:
        """Returns yes or no; None for not known, or for an empty cell."""
        if isinstance(cell := cells.cell(key), bool):
            return cell
        return _TRUTHS[cells.choice(key, self._truth_words) or "None"]

    @cached_property
    def _truth_words(self) -> Mapping[str, tuple[str, ...]]:
        return choice_words(TRUTH_WORDS)

    def year(self, cells: Cells, on: date | None = None) -> ProjectYear:
        """Parses 1, 2, 3, or 2023-2024; if empty, the year of the day."""
        words, plan = text(cells.cell("year")), self.plan_of(cells, on)
        if not words:
            return plan.year_on(on or self.context.today)
        for one in plan.years:
            if words.strip() in (str(one.number), one.label, f"{one.start.year}", f"{one.start.year}/{one.end.year}"):
                return one
        raise cells.fault("year", NO_YEAR, value=shown(cells.cell("year")))

    def target(self, cells: Cells, year: ProjectYear) -> Target:
        """Finds a target by action number, with its letter or label if the action has several."""
        found = re.match(r"\s*(?:actie|action)?\s*A?(\d{1,3})\s*([a-z])?\b", text(cells.cell("action")), re.IGNORECASE)
        plan = self.context.plans.of_year(year.id) or self.context.plan
        action = next((one for one in plan.actions if found and one.number == int(found[1])), None)
        if action is None or found is None:
            raise cells.fault("action", NO_ACTION, value=shown(cells.cell("action")))
        targets = [one for one in action.targets if one.in_year(year.number) is not None]
        words = text(cells.cell("target")) or (found[2] or "")
        if words:
            sought = fold(words).strip()
            codes = (sought, f"a{action.number}{sought}")
            named = [one for one in targets if one.code.lower() in codes or fold(one.label) == sought]
            if len(named) == 1:
                return named[0]
            raise cells.fault(
                "target" if cells.cell("target") is not None else "action",
                NO_TARGET,
                action=str(action.number),
                value=words[:40],
                year=str(year.number),
            )
        if len(targets) == 1:
            return targets[0]
        if not targets:
            raise cells.fault("action", NO_TARGET, action=str(action.number), value="–", year=str(year.number))
        raise cells.fault(
            "action", WHICH_TARGET, action=str(action.number), targets=", ".join(one.code for one in targets)
        )


class RecordPlanner(Planner):
    """Plans rows of records that an import can change: `editable` are their fields, `_by_id` holds them."""

    editable: ClassVar[Collection[str]]
    _by_id: Mapping[str, Any]

    def change(self, number_: int, label: str, row_id: str, cells: Cells, keys: Sequence[str]) -> PlannedRow:
        self.within(cells, keys, self.editable)
        return self._changed(number_, label, self._by_id[row_id], self._values(cells), cells)

    @abstractmethod
    def _values(self, cells: Cells) -> dict[str, Any]:
        """Returns the values of a row for the fields of the record; None for an empty cell."""

    @abstractmethod
    def _changed(self, number_: int, label: str, present: Any, values: Mapping[str, Any], cells: Cells) -> PlannedRow:
        """Plans a row about a record that is there."""


def against(
    number_: int,
    label: str,
    present: Mapping[str, Any],
    values: Mapping[str, object],
    change: Callable[[Mapping[str, object]], AnyCommand],
) -> PlannedRow:
    """Plans a row with an existing record: unchanged, or with the command that `change` makes from the differences.
    None never overwrites."""
    other = {key: value for key, value in values.items() if value is not None and not _same(present[key], value)}
    if not other:
        return PlannedRow(number_, label, RowState.SAME)
    before = tuple((key, present[key], value) for key, value in other.items())
    return PlannedRow(number_, label, RowState.CHANGED, change(other), before=before)


def _same(present: object, value: object) -> bool:
    """A text that only lost what no file holds is the same text."""
    if isinstance(present, str) and isinstance(value, str):
        return same_once_in(present, value)
    return present == value


def change_commitment(row_id: str, values: Mapping[str, object]) -> ChangeCommitments:
    """Raises UserError naming the field that is wrong."""
    return ChangeCommitments(
        tuple(FieldEdit(row_id, name, check_commitment(name, one)) for name, one in values.items())
    )


def contact_content(values: Mapping[str, Any], government_id: str | None) -> ContactContent:
    """Raises UserError naming the field that is wrong."""
    names = ("organisation", "role", "email", "phone", "note")
    content = ContactContent(values.get("name") or "", government_id, **{name: values.get(name) for name in names})
    content.checked()
    return content


def new_row(number_: int, label: str, command: AnyCommand) -> PlannedRow:
    return PlannedRow(number_, label, RowState.NEW, command)
