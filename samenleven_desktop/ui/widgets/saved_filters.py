"""The saved filters of a screen: the predefined ones, those of the coach, and a button to save the present filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from samenleven_desktop.services.core.saved_filters import SavedFilter, delete_filter, list_filters
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.save_filter import SaveFilterDialog
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.responsive import FlowArea, bare

Content = Mapping[str, object]


class SavedFilters(FlowArea):
    """Shown by a screen above its table; `present` returns the present filter ({} if there is none).

    `ready` are the predefined filters. The screen calls `refresh` after each change of its filter.
    """

    filter_chosen = Signal(object)
    """The content of a filter, as returned by `present`; {} to remove the filter."""

    def __init__(
        self,
        context: UiContext,
        screen: str,
        ready: Sequence[tuple[str, Content]],
        present: Callable[[], Content],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._name, self._present = context, screen, present
        self._ready = [SavedFilter(name, content) for name, content in ready]
        self._own: list[SavedFilter] = []
        self.chips: list[tuple[SavedFilter, QPushButton]] = []
        text = context.language.text
        self._caption = label(text("Saved filters:"), "small")
        self.save_button = button(text("Save filter ..."), self._ask_name, kind="chipadd")
        self._draw()
        self.save_button.hide()

    def load(self) -> None:
        """Queries the filters saved by the coach."""
        self._context.runner.query(
            list_filters, self._name, then=self._show_own, owner=self, latest=f"filters {self._name}"
        )

    def refresh(self) -> None:
        """Marks the saved filter in use; if there is none, the present filter can be saved."""
        present = dict(self._present())
        for saved, chip in self.chips:
            chip.setChecked(bool(present) and dict(saved.content) == present)
        known = any(chip.isChecked() for _, chip in self.chips)
        self.save_button.setVisible(bool(present) and not known)

    def _show_own(self, own: list[SavedFilter]) -> None:
        if own != self._own:
            self._own = own
            self._draw()
            self.refresh()

    def _draw(self) -> None:
        focused = self.isAncestorOf(QApplication.focusWidget() or self)
        for widget in self.shown:
            if widget not in (self._caption, self.save_button):
                widget.hide()
                widget.deleteLater()
        self.chips = []
        parts: list[QWidget] = [self._caption]
        for saved in self._ready:
            parts.append(self._chip(saved))
        for saved in self._own:
            parts.append(self._with_remove(saved))
        self.arrange([*parts, self.save_button])
        if focused and self.chips:
            self.chips[0][1].setFocus()

    def _chip(self, saved: SavedFilter) -> QPushButton:
        made = button(saved.name, kind="chip")
        made.setCheckable(True)
        made.clicked.connect(lambda checked: self.filter_chosen.emit(saved.content if checked else {}))
        self.chips.append((saved, made))
        return made

    def _with_remove(self, saved: SavedFilter) -> QWidget:
        whole = QWidget()
        line = bare(QHBoxLayout(whole), 0)
        line.addWidget(self._chip(saved))
        words = self._context.language.text("Remove filter {name}", name=saved.name)
        remove = button("", partial(self._remove, saved), kind="chip")
        remove.setFlat(True)
        theme = self._context.theme
        theme.keep(remove, lambda: remove.setIcon(theme.icon("x", "muted", 12)))
        remove.setIconSize(QSize(12, 12))
        remove.setAccessibleName(words)
        remove.setToolTip(words)
        line.addWidget(remove)
        return whole

    def _ask_name(self) -> None:
        dialog = SaveFilterDialog(
            self._context,
            self,
            self._name,
            dict(self._present()),
            [saved.name for saved in self._ready],
            self._keep,
        )
        dialog.open()

    def _keep(self, saved: SavedFilter) -> None:
        self._show_own([*self._own, saved])
        next(chip for one, chip in self.chips if one == saved).setFocus()

    def _remove(self, saved: SavedFilter) -> None:
        name, screen = saved.name, self._name
        self._context.runner.on_store(
            lambda workspace: delete_filter(workspace, screen, name), then=lambda _: self.load(), owner=self
        )
