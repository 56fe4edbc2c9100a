"""Questions before personal data goes: what erasing a person would touch, and what was kept long enough."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.readmodels.history import ExpiredLine, MentionLine
from samenleven_desktop.readmodels.people import AttachmentLine, ContactLine
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import people as people_rows
from samenleven_desktop.storage.queries import privacy

NOBODY = N_("No contact is called {sought}.")
SEVERAL = N_("{n} contacts fit {sought}. Name the whole name, the e-mail address or the id.")

# How long what is kept, in months after it was last used. Our choice, to be changed in Instellingen: no source of
# the plan prescribes periods.
DEFAULT_MONTHS = {"contact": 24, "report": 60, "agreement": 60, "attachment": 60}


@dataclass(frozen=True)
class ErasePreview:
    """What erasing a person would do: texts in which the name goes, and attachments that name the person."""

    contact: ContactLine
    mentions: tuple[MentionLine, ...]
    attachments: tuple[AttachmentLine, ...]


def expired_rows(context: QueryContext, limit: int) -> list[tuple[str, str]]:
    """Rows (table, id) that were deleted in a step up to `limit` and still hold personal data."""
    return privacy.deleted_up_to(context.view, limit)


def find_contact(context: QueryContext, sought: str) -> str:
    """The one contact with this id, name or e-mail. Raises UserError for none or several."""
    found = privacy.contact_ids(context.view, sought)
    if not found:
        raise UserError(NOBODY, field="contact", sought=sought)
    if len(found) > 1:
        raise UserError(SEVERAL, field="contact", sought=sought, n=len(found))
    return found[0]


def erase_preview(context: QueryContext, contact_id: str) -> ErasePreview:
    """Asked before a person is erased. Raises UserError when the contact is gone."""
    line = next((one for one in people_rows.every_contact(context.view) if one.id == contact_id), None)
    if line is None or not line.name:
        raise UserError(NOBODY, field="contact", sought=contact_id)
    words = privacy.words_of(context.view, [contact_id])
    return ErasePreview(
        line,
        tuple(privacy.mention_lines(context.view, words, but=[contact_id])),
        tuple(privacy.attachments_naming(context.view, words)),
    )


def retention_review(context: QueryContext, months: dict[str, int]) -> list[ExpiredLine]:
    """Records whose retention period is over today, the longest over first; `months` by kind, 0 keeps for good."""
    asked = (
        ("contact", privacy.contacts_unused_since),
        ("report", privacy.sessions_before),
        ("agreement", privacy.agreements_before),
        ("attachment", privacy.attachments_before),
    )
    found = []
    for kind, ask in asked:
        period = months.get(kind, DEFAULT_MONTHS[kind])
        if period:
            before = months_later(context.today, -period)
            found += [replace(line, until=months_later(line.last_used, period)) for line in ask(context.view, before)]
    return sorted(found, key=lambda line: (line.until, line.kind, line.row_id))


def erased_so_far(context: QueryContext) -> list[tuple[date, str, int]]:
    """What went: day, table, number; newest first. Says nothing of whom."""
    return [(date.fromisoformat(day), table, n) for day, table, n in privacy.erased_counts(context.view)]


def months_later(day: date, months: int) -> date:
    """The same day so many months later (or earlier), at the latest the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
