"""Writes db/schema.sql: the schema after all migrations, to read and to review changes against."""

from __future__ import annotations

import re
import secrets
import sys
import tempfile
from pathlib import Path

from samenleven_desktop.paths import migrations_dir
from samenleven_desktop.storage import migrate
from samenleven_desktop.storage.engine import connect

GOLDEN = migrations_dir().parent / "schema.sql"


def schema_text(path: Path, key: bytes) -> str:
    """The statements that make the tables and indexes of a store, without Alembic's own."""
    connection = connect(path, key)
    try:
        rows = connection.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version' ORDER BY type DESC, name"
        ).fetchall()
    finally:
        connection.close()
    return "\n\n".join(re.sub(r"[ \t]+\n", "\n", row[0]).strip() + ";" for row in rows) + "\n"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path, key = Path(folder) / "empty.db", secrets.token_bytes(32)
        migrate.migrate(path, key)
        GOLDEN.write_text(schema_text(path, key))
    return 0


if __name__ == "__main__":
    sys.exit(main())
