"""The process is killed fifty times while it takes over a pack: the file is as before or as after, never between."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from samenleven_desktop.services.governments import government_by_code
from samenleven_desktop.services.kpi import list_commitments
from samenleven_desktop.storage.models import FollowUpRow, KpiEntryRow
from samenleven_desktop.storage.unit_of_work import Step
from tests.builders import TODAY, WorkFile
from tests.journeys.killing import Killer
from tests.sync.colleagues import Colleague, all_know, copy_of, reopened

ROUNDS = 50

WORK = """
from samenleven_desktop.domain.clock import Surroundings
from samenleven_desktop.services.exchange import taking
from samenleven_desktop.services.workspace import open_workspace
from tests.builders import PASSPHRASE, TODAY

def work(path, pack):
    file = open_workspace(Path(path), Surroundings(day=TODAY), PASSPHRASE)
    say("begin")
    file.exchange.apply(Path(pack))
    say("+")
"""


@pytest.fixture
def killer() -> Iterator[Killer]:
    made = Killer(WORK)
    yield made
    made.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_a_pack_is_taken_over_whole_or_not_at_all(killer: Killer, work_file: WorkFile, tmp_path: Path) -> None:
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    one.take(two.give(one))
    work_hard(one)
    pack = one.give(two)
    before, after = two.digest, one.digest
    one.close()
    two.close()
    template = tmp_path / "template"
    shutil.copytree(two.folder, template)
    (said, whole) = killer.round(str(two.workspace.path), str(pack))
    assert said == ["begin", "+", "done"]
    chance, outcomes = random.Random(20261125), set[str]()
    for _ in range(ROUNDS):
        shutil.rmtree(two.folder)
        shutil.copytree(template, two.folder)
        said, _ = killer.round(str(two.workspace.path), str(pack), kill_after=chance.uniform(0, whole))
        assert not [words for words in said if words.startswith("!")], said
        found = reopened(two)
        try:
            state = "after" if found.digest == after else "before" if found.digest == before else "between"
            outcomes.add(state)
            assert state != "between"
            assert state == "after" or "+" not in said
            assert [one.code for one in found.workspace.check() if one.code != "backup"] == []
            found.take(pack)
            assert found.digest == after
        finally:
            found.close()
    assert "before" in outcomes


def work_hard(one: Colleague) -> None:
    """Enough that taking it over takes its time: new rows, edits and deletions."""
    mechelen = one.workspace.query(government_by_code, "12025").id
    commitment = min(line.id for line in one.workspace.query(list_commitments, 2, [mechelen]))
    with one.workspace._store.write(Step("many", kind="setup")) as unit:
        made = [
            unit.insert(FollowUpRow, government_id=mechelen, who="coach", what=f"afspraak {number}", due=TODAY)
            for number in range(1000)
        ]
        for number in range(1000):
            day = TODAY - timedelta(days=number % 150)
            unit.insert(KpiEntryRow, commitment_id=commitment, day=day, kind="increment", units=1, note=f"rij {number}")
    with one.workspace._store.write(Step("again", kind="setup")) as unit:
        for number, row_id in enumerate(made):
            if number % 10:
                unit.change(FollowUpRow, row_id, what=f"afspraak {number}, anders")
            else:
                unit.delete(FollowUpRow, row_id)
