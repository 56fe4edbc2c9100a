"""The tokens hold the contrast the design asks for, in light and dark; fonts and pictures are those that are used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication

import samenleven_desktop
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.ui.preferences import Preferences
from samenleven_desktop.ui.screens.settings.screen import SettingsScreen
from samenleven_desktop.ui.theme import Theme, style, tabular, tokens
from samenleven_desktop.ui.theme.system import scale_of
from tests.pages.window import CTRL, WindowPage

ICONS = resources_dir() / "icons"
# Text roles on the surfaces they are drawn on: each pair has a contrast of 4.5 : 1 or more.
TEXT_PAIRS = (
    ("text", "background"),
    ("text", "surface"),
    ("text", "raised"),
    ("text", "hover"),
    ("text", "selection"),
    ("muted", "background"),
    ("muted", "surface"),
    ("muted", "selection"),
    ("muted", "raised"),
    ("muted", "hover"),
    ("muted", "neutral_tint"),
    ("text", "accent_tint"),
    ("text", "good_tint"),
    ("text", "attention_tint"),
    ("text", "bad_tint"),
    ("text", "neutral_tint"),
    ("accent_text", "surface"),
    ("accent_text", "background"),
    ("accent_text", "accent_tint"),
    ("accent_text", "good_tint"),
    ("accent_text", "attention_tint"),
    ("accent_text", "bad_tint"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_bad", "bad"),
    ("on_bad", "bad_hover"),
    ("on_mark", "mark"),
    ("good_text", "good_tint"),
    ("good_text", "surface"),
    ("attention_text", "attention_tint"),
    ("attention_text", "surface"),
    ("bad_text", "bad_tint"),
    ("bad_text", "surface"),
    ("bad_text", "background"),
)


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    lined = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * lined[0] + 0.7152 * lined[1] + 0.0722 * lined[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", tokens.THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(mode: str, text: str, ground: str) -> None:
    colors = tokens.THEMES[mode]
    assert contrast(colors[text], colors[ground]) >= 4.5


def test_both_themes_have_the_same_roles() -> None:
    assert all(colors.keys() == tokens.LIGHT.keys() for colors in tokens.THEMES.values())


@pytest.mark.parametrize("mode", ["light-contrast", "dark-contrast"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_more_contrast_is_more(mode: str, text: str, ground: str) -> None:
    colors = tokens.THEMES[mode]
    assert contrast(colors[text], colors[ground]) >= 7


def test_the_sheet_has_no_role_left_open() -> None:
    assert "$" not in style.build(tokens.LIGHT, resources_dir() / "icons")


def test_what_the_sheet_writes_on_is_held_to_the_contrast() -> None:
    """Every rule that names both a colour and a ground names a pair that the test above measures."""
    sheet = style.build({role: f"role-{role}" for role in tokens.LIGHT}, ICONS)
    pairs = set()
    for body in re.findall(r"{([^}]*)}", sheet):
        for before in ("", "selection-"):
            ground = re.search(rf"(?<![-\w]){before}background(?:-color)?: role-(\w+)", body)
            text = re.search(rf"(?<![-\w]){before}color: role-(\w+)", body)
            if ground and text:
                pairs.add((text[1], ground[1]))
    assert len(pairs) > 10
    assert pairs <= set(TEXT_PAIRS)


@pytest.mark.parametrize("mode", tokens.THEMES)
@pytest.mark.parametrize("ground", ["background", "surface", "raised"])
def test_the_focus_ring_stands_out(mode: str, ground: str) -> None:
    colors = tokens.THEMES[mode]
    assert contrast(colors["accent"], colors[ground]) >= 3


def test_colours_are_named_nowhere_else() -> None:
    ui = Path(samenleven_desktop.__file__).parent / "ui"
    named = [
        path.name
        for path in ui.rglob("*.py")
        if path.name != "tokens.py" and re.search(r"\"#[0-9A-Fa-f]{6}\"", path.read_text())
    ]
    assert named == []


def test_the_pictures_shipped_are_the_ones_used() -> None:
    source = "\n".join(path.read_text() for path in Path(samenleven_desktop.__file__).parent.rglob("*.py"))
    shipped = {path.stem for path in ICONS.glob("*.svg")}
    unused = {name for name in shipped if f'"{name}"' not in source and f'"{name}.svg"' not in source}
    assert unused == set()
    asked = set(re.findall(r"\b(?:icon|pixmap)\(\s*\"([a-z0-9-]+)\"", source))
    asked |= set(re.findall(r"EmptyState\(\s*[\w.]+,\s*\"([a-z0-9-]+)\"", source))
    assert asked <= shipped
    assert len(asked) > 5


def test_pictures_and_fonts_come_with_their_licences() -> None:
    assert "SIL OPEN FONT LICENSE" in (resources_dir() / "fonts" / "OFL.txt").read_text().upper()
    assert "ISC" in (ICONS / "LICENSE").read_text()


@pytest.mark.gui
def test_inter_is_loaded_and_figures_line_up(qapp: QApplication) -> None:
    Theme("light").apply(qapp)
    assert QFontInfo(qapp.font()).family() == "Inter"
    assert QFontInfo(qapp.font()).pixelSize() == tokens.BODY
    for weight in (QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold, QFont.Weight.Bold):
        font = tabular(qapp.font())
        font.setWeight(weight)
        assert QFontInfo(font).weight() == weight
        widths = {QFontMetrics(font).horizontalAdvance(digit * 10) for digit in "0123456789"}
        assert len(widths) == 1


@pytest.mark.gui
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_picture_takes_the_colour_of_its_role(qapp: QApplication, mode: str) -> None:
    theme = Theme(mode)
    picture = theme.pixmap("check", "good_text", 24)
    image = picture.toImage()
    assert picture.width() == round(24 * picture.devicePixelRatio())
    seen = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {theme.color("good_text").name()}


def test_every_size_of_the_sheet_goes_with_the_letters_but_the_lines() -> None:
    usual, large = (style.build(tokens.LIGHT, ICONS, scale) for scale in (1.0, 1.5))
    assert "font-size: 13px" in usual
    assert "font-size: 20px" in large
    assert usual.count("1px solid") == large.count("1px solid")


@pytest.mark.parametrize(("points", "scale"), [(9, 1.0), (10, 1.0), (11, 1.0), (14, 1.4), (40, 1.8), (-1, 1.0)])
def test_the_size_of_the_letters_of_the_desktop(points: float, scale: float) -> None:
    assert scale_of(points) == scale


@pytest.mark.gui
def test_another_look_leaves_what_is_typed(window: WindowPage) -> None:
    """Before, every page was built anew, and the window went to *Start*."""
    window.application.navigator.open_session(None, None)
    window.settle()
    window.session.fill(report="Een half verslag")
    entry = window.application.shell.sidebar.entry("offers")
    assert entry is not None
    before = entry.icon().pixmap(18, 18).toImage()
    window.application.change_theme("dark")
    window.settle()
    assert window.application.shell.current == "session"
    assert window.session.screen.ui.report.toPlainText() == "Een half verslag"
    assert window.application.theme.mode == "dark"
    assert entry.icon().pixmap(18, 18).toImage() != before
    window.application.change_theme("light")
    window.settle()


def test_the_text_becomes_larger_and_smaller_by_key_and_stays_so(window: WindowPage) -> None:
    application = window.application
    application.navigator.open_session(None, None)
    window.settle()
    window.session.fill(report="Een half verslag")
    before = window.session.screen.ui.report.font().pixelSize()
    for _ in range(2):
        window.press(Qt.Key.Key_Plus, CTRL)
    assert application.preferences.zoom == 125
    assert application.theme.scale == 1.25
    assert window.session.screen.ui.report.font().pixelSize() == round(before * 1.25)
    assert window.session.screen.ui.report.toPlainText() == "Een half verslag"
    window.press(Qt.Key.Key_Minus, CTRL)
    assert application.preferences.zoom == 110
    assert Preferences(application.preferences._path).zoom == 110
    for _ in range(12):
        window.press(Qt.Key.Key_Plus, CTRL)
    assert application.preferences.zoom == 200
    for _ in range(12):
        window.press(Qt.Key.Key_Minus, CTRL)
    assert application.preferences.zoom == 80
    window.press(Qt.Key.Key_0, CTRL)
    assert (application.preferences.zoom, application.theme.scale) == (100, 1.0)


def test_the_size_of_the_text_is_chosen_in_the_settings(window: WindowPage) -> None:
    window.application.navigator.open_page("settings")
    window.settle()
    screen = window.application.shell.page("settings")
    assert isinstance(screen, SettingsScreen)
    assert screen.zoom.currentText() == "100 %"
    screen.zoom.setCurrentIndex(screen.zoom.findData(150))
    screen.zoom.activated.emit(screen.zoom.currentIndex())
    window.settle()
    assert window.application.theme.scale == 1.5
    window.press(Qt.Key.Key_0, CTRL)
    assert screen.zoom.currentText() == "100 %"
