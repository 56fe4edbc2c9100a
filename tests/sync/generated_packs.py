"""Packs made from the schema, signed by a trusted card: values, places and erasures of every kind, with lies of others.

What a pack may hold follows from domain/record_schema.py, so that a new table or field is in it without further code.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.domain.record_schema import SCHEMA
from samenleven_desktop.domain.value_rule import Kind, Rule
from samenleven_desktop.services.exchange.colleagues import own_card
from samenleven_desktop.storage.models import TRACKED, table_of
from tests.sync.colleagues import Colleague
from tests.sync.forging import Opened, deciphered
from tests.sync.generated_lies import Liar
from tests.sync.test_newer_versions import sql

MOMENT = "2024-03-11T10:00:00.000+00:00"
TEXTS = [
    "",
    " ",
    "x",
    "{x:>99999999}",
    "{nobody}",
    "a\nb\r\nc",
    "\u202eexe.txt",
    "=1+1",
    "<b>&amp;</b>",
    "%s %d",
    "'; --",
    "é" * 400,
]
HONEST = 10**8
WRONG: list[Any] = [
    None,
    5,
    -1,
    1.5,
    1 << 63,
    -(1 << 63),
    True,
    False,
    "",
    "x",
    "\0",
    [],
    {},
    ["x"],
    {"a": 1},
    "0001-01-01",
    "9999-12-31",
]


class Generator:
    """Makes packs of `sender` for `receiver`, each after the one before, whether that was taken over or not."""

    def __init__(self, sender: Colleague, receiver: Colleague, seed: int) -> None:
        self.chance = random.Random(seed)
        self._sender, self._receiver = sender, receiver
        self._template = deciphered(sender.give(receiver), receiver)
        query = "SELECT value FROM meta WHERE key = 'device_id'"
        self._device = sql(sender, query)[0][0]
        officer = sql(receiver, "SELECT value FROM meta WHERE key = 'officer_id'")
        self._liar = Liar(self.chance, self._device, sql(receiver, query)[0][0], officer[0][0] if officer else None)
        self._reader = own_card(receiver.workspace).fingerprint
        self._before, self.made = "", 0

    def pack(self, folder: Path) -> Path:
        chance, inside = self.chance, Opened(self._template)
        # Not above the numbers and clocks of a lie that was taken over: most packs are honest in these.
        query = "SELECT coalesce(max(number), 0) FROM change WHERE device_id = ? AND number < ?"
        number = sql(self._receiver, query, self._device, HONEST)[0][0]
        clock = sql(self._receiver, "SELECT max(hlc) FROM change WHERE hlc < ?", 1 << 57)[0][0]
        step = new_id()
        made = [self._change() for _ in range(chance.choice((1, 1, 2, 4)))]
        changes, places, taken = [], [], dict[str, int]()
        for at, (table, row_id, field, old, new, scopes) in enumerate(made, start=1):
            changes.append([self._device, number + at, None, clock + at, step, table, row_id, field, old, new, None])
            for scope in scopes:
                if scope not in taken:
                    query = (
                        "SELECT coalesce(max(number), 0) FROM change_scope"
                        " WHERE scope = ? AND device_id = ? AND number < ?"
                    )
                    taken[scope] = sql(self._receiver, query, scope, self._device, HONEST)[0][0]
                taken[scope] += 1
                places.append([scope, self._device, taken[scope], self._device, number + at])
        inside.body |= {
            "commands": [[step, self._device, None, MOMENT, "do", "Agreement added", "{}", None]],
            "changes": changes,
            "places": places,
            "erasures": [],
            "redactions": [],
        }
        if chance.random() < 0.25:
            self._erase(inside.body)
        if chance.random() < 0.3:
            self._liar.lie(inside.body)
        inside.manifest |= {"scopes": sorted(taken), "digests": {}, "vector": [], "contents": [], "pack_id": new_id()}
        if chance.random() < 0.1:
            self._liar.lie_of_itself(inside.manifest, self._before, self._reader)
        self._before = str(inside.manifest["pack_id"])
        inside.contents = b""
        self.made += 1
        return inside.close(self._sender, folder / f"{self.made}.samenleven", self._receiver)

    # Changes

    def _change(self) -> tuple[str, str, str | None, str | None, str | None, list[str]]:
        chance = self.chance
        table = chance.choice(sorted(SCHEMA))
        row_id = self._row_of(table) if chance.random() < 0.5 else None
        if row_id is None:
            row_id = new_id()
            row = {name: value for name, value in self._new_row(table, row_id).items() if value is not None}
            return table, row_id, None, None, text_of(row), self._scopes_of_new(table, row_id, row)
        field = chance.choice(sorted(SCHEMA[table].rules))
        value = self._value(table, field, SCHEMA[table].rules[field])
        present = sql(self._receiver, f'SELECT "{field}" FROM {table} WHERE id = ?', row_id)[0][0]
        if SCHEMA[table].rules[field].kind is Kind.TRUTH and present is not None:
            present = bool(present)
        old = None if present is None else text_of(present)
        return table, row_id, field, old, None if value is None else text_of(value), self._scopes_of(table, row_id)

    def _new_row(self, table: str, row_id: str) -> dict[str, Any]:
        row = {}
        for name, rule in SCHEMA[table].rules.items():
            if name == "deleted_at" or (rule.optional and self.chance.random() < 0.4):
                continue
            row[name] = self._value(table, name, rule)
        if self.chance.random() < 0.1:
            row["van_later"] = self.chance.choice(["vrolijk", 5, None, ["x"]])
        return row

    def _value(self, table: str, field: str, rule: Rule) -> Any:
        """A value for a field: mostly one of the right type, some at the limits, some wrong."""
        chance = self.chance
        if chance.random() < 0.06:
            return chance.choice(WRONG)
        if rule.optional and chance.random() < 0.1:
            return None
        if rule.choices:
            return chance.choice(rule.choices)
        match rule.kind:
            case Kind.WHOLE:
                return chance.choice([rule.least, rule.least, rule.most, chance.randint(rule.least, rule.most), 7, 60])
            case Kind.TRUTH:
                return chance.choice([True, False])
            case Kind.DAY:
                return chance.choice(["1900-01-01", "2200-12-31", "2024-02-29", "2023-10-01", "2025-06-30"])
            case Kind.MOMENT:
                return chance.choice([MOMENT, "1901-01-01T00:00:00.000+00:00", "2200-12-31T23:59:59.999-12:00"])
            case Kind.ID:
                return self._reference(table, field)
            case Kind.IDS:
                return chance.choice(["", self._row_of("action") or "", new_id()])
            case Kind.CODE:
                return chance.choice(["SW-RIV", "0" * 64, "5 9", "follow_up", "", "12025"])
        return chance.choice(TEXTS)

    def _reference(self, table: str, field: str) -> str:
        """Mostly a row of the right table; sometimes of another one, or none that exists."""
        keys = table_of(TRACKED[table]).c[field].foreign_keys
        target = next((key.column.table.name for key in keys), "commitment")
        if self.chance.random() < 0.05:
            target = self.chance.choice(["government", "officer", "contact"])
        return self._row_of(target) or new_id()

    def _row_of(self, table: str) -> str | None:
        where = (
            "WHERE id IN (SELECT government_id FROM assignment) OR kind = 'partnership'"
            if table == "government"
            else ""
        )
        rows = sql(self._receiver, f"SELECT id FROM {table} {where} ORDER BY id")
        return str(self.chance.choice(rows)[0]) if rows else None

    # Places

    def _scopes_of(self, table: str, row_id: str) -> list[str]:
        query = (
            "SELECT DISTINCT s.scope FROM change c JOIN change_scope s ON s.change_seq = c.seq"
            " WHERE c.row_id = ? AND c.table_name = ? ORDER BY 1"
        )
        return self._or_elsewhere([str(row[0]) for row in sql(self._receiver, query, row_id, table)])

    def _scopes_of_new(self, table: str, row_id: str, row: dict[str, Any]) -> list[str]:
        model, found = TRACKED[table], set[str]()
        for column in model.scope_columns:
            value = row_id if column == "id" else row.get(column)
            if isinstance(value, str):
                found.add(value)
        for column, parent in model.scope_parents:
            if isinstance(row.get(column), str):
                query = (
                    "SELECT DISTINCT s.scope FROM change c JOIN change_scope s ON s.change_seq = c.seq"
                    " WHERE c.row_id = ? AND c.table_name = ?"
                )
                found |= {str(one[0]) for one in sql(self._receiver, query, row[column], parent)}
        return self._or_elsewhere(sorted(found) or ["catalogue"])

    def _or_elsewhere(self, scopes: list[str]) -> list[str]:
        if self.chance.random() < 0.04:
            return self.chance.choice([[], ["catalogue"], [self._row_of("government") or "catalogue"]])
        return scopes or ["catalogue"]

    # Erasing

    def _erase(self, body: dict[str, Any]) -> None:
        chance = self.chance
        if chance.random() < 0.7:
            table = chance.choice([*sorted(SCHEMA), "contact", "contact", "attachment"])
            row_id = self._row_of(table) or new_id()
            body["erasures"].append([table, row_id, self._device, 5, MOMENT])
        if chance.random() < 0.6:
            count = sql(self._receiver, "SELECT count(*) FROM change")[0][0]
            for ref, field, new in sql(
                self._receiver,
                "SELECT device_id || ':' || number, field, new FROM change WHERE new IS NOT NULL LIMIT 3 OFFSET ?",
                chance.randrange(count),
            ):
                body["redactions"].append([ref, None, self._left(field, json.loads(new))])

    def _left(self, field: str | None, value: Any) -> str | None:
        chance = self.chance
        if field is None:
            name = chance.choice(sorted(value))
            kept = {key: one for key, one in value.items() if key != name}
            return text_of(chance.choice([kept, value | {name: "[gewist]"}, value | {name: 5}, {}, "[gewist]"]))
        return chance.choice([None, text_of("[gewist]"), text_of("iets anders"), text_of({}), text_of(value)])


def text_of(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
