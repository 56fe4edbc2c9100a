"""An organisation that applies, named by its code: every list, KPIs, stimuli, advice and every report have it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from samenleven_desktop.cli.parser import LIST_KINDS
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.ids import shipped_id
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.organisation import OrganisationKind
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.organisations.commands import (
    AddService,
    MakeOrganisation,
    OrganisationContent,
    ServiceContent,
)
from samenleven_desktop.services.plans.commands import UsePlan
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.services.workfile.workspace import open_workspace
from tests.builders import WorkFile
from tests.cli.conftest import Answer, Caller

TODAY = date(2026, 11, 27)
CODE = "VZW-BRUG"


@pytest.fixture
def ask_later(call: Caller, empty_file: WorkFile, monkeypatch: pytest.MonkeyPatch) -> Caller:
    """A file of a coach who follows one organisation under the call of 2026."""
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", empty_file.passphrase)
    workspace = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    try:
        workspace.run(UsePlan(shipped_id("plan", "sociale-cohesie-2026")))
        workspace.choose_officer(workspace.run(AddOfficer("coach A")).result)
        content = OrganisationContent("De Brug", CODE, OrganisationKind.ASSOCIATION)
        made = workspace.run(MakeOrganisation(content, mine=True)).result
        mechelen = workspace.query(government_by_code, "12025").id
        target = workspace.plan.actions[0].targets[0].id
        workspace.run(AddService(made, mechelen, ServiceContent(TODAY, None, target, 40)))
        commitment = workspace.run(AddCommitment(made, 1, target, confirmed=40)).result
        workspace.run(AddKpiEntry(commitment, TODAY, EntryKind.INCREMENT, 12, member_id=mechelen))
        workspace.run(RegisterSession(SessionContent(TODAY, 540, 600, SessionMode.VISIT, (made,), "Overleg")))
    finally:
        workspace.close()

    def run(*words: object) -> Answer:
        return call("--store", empty_file.path, "--today", TODAY, *words)

    return run


@pytest.mark.parametrize("kind", LIST_KINDS)
def test_every_list_takes_its_code_and_shows_its_rows(ask_later: Caller, kind: str) -> None:
    options = () if kind in ("offers", "examples") else ("--government", CODE)
    answer = ask_later("list", kind, "--json", *options)
    assert (answer.code, answer.err) == (0, "")
    if kind in ("governments", "sessions", "commitments", "entries", "organisations", "services"):
        assert answer.json["count"] == 1, kind
    if kind == "stimuli":
        assert answer.json["count"] == 0


def test_its_kpi_counts_and_it_has_no_stimuli(ask_later: Caller) -> None:
    (line,) = ask_later("kpi", "--year", 1, "--government", CODE, "--json").json["commitments"]
    assert (line["government_code"], line["confirmed"], line["reached_to_date"]) == (CODE, 40, 12)
    assert ask_later("stimulus", "--government", CODE, "--json").code == 0
    assert ask_later("offer-advice", "--government", CODE, "--year", 1, "--action", 1, "--json").code == 0
    unknown = ask_later("list", "sessions", "--government", "VZW-NIETS")
    assert unknown.code == 1
    assert "organisatie" in unknown.err


@pytest.mark.parametrize("kind", [one for one in REPORT_KINDS if one not in ("session", "motivation")])
def test_every_report_is_made_of_it(ask_later: Caller, kind: str, tmp_path: Path) -> None:
    out = tmp_path / "verslag.xlsx"
    options = () if kind in ("offers", "action", "week") else ("--government", CODE)
    answer = ask_later("report", kind, "--out", out, *options)
    assert (answer.code, answer.err) == (0, "")
    assert out.stat().st_size > 0
