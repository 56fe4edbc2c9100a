"""Where the shipped files are: the only module that knows.

In a checkout `db/` and `resources/` stand beside the package; in an installed wheel and in the frozen
program they travel inside it, under `_shipped/`. Also gives the folder where a user's files go by default.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _shipped_root() -> Path:
    inside = _PACKAGE / "_shipped"
    return inside if inside.is_dir() else _PACKAGE.parent


def resources_dir() -> Path:
    """The folder `resources/`: plans, reference data, fonts, icons, translations."""
    return _shipped_root() / "resources"


def migrations_dir() -> Path:
    """The Alembic script folder `db/migrations`."""
    return _shipped_root() / "db" / "migrations"


def released_dir() -> Path:
    """Work files of every earlier version of the store, a folder each, for the self-test."""
    inside = _PACKAGE / "_shipped" / "released"
    return inside if inside.is_dir() else _PACKAGE.parent / "tests" / "data" / "released"


def built_list_dir() -> Path | None:
    """The list of parts and licences that was made when the program was frozen; None when it was not."""
    folder = _PACKAGE / "_shipped" / "about"
    return folder if folder.is_dir() else None


def user_data_dir() -> Path:
    """Where work files go when the officer names no other place; it is not made here."""
    import platformdirs

    return Path(platformdirs.user_data_dir("Samenleven", appauthor=False))


def log_file() -> Path:
    """The technical log, in the user's state folder; neither file nor folder is made here."""
    import platformdirs

    return Path(platformdirs.user_state_dir("Samenleven", appauthor=False)) / "log" / "samenleven.log"


def default_store() -> Path:
    """The work file that opens when no `--store` is given."""
    return user_data_dir() / "werk.samenlevendb"
