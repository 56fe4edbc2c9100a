"""*Rapporten*: choose at the left, see the very PDF at the right; what is seen is what is saved and printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QTimer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from samenleven_desktop.domain.errors import SamenlevenError, UserError
from samenleven_desktop.domain.rows import GovernmentChoice
from samenleven_desktop.language import LANGUAGES, Language
from samenleven_desktop.services.governments import choices
from samenleven_desktop.services.output import write_file
from samenleven_desktop.services.reports import coaching_pdf, session_pdf
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.printing import print_pdf
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.typed import read_date
from samenleven_desktop.ui.widgets.basic import Card, Field, PageHeader, button, label, page_layout
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.flow import folding


class ReportsScreen(Screen):
    """The coaching report of a government, or the report of the session that another screen asked for."""

    concerns = ("support_session", "follow_up", "kpi_entry", "commitment", "offer_use")

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._session_id: str | None = None
        self._wanted: str | None = None
        self._pdf = b""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self._make)
        self._build()

    def _build(self) -> None:
        text = self.context.language.text
        box = page_layout(self)
        self.header = PageHeader(text("Reports"), text("Choose at the left, see the real page at the right."))
        self.save_button = self.header.add_action(button(text("Save as PDF ..."), self._save))
        self.print_button = self.header.add_action(button(text("Print ..."), self._print, kind="primary"))
        box.addWidget(self.header)
        row = folding(QHBoxLayout())
        row.setSpacing(14)
        row.addWidget(self._choices(), 2)
        preview = Card()
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.view = QPdfView()
        self.view.setDocument(self._document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setMinimumHeight(220)
        self.view.setAccessibleName(text("Preview of the report"))
        preview.body.addWidget(self.view, 1)
        row.addWidget(preview, 5)
        box.addLayout(row, 1)

    def _choices(self) -> QWidget:
        context, text = self.context, self.context.language.text
        card = Card()
        self.kind = Chooser()
        self.kind.addItem(text("Coaching report"), "coaching")
        self.kind.addItem(text("Session report"), "session")
        self.kind_field = Field(text("Kind"), self.kind)
        self.government = Chooser()
        self.government_field = Field(text("Government"), self.government)
        self.session_note = label(text("Open a session to print its report."), "muted", wrap=True)
        year = context.plan.year_on(context.today)
        self.first = QLineEdit(context.language.day_short(year.start))
        self.last = QLineEdit(context.language.day_short(min(context.today, year.end)))
        self.first_field, self.last_field = Field(text("From"), self.first), Field(text("To and including"), self.last)
        self.language = Chooser()
        for code, words in zip(LANGUAGES, ("Nederlands", "English"), strict=True):
            self.language.addItem(words, code)
        self.language.setCurrentIndex(self.language.findData(context.language.code))
        self.pages = label("", "small")
        card.body.addWidget(self.kind_field)
        card.body.addWidget(self.government_field)
        card.body.addWidget(self.session_note)
        self.period = QWidget()
        period = QHBoxLayout(self.period)
        period.setContentsMargins(0, 0, 0, 0)
        period.addWidget(self.first_field)
        period.addWidget(self.last_field)
        card.body.addWidget(self.period)
        card.body.addWidget(Field(text("Language of the report"), self.language))
        card.body.addWidget(self.pages)
        card.body.addStretch(1)
        for chooser in (self.kind, self.government, self.language):
            chooser.activated.connect(lambda _: self._changed())
        for edit in (self.first, self.last):
            edit.textEdited.connect(lambda _: self._timer.start())
        return card

    def show_report(self, kind: str, record_id: str) -> None:
        """A coaching report of a government, or the report of a session."""
        self.kind.setCurrentIndex(self.kind.findData(kind))
        if kind == "session":
            self._session_id = record_id
        else:
            self._wanted = record_id
            place = self.government.findData(record_id)
            if place >= 0:
                self.government.setCurrentIndex(place)
        self._changed()

    def reload(self) -> None:
        self.context.runner.query(choices, then=self._show_choices, owner=self)

    def _show_choices(self, found: list[GovernmentChoice]) -> None:
        wanted = self._wanted or self.government.currentData()
        self.government.clear()
        for one in [choice for choice in found if choice.mine] + [choice for choice in found if not choice.mine]:
            self.government.addItem(one.name, one.id)
        self.government.setCurrentIndex(max(self.government.findData(wanted), 0))
        self._changed()

    def _changed(self) -> None:
        session = self.kind.currentData() == "session"
        self.government_field.setVisible(not session)
        self.period.setVisible(not session)
        self.session_note.setVisible(session and self._session_id is None)
        self._make()

    def _make(self) -> None:
        language = Language(self.language.currentData())
        session_id, government_id = self._session_id, self.government.currentData()
        self._failed_field(None)
        runner = self.context.runner
        if self.kind.currentData() == "session":
            if session_id is None:
                self._show(b"")
                return
            runner.on_read(
                lambda file: session_pdf(file, session_id, language),
                then=self._show,
                owner=self,
                failed=self._failed,
                turn="report",
            )
            return
        if government_id is None:
            return
        try:
            first = read_date(self.first.text(), self.context.today, "first")
            last = read_date(self.last.text(), self.context.today, "last")
        except UserError as error:
            self._failed(error)
            return
        runner.on_read(
            lambda file: coaching_pdf(file, government_id, first, last, language),
            then=self._show,
            owner=self,
            failed=self._failed,
            turn="report",
        )

    def _show(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.save_button.setEnabled(bool(pdf))
        self.print_button.setEnabled(bool(pdf))
        self._document.close()
        self._buffer.close()
        if not pdf:
            self.pages.setText("")
            return
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        number = self._document.pageCount()
        self.pages.setText(self.context.language.plural("{n} page", "{n} pages", number))

    def _failed(self, error: SamenlevenError) -> None:
        self._failed_field(error)
        self._show(b"")

    def _failed_field(self, error: SamenlevenError | None) -> None:
        for name, field in (("first", self.first_field), ("last", self.last_field)):
            wrong = error is not None and error.field in (name, "period")
            field.show_error(self.context.language.error(error) if wrong and error else "")
        if error is not None and error.field not in ("first", "last", "period"):
            self.context.wishes.notice_requested.emit("attention", self.context.language.error(error))

    def _save(self) -> None:
        text = self.context.language.text
        name = text("Coaching report") if self.kind.currentData() == "coaching" else text("Session report")
        dialog = QFileDialog(self, text("Save as PDF"), f"{name} {self.government.currentText()}.pdf")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Writes the PDF that is shown, whole or not at all."""
        pdf = self._pdf
        self.context.runner.free(
            lambda: write_file(path, pdf),
            then=lambda _: self._saved(path),
            owner=self,
        )

    def _saved(self, path: Path) -> None:
        words = self.context.language.text("Saved as {file}.", file=path.name)
        self.context.wishes.notice_requested.emit("good", words)

    def _print(self) -> None:
        print_pdf(self, self._pdf, self.context)
