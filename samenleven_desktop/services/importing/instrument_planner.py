"""Plans imported rows of other instruments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.fields import INSTRUMENT
from samenleven_desktop.domain.instrument import InstrumentState
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.importing.government_match import Matcher
from samenleven_desktop.services.importing.import_plan import PlannedRow
from samenleven_desktop.services.importing.planner_base import RecordPlanner, against, new_row
from samenleven_desktop.services.importing.row_cells import Cells
from samenleven_desktop.services.importing.values import text
from samenleven_desktop.services.instruments.commands import AddInstrument, ChangeInstrument, InstrumentContent
from samenleven_desktop.storage.queries import import_keys as stored


class Instruments(RecordPlanner):
    """Identified by government, name and action."""

    editable = (*INSTRUMENT, "action")

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._by_id = stored.by_id(context.view, INSTRUMENT.table)
        self._present = {
            (row["government_id"], fold(row["name"]).strip(), row["action_id"]): row for row in self._by_id.values()
        }

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        government, name = cells.government(self.matcher), cells.need("name", text)
        values = self._values(cells)
        key = (government.id, fold(name).strip(), values["action_id"])
        self.once(key, number_, cells, "name")
        label = f"{government.name} · {name[:60]}"
        present = self._present.get(key)
        if present is not None:
            return self._changed(number_, label, present, values, cells)
        content = _content({**values, "name": name})
        cells.check({}, content.checked, self.context)
        return new_row(number_, label, AddInstrument(government.id, content))

    def _values(self, cells: Cells) -> dict[str, Any]:
        action = next(iter(self.actions(cells, "action")), None)
        return {**self.fields(cells, INSTRUMENT), "action_id": None if action is None else action.id}

    def _changed(
        self, number_: int, label: str, present: Mapping[str, Any], values: Mapping[str, object], cells: Cells
    ) -> PlannedRow:
        def change(other: Mapping[str, Any]) -> ChangeInstrument:
            content = _content({**{key: present[key] for key in INSTRUMENT}, **other})
            content.checked(self.context)
            return ChangeInstrument(str(present["id"]), content)

        row: PlannedRow = cells.check({}, against, number_, label, present, values, change)
        before = tuple(
            (key, self.context.shown(key, old), self.context.shown(key, new)) for key, old, new in row.before
        )
        return replace(row, before=before)


def _content(values: Mapping[str, Any]) -> InstrumentContent:
    state = InstrumentState(values["instrument_state"] or InstrumentState.CONSIDERED)
    return InstrumentContent(**{**values, "instrument_state": state})
