"""Eligibility for a stimulus: twenty cases per kind; screen, paper and command line say the same sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from samenleven_desktop.__main__ import main
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.stimulus import Outcome, StimulusState
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.stimulus_texts import stimulus_sentence
from samenleven_desktop.reports.document import texts
from samenleven_desktop.services.governments.partnership_commands import MakePartnership, NoteOfficialFigure
from samenleven_desktop.services.governments.queries import dossier, government_by_code
from samenleven_desktop.services.reports.kinds import document_of
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.stimuli.commands import ChangeStimulus, SetCallBudget, StartCandidacy, StimulusContent
from samenleven_desktop.services.stimuli.queries import StimulusLine, budget_of, stimuli
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.ui.screens.stimuli.screen import GovernmentStimuli
from tests.builders import PASSPHRASE, WorkFile, action_ids

TODAY, DUTCH = date(2024, 3, 11), Language("nl")
POSSIBLE, INCOMPLETE, NOT_POSSIBLE = Outcome.POSSIBLE, Outcome.INCOMPLETE, Outcome.NOT_POSSIBLE
LARGE, SMALL, OTHER_REGION = "12025", "12009", "44021"
GRANTED = StimulusState.GRANTED


@dataclass
class Desk:
    """The steps of a case on a work file of its own."""

    workspace: Workspace

    def id_of(self, code: str) -> str:
        return self.workspace.query(government_by_code, code).id

    def together(self, *codes: str, code: str = "SW", since: date = date(2022, 10, 1)) -> None:
        ids = tuple(self.id_of(one) for one in codes)
        self.workspace.run(MakePartnership(f"Samen {code}", code, ids[0], ids, since))

    def note(self, code: str, number: int) -> None:
        self.workspace.run(NoteOfficialFigure(self.id_of(code), 2022, number, "mail van ABB"))

    def budget(self, year: int, available: bool | None) -> None:
        self.workspace.run(SetCallBudget(year, available))

    def start(self, code: str, year: int, kind: str, state: StimulusState = GRANTED, **content: object) -> str:
        made = StimulusContent(state=state, **content)  # type: ignore[arg-type]
        return self.workspace.run(StartCandidacy(self.id_of(code), year, kind, made)).result

    def lines(self, code: str, year: int, kind: str) -> list[StimulusLine]:
        return [one for one in self.workspace.query(stimuli, year, [self.id_of(code)]) if one.kind == kind]


@pytest.fixture
def desk(empty_file: WorkFile) -> Iterator[Desk]:
    workspace = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield Desk(workspace)
    workspace.close()


def pair(desk: Desk) -> None:
    desk.together(LARGE, SMALL)


def received(code: str, year: int, state: StimulusState = GRANTED) -> Callable[[Desk], None]:
    def steps(desk: Desk) -> None:
        pair(desk)
        desk.start(code, year, "samenwerking", state)

    return steps


def then(steps: Callable[[Desk], None], *more: Callable[[Desk], None]) -> Callable[[Desk], None]:
    def both(desk: Desk) -> None:
        for one in (steps, *more):
            one(desk)

    return both


def no_budget(year: int) -> Callable[[Desk], None]:
    return lambda desk: desk.budget(year, False)


def unknown_budget(year: int) -> Callable[[Desk], None]:
    return lambda desk: desk.budget(year, None)


# Steps, who asks, in which year, the outcome, and a part of the sentence.
Case = tuple[Callable[[Desk], None], str, int, Outcome, str]
TOGETHER: list[Case] = [
    (lambda _: None, LARGE, 2, NOT_POSSIBLE, "niet in een samenwerkingsverband"),
    (pair, LARGE, 2, POSSIBLE, "Mogelijk · bedrag € 10.000"),
    (pair, "SW", 2, POSSIBLE, "Mogelijk · bedrag € 10.000"),
    (pair, SMALL, 2, NOT_POSSIBLE, "lid van Samen SW: Mechelen dient in"),
    (received(LARGE, 2), "SW", 2, NOT_POSSIBLE, "1 keer ontvangen in dit projectjaar"),
    (received("SW", 2), LARGE, 2, NOT_POSSIBLE, "1 keer ontvangen in dit projectjaar"),
    (received(LARGE, 2, StimulusState.REFUSED), "SW", 2, POSSIBLE, "Mogelijk"),
    (received(LARGE, 2, StimulusState.CANDIDATE), "SW", 2, POSSIBLE, "Mogelijk"),
    (received(LARGE, 1), LARGE, 2, POSSIBLE, "verlenging: er is budget"),
    (received(LARGE, 2), "SW", 3, POSSIBLE, "verlenging: er is budget"),
    (then(received(LARGE, 2), no_budget(3)), LARGE, 3, NOT_POSSIBLE, "er is geen budget"),
    (then(received("SW", 2), no_budget(3)), LARGE, 3, NOT_POSSIBLE, "er is geen budget"),
    (then(received(LARGE, 2), unknown_budget(3)), LARGE, 3, INCOMPLETE, "budget niet gekend"),
    (then(received(LARGE, 1), no_budget(3)), LARGE, 3, POSSIBLE, "Mogelijk"),
    (then(received(LARGE, 2, StimulusState.RENEWED), no_budget(3)), LARGE, 3, NOT_POSSIBLE, "er is geen budget"),
    (then(received(LARGE, 2), no_budget(2)), LARGE, 3, POSSIBLE, "verlenging: er is budget"),
    (lambda desk: desk.together(LARGE, OTHER_REGION), LARGE, 2, NOT_POSSIBLE, "referentieregio"),
    (then(pair, lambda desk: desk.note(SMALL, 9_000)), LARGE, 3, NOT_POSSIBLE, "alle leden zitten boven de drempel"),
    (then(pair, lambda desk: desk.note(LARGE, 7_500)), LARGE, 2, NOT_POSSIBLE, "drempel 7.500"),
    (lambda _: None, "VGC", 2, NOT_POSSIBLE, "niet in een samenwerkingsverband"),
]


@pytest.mark.parametrize(("steps", "code", "year", "outcome", "words"), TOGETHER)
def test_cooperation(
    desk: Desk, steps: Callable[[Desk], None], code: str, year: int, outcome: Outcome, words: str
) -> None:
    steps(desk)
    line = desk.lines(code, year, "samenwerking")[0]
    assert line.outcome is outcome, stimulus_sentence(DUTCH, line)
    said_everywhere(desk, code, year, "samenwerking", words)


WRITTEN = {"motivation": "Veel ervaring."}
WHOLE: dict[str, object] = {"action_id": action_ids(9)[0], "learning_network": True, "texts": WRITTEN}


def role(*numbers: int, year: int = 2, state: StimulusState = GRANTED) -> Callable[[Desk], None]:
    def steps(desk: Desk) -> None:
        for number in numbers:
            desk.start(LARGE, year, "mentorrol", state, **{**WHOLE, "action_id": action_ids(number)[0]})

    return steps


# Earlier roles, the content of the candidacy, the year, the outcome, and a part of the sentence.
MENTOR: list[tuple[Callable[[Desk], None], dict[str, object] | None, int, Outcome, str]] = [
    (lambda _: None, None, 2, INCOMPLETE, "nog geen actie genoemd in een kandidatuur; bekend als mentor van actie"),
    (lambda _: None, {}, 2, INCOMPLETE, "nog niet geschreven"),
    (lambda _: None, WHOLE, 1, POSSIBLE, "Mogelijk"),
    (lambda _: None, WHOLE, 2, POSSIBLE, "Mogelijk"),
    (lambda _: None, WHOLE, 3, POSSIBLE, "Mogelijk"),
    (lambda _: None, {**WHOLE, "action_id": None}, 2, INCOMPLETE, "nog geen actie genoemd"),
    (lambda _: None, {**WHOLE, "learning_network": None}, 2, INCOMPLETE, "nog niet gezegd"),
    (lambda _: None, {**WHOLE, "learning_network": False}, 2, NOT_POSSIBLE, "heeft geen lerend netwerk"),
    (lambda _: None, {**WHOLE, "texts": {}}, 2, INCOMPLETE, "nog niet geschreven"),
    (lambda _: None, {**WHOLE, "texts": {"motivation": "x" * 2500}}, 2, POSSIBLE, "Mogelijk"),
    (lambda _: None, {**WHOLE, "amount_cents": 500_000}, 2, POSSIBLE, "bedrag € 5.000 (ingevuld door de coach)"),
    (lambda _: None, WHOLE, 2, POSSIBLE, "geen bron geeft het bedrag"),
    (role(22), WHOLE, 2, POSSIBLE, "Mogelijk"),
    (role(22, 5), WHOLE, 2, POSSIBLE, "Mogelijk"),
    (role(9, year=1), WHOLE, 2, POSSIBLE, "verlenging: er is budget"),
    (then(role(9, year=1), no_budget(2)), WHOLE, 2, NOT_POSSIBLE, "er is geen budget"),
    (then(role(9, year=1), unknown_budget(2)), WHOLE, 2, INCOMPLETE, "budget niet gekend"),
    (then(role(22, year=1), no_budget(2)), WHOLE, 2, POSSIBLE, "Mogelijk"),
    (then(role(9, year=1, state=StimulusState.REFUSED), no_budget(2)), WHOLE, 2, POSSIBLE, "Mogelijk"),
    (then(role(9, year=1), no_budget(3)), WHOLE, 3, POSSIBLE, "Mogelijk"),
]


@pytest.mark.parametrize(("steps", "content", "year", "outcome", "words"), MENTOR)
def test_mentor(
    desk: Desk,
    steps: Callable[[Desk], None],
    content: dict[str, object] | None,
    year: int,
    outcome: Outcome,
    words: str,
) -> None:
    judge(desk, "mentorrol", steps, content, year, outcome, words)


def judge(
    desk: Desk,
    kind: str,
    steps: Callable[[Desk], None],
    content: dict[str, object] | None,
    year: int,
    outcome: Outcome,
    words: str,
) -> None:
    steps(desk)
    made = None if content is None else desk.start(LARGE, year, kind, StimulusState.CANDIDATE, **content)
    line = next(one for one in desk.lines(LARGE, year, kind) if one.record_id == made)
    assert line.outcome is outcome, stimulus_sentence(DUTCH, line)
    said_everywhere(desk, LARGE, year, kind, words)


ALL_TEXTS = dict.fromkeys(("expertise", "problem", "network"), "Een tekst.")
BOND: dict[str, object] = {"linked_action_ids": action_ids(5, 9), "texts": ALL_TEXTS}


def bond(year: int, state: StimulusState = GRANTED) -> Callable[[Desk], None]:
    def steps(desk: Desk) -> None:
        desk.start(LARGE, year, "sociale_impact_obligatie", state, **BOND)

    return steps


BONDS: list[tuple[Callable[[Desk], None], dict[str, object] | None, int, Outcome, str]] = [
    (lambda _: None, None, 2, INCOMPLETE, "nog geen actie gekoppeld"),
    (lambda _: None, {}, 2, INCOMPLETE, "nog niet geschreven"),
    (lambda _: None, BOND, 1, POSSIBLE, "Mogelijk"),
    (lambda _: None, BOND, 2, POSSIBLE, "Mogelijk"),
    (lambda _: None, BOND, 3, POSSIBLE, "Mogelijk"),
    (lambda _: None, {**BOND, "linked_action_ids": ()}, 2, INCOMPLETE, "nog geen actie gekoppeld"),
    (lambda _: None, {**BOND, "linked_action_ids": action_ids(5)}, 2, POSSIBLE, "Mogelijk"),
    *(
        (lambda _: None, {**BOND, "texts": {**ALL_TEXTS, missing: ""}}, 2, INCOMPLETE, "nog niet geschreven")
        for missing in ALL_TEXTS
    ),
    (lambda _: None, {**BOND, "texts": {**ALL_TEXTS, "problem": "x" * 2500}}, 2, POSSIBLE, "Mogelijk"),
    (lambda _: None, {**BOND, "amount_cents": 2_500_000}, 2, POSSIBLE, "bedrag € 25.000"),
    (bond(2), BOND, 2, POSSIBLE, "Mogelijk"),
    (bond(1), BOND, 2, POSSIBLE, "verlenging: er is budget"),
    (then(bond(1), no_budget(2)), BOND, 2, NOT_POSSIBLE, "er is geen budget"),
    (then(bond(1), unknown_budget(2)), BOND, 2, INCOMPLETE, "budget niet gekend"),
    (then(bond(1), no_budget(3)), BOND, 2, POSSIBLE, "verlenging: er is budget"),
    (then(bond(1), no_budget(3)), BOND, 3, POSSIBLE, "Mogelijk"),
    (then(bond(1, StimulusState.ENDED), no_budget(2)), BOND, 2, POSSIBLE, "Mogelijk"),
    (then(bond(2), no_budget(3)), None, 3, NOT_POSSIBLE, "er is geen budget"),
]


@pytest.mark.parametrize(("steps", "content", "year", "outcome", "words"), BONDS)
def test_bond(
    desk: Desk,
    steps: Callable[[Desk], None],
    content: dict[str, object] | None,
    year: int,
    outcome: Outcome,
    words: str,
) -> None:
    judge(desk, "sociale_impact_obligatie", steps, content, year, outcome, words)


def test_there_are_twenty_cases_of_each_kind() -> None:
    assert [len(one) for one in (TOGETHER, MENTOR, BONDS)] == [20, 20, 20]


def said_everywhere(desk: Desk, code: str, year: int, kind: str, words: str) -> None:
    """The sentences of the window stand on paper too, and `words` are in one of them."""
    sentences = [stimulus_sentence(DUTCH, line) for line in desk.lines(code, year, kind)]
    plain = [one.replace("\N{NO-BREAK SPACE}", " ") for one in sentences]
    assert any(words in one for one in plain), plain
    request = ReportRequest("stimulus-explanation", (desk.id_of(code),), year, (date(2022, 10, 1), TODAY))
    paper = "\n".join(texts(desk.workspace.query(document_of, request, DUTCH)))
    assert all(one in paper for one in sentences)


def test_the_command_line_says_the_same_sentence(
    empty_file: WorkFile, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    desk = Desk(workspace)
    received(LARGE, 2)(desk)
    role(9, 22)(desk)
    expected = {
        code: sorted(stimulus_sentence(DUTCH, one) for one in workspace.query(stimuli, 2, [desk.id_of(code)]))
        for code in (LARGE, SMALL, "SW", "VGC", "RAND")
    }
    workspace.close()
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", PASSPHRASE)
    common = ["--store", str(empty_file.path), "--json", "--lang", "nl", "--today", TODAY.isoformat()]
    for code, sentences in expected.items():
        assert main(["stimulus", "--year", "2", "--government", code, *common]) == 0
        found = json.loads(capsys.readouterr().out)["stimuli"]
        assert sorted(one["sentence"] for one in found) == sentences


def test_several_mentor_roles_are_all_on_screen_and_on_paper(desk: Desk) -> None:
    """The overview showed one candidacy per kind: 30.000 on paper, 35.000 on screen."""
    for number, cents in ((9, 1_500_000), (22, 2_000_000)):
        desk.start(LARGE, 2, "mentorrol", **{**WHOLE, "action_id": action_ids(number)[0], "amount_cents": cents})
    lines = desk.workspace.query(stimuli, 2, [desk.id_of(LARGE)])
    screen = GovernmentStimuli(desk.id_of(LARGE), "Mechelen", tuple(lines)).received_cents
    assert screen == 3_500_000
    request = ReportRequest("stimulus-overview", (desk.id_of(LARGE),), 2, (date(2023, 10, 1), TODAY))
    paper = "\n".join(texts(desk.workspace.query(document_of, request, DUTCH)))
    assert DUTCH.money(screen) in paper
    assert "toegekend (2)" in paper


def test_a_second_role_for_the_same_action_is_refused(desk: Desk) -> None:
    made = desk.start(LARGE, 2, "mentorrol", **WHOLE)
    with pytest.raises(UserError) as caught:
        desk.start(LARGE, 2, "mentorrol", **WHOLE)
    assert caught.value.field == "action_id"
    other = desk.start(LARGE, 2, "mentorrol", **{**WHOLE, "action_id": action_ids(22)[0]})
    with pytest.raises(UserError):
        desk.workspace.run(ChangeStimulus(other, "mentorrol", StimulusContent(**WHOLE)))  # type: ignore[arg-type]
    desk.workspace.run(ChangeStimulus(made, "mentorrol", StimulusContent(state=GRANTED, **WHOLE)))  # type: ignore[arg-type]
    desk.start(LARGE, 3, "mentorrol", **WHOLE)


def test_the_budget_of_a_call_is_that_of_the_plan_for_its_renewals(desk: Desk) -> None:
    """`renewal_budget` of a year says whether its grants could be renewed in the next call."""
    years = {year.number: year.renewal_budget for year in desk.workspace.plan.years}
    found = {number: desk.workspace.query(budget_of, number) for number in years}
    assert found == {1: None, 2: years[1], 3: years[2]}


def test_a_merged_government_does_not_receive_twice(empty_file: WorkFile) -> None:
    workspace = open_workspace(empty_file.path, Runtime(day=date(2024, 12, 1)), empty_file.passphrase)
    desk = Desk(workspace)
    desk.start("46013", 3, "samenwerking")
    workspace.close()
    workspace = open_workspace(empty_file.path, Runtime(day=date(2025, 2, 1)), empty_file.passphrase)
    try:
        (line,) = Desk(workspace).lines("46003", 3, "samenwerking") or Desk(workspace).lines("46030", 3, "samenwerking")
        once = next(one for one in line.conditions if one.condition.check == "max_per_year")
        assert (line.received, once.state) == (1, "not_met")
    finally:
        workspace.close()


def test_no_candidate_without_a_threshold_is_asked_for_a_figure(desk: Desk) -> None:
    for line in desk.workspace.query(stimuli, 2, [desk.id_of("VGC")]):
        assert all("cijfer" not in DUTCH.text(one.asked or "") for one in line.conditions)
        assert all("regio" not in DUTCH.text(one.asked or "") for one in line.conditions)


def test_a_member_is_told_of_its_partnership_by_dossier_and_stimulus_alike(desk: Desk) -> None:
    pair(desk)
    assert desk.workspace.query(dossier, desk.id_of(SMALL), 2).partnership_name == "Samen SW"
    (line,) = desk.lines(SMALL, 2, "samenwerking")
    assert "lid van Samen SW" in stimulus_sentence(DUTCH, line)
