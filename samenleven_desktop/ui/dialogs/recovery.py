"""The recovery sheet: shown once, to print or to copy by hand; the program stores no readable copy."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.fit_to_screen import FittingDialog
from samenleven_desktop.ui.widgets.basic import button, label


class RecoveryDialog(FittingDialog):
    def __init__(self, context: UiContext, code: str, file_name: str, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._code, self._file = context, code, file_name
        text = context.language.text
        self.setWindowTitle(text("Recovery sheet"))
        self.setMinimumWidth(460)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(12)
        box.addWidget(label(text("Recovery sheet of {file}", file=file_name), "card-title"))
        self.code = label(code, "figure")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setWordWrap(True)
        box.addWidget(self.code)
        box.addWidget(
            label(
                text(
                    "With this code you can open the file without the passphrase. It is shown once: print it or "
                    "write it down, and keep it apart from the computer."
                ),
                "muted",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(text("Print ..."), self._print))
        row.addWidget(button(text("Close"), self.accept, kind="primary"))
        box.addLayout(row)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._paint(printer))
        dialog.show()

    def _paint(self, printer: object) -> None:
        from PySide6.QtPrintSupport import QPrinter

        assert isinstance(printer, QPrinter)
        painter = QPainter(printer)
        page = painter.viewport()
        line = page.height() // 40
        text = self._context.language.text
        for place, (words, points) in enumerate(
            (
                (text("Recovery sheet of {file}", file=self._file), 18),
                (self._code, 20),
                (text("Keep this sheet apart from the computer."), 11),
                (self._context.language.day(self._context.today), 11),
            )
        ):
            font = QFont("Inter")
            font.setPointSize(points)
            painter.setFont(font)
            painter.drawText(
                QRect(0, line * (2 + place * 3), page.width(), line * 3), Qt.AlignmentFlag.AlignLeft, words
            )
        painter.end()
