"""The actions of the window, each declared once: its caption, keys and what it does.

The menu, the search box and the shortcuts of the window are built from them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from samenleven_desktop.ui.field_history_key import show_field_history
from samenleven_desktop.ui.navigator import SafekeepingPart
from samenleven_desktop.ui.shared_keys import (
    EXPORT_KEY,
    FIELD_HISTORY_KEY,
    HAND_KEY,
    HELP_KEY,
    KEYS_KEY,
    LOCK_KEY,
    MAKE_KEY,
    READ_KEY,
    REDO_KEYS,
    UNDO_KEY,
    ZOOM_IN_KEYS,
    ZOOM_OUT_KEY,
    ZOOM_RESET_KEY,
)
from samenleven_desktop.ui.shell import Shell
from samenleven_desktop.ui.undo import UndoControl
from samenleven_desktop.ui.widgets.shortcuts import window_key
from samenleven_desktop.ui.window_navigator import WindowNavigator
from samenleven_desktop.ui.window_protocols import MainWindow

NEW_SESSION, UNDO, REDO, LOCK, ABOUT = "new_session", "undo", "redo", "lock", "about"
KEYS, HANDBOOK = "keys", "handbook"


@dataclass(frozen=True)
class Action:
    """An action of the window; `menu_group` places it in the menu (None: not in the menu).

    `bound`: the window binds the keys; otherwise a page does.
    """

    name: str
    caption: str
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    menu_group: int | None = None
    in_search: bool = True
    bound: bool = True


def window_actions(
    window: MainWindow, navigator: WindowNavigator, undoing: UndoControl, lock: Callable[[], None]
) -> tuple[Action, ...]:
    """Returns the actions in the order of menu and search results, in the language of the window."""
    text, shell = window.language.text, window.shell

    def keeping(part: SafekeepingPart) -> Callable[[], object]:
        return partial(navigator.open_safekeeping, part)

    def new_session() -> None:
        if shell.new_session.isVisible():
            navigator.open_new_session()

    def history() -> None:
        if window.context is not None and window.runner.workspace is not None:
            show_field_history(window.context, shell)

    def export() -> None:
        from samenleven_desktop.ui.list_export import ask_where

        ask_where(window)

    def about() -> None:
        from samenleven_desktop.ui.dialogs.about import AboutDialog

        AboutDialog(window.language, window.theme, window.runner, shell).open()

    return (
        Action(NEW_SESSION, text("New session"), new_session, ("Ctrl+N",)),
        Action(UNDO, text("Undo the last step"), undoing.undo, (UNDO_KEY,), menu_group=0),
        Action(REDO, text("Redo the last step"), undoing.redo, REDO_KEYS, menu_group=0),
        Action(
            "field_history", text("History of this field"), history, (FIELD_HISTORY_KEY,), menu_group=1, in_search=False
        ),
        Action("import", text("Import ..."), lambda: navigator.open_page("import"), menu_group=1),
        Action("read", text("Read file ..."), lambda: navigator.open_exchange().read_file(), (READ_KEY,), bound=False),
        Action("make", text("Make file ..."), lambda: navigator.open_exchange().make_file(), (MAKE_KEY,), bound=False),
        Action(
            "hand_over",
            text("Hand a government over"),
            lambda: navigator.open_exchange().hand_over(),
            (HAND_KEY,),
            bound=False,
        ),
        Action("export", text("This list to Excel ..."), export, (EXPORT_KEY,), menu_group=1),
        Action("bin", text("Bin"), keeping(SafekeepingPart.BIN), menu_group=2),
        Action("backups", text("Backups"), keeping(SafekeepingPart.BACKUPS), menu_group=2),
        Action("health", text("Check file"), keeping(SafekeepingPart.HEALTH), menu_group=2),
        Action("retention", text("Retention"), keeping(SafekeepingPart.RETENTION)),
        Action("new_plan", text("New plan"), lambda: navigator.open_plans().new_plan()),
        Action("plans", text("Plans"), lambda: navigator.open_page("plans"), menu_group=1),
        Action("zoom_in", text("Larger text"), partial(window.zoom, 1), ZOOM_IN_KEYS, menu_group=3),
        Action("zoom_out", text("Smaller text"), partial(window.zoom, -1), (ZOOM_OUT_KEY,), menu_group=3),
        Action("zoom_reset", text("Text at its usual size"), partial(window.zoom, 0), (ZOOM_RESET_KEY,), menu_group=3),
        Action(LOCK, text("Lock now"), lock, (LOCK_KEY,), menu_group=3),
        Action(HANDBOOK, text("Handbook"), lambda: shell.help_requested.emit(shell), (HELP_KEY,), menu_group=4),
        Action(KEYS, text("Keys"), lambda: shell.keys_requested.emit(shell), (KEYS_KEY,), menu_group=4),
        Action(ABOUT, text("About this program"), about, menu_group=4),
    )


def bind_keys(shell: Shell, actions: Sequence[Action]) -> None:
    """Creates the shortcuts of the window; skips actions whose keys are bound by a page."""
    for action in actions:
        for keys in action.keys if action.bound else ():
            window_key(shell, keys, action.caption, action.run)
