"""Exports all data as one JSON file that anyone can read, and imports it again. Keys are not included."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from samenleven_desktop import __version__
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.services.core.command import Done, UnitOfWork
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.safekeeping.workspace_file import back_up
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage import open_data as stored
from samenleven_desktop.storage.file_lock import os_faults
from samenleven_desktop.storage.queries import reference

FORMAT, FORMAT_VERSION = "samenleven-open-data", 1
# Parsing JSON takes about ten times its size in memory.
MOST_BYTES = 200_000_000
WARNING = "This file holds personal data and is not encrypted. Bevat persoonsgegevens, niet versleuteld."

NOT_OURS = N_("{file} holds no open data of Samenleven.")
NEWER = N_("{file} was made by a newer version of Samenleven. Install that version first.")
OTHER_PLAN = N_("{file} leans on {plan}, version {version}. Load that plan file first, in Instellingen.")
BROKEN = N_("{file} cannot be read as JSON: line {line}, column {column}.")
WOULD_COME = N_("{new} records would be added, {changed} would change.")
TOO_LARGE = N_("{file} is too large (at most {most} MB). Nothing was read.")
NOT_ROWS = N_("{file}: {name} must be a list of rows.")


@dataclass(frozen=True)
class ImportCounts:
    """The numbers of records added and changed."""

    added: int
    changed: int


@dataclass(frozen=True)
class TakeOpenData:
    """Imports rows by id, in one step.

    Missing rows are added, different ones get the values of the file; nothing is deleted.
    """

    file: str
    tables: Mapping[str, Sequence[Mapping[str, object]]]
    attachments: Sequence[Mapping[str, object]]

    name: ClassVar[str] = N_("Imported: {file}")

    def details(self) -> Mapping[str, object]:
        return {"file": self.file}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> ImportCounts:  # noqa: ARG002 - signature of Command
        stored.take_contents_in(unit, self.attachments)
        return ImportCounts(*stored.take_in(unit, self.tables))


def export_all(workspace: Workspace) -> bytes:
    """Returns the complete content as JSON in UTF-8 (docs/open-data.schema.json)."""

    def ask(context: QueryContext) -> dict[str, Any]:
        connection = context.view.connection
        tables = stored.tables(connection)
        wanted = {str(row["sha256"]) for row in tables["attachment"]}
        return {"tables": tables, "attachments": stored.contents(connection, wanted)}

    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "warning": WARNING,
        "made_at": workspace.now.isoformat(timespec="seconds"),
        "program": __version__,
        "plan": {"code": workspace.plan.code, "version": workspace.plan.version},
        "practice_date": workspace.practice_date.isoformat() if workspace.practice_date else None,
        "officer_id": workspace.officer_id,
        **workspace.query(ask),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def looks_like(content: bytes) -> bool:
    """Returns whether a file looks like open data, to choose the importer."""
    return content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and FORMAT.encode() in content[:2000]


def read_open_data(path: Path) -> bytes:
    """Returns the bytes of the file. Raises UserError if it is too large to read at once."""
    with os_faults(path):
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UserError(TOO_LARGE, field="file", file=path.name, most=MOST_BYTES // 1_000_000)
        return path.read_bytes()


def preview_all(workspace: Workspace, file: str, content: bytes) -> ImportCounts:
    """Returns the result `import_all` would have, and raises the same errors; writes nothing."""
    found = _of_this_plan(workspace, file, content)

    def compare(context: QueryContext) -> ImportCounts:
        return ImportCounts(*stored.compare(context.view.connection, found["tables"]))

    for _ in stored.checked_contents(found["attachments"]):
        pass
    return workspace.query(compare)


def import_all(workspace: Workspace, file: str, content: bytes) -> Done[ImportCounts]:
    """Imports after a backup, in one undo step. Raises UserError with the place of an error, writing nothing."""
    found = _of_this_plan(workspace, file, content)
    back_up(workspace, "import")
    done = workspace.run(TakeOpenData(file, found["tables"], found["attachments"]))
    if workspace.officer_id is None and found.get("officer_id"):
        workspace.choose_officer(str(found["officer_id"]))
    return done


def _of_this_plan(workspace: Workspace, file: str, content: bytes) -> dict[str, Any]:
    found = _read(file, content)

    def known(context: QueryContext) -> set[tuple[str, str]]:
        return {(one.code, one.version) for one in reference.plans(context.view)}

    plan = found["plan"]
    # A file without a plan in use names none; otherwise any plan of this file will do, whichever counts today.
    if plan.get("code") and (plan.get("code"), plan.get("version")) not in workspace.query(known):
        raise UserError(OTHER_PLAN, file=file, plan=str(plan.get("code")), version=str(plan.get("version")))
    return found


def _read(file: str, content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise UserError(BROKEN, file=file, line=error.lineno, column=error.colno) from None
    except (UnicodeDecodeError, RecursionError):
        raise UserError(NOT_OURS, file=file) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise UserError(NOT_OURS, file=file)
    if not isinstance(found.get("format_version"), int) or found["format_version"] > FORMAT_VERSION:
        raise UserError(NEWER, file=file)
    if not isinstance(found.get("plan"), dict) or not isinstance(found.get("tables"), dict):
        raise UserError(NOT_OURS, file=file)
    found.setdefault("attachments", [])
    for name, rows in [*found["tables"].items(), ("attachments", found["attachments"])]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise UserError(NOT_ROWS, file=file, name=name)
    return found
