"""Plans imported contacts. Who a row is about is decided in people_match.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from samenleven_desktop.domain.fields import CONTACT
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.importing.government_match import Matcher
from samenleven_desktop.services.importing.import_plan import PlannedRow
from samenleven_desktop.services.importing.people_match import PeopleMatch, Person
from samenleven_desktop.services.importing.planner_base import Planner, against, contact_content, new_row
from samenleven_desktop.services.importing.row_cells import Cells
from samenleven_desktop.services.importing.values import text
from samenleven_desktop.services.people.commands import AddContact, ChangeContact


class Contacts(Planner):
    """Identified by name, organisation and government together; what may be the same person is a question."""

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._people = PeopleMatch(context, self.answers)

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        government = cells.government(self.matcher) if text(cells.cell("government")) else None
        values = self.fields(cells, CONTACT)
        name = values["name"] = values["name"] or values["role"]
        place = government.id if government else None
        if name is None:
            cells.check({}, contact_content, values, place)
        person = Person(place, values)
        self.once((person.key, person.mailbox), number_, cells, "name")
        label = f"{name} · {government.name if government else values['organisation']}"
        present, question = self._people.match(number_, person)
        if present is None:
            made = cells.check({}, contact_content, values, place)
            return replace(new_row(number_, label, AddContact(made)), question=question)
        planned = self._changed(number_, label, present, values, place or present["government_id"], cells)
        return replace(planned, question=question)

    def change(self, number_: int, label: str, row_id: str, cells: Cells, keys: Sequence[str]) -> PlannedRow:
        present = self._people.by_id[row_id]
        place = present["government_id"]
        if "government" in keys:
            place = cells.government(self.matcher).id
        self.within(cells, keys, (*CONTACT, "government"))
        return self._changed(number_, label, present, self.fields(cells, CONTACT), place, cells)

    @staticmethod
    def _changed(
        number_: int,
        label: str,
        present: Mapping[str, Any],
        values: Mapping[str, object],
        place: str | None,
        cells: Cells,
    ) -> PlannedRow:
        def change(other: Mapping[str, object]) -> ChangeContact:
            now = {**present, **other}
            return ChangeContact(str(present["id"]), contact_content(now, place))

        return cells.check({}, against, number_, label, present, {**values, "government_id": place}, change)
