"""How many changes no colleague got yet: counted by their place in the log, whatever the clock said."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.services.safekeeping.workspace_file import file_facts
from tests.builders import TODAY, WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of, newcomer
from tests.sync.test_exchange import edit

NOW, LEAP, AGO = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2031, 5, 1, tzinfo=UTC), datetime(1970, 1, 2, tzinfo=UTC)


def not_exchanged(one: Colleague) -> int:
    return file_facts(one.workspace).changes_not_exchanged


@pytest.mark.slow
@pytest.mark.parametrize("at_the_pack", [NOW, LEAP, AGO], ids=["right", "2031", "1970"])
def test_what_is_not_exchanged_is_counted_without_the_clock(
    work_file: WorkFile, tmp_path: Path, at_the_pack: datetime
) -> None:
    clock = [NOW]
    one = copy_of(work_file, tmp_path, "one", Runtime(now=lambda: clock[0], day=TODAY))
    two = newcomer(tmp_path, "two")
    all_know(one, two)
    edit(one, "note", "voor het bestand")
    before = not_exchanged(one)
    assert before > 0
    one.give(two, profile=Profile.NUMBERS)
    assert not_exchanged(one) == before, "team numbers hold no changes"
    clock[0] = at_the_pack
    one.give(two)
    assert not_exchanged(one) == 0
    clock[0] = NOW
    edit(one, "note", "na het bestand")
    assert not_exchanged(one) == 1
    one.give(two)
    assert not_exchanged(one) == 0
    one.close()
    two.close()
