"""Rows under a plan that the receiver lacks wait, say for which plan, and come in when it is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samenleven_desktop.i18n.exchange_labels import brought_text, waiting_sentence
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.services.exchange.pack_facts import pack_facts
from samenleven_desktop.services.exchange.received_packs import list_waiting
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.plans.stored_plans import load_plan
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from tests.builders import WorkFile
from tests.several_plans import add_work, take_in_use
from tests.sync.colleagues import Colleague, all_know, copy_of
from tests.sync.forging import opened


@pytest.fixture
def pair(work_file: WorkFile, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague]]:
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    yield one, two
    one.close()
    two.close()


def without_plans(one: Colleague, two: Colleague) -> Path:
    """A pack of a program that put no plans in it."""
    path = one.give(two)
    inside = opened(path, two)
    assert inside.body.pop("plan_versions")
    return inside.close(one, path, two)


@pytest.mark.slow
def test_waiting_rows_name_their_plan_and_come_in_with_it(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    (plan,) = take_in_use(one.workspace, "two-years")
    add_work(one.workspace, plan, one.workspace.query(government_by_code, "12025").id, 0)
    pack = without_plans(one, two)
    assert pack_facts(two.workspace, pack).plans_lacking == (plan.name,)
    got = two.take(pack)
    assert got.waiting
    assert two.digest != one.digest
    for line in two.workspace.query(list_waiting):
        if line.needs_plan:
            assert plan.name in waiting_sentence(Language("nl"), line)
    assert any(line.needs_plan for line in two.workspace.query(list_waiting))
    before = two.digest
    again = two.take(pack)
    assert (again.changes, again.new, again.changed, again.deleted) == (0, 0, 0, 0)
    assert "niets nieuws" in brought_text(Language("nl"), again)
    assert two.digest == before
    load_plan(two.workspace, plan)
    assert two.workspace.query(list_waiting) == []
    assert two.digest == one.digest
    assert check_health(two.workspace) == []
    assert pack_facts(two.workspace, pack).plans_lacking == ()
    last = two.take(pack)
    assert (last.new, last.changed, last.deleted, last.waiting) == (0, 0, 0, ())


@pytest.mark.slow
def test_what_a_second_application_says_is_what_it_did(
    pair: tuple[Colleague, Colleague], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that were still waiting, as in a file of the earlier version, come in with the second application."""
    from samenleven_desktop.services.plans import stored_plans

    one, two = pair
    (plan,) = take_in_use(one.workspace, "two-years")
    add_work(one.workspace, plan, one.workspace.query(government_by_code, "12025").id, 0)
    pack = without_plans(one, two)
    two.take(pack)
    monkeypatch.setattr(stored_plans.forward_compatibility, "take_waiting_in", lambda *_: None)
    load_plan(two.workspace, plan)
    before = two.digest
    again = two.take(pack)
    assert again.new > 0
    assert two.digest != before
    assert two.digest == one.digest
    assert "niets nieuws" not in brought_text(Language("nl"), again)
