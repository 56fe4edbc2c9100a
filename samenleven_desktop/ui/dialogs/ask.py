"""Base of confirmation dialogs: shows the consequences, one button that performs the action, Escape to cancel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.fit_to_screen import FieldsArea, FittingDialog
from samenleven_desktop.ui.widgets.basic import button, label


class AskDialog(FittingDialog):
    """Subclasses fill `box`; the button calls `do`, and is disabled so that a second press does not repeat it."""

    def __init__(
        self, context: UiContext, owner: QWidget, title: str, action: str, do: Callable[[], object], *, danger: bool
    ) -> None:
        super().__init__(owner.window())
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        self.context = context
        self._do = do
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 18, 20, 18)
        outer.setSpacing(12)
        outer.addWidget(label(title, "card-title", wrap=True))
        inside = QWidget()
        inside.setObjectName("formfields")
        self.box = QVBoxLayout(inside)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(8)
        outer.addWidget(FieldsArea(inside), 1)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        outer.addWidget(self.problem)
        row = QHBoxLayout()
        row.addStretch(1)
        self.leave = button(context.language.text("Cancel"), self.reject)
        self.act = button(action, self._on_act, kind="danger" if danger else "primary")
        # An irreversible action must not be triggered by Enter.
        self.act.setAutoDefault(not danger)
        self.leave.setDefault(danger)
        row.addWidget(self.leave)
        row.addWidget(self.act)
        outer.addLayout(row)

    def fail(self, error: SamenlevenError) -> None:
        """Shows why the action failed; the button can be pressed again."""
        self.problem.setText(self.context.language.error(error))
        self.problem.show()
        self.act.setEnabled(True)

    def refuse(self, error: SamenlevenError) -> None:
        """Shows why the action is not possible at all."""
        self.fail(error)
        self.act.setEnabled(False)

    def _on_act(self) -> None:
        self.act.setEnabled(False)
        self.problem.hide()
        self._do()
