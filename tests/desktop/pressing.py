"""Presses every shortcut of the real window by physical key, under one keyboard layout after the other.

Run by `test_keys` in a process of its own; writes a JSON list of what was pressed and what answered.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from samenleven_desktop.services.governments.queries import list_governments
from samenleven_desktop.ui.app import Application
from samenleven_desktop.ui.first_window import Opening
from samenleven_desktop.ui.preferences import Preferences

LAYOUTS = {"us": "us", "us-intl": "us -variant intl", "be": "be", "fr": "fr", "de": "de"}
MODIFIERS = {"Ctrl": 37, "Shift": 50, "Alt": 64}
NAMED = {
    "Return": 36,
    "Enter": 104,
    "Del": 119,
    "F1": 67,
    "F2": 68,
    "F10": 76,
    "Esc": 9,
    "Tab": 23,
    "Space": 65,
    "PgUp": 112,
    "PgDown": 117,
    "Home": 110,
    "End": 115,
    "Left": 113,
    "Right": 114,
    "Up": 111,
    "Down": 116,
    "Ins": 118,
    "Backspace": 22,
}
TOP_ROW = {str(number % 10): 9 + number for number in range(1, 11)}
KEYPAD = dict(zip("0123456789+-", (90, 87, 88, 89, 83, 84, 85, 79, 80, 81, 86, 82), strict=True))
SIGNS = {"plus": "+", "minus": "-", "equal": "=", "slash": "/"}
"""Their keys differ by keyboard, and some need Shift."""
NUM_LOCK = 77
IN_LISTS = ("Ctrl+D", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+A", "F2", "Ctrl+S")
# Seconds until a key counts as unheard; a busy machine takes its time.
_LONGEST_WAIT = 10
"""Keys that widgets read themselves."""


NEAR = (Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut)
"""Shortcuts that need the keyboard in or inside their widget."""


def focus(owner: QWidget) -> None:
    inside = [
        one for one in owner.findChildren(QWidget) if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    target = owner if owner.focusPolicy() != Qt.FocusPolicy.NoFocus or not inside else inside[0]
    target.setFocus()
    until(target.hasFocus, 2)


class Press:
    """The keyboard of the display."""

    def __init__(self, layout: str) -> None:
        subprocess.run(["setxkbmap", *LAYOUTS[layout].split()], check=True)
        self._codes: dict[str, int] = {}
        self._signs: dict[str, tuple[int, bool]] = {}
        for line in subprocess.run(["xmodmap", "-pke"], check=True, capture_output=True, text=True).stdout.splitlines():
            words = line.split()
            if len(words) > 3 and len(words[3]) == 1 and words[3].isalpha():
                self._codes.setdefault(words[3].upper(), int(words[1]))
            for shifted, name in enumerate(words[3:5]):
                if name in SIGNS:
                    self._signs.setdefault(SIGNS[name], (int(words[1]), bool(shifted)))

    def places(self, keys: str) -> Iterator[tuple[str, int]]:
        """Where the last key of a shortcut is on this keyboard: one place, or two for a digit or a sign."""
        last = last_key(keys)
        if last in TOP_ROW:
            yield "top row", TOP_ROW[last]
        elif last in self._signs:
            yield "", self._signs[last][0]
        else:
            yield "", NAMED.get(last) or self._codes[last]
        if last in KEYPAD:
            yield "keypad", KEYPAD[last]

    def key(self, keys: str, code: int) -> None:
        last = last_key(keys)
        names = keys.removesuffix(last).rstrip("+").split("+")
        # A sign that needs Shift; and a digit whose key carries the minus, as 6 on a French keyboard: without Shift it
        # is the sign (decision 21).
        if self._signs.get(last) == (code, True) or (last in TOP_ROW and (code, False) in self._signs.values()):
            names.append("Shift")
        held = [str(MODIFIERS[one]) for one in names if one]
        # Held by key code too; a code below 10 would be read as a character.
        downs = [word for one in held for word in ("keydown", one)]
        ups = [word for one in reversed(held) for word in ("keyup", one)]
        subprocess.run(["xdotool", *downs, "key", str(code), *ups], check=True)


def last_key(keys: str) -> str:
    """The key itself, without what is held: `+` of Ctrl++."""
    return "+" if keys.endswith("++") else keys.split("+")[-1]


def until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    return condition()


class Recorder:
    """Stands in for what the shortcuts do; knows which one answered."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def take(self, shortcut: QShortcut) -> None:
        name = shortcut.key().toString()
        shortcut.activated.disconnect()
        shortcut.activated.connect(lambda: self.heard.append(name))
        shortcut.activatedAmbiguously.connect(lambda: self.heard.append(f"{name} twice"))


class Reader(QWidget):
    """A widget that reads keys itself, as grids do."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.heard: list[str] = []

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt):
            self.heard.append(QKeySequence(event.keyCombination()).toString())


def visible(application: Application) -> list[QShortcut]:
    found = application.shell.findChildren(QShortcut)
    return [one for one in found if one.isEnabled() and owner_of(one).isVisible()]


def owner_of(shortcut: QShortcut) -> QWidget:
    owner = shortcut.parent()
    assert isinstance(owner, QWidget)
    return owner


def places(application: Application) -> Iterator[str]:
    """Every page, and every part of it."""
    shell = application.shell
    workspace = application.runner.workspace
    assert workspace is not None
    government = workspace.query(list_governments)[0].id
    for key in list(shell.factories):
        if key == "dossier":
            application.navigator.open_dossier(government)
        elif key == "session":
            application.navigator.open_session(None, government)
        else:
            shell.show_page(key)
        until(lambda: application.runner.idle, 15)
        page: Any = shell.page(key)
        tabs = getattr(getattr(page, "ui", page), "tabs", None)
        for number in range(tabs.count() if tabs is not None else 1):
            if tabs is not None:
                tabs.setCurrentIndex(number)
                until(lambda: application.runner.idle, 15)
            yield f"{key} {number + 1}"


def press_all(application: Application) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    recorder = Recorder()
    for place in places(application):
        fresh = [one for one in visible(application) if not one.property("pressed")]
        for shortcut in fresh:
            recorder.take(shortcut)
        for layout in LAYOUTS if fresh else ():
            keyboard = Press(layout)
            until(lambda: False, 0.3)
            for shortcut in fresh:
                keys, owner = shortcut.key().toString(), owner_of(shortcut)
                shortcut.setProperty("pressed", True)
                if shortcut.context() in NEAR:
                    focus(owner)
                for where, code in keyboard.places(keys):
                    recorder.heard.clear()
                    keyboard.key(keys, code)
                    until(lambda: bool(recorder.heard), _LONGEST_WAIT)
                    found.append(
                        {"place": place, "keys": keys, "where": where, "layout": layout, "heard": list(recorder.heard)}
                    )
    return found


def press_in_lists() -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    reader = Reader()
    reader.show()
    reader.activateWindow()
    reader.setFocus()
    assert until(lambda: reader.hasFocus() and reader.isActiveWindow(), 10)
    for layout in LAYOUTS:
        keyboard = Press(layout)
        until(lambda: False, 0.3)
        for keys in IN_LISTS:
            for where, code in keyboard.places(keys):
                reader.heard.clear()
                keyboard.key(keys, code)
                until(lambda: bool(reader.heard), _LONGEST_WAIT)
                found.append(
                    {"place": "list", "keys": keys, "where": where, "layout": layout, "heard": list(reader.heard)}
                )
    reader.close()
    return found


def main() -> None:
    qt = QApplication(sys.argv[:1])
    qt.setQuitOnLastWindowClosed(False)
    application = Application(Preferences(), Opening(Path(sys.argv[1]), "nl", None, None, "light"))
    ready: list[bool] = []
    application.ready.connect(lambda: ready.append(True))
    application.start()
    assert until(lambda: bool(ready) and application.runner.idle, 60)
    application.shell.activateWindow()
    assert until(application.shell.isActiveWindow, 10)
    subprocess.run(["xdotool", "key", str(NUM_LOCK)], check=True)
    found = press_all(application)
    finished: list[bool] = []
    application.finished.connect(lambda: finished.append(True))
    application.close()
    until(lambda: bool(finished), 20)
    Path(sys.argv[2]).write_text(json.dumps(found + press_in_lists()), encoding="utf-8")


if __name__ == "__main__":
    main()
