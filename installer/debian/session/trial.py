"""The desktop session of the trial and the installed program in it: start, unlock, pages, end."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from gi.repository import GLib

from installer.debian.session.screen import ALT, CTRL, ENTER, F4, A, Node, Screen, act, box_of, digit, run, soon
from installer.trying import Failed, prove, until

HOME = Path.home()
WORK, PRACTICE = HOME / "werk.samenlevendb", HOME / "oefen.oefendb"
# The day of the invented work.
DAY = "2024-03-11"
PAGES = {
    1: "Start",
    2: "Besturen",
    3: "Ondersteuning",
    4: "Aanbod",
    5: "Acties en KPI's",
    6: "Stimulansen",
    7: "Rapporten",
    8: "Uitwisselen",
    9: "Instellingen",
}
TITLE = "^Samenleven$"


class Trial:
    """What the steps share."""

    def __init__(self) -> None:
        self.screen = Screen()
        self.passphrase = os.environ["TRIAL_PASSPHRASE"]
        self.complaints = HOME / "complaints.txt"
        self._desktop: list[subprocess.Popen[bytes]] = []
        self._program: subprocess.Popen[bytes] | None = None

    # The desktop

    def start_desktop(self) -> None:
        """As a login does: the keyring opened with the passphrase of the login, then XFCE."""
        run("setxkbmap", "be")
        run("dbus-update-activation-environment", "--all")
        run("gnome-keyring-daemon", "--unlock", "--components=secrets", given="aanmelden")
        for name, value in (("/Net/ThemeName", "Adwaita"), ("/Gtk/FontName", "Sans 10")):
            run("xfconf-query", "-c", "xsettings", "-p", name, "-n", "-t", "string", "-s", value)
        log = (HOME / "session.txt").open("wb")
        self._desktop.append(subprocess.Popen(["xfce4-session"], stdout=log, stderr=log))
        until(lambda: "xfwm4" in self.manager().lower(), "the window manager")
        until(lambda: self.screen.tool("xdotool", "search", "--onlyvisible", "--class", "xfce4-panel"), "the panel")

    def manager(self) -> str:
        """The name of the window manager, as it tells the display."""
        told = self.screen.tool("xprop", "-root", "_NET_SUPPORTING_WM_CHECK").rpartition(" ")[2]
        return self.screen.tool("xprop", "-id", told, "_NET_WM_NAME") if told.startswith("0x") else ""

    def end_desktop(self) -> None:
        for one in self._desktop:
            one.terminate()
            one.wait(20)

    # The program

    def start(self, *words: str, more: dict[str, str] | None = None, wait: bool = True) -> subprocess.Popen[bytes]:
        """Starts the installed command."""
        environment = {**os.environ, **(more or {})}
        with self.complaints.open("ab") as out:
            started = subprocess.Popen(["/usr/bin/samenleven", *words], env=environment, stderr=out)
        if wait:
            self._program = started
            self.screen.wait_for(TITLE)
        return started

    def open(self, *words: str, more: dict[str, str] | None = None) -> None:
        """The work file in a fresh window."""
        self.close()
        self.start("--today", DAY, "--store", str(WORK), *words, more=more)
        self.unlock()

    def unlock(self) -> None:
        """Types the passphrase where it is asked for."""
        self.screen.see("Wachtzin", "password text")
        self.screen.type(self.passphrase)
        self.screen.press(ENTER)
        self.until_open()

    def until_open(self) -> None:
        until(self.has_file_open, "the work file to open")
        self.screen.see("Start|" + "|".join(PAGES.values()), "", 30)

    def has_file_open(self, file: Path = WORK) -> bool:
        """Whether the program holds the work file; a locked one it does not."""
        number = self.number()
        if number is None:
            return False
        try:
            return any(str(one.readlink()) == str(file) for one in Path(f"/proc/{number}/fd").iterdir())
        except OSError:  # ended or closed meanwhile
            return False

    def number(self) -> int | None:
        """The process of the window; one that ended and was not yet waited for is none."""
        found = subprocess.run(
            ["pgrep", "-o", "-x", "-r", "D,R,S,T", "samenleven"], capture_output=True, text=True, check=False
        )
        return int(found.stdout) if found.stdout.strip() else None

    def ready(self) -> None:
        """An open work file in a window in front, whatever the step before left."""
        if self.number() is None:
            self.open()
        elif not self.has_file_open():
            try:
                self.unlock()
            except (Failed, GLib.Error):
                self.open()
        self.front()
        for _ in range(3):
            if self.screen.find("", "dialog") is None:
                break
            self.screen.leave_dialog()
        self.close_notices()

    def close_notices(self) -> None:
        for _ in range(12):
            found = self.screen.find("Sluiten", "push button")
            if found is None:
                break
            # One that went meanwhile takes no press; the next look tells.
            act(found)

    def start_anew(self) -> None:
        """After a step that failed: no dialog of it stays, of the program or of the desktop."""
        for program in ("samenleven", "xdg-desktop-por"):
            subprocess.run(["pkill", "-KILL", program], check=False)
        until(lambda: self.number() is None, "the end of the program")
        self._program = None

    def front(self) -> None:
        window = self.screen.wait_for(TITLE)
        run("xdotool", "windowactivate", "--sync", window)

    def page(self, number: int) -> Node:
        """Goes to a page by its key, and waits for its title."""
        self.screen.press(CTRL, digit(number))
        return self.screen.see(PAGES[number], "label")

    def close(self) -> None:
        """By the window manager, as a person does."""
        number = self.number()
        if number is None:
            return
        if self.screen.windows(TITLE):
            self.front()
            self.screen.press(ALT, F4)
        if not soon(lambda: self.number() is None, 15):
            subprocess.run(["kill", "-KILL", str(number)], check=False)
            until(lambda: self.number() is None, "the end of the program")
        if self._program is not None:
            self._program.wait(10)
            self._program = None

    def place(self) -> tuple[int, int, int, int]:
        """Left, top, width and height of the window, without its frame."""
        return box_of(self.screen.see(TITLE, "frame"))

    def save_as(self, path: Path) -> None:
        """In the dialog of the desktop: the name is typed over the one that stands there."""
        path.unlink(missing_ok=True)
        window = self.file_dialog()
        run("xdotool", "windowactivate", "--sync", window)
        self.screen.press(CTRL, A)
        self.screen.type(str(path))
        self.screen.press(ENTER)
        until(lambda: window not in self.screen.windows("."), "the end of the dialog")

    def file_dialog(self) -> str:
        """The window of the portal; fails when there is none."""
        found: list[str] = []

        def look() -> bool:
            found[:] = self.screen.tool("xdotool", "search", "--onlyvisible", "--class", "xdg-desktop-portal").split()
            return bool(found)

        until(look, "the file dialog of the desktop")
        return found[-1]

    def no_fault(self) -> None:
        """The technical log knows of no unexpected fault."""
        log = HOME / ".local/state/Samenleven/log/samenleven.log"
        told = log.read_text() if log.exists() else ""
        prove("unexpected" not in told and "Traceback" not in told, told[-2000:])
