"""A consistent look into the store, handed through services to the queries of `storage`."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True)
class View:
    """Services pass it on; only `storage` looks inside."""

    connection: Connection
