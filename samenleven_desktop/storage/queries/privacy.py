"""Finds personal data: texts and attachments that name a person, and rows past their retention period."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from samenleven_desktop.domain.comparison import letters, phone_digits
from samenleven_desktop.domain.fields import SESSION
from samenleven_desktop.domain.person_pattern import SearchPattern
from samenleven_desktop.readmodels.history import ExpiredLine, MentionLine
from samenleven_desktop.readmodels.people import AttachmentLine
from samenleven_desktop.storage import erasure, probable_mentions
from samenleven_desktop.storage.models import (
    TRACKED,
    AttachmentContentRow,
    AttachmentRow,
    Change,
    ChangeScope,
    ContactRow,
    Erasure,
    FollowUpRow,
    GovernmentRow,
    SessionContactRow,
    SupportSessionRow,
    table_of,
)
from samenleven_desktop.storage.recycle_bin import deleted_by
from samenleven_desktop.storage.view import View

_CONTACT, _FILE, _CONTENT = table_of(ContactRow), table_of(AttachmentRow), table_of(AttachmentContentRow)
_SESSION, _FOLLOW, _PRESENT = table_of(SupportSessionRow), table_of(FollowUpRow), table_of(SessionContactRow)
_GOV, _ERASURE, _CHANGE, _SCOPE = (
    table_of(GovernmentRow),
    table_of(Erasure),
    table_of(Change),
    table_of(ChangeScope),
)
_AROUND = 40
_FEWEST_DIGITS = 6
# In the bytes of a picture, the few letters of a first name occur by chance.
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_LARGEST_MEMBER = 20_000_000
_DAYS = ("day", "due", "start", "added_on", "noted_on")


def words_of(view: View, contact_ids: Iterable[str], more: Iterable[str] = ()) -> SearchPattern:
    """Returns the names by which these persons are or were known, and `more`."""
    known = erasure.words_of(view.connection, [("contact", one) for one in contact_ids])
    return SearchPattern([*known.all, *more])


def contact_ids(view: View, sought: str) -> list[str]:
    """Returns contacts, deleted ones included, whose id, name, e-mail or phone equals `sought`, however spelled.

    If there are none, returns those whose name contains it.
    """
    rows = view.connection.execute(select(_CONTACT.c.id, _CONTACT.c.name, _CONTACT.c.email, _CONTACT.c.phone)).all()
    wanted, digits = letters(sought), phone_digits(sought)
    exact = [
        row.id
        for row in rows
        if sought.strip() == row.id
        or (wanted and wanted in (letters(row.name), letters(row.email or "")))
        or (len(digits) >= _FEWEST_DIGITS and digits == phone_digits(row.phone or ""))
    ]
    return exact or [row.id for row in rows if wanted and wanted in letters(row.name)]


def mention_lines(view: View, words: SearchPattern, but: Iterable[str] = ()) -> list[MentionLine]:
    """Returns texts that name a person, with the dossier, the day and the text around the name."""
    found = erasure.mentions(view.connection, words, but=but)
    return _lines(view, words, [one for one in found if (one.table_name, one.field) not in erasure.DERIVED])


def probable_lines(view: View, words: SearchPattern, but: Iterable[str] = ()) -> list[MentionLine]:
    """Returns places that may name a person: another spelling, part of the name; shown without the certain names."""
    return _lines(view, words.probable(), probable_mentions.probable_mentions(view.connection, words, but=but))


def _lines(view: View, words: SearchPattern, found: list[erasure.Mention]) -> list[MentionLine]:
    governments = governments_of(view, [one.row_id for one in found])
    lines = []
    for one in found:
        row: Mapping[Any, Any] = {}
        if one.table_name in TRACKED:
            table = table_of(TRACKED[one.table_name])
            query = select(table).where(table.c.id == one.row_id)
            row = view.connection.execute(query).mappings().first() or {}
        day = next((row[name] for name in _DAYS if name in row and row[name] is not None), None)
        government = governments.get(one.row_id)
        lines.append(MentionLine(one.table_name, one.row_id, one.field, government, day, _around(words, one.text)))
    return lines


def attachments_naming(view: View, words: SearchPattern) -> list[AttachmentLine]:
    """Returns attachments that name a person in their name or readable content.

    Readable are plain text, and the parts of office files. Images and content that is compressed in another way (PDF)
    are not searched.
    """
    if not words:
        return []
    query = select(_FILE, _CONTENT.c.content).outerjoin(_CONTENT, _CONTENT.c.sha256 == _FILE.c.sha256)
    return [
        AttachmentLine(row["id"], row["government_id"], row["name"], row["bytes"], row["sha256"], row["added_on"])
        for row in view.connection.execute(query).mappings()
        if words.found(row["name"]) or any(words.found(text) for text in _readable(row["content"] or b""))
    ]


def deleted_up_to(view: View, limit: int) -> list[tuple[str, str]]:
    """Returns rows (table, id) deleted in a history step up to `limit` that still hold personal data."""
    found = []
    for name, model in TRACKED.items():
        if not model.personal:
            continue
        table = table_of(model)
        filled = or_(*(table.c[column].is_not(None) & (table.c[column] != "") for column in model.personal))
        query = select(table.c.id).where(
            table.c.deleted_at.is_not(None), deleted_by(table.c.id, limit), filled, _not_erased(name, table.c.id)
        )
        found += [(name, row_id) for row_id in view.connection.execute(query).scalars()]
    return found


def contacts_unused_since(view: View, day: date) -> list[ExpiredLine]:
    """Returns contacts who were last present, and last changed, before a day."""
    seen = (
        select(func.max(_SESSION.c.day))
        .join(_PRESENT, _PRESENT.c.session_id == _SESSION.c.id)
        .where(_PRESENT.c.contact_id == _CONTACT.c.id, _PRESENT.c.deleted_at.is_(None))
        .scalar_subquery()
    )
    touched = (
        select(func.max(_CHANGE.c.hlc)).where(_CHANGE.c.row_id == _CONTACT.c.id).correlate(_CONTACT).scalar_subquery()
    )
    query = (
        select(_CONTACT.c.id, _CONTACT.c.name, _GOV.c.name.label("government"), seen, touched)
        .outerjoin(_GOV, _GOV.c.id == _CONTACT.c.government_id)
        .where(_CONTACT.c.deleted_at.is_(None), _not_erased("contact", _CONTACT.c.id))
    )
    found = []
    for row_id, name, government, last_seen, hlc in view.connection.execute(query):
        changed = datetime.fromtimestamp((hlc >> 16) / 1000, UTC).date() if hlc else None
        last = max(filter(None, (last_seen, changed)), default=None)
        if last is not None and last < day:
            found.append(ExpiredLine("contact", "contact", row_id, government, name, last, last))
    return found


def sessions_before(view: View, day: date) -> list[ExpiredLine]:
    """Returns sessions before a day that still have a personal text, such as a report."""
    texts = [_SESSION.c[key] for key in SESSION.texts if key in SESSION.personal]
    query = select(_SESSION.c.id, _SESSION.c.day, *texts).where(
        _SESSION.c.day < day, or_(*(one != "" for one in texts)), _SESSION.c.deleted_at.is_(None)
    )
    rows = view.connection.execute(query).all()
    names = governments_of(view, [id_ for id_, *_ in rows])
    return [
        ExpiredLine("report", "support_session", id_, names.get(id_), _short(" · ".join(filter(None, words))), on, on)
        for id_, on, *words in rows
    ]


def agreements_before(view: View, day: date) -> list[ExpiredLine]:
    """Returns agreements that were done before a day."""
    query = (
        select(_FOLLOW.c.id, _FOLLOW.c.done_on, _FOLLOW.c.what, _GOV.c.name)
        .join(_GOV, _GOV.c.id == _FOLLOW.c.government_id)
        .where(_FOLLOW.c.done_on < day, _FOLLOW.c.what != "", _FOLLOW.c.deleted_at.is_(None))
    )
    return [
        ExpiredLine("agreement", "follow_up", id_, government, _short(what), done, done)
        for id_, done, what, government in view.connection.execute(query)
    ]


def attachments_before(view: View, day: date) -> list[ExpiredLine]:
    """Returns attachments that were added before a day."""
    query = (
        select(_FILE.c.id, _FILE.c.added_on, _FILE.c.name, _GOV.c.name.label("government"))
        .outerjoin(_GOV, _GOV.c.id == _FILE.c.government_id)
        .where(_FILE.c.added_on < day, _FILE.c.deleted_at.is_(None))
    )
    return [
        ExpiredLine("attachment", "attachment", id_, government, name, added, added)
        for id_, added, name, government in view.connection.execute(query)
    ]


def erased_counts(view: View) -> list[tuple[str, str, int]]:
    """Returns the numbers of erased rows: (day as ISO, table, number), newest first."""
    day = func.substr(_ERASURE.c.made_at, 1, 10)
    query = (
        select(day, _ERASURE.c.table_name, func.count())
        .group_by(day, _ERASURE.c.table_name)
        .order_by(day.desc(), _ERASURE.c.table_name)
    )
    return [(str(one), str(table), int(n)) for one, table, n in view.connection.execute(query)]


def _not_erased(table_name: str, row_id: ColumnElement[str]) -> ColumnElement[bool]:
    erased = select(_ERASURE.c.row_id).where(_ERASURE.c.table_name == table_name)
    return row_id.not_in(erased)


def governments_of(view: View, row_ids: Sequence[str]) -> dict[str, str]:
    """Returns row -> the names of the dossiers it belongs to."""
    if not row_ids:
        return {}
    query = (
        select(_CHANGE.c.row_id, func.group_concat(_GOV.c.name.distinct()))
        .join(_SCOPE, _SCOPE.c.change_seq == _CHANGE.c.seq)
        .join(_GOV, _GOV.c.id == _SCOPE.c.scope)
        .where(_CHANGE.c.row_id.in_(set(row_ids)))
        .group_by(_CHANGE.c.row_id)
    )
    return {row_id: ", ".join(sorted(names.split(","))) for row_id, names in view.connection.execute(query)}


def _readable(content: bytes) -> Iterator[str]:
    if content.startswith(_IMAGES):
        return
    yield content.decode("utf-8", errors="ignore")
    yield content.decode("utf-16-le", errors="ignore")
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            if member.file_size <= _LARGEST_MEMBER and member.filename.endswith((".xml", ".txt", ".csv")):
                try:
                    text = archive.read(member).decode("utf-8", errors="ignore")
                except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
                    continue  # a damaged or locked part has no readable text
                yield re.sub(r"<[^>]*>", "", text)


def _around(words: SearchPattern, text: str) -> str:
    place = words.found(text)
    if place is None:
        return _short(text)
    first, last = max(0, place[0] - _AROUND), min(len(text), place[1] + _AROUND)
    inside = " ".join(text[first:last].split())
    return ("…" if first else "") + inside + ("…" if last < len(text) else "")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 2 * _AROUND else words[: 2 * _AROUND - 1] + "…"
