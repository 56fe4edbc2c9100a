"""Printing: each choice of our dialog reaches a real CUPS queue, where one can be started; else a drawn PDF."""

from __future__ import annotations

import io
import os
import re
import shutil
import socket as socket_module
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPageRanges
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from samenleven_desktop.domain.errors import EnvironmentFault, UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.pdf import write_pdf
from samenleven_desktop.reports.pdf_page_selection import chosen_pages
from samenleven_desktop.services.reports.print_job import PrintChoice, Sides, Which, described, pages_of, send
from samenleven_desktop.ui.dialogs.print import PrintDialog
from samenleven_desktop.ui.print_report import PagePrinter, pages_to_print, print_pdf
from tests.pages.window import WindowPage
from tests.reports.material import Material

NEEDED = ("/usr/sbin/cupsd", "/usr/lib/cups/filter/pdftopdf")
MISSING = [one for one in NEEDED if not Path(one).exists()] + [
    one for one in ("lp", "lpadmin") if shutil.which(one) is None
]
PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "PROEF.PPD"
*Manufacturer: "Proef"
*Product: "(Proef)"
*ModelName: "Proef"
*ShortNickName: "Proef"
*NickName: "Proef"
*PSVersion: "(3010) 0"
*cupsVersion: 2.4
*cupsManualCopies: True
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *Duplex/Duplex: PickOne
*DefaultDuplex: None
*Duplex None/None: ""
*Duplex DuplexNoTumble/Long: ""
*Duplex DuplexTumble/Short: ""
*CloseUI: *Duplex
*OpenUI *PageSize/Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: ""
*PageSize A3/A3: ""
*CloseUI: *PageSize
*OpenUI *PageRegion/Region: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*PageRegion A3/A3: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*ImageableArea A3/A3: "0 0 842 1191"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension A3/A3: "842 1191"
"""


@dataclass(frozen=True)
class Queue:
    """A printer that writes to a file, behind a CUPS of its own."""

    name: str
    folder: Path
    paper: Path

    def was_told(self, word: str, argument: int = 5) -> bool:
        """Whether the filters of a job were given an option; 3 is its title."""
        log = (self.folder / "error").read_text(errors="replace")
        return any(word in line for line in log.splitlines() if f"argv[{argument}]=" in line)


def free_port() -> int:
    with socket_module.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Queue]:
    if MISSING:
        pytest.skip(f"no CUPS here: {', '.join(MISSING)}")
    if os.geteuid() != 0:
        pytest.skip("a CUPS of our own needs root")
    # A socket's name may not be long.
    folder = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    folder.chmod(0o755)
    for name in ("cache", "state", "spool", "spool/tmp", "ppd"):
        (folder / name).mkdir()
    socket, paper, port = folder / "s", folder / "paper.pdf", free_port()
    (folder / "files.conf").write_text(
        f"ServerRoot {folder}\nCacheDir {folder}/cache\nStateDir {folder}/state\nRequestRoot {folder}/spool\n"
        f"TempDir {folder}/spool/tmp\nAccessLog {folder}/access\nErrorLog {folder}/error\nPageLog {folder}/page\n"
        "FileDevice Yes\nSystemGroup root\nServerBin /usr/lib/cups\nDataDir /usr/share/cups\n"
    )
    (folder / "cupsd.conf").write_text(
        # A queue has an address only where there is a port.
        f"Listen localhost:{port}\nListen {socket}\nLogLevel debug\nBrowsing Off\nPreserveJobHistory Yes\n"
        "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n"
    )
    (folder / "proef.ppd").write_text(PPD)
    command = ["/usr/sbin/cupsd", "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "files.conf")]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        qtbot.waitUntil(lambda: socket.exists() or server.poll() is not None, timeout=15_000)
        if server.poll() is not None:
            pytest.skip("cupsd does not start here")
        monkeypatch.setenv("CUPS_SERVER", f"localhost:{port}")
        add = ["lpadmin", "-p", "Proef", "-E", "-v", f"file:{paper}", "-P", str(folder / "proef.ppd")]
        subprocess.run(add, check=True, capture_output=True, timeout=30)
        yield Queue("Proef", folder, paper)
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder)


@pytest.fixture
def report() -> bytes:
    pdf = write_pdf(Material(20).document("coaching", Language("nl")))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) >= 6
    return pdf


class Chosen(QPrinter):
    """Knows both sides, which the printer of this computer may not."""

    def __init__(self, duplex: QPrinter.DuplexMode) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self._chosen = duplex

    def duplex(self) -> QPrinter.DuplexMode:
        return self._chosen


def chosen(pages: str, copies: int, duplex: QPrinter.DuplexMode, to_file: Path | None = None) -> QPrinter:
    """What the dialog leaves behind."""
    printer = Chosen(duplex)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    if to_file is not None:
        printer.setOutputFileName(str(to_file))
    printer.setCopyCount(copies)
    if pages:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setPageRanges(QPageRanges.fromString(pages))
    return printer


def printed(queue: Queue, qtbot: QtBot) -> list[str]:
    """The words of each sheet side that came out, when the job is through."""

    def through() -> bool:
        done = subprocess.run(["lpstat", "-W", "completed", "-o"], capture_output=True, check=True, timeout=30)
        return b"Proef" in done.stdout

    qtbot.waitUntil(through, timeout=60_000)
    return [page.extract_text() for page in PdfReader(queue.paper).pages]


def through_dialog(
    window: WindowPage, report: bytes, choose: Callable[[PrintDialog], object], title: str = "Verslag"
) -> None:
    """Opens the dialog, sets what a person would set, and presses *Afdrukken*."""
    number = len(PdfReader(io.BytesIO(report)).pages)
    context = window.application.context
    assert context is not None
    print_pdf(window.shell, report, number, title, context, lambda: None)
    dialog = window.dialog(PrintDialog)
    window.until(lambda: dialog.printer.count() > 0)
    choose(dialog)
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    window.settle()


def pages(words: list[str]) -> list[list[int]]:
    """The pages of the report on each sheet side, by their footers."""
    return [[int(number) for number in re.findall(r"pagina (\d+) van", side)] for side in words]


CHOICES: list[tuple[str, Callable[[PrintDialog], object], list[list[int]]]] = [
    ("a range", lambda dialog: dialog.pages.setText("2-3"), [[2], [3]]),
    ("pages and a range", lambda dialog: dialog.pages.setText("1,3-4"), [[1], [3], [4]]),
    ("odd pages", lambda dialog: pick(dialog.which, Which.ODD), [[1], [3], [5]]),
    (
        "even pages, the last first",
        lambda dialog: (pick(dialog.which, Which.EVEN), pick(dialog.order, True)),
        [[6], [4], [2]],
    ),
    ("two per sheet", lambda dialog: pick(dialog.per_sheet, 2), [[1, 2], [3, 4], [5, 6]]),
    (
        "copies kept together",
        lambda dialog: (dialog.pages.setText("1-2"), dialog.copies.setValue(2)),
        [[1], [2], [1], [2]],
    ),
    (
        "copies page by page",
        lambda dialog: (dialog.pages.setText("1-2"), dialog.copies.setValue(2), dialog.collate.setChecked(False)),
        [[1], [1], [2], [2]],
    ),
    ("all", lambda dialog: None, [[1], [2], [3], [4], [5], [6]]),
]


def pick(combo: QComboBox, value: object) -> None:
    combo.setCurrentIndex(combo.findData(value))


@pytest.fixture
def six_pages(report: bytes) -> bytes:
    return chosen_pages(report, range(6))


@pytest.mark.gui
@pytest.mark.parametrize(("choose", "expected"), [one[1:] for one in CHOICES], ids=[one[0] for one in CHOICES])
def test_the_printer_gets_the_pages_that_were_chosen(
    queue: Queue,
    window: WindowPage,
    six_pages: bytes,
    choose: Callable[[PrintDialog], object],
    expected: list[list[int]],
) -> None:
    through_dialog(window, six_pages, choose)
    assert pages(printed(queue, window.bot)) == expected
    assert queue.was_told("Verslag", argument=3), "the job has the name of the report"


@pytest.mark.gui
def test_sides_and_paper_reach_the_printer(queue: Queue, window: WindowPage, six_pages: bytes) -> None:
    def choose(dialog: PrintDialog) -> None:
        assert [dialog.paper.itemText(place) for place in range(dialog.paper.count())] == ["A4", "A3"]
        assert dialog.paper.currentText() == "A4"
        dialog.paper.setCurrentText("A3")
        pick(dialog.sides, Sides.LONG)

    through_dialog(window, six_pages, choose)
    printed(queue, window.bot)
    window.until(lambda: queue.was_told("two-sided-long-edge"))
    assert queue.was_told("media=A3")
    size = PdfReader(queue.paper).pages[0].mediabox
    assert (round(float(size.width)), round(float(size.height))) == (842, 1191)


@pytest.mark.gui
def test_pages_that_are_not_there_are_refused_in_the_dialog(queue: Queue, window: WindowPage, six_pages: bytes) -> None:
    through_dialog(window, six_pages, lambda dialog: dialog.pages.setText("8-9"))
    dialog = window.dialog(PrintDialog)
    assert "6" in dialog.fields["pages"].error.text()
    dialog.reject()
    window.closed()


@pytest.mark.gui
def test_without_a_printer_the_report_itself_is_saved(
    window: WindowPage, monkeypatch: pytest.MonkeyPatch, report: bytes
) -> None:
    """Qt's own *print to file* made pictures without text."""
    monkeypatch.setenv("CUPS_SERVER", "/nowhere/socket")
    asked: list[bool] = []
    context = window.application.context
    assert context is not None
    print_pdf(window.shell, report, 9, "Verslag", context, lambda: asked.append(True))
    dialog = window.dialog(PrintDialog)
    window.until(lambda: dialog.printer.count() == 1)
    assert dialog.act.isEnabled()
    assert not dialog.choices.isVisible()
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    window.closed()
    assert asked == [True]


def test_a_printer_offers_only_what_it_can_do() -> None:
    plain = described("Kaal", "")
    assert (plain.papers, plain.both_sides, plain.filters) == ((), False, False)
    both = described(
        "Net", "sides/Sides: one-sided *two-sided-long-edge\nmedia/Media: *Letter A4 Custom.WIDTHxHEIGHT\n"
    )
    assert (both.papers, both.paper, both.both_sides, both.sides) == (("A4", "Letter"), "A4", True, Sides.LONG)


def test_a_queue_that_is_not_there_is_one_sentence(queue: Queue, report: bytes) -> None:
    with pytest.raises(EnvironmentFault) as raised:
        send(report, 6, PrintChoice("Nergens"), "Verslag")
    assert raised.value.values["printer"] == "Nergens"


def test_without_lp_the_chosen_pages_are_drawn(qtbot: QtBot, report: bytes, tmp_path: Path) -> None:
    paper, owner = tmp_path / "papier.pdf", QObject()
    work = PagePrinter(owner, chosen("2,4-5", 1, QPrinter.DuplexMode.DuplexNone, paper), report)
    with qtbot.waitSignal(work.finished, timeout=60_000):
        work.start()
    drawn, original = QPdfDocument(), QPdfDocument()
    drawn.load(str(paper))
    assert drawn.pageCount() == 3
    size = drawn.pagePointSize(0)
    assert (round(size.width()), round(size.height())) in ((595, 842), (612, 792))
    original.close()
    drawn.close()


@pytest.mark.parametrize(
    ("pages", "number", "expected"),
    [("", 3, [0, 1, 2]), ("2", 3, [1]), ("1-2,4", 5, [0, 1, 3]), ("4-9", 5, [3, 4])],
)
def test_which_pages(qtbot: QtBot, pages: str, number: int, expected: list[int]) -> None:
    assert qtbot is not None
    assert pages_to_print(chosen(pages, 1, QPrinter.DuplexMode.DuplexNone), number) == expected


@pytest.mark.parametrize(
    ("typed", "which", "expected"),
    [
        ("", Which.ALL, [0, 1, 2, 3, 4]),
        (" 2 - 3 ", Which.ALL, [1, 2]),
        ("4-, 1", Which.ALL, [0, 3, 4]),
        ("2-9", Which.EVEN, [1, 3]),
        ("1;1-2", Which.ALL, [0, 1]),
    ],
)
def test_what_was_typed_as_pages(typed: str, which: Which, expected: list[int]) -> None:
    assert pages_of(PrintChoice("x", typed, which), 5) == expected


@pytest.mark.parametrize("typed", ["0", "6", "a", "2-1", "1-2-3", "-", ",", "2,"])
def test_what_is_no_range_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        pages_of(PrintChoice("x", typed), 5)
