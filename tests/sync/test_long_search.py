"""The long search goes on where it was stopped, and keeps what a part that failed said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools import long_search


def test_it_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    played: list[int] = []

    def run(parts: Iterator[int], _size: int, _jobs: int) -> Iterator[tuple[int, float, str]]:
        for part in parts:
            played.append(part)
            yield part, 1.0, "Falsifying example" if part == 1001 else ""
            if len(played) == 2:
                raise KeyboardInterrupt

    monkeypatch.setattr(long_search, "_run", run)
    state = tmp_path / "build" / "search.json"
    with pytest.raises(KeyboardInterrupt):
        long_search.search(40, 10, 2, state)
    assert long_search.search(40, 10, 2, state) == 1
    assert played == [1000, 1001, 1002, 1003]
    assert "Falsifying example" in capsys.readouterr().out
    assert json.loads(state.read_text())["held"] == {"1000": 1.0, "1002": 1.0, "1003": 1.0}
    with pytest.raises(SystemExit):
        long_search.search(40, 20, 2, state)


def test_a_part_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_search, "COMMAND", ("-c", "import sys; sys.exit('it broke')"))
    ((part, _, said),) = long_search._run(iter([7]), 1, 2)
    assert part == 7
    assert "it broke" in said
