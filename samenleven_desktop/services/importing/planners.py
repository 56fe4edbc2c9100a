"""One planner per kind: turns the cells of a row into a command, compared with the existing records.

Each reads the existing records once. An empty cell never clears a value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from samenleven_desktop.domain.fields import COMMITMENT, CONTACT, OFFER, SESSION, USE
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.offer_use import Payer
from samenleven_desktop.domain.text import fold
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments.partnership_commands import NoteOfficialFigure, check_figure_year
from samenleven_desktop.services.importing.government_match import Matcher
from samenleven_desktop.services.importing.import_plan import PlannedRow
from samenleven_desktop.services.importing.planner_base import (
    ENTRY_KINDS,
    NO_ACTION,
    NO_COMMITMENT,
    NO_OFFER,
    SEVERAL_OFFERS,
    Planner,
    against,
    change_commitment,
    contact_content,
    new_row,
)
from samenleven_desktop.services.importing.row_cells import Cells
from samenleven_desktop.services.importing.values import day, day_words, long_text, minutes, number, text
from samenleven_desktop.services.kpi.commands import AddCommitment, check_commitment
from samenleven_desktop.services.offers.commands import (
    AddOffer,
    ChangeOffer,
    ChangeUses,
    OfferContent,
    UseOffer,
    check_use,
)
from samenleven_desktop.services.people.commands import AddContact, ChangeContact
from samenleven_desktop.services.sessions.commands import (
    ChangeSessions,
    RegisterSession,
    SessionContent,
    check_session_edit,
)
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.storage.queries import import_keys as stored

# The only field of the session form that is spread over several columns of a file.
_SESSION_COLUMNS = {"times": "end_minute"}


class Entries(Planner):
    """An existing reading of that day with another number is corrected; an equal row is unchanged."""

    def __init__(self, context: QueryContext, matcher: Matcher) -> None:
        super().__init__(context, matcher)
        self._commitments = stored.commitments(context.view)
        self._entries: dict[tuple[str, date, str], list[Mapping[str, Any]]] = defaultdict(list)
        for commitment_id, found in stored.entries(context.view).items():
            for one in found:
                self._entries[commitment_id, one["day"], one["kind"]].append(one)
        self._together = stored.memberships(context.view)

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        on = cells.need("day", day)
        government = cells.government(self.matcher, on)
        year = self.year(cells, on)
        target = self.target(cells, year)
        units = cells.need("units", number)
        kind = cells.choice("entry_kind", ENTRY_KINDS) or "increment"
        note = cells.read("note", long_text)
        commitment, member = self._commitment(government.id, year.number, target.id, on)
        if commitment is None:
            raise cells.fault(
                "action",
                NO_COMMITMENT,
                government=government.name,
                action=str(target.action_number),
                year=str(year.number),
            )
        label = f"{government.name} · {target.action_number} · {day_words(on)}"
        present = self._entries.get((commitment, on, kind), [])
        same = [one for one in present if one["units"] == units and (note is None or one["note"] == note)]
        if same:
            return PlannedRow(number_, label, RowState.SAME)
        entry = AddKpiEntry(commitment, on, EntryKind(kind), units, note, member)
        cells.check({}, entry.check)
        if kind == "reading":
            self.once((commitment, on), number_, cells, "day")
            if present:
                better = replace(entry, corrects_id=present[0]["id"])
                return PlannedRow(
                    number_, label, RowState.CHANGED, better, before=(("units", present[0]["units"], units),)
                )
        return new_row(number_, label, entry)

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


class Commitments(Planner):
    """Identified by applicant, project year and target."""

    def __init__(self, context: QueryContext, matcher: Matcher) -> None:
        super().__init__(context, matcher)
        self._present = stored.commitments(context.view)

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
            change = partial(change_commitment, str(present["id"]))
            return cells.check({}, against, number_, label, present, values, change)
        values["existing_reach"] = values["existing_reach"] or 0
        for name, value in values.items():
            cells.check({}, check_commitment, name, value)
        return new_row(number_, label, AddCommitment(government.id, year.number, target.id, **values))


class Offers(Planner):
    """Identified by organisation and title; a shipped offer gets the officer's values over it."""

    def __init__(self, context: QueryContext, matcher: Matcher) -> None:
        super().__init__(context, matcher)
        self._present = {
            (fold(row["organisation"]), fold(row["title"])): {**row, "actions": self._numbers(row["action_ids"])}
            for row in stored.offers(context.view)
        }

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        title, organisation = cells.need("title", text), cells.need("organisation", text)
        key = (fold(organisation), fold(title))
        self.once(key, number_, cells, "title")
        values = {"actions": self._actions(cells), **self.fields(cells, OFFER, "title", "organisation")}
        label = f"{organisation} · {title}"
        present = self._present.get(key)
        if present is None:
            made = self._content({**values, "title": title, "organisation": organisation}, cells)
            return new_row(number_, label, AddOffer(made))
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
        declared = {name: values[name] for name in OFFER if name not in ("actions", "action_ids")}
        present = str(values.get("action_ids") or "").split()
        numbers = [int(one) for one in (values["actions"] or "").split()]
        content = OfferContent(
            action_ids=(
                *(plan.action(one).id for one in numbers),
                *(one for one in present if one != plan.id and plan.action_with_id(one) is None),
            ),
            all_actions=plan.id in present,
            **{**declared, "cost": OfferCost(values["cost"] or "unknown")},
        )
        cells.check({}, content.checked, self.context)
        return content

    def _numbers(self, action_ids: str) -> str:
        """Returns the numbers of those actions that are of the plan at hand."""
        found = [self.context.plan.action_with_id(one) for one in action_ids.split()]
        return " ".join(str(one) for one in sorted(action.number for action in found if action is not None))

    def _actions(self, cells: Cells) -> str | None:
        words = text(cells.cell("actions"))
        if not words:
            return None
        numbers = sorted({int(one) for one in re.findall(r"\d+", words)})
        known = {action.number for action in self.context.plan.actions}
        wrong = [str(one) for one in numbers if one not in known]
        if wrong or not numbers:
            raise cells.fault("actions", NO_ACTION, value=", ".join(wrong) or words[:40])
        return " ".join(map(str, numbers))


class Uses(Planner):
    """Identified by offer, government and first day."""

    def __init__(self, context: QueryContext, matcher: Matcher) -> None:
        super().__init__(context, matcher)
        self._present = stored.uses(context.view)
        self._commitments = stored.commitments(context.view)
        self._offers: dict[str, list[Mapping[str, Any]]] = {}
        for row in stored.offers(context.view):
            self._offers.setdefault(fold(row["title"]), []).append(row)

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        start = cells.need("start", day)
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


class Sessions(Planner):
    """Identified by governments, day and start; governments in one cell are separated by a semicolon or a plus."""

    def __init__(self, context: QueryContext, matcher: Matcher) -> None:
        super().__init__(context, matcher)
        self._present = stored.sessions(context.view)

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        on = cells.need("day", day)
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
                action_ids=self._actions(cells),
                **{**declared, "form": SessionMode(declared["form"])},
            )
            cells.check(_SESSION_COLUMNS, content.check)
            return new_row(number_, label, RegisterSession(content))

        def change(other: Mapping[str, object]) -> ChangeSessions:
            check_session_edit(present, other)
            return ChangeSessions(tuple(FieldEdit(str(present["id"]), name, value) for name, value in other.items()))

        return cells.check(_SESSION_COLUMNS, against, number_, label, present, values, change)

    def _governments(self, cells: Cells, on: date) -> list[Any]:
        words = text(cells.cell("government"))
        if not re.search(r"[;+]", words):
            return [cells.government(self.matcher, on)]
        found = []
        for part in filter(None, (one.strip() for one in re.split(r"[;+]", words))):
            found.append(Cells((part,), {"government": 0}, {"government": "government"}).government(self.matcher, on))
        return found

    def _actions(self, cells: Cells) -> tuple[str, ...]:
        known = {action.number: action.id for action in self.context.plan.actions}
        numbers = [int(one) for one in re.findall(r"\d+", text(cells.cell("actions")))]
        wrong = [str(one) for one in numbers if one not in known]
        if wrong:
            raise cells.fault("actions", NO_ACTION, value=", ".join(wrong))
        return tuple(dict.fromkeys(known[one] for one in numbers))


class Contacts(Planner):
    """Identified by government and e-mail, otherwise by government and name."""

    def __init__(self, context: QueryContext, matcher: Matcher) -> None:
        super().__init__(context, matcher)
        self._present: dict[tuple[str | None, str], Mapping[str, Any]] = {}
        for row in stored.contacts(context.view):
            if row["name"]:
                self._present[row["government_id"], fold(row["name"])] = row
            if row["email"]:
                self._present[row["government_id"], row["email"].casefold()] = row

    def plan(self, number_: int, cells: Cells) -> PlannedRow:
        government = cells.government(self.matcher) if text(cells.cell("government")) else None
        values = self.fields(cells, CONTACT)
        organisation, email = values["organisation"], values["email"]
        name = values["name"] = values["name"] or values["role"]
        place = government.id if government else None
        if name is None:
            cells.check({}, contact_content, values, place)
        present = self._present.get((place, (email or "").casefold())) or self._present.get((place, fold(name or "")))
        self.once((place, (email or fold(name or "")).casefold()), number_, cells, "name")
        label = f"{name} · {government.name if government else organisation}"
        if present is None:
            return new_row(number_, label, AddContact(cells.check({}, contact_content, values, place)))

        def change(other: Mapping[str, object]) -> ChangeContact:
            return ChangeContact(str(present["id"]), contact_content({**present, **other}, place))

        return cells.check({}, against, number_, label, present, values, change)


class Figures(Planner):
    """Official figures of origin, identified by government and year; an entered figure overrides the shipped one."""

    def __init__(self, context: QueryContext, matcher: Matcher) -> None:
        super().__init__(context, matcher)
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


PLANNERS: dict[str, type[Planner]] = {
    "entries": Entries,
    "commitments": Commitments,
    "offers": Offers,
    "uses": Uses,
    "sessions": Sessions,
    "contacts": Contacts,
    "figures": Figures,
}
