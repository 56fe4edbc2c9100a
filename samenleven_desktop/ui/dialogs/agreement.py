"""Writes down an agreement: who does what by when."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.i18n.labels import PARTIES
from samenleven_desktop.readmodels.core import AgreementLine, GovernmentChoice, Party
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, ChangeAgreement
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.input_parsing import read_optional_date
from samenleven_desktop.ui.widgets.choice import Chooser


class AgreementDialog(FormDialog):
    """A new agreement at a government (to be chosen when None), or other words and another day for `line`."""

    def __init__(
        self,
        context: UiContext,
        government_id: str | None,
        owner: QWidget,
        line: AgreementLine | None = None,
        *,
        what: str = "",
        about: tuple[str, str] | None = None,
    ) -> None:
        language, text = context.language, context.language.text
        super().__init__(context, text("Change agreement") if line else text("New agreement"), owner)
        self._government_id, self._line, self._about = government_id, line, about
        self.record = ("follow_up", line.id) if line else None
        self.government = Chooser()
        self.what = QLineEdit(line.what if line else what)
        self.who = Chooser()
        for party, words in PARTIES.items():
            self.who.addItem(text(words), party)
        self.due = QLineEdit(language.day_short(line.due) if line and line.due else "")
        self.due.setPlaceholderText(language.day_short(context.today))
        if line is not None:
            self.who.setCurrentIndex(max(self.who.findData(line.who), 0))
        if government_id is None:
            self.add("government", text("Government"), self.government)
            context.runner.query(choices, then=self._offer, owner=self)
        self.add("what", text("What"), self.what)
        self.add("who", text("Who"), self.who)
        self.add("due", text("By (may stay empty)"), self.due, beside=True)
        self.what.setFocus()

    def _offer(self, found: list[GovernmentChoice]) -> None:
        for one in found:
            self.government.addItem(one.name, one.id)

    def command(self) -> AnyCommand:
        due = read_optional_date(self.due.text(), self.context.today, "due")
        who, what = Party(self.who.currentData()), self.what.text()
        if self._line is not None:
            return ChangeAgreement(self._line.id, who, what, due)
        table, record = self._about or (None, None)
        government = self._government_id or self.government.currentData()
        return AddAgreement(government, who, what, due, table, record)
