"""Saves a report of stimuli to a path that the user selects."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from samenleven_desktop.i18n.long_texts import too_long_note
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.reports.kept_reports import keep_report
from samenleven_desktop.services.reports.kinds import document_of, report_bytes, too_long_texts
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.file_dialogs import PDF, XLSX, ask_save


def save_stimulus_report(context: UiContext, owner: QWidget, government_id: str | None, year: str) -> None:
    """Saves the explanation for a government, or the overview of all the officer's governments."""
    text = context.language.text
    name = text("Explanation of stimuli") if government_id else text("Overview of stimuli")
    label = next((one.label for plan, one in context.plans.years() if one.id == year), "")
    ask_save(
        owner,
        text("Save as"),
        f"{name} {label}",
        (PDF, XLSX),
        lambda path: write(context, owner, government_id, year, path),
        kind="report",
    )


def write(context: UiContext, owner: QWidget, government_id: str | None, year: str, path: Path) -> None:
    language = context.language
    kind = "stimulus-explanation" if government_id else "stimulus-overview"
    request = ReportRequest(kind, (government_id,) if government_id else (), year)

    ending = path.suffix.lower()

    def save(file: Workspace) -> tuple[str | None, bytes]:
        document = file.query(document_of, request, language)
        content = report_bytes(document, ending)
        write_file(path, content, file.path)
        return too_long_note(language, too_long_texts(document, ending)), content

    def written(answer: tuple[str | None, bytes]) -> None:
        note, content = answer
        context.navigator.saved(path, note or "")
        if ending == ".pdf":
            context.runner.write(lambda file: keep_report(file, request, language.code, content), initiator=owner)

    context.runner.on_read(save, then=written, owner=owner)
