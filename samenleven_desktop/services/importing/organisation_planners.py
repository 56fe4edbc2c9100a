"""Plans imported organisations, and the governments that they serve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.fields import GOVERNMENT, SERVICE
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.organisation import OrganisationKind
from samenleven_desktop.domain.plan import Target
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.importing.government_match import Matcher
from samenleven_desktop.services.importing.import_plan import PlannedRow
from samenleven_desktop.services.importing.planner_base import NO_TARGET, WHICH_TARGET, RecordPlanner, against, new_row
from samenleven_desktop.services.importing.row_cells import Cells
from samenleven_desktop.services.importing.values import text
from samenleven_desktop.services.organisations.commands import (
    AddService,
    ChangeOrganisation,
    ChangeService,
    MakeOrganisation,
    OrganisationContent,
    ServiceContent,
)
from samenleven_desktop.services.organisations.queries import list_organisations
from samenleven_desktop.storage.queries import import_keys as stored
from samenleven_desktop.storage.queries import organisations

NO_ORGANISATION = N_("{value} is no organisation.")


class Organisations(RecordPlanner):
    """Identified by code."""

    editable = ("name", "organisation_kind", "reference_region", "page")

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        rows = stored.by_id(context.view, GOVERNMENT.table)
        self._by_id = {one.id: rows[one.id] for one in list_organisations(context)}
        self._present = {str(row["code"]).upper(): row for row in self._by_id.values()}

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        code = cells.need("code", text).upper()
        self.once(code, number_, cells, "code")
        values = self._values(cells)
        present = self._present.get(code)
        if present is not None:
            return self._changed(number_, str(present["name"]), present, values, cells)
        cells.need("name", text)
        content = _content({**values, "code": code})
        cells.check({}, content.checked, self.context.view)
        return new_row(number_, str(values["name"]), MakeOrganisation(content))

    def _values(self, cells: Cells) -> dict[str, Any]:
        kind = cells.choice("organisation_kind", self.words("organisation_kind"))
        return {
            "name": text(cells.cell("name")) or None,
            "organisation_kind": kind,
            "reference_region": text(cells.cell("reference_region")) or None,
            "page": text(cells.cell("page")) or None,
        }

    def _changed(
        self, number_: int, label: str, present: Mapping[str, Any], values: Mapping[str, object], cells: Cells
    ) -> PlannedRow:
        def change(other: Mapping[str, Any]) -> ChangeOrganisation:
            content = _content({**{key: present[key] for key in ("code", *self.editable)}, **other})
            content.checked(self.context.view, str(present["code"]))
            return ChangeOrganisation(str(present["id"]), content)

        row: PlannedRow = cells.check({}, against, number_, label, present, values, change)
        return row


class Services(RecordPlanner):
    """Identified by organisation, government, target and first day."""

    editable = ("valid_from", "valid_until", "target_value", "note")

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._by_id = stored.by_id(context.view, SERVICE.table)
        self._services = organisations.services(context.view)
        self._present = {
            (row["organisation_id"], row["government_id"], row["target_id"], row["valid_from"]): row
            for row in self._by_id.values()
        }

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        since = cells.need("valid_from", self.day)
        organisation = cells.government(self.matcher, since, "organisation")
        if organisation.kind is not GovernmentKind.ORGANISATION:
            raise cells.fault("organisation", NO_ORGANISATION, value=organisation.name)
        government = cells.government(self.matcher, since)
        target = self._target(cells)
        key = (organisation.id, government.id, None if target is None else target.id, since)
        self.once(key, number_, cells, "government")
        label = f"{organisation.name} · {government.name}"
        values = self._values(cells)
        present = self._present.get(key)
        if present is not None:
            return self._changed(number_, label, present, values, cells)
        content = ServiceContent(**{**values, "target_id": None if target is None else target.id})
        command = AddService(organisation.id, government.id, content)
        columns = {"target_id": "action", "government_id": "government"}
        cells.check(columns, command.checked, self.context, self._services)
        # Counts for the rows of the file below this one too.
        self._services.append(command.service())
        return new_row(number_, label, command)

    def _values(self, cells: Cells) -> dict[str, Any]:
        return self.fields(cells, SERVICE)

    def _target(self, cells: Cells) -> Target | None:
        """Returns the target of a row by its action, and its code if the action has several; None without an action."""
        action = next(iter(self.actions(cells, "action")), None)
        if action is None:
            return None
        words = text(cells.cell("target")).casefold()
        found = [one for one in action.targets if not words or words in (one.code.casefold(), one.label.casefold())]
        if len(found) == 1:
            return found[0]
        if words:
            year = str(self.context.plan.year_on(self.context.today).number)
            raise cells.fault("target", NO_TARGET, action=str(action.number), value=words[:40], year=year)
        codes = ", ".join(one.code for one in action.targets)
        raise cells.fault("action", WHICH_TARGET, action=str(action.number), targets=codes)

    def _changed(
        self, number_: int, label: str, present: Mapping[str, Any], values: Mapping[str, object], cells: Cells
    ) -> PlannedRow:
        def change(other: Mapping[str, Any]) -> ChangeService:
            keys = ("valid_from", "valid_until", "target_id", "target_value", "note")
            content = ServiceContent(**{**{key: present[key] for key in keys}, **other})
            content.checked(self.context)
            return ChangeService(str(present["id"]), content)

        row: PlannedRow = cells.check({}, against, number_, label, present, values, change)
        return row


def _content(values: Mapping[str, Any]) -> OrganisationContent:
    kind = values["organisation_kind"]
    return OrganisationContent(**{**values, "organisation_kind": None if kind is None else OrganisationKind(kind)})
