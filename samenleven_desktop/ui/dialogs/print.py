"""The print dialog on Linux: offers only what the selected printer supports.

Qt's own dialog offers page ranges, page sets and pages per sheet without passing them to the program.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.services.reports.print_job import (
    PER_SHEET,
    PrintChoice,
    Printer,
    Sides,
    Which,
    pages_of,
    printers,
)
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.ask import AskDialog
from samenleven_desktop.ui.widgets.basic import Field, NumberBox, label

MOST_COPIES = 99


class PrintDialog(AskDialog):
    """`chosen` is called with the options; `to_file` is called if *To a PDF file* was selected."""

    def __init__(
        self,
        context: UiContext,
        owner: QWidget,
        number: int,
        chosen: Callable[[PrintChoice], object],
        to_file: Callable[[], object],
    ) -> None:
        text = context.language.text
        super().__init__(context, owner, text("Print"), text("Print"), self._accept, danger=False)
        self._number, self._chosen, self._to_file = number, chosen, to_file
        self._printers: list[Printer] = []
        self._build()
        self.act.setEnabled(False)
        self.note.setText(text("Looking for printers ..."))
        context.runner.free(printers, then=self._show_printers, owner=self)

    def _build(self) -> None:
        text = self.context.language.text
        self.printer = QComboBox()
        self.printer.currentIndexChanged.connect(self._show_offer)
        self.pages = QLineEdit()
        self.pages.setPlaceholderText(text("all, or 2-3, or 1,3-4"))
        self.which = self._combo(
            (text("All pages"), Which.ALL), (text("Odd pages"), Which.ODD), (text("Even pages"), Which.EVEN)
        )
        self.order = self._combo((text("First page first"), False), (text("Last page first"), True))
        self.copies = NumberBox(1, MOST_COPIES)
        self.per_sheet = self._combo(*((str(number), number) for number in PER_SHEET))
        self.sides = self._combo(
            (text("One side"), Sides.ONE),
            (text("Both sides, turned over the long edge"), Sides.LONG),
            (text("Both sides, turned over the short edge"), Sides.SHORT),
        )
        self.paper = QComboBox()
        self.collate = QCheckBox(text("Keep each copy together"))
        self.collate.setChecked(True)
        self.copies.valueChanged.connect(lambda copies: self.collate.setEnabled(copies > 1))
        self.collate.setEnabled(False)
        self.fields = {
            "printer": Field(text("Printer"), self.printer),
            "pages": Field(text("Pages"), self.pages),
            "which": Field(text("Of these"), self.which),
            "order": Field(text("Order"), self.order),
            "copies": Field(text("Copies"), self.copies),
            "per_sheet": Field(text("Pages per sheet"), self.per_sheet),
            "sides": Field(text("Sides"), self.sides),
            "paper": Field(text("Paper"), self.paper),
        }
        self.box.addWidget(self.fields["printer"])
        self.note = label("", "muted", wrap=True)
        self.box.addWidget(self.note)
        self.choices = QWidget()
        grid = QGridLayout(self.choices)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, name in enumerate(list(self.fields)[1:5]):
            grid.addWidget(self.fields[name], place // 2, place % 2)
        grid.addWidget(self.collate, 2, 1)
        grid.addWidget(self.fields["per_sheet"], 3, 0)
        grid.addWidget(self.fields["paper"], 3, 1)
        grid.addWidget(self.fields["sides"], 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.choices.hide()
        self.box.addWidget(self.choices)

    @staticmethod
    def _combo(*choices: tuple[str, object]) -> QComboBox:
        made = QComboBox()
        for words, value in choices:
            made.addItem(words, value)
        return made

    def _show_printers(self, found: list[Printer]) -> None:
        self._printers = found
        for one in found:
            self.printer.addItem(one.name, one)
        self.printer.addItem(self.context.language.text("To a PDF file ..."), None)
        self.printer.setFocus()
        self._show_offer()

    def _show_offer(self) -> None:
        """Shows the options of the current printer."""
        text, printer = self.context.language.text, self.printer.currentData()
        self.act.setEnabled(self.printer.count() > 0)
        self.choices.setVisible(isinstance(printer, Printer))
        if not isinstance(printer, Printer):
            self.act.setText(text("Save as PDF ..."))
            words = text("The whole report, in the same PDF that is saved.")
            self.note.setText(words if self._printers else text("This computer has no printer.") + " " + words)
        else:
            self.act.setText(text("Print"))
            words = self.context.language.plural("{n} page in the report.", "{n} pages in the report.", self._number)
            self.note.setText(words)
            self.fields["per_sheet"].setVisible(printer.filters)
            self.collate.setVisible(printer.filters)
            self.fields["sides"].setVisible(printer.both_sides)
            self.fields["paper"].setVisible(len(printer.papers) > 1 and bool(printer.paper))
            self.paper.clear()
            self.paper.addItems(list(printer.papers))
            self.paper.setCurrentText(printer.paper)
            self.sides.setCurrentIndex(self.sides.findData(printer.sides))
        self.fit()

    def choice(self, printer: Printer) -> PrintChoice:
        """Returns the selected options."""
        return PrintChoice(
            printer.name,
            self.pages.text(),
            Which(self.which.currentData()),
            bool(self.order.currentData()),
            self.copies.value(),
            self.collate.isChecked(),
            int(self.per_sheet.currentData()) if printer.filters else 1,
            Sides(self.sides.currentData()) if printer.both_sides else None,
            self.paper.currentText() if printer.paper else "",
        )

    def _accept(self) -> None:
        printer = self.printer.currentData()
        if not isinstance(printer, Printer):
            self.accept()
            self._to_file()
            return
        choice = self.choice(printer)
        try:
            pages_of(choice, self._number)
        except UserError as error:
            self.fields["pages"].show_error(self.context.language.error(error))
            self.act.setEnabled(True)
            self.pages.setFocus()
            self.fit()
            return
        self.accept()
        self._chosen(choice)
