"""Work of several plans in one file: whatever happened, no action of one plan is named for another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.ids import shipped_id
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.plan import Action, Plan
from samenleven_desktop.domain.plans import Plans
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.services.actions.queries import action_page
from samenleven_desktop.services.core.search import search
from samenleven_desktop.services.governments.queries import dossier, government_by_code
from samenleven_desktop.services.instruments.commands import AddInstrument, InstrumentContent
from samenleven_desktop.services.instruments.queries import list_instruments
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments, list_entries
from samenleven_desktop.services.offers.advice import advice
from samenleven_desktop.services.offers.commands import AddOffer, OfferContent, UseOffer
from samenleven_desktop.services.offers.mentor_and_example_commands import AddExample, AddMentor
from samenleven_desktop.services.offers.queries import list_offers, uses
from samenleven_desktop.services.plans.commands import StopUsingPlan, UsePlan
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.services.stimuli.commands import StartCandidacy, StimulusContent
from samenleven_desktop.services.stimuli.queries import candidacies
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile
from tests.several_plans import EVERY, FILES, SHIPPED, TODAY, take_in_use

WORK = ["session", "offer", "use", "entry", "mentor", "example", "instrument", "candidacy"]
"""What a coach does under a plan."""
AROUND = ["stop using", "use again", "undo"]


def steps_of(kinds: list[str], most: int) -> st.SearchStrategy[list[tuple[int, int, int, str]]]:
    """Histories: the plan, a place among its actions and years, how many days ago, and what was done."""
    one = st.tuples(st.integers(0, len(EVERY) - 1), st.integers(0, 200), st.integers(0, 900), st.sampled_from(kinds))
    return st.lists(one, min_size=1, max_size=most)


STEPS = steps_of(WORK, 6)
# Shrinking a history takes minutes: what fails names its action and plan by itself.
SETTINGS = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.fixture(scope="module")
def several(empty_template: WorkFile, tmp_path_factory: pytest.TempPathFactory) -> WorkFile:
    file = empty_template.copy_to(tmp_path_factory.mktemp("apart"), "apart.samenlevendb")
    with closing(open_workspace(file.path, Runtime(day=TODAY), file.passphrase)) as workspace:
        take_in_use(workspace, *FILES)
        workspace.run(UsePlan(SHIPPED[1].id))
        workspace.run(UsePlan(EVERY[-1].id))
    return file


def play(workspace: Workspace, government: str, steps: list[tuple[int, int, int, str]]) -> None:
    """Does some work; every text says of which action and plan it is."""
    for which, place, days, what in steps:
        plan, day = EVERY[which], TODAY - timedelta(days=days)
        action = plan.actions[place % len(plan.actions)]
        if what == "undo":
            workspace.undo()
        elif what == "use again":
            workspace.run(UsePlan(plan.id))
        elif what == "stop using":
            if workspace.plans.with_id(plan.id) is not None:
                workspace.run(StopUsingPlan(plan.id))
        elif what in ("use", "entry"):
            toward_target(workspace, government, plan, action, place, day, what)
        else:
            about_action(workspace, government, plan, action, place, day, what)


def about_action(
    workspace: Workspace, government: str, plan: Plan, action: Action, place: int, day: date, what: str
) -> None:
    name = f"{plan.code}/{action.short_title}"
    match what:
        case "session":
            content = SessionContent(day, 540, 600, SessionMode.VISIT, (government,), name, action_ids=(action.id,))
            workspace.run(RegisterSession(content))
        case "mentor":
            # Once for an action: the program refuses a second time.
            with suppress(UserError):
                workspace.run(AddMentor(government, action.id, "eigen bezoek", note=name))
        case "example":
            workspace.run(AddExample(name, action.id, "eigen bezoek"))
        case "instrument":
            workspace.run(AddInstrument(government, InstrumentContent(name, action_id=action.id)))
        case "candidacy":
            candidacy_of(workspace, government, plan, action, place, name)
        case _:
            workspace.run(AddOffer(OfferContent(name, "vzw", OfferCost.FREE, (action.id,))))


def candidacy_of(workspace: Workspace, government: str, plan: Plan, action: Action, place: int, name: str) -> None:
    kinds = plan.stimulus_rules.kinds if plan.stimulus_rules is not None else ()
    if not kinds or workspace.plans.with_id(plan.id) is None:
        return
    kind, year = kinds[place % len(kinds)], plan.years[place % len(plan.years)]
    content = StimulusContent(action_id=action.id if kind.per_action else None, note=name)
    # Not in this year, not for this action, or there already.
    with suppress(UserError):
        workspace.run(StartCandidacy(government, year.id, kind.kind, content))


def toward_target(
    workspace: Workspace, government: str, plan: Plan, action: Action, place: int, day: date, what: str
) -> None:
    years = [year for year in plan.years if any(target.in_year(year.number) for target in action.targets)]
    if not years:
        return
    year = years[place % len(years)]
    target = next(target for target in action.targets if target.in_year(year.number) is not None)
    lines = workspace.query(list_commitments, None, [government])
    known = [
        line.id for line in lines if (line.target_id, line.year, line.plan_id) == (target.id, year.number, plan.id)
    ]
    if not known and workspace.plans.with_id(plan.id) is None:
        return
    made = known[0] if known else workspace.run(AddCommitment(government, year.number, target.id)).result
    name = f"{plan.code}/{action.short_title}"
    if what == "entry":
        workspace.run(AddKpiEntry(made, day, EntryKind.INCREMENT, 3, note=name))
    else:
        offer = workspace.run(AddOffer(OfferContent(name, "vzw", OfferCost.FREE, (action.id,)))).result
        workspace.run(UseOffer(offer, government, day, made))


def plan_named(text: str) -> Plan:
    return next(plan for plan in EVERY if text.startswith(f"{plan.code}/"))


def whatever_happened(
    several: WorkFile, steps: list[tuple[int, int, int, str]], today: date, *, back: bool = False
) -> None:
    """Plays a history and looks at everything; `back`: also after every plan is taken in use again."""
    with TemporaryDirectory() as folder:
        file = several.copy_to(Path(folder))
        with closing(open_workspace(file.path, Runtime(day=TODAY), file.passphrase)) as workspace:
            government = workspace.query(government_by_code, "12025").id
            play(workspace, government, steps)
        touched = [EVERY[which].actions[place % len(EVERY[which].actions)] for which, place, _, _ in steps]
        with closing(open_workspace(file.path, Runtime(day=today), file.passphrase)) as workspace:
            look_at_everything(workspace, government)
            look_at_actions(workspace, government, touched)
            for plan in EVERY if back else ():
                workspace.run(UsePlan(plan.id))
            if back:
                look_at_everything(workspace, government)
                look_at_actions(workspace, government, touched)


@pytest.mark.slow
@SETTINGS
@given(steps=steps_of([*WORK, *AROUND], 8), today=st.dates(date(2022, 1, 1), date(2029, 1, 1)))
def test_no_action_is_named_for_another_plan(
    several: WorkFile, steps: list[tuple[int, int, int, str]], today: date
) -> None:
    whatever_happened(several, steps, today)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(SETTINGS, max_examples=200)
@given(steps=steps_of([*WORK, *AROUND], 30), today=st.dates(date(2020, 1, 1), date(2032, 1, 1)))
def test_no_action_is_named_for_another_plan_in_long_histories(
    several: WorkFile, steps: list[tuple[int, int, int, str]], today: date
) -> None:
    whatever_happened(several, steps, today, back=True)


def look_at_everything(workspace: Workspace, government: str) -> None:
    here = workspace.plan
    for line in workspace.query(list_sessions):
        plan = plan_named(line.report)
        (ref,) = line.actions
        assert line.report == f"{plan.code}/{ref.title}"
        assert ref.plan == ("" if plan.id == here.id else plan.short_name)
    for one in workspace.query(list_offers):
        if not one.shipped:
            plan = plan_named(one.title)
            assert bool(one.action_numbers) == (plan.id == here.id)
            assert all(plan.id == here.id or plan.short_name in words for words in one.actions)
    for use in workspace.query(uses, None, date.min, date.max):
        if use.plan_id is not None:
            assert use.plan_id == plan_named(use.offer_title).id
            assert use.plan == ("" if use.plan_id == here.id else plan_named(use.offer_title).short_name)
    for made in workspace.query(list_commitments):
        plan = next(plan for plan in EVERY if plan.id == made.plan_id)
        assert made.action_title == plan.action(made.action_number).short_title
    for plan, year in workspace.plans.years():
        assert {line.plan_id for line in workspace.query(dossier, government, year.id).commitments} <= {plan.id}
        action = plan.actions[0]
        for given_ in workspace.query(advice, government, year.id, action.number):
            if given_.offer_id is not None and "/" in given_.title:
                assert plan_named(given_.title).id == plan.id


def look_at_actions(workspace: Workspace, government: str, actions: Iterable[Action]) -> None:
    """The pages of these actions hold their own work only, and the search names actions of plans in use."""
    here, used = workspace.plan, {plan.id: plan for plan in workspace.plans}
    for action in {one.id: one for one in actions}.values():
        plan = next(plan for plan in EVERY if plan.action_with_id(action.id) is not None)
        name = f"{plan.code}/{action.short_title}"
        page = workspace.query(action_page, action.id, False)
        assert (page.action.id, page.plan_name, page.in_use) == (action.id, plan.name, plan.id in used)
        own = [
            *(one.report for one in page.sessions),
            *(one.title for one in page.offers if "/" in one.title and not one.shipped),
            *(one.title for one in page.examples if one.id is not None),
            *(one.note for one in page.mentors if one.id is not None),
            *(one.name for one in page.instruments),
        ]
        assert set(own) <= {name}
        assert {line.plan_id for _, line in page.commitments} <= {plan.id}
        for hit in workspace.query(search, f"actie {action.number}"):
            if hit.kind == "action":
                named = next(one for plan in used.values() for one in plan.actions if one.id == hit.record_id)
                assert hit.title == f"{named.number} {named.short_title}"
    lines = workspace.query(list_commitments, None, [government])
    by_id = {line.id: line for line in lines}
    for entry in workspace.query(list_entries, list(by_id)):
        line = by_id[entry.commitment_id]
        plan = next(plan for plan in EVERY if plan.id == line.plan_id)
        assert entry.note == f"{plan.code}/{plan.action(entry.action_number).short_title}"
    for instrument in workspace.query(list_instruments, [government]):
        plan = plan_named(instrument.name)
        assert instrument.name == f"{plan.code}/{instrument.action_title}"
        assert (plan.short_name in instrument.action) == (plan.id != here.id)
    for one in workspace.query(candidacies):
        assert plan_named(one.note or "").id == here.id


@pytest.mark.parametrize(
    ("day", "year", "code"),
    [
        (date(2020, 1, 1), None, "plan-samenleven"),
        (date(2024, 3, 11), None, "plan-samenleven"),
        (date(2025, 12, 1), None, "zelfde-nummers"),
        (date(2028, 1, 1), None, "zonder-geld"),
        (date(2030, 1, 1), None, "twee-jaar"),
        (date(2028, 1, 1), 3, "plan-samenleven"),
        (date(2028, 1, 1), 4, "twee-jaar"),
        (date(2028, 1, 1), 2, "zonder-geld"),
    ],
)
def test_the_plan_that_counts(day: date, year: int | None, code: str) -> None:
    assert Plans.of(EVERY).counting(day, year).code == code


def test_without_plans_there_is_one_without_anything() -> None:
    none = Plans.of(()).counting(TODAY)
    assert (none.code, none.actions, none.years) == ("", (), ())
    assert none.year_on(TODAY).label == "2026"


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield opened
    opened.close()


def test_a_row_with_only_numbers_belongs_to_plan_samenleven(workspace: Workspace) -> None:
    """As a pack of an earlier version brings it, and as it stands in a file that was migrated."""
    made = workspace.run(AddOffer(OfferContent("Oud", "vzw", OfferCost.FREE))).result
    every = workspace.run(AddOffer(OfferContent("Alles", "vzw", OfferCost.FREE))).result
    with workspace.store.write_untracked() as connection:
        connection.exec_driver_sql("UPDATE offer SET actions = '5 9', action_ids = NULL WHERE id = ?", (made,))
        connection.exec_driver_sql("UPDATE offer SET all_actions = 1, action_ids = NULL WHERE id = ?", (every,))
    take_in_use(workspace, "same-numbers")
    found = {line.id: line for line in workspace.query(list_offers)}
    assert found[made].action_ids == tuple(shipped_id("action", "plan-samenleven", number) for number in (5, 9))
    assert (workspace.plan.code, found[made].action_numbers) == ("zelfde-nummers", ())
    assert found[made].actions == ("5 (Plan Samenleven)", "9 (Plan Samenleven)")
    assert not found[every].all_actions
