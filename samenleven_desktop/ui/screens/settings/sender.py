"""The card *Afzender op papier* of Instellingen: who stands in the sender block of reports. Saved as it is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.domain.fields import CONTACT
from samenleven_desktop.services.reports.sender import ReportSender, keep_sender, sender_of
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.widgets.basic import CardFrame, Field, label

_FIELDS = ("name", "role", "email", "phone")


class SenderCard(CardFrame):
    def __init__(self, context: UiContext) -> None:
        text = context.language.text
        super().__init__(text("Sender on paper"))
        self._context = context
        self.body.addWidget(
            label(text("Stands at the top of your reports, beside the name of the agency."), "muted", wrap=True)
        )
        self.edits = {key: QLineEdit() for key in _FIELDS}
        self.fields = {key: Field(text(CONTACT[key].caption), edit) for key, edit in self.edits.items()}
        for pair in (_FIELDS[:2], _FIELDS[2:]):
            row = QHBoxLayout()
            for key in pair:
                row.addWidget(self.fields[key], 1)
            self.body.addLayout(row)
        self.signature = QCheckBox(text("Lines for a signature below a report for a government"))
        self.logos = QCheckBox(text("Room for two logos at the top"))
        for box in (self.signature, self.logos):
            self.body.addWidget(box)
            box.clicked.connect(lambda _: self._save())
        for edit in self.edits.values():
            edit.editingFinished.connect(self._save)
        self._known = ReportSender()

    def reload(self) -> None:
        self._context.runner.query(sender_of, then=self._show, owner=self, latest="sender")

    def _show(self, sender: ReportSender) -> None:
        self._known = sender
        for key, edit in self.edits.items():
            if not edit.hasFocus():
                edit.setText(getattr(sender, key))
        self.signature.setChecked(sender.signature)
        self.logos.setChecked(sender.logos)

    def _save(self) -> None:
        name, role, email, phone = (self.edits[key].text() for key in _FIELDS)
        typed = ReportSender(name, role, email, phone, self.signature.isChecked(), self.logos.isChecked())
        if typed == self._known:
            return
        for field in self.fields.values():
            field.show_error("")
        self._context.runner.on_store(
            lambda file: keep_sender(file, typed),
            then=self._show,
            owner=self,
            failed=self._fail,
            noted=True,
        )

    def _fail(self, error: SamenlevenError) -> None:
        words = self._context.language.error(error)
        self.fields[error.field if error.field in self.fields else "name"].show_error(words)
