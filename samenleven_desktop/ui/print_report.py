"""Prints a finished PDF.

On Linux through our own dialog and CUPS, which receives the PDF itself; elsewhere through the dialog of the system,
with the pages drawn at the printer's resolution.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from samenleven_desktop.services.reports.print_job import PrintChoice
    from samenleven_desktop.ui.context import UiContext


def print_pdf(
    owner: QWidget,
    pdf: bytes,
    number: int,
    title: str,
    context: UiContext,
    to_file: Callable[[], object],
    printed: Callable[[], object] = lambda: None,
) -> None:
    """Asks for printer, pages and copies, then prints without blocking the window; `to_file` saves the PDF instead.

    `printed` is called once the printer has taken the job.
    """
    if not sys.platform.startswith("linux"):
        _print_with_system(owner, pdf, title, printed)
        return
    from samenleven_desktop.services.reports.print_job import send
    from samenleven_desktop.ui.dialogs.print import PrintDialog

    def chosen(choice: PrintChoice) -> None:
        def sent(_: None) -> None:
            context.navigator.notify("good", context.language.text("Sent to {printer}.", printer=choice.printer))
            printed()

        context.runner.free(lambda: send(pdf, number, choice, title), then=sent, owner=owner)

    dialog = PrintDialog(context, owner, number, chosen, to_file)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _print_with_system(owner: QWidget, pdf: bytes, title: str, printed: Callable[[], object]) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, owner)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)

    def start() -> None:
        pages = PagePrinter(owner, printer, pdf)
        pages.finished.connect(lambda: printed())
        pages.start()

    dialog.accepted.connect(start)
    dialog.show()


class PagePrinter(QObject):
    """Draws the chosen pages one by one at the printer's resolution, at most 300 dots per inch.

    Returns to the event loop between two pages. `finished` is emitted when the last page has been sent to the printer.
    """

    finished = Signal()

    def __init__(self, owner: QObject, printer: QPrinter, pdf: bytes) -> None:
        super().__init__(owner)
        self._printer = printer
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument(self)
        self._document.load(self._buffer)
        self._pages = pages_to_print(printer, self._document.pageCount())
        self._painter: QPainter | None = None

    def start(self) -> None:
        self._printer.setResolution(min(self._printer.resolution(), 300))
        self._step()

    def _step(self) -> None:
        if not self._pages:
            if self._painter is not None:
                self._painter.end()
            self._document.close()
            self.finished.emit()
            self.deleteLater()
            return
        if self._painter is None:
            self._painter = QPainter(self._printer)
        else:
            self._printer.newPage()
        whole = self._painter.viewport()
        self._painter.drawImage(QRectF(whole), self._document.render(self._pages.pop(0), whole.size()))
        QTimer.singleShot(0, self, self._step)


def pages_to_print(printer: QPrinter, number: int) -> list[int]:
    """Returns the page indexes of the requested range, counted from 0."""
    if printer.printRange() != QPrinter.PrintRange.PageRange or printer.pageRanges().isEmpty():
        return list(range(number))
    return [page for page in range(number) if printer.pageRanges().contains(page + 1)]
