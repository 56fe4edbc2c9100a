"""`samenleven erase` and `samenleven person`: erases a person everywhere, and exports all data about a person."""

from __future__ import annotations

from collections.abc import Sequence

from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.output import print_error, print_json, print_text
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.i18n.labels import PLACES
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.history import MentionLine
from samenleven_desktop.services.core.output_files import check_target, write_file
from samenleven_desktop.services.people.access_request import check_ending, person_bytes, person_file, probable_places
from samenleven_desktop.services.safekeeping.erasure import ErasePreview, erase_preview, find_contact
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact

SURE = N_("This cannot be undone. Look first with --preview, then say --yes.")
WRITTEN_WITH_REMARK = 4


def erase(call: Call) -> int:
    """Erases a contact: fields, texts and attachments that name the person, backups.

    Returns 4 if something is left to decide: attachments or probable places kept, backups that could not be reached.
    """
    options = call.options
    if not options.preview and not options.yes:
        raise UserError(SURE, field="--yes")
    with call.workspace() as workspace:
        contact_id = workspace.query(find_contact, options.contact)
        preview = workspace.query(erase_preview, contact_id)
        files = [*preview.attachments, *(preview.probable_attachments if options.probable else ())]
        named = () if options.keep_attachments else tuple(one.id for one in files)
        places = tuple((one.table_name, one.row_id, one.field) for one in preview.probable if options.probable)
        problem = None
        if not options.preview:
            problem = workspace.run(EraseContact(contact_id, named, places)).problem
    kept = len(preview.attachments) + len(preview.probable_attachments) - len(named)
    left = kept + len(preview.probable) - len(places)
    _print_result(call, preview, erased=not options.preview, kept=kept, left=left)
    if problem is not None:
        print_error(call.language.error(problem))
    return WRITTEN_WITH_REMARK if not options.preview and (left or problem is not None) else 0


def person(call: Call) -> int:
    """Writes all data about a person as .pdf or .json."""
    options = call.options
    check_ending(options.out)
    check_target(options.out, call.store)
    with call.workspace() as workspace:
        found = workspace.query(person_file, options.contact)
        probable = workspace.query(probable_places, options.contact)
    write_file(options.out, person_bytes(found, call.language, options.out.suffix.lower()), call.store)
    numbers = {
        "contacts": len(found.contacts),
        "sessions": len(found.sessions),
        "texts": len(found.mentions),
        "attachments": len(found.attachments),
        "probable": len(probable),
    }
    if call.json:
        print_json({"file": options.out, **numbers})
    else:
        print_text(call.language.text("Written: {file}", file=str(options.out)))
        _list_probable(call.language, probable)
    return 0


def _print_result(call: Call, preview: ErasePreview, *, erased: bool, kept: int, left: int) -> None:
    language, texts = call.language, len(preview.mentions)
    if call.json:
        print_json(
            {
                "contact": preview.contact.id,
                "erased": erased,
                "sessions": preview.contact.sessions,
                "texts": texts,
                "attachments": [one.name for one in preview.attachments],
                "attachments_kept": kept,
                "probable": [
                    {"table": one.table_name, "id": one.row_id, "field": one.field, "words": one.words}
                    for one in preview.probable
                ],
                "probable_attachments": [one.name for one in preview.probable_attachments],
                "left": left,
            }
        )
        return
    print_text(language.text("Erased for good.") if erased else language.text("This would be erased for good:"))
    print_text(language.plural("the name in {n} text", "the name in {n} texts", texts))
    for one in preview.attachments:
        print_text(language.text("attachment {name}", name=one.name))
    print_text(
        language.plural(
            "{n} session keeps that someone was there, without saying who.",
            "{n} sessions keep that someone was there, without saying who.",
            preview.contact.sessions,
        )
    )
    _list_probable(language, preview.probable)
    for one in preview.probable_attachments:
        print_text(language.text("may name this person: attachment {name}", name=one.name))
    if erased and left:
        print_text(
            language.plural(
                "{n} place that names or may name this person was left as it is.",
                "{n} places that name or may name this person were left as they are.",
                left,
            )
        )


def _list_probable(language: Language, places: Sequence[MentionLine]) -> None:
    for one in places:
        place = " · ".join(filter(None, (language.text(PLACES[one.table_name]), one.government, one.words)))
        print_text(language.text("may name this person: {place}", place=place))
