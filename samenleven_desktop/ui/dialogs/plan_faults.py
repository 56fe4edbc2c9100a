"""Every fault of a plan file or form at once, each with its line or its sheet and cell."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.fit_to_screen import FittingDialog
from samenleven_desktop.ui.widgets.basic import button, label


class PlanFaultsDialog(FittingDialog):
    """The sentences can be selected and copied, to send them to whoever filled the file in."""

    def __init__(self, context: UiContext, error: SamenlevenError, owner: QWidget) -> None:
        super().__init__(owner.window())
        text = context.language.text
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("Not loaded"))
        self.resize(720, 380)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(12)
        box.addWidget(label(text("Not loaded"), "card-title"))
        box.addWidget(
            label(text("Nothing was stored. Put this right in the file and load it again."), "muted", wrap=True)
        )
        self.faults = QPlainTextEdit(context.language.error(error))
        self.faults.setReadOnly(True)
        self.faults.setTabChangesFocus(True)
        self.faults.setAccessibleName(text("Faults"))
        box.addWidget(self.faults, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(text("Copy"), self._copy))
        close = button(text("Close"), self.reject, kind="primary")
        close.setDefault(True)
        row.addWidget(close)
        box.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.faults.toPlainText())
