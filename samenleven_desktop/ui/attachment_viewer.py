"""Opens readable copies of attachments in the program the computer has for them; they go when the window closes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from samenleven_desktop.services.people.queries import OpenCopies


def open_outside(path: Path) -> bool:
    """With the program that this computer has for such files."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class Copies:
    """Makes its folder at the first copy: most days there is none."""

    def __init__(self, opener: Callable[[Path], bool] = open_outside, parent: Path | None = None) -> None:
        self._opener, self._parent = opener, parent
        self._open: OpenCopies | None = None

    def show(self, name: str, content: bytes) -> bool:
        """Gives whether a program took it."""
        # Only now: with it comes all of the store, which the first paint of the window has no time for.
        from samenleven_desktop.services.people.queries import OpenCopies

        if self._open is None:
            self._open = OpenCopies(self._parent)
        return self._opener(self._open.put(name, content))

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None
