"""Reads and works the desktop as a person does: keys by their place, what screen readers hear, pictures.

Runs in the session, with the Python and the libraries of that Debian; holds nothing of the program.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from installer.trying import Display, Failed, prove, until  # noqa: E402

PICTURES = Path.home() / "pictures"
ENTER, TAB, F4, F10 = 36, 23, 70, 76
# By its name: a number below 10 would be read as a digit.
ESCAPE = "Escape"
CTRL, SHIFT, ALT = 37, 50, 64
KEYPAD = dict(zip(range(1, 10), (87, 88, 89, 83, 84, 85, 79, 80, 81), strict=True))
NUM_LOCK, MENU, DOWN, UP = 77, 135, 116, 111
A, C, E, K = 24, 54, 26, 45
"""Where AZERTY has these letters."""
# Not searched: a table of a thousand cells has a thousand nodes.
_DEEP = ("table", "tree table", "tree", "list")
Node = Atspi.Accessible


def digit(number: int) -> int:
    """The key of a digit in the top row, whatever the layout prints on it."""
    return 9 + number


def run(*words: str, given: str | None = None) -> str:
    """A command of the desktop; fails when it fails."""
    done = subprocess.run(words, input=given, capture_output=True, text=True, check=False, timeout=60)
    prove(done.returncode == 0, f"{' '.join(words)}: {done.stdout[-500:]}{done.stderr[-1000:]}")
    return done.stdout.strip()


class Screen(Display):
    """The display of this session."""

    def __init__(self) -> None:
        super().__init__(os.environ["DISPLAY"])
        Atspi.init()
        self._names: list[str] = []
        PICTURES.mkdir(exist_ok=True)

    # Keys and pictures

    def press(self, *codes: int | str) -> None:
        """The last key, with the ones before it held down."""
        held = [str(code) for code in codes[:-1]]
        downs = [word for one in held for word in ("keydown", one)]
        ups = [word for one in reversed(held) for word in ("keyup", one)]
        run("xdotool", *downs, "key", str(codes[-1]), *ups)

    def type(self, text: str) -> None:
        run("xdotool", "type", "--delay", "25", text)

    def fill(self, node: Node, words: str) -> None:
        """Clicks into a field and types over what stands there."""
        left, top, width, height = box_of(node)
        run("xdotool", "mousemove", str(left + width // 3), str(top + height // 2), "click", "1")
        self.press(CTRL, A)
        self.type(words)

    def keep(self, name: str) -> Path:
        """A picture of the whole screen once it no longer changes."""
        path, before = PICTURES / f"{name}.png", b""
        for _ in range(20):
            run("scrot", "--overwrite", str(path))
            now = path.read_bytes()
            if now == before:
                break
            before = now
            time.sleep(0.4)
        return path

    # What is on the screen

    def nodes(self, root: Node | None = None, depth: int = 40) -> Iterator[Node]:
        """Everything that shows, from the outside in."""
        try:
            where = root if root is not None else Atspi.get_desktop(0)
            number = where.get_child_count() if depth else 0
            children = [where.get_child_at_index(place) for place in range(min(number, 400))]
        except GLib.Error:
            return
        for child in children:
            try:
                shows = child is not None and (root is None or child.get_state_set().contains(Atspi.StateType.SHOWING))
                deep = shows and child.get_role_name() in _DEEP
            except GLib.Error:
                continue
            if shows or (root is None and child is not None):
                yield child
                if not deep:
                    yield from self.nodes(child, depth - 1)

    def program(self) -> Node:
        """The program as screen readers see it; the newest one, as the bus keeps ended ones a while."""
        found = [one for one in self._programs() if one is not None]
        prove(found, "screen readers see no Samenleven")
        return found[-1]

    def _programs(self) -> Iterator[Node]:
        desktop = Atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            one = desktop.get_child_at_index(place)
            try:
                if one is not None and one.get_name() in ("Samenleven", "samenleven") and one.get_child_count():
                    yield one
            except GLib.Error:
                continue

    def find(self, name: str, role: str = "", root: Node | None = None) -> Node | None:
        """The first node whose name matches the pattern from its beginning."""
        for node in self.nodes(root or self.program()):
            try:
                if (not role or node.get_role_name() == role) and re.match(name, said(node)):
                    return node
            except GLib.Error:
                continue
        return None

    def see(self, name: str, role: str = "", seconds: float = 20) -> Node:
        """Waits until it shows."""
        found: list[Node] = []

        def look() -> bool:
            try:
                node = self.find(name, role)
            except Failed:
                return False
            found[:] = [node] if node is not None else []
            return bool(found)

        try:
            until(look, f"{role or 'something'} called {name}", seconds)
        except Failed as failed:
            raise Failed(f"{failed}; there is: ... {self.told()[-700:]}") from None
        return found[0]

    def see_elsewhere(self, name: str, role: str) -> Node:
        """In a window of another program, such as the file dialog of the desktop."""
        found: list[Node] = []

        def look() -> bool:
            desktop = Atspi.get_desktop(0)
            for place in range(desktop.get_child_count()):
                other = desktop.get_child_at_index(place)
                if other is not None and "portal" in (other.get_name() or ""):
                    node = self.find(name, role, other)
                    found[:] = [node] if node is not None else []
            return bool(found)

        until(look, f"{role} called {name} in the dialog of the desktop", 20)
        return found[0]

    def gone(self, name: str, role: str = "", seconds: float = 20) -> None:
        until(lambda: self.find(name, role) is None, f"the end of {name}", seconds)

    def told(self) -> str:
        """All that shows, for a failure to tell."""
        try:
            return " | ".join(
                f"{node.get_role_name()}: {said(node)}" for node in self.nodes(self.program()) if said(node)
            )
        except (Failed, GLib.Error) as fault:
            return str(fault)

    def dialog(self) -> Node:
        """Waits for a dialog of the program that has the keyboard."""
        found: list[Node] = []

        def look() -> bool:
            node = self.find("", "dialog")
            found[:] = [node] if node is not None and is_(node, Atspi.StateType.ACTIVE) else []
            return bool(found)

        until(look, "a dialog with the keyboard", 20)
        return found[0]

    def leave_dialog(self) -> None:
        self.dialog()
        self.press(ESCAPE)
        until(lambda: self.find("", "dialog") is None, "the end of the dialog", 20)

    def listen(self) -> None:
        """Once, before the program starts: a program learns late of a screen reader that begins to listen, and what it
        did until then is not heard."""
        self._listener = Atspi.EventListener.new(lambda event: self._names.append(event.source.get_name() or ""))
        for kind in ("object:state-changed:focused", "object:state-changed:selected", "object:selection-changed"):
            self._listener.register(kind)

    def heard(self, keys: Callable[[], object], enough: str, seconds: float = 5) -> list[str]:
        """The names that a screen reader hears while the keys walk through a menu, which shows nowhere else; until one
        of them is `enough`."""
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass
        self._names.clear()
        keys()
        limit = time.monotonic() + seconds
        while enough not in self._names and time.monotonic() < limit:
            context.iteration(False)
            time.sleep(0.02)
        return list(self._names)

    def click(self, name: str, role: str = "push button", seconds: float = 20) -> Node:
        """Presses a control by its action, as a screen reader would."""
        node = self.see(name, role, seconds)
        prove(act(node), f"{name} can be pressed")
        return node


def said(node: Node) -> str:
    """Its name, or the text in it."""
    name = node.get_name() or ""
    if name or node.get_role_name() == "password text":
        return name
    text = node.get_text_iface()
    return Atspi.Text.get_text(text, 0, -1) if text is not None else ""


def content(node: Node) -> str:
    text = node.get_text_iface()
    return Atspi.Text.get_text(text, 0, -1) if text is not None else ""


def act(node: Node) -> bool:
    actions = node.get_action_iface()
    if actions is None:
        return False
    names = [Atspi.Action.get_action_name(actions, one).lower() for one in range(Atspi.Action.get_n_actions(actions))]
    for wanted in ("press", "toggle", "showmenu", "setfocus"):
        if wanted in names:
            return bool(Atspi.Action.do_action(actions, names.index(wanted)))
    return False


def is_(node: Node, state: Atspi.StateType) -> bool:
    return bool(node.get_state_set().contains(state))


def is_on(node: Node) -> bool:
    return is_(node, Atspi.StateType.CHECKED)


def box_of(node: Node) -> tuple[int, int, int, int]:
    """Left, top, width and height on the screen."""
    box = Atspi.Component.get_extents(node.get_component_iface(), Atspi.CoordType.SCREEN)
    return box.x, box.y, box.width, box.height


def focus(node: Node) -> None:
    prove(Atspi.Component.grab_focus(node.get_component_iface()), f"{said(node)} takes the keyboard")


def soon(condition: Callable[[], object], seconds: float) -> bool:
    """Whether it comes true in time."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.1)
    return True
