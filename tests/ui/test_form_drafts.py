"""Every form can be opened again from its draft: the arguments of its constructor come back as they were."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_type_hints

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.organisation import OrganisationKind
from samenleven_desktop.domain.threshold import ThresholdFact
from samenleven_desktop.readmodels.organisations import OrganisationLine
from samenleven_desktop.services.governments.partnerships import partnership
from samenleven_desktop.services.governments.whole_lists import list_partnerships
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.offers import queries as offers
from samenleven_desktop.services.people import queries as people
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.stimuli import queries as stimuli
from samenleven_desktop.services.workfile.opening import open_any
from samenleven_desktop.ui.dialogs.dialog_drafts import decode_call, draft_name, encode_call
from samenleven_desktop.ui.dialogs.draft_registry import FORMS
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.dialogs.save_filter import SaveFilterDialog

pytestmark = pytest.mark.gui


def forms() -> set[type[FormDialog]]:
    found, ahead = set(), [FormDialog]
    while ahead:
        below = ahead.pop().__subclasses__()
        ahead += below
        found |= {one for one in below if not one.__name__.startswith("_")}
    return found


def test_every_form_that_keeps_a_draft_can_be_opened_again() -> None:
    assert {one for one in forms() if one.keeps_draft} == set(FORMS.values())
    assert SaveFilterDialog in forms()


def test_the_arguments_of_every_form_come_back_as_they_were(filled: Path) -> None:
    workspace = open_any(filled, Runtime())
    try:
        commitment = workspace.query(kpi.list_commitments)[0]
        stimulus_line = workspace.query(stimuli.stimuli)[0]
        rules = workspace.plan.stimulus_rules
        assert rules is not None
        view = workspace.query(partnership, workspace.query(list_partnerships)[0].id)
        use = workspace.query(offers.uses, None, date(2022, 1, 1), date(2026, 1, 1))[0]
        track = next(iter(workspace.query(support.list_tracks)), None)
        calls: dict[str, dict[str, object]] = {
            "AgreementDialog": {
                "government_id": "g",
                "line": workspace.query(support.list_agreements)[0],
                "what": "<é\"'>",
                "about": ("stimulus", "s"),
            },
            "ApplicantDialog": {"partnership": view},
            "CandidacyDialog": {
                "line": stimulus_line,
                "stimulus": next(one for one in rules.kinds if one.kind == stimulus_line.kind),
                "record": None,
            },
            "ChangeUseDialog": {"line": use},
            "CommitmentDialog": {"line": commitment},
            "ContactDialog": {"government_id": None, "line": next(iter(workspace.query(people.list_contacts)), None)},
            "EntryDialog": {
                "line": commitment,
                "corrects": workspace.query(
                    kpi.list_entries, [one.id for one in workspace.query(kpi.list_commitments)]
                )[0],
            },
            "ExampleDialog": {"action_id": "a", "line": None},
            "InstrumentDialog": {"government_id": "g", "line": None, "action_id": "a"},
            "JudgementDialog": {
                "government": ("g", "Mechelen"),
                "year_id": "y",
                "kind": "k",
                "condition": ("c", "Samen."),
                "finding": ThresholdFact.MET,
                "note": None,
            },
            "LinkOfferDialog": {"action_id": "a"},
            "MentorDialog": {"action_id": "a", "line": None, "proposal": None},
            "FigureDialog": {"governments": [("g", "Mechelen")], "year": 2, "population": None},
            "LeaveDialog": {"partnership": view, "line": view.members[0], "year": 2},
            "MemberDialog": {"partnership": view},
            "OfferDialog": {"line": workspace.query(offers.list_offers)[0]},
            "OrganisationDialog": {"line": OrganisationLine("o", "VZW", "De Brug", OrganisationKind.CARE, None, None)},
            "PartnershipDialog": {},
            "ServiceDialog": {"organisation_id": "o", "government_id": None, "line": None},
            "TieOfferDialog": {"organisation_id": "o", "known": ("a", "b")},
            "TakeUpDialog": {"government_id": "g", "year": 2, "taken": frozenset({"t", "u"}), "rank": 3},
            "TrackDialog": {"line": track, "government_id": None},
            "UseDialog": {"offer_id": "o", "government_id": None, "commitment_id": None, "year": 2},
        }
        assert calls.keys() == FORMS.keys()
        for name, arguments in calls.items():
            form = FORMS[name]
            assert arguments.keys() <= get_type_hints(form.__init__).keys(), name
            call = encode_call(arguments)
            assert decode_call(form, call) == arguments, name
            assert draft_name(form, None, call) == draft_name(form, None, encode_call(arguments))
    finally:
        workspace.close()
