"""Binds keys, each with a caption in the language of the window: the list of keys (Ctrl+/) reads the captions here.

No other module creates a `QShortcut`, so that no key works without being in the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

Keys = str | QKeySequence.StandardKey


def window_key(widget: QWidget, keys: Keys, caption: str, what: Callable[[], object]) -> QShortcut:
    """Adds a shortcut that works in the whole window while this widget is visible."""
    made = QShortcut(QKeySequence(keys), widget, what)
    made.setWhatsThis(caption.rstrip(" .…\u00a0\u202f"))
    return made


def on_key(widget: QWidget, keys: Keys, caption: str, what: Callable[[], object]) -> None:
    """Adds a shortcut that only works while this widget is focused, such as Delete in one of several lists."""
    window_key(widget, keys, caption, what).setContext(Qt.ShortcutContext.WidgetShortcut)


def part_key(widget: QWidget, keys: Keys, caption: str, what: Callable[[], object]) -> None:
    """Adds a shortcut that works while this widget or one inside it is focused."""
    window_key(widget, keys, caption, what).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)


def tab_keys(page: QWidget, captions: Sequence[str], show: Callable[[int], object]) -> None:
    """Adds Alt+1, Alt+2, ... for the parts of a page."""
    for number, caption in enumerate(captions):
        window_key(page, f"Alt+{number + 1}", caption, lambda place=number: show(place))  # type: ignore[misc]


def page_commands(page: QWidget) -> list[tuple[str, str, Callable[[], object]]]:
    """Returns keys, caption and what is done, of the shortcuts that work in the whole window now; not those of tabs."""
    found: list[tuple[str, str, Callable[[], object]]] = []
    for one in page.findChildren(QShortcut):
        keys, owner = one.key().toString(QKeySequence.SequenceFormat.PortableText), one.parent()
        everywhere = one.context() == Qt.ShortcutContext.WindowShortcut and one.isEnabled()
        if everywhere and not keys.startswith("Alt+") and isinstance(owner, QWidget) and owner.isVisible():
            found.append((str(keys), str(one.whatsThis()), one.activated.emit))
    return found


def bound_keys(widget: QWidget, *, inside: bool = True) -> list[tuple[str, str]]:
    """Returns keys and caption of each shortcut of this widget, by default also of what it contains, once.

    Skips shortcuts that are off: those of pages that were replaced and wait to be deleted.
    """
    how = Qt.FindChildOption.FindChildrenRecursively if inside else Qt.FindChildOption.FindDirectChildrenOnly
    form = QKeySequence.SequenceFormat.PortableText
    on = [one for one in widget.findChildren(QShortcut, options=how) if one.isEnabled()]
    # Those of a list come after those of the whole page.
    on.sort(key=lambda one: one.context() == Qt.ShortcutContext.WidgetShortcut)
    return list(dict.fromkeys((str(one.key().toString(form)), str(one.whatsThis())) for one in on))
