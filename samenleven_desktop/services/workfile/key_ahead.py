"""Derives the key of a work file while what opening needs is still being imported. Imports no SQLAlchemy."""

from __future__ import annotations

from pathlib import Path

from samenleven_desktop.services.workfile.practice_files import practice_passphrase
from samenleven_desktop.storage.keys import derive_ahead
from samenleven_desktop.storage.keys import drop_ahead as drop_key_ahead

__all__ = ["derive_key_ahead", "drop_key_ahead"]


def derive_key_ahead(path: Path, passphrase: str | None) -> None:
    """Starts deriving the key from a passphrase, else from the public one of a practice file, on another thread."""
    secret = passphrase or practice_passphrase(path)
    if secret is not None:
        derive_ahead(path, secret)
