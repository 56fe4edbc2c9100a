"""The agreements of the session form: one line each, who does what by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from samenleven_desktop.domain.field_declaration import Toward
from samenleven_desktop.domain.fields import AGREEMENT
from samenleven_desktop.domain.typed_values import read_date
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.sessions.commands import NewAgreement
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.forms import code_chooser
from samenleven_desktop.ui.widgets.basic import button, label, restyle
from samenleven_desktop.ui.widgets.day_edit import DayEdit


@dataclass
class _Row:
    who: QComboBox
    what: QLineEdit
    due: QLineEdit
    id_: str = ""
    """Id of the agreement if it is stored already."""

    def filled(self) -> bool:
        return bool(self.what.text().strip() or self.due.text().strip())


class AgreementRows(QWidget):
    """Rows with responsible person, subject and deadline; empty rows are ignored."""

    edited = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.rows: list[_Row] = []
        text = context.language.text
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        for column, name in enumerate(("who", "what", "due")):
            self._grid.addWidget(label(text(AGREEMENT[name].caption), "label"), 0, column)
        self._grid.setColumnStretch(1, 1)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.more = button(f"+ {text('agreement')}", lambda: self.add().what.setFocus(), kind="link")
        self.add()

    def add(self) -> _Row:
        text = self._context.language.text
        who, what, due = (
            code_chooser(self._context.language, AGREEMENT["who"]),
            QLineEdit(),
            DayEdit(self._context, AGREEMENT["due"].toward),
        )
        number = len(self.rows) + 1
        who.setAccessibleName(text("Agreement {n}: who", n=number))
        what.setAccessibleName(text("Agreement {n}: what", n=number))
        due.setAccessibleName(text("Agreement {n}: by", n=number))
        theme = self._context.theme
        theme.keep(due, lambda: due.setFixedWidth(theme.px(124)))
        due.setPlaceholderText(self._context.language.day_short(self._context.today))
        for column, widget in enumerate((who, what, due)):
            self._grid.addWidget(widget, number, column)
        self._grid.addWidget(self.problem, number + 1, 0, 1, 3)
        self._grid.addWidget(self.more, number + 2, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
        who.activated.connect(lambda _: self.edited.emit())
        for edit in (what, due):
            edit.textEdited.connect(lambda _: self.edited.emit())
        row = _Row(who, what, due)
        self.rows.append(row)
        return row

    def content(self) -> list[list[str]]:
        """Returns responsible person, subject, deadline and id of each row that is filled in."""
        return [[row.who.currentData(), row.what.text(), row.due.text(), row.id_] for row in self.rows if row.filled()]

    def fill(self, content: Sequence[Sequence[str]] | None) -> None:
        content = content or ()
        self.show_problem("")
        while len(self.rows) < max(len(content), 1):
            self.add()
        for place, row in enumerate(self.rows):
            who, what, due, *rest = content[place] if place < len(content) else (Party.GOVERNMENT.value, "", "")
            row.id_ = rest[0] if rest else ""
            row.who.setCurrentIndex(max(row.who.findData(who), 0))
            row.what.setText(what)
            row.what.setCursorPosition(0)
            row.due.setText(due)

    def read(self, today: date) -> tuple[NewAgreement, ...]:
        """Returns the agreements. Raises UserError (field `agreements`) for a date that cannot be parsed."""
        found: list[NewAgreement] = []
        for row in self.rows:
            restyle(row.due, "wrong", False)
            if not row.filled():
                continue
            words = row.due.text().strip()
            restyle(row.due, "wrong", bool(words))
            due = read_date(words, today, "agreements", Toward.FUTURE) if words else None
            restyle(row.due, "wrong", False)
            who, what = Party(row.who.currentData()), row.what.text()
            found.append(NewAgreement(who, what, due, agreement_id=row.id_ or None))
        return tuple(found)

    def show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
