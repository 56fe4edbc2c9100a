"""Which of what is dragged over the window are files of colleagues: the window takes those, wherever they fall."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

EXCHANGED = (".samenleven", ".samenlevenkaart")


def exchanged(dragged: QMimeData) -> list[Path]:
    """Packs and cards of colleagues."""
    paths = [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in EXCHANGED]
