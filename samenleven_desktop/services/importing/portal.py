"""Imports the report of the subsidy portal: candidacies and contacts, and a list of what was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.government import Government
from samenleven_desktop.domain.import_preview import Fault, RowState
from samenleven_desktop.domain.plan import Action, ProjectYear
from samenleven_desktop.domain.plan_rules import Stimulus
from samenleven_desktop.interchange.subsidy_portal import COLUMNS, PortalRow, read_portal
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.importing.government_match import Matcher, NoMatch
from samenleven_desktop.services.importing.import_plan import ImportPlan, PlannedRow
from samenleven_desktop.services.importing.people_match import PeopleMatch, Person
from samenleven_desktop.services.importing.planner_base import against, contact_content
from samenleven_desktop.services.people.commands import AddContact, ChangeContact
from samenleven_desktop.services.stimuli.commands import StartCandidacy, StimulusContent
from samenleven_desktop.storage.queries import import_keys as stored

KIND = "portal"
NOT_UNDERSTOOD = N_("{value} is not understood: yes or no was expected.")
NO_ACTION = N_("{value} is no action of the plan.")
NO_STIMULUS = N_("The plan has no stimulus {value}.")
NOTHING = N_("{file} has no rows under the header.")
# Field of a contact -> its column.
_CONTACT = {"name": "contactLastName", "email": "contactEmail", "phone": "contactTelephone"}
# Column with yes or no -> kind of stimulus, the column with its text, and the code of that text.
_STIMULI = {
    "samenwerking": ("samenwerking", None, None),
    "mentorschap": ("mentorrol", "mentorschapMotivering", "motivation"),
    "socialImpactBond": ("sociale_impact_obligatie", "voorstelSocialImpactBond", "problem"),
}


def plan_portal(
    context: QueryContext,
    file: str,
    content: bytes,
    year: int | None = None,
    answers: Mapping[int, str] | None = None,
) -> ImportPlan:
    """Plans the import of the report for a project year (None: the current one); `answers` are those to the questions
    about persons (people_match.py). Raises UserError if the file is no report of the portal."""
    project_year = lookup.project_year(context, year)
    matcher = Matcher(context)
    seen: set[object] = set()
    people, present = PeopleMatch(context, answers or {}), set(stored.stimuli(context.view, project_year.id))
    found: list[PlannedRow] = []
    rows = read_portal(file, content)
    if not rows:
        raise UserError(NOTHING, field="file", file=file)
    for row in rows:
        try:
            government = _government(matcher, row, project_year)
        except NoMatch as error:
            name = row.values.get("bestuurseenheid", "")
            fault = Fault("bestuurseenheid", error.sentence, error.values, error.proposal, name)
            found.append(PlannedRow(row.number, name, RowState.REJECTED, fault=fault))
            continue
        contact = _contact(row, government, people, seen)
        found += [contact] if contact is not None else []
        found += _candidacies(context, row, government, project_year, present)
    return ImportPlan(KIND, file, COLUMNS, tuple(found))


def _government(matcher: Matcher, row: PortalRow, year: ProjectYear) -> Government:
    """Matches by KBO number, then by name; on the first day of the project year."""
    try:
        return matcher.match(row.values.get("kbo") or "–", year.start)
    except NoMatch:
        return matcher.match(row.values.get("bestuurseenheid") or "–", year.start)


def _contact(row: PortalRow, government: Government, people: PeopleMatch, seen: set[object]) -> PlannedRow | None:
    """A person stands in the report once for each subsidy, and is planned once."""
    names = (row.values.get("contactFirstName", ""), row.values.get("contactLastName", ""))
    given: dict[str, object] = {
        "name": " ".join(filter(None, names)) or None,
        "email": row.values.get("contactEmail") or None,
        "phone": row.values.get("contactTelephone") or None,
    }
    if not any(given.values()):
        return None
    values = {**given, "name": given["name"] or given["email"] or given["phone"], "organisation": None}
    label = f"{government.name} · {values['name']}"
    person = Person(government.id, values)
    if (person.key, person.mailbox) in seen:
        return None
    seen.add((person.key, person.mailbox))
    known, question = people.match(row.number, person)
    try:
        if known is None:
            made = contact_content(values, government.id)
            return PlannedRow(row.number, label, RowState.NEW, AddContact(made), question=question)
        planned = against(
            row.number,
            label,
            known,
            given,
            lambda other: ChangeContact(str(known["id"]), contact_content({**known, **other}, government.id)),
        )
        return replace(planned, question=question)
    except UserError as error:
        return _rejected(
            row, government, _CONTACT.get(error.field or "", "contactLastName"), error.message, **error.values
        )


def _candidacies(
    context: QueryContext,
    row: PortalRow,
    government: Government,
    year: ProjectYear,
    present: set[tuple[str, str, str | None]],
) -> Iterator[PlannedRow]:
    rules = context.plan.stimulus_rules
    kinds = {one.kind: one for one in rules.kinds} if rules else {}
    for column, (kind, words, code) in _STIMULI.items():
        flag = row.flag(column)
        if flag is None:
            yield _rejected(row, government, column, NOT_UNDERSTOOD, value=row.values[column][:40])
        elif flag and kind not in kinds:
            yield _rejected(row, government, column, NO_STIMULUS, value=kind)
        elif flag:
            text = {code: row.values.get(words, "")} if words and code else {}
            yield _candidacy(context, row, government, year, kinds[kind], text, words or column, present)


def _candidacy(
    context: QueryContext,
    row: PortalRow,
    government: Government,
    year: ProjectYear,
    stimulus: Stimulus,
    texts: dict[str, str],
    column: str,
    present: set[tuple[str, str, str | None]],
) -> PlannedRow:
    """A candidacy that exists, or that an earlier row of the report starts, is no change; a new one joins `present`."""
    action: Action | None = None
    if stimulus.kind == "mentorrol" and row.values.get("mentorschapActie"):
        action = _action(context, row.values["mentorschapActie"])
        if action is None:
            value = row.values["mentorschapActie"][:40]
            return _rejected(row, government, "mentorschapActie", NO_ACTION, value=value)
    content = StimulusContent(
        action_id=None if action is None else action.id, texts={code: words for code, words in texts.items() if words}
    )
    try:
        content.checked(stimulus, context)
    except UserError as error:
        return _rejected(row, government, column, error.message, **error.values)
    label = f"{government.name} · {stimulus.short_name}" + (f" · {action.number}" if action else "")
    key = (government.id, stimulus.kind, content.action_id)
    if key in present:
        return PlannedRow(row.number, label, RowState.SAME)
    present.add(key)
    return PlannedRow(
        row.number, label, RowState.NEW, StartCandidacy(government.id, year.number, stimulus.kind, content)
    )


def _action(context: QueryContext, words: str) -> Action | None:
    """Finds the action by its number, otherwise by its title."""
    found = re.search(r"\d{1,3}", words)
    for action in context.plan.actions:
        names = {fold(action.title), fold(action.short_title), *map(fold, action.earlier_names)}
        if (found and action.number == int(found[0])) or (not found and fold(words).strip() in names):
            return action
    return None


def _rejected(row: PortalRow, government: Government, column: str, sentence: str, **values: object) -> PlannedRow:
    return PlannedRow(row.number, government.name, RowState.REJECTED, fault=Fault(column, sentence, values))
