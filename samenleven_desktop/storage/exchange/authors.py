"""Who may write what: nobody writes as this device, and a step belongs to the device that took it.

Changes of this device come back from colleagues, and are then those that stand here. Others under its name were made by
somebody else, or by a copy of this file; after a restore by the program the file is another device, and its earlier
changes are welcome.
"""

from __future__ import annotations

import json

from sqlalchemy import Connection

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.exchange import Bundle

WRITES_AS_YOU = N_(
    "{file} holds work under the name of this computer that was not made here. Nothing was taken over. Did you copy "
    "your work file by hand? Then put a backup back with the program first. Otherwise ask who made the file."
)
OF_ANOTHER = N_("{file} holds work under a step of somebody else. Nothing was taken over. Ask who made the file.")
_IN = "IN (SELECT value FROM json_each(?))"


def check(connection: Connection, bundle: Bundle, own: str, file_name: str) -> None:
    """Raises UserError; called before anything of the pack is written."""
    _check_own_changes(connection, bundle, own, file_name)
    _check_steps(connection, bundle, own, file_name)


def _check_own_changes(connection: Connection, bundle: Bundle, own: str, file_name: str) -> None:
    redacted = {str(row[0]) for row in connection.exec_driver_sql("SELECT ref FROM redaction")}
    redacted |= {one.ref for one in bundle.redactions}
    query = (
        "SELECT officer_id, hlc, command_id, table_name, row_id, field, replaces, old, new FROM change "
        "WHERE device_id = ? AND number = ?"
    )
    for one in bundle.changes:
        if one.device_id != own:
            continue
        here = connection.exec_driver_sql(query, (own, one.number)).first()
        said = (one.officer_id, one.hlc, one.command_id, one.table_name, one.row_id, one.field, one.replaces)
        if here is None or tuple(here[:7]) != said:
            raise UserError(WRITES_AS_YOU, file=file_name)
        if tuple(here[7:]) != (one.old, one.new) and f"{own}:{one.number}" not in redacted:
            raise UserError(WRITES_AS_YOU, file=file_name)
    place = "SELECT 1 FROM change_scope WHERE scope = ? AND device_id = ? AND number = ?"
    for place_ in bundle.places:
        at = (place_.scope, own, place_.number)
        if place_.device_id == own and connection.exec_driver_sql(place, at).first() is None:
            raise UserError(WRITES_AS_YOU, file=file_name)


def _check_steps(connection: Connection, bundle: Bundle, own: str, file_name: str) -> None:
    used = sorted({one.command_id for one in bundle.changes})
    query = f"SELECT id, device_id FROM command_log WHERE id {_IN}"
    here = {id_: device for id_, device in connection.exec_driver_sql(query, (json.dumps(used),))}  # noqa: C416
    for command in bundle.commands:
        if command.device_id == own and command.id not in here:
            raise UserError(WRITES_AS_YOU, file=file_name)
        if here.setdefault(command.id, command.device_id) != command.device_id:
            raise UserError(OF_ANOTHER, file=file_name)
    for one in bundle.changes:
        if here.get(one.command_id, one.device_id) != one.device_id:
            raise UserError(OF_ANOTHER, file=file_name)
