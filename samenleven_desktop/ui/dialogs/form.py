"""A small form in a dialog: fields, errors beside them, one button that keeps, Escape that leaves."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from samenleven_desktop.domain.errors import SamenlevenError, UserError
from samenleven_desktop.domain.history_rows import FieldPlace
from samenleven_desktop.services.command import AnyCommand
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.drafts import draft_name, encode_call, put_value, remembering, value_of
from samenleven_desktop.ui.dialogs.fitting import FieldsArea, FittingDialog
from samenleven_desktop.ui.past import FIELD_HISTORY_KEY, show_field_history
from samenleven_desktop.ui.widgets.basic import Field, button, label
from samenleven_desktop.ui.widgets.longtext import LongText

# A draft is at most so much older than what stands in the fields.
DRAFT_MS = 1000


class FormDialog(FittingDialog):
    """Subclasses add fields and say which command they make; the dialog closes once it is safe on disk.

    What is typed is kept as a draft (drafts.py), unless `keeps_draft` is off.
    """

    keeps_draft: ClassVar[bool] = True
    opened_with: dict[str, object]

    def __init_subclass__(cls, **named: object) -> None:
        super().__init_subclass__(**named)
        if "__init__" in cls.__dict__:
            cls.__init__ = remembering(cls.__init__)  # type: ignore[method-assign]

    def __init__(self, context: UiContext, title: str, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self.context = context
        self._closing = False
        self._waiting: dict[str, object] = {}
        self._tick = QTimer(self)
        self._tick.setInterval(DRAFT_MS)
        self._tick.timeout.connect(self.keep_draft)
        if self.keeps_draft:
            application = QApplication.instance()
            assert isinstance(application, QApplication)
            application.focusChanged.connect(self._on_focus_changed)
        self.fields: dict[str, Field] = {}
        self.record: tuple[str, str] | None = None
        """(table, id) of the record that the form changes; None for a new one."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 18, 20, 18)
        outer.setSpacing(12)
        outer.addWidget(label(title, "card-title"))
        inside = QWidget()
        inside.setObjectName("formfields")
        self.box = QVBoxLayout(inside)
        self.box.setContentsMargins(0, 0, 6, 0)
        self.box.setSpacing(10)
        self._scroll = FieldsArea(inside)
        outer.addWidget(self._scroll, 1)
        self._row: QHBoxLayout | None = None
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
        QShortcut(QKeySequence(FIELD_HISTORY_KEY), self, lambda: show_field_history(context, self))

    # Draft

    def begin_draft(self) -> None:
        """Called once the form is built: from now on it is kept, and what was kept before stands in it again."""
        if not self.keeps_draft:
            return
        self._call = encode_call(self.opened_with)
        self._draft = draft_name(type(self), self.record, self._call)
        self._kept = self._first = self._values()
        self._tick.start()
        self.context.runner.on_read(lambda file: file.draft(self._draft), then=self._show_draft, owner=self)

    def _values(self) -> dict[str, object]:
        return {name: value_of(field.editor) for name, field in self.fields.items()}

    def _show_draft(self, content: dict[str, Any] | None) -> None:
        if content is None:
            return
        self._waiting = {name: value for name, value in content["values"].items() if name in self.fields}
        self._fill_waiting()
        self.problem.setText(self.context.language.text("What you typed before stands here again."))
        self.problem.show()

    def _fill_waiting(self) -> None:
        """Choices that are still being asked come later."""
        self._waiting = {
            name: value for name, value in self._waiting.items() if not put_value(self.fields[name].editor, value)
        }
        self._kept = self._values()

    def keep_draft(self) -> None:
        """Keeps what stands in the fields, when that is other than what was kept last."""
        if self._waiting:
            self._fill_waiting()
            return
        values = self._values()
        if not self.keeps_draft or self._closing or values == self._kept:
            return
        self._kept = values
        name, content = self._draft, {"title": self.windowTitle(), "call": self._call, "values": values}
        self.context.runner.on_store(lambda file: file.save_draft(name, content), owner=self)

    def put_away(self) -> None:
        """Closes the form and leaves its draft: the window is being locked or closed."""
        self.keep_draft()
        self._closing = True
        self._tick.stop()
        super().reject()

    def reject(self) -> None:
        """Put away on purpose: the draft goes too."""
        if self.keeps_draft and not self._closing and self._values() != self._first:
            name = self._draft
            self.context.runner.on_store(lambda file: file.drop_draft(name), owner=self.context.runner)
        self._closing = True
        self._tick.stop()
        super().reject()

    def accept(self) -> None:
        self._closing = True
        self._tick.stop()
        super().accept()

    def _on_focus_changed(self, old: QWidget | None, _now: QWidget | None) -> None:
        if old is not None and self.isAncestorOf(old):
            self.keep_draft()

    def add(self, name: str, caption: str, editor: QWidget, *, beside: bool = False) -> Field:
        """A field under the others, or `beside` the one that was added before."""
        made = Field(caption, editor)
        self.fields[name] = made
        if isinstance(editor, LongText):
            editor.refused.connect(
                lambda most: made.show_error(
                    self.context.language.text(
                        "This text is too long: at most {n} characters.", n=self.context.language.number(most)
                    )
                )
            )
        if not beside or self._row is None:
            self._row = QHBoxLayout()
            self._row.setSpacing(10)
            self.box.addLayout(self._row)
        self._row.addWidget(made, 1)
        return made

    def field_place(self, focus: QWidget) -> FieldPlace | None:
        """Where the value of the field with the keyboard is kept (ui/past.py); a form names fields as the record."""
        name = next((name for name, field in self.fields.items() if field.isAncestorOf(focus)), None)
        return None if name is None or self.record is None else FieldPlace(*self.record, name)

    def typed(self, name: str) -> str:
        """What stands in a line or a block of text, as typed."""
        editor = self.fields[name].editor
        return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else str(editor.property("text"))

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
        draft = self._draft if self.keeps_draft else None
        self.context.runner.run(command, draft=draft, initiator=self, then=lambda _: self.accept(), failed=self._show)

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
