"""The error report for bugs: a short message, and a text to copy without personal data."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from samenleven_desktop import __version__
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.dialogs.fit_to_screen import FittingDialog
from samenleven_desktop.ui.runner import UNEXPECTED
from samenleven_desktop.ui.widgets.basic import button, label


class CrashDialog(FittingDialog):
    """Shows where the error occurred; the text contains no input and no stored data."""

    def __init__(self, language: Language, details: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(language.text("Something went wrong"))
        self.setMinimumSize(520, 300)
        self._report = f"Samenleven {__version__}\n{details}"
        box = QVBoxLayout(self)
        box.addWidget(label(language.text(UNEXPECTED), "card-title", wrap=True))
        box.addWidget(
            label(language.text("Copy this text for your team; it holds no personal data."), "muted", wrap=True)
        )
        shown = QPlainTextEdit(self._report)
        shown.setReadOnly(True)
        shown.setAccessibleName(language.text("Report of the fault"))
        box.addWidget(shown, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(language.text("Copy"), self._copy))
        close = button(language.text("Close"), self.close, kind="primary")
        row.addWidget(close)
        box.addLayout(row)
        close.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
