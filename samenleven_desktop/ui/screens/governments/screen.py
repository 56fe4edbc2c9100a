"""*Besturen*: the list with filter, sorting, KPI state and last contact; Enter opens the dossier."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer

from samenleven_desktop.domain.government import Followed
from samenleven_desktop.domain.name_match import ranked
from samenleven_desktop.readmodels.core import GovernmentLine
from samenleven_desktop.services.governments.queries import list_governments
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.partnership import PartnershipDialog
from samenleven_desktop.ui.models.row_filter import from_content, to_content
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.governments.layout import ALL_REGIONS, GovernmentsLayout
from samenleven_desktop.ui.widgets.shortcuts import tab_keys, window_key

GOVERNMENTS, ORGANISATIONS = range(2)


class GovernmentsScreen(Screen):
    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._lines: list[GovernmentLine] = []
        self._region = ""
        self.ui = GovernmentsLayout(self, context, self.present_filter)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(80)
        self.timer.timeout.connect(self._filter)
        self.ui.filter.textChanged.connect(lambda _: self.timer.start())
        self.ui.region.currentIndexChanged.connect(lambda _: self._filter())
        self.ui.model.filter_changed.connect(self._show_count)
        self.ui.saved.filter_chosen.connect(self._use_filter)
        self.ui.everyone.toggled.connect(lambda _: self.reload())
        self.ui.new_partnership.clicked.connect(lambda: PartnershipDialog(context, self).open())
        window_key(self, "Ctrl+Shift+N", context.language.text("New partnership or organisation"), self._on_new)
        self.ui.new_organisation.clicked.connect(self.ui.organisations.on_new)
        self.ui.organisations.model.modelReset.connect(self._show_subtitle)
        self.ui.tabs.currentChanged.connect(lambda _: self._on_tab_chosen())
        tab_keys(self, self.ui.tabs.captions(), self.ui.tabs.setCurrentIndex)
        self.ui.choose.clicked.connect(lambda: context.navigator.open_page("who"))
        self.ui.table.row_activated.connect(self._on_row_activated)
        self.ui.filter.returnPressed.connect(self._open_first)

    def reload(self) -> None:
        if self.ui.tabs.currentIndex() == ORGANISATIONS:
            self.ui.organisations.reload()
            return
        mine = not self.ui.everyone.isChecked()
        self.context.runner.query(list_governments, None, mine, then=self._show, owner=self, latest="governments")
        self.ui.saved.load()

    def _show(self, lines: list[GovernmentLine]) -> None:
        self._lines = lines
        regions = sorted({line.reference_region for line in lines if line.reference_region})
        chosen = self._region or self.ui.region.currentText()
        self.ui.region.blockSignals(True)
        self.ui.region.clear()
        self.ui.region.addItem(self.context.language.text(ALL_REGIONS))
        self.ui.region.addItems(regions)
        self.ui.region.setCurrentIndex(max(self.ui.region.findText(chosen), 0))
        self.ui.region.blockSignals(False)
        self._region = ""
        self._filter()

    def present_filter(self) -> dict[str, object]:
        """Returns the current filter in the format of saved filters."""
        ui = self.ui
        return {
            name: value
            for name, value in (
                ("words", ui.filter.text().strip()),
                ("region", ui.region.currentText() if ui.region.currentIndex() > 0 else ""),
                ("everyone", ui.everyone.isChecked()),
                ("conditions", to_content(ui.bar.conditions)),
            )
            if value
        }

    def _use_filter(self, content: Mapping[str, object]) -> None:
        ui, everyone = self.ui, bool(content.get("everyone"))
        ui.filter.setText(str(content.get("words", "")))
        self.timer.stop()
        region = str(content.get("region", ""))
        # The result may contain a region that only a colleague has.
        self._region = region if everyone != ui.everyone.isChecked() else ""
        ui.region.setCurrentIndex(max(ui.region.findText(region), 0) if region else 0)
        ui.everyone.setChecked(everyone)
        ui.bar.set_conditions(from_content(content.get("conditions"), ui.model.columns))
        self._filter()

    def _filter(self) -> None:
        ui, region = self.ui, self.ui.region.currentText() if self.ui.region.currentIndex() > 0 else None
        within = [line for line in self._lines if region is None or line.reference_region == region]
        ui.model.set_rows(ranked(within, ui.filter.text(), lambda line: line.name, _beside))

    def _on_tab_chosen(self) -> None:
        self._show_subtitle()
        self.reload()

    def _show_subtitle(self) -> None:
        """How many there are in the list that shows."""
        language = self.context.language
        if self.ui.tabs.currentIndex() == ORGANISATIONS:
            count = len(self.ui.organisations.model.rows)
            self.ui.header.subtitle.setText(language.plural("{n} organisation", "{n} organisations", count))
            return
        shown, found = len(self.ui.model.rows), Followed.of(line.kind for line in self.ui.model.rows)
        text = language.plural("{n} government or partnership", "{n} governments and partnerships", found.governments)
        if found.organisations:
            organisations = language.plural("{n} organisation", "{n} organisations", found.organisations)
            text = f"{text} · {organisations}" if found.governments else organisations
        if shown != len(self._lines):
            text = language.text(
                "{shown} of {all}", shown=language.number(shown), all=language.number(len(self._lines))
            )
        self.ui.header.subtitle.setText(text)

    def _show_count(self) -> None:
        shown = len(self.ui.model.rows)
        self._show_subtitle()
        self.ui.table.setVisible(bool(shown))
        self.ui.empty.setVisible(not self._lines)
        self.ui.nothing.setVisible(bool(self._lines) and not shown)
        self.ui.saved.refresh()

    def _on_new(self) -> None:
        """By key: a new partnership, or a new organisation in their list."""
        organisations = self.ui.tabs.currentIndex() == ORGANISATIONS
        (self.ui.new_organisation if organisations else self.ui.new_partnership).click()

    def _on_row_activated(self, line: GovernmentLine) -> None:
        self.context.navigator.open_dossier(line.id)

    def _open_first(self) -> None:
        self.timer.stop()
        self._filter()
        if self.ui.model.rows:
            self._on_row_activated(self.ui.model.rows[0])


def _beside(line: GovernmentLine) -> str:
    return f"{line.code} {line.partnership or ''}"
