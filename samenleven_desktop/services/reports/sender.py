"""Who hands a report over and to whom: the sender as typed in *Instellingen*, and the addressee, a contact.

The sender belongs to this work file and device: it stands outside log, undo and packs, as the
choices of *Rapporten* do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import CONTACT
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.people import ContactLine
from samenleven_desktop.reports.document import Block, Document, Paragraph, SignatureLines
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.core.checks import record_values
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.people.commands import ContactContent
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage import saved_filters
from samenleven_desktop.storage.view import View

NOT_A_CONTACT = N_("The addressee is no contact of this government.")
_KEPT_AS = ("reports", "sender")


@dataclass(frozen=True)
class ReportSender:
    """What stands in the sender block of a report. `signature`: with lines for a place, a day and a signature;
    `logos`: with room above the title for two logos."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    signature: bool = False
    logos: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.name, self.role, self.email, self.phone)))


def sender_of(context: QueryContext) -> ReportSender:
    """Returns the sender; empty until one is typed."""
    screen, name = _KEPT_AS
    kept = dict(saved_filters.of_screen(context.view, screen)).get(name)
    found: object = json.loads(kept) if kept else {}
    known = {one.name for one in fields(ReportSender)}
    return (
        ReportSender(**{key: value for key, value in found.items() if key in known})
        if isinstance(found, Mapping)
        else ReportSender()
    )


def keep_sender(workspace: Workspace, sender: ReportSender) -> ReportSender:
    """Stores the sender, checked as a contact is; returns it as stored. Raises UserError with the field."""
    typed = ContactContent(sender.name, None, None, sender.role, sender.email, sender.phone)
    values = record_values(CONTACT, typed)
    name, role, email, phone = (str(values[key] or "") for key in ("name", "role", "email", "phone"))
    sender = replace(sender, name=name, role=role, email=email, phone=phone)
    words = json.dumps(asdict(sender), ensure_ascii=False)
    screen, name = _KEPT_AS

    def keep(view: View) -> None:
        saved_filters.drop(view, screen, name)
        saved_filters.add(view, screen, name, words)

    workspace.write_untracked(keep)
    return sender


def addressees(context: QueryContext, government_ids: Sequence[str]) -> list[ContactLine]:
    """Returns the contacts to whom a report of these governments can be addressed."""
    if not government_ids:
        return []
    return [one for one in list_contacts(context, list(government_ids)) if one.government_id in government_ids]


def with_sender(
    document: Document,
    context: QueryContext,
    request: ReportRequest,
    language: Language,
) -> Document:
    """Returns a report with its sender block, its addressee, and lines to sign where a report is handed over.

    Without personal data no person is named, neither the sender.
    """
    sender, text, kind, addressee_id = sender_of(context), language.text, request.kind, request.addressee_id
    if not request.personal:
        sender, addressee_id = ReportSender(signature=sender.signature, logos=sender.logos), None
    blocks: list[Block] = []
    if addressee_id is not None:
        contact = next((one for one in list_contacts(context) if one.id == addressee_id), None)
        if contact is None:
            raise UserError(NOT_A_CONTACT, field="addressee")
        parts = (contact.name, contact.role, contact.government_name or contact.organisation)
        blocks.append(Paragraph(text("To: {name}", name=", ".join(filter(None, parts)))))
    blocks += document.blocks
    if sender.signature and (REPORT_KINDS[kind].of_one or kind == "session") and not REPORT_KINDS[kind].own:
        blocks.append(SignatureLines((text("Place and date"), text("Signature {name}", name=sender.name).strip())))
    author = ", ".join(filter(None, (sender.name, document.author)))
    return replace(
        document, sender=(*document.sender, *sender.lines), author=author, blocks=tuple(blocks), logos=sender.logos
    )
