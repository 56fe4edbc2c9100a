"""Every value a field had, with its author and time; restoring an earlier one is a new change."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from samenleven_desktop.i18n.labels import FIELDS, TABLES, field_value, step_of
from samenleven_desktop.readmodels.history import FieldPlace, FieldValue
from samenleven_desktop.services.safekeeping.history import field_history
from samenleven_desktop.services.safekeeping.restore_commands import PutValueBack
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.ask import AskDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.widgets.basic import label
from samenleven_desktop.ui.widgets.limited_text_edit import LongText
from samenleven_desktop.ui.widgets.table import DataTable


class FieldHistoryDialog(AskDialog):
    """`then` is not needed: the change notification of the command reloads the screens with the record."""

    def __init__(self, context: UiContext, place: FieldPlace, owner: QWidget) -> None:
        text, language = context.language.text, context.language
        kinds = ColumnKinds(language)
        record = text(TABLES.get(place.table_name, place.table_name))
        field = text(FIELDS.get(place.field, place.field))
        title = text("History of {field} ({record})", field=field, record=record)
        super().__init__(context, owner, title, text("Put this value back"), self._put_back, danger=False)
        self.setMinimumWidth(760)
        self._place = place
        self.model = RowsModel[FieldValue](
            [
                kinds.moment(text("When"), lambda one: one.made_at),
                kinds.text(text("Who"), lambda one: one.officer, stretch=3),
                kinds.text(
                    text("Value"), lambda one: field_value(language, place.field, one.value), stretch=3, strong=True
                ),
                kinds.text(text("Step"), lambda one: step_of(language, one), stretch=4),
            ]
        )
        self.table = DataTable(context.theme, self.model, title)
        self.table.setMinimumHeight(190)
        self.box.addWidget(self.table, 1)
        self.whole = LongText(text("The chosen value"))
        self.whole.setReadOnly(True)
        self.whole.setMaximumHeight(110)
        self.whole.hide()
        self.box.addWidget(self.whole)
        self.note = label("", "muted", wrap=True)
        self.box.addWidget(self.note)
        self.act.setEnabled(False)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_chosen())
        context.runner.query(field_history, place.table_name, place.row_id, place.field, then=self._show, owner=self)

    def _show(self, found: list[FieldValue]) -> None:
        self.model.set_rows(found)
        text = self.context.language.text
        if not found:
            self.note.setText(text("Nothing was written here yet."))
        elif len(found) == 1:
            self.note.setText(text("This value never changed."))
        if len(found) > 1:
            self.table.select_row(1)
        self.table.setFocus()

    def _chosen(self) -> FieldValue | None:
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() else None

    def _on_chosen(self) -> None:
        one = self._chosen()
        present = self.model.rows[0].value if self.model.rows else None
        self.act.setEnabled(one is not None and one.value != present)
        words = one.value if one is not None and isinstance(one.value, str) else ""
        self.whole.setPlainText(words)
        self.whole.setVisible(len(words) > 60 or "\n" in words)

    def _put_back(self) -> None:
        one, place = self._chosen(), self._place
        if one is None:
            return
        command = PutValueBack(place.table_name, place.row_id, place.field, one.value)
        self.context.runner.run(command, initiator=self, then=lambda _: self.accept(), failed=self.fail)
