"""All file and folder dialogs.

Uses the native dialog of the system (a portal on Linux, Windows) if there is one, otherwise Qt's; it opens in the
folder last used for that kind of file. `then` is called with the path.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from samenleven_desktop.services.core.output_files import offered_file_name, offered_name
from samenleven_desktop.ui.last_folders import last_folder, remember_folder

Then = Callable[[Path], object]


@dataclass(frozen=True)
class SaveAs:
    """A format to save in; `ending` includes the dot."""

    caption: str
    ending: str

    @property
    def filter(self) -> str:
        return f"{self.caption} (*{self.ending})"


PDF, XLSX, ODS, CSV = (
    SaveAs("PDF", ".pdf"),
    SaveAs("Excel", ".xlsx"),
    SaveAs("OpenDocument", ".ods"),
    SaveAs("CSV", ".csv"),
)
JSON, ICS, PNG = SaveAs("JSON", ".json"), SaveAs("iCalendar", ".ics"), SaveAs("PNG", ".png")
ZIP, YAML = SaveAs("ZIP", ".zip"), SaveAs("YAML", ".yaml")
TABLES = (XLSX, ODS, CSV)


def ask_file(
    owner: QWidget, title: str, filters: Sequence[str], then: Then, *, kind: str, start: Path | None = None
) -> None:
    """Asks for an existing file; `start` is used if there is no last folder yet."""
    dialog = _dialog(owner, title, kind, start)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(list(filters))
    dialog.fileSelected.connect(lambda chosen: _then(kind, Path(chosen), then))
    dialog.open()


def ask_files(owner: QWidget, title: str, then: Callable[[list[Path]], object], *, kind: str) -> None:
    """Asks for one or more existing files."""

    def chosen(paths: list[str]) -> None:
        remember_folder(kind, Path(paths[0]).parent)
        then([Path(one) for one in paths])

    dialog = _dialog(owner, title, kind, None)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(chosen)
    dialog.open()


def ask_folder(owner: QWidget, title: str, then: Then, *, kind: str, start: Path | None = None) -> None:
    """Asks for a folder; `start` is the current one."""

    def chosen(folder: str) -> None:
        remember_folder(kind, Path(folder))
        then(Path(folder))

    dialog = _dialog(owner, title, kind, None)
    if start is not None and start.is_dir():
        dialog.setDirectory(str(start))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def ask_save(owner: QWidget, title: str, name: str, formats: Sequence[SaveAs], then: Then, *, kind: str) -> None:
    """Asks for a file to write, in one of the formats; without formats the extension of `name` is used."""
    dialog = _dialog(owner, title, kind, None)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    wanted = offered_name(name, formats[0].ending) if formats else offered_file_name(name)
    if formats:
        dialog.setNameFilters([one.filter for one in formats])
        dialog.filterSelected.connect(lambda chosen: _follow(dialog, formats, chosen))
    dialog.setDefaultSuffix(Path(wanted).suffix.removeprefix("."))
    dialog.selectFile(wanted)

    def chosen(typed: str) -> None:
        path = named(Path(typed), formats, dialog.selectedNameFilter())
        if path == Path(typed) or not path.exists():
            _then(kind, path, then)
        else:
            _ask_to_replace(owner, path, lambda: _then(kind, path, then))

    dialog.fileSelected.connect(chosen)
    dialog.open()


def named(path: Path, formats: Sequence[SaveAs], chosen: str) -> Path:
    """Returns the path with the extension of its format: the one selected in the list, otherwise the one typed."""
    if not formats:
        return path
    endings = [one.ending for one in formats]
    wanted = next((one.ending for one in formats if one.filter == chosen), endings[0])
    if path.suffix.lower() not in endings:
        return path.with_name(path.name + wanted)
    return path if wanted == endings[0] else path.with_suffix(wanted)


def _follow(dialog: QFileDialog, formats: Sequence[SaveAs], chosen: str) -> None:
    """Gives the name in the dialog the extension of the newly selected format."""
    ending = next(one.ending for one in formats if one.filter == chosen)
    dialog.setDefaultSuffix(ending.removeprefix("."))
    for typed in dialog.selectedFiles()[:1]:
        if Path(typed).suffix.lower() in [one.ending for one in formats]:
            dialog.selectFile(Path(typed).with_suffix(ending).name)


def _dialog(owner: QWidget, title: str, kind: str, start: Path | None) -> QFileDialog:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = last_folder(kind) or start or Path(documents)
    dialog = QFileDialog(owner.window(), title, str(folder))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _then(kind: str, path: Path, then: Then) -> None:
    remember_folder(kind, path.parent)
    then(path)


def _ask_to_replace(owner: QWidget, path: Path, then: Callable[[], object]) -> None:
    """Uses Qt's own text; the native dialog asked about the name without the extension."""
    words = QCoreApplication.translate("QFileDialog", "%1 already exists.\nDo you want to replace it?")
    buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
    box = QMessageBox(QMessageBox.Icon.Warning, owner.window().windowTitle(), words.replace("%1", path.name), buttons)
    box.setParent(owner.window(), box.windowFlags())
    box.setDefaultButton(QMessageBox.StandardButton.No)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.button(QMessageBox.StandardButton.Yes).clicked.connect(lambda: then())
    box.open()
