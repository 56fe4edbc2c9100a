"""Answers an access request: everything in this work file about a person, on paper or as data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.history import MentionLine, PersonFile
from samenleven_desktop.reports.access_request import person_document
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.people.person_attachments import files_naming
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.storage.queries import history, people, privacy

NOBODY_KNOWN = N_("Nothing is held about {sought}: no contact, and no text that names this person.")
ENDING = N_("{file}: choose a name that ends in .pdf or .json.")


def person_file(context: QueryContext, sought: str) -> PersonFile:
    """Searches by name, e-mail or id. Raises UserError if nothing is found."""
    ids = privacy.contact_ids(context.view, sought)
    words = privacy.words_of(context.view, ids, [sought] if not ids else [])
    sessions = [support.session(context, one) for one in people.sessions_of(context.view, ids)]
    named = [one for one in people.every_contact(context.view) if one.id in ids]
    found = PersonFile(
        asked=next((one.name for one in named if one.name), sought),
        contacts=tuple(named),
        sessions=tuple(sorted(sessions, key=lambda line: line.day)),
        mentions=tuple(privacy.mention_lines(context.view, words, but=ids)),
        attachments=tuple(files_naming(context, words)),
        steps=tuple(line for one in ids for line in history.history(context.view, row_id=one, limit=10_000)),
        today=context.today,
        practice=context.practice,
    )
    if not (found.contacts or found.mentions or found.attachments):
        raise UserError(NOBODY_KNOWN, field="contact", sought=sought)
    return found


def probable_places(context: QueryContext, sought: str) -> list[MentionLine]:
    """Returns places that may name the person too; not part of what is handed over, as they may be of someone else."""
    ids = privacy.contact_ids(context.view, sought)
    return privacy.probable_lines(context.view, privacy.words_of(context.view, ids, [sought] if not ids else []), ids)


def person_bytes(found: PersonFile, language: Language, ending: str) -> bytes:
    """Returns a PDF to hand over, or JSON with every field. Raises UserError for another ending."""
    if ending == ".json":
        content = {"made_on": found.today, "data": asdict(found)}
        return json.dumps(content, ensure_ascii=False, indent=1, default=_plain).encode()
    if ending != ".pdf":
        raise UserError(ENDING, field="out", file=ending)
    from samenleven_desktop.reports.pdf import write_pdf

    return write_pdf(person_document(found, language))


def check_ending(path: Path) -> None:
    """Checks the ending before the work is done. Raises UserError."""
    if path.suffix.lower() not in (".pdf", ".json"):
        raise UserError(ENDING, field="out", file=path.name)


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Iterable):
        return list(value)
    return str(value)
