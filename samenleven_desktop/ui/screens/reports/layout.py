"""The report builder: options on the left, the exact PDF on the right. Builds widgets only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from samenleven_desktop.i18n.language import LANGUAGES
from samenleven_desktop.reports.report_kinds import REPORT_KINDS, SECTION_NAMES, SectionKind
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.screens.reports.action_choice import ActionChoice
from samenleven_desktop.ui.screens.reports.addressee import AddresseeChoice
from samenleven_desktop.ui.theme import tokens
from samenleven_desktop.ui.widgets.basic import CardFrame, Field, PageHeader, button, label, page_layout
from samenleven_desktop.ui.widgets.chips import ChipsEdit
from samenleven_desktop.ui.widgets.choice import Chooser, Segmented
from samenleven_desktop.ui.widgets.responsive import bare, folding
from samenleven_desktop.ui.widgets.shortcuts import window_key
from samenleven_desktop.ui.widgets.year_chooser import PeriodChooser

_PRINT_KEY = "Ctrl+P"
MINE, CHOSEN = "mine", "chosen"
TOGETHER, EACH = "together", "each"


class ReportsLayout:
    """All widgets of the page."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        self._context = context
        text = context.language.text
        box = page_layout(page)
        self.header = PageHeader(text("Reports"), text("Choose at the left, see the real page at the right."))
        self.kept = self.header.add_action(button(text("Handed over ...")))
        self.sheet = self.header.add_action(button(text("To Excel ...")))
        self.save = self.header.add_action(button(text("Save as PDF ...")))
        self.print = self.header.add_action(button(text("Print ..."), kind="primary"))
        self.print.setToolTip(_PRINT_KEY)
        window_key(page, _PRINT_KEY, text("Print ..."), self.print.click)
        box.addWidget(self.header)
        row = folding(QHBoxLayout())
        row.setSpacing(14)
        row.addWidget(self._choices(), 3)
        row.addWidget(self._preview(), 5)
        box.addLayout(row, 1)

    def _choices(self) -> QWidget:
        context, text = self._context, self._context.language.text
        card = CardFrame()
        self.kind = Chooser()
        for kind in REPORT_KINDS.values():
            self.kind.addItem(text(kind.title), kind.id)
        card.body.addWidget(Field(text("Kind"), self.kind))
        self.scope = Segmented(
            text("Governments"), ((MINE, text("All my governments")), (CHOSEN, text("Chosen governments")))
        )
        card.body.addWidget(Field(text("Governments"), self.scope))
        self.governments = ChipsEdit(context.theme, text("government"), text("take out"))
        self.governments.setAccessibleName(text("Chosen governments"))
        card.body.addWidget(self.governments)
        self.session = Chooser()
        self.session_field = Field(text("Session"), self.session)
        self.action = ActionChoice(context)
        self.period = PeriodChooser(context)
        self.year, self.first, self.last = self.period.year, self.period.first, self.period.last
        card.body.addWidget(self.period)
        card.body.addWidget(self.session_field)
        card.body.addWidget(self.action)
        self.addressee = AddresseeChoice(context)
        card.body.addWidget(self.addressee)
        card.body.addWidget(self._parts())
        self.language = Chooser()
        for code, words in zip(LANGUAGES, ("Nederlands", "English"), strict=True):
            self.language.addItem(words, code)
        self.form = Chooser()
        self.form.addItem(text("Together in one report"), TOGETHER)
        self.form.addItem(text("One per government"), EACH)
        self.form_field = Field(text("Form"), self.form)
        line = QHBoxLayout()
        line.setSpacing(tokens.SPACE_2)
        line.addWidget(Field(text("Language of the report"), self.language), 1)
        line.addWidget(self.form_field, 1)
        card.body.addLayout(line)
        self.note = label("", "small", wrap=True)
        card.body.addWidget(self.note)
        card.body.addWidget(self._batch())
        card.body.addStretch(1)
        return card

    def _parts(self) -> QWidget:
        """Creates a check box for every section; those of the selected kind are shown in two columns."""
        text = self._context.language.text
        made = QWidget()
        box = bare(QVBoxLayout(made), 3)
        self.parts_caption = label(text("Parts"), "label")
        box.addWidget(self.parts_caption)
        self.parts_grid = QGridLayout()
        self.parts_grid.setContentsMargins(0, 0, 0, 0)
        self.parts_grid.setHorizontalSpacing(tokens.SPACE_2)
        self.parts_grid.setVerticalSpacing(0)
        self.parts: dict[str, QCheckBox] = {}
        for part in SectionKind:
            self.parts[part] = QCheckBox(text(SECTION_NAMES[part]))
            self.parts[part].setParent(made)
            self.parts[part].hide()
        box.addLayout(self.parts_grid)
        box.addSpacing(5)
        self.personal = QCheckBox(text("With personal data (names, report texts)"))
        box.addWidget(self.personal)
        return made

    def show_parts(self, parts: tuple[SectionKind, ...]) -> None:
        """Shows the check boxes of one kind of report, filling the first column and then the second."""
        for widget in self.parts.values():
            self.parts_grid.removeWidget(widget)
            widget.setVisible(False)
        half = -(-len(parts) // 2)
        for place, part in enumerate(parts):
            self.parts_grid.addWidget(self.parts[part], place % half, place // half)
            self.parts[part].setVisible(True)
        self.parts_caption.setVisible(bool(parts))

    def _batch(self) -> QWidget:
        """Builds the progress of a batch, with a button to stop it."""
        text = self._context.language.text
        self.batch = QWidget()
        box = QVBoxLayout(self.batch)
        box.setContentsMargins(0, 6, 0, 0)
        self.batch_words = label("", "small", wrap=True)
        box.addWidget(self.batch_words)
        line = QHBoxLayout()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(text("How many reports are written"))
        self.stop = button(text("Stop"))
        line.addWidget(self.progress, 1)
        line.addWidget(self.stop)
        box.addLayout(line)
        self.batch.hide()
        return self.batch

    def _preview(self) -> QWidget:
        text = self._context.language.text
        card = CardFrame()
        self.view = QPdfView()
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setMinimumHeight(220)
        self.view.setAccessibleName(text("Preview of the report"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setPageSpacing(tokens.SPACE_3)
        # The area around the pages.
        self._context.theme.keep(self.view, self._show_around)
        self.empty = label("", "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.hide()
        card.body.addWidget(self.view, 1)
        card.body.addWidget(self.empty, 1)
        return card

    def _show_around(self) -> None:
        look = self.view.palette()
        look.setColor(QPalette.ColorRole.Dark, self._context.theme.color("track"))
        self.view.setPalette(look)
