"""Questions about partnerships: who is in it, and what the rules of the plan say of it on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.government import Government, GovernmentKind
from samenleven_desktop.domain.partnership import Membership, doubled_by_merger, other_regions
from samenleven_desktop.domain.threshold import ThresholdResult, count, judge
from samenleven_desktop.services.governments import fold
from samenleven_desktop.services.reading import Reading
from samenleven_desktop.storage.queries import partnerships as stored
from samenleven_desktop.storage.queries import reference


@dataclass(frozen=True)
class MemberLine:
    """A member through time, with what is counted of it for the threshold."""

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
    """A partnership on a day: members, regions when there are several, the threshold, and mergers that double."""

    id: str
    name: str
    code: str
    reference_region: str | None
    applicant_id: str | None
    members: tuple[MemberLine, ...]
    regions: tuple[str, ...]
    threshold: ThresholdResult
    doubled: tuple[str, ...]


def partnership(reading: Reading, partnership_id: str, year: int | None = None) -> PartnershipView:
    """Computed anew at each question, so after each change of members. Raises UserError for an unknown id."""
    view, day = reading.view, reading.today
    found = reference.government(view, partnership_id)
    applicant = stored.applicant_id(view, partnership_id)
    everything = stored.memberships(view)
    mine = [one for one in everything if one.partnership_id == partnership_id]
    governments = reference.governments_by_id(view, {one.member_id for one in mine})
    present = [governments[one.member_id] for one in mine if one.holds(day)]
    rules = reading.plan.partnership_rules
    doubled = doubled_by_merger(everything, successors(reading), day)
    names = reference.governments_by_id(view, doubled)
    return PartnershipView(
        id=found.id,
        name=found.name,
        code=found.code,
        reference_region=found.reference_region,
        applicant_id=applicant,
        members=tuple(sorted((_line(one, governments[one.member_id], applicant, day) for one in mine), key=_order)),
        regions=tuple(other_regions(present, rules)) if rules else (),
        threshold=threshold(reading, present, year),
        doubled=tuple(sorted(names[id_].name for id_, places in doubled.items() if partnership_id in places)),
    )


def threshold(reading: Reading, governments: list[Government], year: int | None = None) -> ThresholdResult:
    """Several governments together against the threshold of a project year."""
    project_year = reading.year(year)
    codes = [one.code for one in governments]
    shipped = stored.origin_figures(reading.view, codes)
    official = stored.official_figures(reading.view, codes)
    return judge(project_year, [count(code, project_year, shipped, official) for code in codes])


def successors(reading: Reading) -> dict[str, str]:
    """Ended government -> its successor of today, by id; governments in force are not in it."""
    everything = reference.all_governments(reading.view)
    in_force = {one.code: one.id for one in everything if one.in_force(reading.today)}
    return {
        one.id: in_force[one.successor_code]
        for one in everything
        if one.kind is GovernmentKind.MUNICIPALITY
        and one.successor_code in in_force
        and not one.in_force(reading.today)
    }


def _order(line: MemberLine) -> tuple[bool, bool, str, date]:
    return not line.present, not line.applicant, fold(line.name), line.valid_from


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
