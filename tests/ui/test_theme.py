"""The tokens hold the contrast the design asks for, in light and dark."""

from __future__ import annotations

import pytest

from samenleven_desktop.paths import resources_dir
from samenleven_desktop.ui.theme import style, tokens


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    lined = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * lined[0] + 0.7152 * lined[1] + 0.0722 * lined[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), tokens.TEXT_PAIRS)
def test_text_can_be_read(mode: str, text: str, ground: str) -> None:
    colors = tokens.THEMES[mode]
    assert contrast(colors[text], colors[ground]) >= 4.5


def test_both_themes_have_the_same_roles() -> None:
    assert tokens.LIGHT.keys() == tokens.DARK.keys()


def test_the_sheet_has_no_role_left_open() -> None:
    assert "$" not in style.build(tokens.LIGHT, resources_dir() / "icons")


def test_each_picture_and_font_is_there_with_its_licence() -> None:
    assert (resources_dir() / "fonts" / "OFL.txt").exists()
    assert (resources_dir() / "icons" / "LICENSE").exists()
