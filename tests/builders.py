"""Builders: ready work files with known content, made through the program's own commands where there are any.

`make_work_file` is slow enough (a second) to do once per run; tests take a copy (`copy_work_file`).
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.ids import shipped_id
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.organisation import OrganisationKind
from samenleven_desktop.domain.plan import Plan, TargetKind
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment, ChangeCommitments
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.services.organisations.commands import (
    AddService,
    MakeOrganisation,
    OrganisationContent,
    ServiceContent,
)
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.plans.commands import StopUsingPlan
from samenleven_desktop.services.sessions.commands import NewAgreement, NewKpiEntry, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
    AddKpiEntry,
    CompleteAgreement,
)
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace
from samenleven_desktop.storage.keys import KeyCost, key_file_path
from samenleven_desktop.storage.models import (
    GovernmentRow,
    InstrumentRow,
    OfferUseRow,
    PartnershipMemberRow,
    SupportTrackRow,
)
from samenleven_desktop.storage.unit_of_work import Step

PASSPHRASE = "een lange zin om te testen"
CHEAP = KeyCost(1, 8, 1)
TODAY = date(2024, 3, 11)
# Mechelen, Lier and Duffel lie in one reference region; Gent has an agency of its own.
CODES = ("12025", "12021", "12009", "44021")
PARTNERSHIP = "PARTNER"
ORGANISATION = "VZW-BRUG"


@dataclass(frozen=True)
class WorkFile:
    """A closed work file and what opens it."""

    path: Path
    passphrase: str

    def copy_to(self, folder: Path, name: str = "werk.samenlevendb") -> WorkFile:
        """The work file and its key file, under a new name in another folder."""
        target = folder / name
        shutil.copyfile(self.path, target)
        shutil.copyfile(key_file_path(self.path), key_file_path(target))
        return WorkFile(target, self.passphrase)


def action_ids(*numbers: int, plan: str = "plan-samenleven") -> tuple[str, ...]:
    """Returns the ids of the actions with these numbers."""
    return tuple(shipped_id("action", plan, number) for number in numbers)


def make_work_file(path: Path, passphrase: str = PASSPHRASE, practice_date: date | None = None) -> WorkFile:
    """A coach with four governments and a partnership, three project years of commitments, entries and sessions.

    The same content at every run. The newest undo step is the registering of a session on `TODAY`.
    """
    workspace = create_workspace(path, passphrase, Runtime(day=TODAY), CHEAP, practice_date)
    try:
        as_in_2024(workspace)
        _fill(workspace, random.Random(7))
    finally:
        workspace.close()
    return WorkFile(path, passphrase)


def as_in_2024(workspace: Workspace) -> None:
    """Leaves only Plan Samenleven in use, as in a file that was made before the next plan was shipped."""
    for plan in workspace.plans.in_use:
        if plan.code != "plan-samenleven":
            workspace.run(StopUsingPlan(plan.id), kind="setup")


def _fill(workspace: Workspace, chance: random.Random) -> None:
    ids = {code: workspace.query(government_by_code, code).id for code in CODES}
    officer = workspace.run(AddOfficer("coach Rivierenland", "Rivierenland"), kind="setup").result
    workspace.choose_officer(officer)
    workspace.run(ChooseGovernments(officer, tuple(ids.values())), kind="setup")
    ids[PARTNERSHIP] = _add_partnership(workspace, ids["12021"], ids["12009"])
    _add_organisation(workspace, ids["12025"])
    for code, applicant in ids.items():
        for year in workspace.plan.years:
            _add_commitments(workspace, chance, applicant, year.number, jury=code == "12025")
    workspace.run(AddContact(ContactContent("diensthoofd", ids["12025"], role="diensthoofd")), kind="setup")
    _add_uses_and_track(workspace, ids)
    _add_sessions(workspace, chance, ids)


def _add_organisation(workspace: Workspace, served: str) -> None:
    content = OrganisationContent("De Brug", ORGANISATION, OrganisationKind.ASSOCIATION, "Rivierenland")
    made = workspace.run(MakeOrganisation(content), kind="setup").result
    target = workspace.plan.action(9).targets[0].id
    workspace.run(AddService(made, served, ServiceContent(date(2023, 10, 1), None, target, 40)), kind="setup")


def _add_partnership(workspace: Workspace, applicant: str, member: str) -> str:
    # Straight through the unit of work: the command for partnerships comes with their screen.
    with workspace.store.write(Step("partnership", kind="setup")) as unit:
        partnership = unit.insert(
            GovernmentRow,
            code=PARTNERSHIP,
            kind="partnership",
            name="Samen langs de Nete",
            search_name="samen langs de nete",
            reference_region="RIV",
            valid_from=date(2022, 10, 1),
            facility=False,
            applicant_id=applicant,
        )
        for member_id, until in ((applicant, None), (member, None)):
            unit.insert(
                PartnershipMemberRow,
                partnership_id=partnership,
                member_id=member_id,
                valid_from=date(2022, 10, 1),
                valid_until=until,
            )
    return partnership


def _add_commitments(workspace: Workspace, chance: random.Random, applicant: str, year: int, *, jury: bool) -> None:
    project_year = workspace.plan.year(year)
    assert project_year is not None
    for rank, (target_id, counted) in enumerate(_targets(workspace.plan, year, jury), start=1):
        existing, requested = chance.randint(0, 40), chance.randint(60, 300)
        commitment = workspace.run(
            AddCommitment(
                applicant,
                year,
                target_id,
                existing_reach=existing,
                requested=existing + requested,
                confirmed=None if chance.random() < 0.1 else existing + requested - chance.randint(0, 20),
                granted_cents=None if chance.random() < 0.5 else chance.randint(1_000, 90_000) * 100 + 50,
                rank=rank,
            ),
            kind="setup",
        ).result
        if not counted or project_year.start > TODAY:
            continue
        if year == 1:
            reported = {"interim_reached": existing + requested // 3, "final_reached": existing + requested - 5}
            edits = tuple(FieldEdit(commitment, field, value) for field, value in reported.items())
            workspace.run(ChangeCommitments(edits), kind="setup")
        _add_entries(workspace, chance, commitment, project_year.start, existing)


def _add_entries(workspace: Workspace, chance: random.Random, commitment: str, start: date, existing: int) -> None:
    """Increments, some with a reading between them, one corrected; and one that lies after today."""
    day, total = start, existing
    for _ in range(chance.randint(0, 5)):
        day += timedelta(days=chance.randint(5, 45))
        units = chance.randint(1, 60)
        total += units
        reading = chance.random() < 0.3
        kind = EntryKind.READING if reading else EntryKind.INCREMENT
        entry = workspace.run(
            AddKpiEntry(commitment, day, kind, total if reading else units, "telling"), kind="setup"
        ).result
        if chance.random() < 0.2:
            workspace.run(
                AddKpiEntry(commitment, day, kind, (total if reading else units) + 3, "verbeterd", corrects_id=entry),
                kind="setup",
            )


def _targets(plan: Plan, year: int, jury: bool) -> list[tuple[str, bool]]:
    """The first eight counted targets of a year, and where wanted one that a jury judges."""
    targets = [target for action in plan.actions for target in action.targets if target.in_year(year) is not None]
    counted = [(target.id, True) for target in targets if target.kind is TargetKind.COUNT][:8]
    judged = [(target.id, False) for target in targets if target.kind is TargetKind.PLAN][:1]
    return counted + (judged if jury else [])


def _add_uses_and_track(workspace: Workspace, ids: dict[str, str]) -> None:
    # Straight through the unit of work: these commands come with the screens *Aanbod* and *Ondersteuning*.
    offers = {offer.cost: offer.id for offer in workspace.query(list_offers)}
    with workspace.store.write(Step("uses", kind="setup")) as unit:
        for number, (cost, price, payer) in enumerate(
            (("paid", 1_250_050, "subsidy"), ("free", None, None), ("paid", 80_000, "own_contribution"))
        ):
            unit.insert(
                OfferUseRow,
                offer_id=offers[cost],
                government_id=ids["12025"],
                start=date(2023, 11, 6) + timedelta(days=40 * number),
                price_cents=price,
                paid_from=payer,
                expected_units=20,
            )
        unit.insert(
            SupportTrackRow,
            government_id=ids["12025"],
            title="Oefenkansen opbouwen",
            goal="elke wijk een praattafel",
            planned_minutes=1_200,
            start=date(2023, 10, 2),
        )
        unit.insert(
            InstrumentRow,
            government_id=ids["44021"],
            action_id=action_ids(4)[0],
            name="Zomerscholen 2023",
            instrument_state="ended",
            amount_cents=1_500_000,
            end=date(2023, 8, 31),
        )


def _add_sessions(workspace: Workspace, chance: random.Random, ids: dict[str, str]) -> None:
    forms = list(SessionMode)
    for number in range(40):
        day = date(2022, 10, 10) + timedelta(days=13 * number)
        codes = chance.sample(CODES, k=2 if number % 5 == 0 else 1)
        _register(workspace, chance, day, tuple(ids[code] for code in codes), forms[number % len(forms)])
    agreement = workspace.run(
        AddAgreement(ids["12025"], Party.GOVERNMENT, "stuurgroep samenroepen", date(2024, 2, 1)), kind="setup"
    ).result
    workspace.run(CompleteAgreement(agreement, date(2024, 2, 3)), kind="setup")
    _register(workspace, chance, TODAY, (ids["12025"],), SessionMode.VISIT, kind="do")


def _register(
    workspace: Workspace,
    chance: random.Random,
    day: date,
    governments: tuple[str, ...],
    form: SessionMode,
    kind: str = "setup",
) -> None:
    start = chance.choice((540, 600, 810))
    content = SessionContent(
        day=day,
        start_minute=start,
        end_minute=start + chance.choice((45, 60, 90, 150)),
        form=form,
        government_ids=governments,
        report="De coördinator vertelt hoe de praattafels lopen.\n\nVolgende keer: de cijfers van het najaar.",
        travel_minutes=30 if form is SessionMode.VISIT else 0,
        action_ids=action_ids(5, 9) if day.month % 2 else action_ids(7),
    )
    agreements = (NewAgreement(Party.COACH, "cijfers opvragen", day + timedelta(days=21)),) if day.day % 2 else ()
    entries: tuple[NewKpiEntry, ...] = ()
    workspace.run(RegisterSession(content, agreements, entries), kind=kind)
