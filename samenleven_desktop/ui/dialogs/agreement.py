"""Adds or changes an agreement: responsible person, subject and deadline."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.domain.fields import AGREEMENT
from samenleven_desktop.readmodels.core import AgreementLine, GovernmentChoice
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, ChangeAgreement
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.widgets.choice import LateChooser
from samenleven_desktop.ui.widgets.day_edit import DayEdit


class AgreementDialog(FormDialog):
    """Adds an agreement for a government (None: to be selected), or changes `line`."""

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
        text = context.language.text
        super().__init__(context, text("Change agreement") if line else text("New agreement"), owner)
        self._government_id, self._line, self._about = government_id, line, about
        self.record = ("follow_up", line.id) if line else None
        self.government = LateChooser()
        self.what = QLineEdit(line.what if line else what)
        due = DayEdit(context, AGREEMENT["due"].toward, line.due if line else None)
        due.setPlaceholderText(context.language.day_short(context.today))
        if government_id is None:
            self.add("government", text("Government"), self.government)
            context.runner.query(choices, then=self._offer, owner=self)
        captions = {"due": text("By (may stay empty)")}
        self.add_fields(AGREEMENT, line, "what", "who due", captions=captions, editors={"what": self.what, "due": due})
        self.what.setFocus()

    def _offer(self, found: list[GovernmentChoice]) -> None:
        self.government.offer([(one.id, one.name) for one in found])

    def command(self) -> AnyCommand:
        values = self.read()
        if self._line is not None:
            return ChangeAgreement(self._line.id, **values)
        table, record = self._about or (None, None)
        government = self._government_id or self.government.currentData()
        return AddAgreement(government, **values, about_table=table, about_id=record)
