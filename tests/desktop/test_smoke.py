"""The program on a real screen: start, unlock, every page, lock by signal, unlock, close by the window manager."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageColor

from samenleven_desktop.ui.theme.tokens import LIGHT
from tests.builders import WorkFile
from tests.desktop.desk import ENTER, F4, PICTURES, Desk, Program, desk, digit, same, until

pytestmark = pytest.mark.desktop
PAGES = (2, 3, 4, 5, 6, 7, 8, 9, 1)
SAVER = "org.freedesktop.ScreenSaver"
MANAGER = "org.freedesktop.login1"
# A page with text on it has hundreds of colours, an empty window some tens.
_LEAST_COLOURS = 200
ACCENT = ImageColor.getrgb(LIGHT["accent"])


@pytest.fixture
def own_desk(tmp_path: Path) -> Iterator[Desk]:
    for program in ("Xvfb", "openbox", "xdotool", "setxkbmap", "dbus-daemon"):
        assert shutil.which(program), f"{program} is missing: python installer/bootstrap.py --tests"
    with desk(tmp_path) as made:
        yield made


def unlock(own_desk: Desk, program: Program, passphrase: str) -> Image.Image:
    """Types the passphrase where the window asks for it; gives what it shows then."""
    until(lambda: has_button(own_desk.screen()), "the button that opens")
    asking = own_desk.next_picture(None, "the question for the passphrase")
    own_desk.type(passphrase)
    own_desk.press(ENTER)
    until(program.has_file_open, "the work file to open")
    return own_desk.next_picture(asking, "the first page")


def has_button(picture: Image.Image) -> bool:
    """Whether a primary button stands on the screen; the window that is still opening has none."""
    return sum(number for number, colour in picture.getcolors(1 << 24) or [] if colour == ACCENT) > 1000


def lock_by(own_desk: Desk, program: Program, *signal: str) -> None:
    """Sends the signal until the file is closed: nothing outside tells when the program began to listen."""

    def locked() -> bool:
        own_desk.send_signal(*signal)
        return not program.has_file_open()

    until(locked, f"{signal[0]} to lock the file")


def keep(name: str, picture: Image.Image) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture.save(PICTURES / f"{name}.png")
    assert len(picture.getcolors(1 << 24) or []) > _LEAST_COLOURS, f"{name} shows nothing"


@pytest.mark.parametrize("layout", ["us", "be"])
def test_the_program_on_a_desktop(own_desk: Desk, work_file: WorkFile, layout: str) -> None:
    own_desk.use_layout(layout)
    program = own_desk.start(work_file.path)
    try:
        own_desk.wait_for_window()
        assert not program.has_file_open()
        shown = unlock(own_desk, program, work_file.passphrase)
        seen: dict[int, Image.Image] = {}
        for number in PAGES:
            own_desk.press("ctrl", digit(number))
            shown = own_desk.next_picture(shown, f"page {number}")
            keep(f"{layout}-page-{number}", shown)
            alike = [other for other, picture in seen.items() if same(picture, shown)]
            assert not alike, f"page {number} looks like page {alike}"
            seen[number] = shown

        own_desk.send_signal(SAVER, "/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged", "false")
        lock_by(own_desk, program, SAVER, "/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged", "true")
        keep(f"{layout}-locked", own_desk.next_picture(shown, "the question for the passphrase"))
        unlock(own_desk, program, work_file.passphrase)
        lock_by(own_desk, program, MANAGER, "/org/freedesktop/login1/session/_31", f"{MANAGER}.Session", "Lock")
        unlock(own_desk, program, work_file.passphrase)

        own_desk.press("alt", F4)
        assert program.wait() == 0
    finally:
        program.end()
    assert program.complaints() == ""
    assert "unexpected" not in own_desk.log()
    assert " ERROR " not in own_desk.log()
