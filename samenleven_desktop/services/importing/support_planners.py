"""Plans imported agreements, tracks and candidacies for a stimulus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.fields import AGREEMENT, STIMULUS, TRACK
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.domain.stimulus import StimulusState
from samenleven_desktop.i18n.labels import STIMULUS_STATES
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.importing.government_match import Matcher
from samenleven_desktop.services.importing.import_plan import PlannedRow
from samenleven_desktop.services.importing.planner_base import RecordPlanner, against, choice_words, new_row
from samenleven_desktop.services.importing.row_cells import Cells
from samenleven_desktop.services.importing.values import cents, day_words, long_text, number, text
from samenleven_desktop.services.sessions.commands import check_agreement
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
    ChangeAgreement,
    CompleteAgreement,
)
from samenleven_desktop.services.sessions.track_commands import AddTrack, ChangeTrack, TrackContent
from samenleven_desktop.services.stimuli.commands import ChangeStimulus, StartCandidacy, StimulusContent
from samenleven_desktop.services.stimuli.queries import Candidacy, candidacies
from samenleven_desktop.storage.queries import import_keys as stored

_ACTIONS = ("action_id", "linked_action_ids")
NO_STIMULUS = N_("The plan has no stimulus {value}.")


class Agreements(RecordPlanner):
    """Agreements, identified by government, text and day."""

    editable = AGREEMENT

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._by_id = stored.by_id(context.view, AGREEMENT.table)
        self._present = {
            (row["government_id"], fold(row["what"]).strip(), row["due"]): row for row in self._by_id.values()
        }

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        government, what = cells.government(self.matcher), cells.need("what", long_text)
        values = self._values(cells)
        key = (government.id, fold(what).strip(), values["due"])
        self.once(key, number_, cells, "what")
        label = f"{government.name} · {what[:40]}"
        present = self._present.get(key)
        if present is not None:
            return self._changed(number_, label, present, values, cells)
        cells.check({}, check_agreement, what, "what")
        who = Party(values["who"] or Party.COACH)
        return new_row(number_, label, AddAgreement(government.id, who, what, values["due"], done_on=values["done_on"]))

    def _values(self, cells: Cells) -> dict[str, Any]:
        return {
            "what": cells.read("what", long_text),
            "who": cells.choice("who", self.words("who")),
            "due": cells.read("due", self.day),
            "done_on": cells.read("done_on", self.day),
        }

    def _changed(
        self, number_: int, label: str, present: Mapping[str, Any], values: Mapping[str, object], cells: Cells
    ) -> PlannedRow:
        def change(other: Mapping[str, Any]) -> ChangeAgreement | CompleteAgreement:
            now = {**present, **other}
            check_agreement(now["what"], "what")
            if other.keys() == {"done_on"}:
                return CompleteAgreement(str(present["id"]), now["done_on"])
            return ChangeAgreement(str(present["id"]), Party(now["who"]), now["what"], now["due"])

        planned = cells.check({}, against, number_, label, present, values, change)
        if planned.command is None or not isinstance(planned.command, ChangeAgreement) or values["done_on"] is None:
            return planned
        if values["done_on"] == present["done_on"]:
            return planned
        done = CompleteAgreement(str(present["id"]), cells.read("done_on", self.day))
        return replace(planned, also=done)


class Tracks(RecordPlanner):
    """Identified by government, title and first day."""

    editable = TRACK

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._by_id = stored.by_id(context.view, TRACK.table)
        self._present = {
            (row["government_id"], fold(row["title"]).strip(), row["start"]): row for row in self._by_id.values()
        }

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        start = cells.need("start", self.day)
        government, title = cells.government(self.matcher, start), cells.need("title", text)
        key = (government.id, fold(title).strip(), start)
        self.once(key, number_, cells, "title")
        label, values = f"{government.name} · {title} · {day_words(start)}", self._values(cells)
        present = self._present.get(key)
        if present is not None:
            return self._changed(number_, label, present, values, cells)
        content = TrackContent(**values)
        cells.check({}, content.checked)
        return new_row(number_, label, AddTrack(government.id, content))

    def _values(self, cells: Cells) -> dict[str, Any]:
        return {
            "title": cells.read("title", text),
            "goal": cells.read("goal", long_text),
            "planned_minutes": cells.read("planned_minutes", number),
            "start": cells.read("start", self.day),
            "end": cells.read("end", self.day),
        }

    def _changed(
        self, number_: int, label: str, present: Mapping[str, Any], values: Mapping[str, object], cells: Cells
    ) -> PlannedRow:
        def change(other: Mapping[str, Any]) -> ChangeTrack:
            now = {**present, **other}
            content = TrackContent(**{key: now[key] for key in TRACK})
            content.checked()
            return ChangeTrack(str(present["id"]), content)

        return cells.check({}, against, number_, label, present, values, change)


class Stimuli(RecordPlanner):
    """Candidacies, identified by government, project year, stimulus and action. A row without a state is none."""

    editable = (*STIMULUS, "action_number", "linked_actions")

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._by_id = {one.id: one for one in candidacies(context)}
        self._present = {(one.government_id, one.year, one.kind, one.action_id): one for one in self._by_id.values()}
        rules = context.plan.stimulus_rules
        self._kinds = {one.kind: one for one in rules.kinds} if rules else {}
        self._states = choice_words(STIMULUS_STATES)

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        year = self.year(cells)
        government = cells.government(self.matcher, year.start)
        kind = self._kind(cells)
        values = self._values(cells)
        label = f"{government.name} · {self._kinds[kind].short_name} · {year.label}"
        if values["state"] is None:
            return PlannedRow(number_, label, RowState.SAME)
        key = (government.id, year.number, kind, values["action_id"])
        self.once(key, number_, cells, "stimulus")
        present = self._present.get(key)
        if present is not None:
            return self._changed(number_, label, present, values, cells)
        content = self._content({**dict.fromkeys(STIMULUS), "linked_action_ids": (), **_given(values)}, {})
        cells.check({}, content.checked, self._kinds[kind], self.context)
        return new_row(number_, label, StartCandidacy(government.id, year.number, kind, content))

    def _kind(self, cells: Cells) -> str:
        words = cells.need("stimulus", text)
        for kind, stimulus in self._kinds.items():
            if fold(words).strip() in (fold(kind), fold(stimulus.short_name)):
                return kind
        raise cells.fault("stimulus", NO_STIMULUS, value=words[:40])

    def _values(self, cells: Cells) -> dict[str, Any]:
        linked = self.actions(cells, "linked_actions")
        action = next(iter(self.actions(cells, "action_number")), None)
        return {
            "state": cells.choice("state", self._states),
            "action_id": None if action is None else action.id,
            "linked_action_ids": tuple(one.id for one in linked) or None,
            "learning_network": self.truth(cells, "learning_network"),
            "amount_cents": cells.read("amount_cents", cents),
            "decided_on": cells.read("decided_on", self.day),
            "note": cells.read("note", long_text),
        }

    def _changed(
        self, number_: int, label: str, present: Candidacy, values: Mapping[str, object], cells: Cells
    ) -> PlannedRow:
        now = {key: getattr(present, key) for key in STIMULUS}
        now |= {"state": present.state.value, "linked_action_ids": self._in_order(present.linked_action_ids)}

        def change(other: Mapping[str, Any]) -> ChangeStimulus:
            content = self._content({**now, **other}, present.texts)
            content.checked(self._kinds[present.kind], self.context)
            return ChangeStimulus(present.id, present.kind, content)

        row: PlannedRow = cells.check({}, against, number_, label, now, values, change)
        before = tuple(
            (key, self._numbers(old), self._numbers(new))
            if key in ("action_id", "linked_action_ids")
            else (key, old, new)
            for key, old, new in row.before
        )
        return replace(row, before=before)

    def _in_order(self, action_ids: Iterable[str]) -> tuple[str, ...]:
        wanted = set(action_ids)
        return tuple(one.id for one in self.context.plan.actions if one.id in wanted)

    def _numbers(self, value: object) -> str:
        """Returns the numbers of one or more actions, for the preview."""
        ids = value if isinstance(value, tuple) else (value,)
        found = [self.context.plan.action_with_id(str(one)) for one in ids if one]
        return ", ".join(str(one.number) for one in found if one is not None)

    @staticmethod
    def _content(values: Mapping[str, Any], texts: Mapping[str, str]) -> StimulusContent:
        return StimulusContent(**{**values, "state": StimulusState(values["state"])}, texts=dict(texts))


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
