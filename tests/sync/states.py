"""The whole state of a colleague's file, to compare it before and after."""

from __future__ import annotations

from typing import Any

import pytest

from samenleven_desktop.services.exchange.received_packs import (
    pack_lines,
)
from samenleven_desktop.storage.exchange import outgoing
from samenleven_desktop.storage.models import TRACKED
from tests.sync.colleagues import Colleague
from tests.sync.test_newer_versions import sql

pytestmark = pytest.mark.slow
NAME = "Zxqw Vwrst"


def newest(one: Colleague) -> str:
    found = next(line.command_id for line in pack_lines(one.workspace) if line.received)
    assert found is not None
    return found


def state(one: Colleague) -> tuple[Any, ...]:
    """What a pack may change and taking it back must restore."""
    return (
        one.digest,
        one.workspace.query(lambda reading: outgoing.vector(reading.view.connection)),
        sql(one, "SELECT * FROM change ORDER BY seq"),
        sql(one, "SELECT * FROM change_scope ORDER BY scope, device_id, number"),
        sql(one, "SELECT id, reverted_by FROM command_log ORDER BY seq"),
        sql(one, "SELECT table_name, row_id, field, heads FROM conflict ORDER BY 1, 2, 3"),
        sql(one, "SELECT * FROM waiting_row ORDER BY 1, 2"),
        sql(one, "SELECT value FROM meta WHERE key = 'scopes_beyond'"),
        orphans_and_floor(one),
    )


def live(one: Colleague) -> dict[tuple[str, str], dict[str, Any]]:
    def ask(reading: Any) -> dict[tuple[str, str], dict[str, Any]]:
        found = {}
        for name in TRACKED:
            query = f"SELECT * FROM {name} WHERE deleted_at IS NULL"
            for row in reading.view.connection.exec_driver_sql(query).mappings():
                found[name, str(row["id"])] = dict(row)
        return found

    return one.workspace.query(ask)


def differences(before: dict[tuple[str, str], Any], after: dict[tuple[str, str], Any]) -> set[tuple[str, str, str]]:
    """Returns table, row and column of what is not as before; no column for a row that came or went."""
    found = {(*at, "") for at in before.keys() ^ after.keys()}
    for at in before.keys() & after.keys():
        found |= {(*at, name) for name, value in before[at].items() if after[at][name] != value}
    return found


def orphans_and_floor(one: Colleague) -> tuple[int, bool]:
    """Contents that no attachment has, and whether the clock stands higher than anything that is known here."""
    orphans = "SELECT count(*) FROM attachment_content WHERE sha256 NOT IN (SELECT sha256 FROM attachment)"
    floor = "SELECT 1 FROM meta WHERE key = 'clock_floor' AND CAST(value AS INTEGER) > (SELECT max(hlc) FROM change)"
    return sql(one, orphans)[0][0], bool(sql(one, floor))
