"""The officer and their governments: the first question for a new file, also changed from *Besturen*."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.name_match import ranked
from samenleven_desktop.readmodels.core import GovernmentChoice
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.sessions.queries import list_officers
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.widgets.basic import CardFrame, Field, PageHeader, button, label, page_layout
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.responsive import folding


class WhoScreen(Screen):
    """Select a coach or add a new one, check governments, save."""

    concerns = ("officer", "assignment", "government")

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._choices: list[GovernmentChoice] = []
        self._wanted: set[str] = set()
        self._items: dict[str, QListWidgetItem] = {}
        """The row of each government, by its id, in the order of the list without a filter."""
        text = context.language.text
        box = page_layout(self)
        header = PageHeader(
            text("Who are you, and which governments are yours?"),
            text("Use your role and region, such as 'coach Rivierenland'. Colleagues see this in files you exchange."),
        )
        self.save_button = header.add_action(button(text("Save"), self.save, kind="primary"))
        box.addWidget(header)
        row = folding(QHBoxLayout())
        row.setSpacing(14)
        row.addWidget(self._officer_card(), 2)
        row.addWidget(self._governments_card(), 5)
        box.addLayout(row, 1)

    def _officer_card(self) -> QWidget:
        text = self.context.language.text
        card = CardFrame(text("You"))
        self.officer = Chooser()
        self.label_edit = QLineEdit()
        self.label_field = Field(text("How colleagues know you"), self.label_edit)
        card.body.addWidget(Field(text("Coach"), self.officer))
        card.body.addWidget(self.label_field)
        card.body.addStretch(1)
        self.officer.currentIndexChanged.connect(self._on_officer_changed)
        return card

    def _governments_card(self) -> QWidget:
        text = self.context.language.text
        card = CardFrame(text("Governments"))
        self.count = label("", "small")
        card.head.addWidget(self.count)
        filters = QHBoxLayout()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(text("Filter by name or NIS code ..."))
        self.filter.setAccessibleName(text("Filter by name or NIS code ..."))
        self.region = Chooser()
        self.region.setAccessibleName(text("Reference region"))
        self.region.setMinimumWidth(170)
        filters.addWidget(self.filter, 2)
        filters.addWidget(self.region, 1)
        card.body.addLayout(filters)
        self.list = QListWidget()
        self.list.setMinimumHeight(160)
        self.list.setAccessibleName(text("Governments"))
        card.body.addWidget(self.list, 1)
        self.filter.textChanged.connect(lambda _: self._filter())
        self.filter.returnPressed.connect(self._tick_first)
        self.region.currentIndexChanged.connect(lambda _: self._filter())
        self.list.itemChanged.connect(lambda _: self._show_count())
        return card

    def reload(self) -> None:
        self.context.runner.query(list_officers, then=self._show_officers, owner=self)
        self.context.runner.query(choices, then=self._show_choices, owner=self)

    def _show_officers(self, officers: list[tuple[str, str, str | None]]) -> None:
        workspace = self.context.runner.workspace
        chosen = workspace.officer_id if workspace else None
        self.officer.clear()
        for id_, words, _region in officers:
            self.officer.addItem(words, id_)
        self.officer.addItem(self.context.language.text("Someone new"), None)
        self.officer.setCurrentIndex(max(self.officer.findData(chosen), 0))
        self._on_officer_changed()
        (self.label_edit if self.officer.currentData() is None else self.filter).setFocus()

    def _show_choices(self, found: list[GovernmentChoice]) -> None:
        # The municipalities of Brussels are reached through the VGC.
        self._choices = [one for one in found if one.kind is not GovernmentKind.BRUSSELS_MUNICIPALITY]
        self.list.blockSignals(True)
        self.list.clear()
        self._items = {}
        for one in self._choices:
            words = " · ".join(filter(None, [one.name, one.reference_region, one.code if one.code.isdigit() else None]))
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.mine else Qt.CheckState.Unchecked)
            self.list.addItem(item)
            self._items[one.id] = item
        self.list.blockSignals(False)
        regions = sorted({one.reference_region for one in self._choices if one.reference_region})
        self.region.blockSignals(True)
        self.region.clear()
        self.region.addItem(self.context.language.text("All regions"))
        self.region.addItems(regions)
        self.region.blockSignals(False)
        self._filter()
        self._tick_wanted()
        self._show_count()

    def tick(self, government_id: str) -> None:
        """Ticks a government, once the list is there; what was ticked stays."""
        self._wanted.add(government_id)
        self._tick_wanted()

    def _tick_wanted(self) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(Qt.ItemDataRole.UserRole) in self._wanted:
                self._wanted.discard(item.data(Qt.ItemDataRole.UserRole))
                item.setCheckState(Qt.CheckState.Checked)
                self.list.setCurrentItem(item)

    def _filter(self) -> None:
        """Shows the governments that fit, the best first; the others stay in the list, hidden, with their ticks."""
        region = self.region.currentText() if self.region.currentIndex() > 0 else None
        within = [one for one in self._choices if region is None or one.reference_region == region]
        shown = [one.id for one in ranked(within, self.filter.text(), lambda one: one.name, lambda one: one.code)]
        hidden = set(self._items) - set(shown)
        self.list.blockSignals(True)
        while self.list.count():
            self.list.takeItem(0)
        for id_ in [*shown, *(one.id for one in self._choices if one.id in hidden)]:
            self.list.addItem(self._items[id_])
            self._items[id_].setHidden(id_ in hidden)
        self.list.setCurrentRow(0 if shown and self.filter.text().strip() else -1)
        self.list.blockSignals(False)

    def _tick_first(self) -> None:
        """On Enter: ticks the first row or takes its tick away; the next name may be typed at once."""
        item = self.list.item(0)
        if item is None or item.isHidden() or not self.filter.text().strip():
            return
        ticked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
        self.filter.selectAll()

    def _on_officer_changed(self) -> None:
        new = self.officer.currentData() is None
        self.label_field.setVisible(new)
        self.label_field.show_error("")

    def chosen_ids(self) -> tuple[str, ...]:
        return tuple(id_ for id_, item in self._items.items() if item.checkState() == Qt.CheckState.Checked)

    def _show_count(self) -> None:
        self.count.setText(self.context.language.plural("{n} chosen", "{n} chosen", len(self.chosen_ids())))
        self.count.show()

    def save(self) -> None:
        """Saves the coach first, if new; then the governments on the coach's behalf."""
        officer_id = self.officer.currentData()
        if officer_id is None:
            self.context.runner.run(
                AddOfficer(self.label_edit.text()),
                initiator=self,
                then=self._on_officer_added,
                failed=lambda error: self.label_field.show_error(self.context.language.error(error)),
            )
        else:
            self._choose(officer_id)

    def _on_officer_added(self, done: Done[str]) -> None:
        self._choose(done.result)

    def _choose(self, officer_id: str) -> None:
        chosen = self.chosen_ids()
        self.context.runner.on_store(lambda file: file.choose_officer(officer_id), owner=self, noted=True)
        command = ChooseGovernments(officer_id, chosen)
        self.context.runner.run(command, initiator=self, then=lambda _: self._saved())

    def _saved(self) -> None:
        self.mark_stale()
        self.context.navigator.open_page("start")
