"""Writes many reports, one file per government, to a folder; and stores the choices of the report builder.

One report is in memory at a time. A file is written atomically, and never over an existing one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.text_output import sort_key
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.document import Document
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.core.output_files import offered_name, write_file
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.reports.kinds import report_bytes, too_long_texts
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage import saved_filters
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.view import View

NO_FOLDER = N_("The folder {folder} does not exist. Make it first, or choose another.")
_KEPT_AS = ("reports", "last")


@dataclass(frozen=True)
class BatchItem:
    """One report of a batch: its government, and its options."""

    government: str
    request: ReportRequest


@dataclass(frozen=True)
class BatchDone:
    """The result of a batch; `stopped` if the user cancelled it before `asked` were written.

    `too_long` is the number of texts that a cell cannot hold, over all files.
    """

    folder: Path
    written: int
    asked: int
    stopped: bool
    language: str
    too_long: int = 0


def batch_items(context: QueryContext, request: ReportRequest) -> list[BatchItem]:
    """Returns the same options for each of their governments, by name."""
    ids = request.government_ids or tuple(support.assigned_ids(context))
    found = reference.governments_by_id(context.view, ids).values()
    ordered = sorted(found, key=lambda one: (sort_key(one.name), one.code))
    return [BatchItem(one.name, replace(request, government_ids=(one.id,))) for one in ordered]


def check_folder(folder: Path) -> None:
    """Raises UserError if the folder does not exist."""
    if not folder.is_dir():
        raise UserError(NO_FOLDER, field="out", folder=str(folder))


@dataclass(frozen=True)
class Written:
    """A file of a batch; `too_long` is the number of its texts that a cell cannot hold."""

    content: bytes
    too_long: int


def write_report(document: Document, folder: Path, name: str, ending: str) -> Written:
    """Writes one report atomically under an unused name."""
    content = report_bytes(document, ending)
    path = folder / f"{name}{ending}"
    number = 2
    while path.exists():
        path = folder / f"{name} ({number}){ending}"
        number += 1
    write_file(path, content)
    return Written(content, too_long_texts(document, ending))


def file_name(kind: str, about: str, language: Language) -> str:
    """Returns a file name that every system accepts, without its ending."""
    return offered_name(f"{language.text(REPORT_KINDS[kind].title)} {about}")


def remembered(context: QueryContext) -> Mapping[str, object]:
    """Returns the last choices in the builder, as stored; empty at first."""
    screen, name = _KEPT_AS
    kept = dict(saved_filters.of_screen(context.view, screen)).get(name)
    return json.loads(kept) if kept else {}


def remember(workspace: Workspace, choices: Mapping[str, object]) -> None:
    """Stores the choices in the work file, outside log, undo and packs."""
    screen, name = _KEPT_AS
    words = json.dumps(choices, ensure_ascii=False)

    def keep(view: View) -> None:
        saved_filters.drop(view, screen, name)
        saved_filters.add(view, screen, name, words)

    workspace.write_untracked(keep)
