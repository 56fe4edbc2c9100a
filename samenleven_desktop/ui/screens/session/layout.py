"""The widgets of the session form: the conversation at the left, what follows from it at the right."""

from __future__ import annotations

import itertools

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from samenleven_desktop.i18n.labels import SESSION_MODES
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.screens.session.agreements_panel import AgreementRows
from samenleven_desktop.ui.screens.session.notices import ChangedElsewhere
from samenleven_desktop.ui.screens.session.readings_panel import EntryRows
from samenleven_desktop.ui.widgets.basic import CardFrame, Field, PageHeader, button, label, page_layout
from samenleven_desktop.ui.widgets.chips import ChipsEdit
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.draft_list import DraftList
from samenleven_desktop.ui.widgets.limited_text_edit import LongText
from samenleven_desktop.ui.widgets.responsive import FlowArea, folding


class SessionLayout:
    """Builds the page; `screen.py` fills and reads it."""

    def __init__(self, page: QWidget, context: UiContext) -> None:
        text = context.language.text
        box = page_layout(page)
        self.header = PageHeader(text("Register intensive support"))
        self.back = self.header.add_crumb(text("Governments"), lambda: None)
        self.delete = self.header.add_action(button(text("Delete")))
        self.print = self.header.add_action(button(text("Report as PDF")))
        self.save = self.header.add_action(button(text("Save"), kind="primary"))
        self.save.setToolTip("Ctrl+S")
        self.header.add_line(self._state_line(context))
        box.addWidget(self.header)
        self.changed = ChangedElsewhere(context)
        box.addWidget(self.changed)
        self.drafts = DraftList(context.language)
        box.addWidget(self.drafts)

        self.body = QWidget()
        columns = folding(QHBoxLayout(self.body))
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(14)
        columns.addWidget(self._conversation(context), 8)
        columns.addWidget(self._consequences(context), 5)
        box.addWidget(self.body, 1)
        self.fields = {
            "day": self.day_field,
            "times": self.from_field,
            "travel": self.travel_field,
            "governments": self.governments_field,
            "report": self.report_field,
        }
        order = [self.day, self.start, self.end, self.travel, self.form, self.track]
        for first, second in itertools.pairwise(order):
            QWidget.setTabOrder(first, second)
        self.report.setTabChangesFocus(True)

    def _state_line(self, context: UiContext) -> QWidget:
        """Whether what is typed is kept; throwing it away stands here, far from *Save*."""
        line = FlowArea(gap=10)
        self.state = label("", "muted")
        self.discard = button(context.language.text("Throw away draft"), kind="link")
        for part in (self.state, self.discard):
            line.append(part)
        return line

    def _conversation(self, context: UiContext) -> QWidget:
        text = context.language.text
        card = CardFrame()
        self.day, self.start, self.end, self.travel = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.form, self.track = Chooser(), Chooser()
        for form, words in SESSION_MODES.items():
            self.form.addItem(text(words), form.value)
        self.day_field = Field(text("Date"), self.day)
        self.from_field = Field(text("From"), self.start)
        self.to_field = Field(text("To"), self.end)
        self.travel_field = Field(text("Travel (min)"), self.travel)
        theme = context.theme
        theme.keep(self.day, lambda: self.day.setMinimumWidth(theme.px(100)))
        first = folding(QHBoxLayout())
        first.setSpacing(12)
        when = ((self.day_field, 3), (self.from_field, 2), (self.to_field, 2), (self.travel_field, 2))
        how = ((Field(text("Form"), self.form), 3), (Field(text("Track"), self.track), 4))
        for part, share in ((when, 8), (how, 8)):
            row = QHBoxLayout()
            row.setSpacing(12)
            for field, stretch in part:
                row.addWidget(field, stretch)
            first.addLayout(row, share)
        card.body.addLayout(first)
        remove = text("take out")
        self.governments = ChipsEdit(context.theme, text("government"), remove)
        self.governments_field = Field(text("Governments"), self.governments)
        self.actions_edit = ChipsEdit(context.theme, text("action"), remove)
        self.offers = ChipsEdit(context.theme, text("offer"), remove)
        self.present = ChipsEdit(context.theme, text("person"), remove)
        self.report = LongText()
        self.report.setMinimumHeight(90)
        self.report_field = Field(text("Report"), self.report)
        self.report.refused.connect(
            lambda most: self.report_field.show_error(
                text("This text is too long: at most {n} characters.", n=context.language.number(most))
            )
        )
        asked = text("Which government is this session for? Choose it here; you can type on meanwhile.")
        self.governments_asked = label(asked, "attention", wrap=True)
        card.body.addWidget(self.governments_field)
        card.body.addWidget(self.governments_asked)
        row = folding(QHBoxLayout())
        row.setSpacing(12)
        row.addWidget(Field(text("Actions"), self.actions_edit), 3)
        row.addWidget(Field(text("Present"), self.present), 2)
        card.body.addLayout(row)
        card.body.addWidget(self.report_field, 1)
        card.body.addWidget(Field(text("Offers discussed"), self.offers))
        return card

    def _consequences(self, context: UiContext) -> QWidget:
        text = context.language.text
        inside = QWidget()
        right = QVBoxLayout(inside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(14)
        self.agreements_card = CardFrame(text("Agreements"))
        self.agreements = AgreementRows(context)
        self.agreements_card.body.addWidget(self.agreements)
        right.addWidget(self.agreements_card)
        self.entries_card = CardFrame(text("Update KPIs at once"))
        self.entries_card.body.addWidget(label(text("total on the day of the session"), "small", wrap=True))
        self.entries = EntryRows(context)
        self.entries_card.body.addWidget(self.entries)
        right.addWidget(self.entries_card)
        self.previous_card = CardFrame(text("Previous session"))
        self.previous_when = label("", "small")
        self.previous_text = label("", wrap=True)
        self.previous_agreed = label("", "muted", wrap=True)
        for part in (self.previous_when, self.previous_text, self.previous_agreed):
            self.previous_card.body.addWidget(part)
        self.previous_card.body.addStretch(1)
        right.addWidget(self.previous_card, 1)
        right.addStretch(0)
        for card in (self.agreements_card, self.entries_card):
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setMinimumSize(300, 220)
        return area
