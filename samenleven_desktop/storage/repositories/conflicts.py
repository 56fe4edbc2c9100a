"""Settles conflicts: writes the chosen value as a change that lists the changes it settles."""

from __future__ import annotations

from sqlalchemy import delete, select

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.field_merge import DELETED
from samenleven_desktop.domain.record_schema import rule_of
from samenleven_desktop.readmodels.exchange import Choice, ConflictKind, ConflictLine
from samenleven_desktop.storage.models import (
    TRACKED,
    CommitmentRow,
    ConflictRow,
    KpiEntryRow,
    OfferUseRow,
    table_of,
)
from samenleven_desktop.storage.queries import conflicts as stored
from samenleven_desktop.storage.unit_of_work import UnitOfWork
from samenleven_desktop.storage.view import View

_CONFLICT = table_of(ConflictRow)
# Separates the two texts if the user keeps both.
BETWEEN = "\n\n"
TOO_LONG_TOGETHER = N_("Both texts together are too long. Choose one, and copy from the other what is missing.")


def settle(unit: UnitOfWork, line: ConflictLine, choice: Choice) -> None:
    """Writes the choice; the conflict is then closed here and, with the next pack, on every device."""
    if line.kind is ConflictKind.DOUBLE:
        _settle_double(unit, line, choice)
        return
    model, view = TRACKED[line.table_name], View(unit.connection)
    heads = stored.heads_of(view, line.table_name, line.row_id, line.field)
    if line.kind is ConflictKind.DELETED:
        row = unit.row(model, line.row_id)
        assert row is not None
        mine_deletes = stored.deleter_is_me(view, heads[-1])
        stays_deleted = choice is (Choice.MINE if mine_deletes else Choice.THEIRS)
        unit.decide(model, line.row_id, DELETED, row[DELETED] if stays_deleted else None, heads)
    else:
        unit.decide(model, line.row_id, line.field, _value(line, choice), heads)
    _close(unit, line.table_name, line.row_id, line.field)


def _value(line: ConflictLine, choice: Choice) -> object:
    if choice is Choice.BOTH:
        words = [str(one) for one in (line.mine.value, line.theirs.value) if one not in (None, "")]
        both = BETWEEN.join(words)
        rule = rule_of(line.table_name, line.field)
        if rule is not None and rule.fault(both) is not None:
            raise UserError(TOO_LONG_TOGETHER)
        return both
    return (line.mine if choice is Choice.MINE else line.theirs).value


def _settle_double(unit: UnitOfWork, line: ConflictLine, choice: Choice) -> None:
    view = View(unit.connection)
    query = select(_CONFLICT.c.row_id, _CONFLICT.c.field).where(
        _CONFLICT.c.kind == ConflictKind.DOUBLE, _CONFLICT.c.row_id == line.row_id
    )
    for first, second in view.connection.execute(query).all():
        if stored.conflict_id("commitment", first, second) != line.id:
            continue
        at = (_CONFLICT.c.row_id == first) & (_CONFLICT.c.field == second)
        if choice is Choice.BOTH:
            # Written on the first, as an edit that had seen both: so the choice goes to the colleagues as well.
            unit.decide(CommitmentRow, first, DELETED, None, stored.inserts_of(view, [first, second]))
            view.connection.execute(delete(_CONFLICT).where(at))
            return
        mine, theirs = stored.own_first(view, [first, second])
        keep, drop = (mine, theirs) if choice is Choice.MINE else (theirs, mine)
        for model in (KpiEntryRow, OfferUseRow):
            table = table_of(model)
            hanging = select(table.c.id).where(table.c.commitment_id == drop, table.c.deleted_at.is_(None))
            for row_id in view.connection.execute(hanging).scalars().all():
                unit.change(model, row_id, commitment_id=keep)
        unit.delete(CommitmentRow, drop)
        view.connection.execute(delete(_CONFLICT).where(at))
        return


def _close(unit: UnitOfWork, table_name: str, row_id: str, field: str) -> None:
    at = (_CONFLICT.c.table_name == table_name) & (_CONFLICT.c.row_id == row_id) & (_CONFLICT.c.field == field)
    unit.connection.execute(delete(_CONFLICT).where(at))
