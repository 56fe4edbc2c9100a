"""Printing: page range, both sides and copies reach a real CUPS queue, where one can be started; else a PDF."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QObject
from PySide6.QtGui import QPageRanges
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.language import Language
from samenleven_desktop.reports.pdf import write_pdf
from samenleven_desktop.ui.printing import PagePrinter, lp_options, pages_to_print, send_to_lp
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
*CloseUI: *PageSize
*OpenUI *PageRegion/Region: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
"""


@dataclass(frozen=True)
class Queue:
    """A printer that writes to a file, behind a CUPS of its own."""

    name: str
    folder: Path
    paper: Path

    def was_told(self, word: str) -> bool:
        """Whether the filters of a job were given an option."""
        log = (self.folder / "error").read_text(errors="replace")
        return any(word in line for line in log.splitlines() if "argv[5]=" in line)


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
    socket, paper = folder / "s", folder / "paper.pdf"
    (folder / "files.conf").write_text(
        f"ServerRoot {folder}\nCacheDir {folder}/cache\nStateDir {folder}/state\nRequestRoot {folder}/spool\n"
        f"TempDir {folder}/spool/tmp\nAccessLog {folder}/access\nErrorLog {folder}/error\nPageLog {folder}/page\n"
        "FileDevice Yes\nSystemGroup root\nServerBin /usr/lib/cups\nDataDir /usr/share/cups\n"
    )
    (folder / "cupsd.conf").write_text(
        f"Listen {socket}\nLogLevel debug\nBrowsing Off\nPreserveJobHistory Yes\n"
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
        monkeypatch.setenv("CUPS_SERVER", str(socket))
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


def test_range_both_sides_and_copies_reach_the_queue(queue: Queue, report: bytes, qtbot: QtBot) -> None:
    options = lp_options(chosen("2-3,5", 2, QPrinter.DuplexMode.DuplexLongSide))
    send_to_lp(queue.name, report, options)
    words = " ".join(printed(queue, qtbot))
    assert {page: words.count(f"pagina {page} van") for page in range(1, 7)} == {1: 0, 2: 2, 3: 2, 4: 0, 5: 2, 6: 0}
    qtbot.waitUntil(lambda: queue.was_told("two-sided-long-edge"), timeout=60_000)


def test_the_whole_report_once(queue: Queue, report: bytes, qtbot: QtBot) -> None:
    with pikepdf.open(io.BytesIO(report)) as opened:
        number = len(opened.pages)
    send_to_lp(queue.name, report, lp_options(chosen("", 1, QPrinter.DuplexMode.DuplexNone)))
    words = " ".join(printed(queue, qtbot))
    assert [words.count(f"pagina {page} van {number}") for page in range(1, number + 1)] == [1] * number
    qtbot.waitUntil(lambda: queue.was_told("one-sided"), timeout=60_000)


def test_a_queue_that_is_not_there_is_one_sentence(queue: Queue, report: bytes) -> None:
    with pytest.raises(EnvironmentFault) as raised:
        send_to_lp("Nergens", report, [])
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
