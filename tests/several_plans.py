"""A work file with work under several plans: both shipped ones and the three plan files of the tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.interchange.plan_reader import read_plan
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.offers.commands import AddOffer, OfferContent, UseOffer
from samenleven_desktop.services.offers.mentor_and_example_commands import AddExample, AddMentor
from samenleven_desktop.services.plans.commands import UsePlan
from samenleven_desktop.services.plans.stored_plans import load_plan
from samenleven_desktop.services.sessions.commands import NewAgreement, NewKpiEntry, RegisterSession, SessionContent
from samenleven_desktop.services.stimuli.commands import StartCandidacy, StimulusContent
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile

TODAY = date(2026, 11, 27)
PLANS = Path(__file__).parent / "data" / "plans"
FILES = ("without-money", "two-years", "same-numbers")
SHIPPED = [
    read_plan(resources_dir() / "plans" / f"{name}.yaml") for name in ("plan-samenleven", "sociale-cohesie-2026")
]
EVERY = [*SHIPPED, *(read_plan(PLANS / f"{name}.yaml") for name in FILES)]
COUNTING = "zelfde-nummers"
"""The plan of which a period began last on `TODAY`."""
CODES = ("12025", "12021", "44021")


def take_in_use(workspace: Workspace, *names: str) -> list[Plan]:
    """Loads these plan files of the tests and takes them in use; returns them."""
    plans = [read_plan(PLANS / f"{name}.yaml") for name in names]
    for plan in plans:
        load_plan(workspace, plan)
        workspace.run(UsePlan(plan.id))
    return plans


def fill(file: WorkFile) -> WorkFile:
    """Adds to a new work file three governments, and work of each under each plan."""
    workspace = open_workspace(file.path, Runtime(day=TODAY), file.passphrase)
    try:
        take_in_use(workspace, *FILES)
        # The other shipped plan: the file has it, as every new one.
        workspace.run(UsePlan(SHIPPED[1].id))
        workspace.run(UsePlan(next(plan.id for plan in workspace.plans if plan.code == COUNTING)))
        ids = [workspace.query(government_by_code, code).id for code in CODES]
        officer = workspace.run(AddOfficer("coach Rivierenland", "Rivierenland")).result
        workspace.choose_officer(officer)
        workspace.run(ChooseGovernments(officer, tuple(ids)))
        for plan in workspace.plans:
            for place, government in enumerate(ids):
                add_work(workspace, plan, government, place)
    finally:
        workspace.close()
    return file


def add_work(workspace: Workspace, plan: Plan, government: str, place: int) -> None:
    """Adds commitments, entries, an offer in use, a session and a candidacy under a plan; its texts name the plan."""
    year = plan.years[-1]
    day = min(year.start.replace(day=20), TODAY)
    counted = [
        (action, target)
        for action in plan.actions
        for target in action.targets
        if target.in_year(year.number) is not None and not (target.kind and target.kind.judged_by_jury)
    ][:3]
    entries = []
    for action, target in counted:
        made = workspace.run(AddCommitment(government, year.number, target.id, existing_reach=2, confirmed=40)).result
        entries.append(NewKpiEntry(made, EntryKind.INCREMENT, 5 + place))
        offer = workspace.run(
            AddOffer(
                OfferContent(f"{action.short_title} van {plan.code}", "vzw Voorbeeld", OfferCost.FREE, (action.id,))
            )
        ).result
        workspace.run(UseOffer(offer, government, day, made, expected_units=3))
    action = counted[0][0]
    session = SessionContent(
        day,
        540,
        600,
        SessionMode.VISIT,
        (government,),
        f"Besproken: {action.short_title} ({plan.code}).",
        action_ids=tuple(one.id for one, _ in counted),
    )
    workspace.run(RegisterSession(session, (NewAgreement(Party.COACH, f"nabellen {plan.code}"),), tuple(entries)))
    workspace.run(AddMentor(government, action.id, f"gesprek over {plan.code}"))
    workspace.run(AddExample(f"Voorbeeld van {plan.code}", action.id, "eigen bezoek"))
    if plan.stimulus_rules is not None:
        kind = next(one for one in plan.stimulus_rules.kinds if not one.years or year.number in one.years)
        workspace.run(
            StartCandidacy(
                government, year.id, kind.kind, StimulusContent(action_id=action.id if kind.per_action else None)
            )
        )
