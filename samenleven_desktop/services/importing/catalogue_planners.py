"""Plans imported partnerships, mentor governments and inspiring examples. What is there is not changed by an import."""

from __future__ import annotations

import re
from collections.abc import Mapping

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.government import Government
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments.partnership_commands import MakePartnership
from samenleven_desktop.services.governments.whole_lists import list_mentors, list_partnerships
from samenleven_desktop.services.importing.government_match import Matcher
from samenleven_desktop.services.importing.import_plan import PlannedRow
from samenleven_desktop.services.importing.planner_base import Planner, new_row
from samenleven_desktop.services.importing.row_cells import Cells
from samenleven_desktop.services.importing.values import long_text, text
from samenleven_desktop.services.offers.advice import known_examples
from samenleven_desktop.services.offers.mentor_and_example_commands import AddExample, AddMentor


class Partnerships(Planner):
    """Identified by code; the members in one cell are separated by commas."""

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._present = {one.code.upper() for one in list_partnerships(context)}

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        code, name = cells.need("code", text).upper(), cells.need("name", text)
        self.once(code, number_, cells, "code")
        if code in self._present:
            return PlannedRow(number_, name, RowState.SAME)
        since = cells.need("valid_from", self.day)
        applicant = cells.government(self.matcher, since, "applicant")
        members = [self._member(part, since) for part in re.split("[,;+]", cells.need("members", text)) if part.strip()]
        ids = tuple(dict.fromkeys((applicant.id, *(one.id for one in members))))
        return new_row(number_, name, MakePartnership(name, code, applicant.id, ids, since))

    def _member(self, words: str, since: object) -> Government:
        cells = Cells((words.strip(),), {"members": 0}, {"members": "members"})
        return cells.government(self.matcher, since, "members")  # type: ignore[arg-type]


class Mentors(Planner):
    """Identified by action and government; those of the plan file are there already."""

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._present = {(one.action_number, one.government_code) for one in list_mentors(context)}
        self._own = {action.id for action in context.plan.actions}

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        action, government = self.one_action(cells), cells.government(self.matcher)
        label = f"{action.number} · {government.name}"
        # Those that are listed here are of the plan at hand.
        if action.id in self._own and (action.number, government.code) in self._present:
            return PlannedRow(number_, label, RowState.SAME)
        self.once((action.id, government.code), number_, cells, "government")
        network, note = self.truth(cells, "learning_network"), cells.read("note", long_text)
        mentor = AddMentor(government.id, action.id, cells.need("source", text), network, note)
        return new_row(number_, label, mentor)


class Examples(Planner):
    """Identified by action and title; those of the plan file are there already."""

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._present = {
            (context.plan.action(one.action_number).id, fold(one.title).strip()) for one in known_examples(context)
        }

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        action, title = self.one_action(cells), cells.need("title", text)
        key, label = (action.id, fold(title).strip()), f"{action.number} · {title[:60]}"
        if key in self._present:
            return PlannedRow(number_, label, RowState.SAME)
        self.once(key, number_, cells, "title")
        government = cells.government(self.matcher).id if text(cells.cell("government")) else None
        source, note = cells.need("source", text), cells.read("note", long_text)
        return new_row(number_, label, AddExample(title, action.id, source, government, note))
