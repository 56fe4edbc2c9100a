"""Commands on partnerships: creating one, joining and leaving, the applicant, official figures of origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from samenleven_desktop.domain import typed_text
from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.field_declaration import LONGEST_LINE
from samenleven_desktop.domain.fields import FIGURE
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.partnership import second_memberships
from samenleven_desktop.domain.typed_values import check_day
from samenleven_desktop.services.core.checks import check_length, check_value, check_words
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import partnerships as stored
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.repositories import partnerships as rows
from samenleven_desktop.storage.repositories import work
from samenleven_desktop.storage.view import View

IN_ANOTHER = N_("{name} is in {partnership} already. A government can be in one partnership at a time.")
# No source allows keeping a second membership in another year than the one in the plan.
NOT_KEPT = N_("Only a second partnership of project year {year} may be kept.")


@dataclass(frozen=True)
class MakePartnership:
    """Creates a partnership with its applicant and members, from a day on, and assigns it to the officer. Returns its
    id.

    `code` is short and unique, such as SW-RIV. The applicant is one of the members. The region is the applicant's.
    """

    name_of_it: str
    code: str
    applicant_id: str
    member_ids: tuple[str, ...]
    valid_from: date

    name: ClassVar[str] = N_("Partnership {partnership} made")

    def details(self) -> Mapping[str, object]:
        return {"partnership": typed_text.line(self.name_of_it)}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        name = check_words(self.name_of_it, "name", N_("Give the partnership a name."))
        code = check_length(typed_text.compact(self.code).upper(), "code", LONGEST_LINE)
        check_day(self.valid_from, "valid_from")
        if not code or code.isdigit():
            raise UserError(N_("Give the partnership a short code with letters, such as SW-RIV."), field="code")
        view = View(unit.connection)
        if stored.code_in_use(view, code):
            raise UserError(N_("The code {code} is in use already."), field="code", code=code)
        if self.applicant_id not in self.member_ids:
            raise UserError(N_("The applicant must be one of the members."), field="applicant")
        if len(set(self.member_ids)) < 2:
            raise UserError(N_("A partnership has at least two members."), field="members")
        applicant = reference.government(view, self.applicant_id)
        partnership = rows.add_partnership(
            unit,
            code=code,
            name=name,
            search_name=fold(name),
            reference_region=applicant.reference_region,
            valid_from=self.valid_from,
            applicant_id=self.applicant_id,
        )
        for member_id in dict.fromkeys(self.member_ids):
            _join(unit, partnership, member_id, self.valid_from, None, context)
        if context.officer_id is not None:
            work.add_assignment(
                unit,
                officer_id=context.officer_id,
                government_id=partnership,
                role="first",
                valid_from=min(self.valid_from, context.today),
            )
        return partnership


@dataclass(frozen=True)
class AddMember(WithoutDetails):
    """Adds a government to a partnership from a day on; `kept_from_year` keeps a second membership made in the year
    that the plan names. Returns the id of the membership."""

    partnership_id: str
    member_id: str
    valid_from: date
    kept_from_year: int | None = None

    name: ClassVar[str] = N_("Member added to a partnership")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        return _join(unit, self.partnership_id, self.member_id, self.valid_from, self.kept_from_year, context)


@dataclass(frozen=True)
class EndMembership(WithoutDetails):
    """Ends a membership after its last day. Actions and money stay with the partnership. The applicant cannot leave:
    another one must be named first."""

    membership_id: str
    last_day: date

    name: ClassVar[str] = N_("Member left a partnership")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        check_day(self.last_day, "last_day")
        view = View(unit.connection)
        membership = next((one for one in stored.memberships(view) if one.id == self.membership_id), None)
        if membership is None:
            raise UserError(N_("This membership is no longer there."))
        if stored.applicant_id(view, membership.partnership_id) == membership.member_id:
            raise UserError(N_("The applicant cannot leave. Name another applicant first."), field="member")
        if self.last_day < membership.valid_from - timedelta(days=1):
            raise UserError(N_("The last day comes before the first."), field="last_day")
        if self.last_day < membership.valid_from:
            rows.delete_membership(unit, self.membership_id)
        else:
            rows.end_membership(unit, self.membership_id, self.last_day)


@dataclass(frozen=True)
class NameApplicant(WithoutDetails):
    """Names another member that applies and receives the money."""

    partnership_id: str
    applicant_id: str

    name: ClassVar[str] = N_("Applicant of a partnership changed")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        members = {
            one.member_id
            for one in stored.memberships(View(unit.connection))
            if one.partnership_id == self.partnership_id and one.holds(context.today)
        }
        if self.applicant_id not in members:
            raise UserError(N_("The applicant must be one of the members."), field="applicant")
        rows.change_partnership(unit, self.partnership_id, applicant_id=self.applicant_id)


@dataclass(frozen=True)
class NoteOfficialFigure(WithoutDetails):
    """Stores the official number of inhabitants of the counted origin on 1 January of a year, with its source."""

    government_id: str
    year: int
    value: int
    source: str

    name: ClassVar[str] = N_("Official figure noted")

    def check(self, context: QueryContext) -> None:
        """Raises UserError naming the field that is wrong."""
        check_figure_year(self.year, context)
        check_value(FIGURE["value"], self.value)
        check_words(self.source, "source", N_("Say where the figure comes from."))

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        self.check(context)
        return rows.note_official_figure(
            unit,
            self.government_id,
            self.year,
            value=self.value,
            source=typed_text.line(self.source),
            noted_on=context.today,
        )


def check_figure_year(year: int, context: QueryContext) -> None:
    if not 1990 <= year <= context.today.year + 1:
        raise UserError(N_("Type the year of the figure, for instance {example}."), field="year", example="2022")


def _join(
    unit: UnitOfWork, partnership_id: str, member_id: str, first: date, kept: int | None, context: QueryContext
) -> str:
    check_day(first, "valid_from")
    view = View(unit.connection)
    member = reference.government(view, member_id)
    if member.kind is GovernmentKind.PARTNERSHIP:
        raise UserError(N_("A partnership cannot be a member of a partnership."), field="members")
    if member.kind is GovernmentKind.ORGANISATION:
        raise UserError(N_("An organisation cannot be a member of a partnership of governments."), field="members")
    if not member.in_force(first):
        raise UserError(
            N_("{name} did not exist on {day}. Choose its successor or another day."),
            field="members",
            name=member.name,
            day=first,
        )
    rules = context.plan.partnership_rules
    if kept is not None and (rules is None or rules.kept_from_year != kept):
        raise UserError(NOT_KEPT, field="members", year=rules.kept_from_year if rules else 0)
    everything = stored.memberships(view)
    same = [one for one in everything if one.partnership_id == partnership_id and one.member_id == member_id]
    if any(one.overlaps(first, None) for one in same):
        raise UserError(N_("{name} is a member already."), field="members", name=member.name)
    others = second_memberships(everything, member_id, partnership_id, first, None) if kept is None else []
    if others:
        other = reference.government(view, others[0].partnership_id)
        raise UserError(IN_ANOTHER, field="members", name=member.name, partnership=other.name)
    return rows.add_member(
        unit, partnership_id=partnership_id, member_id=member_id, valid_from=first, kept_from_year=kept
    )
