"""One way to ask for a file: the ending follows the chosen format, and the dialog opens where it was last."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QFileDialog, QLineEdit, QMessageBox

import samenleven_desktop
from samenleven_desktop.ui.dialogs.file_dialogs import PDF, TABLES, XLSX, ask_save, named
from samenleven_desktop.ui.last_folders import last_folder, remember_folder
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui


class Chooser:
    """Qt's own file dialog, as a person uses it."""

    def __init__(self, window: WindowPage) -> None:
        self.window = window
        self.dialog = window.dialog(QFileDialog)

    def choose_format(self, words: str) -> None:
        combo = self.dialog.findChild(QComboBox, "fileTypeCombo")
        assert combo is not None
        place = next(one for one in range(combo.count()) if words in combo.itemText(one))
        combo.setCurrentIndex(place)
        combo.textActivated.emit(combo.itemText(place))
        combo.activated.emit(place)

    def type_name(self, name: str) -> None:
        edit = self.dialog.findChild(QLineEdit, "fileNameEdit")
        assert edit is not None
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, name)

    @property
    def name(self) -> str:
        edit = self.dialog.findChild(QLineEdit, "fileNameEdit")
        assert edit is not None
        return edit.text()

    def save(self) -> None:
        box = self.dialog.findChild(QDialogButtonBox)
        assert box is not None
        QTest.mouseClick(box.button(QDialogButtonBox.StandardButton.Save), Qt.MouseButton.LeftButton)
        self.window.settle()


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samenleven_desktop.ui.last_folders.user_data_dir", lambda: tmp_path / "data")


def test_a_list_saved_as_ods_without_an_ending_is_ods(window: WindowPage, tmp_path: Path) -> None:
    window.open_page("governments")
    remember_folder("list", tmp_path)
    window.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    chooser = Chooser(window)
    assert Path(chooser.dialog.directory().absolutePath()) == tmp_path
    assert chooser.name.endswith(".xlsx")
    chooser.choose_format("*.ods")
    assert chooser.name.endswith(".ods")
    chooser.type_name("mijn lijst")
    chooser.save()
    window.until(lambda: any("mijn lijst.ods" in one for one in window.notices()))
    assert b"opendocument" in (tmp_path / "mijn lijst.ods").read_bytes()[:200]


def test_the_folder_of_each_kind_is_remembered(window: WindowPage, tmp_path: Path) -> None:
    there = tmp_path / "verslagen"
    there.mkdir()
    got: list[Path] = []
    ask_save(window.shell, "Bewaren", "een", (PDF,), got.append, kind="report")
    chooser = Chooser(window)
    chooser.type_name(str(there / "een verslag"))
    chooser.save()
    window.until(lambda: got == [there / "een verslag.pdf"])
    assert last_folder("report") == there
    assert last_folder("list") is None
    there.rmdir()
    assert last_folder("report") is None


@pytest.mark.parametrize(
    ("typed", "chosen", "expected"),
    [
        ("lijst", 1, "lijst.ods"),
        ("lijst.xlsx", 1, "lijst.ods"),
        ("lijst.csv", 0, "lijst.csv"),
        ("lijst v1.2", 0, "lijst v1.2.xlsx"),
        ("lijst.ODS", 1, "lijst.ods"),
    ],
)
def test_the_ending_follows_the_format(typed: str, chosen: int, expected: str) -> None:
    """As a dialog of the system gives it back, which adds no ending of its own."""
    assert named(Path(typed), TABLES, TABLES[chosen].filter) == Path(expected)


def test_a_file_that_the_ending_makes_known_is_asked_about(window: WindowPage, tmp_path: Path) -> None:
    (tmp_path / "lijst.ods").write_bytes(b"van gisteren")
    got: list[Path] = []
    ask_save(window.shell, "Bewaren", "lijst", TABLES, got.append, kind="list")
    dialog = window.dialog(QFileDialog)
    dialog.selectNameFilter(TABLES[1].filter)
    dialog.fileSelected.emit(str(tmp_path / "lijst"))
    box = window.dialog(QMessageBox)
    assert "bestaat al" in box.text()
    assert got == []
    QTest.mouseClick(box.button(QMessageBox.StandardButton.Yes), Qt.MouseButton.LeftButton)
    dialog.reject()
    window.closed()
    assert got == [tmp_path / "lijst.ods"]


def test_no_other_part_of_the_program_makes_a_file_dialog() -> None:
    ui = Path(samenleven_desktop.__file__).parent / "ui"
    makers = {path.name for path in ui.rglob("*.py") if "QFileDialog(" in path.read_text(encoding="utf-8")}
    assert makers == {"file_dialogs.py"}


def test_a_name_that_is_offered_holds_nothing_that_a_system_refuses(window: WindowPage) -> None:
    """The name of a partnership may have a slash, which a dialog takes for a folder."""
    ask_save(window.shell, "Bewaren", "KPI Zuid/Noord: wat? 2", (XLSX,), print, kind="list")
    chooser = Chooser(window)
    assert chooser.name == "KPI Zuid Noord wat 2.xlsx"
    chooser.dialog.reject()
    window.closed()
