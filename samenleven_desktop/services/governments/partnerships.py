"""Queries about partnerships: the members, and the findings by the rules of the plan on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.government import Government, GovernmentKind
from samenleven_desktop.domain.partnership import Membership, doubled_by_merger, other_regions
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.domain.threshold import ThresholdResult, count, judge
from samenleven_desktop.services.core.query_context import QueryContext, YearRef
from samenleven_desktop.storage.queries import partnerships as stored
from samenleven_desktop.storage.queries import reference


@dataclass(frozen=True)
class MemberLine:
    """A member through time, with its count for the threshold."""

    membership_id: str
    government_id: str
    code: str
    name: str
    valid_from: date
    valid_until: date | None
    kept_from_year: int | None
    applicant: bool
    present: bool


@dataclass(frozen=True)
class PartnershipView:
    """A partnership on a day: members, regions if there are several, the threshold, and conflicting mergers."""

    id: str
    name: str
    code: str
    reference_region: str | None
    applicant_id: str | None
    members: tuple[MemberLine, ...]
    regions: tuple[str, ...]
    threshold: ThresholdResult
    doubled: tuple[str, ...]


@dataclass(frozen=True)
class PlaceLine:
    """A current or former partnership of a government."""

    partnership_id: str
    name: str
    valid_from: date
    valid_until: date | None
    kept_from_year: int | None
    present: bool


@dataclass(frozen=True)
class Standing:
    """The partnerships, threshold result and mergers of a government.

    Its partnerships through time, the threshold of a project year with its basis, and its predecessors and successor in
    mergers. Without `counted` the plan of that year has no threshold for it.
    """

    government: Government
    year: int
    population: str | None
    partnership: PartnershipView | None
    places: tuple[PlaceLine, ...]
    threshold: ThresholdResult
    names: dict[str, str]
    predecessors: tuple[Government, ...]
    successor: Government | None
    counted: bool


def standing(context: QueryContext, government_id: str, year: YearRef = None) -> Standing:
    """For a partnership its members count together, any other government counts alone."""
    found = reference.government(context.view, government_id)
    together = partnership(context, government_id, year) if found.kind is GovernmentKind.PARTNERSHIP else None
    places = [one for one in stored.memberships(context.view) if one.member_id == government_id]
    around = reference.governments_by_id(context.view, {one.partnership_id for one in places})
    names = {found.code: found.name}
    if together is not None:
        names |= {line.code: line.name for line in together.members}
    after = None
    if found.successor_code is not None and not found.in_force(context.today):
        heirs = reference.governments_by_code(context.view, found.successor_code)
        after = next((one for one in heirs if one.in_force(context.today)), None)
    return Standing(
        government=found,
        year=context.year(year).number,
        population=context.year(year).threshold_population,
        partnership=together,
        places=tuple(
            PlaceLine(
                one.partnership_id,
                around[one.partnership_id].name,
                one.valid_from,
                one.valid_until,
                one.kept_from_year,
                one.holds(context.today),
            )
            for one in sorted(places, key=lambda place: place.valid_from, reverse=True)
        ),
        threshold=together.threshold if together is not None else threshold(context, [found], year),
        names=names,
        counted=context.at(year)[0].plan.counts_inhabitants(found.kind),
        predecessors=tuple(reference.predecessors(context.view, found)),
        successor=after,
    )


def threshold_without(
    context: QueryContext, partnership_id: str, member_id: str, year: YearRef = None
) -> ThresholdResult:
    """Returns the threshold result of a partnership after a member has left."""
    members = {
        one.member_id
        for one in stored.memberships(context.view)
        if one.partnership_id == partnership_id and one.holds(context.today) and one.member_id != member_id
    }
    return threshold(context, list(reference.governments_by_id(context.view, members).values()), year)


def partnership(context: QueryContext, partnership_id: str, year: YearRef = None) -> PartnershipView:
    """Not cached, so always correct after a change of members. Raises UserError for an unknown id."""
    context, _ = context.at(year)
    view, day = context.view, context.today
    found = reference.government(view, partnership_id)
    applicant = stored.applicant_id(view, partnership_id)
    everything = stored.memberships(view)
    mine = [one for one in everything if one.partnership_id == partnership_id]
    governments = reference.governments_by_id(view, {one.member_id for one in mine})
    present = [governments[one.member_id] for one in mine if one.holds(day)]
    rules = context.plan.partnership_rules
    doubled = doubled_by_merger(everything, successors(context), day)
    names = reference.governments_by_id(view, doubled)
    return PartnershipView(
        id=found.id,
        name=found.name,
        code=found.code,
        reference_region=found.reference_region,
        applicant_id=applicant,
        members=tuple(sorted((_line(one, governments[one.member_id], applicant, day) for one in mine), key=_order)),
        regions=tuple(other_regions(present, rules)) if rules else (),
        threshold=threshold(context, present, year),
        doubled=tuple(sorted(names[id_].name for id_, places in doubled.items() if partnership_id in places)),
    )


def threshold(context: QueryContext, governments: list[Government], year: YearRef = None) -> ThresholdResult:
    """Compares several governments together with the threshold of a project year."""
    project_year = context.year(year)
    codes = [one.code for one in governments]
    shipped = stored.origin_figures(context.view, codes)
    official = stored.official_figures(context.view, codes)
    return judge(project_year, [count(code, project_year, shipped, official) for code in codes])


def successors(context: QueryContext) -> dict[str, str]:
    """Returns ended government -> its successor today, by id; governments in force are not included."""
    everything = reference.all_governments(context.view)
    in_force = {one.code: one.id for one in everything if one.in_force(context.today)}
    return {
        one.id: in_force[one.successor_code]
        for one in everything
        if one.kind is GovernmentKind.MUNICIPALITY
        and one.successor_code in in_force
        and not one.in_force(context.today)
    }


def _order(line: MemberLine) -> tuple[bool, bool, str, date]:
    return not line.present, not line.applicant, sort_key(line.name), line.valid_from


def _line(membership: Membership, government: Government, applicant: str | None, day: date) -> MemberLine:
    return MemberLine(
        membership_id=membership.id,
        government_id=government.id,
        code=government.code,
        name=government.name,
        valid_from=membership.valid_from,
        valid_until=membership.valid_until,
        kept_from_year=membership.kept_from_year,
        applicant=government.id == applicant,
        present=membership.holds(day),
    )
