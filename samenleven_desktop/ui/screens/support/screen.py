"""*Ondersteuning*: all sessions of the project year, and all open agreements, of my governments together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from samenleven_desktop.domain.rows import AgreementLine, SessionLine
from samenleven_desktop.services.support import list_agreements, list_sessions
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.rows import RowsModel
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.tables import agreement_columns, session_columns
from samenleven_desktop.ui.widgets.basic import Card, PageHeader, button, page_layout
from samenleven_desktop.ui.widgets.table import DataTable


class SupportScreen(Screen):
    concerns = ("support_session", "session_government", "session_action", "follow_up")

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        text = context.language.text
        box = page_layout(self)
        self.header = PageHeader(text("Support"))
        self.header.add_action(
            button(
                text("Register session"),
                lambda: context.wishes.session_form_requested.emit(None, None),
                kind="primary",
            )
        )
        box.addWidget(self.header)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(14)
        self.sessions_model = RowsModel[SessionLine](session_columns(context, governments=True))
        self.sessions = DataTable(context.theme, self.sessions_model, text("Sessions"))
        self.agreements_model = RowsModel[AgreementLine](agreement_columns(context, governments=True))
        self.agreements = DataTable(context.theme, self.agreements_model, text("Open agreements"))
        split.addWidget(self._card(text("Sessions"), self.sessions))
        split.addWidget(self._card(text("Open agreements"), self.agreements))
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        box.addWidget(split, 1)
        self.sessions.row_activated.connect(
            lambda line: context.wishes.session_form_requested.emit(line.id, line.government_ids[0])
        )
        self.agreements.row_activated.connect(lambda line: context.wishes.dossier_requested.emit(line.government_id))

    @staticmethod
    def _card(title: str, table: DataTable) -> QWidget:
        card = Card(title)
        card.body.addWidget(table, 1)
        return card

    def reload(self) -> None:
        runner, plan, today = self.context.runner, self.context.plan, self.context.today
        year = plan.year_on(today)
        runner.query(list_sessions, None, year.start, year.end, then=self._show_sessions, owner=self, turn="support")
        runner.query(list_agreements, None, True, then=self._show_agreements, owner=self, turn="support-agreements")

    def _show_sessions(self, lines: list[SessionLine]) -> None:
        language = self.context.language
        self.sessions_model.set_rows(lines)
        minutes = sum(line.minutes for line in lines)
        self.header.subtitle.setText(
            language.plural("{n} session this project year", "{n} sessions this project year", len(lines))
            + " · "
            + language.duration(minutes)
        )

    def _show_agreements(self, lines: list[AgreementLine]) -> None:
        self.agreements_model.set_rows(lines)
