"""Queries for the map of the coach's area: the outlines of the assigned governments, and their data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from samenleven_desktop.domain.government import Government, GovernmentKind
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.interchange.topojson import Topology, read_topology
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.readmodels.core import CommitmentLine
from samenleven_desktop.readmodels.map import BRUSSELS, AreaGovernment, AreaMap, Outline, StimulusMark
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments.partnerships import successors
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.stimuli.queries import StimulusLine
from samenleven_desktop.storage.queries import organisations, reference
from samenleven_desktop.storage.queries import sessions as work

_FILE = "flanders_municipalities.topojson"
_BRUSSELS_LAYER = "brussels"


@cache
def _topology() -> Topology:
    return read_topology(resources_dir() / "reference" / _FILE)


@cache
def _layer(name: str) -> dict[str, Outline]:
    return _topology().outlines(name)


def outlines(day: date) -> dict[str, Outline]:
    """Returns the municipalities on a day by NIS code, and the Brussels region; read once, no work file needed.

    Raises UserError if the shipped file is damaged.
    """
    brussels = next(iter(_layer(_BRUSSELS_LAYER).values()))
    return _layer(_topology().layer_on(day)) | {BRUSSELS: replace(brussels, code=BRUSSELS)}


def area_map(context: QueryContext, year: int | None = None) -> AreaMap:
    """Returns the governments of this officer by name, with KPI states of a project year, last contact and outlines."""
    view, today = context.view, context.today
    assigned = work.assigned(view, context.officer_id, today)
    members: dict[str, list[str]] = defaultdict(list)
    within: dict[str, list[str]] = defaultdict(list)
    for partnership_id, member_id in work.memberships(view, today):
        members[partnership_id].append(member_id)
        within[member_id].append(partnership_id)
    served: dict[str, list[str]] = defaultdict(list)
    for organisation_id, government_id in organisations.serving(view, today):
        served[organisation_id].append(government_id)
    around = {id_ for one in assigned for id_ in (*members[one], *within[one], *served[one])}
    found = reference.governments_by_id(view, assigned | around)
    after = _after_merger(context, found)
    applicants = assigned | {id_ for one in assigned for id_ in within[one]}
    commitments: dict[str, list[CommitmentLine]] = defaultdict(list)
    for line in kpi.list_commitments(context, context.year(year).number, applicants):
        commitments[line.government_id].append(line)
    contacts = work.last_contacts(view, today)
    facility = _facility_codes(context) if any(found[one].kind is GovernmentKind.RAND for one in assigned) else ()

    def line_of(one: Government) -> AreaGovernment:
        via = next((id_ for id_ in within[one.id] if commitments[id_]), None) if not commitments[one.id] else None
        if one.kind is GovernmentKind.PARTNERSHIP:
            codes = tuple(sorted({after.get(id_, found[id_].code) for id_ in members[one.id]}))
        elif one.kind is GovernmentKind.ORGANISATION:
            codes = tuple(sorted({after.get(id_, found[id_].code) for id_ in served[one.id]}))
        elif one.kind is GovernmentKind.RAND:
            codes = facility
        else:
            codes = (after.get(one.id, one.code),)
        return AreaGovernment(
            id=one.id,
            code=one.code,
            kind=one.kind,
            name=one.name,
            states=kpi.count_states(commitments[via or one.id]),
            through=found[via].name if via else None,
            last_contact=contacts.get(one.id),
            codes=codes,
        )

    lines = sorted((line_of(found[id_]) for id_ in assigned), key=lambda line: sort_key(line.name))
    return AreaMap(today, tuple(lines))


def with_stimuli(area: AreaMap, lines: Iterable[StimulusLine]) -> AreaMap:
    """Returns the same area with the stimuli of each government; one that has ended shows those of its successor."""
    marks: dict[str, list[StimulusMark]] = defaultdict(list)
    for line in lines:
        marks[line.government_code].append(StimulusMark(line.kind_name, line.outcome, line.state))

    def found(one: AreaGovernment) -> tuple[StimulusMark, ...]:
        following = one.codes[0] if len(one.codes) == 1 else ""
        return tuple(marks.get(one.code) or marks.get(following) or ())

    return replace(area, governments=tuple(replace(one, stimuli=found(one)) for one in area.governments))


def _after_merger(context: QueryContext, found: dict[str, Government]) -> dict[str, str]:
    """Returns ended government -> the code of its territory today."""
    ended = [id_ for id_, one in found.items() if not one.in_force(context.today)]
    if not ended:
        return {}
    following = successors(context)
    ids = {id_: following[id_] for id_ in ended if id_ in following}
    names = reference.governments_by_id(context.view, ids.values())
    return {id_: names[new].code for id_, new in ids.items()}


def _facility_codes(context: QueryContext) -> tuple[str, ...]:
    """vzw de Rand applies with the facility municipalities; the tables do not list them as members."""
    everything = reference.all_governments(context.view)
    return tuple(sorted(one.code for one in everything if one.facility and one.in_force(context.today)))
