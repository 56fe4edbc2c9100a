"""Three colleagues who know each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import WorkFile
from tests.sync.colleagues import all_know, copy_of
from tests.sync.three_colleagues import People, with_officer


@pytest.fixture
def three(work_file: WorkFile, tmp_path: Path) -> Iterator[People]:
    """An author, who passes it on, and who gets it; all three know each other and have the same past."""
    names = ("schrijver", "doorgever", "lezer")
    people = tuple(with_officer(copy_of(work_file, tmp_path, name), f"coach {name}") for name in names)
    all_know(*people)
    for one in people:
        for other in people:
            if one is not other:
                other.take(one.give(other))
    yield people  # type: ignore[misc]
    for who in people:
        who.close()
