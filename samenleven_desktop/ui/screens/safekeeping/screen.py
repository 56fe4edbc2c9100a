"""*Bewaren en herstellen*, opened from Instellingen: backups, bin, health of the file, retention periods."""

from __future__ import annotations

from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.navigator import SafekeepingPart
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.safekeeping.backups import BackupsPanel
from samenleven_desktop.ui.screens.safekeeping.bin import BinPanel
from samenleven_desktop.ui.screens.safekeeping.health import HealthPanel
from samenleven_desktop.ui.screens.safekeeping.retention import RetentionPanel
from samenleven_desktop.ui.widgets.basic import PageHeader, button, page_layout
from samenleven_desktop.ui.widgets.choice import TabBar
from samenleven_desktop.ui.widgets.responsive import PartStack
from samenleven_desktop.ui.widgets.shortcuts import tab_keys


class SafekeepingScreen(Screen):
    """Only the visible part queries; every change of the work file makes it stale."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        text = context.language.text
        box = page_layout(self)
        header = PageHeader(text("Keeping and restoring"), text("Nothing gets lost, and nothing stays that has to go."))
        header.add_action(button(text("To the settings"), lambda: context.navigator.open_page("settings")))
        box.addWidget(header)
        self.tabs = TabBar(context.theme, text("Parts of keeping and restoring"))
        box.addWidget(self.tabs)
        self.stack = PartStack()
        box.addWidget(self.stack, 1)
        self.backups, self.bin = BackupsPanel(context), BinPanel(context)
        self.health = HealthPanel(context, lambda: self.show_part(SafekeepingPart.BACKUPS))
        self.retention = RetentionPanel(context)
        for caption, part in (
            (text("Backups"), self.backups),
            (text("Bin"), self.bin),
            (text("Check"), self.health),
            (text("Retention"), self.retention),
        ):
            self.tabs.addTab(caption)
            self.stack.addWidget(part)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        tab_keys(self, self.tabs.captions(), self.show_part)

    def show_part(self, part: int) -> None:
        self.tabs.setCurrentIndex(part)

    def _on_tab_changed(self, part: int) -> None:
        self.stack.setCurrentIndex(part)
        self.reload()

    def reload(self) -> None:
        (self.backups, self.bin, self.health, self.retention)[self.tabs.currentIndex()].reload()
