"""The reports that left the program: opened as they were, or beside what the same report says today."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSizePolicy, QWidget

from samenleven_desktop.readmodels.handed_over import HandedOverLine
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.reports.handed_over import handed_over_pdf, list_handed_over
from samenleven_desktop.services.reports.kept_reports import then_and_now
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.table import DataTable
from samenleven_desktop.ui.widgets.text_diff import TwoTexts


class HandedOverDialog(AskDialog):
    def __init__(self, context: UiContext, owner: QWidget) -> None:
        text, language = context.language.text, context.language
        title = text("Reports handed over")
        super().__init__(context, owner, title, text("Open"), self._open, danger=False)
        self.setMinimumWidth(760)
        kinds = ColumnKinds(language)
        self.model = RowsModel[HandedOverLine](
            [
                kinds.day(text("Handed over"), lambda one: one.handed_on),
                kinds.text(text("Government"), lambda one: one.government_name, stretch=3, strong=True),
                kinds.text(text("Report"), self._kind, stretch=3),
                kinds.text(text("Period"), self._period, stretch=4),
                kinds.text(text("To whom"), lambda one: one.handed_to, stretch=3),
                kinds.text(text("Kept copy"), lambda one: text("kept") if one.file else text("removed"), 90),
            ]
        )
        self.table = DataTable(context.theme, self.model, title)
        self.table.setMinimumHeight(170)
        self.box.addWidget(self.table, 2)
        self.note = label("", "muted", wrap=True)
        self.box.addWidget(self.note)
        self.compare = button(text("Compare with today"), self._compare)
        self.box.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        self.texts = TwoTexts(context.theme, text("As it was handed over"), text("As it reads today"))
        for editor in (self.texts.first, self.texts.second):
            # A dialog is as high as its parts ask for; on a page these editors ask for nothing.
            editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            editor.setMinimumHeight(180)
        self.texts.hide()
        self.box.addWidget(self.texts, 3)
        self.leave.setText(text("Close"))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_choice())
        self.table.row_activated.connect(lambda _: self._open())
        self._show_choice()
        context.runner.query(list_handed_over, then=self._show, owner=self)

    def _kind(self, line: HandedOverLine) -> str:
        return self.context.language.text(REPORT_KINDS[line.kind].title) if line.kind in REPORT_KINDS else line.kind

    def _period(self, line: HandedOverLine) -> str:
        days = dict.fromkeys(one for one in (line.first, line.last) if one is not None)
        return " – ".join(self.context.language.day_short(one) for one in days)

    def _show(self, found: list[HandedOverLine]) -> None:
        self.model.set_rows(found)
        text = self.context.language.text
        if found:
            self.table.select_row(0)
            self.note.setText(text("The copies lie encrypted in the work file, with the attachments of the dossier."))
        else:
            self.note.setText(text("Nothing yet. A report that you save or print for a government is kept here."))
        self.table.setFocus()

    def _chosen(self) -> HandedOverLine | None:
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() else None

    def _show_choice(self) -> None:
        one = self._chosen()
        kept = one is not None and one.file is not None
        self.act.setEnabled(kept)
        self.compare.setEnabled(kept)
        self.texts.hide()
        self.problem.hide()

    def _open(self) -> None:
        one = self._chosen()
        if one is None:
            return

        def show(found: tuple[str, bytes]) -> None:
            self.context.navigator.open_copy(*found)
            self._show_choice()

        self.context.runner.query(handed_over_pdf, one.id, then=show, owner=self, failed=self.fail)

    def _compare(self) -> None:
        one = self._chosen()
        if one is None:
            return
        self.compare.setEnabled(False)

        def show(found: tuple[str, str]) -> None:
            language = self.context.language
            heads = (
                language.text("As handed over on {day}", day=language.day(one.handed_on)),
                language.text("As it reads today"),
            )
            self.compare.setEnabled(True)
            self.texts.show_texts(*found, heads)
            self.texts.show()
            # The texts ask for their height once they are laid out.
            QTimer.singleShot(0, self, self.fit)

        self.context.runner.query(then_and_now, one, then=show, owner=self, failed=self.fail)
