"""Sessions, agreements, tracks and assignments, as rows for lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from samenleven_desktop.domain.fields import SESSION
from samenleven_desktop.domain.plans import ActionRef
from samenleven_desktop.readmodels.core import AgreementLine, Party, SessionLine, SessionMode, TrackChoice
from samenleven_desktop.storage.models import (
    ActionRow,
    AssignmentRow,
    FollowUpRow,
    GovernmentRow,
    OfferRow,
    OfficerRow,
    PartnershipMemberRow,
    SessionActionRow,
    SessionGovernmentRow,
    SessionOfferRow,
    SupportSessionRow,
    SupportTrackRow,
    table_of,
)
from samenleven_desktop.storage.queries.actions import StoredAction
from samenleven_desktop.storage.view import View

_SESSION, _SESSION_GOV = table_of(SupportSessionRow), table_of(SessionGovernmentRow)
_SESSION_ACTION, _SESSION_OFFER = table_of(SessionActionRow), table_of(SessionOfferRow)
_GOV, _OFFICER, _TRACK = table_of(GovernmentRow), table_of(OfficerRow), table_of(SupportTrackRow)
_FOLLOW, _ACTION, _ASSIGNMENT = table_of(FollowUpRow), table_of(ActionRow), table_of(AssignmentRow)
_OFFER = table_of(OfferRow)
_MEMBER = table_of(PartnershipMemberRow)

NameActions = Callable[[Iterable[StoredAction]], tuple[ActionRef, ...]]
_DECLARED = [key for key in SESSION if key in _SESSION.c and key != "form"]
_FEW = 10


def assigned(view: View, officer_id: str | None, day: date) -> set[str]:
    """Returns the governments assigned to an officer on a day, in any role."""
    if officer_id is None:
        return set()
    query = select(_ASSIGNMENT.c.government_id).where(
        _ASSIGNMENT.c.officer_id == officer_id, _ASSIGNMENT.c.deleted_at.is_(None), *_valid(_ASSIGNMENT, day)
    )
    return set(view.connection.execute(query).scalars())


def memberships(view: View, day: date) -> list[tuple[str, str]]:
    """Returns the (partnership, member) pairs in force on a day."""
    query = select(_MEMBER.c.partnership_id, _MEMBER.c.member_id).where(
        _MEMBER.c.deleted_at.is_(None), *_valid(_MEMBER, day)
    )
    return [(row.partnership_id, row.member_id) for row in view.connection.execute(query)]


def sessions(
    view: View,
    name: NameActions,
    governments: Iterable[str] | None = None,
    first: date | None = None,
    last: date | None = None,
    session_id: str | None = None,
    limit: int | None = None,
    action_id: str | None = None,
) -> list[SessionLine]:
    """Returns sessions, newest first, with all values of a list row; `name` names the actions in their plans."""
    query = (
        select(_SESSION, _OFFICER.c.label.label("officer"), _TRACK.c.title.label("track"))
        .outerjoin(_OFFICER, _OFFICER.c.id == _SESSION.c.officer_id)
        .outerjoin(_TRACK, _TRACK.c.id == _SESSION.c.track_id)
        .where(_SESSION.c.deleted_at.is_(None))
        .order_by(_SESSION.c.day.desc(), _SESSION.c.start_minute.desc(), _SESSION.c.id.desc())
    )
    if governments is not None:
        links = _session_ids(governments, first, last)
        # For a few of the newest: walk back from the last day. For all: start from the links of the governments.
        few = limit is not None and limit <= _FEW
        found = links.where(_SESSION_GOV.c.session_id == _SESSION.c.id).exists() if few else _SESSION.c.id.in_(links)
        query = query.where(found)
    if first is not None:
        query = query.where(_SESSION.c.day >= first)
    if last is not None:
        query = query.where(_SESSION.c.day <= last)
    if session_id is not None:
        query = query.where(_SESSION.c.id == session_id)
    if action_id is not None:
        query = query.where(_SESSION.c.id.in_(_ids_about(action_id)))
    rows = view.connection.execute(query.limit(limit)).mappings().all()
    return _session_lines(view, rows, name)


def sessions_about(view: View, action_id: str, governments: Iterable[str] | None) -> int:
    """Returns the number of live sessions about an action; with one of these governments (None: with any)."""
    query = (
        select(func.count())
        .select_from(_SESSION)
        .where(_SESSION.c.deleted_at.is_(None), _SESSION.c.id.in_(_ids_about(action_id)))
    )
    if governments is not None:
        query = query.where(_SESSION.c.id.in_(_session_ids(governments, None, None)))
    return int(view.connection.execute(query).scalar_one())


def _ids_about(action_id: str) -> Select[tuple[str]]:
    return select(_SESSION_ACTION.c.session_id).where(
        _SESSION_ACTION.c.action_id == action_id, _SESSION_ACTION.c.deleted_at.is_(None)
    )


def session_totals(
    view: View, governments: Iterable[str] | None, first: date, last: date, today: date
) -> tuple[int, int, int]:
    """Returns the number of given sessions in a period, their minutes, and the number of planned ones.

    A session is given on its day; one after `today` is planned.
    """
    given = _SESSION.c.day <= today
    query = select(
        func.coalesce(func.sum(case((given, 1), else_=0)), 0),
        func.coalesce(func.sum(case((given, _SESSION.c.end_minute - _SESSION.c.start_minute), else_=0)), 0),
        func.coalesce(func.sum(case((given, 0), else_=1)), 0),
    ).where(_SESSION.c.deleted_at.is_(None), _SESSION.c.day >= first, _SESSION.c.day <= last)
    if governments is not None:
        query = query.where(_SESSION.c.id.in_(_session_ids(governments, first, last)))
    count, minutes, planned = view.connection.execute(query).one()
    return int(count), int(minutes), int(planned)


def session_count(view: View, governments: Iterable[str] | None = None) -> int:
    """Returns the number of live sessions of any day, given or planned; with any of these governments (None: all)."""
    query = select(func.count()).select_from(_SESSION).where(_SESSION.c.deleted_at.is_(None))
    if governments is not None:
        query = query.where(_SESSION.c.id.in_(_session_ids(governments, None, None)))
    return int(view.connection.execute(query).scalar_one())


def any_session(view: View) -> bool:
    """Returns whether there is a live session."""
    query = select(_SESSION.c.id).where(_SESSION.c.deleted_at.is_(None)).limit(1)
    return view.connection.execute(query).first() is not None


def last_contacts(view: View, day: date) -> dict[str, date]:
    """Returns the day of the last session up to `day`, per government."""
    query = (
        select(_SESSION_GOV.c.government_id, func.max(_SESSION_GOV.c.day))
        .where(_SESSION_GOV.c.deleted_at.is_(None), _SESSION_GOV.c.day <= day)
        .group_by(_SESSION_GOV.c.government_id)
    )
    return {row[0]: row[1] for row in view.connection.execute(query)}


def next_sessions(view: View, day: date) -> dict[str, date]:
    """Returns the day of the next planned session after `day`, per government."""
    query = (
        select(_SESSION_GOV.c.government_id, func.min(_SESSION_GOV.c.day))
        .where(_SESSION_GOV.c.deleted_at.is_(None), _SESSION_GOV.c.day > day)
        .group_by(_SESSION_GOV.c.government_id)
    )
    return {row[0]: row[1] for row in view.connection.execute(query)}


def agreements(
    view: View,
    today: date,
    governments: Iterable[str] | None = None,
    open_only: bool = False,
    session_id: str | None = None,
    limit: int | None = None,
    first: date | None = None,
    last: date | None = None,
    done_only: bool = False,
) -> list[AgreementLine]:
    """Returns agreements: open ones first, by day; then done ones, newest first.

    If a period is given, only those due in it.
    """
    query = (
        select(_FOLLOW, _GOV.c.name.label("government"))
        .join(_GOV, _GOV.c.id == _FOLLOW.c.government_id)
        .where(_FOLLOW.c.deleted_at.is_(None))
        .order_by(_FOLLOW.c.done_on.is_not(None), _FOLLOW.c.done_on.desc(), _FOLLOW.c.due.is_(None), _FOLLOW.c.due)
    )
    if governments is not None:
        query = query.where(_FOLLOW.c.government_id.in_(list(governments)))
    if open_only:
        query = query.where(_FOLLOW.c.done_on.is_(None))
    if done_only:
        query = query.where(_FOLLOW.c.done_on.is_not(None))
    if session_id is not None:
        query = query.where(_FOLLOW.c.session_id == session_id)
    if first is not None:
        query = query.where(_FOLLOW.c.due >= first)
    if last is not None:
        query = query.where(_FOLLOW.c.due <= last)
    return [
        AgreementLine(
            id=row["id"],
            government_id=row["government_id"],
            government_name=row["government"],
            session_id=row["session_id"],
            who=Party(row["who"]),
            what=row["what"],
            due=row["due"],
            done_on=row["done_on"],
            late=row["done_on"] is None and row["due"] is not None and row["due"] < today,
        )
        for row in view.connection.execute(query.limit(limit)).mappings()
    ]


def agreement_counts(view: View, today: date) -> dict[str, tuple[int, int]]:
    """Returns the numbers of open and late agreements per government."""
    # The sum of a comparison would come back as a truth value, never more than 1.
    late = case((_FOLLOW.c.due < today, 1), else_=0)
    query = (
        select(_FOLLOW.c.government_id, func.count(), func.sum(late))
        .where(_FOLLOW.c.deleted_at.is_(None), _FOLLOW.c.done_on.is_(None))
        .group_by(_FOLLOW.c.government_id)
    )
    return {row[0]: (row[1], int(row[2])) for row in view.connection.execute(query)}


def agreements_done(view: View, government_id: str, first: date, last: date) -> int:
    """Returns the number of agreements of a government that were done in a period."""
    query = (
        select(func.count())
        .select_from(_FOLLOW)
        .where(
            _FOLLOW.c.government_id == government_id,
            _FOLLOW.c.deleted_at.is_(None),
            _FOLLOW.c.done_on >= first,
            _FOLLOW.c.done_on <= last,
        )
    )
    return int(view.connection.execute(query).scalar_one())


def tracks(view: View, governments: Iterable[str] | None = None) -> list[TrackChoice]:
    """Returns the tracks of governments (None: of all), newest first, with the minutes of their sessions."""
    query = (
        select(
            _TRACK,
            _GOV.c.name.label("government"),
            func.coalesce(func.sum(_SESSION.c.end_minute - _SESSION.c.start_minute), 0).label("used"),
            func.count(_SESSION.c.id).label("sessions"),
        )
        .join(_GOV, _GOV.c.id == _TRACK.c.government_id)
        .outerjoin(_SESSION, (_SESSION.c.track_id == _TRACK.c.id) & _SESSION.c.deleted_at.is_(None))
        .where(_TRACK.c.deleted_at.is_(None))
        .group_by(_TRACK.c.id)
        .order_by(_TRACK.c.start.desc(), _GOV.c.search_name)
    )
    if governments is not None:
        query = query.where(_TRACK.c.government_id.in_(list(governments)))
    return [
        TrackChoice(
            id=row["id"],
            title=row["title"],
            goal=row["goal"],
            planned_minutes=row["planned_minutes"],
            used_minutes=row["used"],
            government_id=row["government_id"],
            government_name=row["government"],
            start=row["start"],
            end=row["end"],
            sessions=row["sessions"],
        )
        for row in view.connection.execute(query).mappings()
    ]


def _session_ids(governments: Iterable[str], first: date | None, last: date | None) -> Select[tuple[str]]:
    query = select(_SESSION_GOV.c.session_id).where(
        _SESSION_GOV.c.government_id.in_(list(governments)), _SESSION_GOV.c.deleted_at.is_(None)
    )
    if first is not None:
        query = query.where(_SESSION_GOV.c.day >= first)
    if last is not None:
        query = query.where(_SESSION_GOV.c.day <= last)
    return query


def _session_lines(view: View, rows: Iterable[Mapping[Any, Any]], name: NameActions) -> list[SessionLine]:
    rows = list(rows)
    ids = [row["id"] for row in rows]
    governments: dict[str, list[tuple[str, str]]] = defaultdict(list)
    named: dict[str, list[StoredAction]] = defaultdict(list)
    titles: dict[str, list[tuple[str, str]]] = defaultdict(list)
    counts: dict[str, int] = {}
    # In blocks: SQLite limits the number of values in one statement.
    for start in range(0, len(ids), 10_000):
        block = ids[start : start + 10_000]
        links = (
            select(_SESSION_GOV.c.session_id, _GOV.c.id, _GOV.c.name)
            .join(_GOV, _GOV.c.id == _SESSION_GOV.c.government_id)
            .where(_SESSION_GOV.c.session_id.in_(block), _SESSION_GOV.c.deleted_at.is_(None))
            .order_by(_GOV.c.search_name)
        )
        for session_id, government_id, government_name in view.connection.execute(links):
            governments[session_id].append((government_id, government_name))
        actions = (
            select(_SESSION_ACTION.c.session_id, _ACTION.c.id, _ACTION.c.number, _ACTION.c.plan_id)
            .join(_ACTION, _ACTION.c.id == _SESSION_ACTION.c.action_id)
            .where(_SESSION_ACTION.c.session_id.in_(block), _SESSION_ACTION.c.deleted_at.is_(None))
            .order_by(_ACTION.c.number, _ACTION.c.plan_id)
        )
        for session_id, *action in view.connection.execute(actions):
            named[session_id].append(StoredAction(*action))
        discussed = (
            select(_SESSION_OFFER.c.session_id, _OFFER.c.id, _OFFER.c.title)
            .join(_OFFER, _OFFER.c.id == _SESSION_OFFER.c.offer_id)
            .where(_SESSION_OFFER.c.session_id.in_(block), _SESSION_OFFER.c.deleted_at.is_(None))
        )
        for session_id, offer_id, title in view.connection.execute(discussed):
            titles[session_id].append((offer_id, title))
        agreed = (
            select(_FOLLOW.c.session_id, func.count())
            .where(_FOLLOW.c.session_id.in_(block), _FOLLOW.c.deleted_at.is_(None))
            .group_by(_FOLLOW.c.session_id)
        )
        counts.update({row[0]: row[1] for row in view.connection.execute(agreed)})
    return [
        SessionLine(
            id=row["id"],
            **{key: row[key] for key in _DECLARED},
            form=SessionMode(row["form"]),
            officer=row["officer"],
            track_title=row["track"],
            government_ids=tuple(id_ for id_, _ in governments[row["id"]]),
            government_names=tuple(name for _, name in governments[row["id"]]),
            actions=refs,
            action_numbers=tuple(ref.number for ref in refs if not ref.plan),
            offer_titles=tuple(title for _, title in titles[row["id"]]),
            agreement_count=counts.get(row["id"], 0),
            offer_ids=tuple(id_ for id_, _ in titles[row["id"]]),
        )
        for row in rows
        for refs in (name(named[row["id"]]),)
    ]


def _valid(table: Any, day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.c.valid_from <= day, or_(table.c.valid_until.is_(None), table.c.valid_until >= day)
