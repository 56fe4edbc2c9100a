"""Opens decrypted copies of attachments in the default program; the copies are deleted when the window closes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from samenleven_desktop.services.core.open_copies import OpenCopies


def open_outside(path: Path) -> bool:
    """Opens the file in the default program for its type; returns whether that succeeded."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class Copies:
    """Creates its folder on first use."""

    def __init__(self, opener: Callable[[Path], bool] = open_outside, parent: Path | None = None) -> None:
        self._opener, self._parent = opener, parent
        self._open: OpenCopies | None = None

    def show(self, name: str, content: bytes) -> bool:
        """Returns whether the file was opened."""
        # Imported late: this loads all of storage, which would delay the first paint of the window.
        from samenleven_desktop.services.core.open_copies import OpenCopies

        if self._open is None:
            self._open = OpenCopies(self._parent)
        return self._opener(self._open.put(name, content))

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None
