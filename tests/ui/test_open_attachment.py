"""Opening an attachment: a document at once, something unknown after a question, a program or a link never."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from samenleven_desktop.ui.attachment_viewer import Copies
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from tests.pages.window import WindowPage


def test_only_harmless_kinds_open_without_a_question(window: WindowPage, tmp_path: Path) -> None:
    opened: list[str] = []
    navigator = window.application.navigator
    navigator.copies = Copies(lambda path: not opened.append(path.name), tmp_path)
    navigator.open_copy("nota.pdf", b"%PDF")
    assert opened == ["nota.pdf"]
    for name in ("rapport.pdf.exe", "x.lnk", "rapport\u202efdp.exe", "x.txt:evil.exe"):
        navigator.open_copy(name, b"MZ")
    assert opened == ["nota.pdf"]
    navigator.open_copy("pagina\u202e.html", b"<p>")
    dialog = window.dialog(AskDialog)
    assert dialog.windowTitle() == "pagina.html openen?"
    assert opened == ["nota.pdf"]
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    window.until(lambda: opened == ["nota.pdf", "pagina.html"])
