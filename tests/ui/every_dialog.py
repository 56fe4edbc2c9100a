"""Every dialog and every popup of the program, found by their classes, each with a way to make it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

import samenleven_desktop.ui
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.domain.threshold import ThresholdFact
from samenleven_desktop.readmodels.exchange import AuthorLine, ColleagueLine, ErasingLine, PackPreview, PackUndo
from samenleven_desktop.readmodels.history import Comparison, FieldPlace
from samenleven_desktop.services.core.handbook import handbook
from samenleven_desktop.services.exchange.colleagues import own_card
from samenleven_desktop.services.governments.partnerships import standing
from samenleven_desktop.services.governments.queries import dossier, government_by_code
from samenleven_desktop.services.governments.whole_lists import list_uses
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.plans.stored_plans import examine_plan_file
from samenleven_desktop.services.safekeeping.erasure import erase_preview
from samenleven_desktop.services.safekeeping.workspace_file import back_up
from samenleven_desktop.services.stimuli.queries import stimuli
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.about import AboutDialog
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.dialogs.candidacy import CandidacyDialog
from samenleven_desktop.ui.dialogs.card import (
    CardWords,
    CompareWordsDialog,
    OwnWordsDialog,
    RevokeDialog,
    TheirWordsDialog,
)
from samenleven_desktop.ui.dialogs.commitment import CommitmentDialog, TakeUpDialog
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.dialogs.contact import ContactDialog
from samenleven_desktop.ui.dialogs.crash import CrashDialog
from samenleven_desktop.ui.dialogs.erase import EraseDialog
from samenleven_desktop.ui.dialogs.field_history import FieldHistoryDialog
from samenleven_desktop.ui.dialogs.hand_over import HandOverDialog
from samenleven_desktop.ui.dialogs.handbook import HandbookDialog
from samenleven_desktop.ui.dialogs.handed_over import HandedOverDialog
from samenleven_desktop.ui.dialogs.instrument import InstrumentDialog
from samenleven_desktop.ui.dialogs.judgement import JudgementDialog
from samenleven_desktop.ui.dialogs.keys import KeysDialog, key_lines
from samenleven_desktop.ui.dialogs.kpi_entry import EntryDialog
from samenleven_desktop.ui.dialogs.later_rules import LaterRulesDialog
from samenleven_desktop.ui.dialogs.make_pack import MakePackDialog
from samenleven_desktop.ui.dialogs.mentor_and_example import ExampleDialog, LinkOfferDialog, MentorDialog
from samenleven_desktop.ui.dialogs.offer import OfferDialog
from samenleven_desktop.ui.dialogs.offer_use import ChangeUseDialog, UseDialog
from samenleven_desktop.ui.dialogs.organisation import OrganisationDialog, ServiceDialog, TieOfferDialog
from samenleven_desktop.ui.dialogs.pack_authors import UnprovenDialog
from samenleven_desktop.ui.dialogs.pack_erasures import ErasingDialog
from samenleven_desktop.ui.dialogs.partnership import (
    ApplicantDialog,
    FigureDialog,
    LeaveDialog,
    MemberDialog,
    PartnershipDialog,
)
from samenleven_desktop.ui.dialogs.plan_faults import PlanFaultsDialog
from samenleven_desktop.ui.dialogs.plan_preview import PlanPreview
from samenleven_desktop.ui.dialogs.print import PrintDialog
from samenleven_desktop.ui.dialogs.recovery import RecoveryDialog
from samenleven_desktop.ui.dialogs.restore import RestoreDialog
from samenleven_desktop.ui.dialogs.save_filter import SaveFilterDialog
from samenleven_desktop.ui.dialogs.track import TrackDialog
from samenleven_desktop.ui.dialogs.undo_pack import UndoPackDialog
from samenleven_desktop.ui.screens.support.agenda import ExportDialog
from tests.builders import PARTNERSHIP
from tests.pages.window import WindowPage

PLAN = Path(__file__).parent.parent / "data" / "plans" / "second-plan.yaml"
LONG = "Dit is een zin die zo lang is als de langste fout die een veld te zeggen heeft, met een getal en een dag erin."


def classes_of(base: type[QWidget]) -> set[type[QWidget]]:
    """The classes of the program that are a `base`, without those that only others are made of."""
    for module in pkgutil.walk_packages(samenleven_desktop.ui.__path__, "samenleven_desktop.ui."):
        importlib.import_module(module.name)
    return {one for one in _below(base) if one.__module__.startswith("samenleven_desktop.")}


def _below(base: type[QWidget]) -> Iterator[type[QWidget]]:
    for one in base.__subclasses__():
        yield one
        yield from _below(one)


def dialogs(window: WindowPage) -> dict[type[QDialog], Callable[[], QDialog]]:
    """A way to make each of them, filled as in use."""
    app = window.application
    context, owner, workspace = app.context, app.shell, app.runner.workspace
    assert isinstance(context, UiContext)
    assert workspace is not None
    query = workspace.query
    mechelen = query(government_by_code, "12025").id
    partnership = query(standing, query(government_by_code, PARTNERSHIP).id, 2)
    assert partnership.partnership is not None
    line = query(dossier, mechelen, 2).commitments[0]
    colleague = ColleagueLine(
        "abc", "coach Rivierenland", tuple(f"woord{n}" for n in range(6)), datetime.now(UTC), False, None, None, False,
        None, 12,
    )  # fmt: skip
    card = CardWords.of(own_card(workspace))
    backup = back_up(workspace).backup
    now = datetime.now(UTC)
    erasing = PackPreview(
        "werk.samenleven", 10_000, "p", 3, "coach B", "ab", Profile.MINE, now, 4, 0, 0, 0, 0, (), 0, (), 3, (), None,
        ("Asse",),
        erasing=tuple(ErasingLine("contact", "diensthoofd samenleven", "Mechelen", now.date()) for _ in range(12)),
    )  # fmt: skip
    said = (AuthorLine("coach Kempen", 12, False, False), AuthorLine("coach Rivierenland", 1, False, False))
    unproven = replace(erasing, erasing=(), authors=said, unproven=said)
    found = Comparison({"follow_up": 3}, {"contact": 2}, {"support_session": 4}, ())

    def nothing(*_: Any) -> None:
        return None

    def ask() -> AskDialog:
        return AskDialog(context, owner, "Zeker?", "Doen", nothing, danger=True)

    def stimulus() -> CandidacyDialog:
        one = query(stimuli)[0]
        rules = context.plan.stimulus_rules
        assert rules is not None
        kind = next(kind for kind in rules.kinds if kind.kind == one.kind)
        return CandidacyDialog(context, one, kind, None, owner)

    return {
        AboutDialog: lambda: AboutDialog(context.language, context.theme, context.runner, owner),
        AgreementDialog: lambda: AgreementDialog(context, mechelen, owner),
        ApplicantDialog: lambda: ApplicantDialog(context, partnership.partnership, owner),
        AskDialog: ask,
        CandidacyDialog: stimulus,
        ChangeUseDialog: lambda: ChangeUseDialog(context, query(list_uses, None)[0], owner),
        CommitmentDialog: lambda: CommitmentDialog(context, line, owner),
        CompareWordsDialog: lambda: CompareWordsDialog(context, card, owner, nothing),
        ContactDialog: lambda: ContactDialog(context, mechelen, None, owner),
        CrashDialog: lambda: CrashDialog(context.language, "ValueError\n/ui/app.py:1\n" * 40, owner),
        EntryDialog: lambda: EntryDialog(context, line, owner),
        UnprovenDialog: lambda: UnprovenDialog(context, unproven, owner, nothing),
        ErasingDialog: lambda: ErasingDialog(context, erasing, owner, nothing),
        EraseDialog: lambda: EraseDialog(context, query(erase_preview, query(list_contacts)[0].id), owner, nothing),
        ExampleDialog: lambda: ExampleDialog(context, context.plan.action(9).id, None, owner),
        ExportDialog: lambda: ExportDialog(context, nothing, owner),
        FieldHistoryDialog: lambda: FieldHistoryDialog(context, FieldPlace("commitment", line.id, "confirmed"), owner),
        FigureDialog: lambda: FigureDialog(context, [(mechelen, "Mechelen")], 2, None, owner),
        HandedOverDialog: lambda: HandedOverDialog(context, owner),
        HandOverDialog: lambda: HandOverDialog(context, owner, nothing),
        HandbookDialog: lambda: HandbookDialog(context.language, context.theme, handbook("nl"), owner),
        InstrumentDialog: lambda: InstrumentDialog(context, mechelen, None, owner),
        JudgementDialog: lambda: JudgementDialog(
            context, (mechelen, "Mechelen"), line.year_id, "buurt", ("samen", LONG), ThresholdFact.MET, LONG, owner
        ),
        KeysDialog: lambda: KeysDialog(
            context.language, context.theme, key_lines(context.language, app.shell, None), owner
        ),
        LeaveDialog: lambda: LeaveDialog(
            context, partnership.partnership, partnership.partnership.members[0], 2, owner
        ),
        LinkOfferDialog: lambda: LinkOfferDialog(context, context.plan.action(9).id, owner),
        MakePackDialog: lambda: MakePackDialog(context, owner, nothing),
        MemberDialog: lambda: MemberDialog(context, partnership.partnership, owner),
        LaterRulesDialog: lambda: LaterRulesDialog(context, (), owner),
        MentorDialog: lambda: MentorDialog(context, context.plan.action(9).id, None, owner),
        OfferDialog: lambda: OfferDialog(context, None, owner),
        OrganisationDialog: lambda: OrganisationDialog(context, None, owner),
        OwnWordsDialog: lambda: OwnWordsDialog(context, card, owner),
        PartnershipDialog: lambda: PartnershipDialog(context, owner),
        PlanPreview: lambda: PlanPreview(context, query(examine_plan_file, PLAN), [("Inlezen", nothing)], owner),
        PlanFaultsDialog: lambda: PlanFaultsDialog(context, UserError("\n".join([LONG] * 30)), owner),
        PrintDialog: lambda: PrintDialog(context, owner, 12, nothing, nothing),
        RecoveryDialog: lambda: RecoveryDialog(context, "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY", "werk.samenlevendb", owner),
        RestoreDialog: lambda: RestoreDialog(context, backup, found, owner),
        RevokeDialog: lambda: RevokeDialog(context, colleague, owner, nothing),
        SaveFilterDialog: lambda: SaveFilterDialog(context, owner, "governments", {"words": "me"}, [], nothing),
        ServiceDialog: lambda: ServiceDialog(context, mechelen, None, None, owner),
        TakeUpDialog: lambda: TakeUpDialog(context, mechelen, 2, frozenset(), 3, owner),
        TheirWordsDialog: lambda: TheirWordsDialog(context, colleague, owner),
        TieOfferDialog: lambda: TieOfferDialog(context, mechelen, (), owner),
        TrackDialog: lambda: TrackDialog(context, None, owner, mechelen),
        UndoPackDialog: lambda: UndoPackDialog(
            context,
            PackUndo("x", "coach Rivierenland", True, {"contact": 3, "follow_up": 7}, True, True, erasing.erasing),
            owner,
            nothing,
        ),
        UseDialog: lambda: UseDialog(context, owner, government_id=mechelen, year=2),
    }
