"""Writes one report per government in the background: data from the read worker, files on the file worker."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.document import Document
from samenleven_desktop.services.reports.batch import (
    BatchDone,
    BatchItem,
    Written,
    batch_items,
    check_folder,
    file_name,
    write_report,
)
from samenleven_desktop.services.reports.kept_reports import keep_report
from samenleven_desktop.services.reports.kinds import document_of
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.ui.runner import Runner


class ReportBatch(QObject):
    """Processes one report at a time, so that other queries run in between; `stop` lets the current one finish."""

    progressed = Signal(int, int, str)
    """(written, total, the next government)."""
    finished = Signal(object)
    """BatchDone."""
    failed = Signal(object, int)
    """(error, number of reports written before it)."""

    def __init__(self, runner: Runner, folder: Path, ending: str, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._folder, self._ending, self._language = runner, folder, ending, language
        self._items: list[BatchItem] = []
        self._screen = parent
        self._written = 0
        self._too_long = 0
        self._stopping = False

    def start(self, request: ReportRequest) -> None:
        self._runner.free(
            lambda: check_folder(self._folder), then=lambda _: self._ask(request), owner=self, failed=self._fail
        )

    def stop(self) -> None:
        self._stopping = True

    def _ask(self, request: ReportRequest) -> None:
        self._runner.query(batch_items, request, then=self._begin, owner=self, failed=self._fail)

    def _begin(self, items: list[BatchItem]) -> None:
        self._items = items
        self._next()

    def _next(self) -> None:
        whole = len(self._items)
        if self._written == whole or self._stopping:
            stopped, code = self._written < whole, self._language.code
            self.finished.emit(BatchDone(self._folder, self._written, whole, stopped, code, self._too_long))
            return
        item = self._items[self._written]
        self.progressed.emit(self._written, whole, item.government)
        self._runner.query(
            document_of,
            item.request,
            self._language,
            then=lambda document: self._write(item, document),
            owner=self,
            failed=self._fail,
        )

    def _write(self, item: BatchItem, document: Document) -> None:
        folder, ending = self._folder, self._ending
        name = file_name(item.request.kind, item.government, self._language)
        self._runner.free(
            lambda: write_report(document, folder, name, ending),
            then=lambda written: self._on_written(item, written),
            owner=self,
            failed=self._fail,
        )

    def _on_written(self, item: BatchItem, written: Written) -> None:
        self._too_long += written.too_long
        if self._ending == ".pdf":
            code = self._language.code
            self._runner.write(
                lambda file: keep_report(file, item.request, code, written.content), initiator=self._screen
            )
        self._written += 1
        self._next()

    def _fail(self, error: SamenlevenError) -> None:
        self.failed.emit(error, self._written)


def progress_words(language: Language, written: int, whole: int, name: str) -> str:
    return language.text(
        "{n} of {all} written, now {name}", n=language.number(written), all=language.number(whole), name=name
    )


def stopped_words(language: Language, done: BatchDone) -> str:
    return language.text(
        "Stopped: {n} of {all} reports are in {folder}, each of them whole.",
        n=language.number(done.written),
        all=language.number(done.asked),
        folder=done.folder.name,
    )
