"""The part *Nakijken*: the health report of the work file, with the remedy for each finding."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.services.safekeeping.health import HealthProblem, Remedy
from samenleven_desktop.services.safekeeping.workspace_file import back_up, check_health, repair_file
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.widgets.basic import CardFrame, EmptyState, button, label, pill
from samenleven_desktop.ui.widgets.responsive import bare

_TONES = {Remedy.RESTORE: "bad", Remedy.REPAIR: "attention", Remedy.BACK_UP: "attention", Remedy.BY_HAND: "attention"}


class HealthPanel(QWidget):
    """`to_backups` opens the part where a backup is restored."""

    def __init__(self, context: UiContext, to_backups: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._to_backups = context, to_backups
        text = context.language.text
        box = bare(QVBoxLayout(self), 10)
        words = text(
            "Looks at every page of the file, at the history of changes, attachments, search, key file and backups."
        )
        box.addWidget(label(words, "muted", wrap=True))
        self.again = button(text("Look again"), self.reload)
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addStretch(1)
        box.addLayout(row)
        self.card = CardFrame()
        self.well = EmptyState(context.theme, "check", text("All is well."))
        self.card.body.addWidget(self.well, 1)
        self.list = QVBoxLayout()
        self.list.setSpacing(12)
        self.card.body.addLayout(self.list)
        self.busy = label("", "muted")
        self.card.body.addWidget(self.busy)
        self.card.body.addStretch(1)
        box.addWidget(self.card, 1)
        self.findings: list[HealthProblem] = []

    def reload(self) -> None:
        self.again.setEnabled(False)
        self.busy.setText(self._context.language.text("Checking ..."))
        self.busy.show()
        self.well.hide()
        self._context.runner.on_read(check_health, then=self._show, owner=self, failed=self._failed, latest="health")

    def _show(self, found: list[HealthProblem]) -> None:
        self.findings = found
        self.again.setEnabled(True)
        self.busy.hide()
        self.well.setVisible(not found)
        while self.list.count():
            item = self.list.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        for one in found:
            self.list.addWidget(self._row(one))

    def _row(self, one: HealthProblem) -> QWidget:
        text = self._context.language.text
        made = QWidget()
        row = bare(QHBoxLayout(made))
        words = text("damage") if one.remedy is Remedy.RESTORE else text("attention")
        row.addWidget(pill(words, _TONES[one.remedy]))
        row.addWidget(label(text(one.sentence, **one.values), wrap=True), 1)
        remedies: dict[Remedy, tuple[str, Callable[[], object]]] = {
            Remedy.REPAIR: (text("Repair"), self._repair),
            Remedy.RESTORE: (text("To the backups"), self._to_backups),
            Remedy.BACK_UP: (text("Back up now"), self._back_up),
        }
        if one.remedy in remedies:
            caption, do = remedies[one.remedy]
            row.addWidget(button(caption, do))
        return made

    def _repair(self) -> None:
        self._context.runner.on_store(
            repair_file, then=lambda n: self._repaired(n), owner=self, failed=self._failed, noted=True
        )

    def _repaired(self, number: int) -> None:
        words = self._context.language.plural("{n} thing put right.", "{n} things put right.", number)
        self._context.navigator.notify("good", words)
        self.reload()

    def _back_up(self) -> None:
        self._context.runner.on_store(
            back_up, then=lambda _: self.reload(), owner=self, failed=self._failed, noted=True
        )

    def _failed(self, error: SamenlevenError) -> None:
        self.again.setEnabled(True)
        self.busy.hide()
        self._context.navigator.notify("bad", self._context.language.error(error))
