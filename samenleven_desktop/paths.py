"""The paths of shipped files and the default folder for user files.

In a checkout `db/` and `resources/` are beside the package; in an installed wheel and in the frozen program they are
inside it, under `_shipped/`. No other module knows these paths.
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
    """Work files of every earlier schema version, one folder each, for the self-test."""
    inside = _PACKAGE / "_shipped" / "released"
    return inside if inside.is_dir() else _PACKAGE.parent / "tests" / "data" / "released"


def built_list_dir() -> Path | None:
    """The list of components and licences made when the program was frozen; None if it is not frozen."""
    folder = _PACKAGE / "_shipped" / "about"
    return folder if folder.is_dir() else None


def user_data_dir() -> Path:
    """The default folder for work files; it is not created here."""
    import platformdirs

    return Path(platformdirs.user_data_dir("Samenleven", appauthor=False))


def log_file() -> Path:
    """The technical log, in the user's state folder; neither file nor folder is created here."""
    import platformdirs

    return Path(platformdirs.user_state_dir("Samenleven", appauthor=False)) / "log" / "samenleven.log"


def default_store() -> Path:
    """The work file that is opened without `--store`."""
    return user_data_dir() / "werk.samenlevendb"
