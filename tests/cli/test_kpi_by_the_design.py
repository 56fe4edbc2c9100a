"""`samenleven kpi` equals a model of the rules of the design, written from their text alone.

Random histories: entries before, in and after the project year, corrections, windows of the final report with and
without a known last day, commitments with and without a confirmed number. Each is asked for on twelve days.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile

HISTORIES, IN_A_FILE, DAYS = 500, 100, 12
JURY = ("plan", "neighbourhood")
CODES = ("12025", "12021", "12009", "44021")


@dataclass
class Entry:
    id: str
    day: date
    reading: bool
    units: int
    corrects: str | None = None


@dataclass
class History:
    year: int
    code: str
    jury: bool
    existing: int
    confirmed: int | None
    entries: list[Entry]


@dataclass
class Call:
    """What the plan file says of a project year."""

    first: date
    last: date
    interim: date
    report_until: date | None


def calls() -> dict[int, Call]:
    plan = yaml.safe_load((resources_dir() / "plans" / "plan-samenleven.yaml").read_text(encoding="utf-8"))
    found = {}
    for year in plan["years"]:
        interim = next(one for one in year["deadlines"] if one["kind"] == "interim")
        final = next(one for one in year["deadlines"] if one["kind"] == "final")
        found[year["number"]] = Call(
            year["start"], year["end"], interim.get("due") or interim["period_end"], final.get("due")
        )
    return found


def model(history: History, call: Call, today: date) -> tuple[int | None, str]:
    """Design 2: which entries count for a year, judged on day D; the reached number; the first state that fits."""
    replaced = {one.corrects for one in history.entries}
    standing = [one for one in history.entries if one.id not in replaced and one.day <= today]
    counting = [one for one in standing if call.first <= one.day <= call.last]
    if call.report_until is not None:
        counting += [one for one in standing if one.reading and call.last < one.day <= call.report_until]
    readings = [one for one in counting if one.reading]
    reached: int | None = None
    if readings:
        newest = max(one.day for one in readings)
        # Two different readings of one day are a conflict, never a sum: the higher one is shown.
        reached = max(one.units for one in readings if one.day == newest)
        reached += sum(one.units for one in counting if not one.reading and one.day > newest)
    elif counting:
        reached = history.existing + sum(one.units for one in counting)
    return reached, state(history, call, today, reached)


def state(history: History, call: Call, today: date, reached: int | None) -> str:
    confirmed = history.confirmed
    if history.jury:
        return "jury"
    if confirmed == 0:
        return "not_granted"
    if reached is None:
        return "no_entry"
    if confirmed is not None and reached >= confirmed:
        return "reached"
    if confirmed is None:
        return "on_course"
    # 25 % from 60 days before the interim date on; a past year is judged on its last day.
    judged = min(today, call.last)
    if judged >= call.interim - timedelta(days=60) and reached * 4 < confirmed:
        return "at_risk"
    passed = max((judged - call.first).days + 1, 0)
    expected = confirmed * passed // ((call.last - call.first).days + 1)
    return "behind" if reached < expected else "on_course"


def drawn(chance: random.Random, call: Call) -> date:
    """A day around the edges of the year more often than elsewhere."""
    edges = [call.first, call.last, call.report_until or call.last + timedelta(days=15)]
    if chance.random() < 0.45:
        return chance.choice(edges) + timedelta(days=chance.randint(-3, 3))
    return call.first + timedelta(days=chance.randint(-60, 460))


def fill(workspace: Workspace, chance: random.Random, count: int) -> dict[str, History]:
    years, made = calls(), {}
    places = [
        (code, year.number, target)
        for code in CODES
        for year in workspace.plan.years
        for action in workspace.plan.actions
        for target in action.targets
        if target.in_year(year.number) is not None
    ]
    ids = {code: workspace.query(government_by_code, code).id for code in CODES}
    for code, number, target in chance.sample(places, count):
        confirmed = chance.choice((None, 0, 5, 20, 60, 60, 100, 100, 300))
        existing = chance.choice((0, 0, 4, 30))
        commitment = workspace.run(
            AddCommitment(ids[code], number, target.id, existing_reach=existing, confirmed=confirmed), kind="setup"
        ).result
        jury = target.kind is not None and target.kind.value in JURY
        history = History(number, target.code, jury, existing, confirmed, [])
        for _ in range(chance.randint(0, 7)):
            add_one(workspace, chance, commitment, history, years[number])
        made[commitment] = history
    return made


def add_one(workspace: Workspace, chance: random.Random, commitment: str, history: History, call: Call) -> None:
    day, reading, units = drawn(chance, call), chance.random() < 0.5, chance.randint(0, 90)
    corrects = None
    if history.entries and chance.random() < 0.2:
        wrong = chance.choice(history.entries)
        corrects, reading = wrong.id, wrong.reading
    elif history.entries and chance.random() < 0.3:
        day = chance.choice(history.entries).day
    kind = EntryKind.READING if reading else EntryKind.INCREMENT
    try:
        entry = workspace.run(AddKpiEntry(commitment, day, kind, units, corrects_id=corrects), kind="setup").result
    except UserError:
        # A row that was corrected before cannot be corrected again.
        assert corrects in {one.corrects for one in history.entries}
        return
    history.entries.append(Entry(entry, day, reading, units, corrects))


def looks(chance: random.Random) -> Iterator[date]:
    """Twelve days: the edges of the years, and others."""
    fixed = [date(2023, 9, 30), date(2023, 10, 1), date(2023, 10, 15), date(2023, 10, 16), date(2024, 10, 10)]
    yield from fixed
    for _ in range(DAYS - len(fixed)):
        yield date(2022, 9, 1) + timedelta(days=chance.randint(0, 1300))


@pytest.mark.parametrize("seed", range(HISTORIES // IN_A_FILE))
def test_the_numbers_are_those_of_the_model(empty_file: WorkFile, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    workspace = open_workspace(empty_file.path, Runtime(day=date(2026, 1, 1)), empty_file.passphrase)
    try:
        histories = fill(workspace, chance, IN_A_FILE)
    finally:
        workspace.close()
    years, met = calls(), set()
    for today in looks(chance):
        workspace = open_workspace(empty_file.path, Runtime(day=today), empty_file.passphrase)
        try:
            lines = workspace.query(list_commitments)
        finally:
            workspace.close()
        assert {line.id for line in lines} == set(histories)
        for line in lines:
            history = histories[line.id]
            expected = model(history, years[history.year], today)
            assert (line.reached_to_date, line.state.value) == expected, (today, history)
            met.add(expected[1])
    assert met == {"jury", "not_granted", "no_entry", "reached", "at_risk", "behind", "on_course"}
