"""Governments that the coach has not had contact with for some time."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.government import Followed
from samenleven_desktop.i18n.government_labels import followed_words
from samenleven_desktop.services.sessions.agenda import WithoutContact, without_contact
from samenleven_desktop.services.sessions.queries import WITHOUT_CONTACT_DAYS
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.basic import NumberBox, label
from samenleven_desktop.ui.widgets.list_card import ListCard
from samenleven_desktop.ui.widgets.responsive import bare


class WithoutContactPanel(QWidget):
    """Governments without contact for a number of days that the coach selects."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        language, text = context.language, context.language.text
        kinds = ColumnKinds(language)
        box = bare(QVBoxLayout(self), 10)
        line = QHBoxLayout()
        self.days = NumberBox(1, 999)
        self.days.setValue(WITHOUT_CONTACT_DAYS)
        self.days.setAccessibleName(text("Days without contact"))
        self.days.valueChanged.connect(lambda _: self.reload())
        self.count = label("", "muted")
        line.addWidget(label(text("Days without contact"), "label"))
        line.addWidget(self.days)
        line.addWidget(self.count)
        line.addStretch(1)
        box.addLayout(line)
        card = ListCard[WithoutContact](
            context,
            text("Without contact"),
            [
                kinds.text(text("Government"), lambda one: one.government_name, stretch=3, strong=True),
                kinds.text(text("Reference region"), lambda one: one.reference_region, stretch=2),
                kinds.day(
                    text("Last contact"),
                    lambda one: one.last_contact,
                    words=lambda one: language.day_short(one.last_contact) if one.last_contact else text("never"),
                ),
                kinds.number(text("Days"), lambda one: one.days),
                kinds.day(text("Next session"), lambda one: one.next_session, 130),
            ],
            empty=("check", text("You have seen all your governments.")),
            title="",
        )
        self.model, self.table = card.model, card.table
        box.addWidget(card, 1)
        self.table.row_activated.connect(lambda one: context.navigator.open_dossier(one.government_id))

    def reload(self) -> None:
        self._context.runner.query(
            without_contact, self.days.value(), then=self._show, owner=self, latest="without-contact"
        )

    def _show(self, lines: list[WithoutContact]) -> None:
        self.model.set_rows(lines)
        self.count.setText(followed_words(self._context.language, Followed.of(one.kind for one in lines)))
