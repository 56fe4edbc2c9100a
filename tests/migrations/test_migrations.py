"""Migrations: up and down, whole or not at all, equal to the models and to the golden schema."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import Bug, EnvironmentFault
from samenleven_desktop.paths import migrations_dir
from samenleven_desktop.storage import backup, migrate, open_file
from samenleven_desktop.storage.engine import connect, make_engine
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.storage.models import Base, OfficerRow
from samenleven_desktop.storage.unit_of_work import Step
from tests.tools.schema import GOLDEN, schema_text

CHEAP = KeyCost(1, 8, 1)


@pytest.fixture
def key() -> bytes:
    return secrets.token_bytes(32)


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()))
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD


def test_the_schema_is_the_golden_one(tmp_path: Path, key: bytes) -> None:
    migrate.migrate(tmp_path / "a.db", key)
    assert schema_text(tmp_path / "a.db", key) == GOLDEN.read_text(), "write db/schema.sql anew with make schema"


def test_the_migrated_schema_is_that_of_the_models(tmp_path: Path, key: bytes) -> None:
    from alembic.autogenerate import compare_metadata

    migrate.migrate(tmp_path / "a.db", key)
    engine = make_engine(tmp_path / "a.db", key)
    with engine.connect() as connection:
        # The full-text index is no table that a model can describe.
        opts = {"compare_type": True, "include_name": lambda name, *_: not str(name).startswith("search_words")}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_up_down_and_up_again(tmp_path: Path, key: bytes) -> None:
    path = tmp_path / "a.db"
    migrate.migrate(path, key)
    before = schema_text(path, key)
    migrate.migrate(path, key, "base")
    engine = make_engine(path, key)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    migrate.migrate(path, key)
    assert schema_text(path, key) == before


def test_a_failed_step_rolls_back_whole(tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    migrate.migrate(path, key)
    broken = _broken_step(tmp_path)
    monkeypatch.setattr(migrate, "migrations_dir", lambda: broken)
    before = schema_text(path, key)
    with pytest.raises(RuntimeError, match="halfway"):
        migrate.migrate(path, key, "9998")
    assert schema_text(path, key) == before
    assert migrate.revision(path, key) == migrate.HEAD


def test_rows_that_lost_their_parent_stop_a_migration(tmp_path: Path, key: bytes) -> None:
    path = tmp_path / "a.db"
    migrate.migrate(path, key, "0005")
    raw = connect(path, key, foreign_keys=False)
    raw.execute(
        "INSERT INTO assignment (id, officer_id, government_id, role, valid_from)"
        " VALUES ('a', 'x', 'y', 'first', '2024-01-01')"
    )
    raw.close()
    with pytest.raises(Bug, match="without their parent"):
        migrate.migrate(path, key)
    assert migrate.revision(path, key) == "0005"


def test_a_newer_file_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    store = open_file.create(path, "een lange zin", Runtime(), CHEAP)
    raw = connect(path, store._key)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    store.close()
    before = path.read_bytes()
    with pytest.raises(EnvironmentFault, match="newer version"):
        open_file.open_store(path, Runtime(), "een lange zin")
    assert path.read_bytes() == before


def test_a_backup_opens_with_its_own_key_file_and_holds_the_work(tmp_path: Path) -> None:
    store = open_file.create(tmp_path / "a.db", "een lange zin", Runtime(), CHEAP)
    with store.write(Step("add")) as unit:
        unit.insert(OfficerRow, label="coach")
    made = store.back_up("test")
    store.close()
    assert [found.path for found in backup.existing(tmp_path / "a.db")] == [made.path]
    copy = open_file.open_store(made.path, Runtime(), "een lange zin")
    with copy.read() as connection:
        assert connection.exec_driver_sql("SELECT label FROM officer").scalar() == "coach"
    copy.close()


def _broken_step(tmp_path: Path) -> Path:
    import shutil

    folder = tmp_path / "migrations"
    shutil.copytree(migrations_dir(), folder)
    (folder / "versions" / "9998_broken.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\n"
        f"revision = '9998'\ndown_revision = '{migrate.HEAD}'\n"
        "def upgrade():\n    op.create_table('half', sa.Column('id', sa.String()))\n"
        "    op.drop_table('draft')\n    raise RuntimeError('halfway')\n"
        "def downgrade():\n    pass\n"
    )
    return folder
