"""A consistent view of the store, passed through services to the queries of `storage`."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True)
class View:
    """Opaque to services, which only pass it on; `storage` uses its connection."""

    connection: Connection
