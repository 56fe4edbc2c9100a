"""Writes db/schema.sql, the schema after all migrations, and in docs the JSON Schemas of open data and commands and
the columns that travel in a pack."""

from __future__ import annotations

import json
import re
import secrets
import sys
import tempfile
from pathlib import Path

from samenleven_desktop.paths import migrations_dir
from samenleven_desktop.services.core.registry import schema_of_all
from samenleven_desktop.storage import migrate
from samenleven_desktop.storage.engine import connect
from samenleven_desktop.storage.open_data import json_schema
from tests.sync.format_text import TEXT, columns_of_program, values_of_program

GOLDEN = migrations_dir().parent / "schema.sql"
OPEN_DATA = migrations_dir().parents[1] / "docs" / "open-data.schema.json"
COMMANDS_SCHEMA = migrations_dir().parents[1] / "docs" / "commands.schema.json"


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
    OPEN_DATA.write_text(json.dumps(json_schema(), indent=1) + "\n")
    COMMANDS_SCHEMA.write_text(json.dumps(schema_of_all(), indent=1) + "\n")
    whole = TEXT.read_text("utf-8")
    for name, lines in (("columns", columns_of_program()), ("values", values_of_program())):
        block = "".join(f"{line}\n" for line in lines)
        before, _, rest = whole.partition(f"```travelling-{name}\n")
        whole = f"{before}```travelling-{name}\n{block}```{rest.partition('```')[2]}"
    TEXT.write_text(whole, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
