"""Printing a finished PDF through the system's dialog: the file itself goes to the printer where `lp` exists.

Elsewhere (Windows) its pages are drawn at the printer's resolution.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from samenleven_desktop.domain.errors import N_, EnvironmentFault

if TYPE_CHECKING:
    from samenleven_desktop.ui.context import UiContext

NOT_PRINTED = N_("The printer {printer} did not take the job ({reason}).")


def print_pdf(owner: QWidget, pdf: bytes, context: UiContext) -> None:
    """Asks for printer, pages and copies, then prints on the free lane."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, owner)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)

    def accepted() -> None:
        name, to_file = printer.printerName(), printer.outputFileName()
        if to_file or not shutil.which("lp"):
            PagePrinter(owner, printer, pdf).start()
            return
        options = lp_options(printer)
        context.runner.free(
            lambda: send_to_lp(name, pdf, options),
            then=lambda _: context.wishes.notice_requested.emit(
                "good", context.language.text("Sent to {printer}.", printer=name)
            ),
            owner=owner,
        )

    dialog.accepted.connect(accepted)
    dialog.show()


def lp_options(printer: QPrinter) -> list[str]:
    """What was chosen in the dialog, as `lp` wants it."""
    options = ["-n", str(printer.copyCount())]
    if printer.printRange() == QPrinter.PrintRange.PageRange and not printer.pageRanges().isEmpty():
        options += ["-P", printer.pageRanges().toString()]
    sides = {
        QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
        QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
        QPrinter.DuplexMode.DuplexNone: "one-sided",
    }.get(printer.duplex())
    return options + (["-o", f"sides={sides}"] if sides else [])


def send_to_lp(name: str, pdf: bytes, options: list[str]) -> None:
    """The file itself, through standard input: nothing readable is left on disk. Raises EnvironmentFault."""
    command = ["lp", "-s", *(["-d", name] if name else []), *options, "-"]
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EnvironmentFault(NOT_PRINTED, printer=name, reason=type(error).__name__) from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip() or str(done.returncode)
        raise EnvironmentFault(NOT_PRINTED, printer=name, reason=reason)


class PagePrinter(QObject):
    """Draws the chosen pages one by one at the printer's resolution, at most 300 dots per inch; between two of them
    the window has its turn. `finished` tells that the last one is with the printer."""

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
    """The pages of a document that were asked for, from 0."""
    if printer.printRange() != QPrinter.PrintRange.PageRange or printer.pageRanges().isEmpty():
        return list(range(number))
    return [page for page in range(number) if printer.pageRanges().contains(page + 1)]
