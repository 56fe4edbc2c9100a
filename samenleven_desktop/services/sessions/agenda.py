"""Queries by time: the agenda of a period, overdue and upcoming agreements, governments without recent contact."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from samenleven_desktop.domain.agenda import SOON_DAYS, Agenda, AgendaItem, AgendaKind, in_order, plan_days
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.readmodels.core import AgreementLine, SessionLine
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.instruments.queries import instrument_items
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.queries import sessions as work

if TYPE_CHECKING:
    from samenleven_desktop.i18n.language import Language
    from samenleven_desktop.services.workfile.workspace import Workspace


def holidays(first: date, last: date) -> list[AgendaItem]:
    """Returns Belgian public holidays in a period, by their Dutch names."""
    from holidays import country_holidays

    days = country_holidays("BE", years=range(first.year, last.year + 1), language="nl")
    return [AgendaItem(day, AgendaKind.HOLIDAY, name) for day, name in days.items() if first <= day <= last]


def agenda(
    context: QueryContext, first: date, last: date, mine: bool = True, only: Collection[str] | None = None
) -> Agenda:
    """Returns all agenda items from `first` to `last`, both inclusive.

    Sessions, agreements, plan dates, deadlines of other subsidies and public holidays; of my governments, of `only`
    these (ids), or of all.
    """
    governments = only
    if only is None and mine:
        governments = work.assigned(context.view, context.officer_id, context.today)
    sessions = work.sessions(context.view, context.name_actions, governments, first, last)
    agreements = work.agreements(context.view, context.today, governments, first=first, last=last)
    items = [session_item(line) for line in sessions]
    items += [agreement_item(line) for line in agreements if line.due is not None]
    for plan in context.plans:
        words = context.plan_words(plan.id)
        items += [replace(one, plan=words) for one in plan_days(plan, first, last)]
    items += instrument_items(context, first, last, governments)
    items += holidays(first, last)
    return Agenda(first, last, context.today, in_order(items))


def session_item(line: SessionLine) -> AgendaItem:
    return AgendaItem(
        day=line.day,
        kind=AgendaKind.SESSION,
        title=", ".join(line.government_names),
        detail=line.form,
        record_id=line.id,
        government_id=line.government_ids[0] if line.government_ids else None,
        start_minute=line.start_minute,
        end_minute=line.end_minute,
    )


def agreement_item(line: AgreementLine) -> AgendaItem:
    assert line.due is not None
    return AgendaItem(
        day=line.due,
        kind=AgendaKind.AGREEMENT,
        title=line.government_name,
        detail=line.what,
        record_id=line.id,
        government_id=line.government_id,
        done=line.done_on is not None,
        late=line.late,
    )


@dataclass(frozen=True)
class AgreementsByDue:
    """Agreements of my governments by urgency; `done` has only the latest."""

    late: tuple[AgreementLine, ...]
    soon: tuple[AgreementLine, ...]
    later: tuple[AgreementLine, ...]
    done: tuple[AgreementLine, ...]


_DONE_SHOWN = 100


def agreements_by_due(context: QueryContext, mine: bool = True) -> AgreementsByDue:
    """Returns overdue ones; due in the next fourteen days; later or without a day; and the latest that were done."""
    governments = work.assigned(context.view, context.officer_id, context.today) if mine else None
    lines = work.agreements(context.view, context.today, governments, open_only=True)
    done = work.agreements(context.view, context.today, governments, done_only=True, limit=_DONE_SHOWN)
    soon = context.today + timedelta(days=SOON_DAYS)
    late = [line for line in lines if line.late]
    near = [line for line in lines if not line.late and line.due is not None and line.due <= soon]
    rest = [line for line in lines if not line.late and (line.due is None or line.due > soon)]
    return AgreementsByDue(tuple(late), tuple(near), tuple(rest), tuple(done))


@dataclass(frozen=True)
class WithoutContact:
    """A government or organisation of mine and its last contact; `days` None: never in this file."""

    government_id: str
    government_name: str
    kind: GovernmentKind
    reference_region: str | None
    last_contact: date | None
    days: int | None
    next_session: date | None


def without_contact(context: QueryContext, days: int) -> list[WithoutContact]:
    """Returns my governments without a session in the last `days` days, the longest first."""
    mine = work.assigned(context.view, context.officer_id, context.today)
    contacts = work.last_contacts(context.view, context.today)
    planned = work.next_sessions(context.view, context.today)
    found = []
    for one in reference.governments_by_id(context.view, mine).values():
        last = contacts.get(one.id)
        passed = None if last is None else (context.today - last).days
        if passed is None or passed > days:
            found.append(
                WithoutContact(one.id, one.name, one.kind, one.reference_region, last, passed, planned.get(one.id))
            )
    return sorted(found, key=lambda one: (one.last_contact or date.min, sort_key(one.government_name)))


def agenda_file(workspace: Workspace, first: date, last: date, language: Language, *, words: bool = False) -> bytes:
    """Returns the agenda of a period as a calendar file; without `words` it contains no text entered by a user."""
    from samenleven_desktop.interchange.ics import calendar_file

    found = workspace.query(agenda, first, last)
    return calendar_file(found.items, language, workspace.now, words=words)
