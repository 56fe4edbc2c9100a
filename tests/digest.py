"""A digest of the live content of the tracked tables: equal content gives an equal digest on any device."""

from __future__ import annotations

import hashlib

import msgspec
from sqlalchemy import select

from samenleven_desktop.storage.models import TRACKED, table_of
from samenleven_desktop.storage.view import View


def content_digest(view: View) -> str:
    """Returns the SHA-256 of all live rows: tables in order of name, rows in order of id, without tombstones."""
    digest = hashlib.sha256()
    encode = msgspec.json.Encoder(order="sorted").encode
    for name in sorted(TRACKED):
        table = table_of(TRACKED[name])
        query = select(table).where(table.c.deleted_at.is_(None)).order_by(table.c.id)
        # Plain strings, of names that SQLAlchemy quotes too.
        said, *columns = ["".join(key) for key in (name, *table.c.keys())]
        for row in view.connection.execute(query):
            digest.update(encode([said, dict(zip(columns, row, strict=True))]))
    return digest.hexdigest()
