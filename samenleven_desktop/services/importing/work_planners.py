"""One planner per kind: turns the cells of a row into a command, compared with the existing records.

Each reads the existing records once. An empty cell never clears a value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.fields import COMMITMENT, OFFER, SESSION, USE
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.domain.kpi import EntryKind, LedgerEntry, check_total
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.offer_use import Payer
from samenleven_desktop.domain.typed_text import same_once_in
from samenleven_desktop.i18n.language import LANGUAGES, Language
from samenleven_desktop.i18n.record_lists import ALL_ACTIONS, CORRECTED
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments.partnership_commands import NoteOfficialFigure, check_figure_year
from samenleven_desktop.services.importing.government_match import Matcher, NoMatch
from samenleven_desktop.services.importing.import_plan import PlannedRow
from samenleven_desktop.services.importing.planner_base import (
    ENTRY_KINDS,
    NO_COMMITMENT,
    NO_OFFER,
    SEVERAL_OFFERS,
    Planner,
    RecordPlanner,
    against,
    change_commitment,
    new_row,
)
from samenleven_desktop.services.importing.row_cells import Cells
from samenleven_desktop.services.importing.values import day_words, long_text, minutes, number, text
from samenleven_desktop.services.kpi.commands import AddCommitment, check_commitment
from samenleven_desktop.services.offers.commands import (
    AddOffer,
    ChangeOffer,
    ChangeUses,
    OfferContent,
    UseOffer,
    check_use,
)
from samenleven_desktop.services.sessions.commands import (
    ChangeSessions,
    RegisterSession,
    SessionContent,
    check_session_edit,
    session_end,
)
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.storage.queries import import_keys as stored

CORRECTED_SINCE = N_("This entry was corrected since. Correct the newest one.")
# The only field of the session form that is spread over several columns of a file.
_SESSION_COLUMNS = {"times": "end_minute"}


class Entries(Planner):
    """An existing reading of that day with another number is corrected; an equal row is unchanged, also one that was
    corrected since, so that an older list undoes no correction. A row that the file calls corrected does not count."""

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._commitments = stored.commitments(context.view)
        self._entries: dict[tuple[str, date, str], list[Mapping[str, Any]]] = defaultdict(list)
        self._rows = stored.entries(context.view)
        self._by_id: dict[str, Mapping[str, Any]] = {}
        for commitment_id, found in self._rows.items():
            for one in found:
                self._entries[commitment_id, one["day"], one["kind"]].append(one)
                self._by_id[one["id"]] = one
        self._existing = {str(row["id"]): int(row["existing_reach"]) for row in self._commitments.values()}
        self._ledger: dict[str, list[LedgerEntry]] = {}
        self._corrected = {fold(Language(code).text(CORRECTED)) for code in LANGUAGES}
        self._together = stored.memberships(context.view)

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        on = cells.need("day", self.day)
        government = cells.government(self.matcher, on)
        year = self.year(cells, on)
        target = self.target(cells, year)
        label = f"{government.name} · {target.action_number} · {day_words(on)}"
        if self._is_corrected(cells):
            return PlannedRow(number_, label, RowState.SAME)
        units = cells.need("units", number)
        kind = cells.choice("entry_kind", ENTRY_KINDS) or "increment"
        note = cells.read("note", long_text)
        commitment, member = self._commitment(government.id, year.number, target.id, on)
        if text(cells.cell("member")):
            member = cells.government(self.matcher, on, "member").id
        if commitment is None:
            raise cells.fault(
                "action",
                NO_COMMITMENT,
                government=government.name,
                action=str(target.action_number),
                year=str(year.number),
            )
        there = self._entries.get((commitment, on, kind), [])
        present = [one for one in there if not one["corrected"]]
        same = [
            one for one in there if one["units"] == units and (note is None or same_once_in(one["note"] or "", note))
        ]
        if same:
            self.seen((commitment, on, kind), number_)
            return PlannedRow(number_, label, RowState.SAME)
        entry = AddKpiEntry(commitment, on, EntryKind(kind), units, note, member)
        cells.check({}, entry.check)
        self._check_total(cells, entry)
        if kind == "reading":
            self.once((commitment, on, kind), number_, cells, "day")
            if present:
                better = replace(entry, corrects_id=present[0]["id"])
                return PlannedRow(
                    number_, label, RowState.CHANGED, better, before=(("units", present[0]["units"], units),)
                )
        return new_row(number_, label, entry)

    def _check_total(self, cells: Cells, entry: AddKpiEntry) -> None:
        """Counts the rows of the file before this one too."""
        new = entry.row()
        if entry.commitment_id not in self._ledger:
            self._ledger[entry.commitment_id] = [
                LedgerEntry(row["day"], EntryKind(row["kind"]), row["units"], row["id"], row["corrects_id"])
                for row in self._rows.get(entry.commitment_id, ())
            ]
        ledger = self._ledger[entry.commitment_id]
        cells.check({}, check_total, ledger, self._existing[entry.commitment_id], [new])
        ledger.append(new)

    def change(self, number_: int, label: str, row_id: str, cells: Cells, keys: Sequence[str]) -> PlannedRow:
        present = self._by_id[row_id]
        units = cells.read("units", number)
        if self._is_corrected(cells) or (present["corrected"] and units in (None, present["units"])):
            return PlannedRow(number_, label, RowState.SAME)
        if present["corrected"]:
            raise cells.fault("units", CORRECTED_SINCE)
        self.within(cells, keys, ("units", "note", "state"))
        note = cells.read("note", long_text)
        entry = AddKpiEntry(
            present["commitment_id"],
            present["day"],
            EntryKind(present["kind"]),
            present["units"] if units is None else units,
            present["note"] if note is None else note,
            present["member_id"],
            present["offer_use_id"],
            row_id,
        )
        cells.check({}, entry.check)
        self._check_total(cells, entry)
        before = tuple((key, present[key], getattr(entry, key)) for key in ("units", "note") if key in keys)
        return PlannedRow(number_, label, RowState.CHANGED, entry, before=before)

    def _is_corrected(self, cells: Cells) -> bool:
        return fold(text(cells.cell("state"))).strip() in self._corrected

    def _commitment(self, government_id: str, year: int, target_id: str, on: date) -> tuple[str | None, str | None]:
        """Returns the commitment of the government, or of its partnership on that day (then it is the member)."""
        own = self._commitments.get((government_id, year, target_id))
        if own is not None:
            return str(own["id"]), None
        for partnership, first, last in self._together.get(government_id, ()):
            shared = self._commitments.get((partnership, year, target_id))
            if shared is not None and first <= on and (last is None or on <= last):
                return str(shared["id"]), government_id
        return None, None


class Commitments(RecordPlanner):
    """Identified by applicant, project year and target."""

    editable = COMMITMENT

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._present = stored.commitments(context.view)
        self._by_id = {row["id"]: row for row in self._present.values()}

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        year = self.year(cells)
        government = cells.government(self.matcher, year.start)
        target = self.target(cells, year)
        key = (government.id, year.number, target.id)
        self.once(key, number_, cells, "action")
        values = self.fields(cells, COMMITMENT)
        label = f"{government.name} · {target.action_number} · {year.label}"
        present = self._present.get(key)
        if present is not None:
            return self._changed(number_, label, present, values, cells)
        values["existing_reach"] = values["existing_reach"] or 0
        for name, value in values.items():
            cells.check({}, check_commitment, name, value)
        return new_row(number_, label, AddCommitment(government.id, year.number, target.id, **values))

    def _values(self, cells: Cells) -> dict[str, Any]:
        return self.fields(cells, COMMITMENT)

    def _changed(
        self, number_: int, label: str, present: Mapping[str, Any], values: Mapping[str, object], cells: Cells
    ) -> PlannedRow:
        change = partial(change_commitment, str(present["id"]))
        return cells.check({}, against, number_, label, present, values, change)


# Whose record it is follows from the name (ChangeOffer).
_LINKS = ("action_ids", "organisation_id")


class Offers(RecordPlanner):
    """Identified by organisation and title; a shipped offer gets the officer's values over it."""

    editable = OFFER

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._by_id = {row["id"]: self._in_plan(row) for row in stored.offers(context.view)}
        self._present = {(fold(row["organisation"]), fold(row["title"])): row for row in self._by_id.values()}
        self._all = {fold(Language(code).text(ALL_ACTIONS)) for code in LANGUAGES}

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        title, organisation = cells.need("title", text), cells.need("organisation", text)
        key = (fold(organisation), fold(title))
        self.once(key, number_, cells, "title")
        values = {**self._actions(cells), **self.fields(cells, OFFER, "title", "organisation")}
        label = f"{organisation} · {title}"
        present = self._present.get(key)
        if present is None:
            made = self._content({**values, "title": title, "organisation": organisation}, cells)
            return new_row(number_, label, AddOffer(made))
        return self._changed(number_, label, present, values, cells)

    def _values(self, cells: Cells) -> dict[str, Any]:
        return {**self._actions(cells), **self.fields(cells, OFFER)}

    def _changed(
        self, number_: int, label: str, present: Mapping[str, Any], values: Mapping[str, object], cells: Cells
    ) -> PlannedRow:
        return against(
            number_,
            label,
            present,
            values,
            lambda other: ChangeOffer(str(present["id"]), self._content({**present, **other}, cells)),
        )

    def _content(self, values: Mapping[str, Any], cells: Cells) -> OfferContent:
        """Raises RowFault if the command would refuse it. Actions of other plans stay."""
        plan = self.context.plan
        declared = {name: values[name] for name in OFFER if name not in ("actions", *_LINKS)}
        numbers = [int(one) for one in str(values.get("actions") or "").split()]
        present = str(values.get("action_ids") or "").split()
        content = OfferContent(
            action_ids=(
                *(plan.action(one).id for one in numbers),
                *(one for one in present if one != plan.id and plan.action_with_id(one) is None),
            ),
            all_actions=bool(values.get("all_actions")),
            **{**declared, "cost": OfferCost(values["cost"] or "unknown")},
        )
        cells.check({}, content.checked, self.context)
        return content

    def _in_plan(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Adds the numbers of the actions in the plan at hand, as a file holds them."""
        plan = self.context.plan
        ids = str(row["action_ids"]).split()
        found = [plan.action_with_id(one) for one in ids]
        numbers = sorted(action.number for action in found if action is not None)
        return {**row, "actions": " ".join(map(str, numbers)), "all_actions": plan.id in ids}

    def _actions(self, cells: Cells) -> dict[str, object]:
        words = text(cells.cell("actions"))
        if not words:
            return {}
        if fold(words).strip() in self._all:
            return {"actions": "", "all_actions": True}
        plan = self.context.plan
        own = [one for one in self.actions(cells, "actions") if plan.action_with_id(one.id) is not None]
        return {"actions": " ".join(str(one.number) for one in own), "all_actions": False}


class Uses(RecordPlanner):
    """Identified by offer, government and first day."""

    editable = USE

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._present = stored.uses(context.view)
        self._by_id = stored.by_id(context.view, USE.table)
        self._commitments = stored.commitments(context.view)
        self._offers: dict[str, list[Mapping[str, Any]]] = {}
        for row in stored.offers(context.view):
            self._offers.setdefault(fold(row["title"]), []).append(row)

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        start = cells.need("start", self.day)
        government, offer = cells.government(self.matcher, start), self._offer(cells)
        key = (str(offer["id"]), government.id, start)
        self.once(key, number_, cells, "offer")
        target = self._commitment(cells, government.id, start)
        values = {"commitment_id": target, **self.fields(cells, USE, "start")}
        label = f"{government.name} · {offer['title']} · {day_words(start)}"
        present = self._present.get(key)
        if present is None:
            cells.check({}, check_use, {**values, "start": start})
            values["paid_from"] = Payer(values["paid_from"]) if values["paid_from"] else None
            return new_row(number_, label, UseOffer(str(offer["id"]), government.id, start, **values))
        return self._changed(number_, label, present, values, cells)

    def _values(self, cells: Cells) -> dict[str, Any]:
        return self.fields(cells, USE)

    def _changed(
        self, number_: int, label: str, present: Mapping[str, Any], values: Mapping[str, object], cells: Cells
    ) -> PlannedRow:
        def change(other: Mapping[str, object]) -> ChangeUses:
            check_use({**present, **other})
            return ChangeUses(tuple(FieldEdit(str(present["id"]), name, value) for name, value in other.items()))

        return cells.check({}, against, number_, label, present, values, change)

    def _offer(self, cells: Cells) -> Mapping[str, Any]:
        title, organisation = cells.need("offer", text), text(cells.cell("organisation"))
        found = self._offers.get(fold(title), [])
        if organisation:
            found = [one for one in found if fold(one["organisation"]) == fold(organisation)]
        if not found:
            raise cells.fault("offer", NO_OFFER, value=title[:40])
        if len(found) > 1:
            raise cells.fault("offer", SEVERAL_OFFERS, value=title[:40])
        return found[0]

    def _commitment(self, cells: Cells, government_id: str, start: date) -> str | None:
        if not text(cells.cell("action")):
            return None
        year = self.year(cells, start)
        target = self.target(cells, year)
        found = self._commitments.get((government_id, year.number, target.id))
        return None if found is None else str(found["id"])


class Sessions(RecordPlanner):
    """Identified by governments, day and start; several governments in one cell have a semicolon, plus or comma
    between them."""

    editable = ChangeSessions.FIELDS

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._present = stored.sessions(context.view)
        self._by_id = stored.by_id(context.view, SESSION.table)

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        on = cells.need("day", self.day)
        governments = self._governments(cells, on)
        start, end = cells.need("start_minute", minutes), cells.need("end_minute", minutes)
        ids = tuple(dict.fromkeys(one.id for one in governments))
        self.once((frozenset(ids), on, start), number_, cells, "day")
        values = {"end_minute": end, **self.fields(cells, SESSION, "day", "start_minute", "end_minute")}
        label = f"{', '.join(one.name for one in governments)} · {day_words(on)} {start // 60:02}:{start % 60:02}"
        present = self._present.get((frozenset(ids), on, start))
        if present is None:
            declared = {name: SESSION[name].empty if value is None else value for name, value in values.items()}
            content = SessionContent(
                day=on,
                start_minute=start,
                government_ids=ids,
                action_ids=tuple(one.id for one in self.actions(cells, "actions", self.plan_of(cells, on))),
                **{**declared, "form": SessionMode(declared["form"])},
            )
            cells.check(_SESSION_COLUMNS, content.check)
            return new_row(number_, label, RegisterSession(content))
        return self._changed(number_, label, present, values, cells)

    def _values(self, cells: Cells) -> dict[str, Any]:
        return self.fields(cells, SESSION)

    def _changed(
        self, number_: int, label: str, present: Mapping[str, Any], values: Mapping[str, Any], cells: Cells
    ) -> PlannedRow:
        if values.get("end_minute") is not None:
            start = values.get("start_minute")
            start = present["start_minute"] if start is None else start
            end = cells.check(_SESSION_COLUMNS, session_end, start, values["end_minute"])
            values = {**values, "end_minute": end}

        def change(other: Mapping[str, object]) -> ChangeSessions:
            check_session_edit(present, other)
            return ChangeSessions(tuple(FieldEdit(str(present["id"]), name, value) for name, value in other.items()))

        return cells.check(_SESSION_COLUMNS, against, number_, label, present, values, change)

    def _governments(self, cells: Cells, on: date) -> list[Any]:
        words = text(cells.cell("government"))
        between = "[;+]" if re.search(r"[;+]", words) else ","
        if between == "," and ("," not in words or self._is_one(words, on)):
            return [cells.government(self.matcher, on)]
        found = []
        for part in filter(None, (one.strip() for one in re.split(between, words))):
            found.append(Cells((part,), {"government": 0}, {"government": "government"}).government(self.matcher, on))
        return found

    def _is_one(self, words: str, on: date) -> bool:
        try:
            self.matcher.match(words, on)
        except NoMatch:
            return False
        return True


class Figures(Planner):
    """Official figures of origin, identified by government and year; an entered figure overrides the shipped one."""

    def __init__(self, context: QueryContext, matcher: Matcher, answers: Mapping[int, str] | None = None) -> None:
        super().__init__(context, matcher, answers)
        self._present = stored.figures(context.view)

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        year = cells.need("figure_year", number)
        cells.check({"year": "figure_year"}, check_figure_year, year, self.context)
        government = cells.government(self.matcher, date(year, 1, 1))
        self.once((government.id, year), number_, cells, "figure_year")
        value, source = cells.need("value", number), cells.need("source", text)
        figure = NoteOfficialFigure(government.id, year, value, source)
        cells.check({"year": "figure_year"}, figure.check, self.context)
        label = f"{government.name} · {year}"
        present = self._present.get((government.id, year))
        if present is not None and (present["value"], present["source"]) == (value, source):
            return PlannedRow(number_, label, RowState.SAME)
        if present is None:
            return new_row(number_, label, figure)
        return PlannedRow(number_, label, RowState.CHANGED, figure, before=(("value", present["value"], value),))
