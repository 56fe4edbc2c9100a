"""The process is killed fifty times while it takes over a pack: the file is as before or as after, never between."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.storage.models import FollowUpRow, KpiEntryRow
from samenleven_desktop.storage.unit_of_work import Step
from tests.builders import TODAY, WorkFile
from tests.journeys.test_killed_at_random import Server, kills, pytestmark, server
from tests.journeys.victim import PACK
from tests.sync.colleagues import Colleague, all_know, copy_of, reopened

__all__ = ["pytestmark", "server"]

KILLS = 50


@pytest.mark.timeout(900)
def test_a_pack_is_taken_over_whole_or_not_at_all(server: Server, work_file: WorkFile, tmp_path: Path) -> None:
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    one.take(two.give(one))
    work_hard(one)
    one.give(two).rename(two.folder / PACK)
    before, after = two.digest, one.digest
    one.close()
    two.close()
    template = tmp_path / "template"
    shutil.copytree(two.folder, template)
    first = server.to_the_end(two.workspace.path, "apply")
    rounds, found = [first], {state(two, before, after)}
    restore(two.folder, template)
    for kill in kills(server, two.workspace.path, "apply", first, KILLS):
        rounds.append(kill)
        found.add(state(two, before, after))
        assert "between" not in found
        assert "after" in found or "applied" not in kill.said
        restore(two.folder, template)
    assert found == {"before", "after"}
    assert any(one.cut for one in rounds)


def restore(folder: Path, template: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(template, folder)


def state(two: Colleague, before: str, after: str) -> str:
    """Which of the two the file is; it is sound, and what was not taken over can be."""
    found = reopened(two)
    try:
        digest = found.digest
        assert [one.code for one in check_health(found.workspace) if one.code != "backup"] == []
        if digest == before:
            found.take(two.folder / PACK)
            assert found.digest == after
    finally:
        found.close()
    return {before: "before", after: "after"}.get(digest, "between")


def work_hard(one: Colleague) -> None:
    """Enough that taking it over takes its time: new rows, edits and deletions."""
    mechelen = one.workspace.query(government_by_code, "12025").id
    commitment = min(line.id for line in one.workspace.query(list_commitments, 2, [mechelen]))
    with one.workspace.store.write(Step("many", kind="setup")) as unit:
        made = [
            unit.insert(FollowUpRow, government_id=mechelen, who="coach", what=f"afspraak {number}", due=TODAY)
            for number in range(300)
        ]
        for number in range(300):
            day = TODAY - timedelta(days=number % 150)
            unit.insert(KpiEntryRow, commitment_id=commitment, day=day, kind="increment", units=1, note=f"rij {number}")
    with one.workspace.store.write(Step("again", kind="setup")) as unit:
        for number, row_id in enumerate(made):
            if number % 10:
                unit.change(FollowUpRow, row_id, what=f"afspraak {number}, anders")
            else:
                unit.delete(FollowUpRow, row_id)
