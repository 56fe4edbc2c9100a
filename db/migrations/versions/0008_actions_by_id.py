"""Actions by id: offers and stimuli named them by number, which two plans may share.

The old columns (`offer.actions`, `offer.all_actions`, `stimulus.action_number`, `stimulus.linked_actions`) stay, as
packs of older versions bring them: they count while the new column is NULL. Rows that are in the change log keep NULL,
so that they equal the log on every device; offers that ship with the program are outside it and are filled here.
Self-contained: no import of models or helpers of the program.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# As in domain/ids.py, and the code of the plan under which every earlier offer was made.
_SHIPPED = uuid.UUID("6d0f5b0e-4a0e-5c8e-9d53-2b7a3c1f7e11")
_PLAN = "plan-samenleven"


def upgrade() -> None:
    op.execute("ALTER TABLE offer ADD COLUMN action_ids VARCHAR")
    op.execute("ALTER TABLE stimulus ADD COLUMN action_id VARCHAR")
    op.execute("ALTER TABLE stimulus ADD COLUMN linked_action_ids VARCHAR")
    connection = op.get_bind()
    shipped = sa.text("SELECT id, actions, all_actions FROM offer WHERE shipped")
    for id_, actions, every in connection.execute(shipped).fetchall():
        ids = [_id("plan", _PLAN)] if every else [_id("action", _PLAN, number) for number in actions.split()]
        put = sa.text("UPDATE offer SET action_ids = :ids WHERE id = :id")
        connection.execute(put, {"ids": " ".join(ids), "id": id_})


def _id(*parts: str) -> str:
    return str(uuid.uuid5(_SHIPPED, "|".join(parts)))


def downgrade() -> None:
    op.execute("ALTER TABLE stimulus DROP COLUMN linked_action_ids")
    op.execute("ALTER TABLE stimulus DROP COLUMN action_id")
    op.execute("ALTER TABLE offer DROP COLUMN action_ids")
