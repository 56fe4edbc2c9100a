"""Saves a report of stimuli where the person says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.reports.kinds import ReportWish, report_file
from samenleven_desktop.ui.dialogs.file_dialogs import PDF, XLSX, ask_save

if TYPE_CHECKING:
    from samenleven_desktop.ui.app import Application


def save_stimulus_report(application: Application, government_id: str | None, year: int) -> None:
    """The explanation for a government, or the overview of mine."""
    text = application.language.text
    name = text("Explanation of stimuli") if government_id else text("Overview of stimuli")
    ask_save(
        application.shell,
        text("Save as"),
        f"{name} {year}",
        (PDF, XLSX),
        lambda path: write(application, government_id, year, path),
        kind="report",
    )


def write(application: Application, government_id: str | None, year: int, path: Path) -> None:
    language = application.language
    kind = "stimulus-explanation" if government_id else "stimulus-overview"
    wish = ReportWish(kind, (government_id,) if government_id else (), year)
    application.runner.on_read(
        lambda file: write_file(path, report_file(file, wish, language, path.suffix.lower())),
        then=lambda _: application.wishes.notice_requested.emit(
            "good", language.text("Saved as {file}.", file=path.name)
        ),
        owner=application,
    )
