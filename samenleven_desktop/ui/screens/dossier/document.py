"""Saves the KPI document of the current government: asks for the path and writes the file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.governments.queries import dossier
from samenleven_desktop.services.importing.kpi_document import kpi_document
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.file_dialogs import XLSX, ask_save


def ask_for_document(owner: QWidget, context: UiContext, government_id: str | None, year: str) -> None:
    """Asks for a path and saves the document there; the completed document is imported through *Importeren*."""
    if government_id is None:
        return
    text = context.language.text

    def save(path: Path) -> None:
        save_document(owner, context, government_id, year, path)

    def ask(name: str) -> None:
        wanted = f"KPI {name}"
        ask_save(owner, text("Save KPI document"), wanted, (XLSX,), save, kind="kpi document")

    context.runner.query(
        dossier, government_id, year, then=lambda found: ask(found.government.name), owner=owner, latest="kpi-document"
    )


def save_document(owner: QWidget, context: UiContext, government_id: str, year: str, path: Path) -> None:
    """Writes the document atomically."""

    def write(file: Workspace) -> str | None:
        made = file.query(kpi_document, government_id, year)
        write_file(path, made.content, file.path)
        return made.note(context.language)

    context.runner.on_read(
        write,
        then=lambda note: context.navigator.saved(path, note or ""),
        owner=owner,
    )
