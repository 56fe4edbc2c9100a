"""What may stand in a field that travels: one rule for each, for packs, open data and what came in before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.exchange import PackedChange
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField
from samenleven_desktop.domain.fields import RECORDS
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.domain.record_schema import SCHEMA, rule_of
from samenleven_desktop.domain.value_rule import Kind
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.services.core.checks import check_value
from samenleven_desktop.services.exchange.apply_pack import apply_pack, preview_pack
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.storage.exchange.value_validation import mended, misfit
from samenleven_desktop.storage.models import TRACKED, table_of
from tests.builders import WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of, newcomer
from tests.sync.forging import opened
from tests.sync.test_damaged_packs import everything
from tests.sync.test_newer_versions import reopen

KINDS = {
    str: {Kind.TEXT, Kind.MOMENT, Kind.CHOICE, Kind.ID, Kind.IDS, Kind.CODE},
    int: {Kind.WHOLE},
    bool: {Kind.TRUTH},
    date: {Kind.DAY},
}
ROW = new_id()


def test_every_column_that_travels_has_a_rule() -> None:
    assert set(SCHEMA) == set(TRACKED)
    for name, model in TRACKED.items():
        columns = {column.name: column for column in table_of(model).c if column.name != "id"}
        assert set(SCHEMA[name].rules) == set(columns), name
        for key, rule in SCHEMA[name].rules.items():
            place = (name, key)
            assert rule.kind in KINDS[columns[key].type.python_type], place
            assert rule.optional == columns[key].nullable, place
            assert rule.personal == (key in model.personal), place
            assert not columns[key].foreign_keys or rule.kind is Kind.ID, place
            assert rule.kind is not Kind.CHOICE or rule.choices, place


FIELDS = [(record.table, field) for record in RECORDS for field in record.values() if field.kind is not FieldKind.LINK]


def typed(field: RecordField) -> st.SearchStrategy[Any]:
    if field.is_text:
        return st.text(max_size=40) | st.sampled_from(["x" * field.limit, "a@b.be", "015 12 34 56"])
    if field.kind is FieldKind.DAY:
        return st.dates()
    if field.choices:
        return st.sampled_from([*field.choices, "iets"])
    if field.kind is FieldKind.TRUTH:
        return st.booleans()
    return st.integers() | st.sampled_from([field.least, field.limit, field.limit + 1])


@given(st.data())
def test_what_a_command_accepts_a_pack_may_hold(data: st.DataObject) -> None:
    table, field = data.draw(st.sampled_from(FIELDS))
    try:
        value = check_value(field, data.draw(typed(field)))
    except UserError:
        return
    rule = rule_of(table, field.key)
    assert rule is not None
    assert rule.fault(value.isoformat() if isinstance(value, date) else value) is None


def change(table: str, field: str | None, new: Any, old: Any = None, row: str = ROW) -> PackedChange:
    text = None if new is None else new if isinstance(new, str) and new[:1] == '"' else json.dumps(new)
    return PackedChange("toestel", 1, None, 1, "stap", table, row, field, old and json.dumps(old), text, None)


ABSURD: list[tuple[str, str, Any]] = [
    ("support_session", "form", "carnaval"),
    ("support_session", "start_minute", 1441),
    ("support_session", "end_minute", -1),
    ("support_session", "day", "0001-01-01"),
    ("support_session", "day", "9999-12-31"),
    ("support_session", "day", "2024-02-30"),
    ("support_session", "track_id", "geen id"),
    ("support_session", "report", 7),
    ("commitment", "jury_result", "misschien"),
    ("commitment", "granted_cents", -(1 << 63)),
    ("commitment", "granted_cents", 1.5),
    ("commitment", "confirmed", (1 << 63) - 1),
    ("commitment", "confirmed", True),
    ("commitment", "rank", 0),
    ("stimulus", "state", "misschien"),
    ("stimulus", "kind", "\0"),
    ("stimulus", "action_id", "5"),
    ("stimulus", "linked_actions", "vijf"),
    ("offer", "action_ids", "5 6"),
    ("offer", "actions", "vijf"),
    ("offer", "cost", "duur"),
    ("offer", "all_actions", 5),
    ("offer", "shipped", True),
    ("offer_use", "paid_from", "de buren"),
    ("offer_use", "price_cents", "12,50"),
    ("mentor", "learning_network", 5),
    ("kpi_entry", "kind", "gok"),
    ("follow_up", "who", "buurman"),
    ("follow_up", "what", "a\0b"),
    ("follow_up", "what", '"\\ud800"'),
    ("follow_up", "what", "x" * 1_000_001),
    ("follow_up", "deleted_at", "gisteren"),
    ("follow_up", "deleted_at", "0001-01-01T00:00:00.000+00:00"),
    ("government", "kind", "municipality"),
    ("government", "code", "12025"),
    ("government", "kbo", "0123"),
    ("assignment", "role", "baas"),
    ("attachment", "bytes", -1),
    ("attachment", "sha256", "../x"),
    ("official_figure", "year", 0),
    ("partnership_member", "kept_from_year", 1 << 62),
]


@pytest.mark.parametrize(("table", "field", "value"), ABSURD)
def test_a_value_that_nobody_could_have_written(table: str, field: str, value: Any) -> None:
    """As the value of a field, as what it was before, and in a new row; what takes its place fits everywhere."""
    if value != '"\\ud800"':  # JSON itself refuses half of a surrogate pair: tests/sync/test_damaged_packs.py
        wrong = change(table, field, value)
        assert misfit(wrong) is not None
        old, new = mended(wrong)
        assert misfit(wrong._replace(old=old, new=new)) is None
        within = change(table, None, {**good_row(table), field: value})
        found = misfit(within)
        assert found is not None
        assert (found.table_name, found.field) == (table, field)
        assert misfit(within._replace(new=mended(within)[1])) is None
    assert misfit(change(table, None, good_row(table))) is None


def good_row(table: str) -> dict[str, Any]:
    """A row with every required field."""
    example: dict[Kind, Any] = {
        Kind.TEXT: "tekst",
        Kind.TRUTH: False,
        Kind.DAY: "2024-03-11",
        Kind.ID: new_id(),
        Kind.MOMENT: None,
        Kind.IDS: "",
    }
    row = {}
    for name, rule in SCHEMA[table].rules.items():
        if not rule.optional:
            row[name] = rule.choices[0] if rule.choices else example.get(rule.kind, max(rule.least, 0))
            if rule.kind is Kind.CODE:
                row[name] = {"code": "SW", "sha256": "0" * 64}.get(name, "")
    return row


@pytest.mark.parametrize("field", [None, "name"])
def test_rows_that_ship_are_no_colleagues(work_file: WorkFile, field: str | None) -> None:
    shipped = "ff2afe50-f9e6-5ccb-aa34-43b777077608"
    wrong = change("government", field, good_row("government") if field is None else "Elders", row=shipped)
    assert misfit(wrong) is not None


def test_a_newer_version_may_say_more_but_not_without_end() -> None:
    assert misfit(change("follow_up", "toon", "vrolijk")) is None
    assert misfit(change("follow_up", None, {**good_row("follow_up"), "toon": ["x"]})) is None
    assert misfit(change("muziek", None, {"wijs": 1}, row="een")) is None
    for wrong in (
        change("follow_up", "toon", "x" * (1 << 20)),
        change("follow_up", None, {**good_row("follow_up"), "toon": "x" * (1 << 20)}),
        change("follow_up", "TOON{0}", "x"),
        change("follow_up", None, {**good_row("follow_up"), "id": ROW}),
    ):
        assert misfit(wrong) is not None


@pytest.fixture
def two(tmp_path: Path, work_file: WorkFile) -> Iterator[tuple[Colleague, Colleague]]:
    people = copy_of(work_file, tmp_path, "one"), newcomer(tmp_path, "two")
    all_know(*people)
    yield people
    for one in people:
        one.close()


def test_a_pack_with_one_such_value_is_refused_whole(two: tuple[Colleague, Colleague], tmp_path: Path) -> None:
    one, other = two
    inside = opened(one.give(other), other)
    session = next(row for row in inside.body["changes"] if row[5] == "support_session")
    session[9] = json.dumps(json.loads(session[9]) | {"form": "carnaval"})
    path = inside.close(one, tmp_path / "anders.samenleven", other)
    before = everything(other)
    for ask in (preview_pack, apply_pack):
        with pytest.raises(UserError) as refusal:
            ask(other.workspace, path)
        assert Language("nl").error(refusal.value) == (
            "anders.samenleven kan niet overgenomen worden: sessie, vorm: carnaval staat niet in de lijst. "
            "Vraag de collega om het bestand te laten nakijken."
        )
    assert everything(other) == before


@pytest.mark.slow
def test_what_came_in_before_is_set_right_at_the_upgrade(two: tuple[Colleague, Colleague]) -> None:
    """As an earlier version took it over: in the log and in the row."""
    one, other = two
    other.take(one.give(other))
    mechelen = other.workspace.query(government_by_code, "12025").id
    agreement = other.workspace.query(list_agreements, mechelen)[0].id
    with other.workspace.store.write_untracked() as connection:
        shipped = "UPDATE government SET name = 'Elders' WHERE id = ?"
        connection.exec_driver_sql(shipped, (mechelen,))
        connection.exec_driver_sql("UPDATE follow_up SET due = '0001-01-01' WHERE id = ?", (agreement,))
        say = "UPDATE change SET new = json_set(new, '$.due', '0001-01-01') WHERE row_id = ? AND field IS NULL"
        connection.exec_driver_sql(say, (agreement,))
    other.workspace.store.set_meta(rows_made_with="an earlier version", shipped_data="2")
    reopen(other)
    (line,) = (one for one in other.workspace.query(list_agreements, mechelen) if one.id == agreement)
    assert line.due is None
    assert other.workspace.query(government_by_code, "12025").name == "Mechelen"
    assert check_health(other.workspace) == []
    assert one.take(other.give(one)).changes == 0
