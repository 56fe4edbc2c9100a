"""A small form in a dialog: fields, errors beside them, one button that keeps, Escape that leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError, UserError
from samenleven_desktop.services.command import AnyCommand
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.widgets.basic import Field, button, label


class FormDialog(QDialog):
    """Subclasses add fields and say which command they make; the dialog closes once it is safe on disk."""

    def __init__(self, context: UiContext, title: str, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self.context = context
        self.fields: dict[str, Field] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 18, 20, 18)
        outer.setSpacing(12)
        outer.addWidget(label(title, "card-title"))
        self.box = QVBoxLayout()
        self.box.setSpacing(10)
        outer.addLayout(self.box)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        outer.addWidget(self.problem)
        row = QHBoxLayout()
        row.addStretch(1)
        text = context.language.text
        row.addWidget(button(text("Cancel"), self.reject))
        self.keep = button(text("Save"), self.save, kind="primary")
        self.keep.setDefault(True)
        row.addWidget(self.keep)
        outer.addLayout(row)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save)

    def add(self, name: str, caption: str, editor: QWidget) -> Field:
        made = Field(caption, editor)
        self.fields[name] = made
        self.box.addWidget(made)
        return made

    def command(self) -> AnyCommand:
        """What the fields ask for. Raises UserError naming a field."""
        raise NotImplementedError

    def save(self) -> None:
        for field in self.fields.values():
            field.show_error("")
        self.problem.hide()
        try:
            command = self.command()
        except UserError as error:
            self._show(error)
            return
        self.keep.setEnabled(False)
        self.context.runner.run(command, initiator=self, then=lambda _: self.accept(), failed=self._show)

    def _show(self, error: SamenlevenError) -> None:
        self.keep.setEnabled(True)
        words = self.context.language.error(error)
        field = self.fields.get(error.field or "")
        if field is not None:
            field.show_error(words)
            field.editor.setFocus()
        else:
            self.problem.setText(words)
            self.problem.show()
