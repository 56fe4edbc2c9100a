"""The checks of the health check beyond SQLite's own, and their repairs."""

from __future__ import annotations

import re

from sqlalchemy import Connection, Exists, delete, exists, func, select

from samenleven_desktop.domain.errors import Bug
from samenleven_desktop.storage import replay
from samenleven_desktop.storage.models import AttachmentContentRow, AttachmentRow, table_of

_FILE, _CONTENT = table_of(AttachmentRow), table_of(AttachmentContentRow)


def count_differences(connection: Connection) -> tuple[int, int]:
    """Returns the number of rows that differ from the log, and of rows that are not in the log."""
    other = unknown = 0
    for one in replay.differences(connection):
        if one.logged is None:
            unknown += 1
        else:
            other += 1
    return other, unknown


def orphaned_contents(connection: Connection) -> int:
    """Counts contents that no attachment refers to, deleted attachments included."""
    return int(connection.execute(select(func.count()).select_from(_CONTENT).where(~_named())).scalar() or 0)


def missing_contents(connection: Connection) -> int:
    """Counts live attachments without content, except erased ones, whose content was removed on purpose."""
    here = exists().where(_CONTENT.c.sha256 == _FILE.c.sha256)
    query = select(func.count()).select_from(_FILE).where(_FILE.c.deleted_at.is_(None), _FILE.c.name != "", ~here)
    return int(connection.execute(query).scalar() or 0)


def stale_search_rows(connection: Connection) -> int:
    """Counts live records that are missing from the search index, and entries without a live record or without text."""
    live = " UNION ALL ".join(
        f"SELECT id FROM {table} WHERE deleted_at IS NULL AND trim({words}) != ''"
        for table, words in _searched(connection).items()
    )
    query = (
        f"SELECT (SELECT count(*) FROM ({live}) WHERE id NOT IN (SELECT record_id FROM search_row)) + "
        f"(SELECT count(*) FROM search_row WHERE record_id NOT IN ({live})) + "
        "(SELECT count(*) FROM search_row WHERE number NOT IN (SELECT rowid FROM search_words)) + "
        "(SELECT count(*) FROM search_words WHERE rowid NOT IN (SELECT number FROM search_row))"
    )
    return int(connection.exec_driver_sql(query).scalar() or 0)


def put_right(connection: Connection) -> int:
    """Repairs what can be repaired, in this transaction; returns the number of repairs."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    done = sum(1 for one in list(replay.differences(connection)) if replay.put_right(connection, one))
    done += connection.execute(delete(_CONTENT).where(~_named())).rowcount
    stale = stale_search_rows(connection)
    if stale:
        _rebuild_search(connection)
    return done + stale


def _rebuild_search(connection: Connection) -> None:
    """Empties the index and lets its triggers (migration 0007) index every live record again."""
    connection.exec_driver_sql("DELETE FROM search_row")
    connection.exec_driver_sql("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    for name in _searched(connection):
        connection.exec_driver_sql(f"UPDATE {name} SET deleted_at = deleted_at")


def _searched(connection: Connection) -> dict[str, str]:
    """Returns the indexed tables and the expression taken from each row: read from the triggers themselves."""
    query = "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search_%_new' ORDER BY 1"
    found = {}
    for table, sql in connection.exec_driver_sql(query):
        words = re.search(r"AND trim\((.+)\) != ''; INSERT", sql, re.DOTALL)
        if words is None:
            raise Bug("the search trigger of {table} is not understood", table=table)
        found[str(table)] = words[1].replace("new.", f"{table}.")
    return found


def _named() -> Exists:
    return exists().where(_FILE.c.sha256 == _CONTENT.c.sha256)
