"""The KPI totals of the session form: one row per target of the selected governments and actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.kpi import EntryKind, KpiState
from samenleven_desktop.domain.typed_values import read_number
from samenleven_desktop.i18n.labels import action_name
from samenleven_desktop.readmodels.core import CommitmentLine, KpiEntryLine
from samenleven_desktop.services.sessions.commands import CorrectedEntry, NewKpiEntry
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.widgets.basic import label, restyle

GONE_NUMBER = N_("A number that was written down stays in the ledger: type what it has to be.")


class EntryRows(QWidget):
    """One row per target of the selected governments and actions: the current total, and the new one.

    An entry that the session wrote earlier (`show_stored`) is shown in its row; another number corrects it.
    """

    edited = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.edits: dict[str, QLineEdit] = {}
        self._kept: dict[str, str] = {}
        self._stored: dict[str, KpiEntryLine] = {}
        self._lines: Sequence[CommitmentLine] = ()
        self._several = False
        self._drawn: object = None
        self.problem = label("", "error", wrap=True)
        self.problem.hide()

    def offer(self, lines: Sequence[CommitmentLine], *, several: bool) -> None:
        """Shows these targets; input for targets that are still listed is kept."""
        drawn = (list(lines), several, self._stored)
        if drawn == self._drawn:
            # The same targets again, for instance after the day changed: keep the focus of the row being edited.
            return
        self._drawn, self._lines, self._several = drawn, lines, several
        self._kept |= {id_: edit.text() for id_, edit in self.edits.items()}
        self._draw()

    def show_stored(self, entries: Sequence[KpiEntryLine]) -> None:
        """Shows the ledger rows that the session wrote; their targets are shown whatever actions are selected."""
        self._stored = {one.commitment_id: one for one in entries}

    @property
    def stored_ids(self) -> frozenset[str]:
        """Returns the targets that have an entry of the session."""
        return frozenset(self._stored)

    def _draw(self) -> None:
        lines, several = self._lines, self._several
        self.edits = {}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.problem:
                widget.deleteLater()
        language = self._context.language
        text = language.text
        counted = [line for line in lines if line.state is not KpiState.JURY or line.id in self._stored]
        if not counted:
            words = text("Choose governments and actions to update their KPIs.")
            self._grid.addWidget(label(words, "muted", wrap=True), 0, 0, 1, 3)
            return
        for column, words in enumerate((text("Action"), text("Was"), text("Now"))):
            head = label(words, "label")
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(head, 0, column, side)
        for place, line in enumerate(counted, 1):
            stored = self._stored.get(line.id)
            name = f"{line.action} {action_name(line)}"
            if several:
                name += f" · {line.government_name}"
            if stored is not None and stored.kind is EntryKind.INCREMENT:
                name += f" · {text('added')}"
            caption = label(name, wrap=True)
            edit = QLineEdit(self._kept.get(line.id, ""))
            edit.setFixedWidth(self._context.theme.px(84))
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.setPlaceholderText("–")
            edit.setAccessibleName(text("{action}: total now", action=name))
            edit.textEdited.connect(lambda _: self.edited.emit())
            caption.setBuddy(edit)
            self.edits[line.id] = edit
            self._grid.addWidget(caption, place, 0)
            was = "–" if line.reached_to_date is None else language.number(line.reached_to_date)
            self._grid.addWidget(label(was), place, 1, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(edit, place, 2)
        self._grid.addWidget(self.problem, len(counted) + 1, 0, 1, 3)

    def content(self) -> dict[str, str]:
        """Returns all input, including that for targets not shown (yet)."""
        found = self._kept | {id_: edit.text() for id_, edit in self.edits.items()}
        return {id_: words for id_, words in found.items() if words.strip()}

    def fill(self, content: Mapping[str, str] | None) -> None:
        content = content or {}
        self.show_problem("")
        self._kept = dict(content)
        for id_, edit in self.edits.items():
            edit.setText(content.get(id_, ""))

    def read(self) -> tuple[tuple[CorrectedEntry, ...], tuple[NewKpiEntry, ...]]:
        """Returns the corrected and the new entries. Raises UserError (field `entries`) for input that is no number."""
        corrected, added = [], []
        for id_, edit in self.edits.items():
            words, stored = edit.text().strip(), self._stored.get(id_)
            restyle(edit, "wrong", bool(words) or stored is not None)
            if stored is not None and not words:
                raise UserError(GONE_NUMBER, field="entries")
            units = read_number(words, "entries") if words else 0
            if stored is not None and units != stored.units:
                corrected.append(CorrectedEntry(stored.id, units))
            elif stored is None and words:
                added.append(NewKpiEntry(id_, EntryKind.READING, units))
            restyle(edit, "wrong", False)
        return tuple(corrected), tuple(added)

    def show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
