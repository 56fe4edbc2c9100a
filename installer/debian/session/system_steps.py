"""The desktop around the window: keyring, screen savers, clipboard."""

from __future__ import annotations

import subprocess
import sys

from installer.debian.session.screen import CTRL, A, C, act, focus, is_on, run, said, soon
from installer.debian.session.trial import DAY, PAGES, WORK, Trial
from installer.trying import prove, until

SAVERS = ("org.xfce", "org.mate", "org.cinnamon", "org.gnome", "org.freedesktop")
KEEP = "Bewaar de sleutel in de sleutelbos"
# A screen saver: owns the name, and tells once a second that the screen went blank.
SAVER = """
import sys, dbus, dbus.service, dbus.mainloop.glib
from gi.repository import GLib
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
name = sys.argv[1] + ".ScreenSaver"
class Saver(dbus.service.Object):
    @dbus.service.signal(name, signature="b")
    def ActiveChanged(self, on):
        pass
bus = dbus.SessionBus()
own = dbus.service.BusName(name, bus)
saver = Saver(bus, "/" + name.replace(".", "/"))
GLib.timeout_add(1000, lambda: saver.ActiveChanged(True) or True)
GLib.MainLoop().run()
"""


def keyring(trial: Trial) -> str:
    """The keyring of the desktop keeps the key with one click, the file opens by itself, one click forgets it."""
    screen = trial.screen
    trial.page(9)
    box = screen.see(KEEP, "check box")
    prove(not is_on(box), "nothing is kept at first")
    act(box)
    screen.see("De sleutel is bewaard", "label")
    prove(is_on(screen.see(KEEP, "check box")), "the box tells it")
    screen.keep("keyring-kept")
    trial.close()
    trial.start("--today", DAY, "--store", str(WORK))
    trial.until_open()
    prove(screen.find("Wachtzin", "password text") is None, "no passphrase is asked")
    trial.front()
    trial.page(9)
    prove(is_on(screen.see(KEEP, "check box")), "the box tells it after a start")
    act(screen.see(KEEP, "check box"))
    screen.see("De sleutel is vergeten", "label")
    prove(not is_on(screen.see(KEEP, "check box")), "the box is empty")
    screen.keep("keyring-forgotten")
    trial.close()
    trial.open()
    return "kept, opened by itself, forgotten, asked again; locked, absent and hanging ones: tests/ui/test_keyring.py"


def savers(trial: Trial) -> str:
    """Each screen saver that tells it locks the file; the locked window shows nothing of it."""
    screen = trial.screen
    for name in SAVERS:
        trial.front()
        trial.page(2)
        saver = subprocess.Popen([sys.executable, "-c", SAVER, name])
        try:
            until(lambda: not trial.has_file_open(), f"{name} to lock the file", 30)
        finally:
            saver.kill()
            saver.wait()
        screen.see("Wachtzin", "password text")
        if name == SAVERS[0]:
            screen.keep("locked")
        left = [said(node) for node in screen.nodes(screen.program()) if node.get_role_name() == "push button"]
        prove(set(left) <= {"Openen", "Ander bestand ..."}, f"buttons on the locked window: {left}")
        trial.unlock()
        screen.see(PAGES[2], "label")
    return (
        f"{', '.join(SAVERS)}; each led back to the page; login1 and XScreenSaver: tests/ui/test_locking.py, "
        "tests/desktop/test_smoke.py"
    )


def clipboard(trial: Trial) -> str:
    """Ctrl+A and Ctrl+C in a list copy all of it, as text and as a table."""
    screen = trial.screen
    trial.page(2)

    def copied() -> bool:
        # The window may only now get the keyboard back from a dialog of the desktop.
        focus(screen.see("", "table"))
        screen.press(CTRL, A)
        screen.press(CTRL, C)
        return soon(lambda: "text/html" in screen.tool("xclip", "-o", "-selection", "clipboard", "-t", "TARGETS"), 3)

    until(copied, "a table on the clipboard")
    plain = run("xclip", "-o", "-selection", "clipboard", "-t", "UTF8_STRING").splitlines()
    html = run("xclip", "-o", "-selection", "clipboard", "-t", "text/html")
    prove(len(plain) > 5 and all("\t" in line for line in plain), f"{plain[:3]}")
    prove(html.count("<tr") == len(plain), f"{html.count('<tr')} rows for {len(plain)} lines")
    return f"{len(plain)} lines of {plain[0].count(chr(9)) + 1} columns; what is dropped: tests/ui/test_dropping.py"
