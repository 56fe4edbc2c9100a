"""Every shortcut answers to its physical key on the keyboards that coaches have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desktop.display import Display
from tests.desktop.pressing import LAYOUTS

pytestmark = pytest.mark.desktop


@pytest.fixture(scope="module")
def pressed(
    display: Display, filled_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, object]]:
    folder = tmp_path_factory.mktemp("keys")
    for ending in ("", ".key"):
        (folder / f"oefen.oefendb{ending}").write_bytes(Path(f"{filled_template}{ending}").read_bytes())
    out = folder / "pressed.json"
    display.run("tests.desktop.pressing", str(folder / "oefen.oefendb"), str(out), seconds=280)
    found: list[dict[str, object]] = json.loads(out.read_text())
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_shortcut_answers(pressed: list[dict[str, object]], layout: str) -> None:
    rows = [row for row in pressed if row["layout"] == layout]
    assert len(rows) > 60
    assert [row for row in rows if row["heard"] != [row["keys"]]] == []


def test_the_digits_are_among_them(pressed: list[dict[str, object]]) -> None:
    wanted = {f"Ctrl+{number}" for number in range(10)} | {f"Alt+{number}" for number in range(1, 9)}
    assert wanted <= {row["keys"] for row in pressed}
