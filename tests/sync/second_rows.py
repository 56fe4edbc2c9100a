"""What a second reader makes of the changes of a whole pack: rows and digests, as docs/pack-format.md tells."""

from __future__ import annotations

import hashlib
import json
from typing import Any

# table -> column -> (may be empty, personal)
Columns = dict[str, dict[str, tuple[bool, bool]]]
Rows = dict[tuple[str, str], dict[str, Any]]


def rows_of(body: dict[str, Any], columns: Columns) -> Rows:
    rows: Rows = {}
    for _, _, _, _, _, table, row_id, field, _, new, _ in sorted(body["changes"], key=lambda c: (c[3], c[0], c[1])):
        value = None if new is None else json.loads(new)
        rows[table, row_id] = {"id": row_id} | value if field is None else rows[table, row_id] | {field: value}
    for table, row_id, *_ in body["erasures"]:
        for name, (optional, personal) in columns[table].items() if (table, row_id) in rows else ():
            rows[table, row_id][name] = (None if optional else "") if personal else rows[table, row_id].get(name)
    return rows


def digests_of(manifest: dict[str, Any], body: dict[str, Any], rows: Rows) -> dict[str, str]:
    made = {(c[0], c[1]): (c[5], c[6]) for c in body["changes"] if c[7] is None}
    found = {}
    for scope in manifest["digests"]:
        members = {made[p[3], p[4]] for p in body["places"] if p[0] == scope and (p[3], p[4]) in made}
        total = hashlib.sha256()
        for table, row_id in sorted(members):
            said = {n: int(v) if isinstance(v, bool) else v for n, v in rows[table, row_id].items() if v is not None}
            if "deleted_at" not in said:
                text = json.dumps([table, said], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                total.update(hashlib.sha256(text.encode()).digest())
        found[scope] = total.hexdigest()
    return found
