"""Which page of the handbook is about a page of the window or a dialog; F1 opens it (ui/help.py)."""

from __future__ import annotations

from collections.abc import Mapping

OF_PAGE: Mapping[str, str] = {
    "": "first-steps.md",
    "start": "start.md",
    "governments": "governments.md",
    "support": "support.md",
    "offers": "offers.md",
    "kpis": "kpis.md",
    "stimuli": "stimuli.md",
    "reports": "reports.md",
    "exchange": "exchange.md",
    "settings": "settings.md",
    "dossier": "dossier.md",
    "action": "action.md",
    "session": "session.md",
    "who": "who.md",
    "import": "import.md",
    "keeping": "keeping.md",
    "plans": "plans.md",
    "plan_editor": "plan_editor.md",
    "welcome": "welcome.md",
    "unlock": "welcome.md#forgotten",
}
"""By the key of the page; before a page is shown: the first steps."""

OF_DIALOG: Mapping[str, str] = {
    "AboutDialog": "settings.md#about",
    "AgreementDialog": "dossier.md#agreement",
    "ApplicantDialog": "governments.md#partnership",
    "CandidacyDialog": "stimuli.md#candidacy",
    "ChangeUseDialog": "offers.md#use",
    "CommitmentDialog": "dossier.md#target",
    "CompareWordsDialog": "exchange.md#cards",
    "ContactDialog": "dossier.md#contact",
    "CrashDialog": "keeping.md#fault",
    "EntryDialog": "kpis.md#entry",
    "EraseDialog": "privacy.md#erase",
    "ErasingDialog": "exchange.md#look",
    "ExampleDialog": "action.md#mentor",
    "ExportDialog": "support.md#agenda",
    "FieldHistoryDialog": "lists.md#history",
    "FigureDialog": "governments.md#partnership",
    "HandOverDialog": "exchange.md#handover",
    "HandedOverDialog": "reports.md",
    "HandbookDialog": "find.md#handbook",
    "InstrumentDialog": "dossier.md#instrument",
    "JudgementDialog": "stimuli.md#judgement",
    "KeysDialog": "find.md#keys",
    "LaterRulesDialog": "plans.md#use",
    "LeaveDialog": "governments.md#partnership",
    "LinkOfferDialog": "action.md#mentor",
    "MakePackDialog": "exchange.md#make",
    "MemberDialog": "governments.md#partnership",
    "MentorDialog": "action.md#mentor",
    "OfferDialog": "offers.md#add",
    "OrganisationDialog": "governments.md#organisation",
    "OwnWordsDialog": "exchange.md#cards",
    "PartnershipDialog": "governments.md#partnership",
    "PlanFaultsDialog": "plans.md#load",
    "PlanPreview": "plans.md#load",
    "PrintDialog": "reports.md#print",
    "RecoveryDialog": "settings.md#passphrase",
    "RestoreDialog": "keeping.md#backup",
    "RevokeDialog": "exchange.md#cards",
    "SaveFilterDialog": "lists.md#filter",
    "ServiceDialog": "governments.md#organisation",
    "TakeUpDialog": "dossier.md#target",
    "TheirWordsDialog": "exchange.md#cards",
    "TieOfferDialog": "governments.md#organisation",
    "TrackDialog": "support.md#track",
    "UndoPackDialog": "exchange.md#look",
    "UnprovenDialog": "exchange.md#look",
    "UseDialog": "offers.md#use",
}
"""By the name of the class: a dialog is imported when it is first opened."""


def help_address(page: str, dialog: str = "") -> str:
    """Returns the address in the handbook for a dialog, or else for a page of the window."""
    return OF_DIALOG.get(dialog) or OF_PAGE.get(page, OF_PAGE[""])
