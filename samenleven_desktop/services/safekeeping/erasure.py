"""Queries before personal data is erased: the effect of erasing a person, and records past their retention period."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.readmodels.history import ExpiredLine, MentionLine
from samenleven_desktop.readmodels.people import AttachmentLine, ContactLine
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.people.person_attachments import files_naming
from samenleven_desktop.storage.queries import people as people_rows
from samenleven_desktop.storage.queries import privacy

NOBODY = N_("No contact is called {sought}.")
SEVERAL = N_("{n} contacts fit {sought}. Name the whole name, the e-mail address or the id.")

# Retention periods by kind, in months after the last use. Our choice, can be changed in Instellingen: no source of the
# plan prescribes periods.
DEFAULT_MONTHS = {"contact": 24, "report": 60, "agreement": 60, "attachment": 60}


@dataclass(frozen=True)
class ErasePreview:
    """The effect of erasing a person: texts from which the name is removed, and attachments that name the person.

    `probable` are places that may name the person in another way: they keep their text unless chosen.
    """

    contact: ContactLine
    mentions: tuple[MentionLine, ...]
    attachments: tuple[AttachmentLine, ...]
    probable: tuple[MentionLine, ...] = ()
    probable_attachments: tuple[AttachmentLine, ...] = ()


def expired_rows(context: QueryContext, limit: int) -> list[tuple[str, str]]:
    """Returns rows (table, id) that were deleted in a step up to `limit` and still hold personal data."""
    return privacy.deleted_up_to(context.view, limit)


def find_contact(context: QueryContext, sought: str) -> str:
    """Returns the one contact with this id, name or e-mail. Raises UserError for none or several."""
    found = privacy.contact_ids(context.view, sought)
    if not found:
        raise UserError(NOBODY, field="contact", sought=sought)
    if len(found) > 1:
        raise UserError(SEVERAL, field="contact", sought=sought, n=len(found))
    return found[0]


def erase_preview(context: QueryContext, contact_id: str) -> ErasePreview:
    """Called before a person is erased. Raises UserError if the contact is gone."""
    line = next((one for one in people_rows.every_contact(context.view) if one.id == contact_id), None)
    if line is None or not line.name:
        raise UserError(NOBODY, field="contact", sought=contact_id)
    words = privacy.words_of(context.view, [contact_id])
    naming = files_naming(context, words)
    return ErasePreview(
        line,
        tuple(privacy.mention_lines(context.view, words, but=[contact_id])),
        tuple(naming),
        tuple(privacy.probable_lines(context.view, words, but=[contact_id])),
        tuple(one for one in files_naming(context, words.probable()) if one not in naming),
    )


def retention_review(context: QueryContext, months: dict[str, int]) -> list[ExpiredLine]:
    """Returns records past their retention period today, the longest first; `months` by kind, 0 keeps them for good."""
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
    """Returns the erasures: day, table, number; newest first, without identifying anyone."""
    return [(date.fromisoformat(day), table, n) for day, table, n in privacy.erased_counts(context.view)]


def months_later(day: date, months: int) -> date:
    """Returns the same day `months` later (or earlier), at most the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
