"""The widgets of the session form: the conversation on the left, its results on the right."""

from __future__ import annotations

import itertools

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from samenleven_desktop.domain.fields import SESSION
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.forms import FormRows, code_chooser
from samenleven_desktop.ui.screens.session.agreements_panel import AgreementRows
from samenleven_desktop.ui.screens.session.banners import ChangedElsewhere
from samenleven_desktop.ui.screens.session.readings_panel import EntryRows
from samenleven_desktop.ui.widgets.basic import CardFrame, PageHeader, button, label, page_layout
from samenleven_desktop.ui.widgets.chips import ChipsEdit
from samenleven_desktop.ui.widgets.choice import LateChooser
from samenleven_desktop.ui.widgets.day_edit import DayEdit
from samenleven_desktop.ui.widgets.draft_list import DraftList
from samenleven_desktop.ui.widgets.limited_text_edit import LongText
from samenleven_desktop.ui.widgets.responsive import FlowArea, folding

# The first line of the form by the names of its rows, each with its share of the width.
WHEN = {"day": 3, "start": 2, "end": 2, "travel": 2}
HOW = {"form": 3, "track": 4}


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

        self.rows = FormRows(context.language)
        self.body = QWidget()
        columns = folding(QHBoxLayout(self.body))
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(14)
        columns.addWidget(self._conversation(context), 8)
        columns.addWidget(self._consequences(context), 5)
        box.addWidget(self.body, 1)
        for first, second in itertools.pairwise(self.rows.box(name).editor for name in (*WHEN, *HOW)):
            QWidget.setTabOrder(first, second)

    def _state_line(self, context: UiContext) -> QWidget:
        """Builds the line with the state of the draft; the button to discard it is here, away from *Save*."""
        line = FlowArea(gap=10)
        self.state = label("", "muted")
        self.discard = button(context.language.text("Throw away draft"), kind="link")
        for part in (self.state, self.discard):
            line.append(part)
        return line

    def _conversation(self, context: UiContext) -> QWidget:
        text = context.language.text
        card, rows, theme = CardFrame(), self.rows, context.theme
        self.day = rows.add_field(SESSION["day"], DayEdit(context, SESSION["day"].toward))
        self.start = rows.add_field(SESSION["start_minute"], QLineEdit(), name="start", where="times")
        self.end = rows.add_field(SESSION["end_minute"], QLineEdit(), name="end", where="times")
        self.travel = rows.add_field(SESSION["travel_minutes"], QLineEdit(), name="travel")
        self.form = rows.add_field(SESSION["form"], code_chooser(context.language, SESSION["form"]))
        self.track = rows.add_field(SESSION["track_id"], LateChooser(), name="track")
        remove = text("take out")
        self.governments = rows.add("governments", text("Governments"), ChipsEdit(theme, text("government"), remove))
        self.actions_edit = rows.add_field(SESSION["actions"], ChipsEdit(theme, text("action"), remove))
        self.present = rows.add("present", text("Present"), ChipsEdit(theme, text("person"), remove))
        self.report = rows.add_field(SESSION["report"], LongText())
        self.offers = rows.add("offers", text("Offers discussed"), ChipsEdit(theme, text("offer"), remove))
        self.report.setMinimumHeight(90)
        theme.keep(self.day, lambda: self.day.setMinimumWidth(theme.px(124)))
        first = folding(QHBoxLayout())
        first.setSpacing(12)
        for part in (WHEN, HOW):
            row = QHBoxLayout()
            row.setSpacing(12)
            for name, stretch in part.items():
                row.addWidget(rows.box(name), stretch)
            first.addLayout(row, 8)
        card.body.addLayout(first)
        self.night = label("", "muted", wrap=True)
        self.night.hide()
        card.body.addWidget(self.night)
        asked = text("Which government is this session for? Choose it here; you can type on meanwhile.")
        self.governments_asked = label(asked, "attention", wrap=True)
        card.body.addWidget(rows.box("governments"))
        card.body.addWidget(self.governments_asked)
        row = folding(QHBoxLayout())
        row.setSpacing(12)
        row.addWidget(rows.box("actions"), 3)
        row.addWidget(rows.box("present"), 2)
        card.body.addLayout(row)
        card.body.addWidget(rows.box("report"), 1)
        card.body.addWidget(rows.box("offers"))
        return card

    def _consequences(self, context: UiContext) -> QWidget:
        text = context.language.text
        inside = QWidget()
        right = QVBoxLayout(inside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(14)
        self.agreements_card = CardFrame(text("Agreements"))
        self.agreements = self.rows.add_part("agreements", AgreementRows(context))
        self.agreements_card.body.addWidget(self.agreements)
        right.addWidget(self.agreements_card)
        self.entries_card = CardFrame(text("Update KPIs at once"))
        self.entries_card.body.addWidget(label(text("total on the day of the session"), "small", wrap=True))
        self.entries = self.rows.add_part("entries", EntryRows(context), where="units")
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
