"""Writes down an agreement: who does what by when."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.domain.rows import Party
from samenleven_desktop.services.commands.dossier import AddAgreement
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.typed import read_date
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.words import PARTIES


class AgreementDialog(FormDialog):
    def __init__(self, context: UiContext, government_id: str, owner: QWidget) -> None:
        text = context.language.text
        super().__init__(context, text("New agreement"), owner)
        self._government_id = government_id
        self.what = QLineEdit()
        self.who = Chooser()
        for party, words in PARTIES.items():
            self.who.addItem(text(words), party)
        self.due = QLineEdit()
        self.due.setPlaceholderText(context.language.day_short(context.today))
        self.add("what", text("What"), self.what)
        self.add("who", text("Who"), self.who)
        self.add("due", text("By (may stay empty)"), self.due)
        self.what.setFocus()

    def command(self) -> AddAgreement:
        words = self.due.text().strip()
        due = read_date(words, self.context.today, "due") if words else None
        return AddAgreement(self._government_id, Party(self.who.currentData()), self.what.text(), due)
