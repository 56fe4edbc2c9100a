"""What `make smoke` needs and does not find fails it; elsewhere such a test is skipped."""

from __future__ import annotations

import pytest

from tests.desktop.display import need


@pytest.mark.parametrize(("smoke", "outcome"), [("1", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_a_missing_program(monkeypatch: pytest.MonkeyPatch, smoke: str, outcome: type[BaseException]) -> None:
    monkeypatch.setenv("SAMENLEVEN_SMOKE", smoke)
    with pytest.raises(outcome, match="no-such-program"):
        need("sh", "no-such-program")
    need("sh")
