"""The answer to an access request: all data held on a person, readable by anyone, complete."""

from __future__ import annotations

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.i18n.labels import FIELDS, SESSION_MODES, TABLES, command_name
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.history import PersonFile
from samenleven_desktop.reports import shared_blocks
from samenleven_desktop.reports.document import Block, Document, DocumentColumn, Heading, Paragraph, Table


def person_document(found: PersonFile, language: Language) -> Document:
    """Contains the contact's fields, sessions, texts and files that name the person, and the steps that wrote it."""
    text = language.text
    blocks: list[Block] = [Heading(text("Contact")), _contacts(found, language)]
    blocks += [Heading(text("Present at sessions")), _sessions(found, language)]
    blocks += [Heading(text("Texts that name this person")), _mentions(found, language)]
    blocks += [Heading(text("Attachments that name this person")), _attachments(found, language)]
    blocks += [
        Paragraph(
            text("Pictures and PDF files were not searched: look those of the same dossiers through."), muted=True
        ),
        Heading(text("Written down when")),
        _steps(found, language),
    ]
    return Document(
        title=text("What is held about a person"),
        subtitle=found.asked,
        sender=(shared_blocks.AGENCY,),
        source=text(
            "Everything in this work file about {person}, on {today}.",
            person=found.asked,
            today=language.day(found.today),
        ),
        language=language.code,
        mark=text(shared_blocks.PRACTICE) if found.practice else None,
        page_text=shared_blocks.page_text(language),
        blocks=tuple(blocks),
    )


def _contacts(found: PersonFile, language: Language) -> Table:
    text = language.text
    columns = tuple(
        DocumentColumn(text(caption), weight)
        for caption, weight in (
            (N_("Name"), 2),
            (N_("Function"), 2),
            (N_("Government or organisation"), 2.5),
            (N_("E-mail"), 3),
            (N_("Phone"), 2),
            (N_("Remark"), 3),
        )
    )
    rows = tuple(
        (
            one.name or "–",
            one.role or "–",
            one.government_name or one.organisation or "–",
            one.email or "–",
            one.phone or "–",
            one.note or "–",
        )
        for one in found.contacts
    )
    return Table(columns, rows, text("No contact of this name."))


def _sessions(found: PersonFile, language: Language) -> Table:
    text = language.text
    columns = (DocumentColumn(text("Date"), 2), DocumentColumn(text("Form"), 2), DocumentColumn(text("Governments"), 6))
    rows = tuple(
        (language.day(one.day), text(SESSION_MODES[one.form]), language.listing(one.government_names))
        for one in found.sessions
    )
    return Table(columns, rows, text("At no session."))


def _mentions(found: PersonFile, language: Language) -> Table:
    text = language.text
    columns = (
        DocumentColumn(text("Record"), 2),
        DocumentColumn(text("Date"), 2),
        DocumentColumn(text("Government"), 2.5),
        DocumentColumn(text("The words around the name"), 6),
    )
    rows = tuple(
        (
            f"{text(TABLES.get(one.table_name, one.table_name))}, {text(FIELDS.get(one.field, one.field))}",
            "–" if one.day is None else language.day(one.day),
            one.government or "–",
            one.words,
        )
        for one in found.mentions
    )
    return Table(columns, rows, text("In no text."))


def _attachments(found: PersonFile, language: Language) -> Table:
    text = language.text
    columns = (DocumentColumn(text("File"), 6), DocumentColumn(text("Added on"), 2))
    rows = tuple((one.name, language.day(one.added_on)) for one in found.attachments)
    return Table(columns, rows, text("In no attachment."))


def _steps(found: PersonFile, language: Language) -> Table:
    text = language.text
    columns = (DocumentColumn(text("When"), 3), DocumentColumn(text("Step"), 5), DocumentColumn(text("By"), 3))
    rows = tuple(
        (
            f"{language.day(one.made_at.astimezone())} {language.clock(one.made_at.astimezone())}",
            command_name(language, one.name, one.details, one.kind),
            one.officer or "–",
        )
        for one in found.steps
    )
    return Table(columns, rows, "–")
