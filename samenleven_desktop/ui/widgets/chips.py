"""An editor with chips: one for each chosen item, with a button to remove it, and a button to add others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from samenleven_desktop.domain.name_match import ranked
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.basic import button
from samenleven_desktop.ui.widgets.popup import Popup
from samenleven_desktop.ui.widgets.responsive import FlowArea


class ChoicePopup(Popup):
    """A small list below a button: typing filters, arrows and Enter choose, Escape closes."""

    chosen = Signal(str)

    def __init__(self, placeholder: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices: tuple[tuple[str, str], ...] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(placeholder)
        self.search.setAccessibleName(placeholder)
        self.list = QListWidget()
        self.list.setAccessibleName(placeholder)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._accept)
        self.list.itemClicked.connect(lambda _: self._accept())
        box.addWidget(self.search)
        box.addWidget(self.list)

    def wished_size(self) -> QSize:
        return QSize(340, 300)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        self._choices = tuple(choices)
        self._narrow("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        row = self.list.currentRow() + step
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def _narrow(self, words: str) -> None:
        self.list.clear()
        for id_, shown in ranked(self._choices, words, lambda one: one[1]):
            item = QListWidgetItem(shown)
            item.setData(Qt.ItemDataRole.UserRole, id_)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _accept(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
            self.close()


class ChipsEdit(FlowArea):
    """Several choices from a list of (id, text). `chips_changed` is emitted when the choice changes.

    Ids that the list does not contain (yet) are kept; `wanted` includes them.
    """

    chips_changed = Signal()
    chips_edited = Signal()
    """The user changed the choice; emitted after `chips_changed`."""

    def __init__(self, theme: Theme, add_text: str, remove_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._remove_text = remove_text
        self._choices: dict[str, str] = {}
        self._chosen: list[str] = []
        self._wanted: list[str] = []
        self.add_button = button(f"+ {add_text}", self._offer, kind="chipadd")
        self.setFocusProxy(self.add_button)
        self.arrange([self.add_button])

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        self._choices = dict(choices)
        self._chosen = [id_ for id_ in self._wanted if id_ in self._choices]
        self._draw()

    def chosen(self) -> tuple[str, ...]:
        return tuple(self._chosen)

    def wanted(self) -> tuple[str, ...]:
        """Returns the chosen ids, including those that the list does not contain (yet)."""
        return tuple(self._wanted)

    def words(self) -> list[str]:
        """Returns the texts of the chosen items, as on the chips."""
        return [self._choices[id_] for id_ in self._chosen]

    def set_chosen(self, ids: Sequence[str]) -> None:
        self._wanted = list(dict.fromkeys(ids))
        self._chosen = [id_ for id_ in self._wanted if id_ in self._choices]
        self._draw()
        self.chips_changed.emit()

    def _edit(self, ids: Sequence[str]) -> None:
        self.set_chosen(ids)
        self.chips_edited.emit()

    def _offer(self) -> None:
        popup = ChoicePopup(self.add_button.text().removeprefix("+ "), self)
        popup.offer([(id_, words) for id_, words in self._choices.items() if id_ not in self._chosen])
        popup.chosen.connect(lambda id_: self._edit([*self._wanted, id_]))
        popup.open_under(self.add_button)
        popup.search.setFocus()

    def _remove(self, id_: str) -> None:
        self._edit([one for one in self._wanted if one != id_])
        self.add_button.setFocus()

    def _show_cross(self, chip: QPushButton) -> None:
        chip.setIcon(self._theme.icon("x", "muted", 12))

    def _draw(self) -> None:
        for widget in self.shown:
            if widget is not self.add_button:
                widget.hide()
                widget.deleteLater()
        chips: list[QWidget] = []
        for id_ in self._chosen:
            words = self._choices[id_]
            chip = button(f"{words} ", partial(self._remove, id_), kind="chip")
            chip.setProperty("removable", True)
            self._theme.keep(chip, partial(self._show_cross, chip))
            chip.setIconSize(QSize(12, 12))
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setAccessibleName(f"{words}: {self._remove_text}")
            chip.setToolTip(self._remove_text)
            chips.append(chip)
        self.arrange([*chips, self.add_button])
