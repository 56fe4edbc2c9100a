"""The forms that can be reopened from their draft."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from samenleven_desktop.domain.kept_draft import KeptDraft
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.dialogs.candidacy import CandidacyDialog
from samenleven_desktop.ui.dialogs.commitment import CommitmentDialog, TakeUpDialog
from samenleven_desktop.ui.dialogs.contact import ContactDialog
from samenleven_desktop.ui.dialogs.dialog_drafts import decode_call
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.dialogs.instrument import InstrumentDialog
from samenleven_desktop.ui.dialogs.judgement import JudgementDialog
from samenleven_desktop.ui.dialogs.kpi_entry import EntryDialog
from samenleven_desktop.ui.dialogs.mentor_and_example import ExampleDialog, LinkOfferDialog, MentorDialog
from samenleven_desktop.ui.dialogs.offer import OfferDialog
from samenleven_desktop.ui.dialogs.offer_use import ChangeUseDialog, UseDialog
from samenleven_desktop.ui.dialogs.organisation import OrganisationDialog, ServiceDialog, TieOfferDialog
from samenleven_desktop.ui.dialogs.partnership import (
    ApplicantDialog,
    FigureDialog,
    LeaveDialog,
    MemberDialog,
    PartnershipDialog,
)
from samenleven_desktop.ui.dialogs.track import TrackDialog

FORMS: dict[str, type[FormDialog]] = {
    form.__name__: form
    for form in (
        AgreementDialog,
        ApplicantDialog,
        CandidacyDialog,
        ChangeUseDialog,
        CommitmentDialog,
        ContactDialog,
        EntryDialog,
        ExampleDialog,
        FigureDialog,
        InstrumentDialog,
        JudgementDialog,
        LeaveDialog,
        LinkOfferDialog,
        MemberDialog,
        MentorDialog,
        OfferDialog,
        OrganisationDialog,
        PartnershipDialog,
        ServiceDialog,
        TakeUpDialog,
        TieOfferDialog,
        TrackDialog,
        UseDialog,
    )
}


def reopen(context: UiContext, draft: KeptDraft, owner: QWidget) -> FormDialog | None:
    """Opens the form with its original arguments and this draft. None if this version does not know the form."""
    form = FORMS.get(draft.form.split(":")[1])
    if form is None:
        return None
    dialog = form(context=context, owner=owner, **decode_call(form, str(draft.content["call"])))
    dialog.take_up(draft)
    dialog.open()
    return dialog
