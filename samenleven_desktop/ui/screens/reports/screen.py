"""*Rapporten*: options on the left, the exact PDF on the right; the preview is what is saved and printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QTimer
from PySide6.QtPdf import QPdfDocument

from samenleven_desktop.domain.errors import SamenlevenError, UserError
from samenleven_desktop.i18n.language import LANGUAGES, Language
from samenleven_desktop.i18n.long_texts import too_long_note
from samenleven_desktop.readmodels.core import GovernmentChoice, SessionLine
from samenleven_desktop.reports.document import Document
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.reports.batch import BatchDone, file_name, remember
from samenleven_desktop.services.reports.kept_reports import keep_report
from samenleven_desktop.services.reports.kinds import report_bytes, too_long_texts
from samenleven_desktop.services.reports.preview import Preview, opening, preview_report
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.file_dialogs import PDF, TABLES, ask_folder, ask_save
from samenleven_desktop.ui.dialogs.handed_over import HandedOverDialog
from samenleven_desktop.ui.print_report import print_pdf
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.reports.batch import ReportBatch, progress_words, stopped_words
from samenleven_desktop.ui.screens.reports.choices import choices_now, session_words
from samenleven_desktop.ui.screens.reports.layout import CHOSEN, EACH, MINE, ReportsLayout

SHEETS = (".xlsx", ".ods", ".csv")
_REGION = "region:"


class ReportsScreen(Screen):
    """Every kind of report, for one government, several or all of the officer's; remembers the options."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.ui = ui = ReportsLayout(self, context)
        self.choices: list[GovernmentChoice] = []
        self._without: dict[str, frozenset[str]] = {}
        self._wanted_session: str | None = None
        self._asked = 0
        self._known: Mapping[str, object] | None = None
        self.report: Document | None = None
        self._shown: ReportRequest | None = None
        self.pdf = b""
        self.batch: ReportBatch | None = None
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        ui.view.setDocument(self._document)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(250)
        self.timer.timeout.connect(self._make)
        ui.period.show_this_year()
        ui.language.setCurrentIndex(ui.language.findData(context.language.code))
        ui.personal.setChecked(True)
        self._show_kind()
        ui.kind.activated.connect(lambda _: self._on_kind())
        ui.scope.choice_changed.connect(lambda _: self._on_scope())
        ui.governments.chips_changed.connect(self._on_governments)
        ui.period.period_chosen.connect(self._make)
        ui.period.days_typed.connect(self.timer.start)
        ui.session.activated.connect(lambda _: self._make())
        ui.action.action_chosen.connect(self._make)
        ui.addressee.addressee_chosen.connect(self._make)
        for box in (*ui.parts.values(), ui.personal):
            box.clicked.connect(lambda _: self._on_parts())
        for chooser in (ui.language, ui.form):
            chooser.activated.connect(lambda _: self._show_form())
        ui.save.clicked.connect(lambda: self._on_save((".pdf",)))
        ui.sheet.clicked.connect(lambda: self._on_save(SHEETS))
        ui.print.clicked.connect(self._on_print)
        ui.stop.clicked.connect(self._on_stop)
        ui.kept.clicked.connect(lambda: HandedOverDialog(context, self).open())

    # Options

    def show_report(self, kind: str, record_id: str) -> None:
        """Selects the report of a government or a session, or the sheet of an action."""
        ui = self.ui
        ui.kind.setCurrentIndex(ui.kind.findData(kind))
        if kind == "session":
            self._wanted_session = record_id
        elif kind == "action":
            ui.action.choose(record_id)
        else:
            ui.scope.set_choice(CHOSEN)
            self._known = {**(self._known or {}), "governments": [record_id]}
            self._choose_governments([record_id])
        self._show_kind()
        if self.choices:
            self._make()

    def reload(self) -> None:
        self.context.runner.query(opening, then=self._show_opening, owner=self)

    def _show_opening(self, answer: tuple[list[GovernmentChoice], Mapping[str, object]]) -> None:
        found, kept = answer
        self.choices = [one for one in found if one.mine] + [one for one in found if not one.mine]
        regions = sorted({one.reference_region for one in found if one.mine and one.reference_region})
        text = self.context.language.text
        groups = [(f"{_REGION}{name}", text("Mine in {region}", region=name)) for name in regions]
        self.ui.governments.blockSignals(True)
        self.ui.governments.set_choices([*groups, *((one.id, one.name) for one in self.choices)])
        self.ui.governments.blockSignals(False)
        if self._known is None:
            self._show_remembered(kept)
        elif "governments" in self._known:
            self._choose_governments(self._known["governments"])
        self._show_kind()
        self._make()

    def _show_remembered(self, kept: Mapping[str, object]) -> None:
        """Restores saved options; where these are damaged or incomplete, the defaults stay."""
        ui = self.ui
        self._known = kept
        if kept.get("kind") in REPORT_KINDS:
            ui.kind.setCurrentIndex(ui.kind.findData(kept["kind"]))
        ui.scope.set_choice(MINE if kept.get("scope") == MINE else CHOSEN)
        self._choose_governments(kept.get("governments"))
        if not ui.governments.chosen() and self.choices:
            self._choose_governments([self.choices[0].id])
        if kept.get("language") in LANGUAGES:
            ui.language.setCurrentIndex(ui.language.findData(kept["language"]))
        if kept.get("form") == EACH:
            ui.form.setCurrentIndex(ui.form.findData(EACH))
        ui.personal.setChecked(kept.get("personal") is not False)
        without = kept.get("without")
        for kind, parts in (without if isinstance(without, dict) else {}).items():
            if kind in REPORT_KINDS and isinstance(parts, list):
                self._without[kind] = frozenset(map(str, parts))

    def _remember(self) -> None:
        now = choices_now(self.ui, self._without)
        if now != self._known:
            self._known = now
            self.context.runner.on_store(lambda file: remember(file, now), owner=self)

    def _choose_governments(self, ids: object) -> None:
        self.ui.governments.blockSignals(True)
        self.ui.governments.set_chosen([str(one) for one in ids] if isinstance(ids, list | tuple) else [])
        self.ui.governments.blockSignals(False)

    def _on_kind(self) -> None:
        if self.ui.kind.currentData() == "week":
            self.ui.period.show_this_week()
        elif self.ui.period.chosen_year() is None:
            self.ui.period.show_this_year()
        self._show_kind()
        self._make()

    def _show_kind(self) -> None:
        ui, kind = self.ui, self.ui.kind.currentData()
        ui.show_parts(REPORT_KINDS[kind].sections)
        without = self._without.get(kind, REPORT_KINDS[kind].left_out)
        for part in REPORT_KINDS[kind].sections:
            ui.parts[part].setChecked(part not in without)
        ui.session_field.setVisible(kind == "session")
        ui.action.setVisible(kind == "action")
        ui.period.year_field.setVisible(kind != "week")
        ui.governments.setVisible(ui.scope.choice() == CHOSEN)
        ui.form_field.setVisible(not REPORT_KINDS[kind].whole)
        self._show_buttons()

    def _on_scope(self) -> None:
        if self.ui.scope.choice() == CHOSEN and not self.ui.governments.chosen() and self.choices:
            self._choose_governments([self.choices[0].id])
        self._show_kind()
        self._make()

    def _on_governments(self) -> None:
        """Adds the governments of a region one by one, so that each can be removed."""
        chosen = self.ui.governments.chosen()
        regions = {one.removeprefix(_REGION) for one in chosen if one.startswith(_REGION)}
        if regions:
            added = [one.id for one in self.choices if one.mine and one.reference_region in regions]
            self._choose_governments([*(one for one in chosen if not one.startswith(_REGION)), *added])
        self._make()

    def _on_parts(self) -> None:
        kind = self.ui.kind.currentData()
        self._without[kind] = frozenset(
            part for part in REPORT_KINDS[kind].sections if not self.ui.parts[part].isChecked()
        )
        self._make()

    def _show_form(self) -> None:
        self._show_buttons()
        self._make()

    def _wish_now(self) -> ReportRequest:
        """Raises UserError for a date that cannot be parsed."""
        ui, kind = self.ui, self.ui.kind.currentData()
        return ReportRequest(
            kind,
            ui.governments.chosen() if ui.scope.choice() == CHOSEN else (),
            ui.period.chosen_year(),
            ui.period.days(),
            ui.personal.isChecked(),
            frozenset(part for part in REPORT_KINDS[kind].sections if not ui.parts[part].isChecked()),
            ui.session.currentData() if kind == "session" else None,
            ui.action.action_id() if kind == "action" else None,
            ui.addressee.contact_id(),
        )

    # Preview

    def _make(self) -> None:
        """Queries the document, has it written and shows it; the result of an outdated request is dropped."""
        self.timer.stop()
        self._asked += 1
        turn = self._asked
        self._show_error(None)
        try:
            request = self._wish_now()
        except UserError as error:
            self._fail(error)
            return
        self._remember()
        if self.ui.scope.choice() == CHOSEN and not request.government_ids:
            self._show_nothing(self.context.language.text("Choose a government, or all of yours."))
            return
        language, each = Language(self.ui.language.currentData()), self._each()
        self.ui.note.setText(self.context.language.text("The report is being made ..."))
        wanted = self._wanted_session

        def made(answer: Preview) -> None:
            if turn == self._asked:
                self._write(turn, answer)

        self.context.runner.query(
            preview_report,
            request,
            language,
            each,
            wanted,
            then=made,
            owner=self,
            failed=lambda error: self._refuse(turn, error),
        )

    def _write(self, turn: int, answer: Preview) -> None:
        self._show_sessions(answer.sessions, answer.request.session_id)
        self.ui.addressee.offer(answer.contacts, answer.request.addressee_id)
        document = answer.document
        if document is None:
            self._show_nothing(self.context.language.text("No sessions in this period."))
            return

        def written(pdf: bytes) -> None:
            if turn == self._asked:
                self._shown = answer.request
                self._show(document, pdf, answer.governments)

        self.context.runner.free(
            lambda: report_bytes(document, ".pdf"),
            then=written,
            owner=self,
            failed=lambda error: self._refuse(turn, error),
        )

    def _refuse(self, turn: int, error: SamenlevenError) -> None:
        if turn == self._asked:
            self._fail(error)

    def _show_sessions(self, lines: tuple[SessionLine, ...], chosen: str | None) -> None:
        ui, language = self.ui, self.context.language
        self._wanted_session = None
        if ui.kind.currentData() != "session":
            return
        ui.session.clear()
        for line in lines:
            ui.session.addItem(session_words(language, line), line.id)
        ui.session.setCurrentIndex(ui.session.findData(chosen))

    def _show(self, document: Document, pdf: bytes, governments: tuple[str, ...]) -> None:
        self.report = document
        self._load(pdf)
        language, text = self.context.language, self.context.language.text
        words = [language.plural("{n} page", "{n} pages", self._document.pageCount()), text("accessible (PDF/UA)")]
        if self._each() and governments:
            number = language.plural("{n} report", "{n} reports", len(governments))
            words = [number, text("shown: {name}", name=governments[0]), *words]
        self.ui.note.setText(" · ".join(words))

    def _load(self, pdf: bytes) -> None:
        self.pdf = pdf
        self._document.close()
        self._buffer.close()
        self._show_buttons()
        if pdf:
            self._buffer.setData(QByteArray(pdf))
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self._document.load(self._buffer)

    def _show_nothing(self, why: str) -> None:
        self.report = None
        self._load(b"")
        self.ui.note.setText("")
        self.ui.empty.setText(why)
        self._show_buttons()

    def _fail(self, error: SamenlevenError) -> None:
        self._show_nothing("")
        self._show_error(error)

    def _show_error(self, error: SamenlevenError | None) -> None:
        for name, field in (("first", self.ui.period.first_field), ("last", self.ui.period.last_field)):
            wrong = error is not None and error.field in (name, "period")
            field.show_error(self.context.language.error(error) if wrong and error else "")
        if error is not None and error.field not in ("first", "last", "period"):
            self.ui.empty.setText(self.context.language.error(error))
            self._show_buttons()

    def _each(self) -> bool:
        return bool(self.ui.form.currentData() == EACH) and not REPORT_KINDS[self.ui.kind.currentData()].whole

    def _show_buttons(self) -> None:
        """Shows the buttons: a batch is saved to a folder, a single report to a file or printer."""
        ui, text = self.ui, self.context.language.text
        ready, each = bool(self.pdf), self._each()
        busy = self.batch is not None
        ui.save.setText(text("PDFs in a folder ...") if each else text("Save as PDF ..."))
        ui.sheet.setText(text("Excel in a folder ...") if each else text("To Excel ..."))
        ui.save.setEnabled(ready and not (each and busy))
        ui.sheet.setEnabled(ui.save.isEnabled())
        ui.print.setEnabled(ready)
        ui.empty.setVisible(not ready and bool(ui.empty.text()))
        ui.view.setVisible(ui.empty.isHidden())
        if ready:
            ui.empty.setText("")

    # Saving

    def _on_save(self, endings: tuple[str, ...]) -> None:
        if self._each():
            self._ask_folder(endings[0])
        else:
            self._ask_file(endings)

    def _ask_file(self, endings: tuple[str, ...]) -> None:
        formats = (PDF,) if endings == (".pdf",) else TABLES
        ask_save(
            self, self.context.language.text("Save as"), self.suggested_name(), formats, self.save_to, kind="report"
        )

    def _on_print(self) -> None:
        pages, name, keep = self._document.pageCount(), self.suggested_name(), self._keeping()
        print_pdf(self, self.pdf, pages, name, self.context, lambda: self._ask_file((".pdf",)), keep)

    def _keeping(self) -> Callable[[], None]:
        """Returns what keeps the report that is shown now, as it left the program."""
        request, report, pdf = self._shown, self.report, self.pdf

        def keep() -> None:
            if request is not None and report is not None:
                self.context.runner.write(lambda file: keep_report(file, request, report.language, pdf), initiator=self)

        return keep

    def suggested_name(self) -> str:
        """Returns a file name that describes the content."""
        kind, report = self.ui.kind.currentData(), self.report
        about, code = ("", self.context.language.code) if report is None else (report.about, report.language)
        return file_name(kind, about, Language(code))

    def save_to(self, path: Path) -> None:
        """Writes the shown report atomically: the PDF itself, or the tables of the same document."""
        pdf, report, ending = self.pdf, self.report, path.suffix.lower()
        if report is None:
            return
        keep = self._keeping()

        def save() -> int:
            write_file(path, pdf if ending == ".pdf" else report_bytes(report, ending))
            return too_long_texts(report, ending)

        def said(too_long: int) -> None:
            self.context.navigator.saved(path, self._note(too_long, report.language))
            if ending == ".pdf":
                keep()

        self.context.runner.free(save, then=said, owner=self)

    def _note(self, too_long: int, code: str) -> str:
        return too_long_note(self.context.language, too_long, Language(code)) or ""

    def _ask_folder(self, ending: str) -> None:
        title = self.context.language.text("Folder for the reports")
        ask_folder(self, title, lambda folder: self.save_each(folder, ending), kind="report")

    def save_each(self, folder: Path, ending: str) -> None:
        """Writes one report per government to a folder, in the background."""
        request = self._wish_now()
        batch = ReportBatch(self.context.runner, folder, ending, Language(self.ui.language.currentData()), self)
        self.batch = batch
        batch.progressed.connect(self._on_progress)
        batch.finished.connect(self._on_finished)
        batch.failed.connect(self._on_failed)
        self.ui.progress.setRange(0, 0)
        self.ui.batch_words.setText("")
        self.ui.stop.setEnabled(True)
        self.ui.batch.show()
        self._show_buttons()
        batch.start(request)

    def _on_stop(self) -> None:
        if self.batch is not None:
            self.ui.stop.setEnabled(False)
            self.batch.stop()

    def _on_progress(self, written: int, whole: int, name: str) -> None:
        language = self.context.language
        self.ui.progress.setRange(0, whole)
        self.ui.progress.setValue(written)
        self.ui.batch_words.setText(progress_words(language, written, whole, name))

    def _on_finished(self, done: BatchDone) -> None:
        language = self.context.language
        self._end_batch()
        if done.stopped:
            self._notify("attention", stopped_words(language, done))
        else:
            number = language.plural("{n} report", "{n} reports", done.written)
            words = language.text("{reports} written in {folder}.", reports=number, folder=done.folder.name)
            note = self._note(done.too_long, done.language)
            self._notify("good", " ".join(filter(None, (words, note))))

    def _on_failed(self, error: SamenlevenError, written: int) -> None:
        language = self.context.language
        self._end_batch()
        words = language.error(error)
        if written:
            number = language.plural("{n} report", "{n} reports", written)
            words += " " + language.text("Written before: {reports}.", reports=number)
        self._notify("bad", words)

    def _end_batch(self) -> None:
        if self.batch is not None:
            self.batch.deleteLater()
            self.batch = None
        self.ui.batch.hide()
        self._show_buttons()

    def _notify(self, tone: str, words: str) -> None:
        self.context.navigator.notify(tone, words)
