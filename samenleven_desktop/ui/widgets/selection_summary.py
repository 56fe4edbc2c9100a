"""The line below a grid: sum of the selected cells, a message about the last action, number of unsaved cells."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.models.columns import ValueKind
from samenleven_desktop.ui.models.editable_model import Summed
from samenleven_desktop.ui.widgets.basic import button, label, restyle

HINT = N_("Type to change a cell · Ctrl+D fills down · Ctrl+C and Ctrl+V from and to Excel")


class SumLine(QWidget):
    """One line: at the left the sum or a message, at the right a link to the unsaved cells."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._sum = language.text(HINT)
        self._message = ""
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 8, 0)
        self.words = label(self._sum, "small", wrap=True)
        line.addWidget(self.words, 1)
        self.wrong = button("", kind="link")
        self.wrong.hide()
        line.addWidget(self.wrong)
        self.setMinimumHeight(26)

    def show_sum(self, summed: Summed) -> None:
        """Shows sum, average and count of the selected numbers; a hint while one cell is selected."""
        self._sum = self._sum_words(summed)
        self._draw()

    def tell(self, sentence: str) -> None:
        """Shows a message in place of the sum until the next key press; also announced to screen readers."""
        if sentence and sentence != self._message:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.words, sentence))
        self._message = sentence
        self._draw()

    def show_wrong(self, count: int) -> None:
        self.wrong.setVisible(bool(count))
        self.wrong.setText(self._language.plural("{n} cell is not saved yet", "{n} cells are not saved yet", count))

    def _draw(self) -> None:
        self.words.setText(self._message or self._sum)
        restyle(self.words, "role", "error" if self._message else "small")

    def _sum_words(self, summed: Summed) -> str:
        language = self._language
        if summed.cells < 2:
            return language.text(HINT)
        count = language.plural("{n} number", "{n} numbers", summed.numbers)
        if summed.total is None:
            cells = language.plural("{n} cell selected", "{n} cells selected", summed.cells)
            return f"{cells} · {count}" if summed.numbers else cells
        average = summed.total / summed.numbers
        money = summed.kind is ValueKind.MONEY
        return language.text(
            "Sum {total} · average {average} · {count}",
            total=language.money(round(summed.total)) if money else language.number(summed.total),
            average=language.money(round(average)) if money else language.number(round(average, 2)),
            count=count,
        )
