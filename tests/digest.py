"""A digest of the live content of the tracked tables: equal content gives an equal digest on any device."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from sqlalchemy import select

from samenleven_desktop.storage.models import TRACKED, table_of
from samenleven_desktop.storage.view import View


def content_digest(view: View) -> str:
    """Returns the SHA-256 of all live rows: tables in order of name, rows in order of id, without tombstones."""
    digest = hashlib.sha256()
    for name in sorted(TRACKED):
        table = table_of(TRACKED[name])
        query = select(table).where(table.c.deleted_at.is_(None)).order_by(table.c.id)
        for row in view.connection.execute(query).mappings():
            values = {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
            digest.update(json.dumps([name, values], sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()
