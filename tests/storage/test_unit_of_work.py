"""Rows and change log are written together, undo and redo walk back and forth over both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import Bug, UserError
from samenleven_desktop.domain.exchange import CATALOGUE
from samenleven_desktop.storage import open_file
from samenleven_desktop.storage import store as stores
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.storage.models import (
    AssignmentRow,
    Change,
    ChangeScope,
    FollowUpRow,
    GovernmentRow,
    OfficerRow,
    SessionGovernmentRow,
    SupportSessionRow,
    table_of,
)
from samenleven_desktop.storage.unit_of_work import Step
from samenleven_desktop.storage.view import View
from tests.builders import WorkFile
from tests.digest import content_digest

CHEAP = KeyCost(1, 8, 1)
_CHANGE, _SCOPE, _OFFICER = table_of(Change), table_of(ChangeScope), table_of(OfficerRow)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[stores.Store]:
    opened = open_file.create(tmp_path / "w.db", "een lange zin", Runtime(), CHEAP)
    yield opened
    opened.close()


def add_government(store: stores.Store, code: str) -> str:
    with store.write(Step("government", kind="setup")) as unit:
        return unit.insert(
            GovernmentRow,
            code=code,
            kind="partnership",
            name=code,
            search_name=code,
            valid_from=date(2022, 1, 1),
            facility=False,
        )


def changes(connection: Connection) -> list[tuple[str, str | None, str | None, str | None]]:
    query = select(_CHANGE.c.table_name, _CHANGE.c.field, _CHANGE.c.old, _CHANGE.c.new).order_by(_CHANGE.c.seq)
    return [tuple(row) for row in connection.execute(query)]


def test_a_new_row_is_one_entry_and_a_change_one_per_field(store: stores.Store) -> None:
    with store.write(Step("add")) as unit:
        officer = unit.insert(OfficerRow, label="coach", region="Westhoek")
    with store.write(Step("rename")) as unit:
        assert unit.change(OfficerRow, officer, label="coach Westhoek", region="Westhoek")
        assert not unit.change(OfficerRow, officer, label="coach Westhoek")
    with store.read() as connection:
        assert changes(connection) == [
            ("officer", None, None, '{"label":"coach","region":"Westhoek"}'),
            ("officer", "label", '"coach"', '"coach Westhoek"'),
        ]


def test_a_change_names_the_change_it_replaces_also_within_one_command(store: stores.Store) -> None:
    with store.write(Step("add")) as unit:
        officer = unit.insert(OfficerRow, label="a")
        unit.change(OfficerRow, officer, label="b")
    with store.write(Step("again")) as unit:
        unit.change(OfficerRow, officer, label="c")
    with store.read() as connection:
        rows = connection.execute(select(_CHANGE).order_by(_CHANGE.c.seq)).mappings().all()
    device = rows[0]["device_id"]
    assert [row["replaces"] for row in rows] == [None, f"{device}:1", f"{device}:2"]


def test_a_command_that_raises_leaves_nothing(store: stores.Store) -> None:
    with pytest.raises(RuntimeError), store.write(Step("add")) as unit:
        unit.insert(OfficerRow, label="a")
        raise RuntimeError
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(_OFFICER)).scalar() == 0
        assert changes(connection) == []


def test_a_session_with_two_governments_is_numbered_in_both_dossiers(store: stores.Store) -> None:
    first, second = add_government(store, "A"), add_government(store, "B")
    with store.write(Step("session")) as unit:
        session = unit.insert(
            SupportSessionRow,
            day=date(2024, 3, 4),
            start_minute=600,
            end_minute=660,
            travel_minutes=0,
            form="visit",
            report="",
        )
        for government in (first, second):
            unit.insert(SessionGovernmentRow, session_id=session, government_id=government, day=date(2024, 3, 4))
        unit.insert(FollowUpRow, government_id=second, session_id=session, who="coach", what="bellen")
    with store.read() as connection:
        query = (
            select(_CHANGE.c.table_name, _SCOPE.c.scope, _SCOPE.c.number)
            .join(_SCOPE, _SCOPE.c.change_seq == _CHANGE.c.seq)
            .where(_CHANGE.c.table_name != "government")
            .order_by(_CHANGE.c.seq, _SCOPE.c.scope != first)
        )
        assert [tuple(row) for row in connection.execute(query)] == [
            ("support_session", first, 2),
            ("support_session", second, 2),
            ("session_government", first, 3),
            ("session_government", second, 3),
            ("follow_up", second, 4),
        ]


def test_rows_without_a_dossier_belong_to_the_catalogue(store: stores.Store) -> None:
    with store.write(Step("add")) as unit:
        unit.insert(OfficerRow, label="a")
    assert [change.scopes for change in unit.changed] == [(CATALOGUE,)]


def test_undo_is_refused_when_something_was_built_on_it(store: stores.Store) -> None:
    with store.write(Step("add")) as unit:
        officer = unit.insert(OfficerRow, label="a")
    with store.write(Step("elsewhere", kind="setup")) as unit:
        unit.change(OfficerRow, officer, label="b")
    with pytest.raises(UserError, match="changed since"):
        store.undo()
    with store.read() as connection:
        assert connection.execute(select(_OFFICER.c.label)).scalars().all() == ["b"]


def test_a_new_command_ends_redo(store: stores.Store) -> None:
    with store.write(Step("add")) as unit:
        unit.insert(OfficerRow, label="a")
    store.undo()
    with store.write(Step("other")) as unit:
        unit.insert(OfficerRow, label="b")
    with pytest.raises(UserError, match="nothing to redo"):
        store.redo()


def test_unknown_columns_and_rows_are_bugs(store: stores.Store) -> None:
    with pytest.raises(Bug), store.write(Step("add")) as unit:
        unit.insert(OfficerRow, labl="a")
    with pytest.raises(Bug), store.write(Step("add")) as unit:
        unit.change(OfficerRow, "nowhere", label="a")


def test_a_broken_parent_is_refused_at_the_commit(store: stores.Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), store.write(Step("add")) as unit:
        unit.insert(AssignmentRow, officer_id="x", government_id="y", role="first", valid_from=date(2024, 1, 1))


steps = st.lists(
    st.tuples(st.sampled_from(["add", "change", "delete", "undo", "redo"]), st.integers(0, 5)), max_size=20
)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> WorkFile:
    path = tmp_path_factory.mktemp("bare") / "bare.db"
    open_file.create(path, "een lange zin", Runtime(), CHEAP).close()
    return WorkFile(path, "een lange zin")


@pytest.mark.slow
@given(steps)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_to_the_start_and_redo_to_the_end_give_the_same_content(
    bare: WorkFile, tmp_path_factory: pytest.TempPathFactory, todo: list[tuple[str, int]]
) -> None:
    file = bare.copy_to(tmp_path_factory.mktemp("s"))
    store = open_file.open_store(file.path, Runtime(), file.passphrase)
    try:
        officers: list[str] = []
        with store.read() as connection:
            start = content_digest(View(connection))
        for what, n in todo:
            _do(store, officers, what, n)
        with store.read() as connection:
            end = content_digest(View(connection))
        count = 0
        while _undone(store):
            count += 1
        with store.read() as connection:
            assert content_digest(View(connection)) == start
        for _ in range(count):
            store.redo()
        with store.read() as connection:
            assert content_digest(View(connection)) == end
    finally:
        store.close()


def _undone(store: stores.Store) -> bool:
    try:
        store.undo()
    except UserError:
        return False
    return True


def _do(store: stores.Store, officers: list[str], what: str, n: int) -> None:
    if what in ("undo", "redo"):
        try:
            store.undo() if what == "undo" else store.redo()
        except UserError:
            return
        return
    with store.write(Step(what)) as unit:
        if what == "add" or not officers:
            officers.append(unit.insert(OfficerRow, label=f"coach {n}"))
            return
        chosen = officers[n % len(officers)]
        row = unit.row(OfficerRow, chosen)
        assert row is not None
        if row["deleted_at"] is not None:
            return
        if what == "change":
            unit.change(OfficerRow, chosen, label=f"coach {n}{n}", region=None if n % 2 else "Kempen")
        else:
            unit.delete(OfficerRow, chosen)
