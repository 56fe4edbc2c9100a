"""The window on the desktop: every page by its key, the agenda, the look of the desktop, and small things."""

from __future__ import annotations

import re
import subprocess

from PIL import Image

from installer.debian.session.screen import (
    ALT,
    CTRL,
    ENTER,
    F10,
    KEYPAD,
    NUM_LOCK,
    SHIFT,
    TAB,
    UP,
    E,
    box_of,
    content,
    digit,
    run,
    said,
)
from installer.debian.session.trial import HOME, PAGES, PRACTICE, TITLE, Trial
from installer.trying import prove, until

# The parts of a page, by Alt and a digit: page, part, what only that part shows.
PARTS = {3: 5, 4: 3, 8: 5}
SIZES = ("1366x768", "1920x1080")
# The times of 1366 x 768, which the display does not know by itself.
MODE_LINE = "85.25 1366 1440 1576 1784 768 771 781 798"
FAULT = "Er ging iets mis"


def pages_by_key(trial: Trial) -> str:
    """Every page opens by Ctrl and its digit on an AZERTY keyboard, in the top row and on the keypad."""
    prove("be" in run("setxkbmap", "-query").split(), "the keyboard is Belgian")
    screen = trial.screen
    for number in (*range(2, 10), 1):
        trial.page(number)
        prove(screen.find(FAULT) is None, f"{PAGES[number]}: {screen.told()}")
        screen.keep(f"page-{number}")
    run("xdotool", "key", str(NUM_LOCK))
    for number in (2, 9, 1):
        screen.press(CTRL, KEYPAD[number])
        screen.see(PAGES[number], "label")
    run("xdotool", "key", str(NUM_LOCK))
    return "9 pages in the top row, 3 of them on the keypad too; all keys in five layouts: tests/desktop/test_keys.py"


def parts_by_key(trial: Trial) -> str:
    """Every part of a page opens by Alt and its digit, and no page has a fault."""
    screen, opened = trial.screen, 0
    for page, number in PARTS.items():
        trial.page(page)
        seen: set[str] = set()
        for part in range(1, number + 1):
            screen.press(ALT, digit(part))
            until(lambda seen=seen: selected(trial) not in (*seen, ""), f"part {part} of {PAGES[page]}")
            seen.add(selected(trial))
            prove(screen.find(FAULT) is None, f"{PAGES[page]} {part}: {screen.told()}")
            screen.keep(f"page-{page}-part-{part}")
            opened += 1
    return f"{opened} parts"


def selected(trial: Trial) -> str:
    """The tab that is chosen on the page in front."""
    from gi.repository import Atspi

    for node in trial.screen.nodes(trial.screen.program()):
        if node.get_role_name() == "page tab" and node.get_state_set().contains(Atspi.StateType.SELECTED):
            return said(node)
    return ""


def agenda(trial: Trial) -> str:
    """The agenda opens, and its calendar file holds appointments."""
    screen = trial.screen
    trial.page(3)
    screen.press(ALT, digit(2))
    screen.see("Naar agenda", "push button")
    prove(screen.find(FAULT) is None, screen.told())
    screen.keep("agenda")
    target = HOME / "agenda.ics"
    screen.click("Naar agenda")
    trial.save_as(target)
    screen.click("Bewaren")
    until(lambda: target.exists() and "END:VCALENDAR" in target.read_text(), "the calendar file")
    events = target.read_text().count("BEGIN:VEVENT")
    prove(events > 5, f"{events} appointments")
    return f"{events} appointments"


def dialogs(trial: Trial) -> str:
    """The dialogs that a coach meets open on the screen."""
    screen = trial.screen
    trial.page(1)
    screen.press(F10)
    heard = screen.heard(lambda: screen.press(UP), "Over dit programma")
    screen.keep("menu")
    prove("Over dit programma" in heard, f"the last line of the menu: {heard}")
    screen.press(ENTER)
    screen.see("Licenties|Onderdelen|.*EUPL", "")
    screen.keep("about")
    screen.leave_dialog()
    for page, button, seen in (
        (2, "Nieuw samenwerkingsverband", "Bewaren"),
        (8, "Bestand maken", "Annuleren"),
        (8, "Overdragen", "Annuleren"),
        (9, "Alle gegevens als bestand", "Plaats kiezen"),
    ):
        trial.page(page)
        screen.click(button)
        screen.see(seen, "push button")
        screen.keep(f"dialog-{page}-{re.sub('[^a-z]+', '-', button.lower())}")
        screen.leave_dialog()
    return "menu and four dialogs; all of them by every_page of `make test-installer-deb` and tests/ui/every_dialog.py"


def look(trial: Trial) -> str:
    """Dark, larger letters and more contrast of the desktop are followed while the window is open."""
    seen: dict[str, float] = {}
    trial.page(3)
    light, small = ground(trial), height(trial)
    prove(light > 180, f"the window is light at first: {light}")
    try:
        theme("Adwaita-dark")
        until(lambda: ground(trial) < 90, "a dark window")
        seen["dark"] = ground(trial)
        pictures(trial, "dark")
        letters("Sans 14")
        until(lambda: height(trial) > small * 1.15, "larger letters")
        seen["14 pt"] = round(height(trial) / small, 2)
        pictures(trial, "dark-14pt")
        theme("HighContrast")
        until(lambda: ground(trial) > 230, "a window with more contrast")
        pictures(trial, "contrast-14pt")
    finally:
        theme("Adwaita")
        letters("Sans 10")
    until(lambda: ground(trial) > 180 and height(trial) == small, "the look of before")
    trial.close()
    theme("Adwaita-dark")
    try:
        trial.open()
        until(lambda: ground(trial) < 90, "a dark window from the start")
    finally:
        theme("Adwaita")
    until(lambda: ground(trial) > 180, "a light window")
    return f"live and at the start: {seen}"


def theme(name: str) -> None:
    run("xfconf-query", "-c", "xsettings", "-p", "/Net/ThemeName", "-n", "-t", "string", "-s", name)


def letters(name: str) -> None:
    run("xfconf-query", "-c", "xsettings", "-p", "/Gtk/FontName", "-n", "-t", "string", "-s", name)


def ground(trial: Trial) -> float:
    """How light the window is: the middle one of its points, 0 to 255."""
    path = HOME / "ground.png"
    run("scrot", "--overwrite", str(path))
    left, top, width, height_ = trial.place()
    with Image.open(path) as image:
        points = image.crop((left, top, left + width, top + height_)).convert("L").resize((64, 64)).tobytes()
    return float(sorted(points)[len(points) // 2])


def height(trial: Trial) -> int:
    """Of a button, which has the size of the letters."""
    return box_of(trial.screen.see("Sessie registreren", "push button"))[3]


def pictures(trial: Trial, name: str) -> None:
    for page in (1, 2, 7, 9):
        trial.page(page)
        trial.screen.keep(f"{name}-page-{page}")
    trial.page(7)
    trial.screen.click("Afdrukken")
    trial.screen.see("Exemplaren|Naar een PDF", "")
    trial.screen.keep(f"{name}-print")
    trial.screen.leave_dialog()
    trial.page(3)


def sizes(trial: Trial) -> str:
    """Pages and dialogs fit at 1366 x 768 and at 1920 x 1080, also when the size changes while the window is open."""
    screen = trial.screen
    try:
        for size in SIZES:
            width, height_ = map(int, size.split("x"))
            set_size(trial, size)
            trial.front()
            for page in PAGES:
                trial.page(page)
                left, top, wide, high = trial.place()
                prove(left + wide <= width and top + high <= height_, f"{PAGES[page]} at {size}: {trial.place()}")
                screen.keep(f"{size}-page-{page}")
            trial.page(7)
            screen.click("Afdrukken")
            screen.see("Exemplaren", "")
            left, top, wide, high = box_of(screen.see("Afdrukken", "dialog"))
            prove(top >= 0 and left + wide <= width and top + high <= height_, f"the print dialog at {size}")
            screen.keep(f"{size}-print")
            screen.leave_dialog()
    finally:
        set_size(trial, SIZES[-1])
    return ", ".join(SIZES)


def set_size(trial: Trial, size: str) -> None:
    """Another resolution, while the desktop runs."""
    if size not in trial.screen.tool("xrandr"):
        run("xrandr", "--newmode", size, *MODE_LINE.split())
        run("xrandr", "--addmode", "VNC-0", size)
    run("xrandr", "--output", "VNC-0", "--mode", size)
    until(lambda: size in run("xdpyinfo"), f"a screen of {size}")


def small_things(trial: Trial) -> str:
    """An error stands free, a notice leaves no gap, amounts are whole."""
    screen = trial.screen
    trial.page(7)
    field = screen.see("Van$", "text")
    before = content(field)
    screen.fill(field, "geen dag")
    screen.press(TAB)
    wrong = screen.see(".*(datum|dag).*", "label")
    words = said(wrong)
    error, editor = box_of(wrong), box_of(screen.see("Van$", "text"))
    screen.keep("error-under-van")
    prove(error[1] >= editor[1] + editor[3] or error[1] + error[3] <= editor[1], f"{words}: {error} over {editor}")
    screen.fill(screen.see("Van$", "text"), before)
    trial.page(1)
    top = box_of(screen.see("Start$", "label"))[1]
    target = HOME / "lijst.csv"
    trial.page(2)
    screen.press(CTRL, SHIFT, E)
    trial.save_as(target)
    screen.see("Bewaard als", "label")
    # The bus may tell of the label of a notice before it tells of its button.
    screen.click("Sluiten")
    screen.gone("Bewaard als", "label")
    trial.page(1)
    until(lambda: box_of(screen.see("Start$", "label"))[1] <= top, "no gap above the page")
    screen.keep("after-notices")
    return "error below its field, no gap; whole amounts: tests/ui/test_widgets.py"


def practice_mark(trial: Trial) -> str:
    """At 150 % on 1366 x 768 the mark of a practice file is whole."""
    screen = trial.screen
    trial.close()
    set_size(trial, SIZES[0])
    try:
        trial.start("--store", str(PRACTICE), more={"QT_SCALE_FACTOR": "1.5"})
        mark = screen.see("Oefenbestand", "label")
        left, _, width, _ = box_of(mark)
        prove(left >= 0 and left + width <= 1366, f"{said(mark)}: {left} {width}")
        screen.keep("practice-mark-150")
        told = said(mark)
        trial.close()
    finally:
        set_size(trial, SIZES[-1])
    return told


def hanging(trial: Trial) -> str:
    """A second start beside a window that hangs says so in a box."""
    screen, number = trial.screen, trial.number()
    subprocess.run(["kill", "-STOP", str(number)], check=True)
    try:
        second = trial.start(wait=False)
        until(lambda: len(screen.windows(TITLE)) > 1, "the box that tells it", 40)
        screen.keep("second-start-while-hanging")
        run("xdotool", "windowactivate", "--sync", screen.windows(TITLE)[-1], "key", "Return")
        prove(second.wait(30) == 3, "the second start ends")
    finally:
        subprocess.run(["kill", "-CONT", str(number)], check=True)
    trial.front()
    return "told in a window of its own"
