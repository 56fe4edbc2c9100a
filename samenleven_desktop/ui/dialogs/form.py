"""A small form in a dialog: fields, errors beside them, one button that keeps, Escape that leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.drafts import KeptDraft
from samenleven_desktop.domain.errors import SamenlevenError, UserError
from samenleven_desktop.domain.record_fields import FieldKind, RecordFields
from samenleven_desktop.readmodels.history import FieldPlace
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.drafts import draft_name, encode_call, remembering
from samenleven_desktop.ui.dialogs.fit_to_screen import FieldsArea, FittingDialog
from samenleven_desktop.ui.drafts import DraftKeeper
from samenleven_desktop.ui.field_history import show_field_history
from samenleven_desktop.ui.forms import FormRows, code_chooser, put_value, typed_line, value_of
from samenleven_desktop.ui.shortcuts import FIELD_HISTORY_KEY
from samenleven_desktop.ui.widgets.basic import Field, button, label
from samenleven_desktop.ui.widgets.draft_list import DraftList


class FormDialog(FittingDialog):
    """Subclasses add fields and say which command they make; the dialog closes once it is safe on disk.

    What is typed is kept as a draft (ui/drafts.py), unless `keeps_draft` is off.
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
        self._first: dict[str, object] = {}
        self._focus: QWidget | None = None
        self.keeper = DraftKeeper(context.runner, self._draft_content, self)
        self.keeper.found.connect(self._show_drafts)
        self.rows = FormRows(context.language)
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
        self.drafts = DraftList(context.language)
        self.drafts.chosen.connect(self.take_up)
        self.drafts.discarded.connect(self._discard_other)
        outer.addWidget(self.drafts)
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
        self._first = self.rows.content()
        self.rows.connect(self.keeper.touch)
        self.keeper.begin(draft_name(type(self), self.record, self._call))

    def take_up(self, draft: KeptDraft) -> None:
        """Shows this draft and goes on in it; what stood in the fields waits as a draft of its own."""
        values = draft.content.get("values", {})
        self.keeper.take_up(draft)
        for row in self.rows.rows:
            if values.get(row.name) is not None:
                put_value(row.editor, values[row.name])
        self.problem.setText(self.context.language.text("What you typed before stands here again."))
        self.problem.show()

    def _draft_content(self) -> dict[str, Any]:
        return {"title": self.windowTitle(), "call": self._call, "first": self._first, "values": self.rows.content()}

    def _show_drafts(self, found: list[KeptDraft]) -> None:
        """The only draft of a form in which nothing was typed yet stands in it again; else they are listed, and also
        where the record is another now than the draft began with."""
        if len(found) == 1 and not self.keeper.touched and not self._closing:
            first = found[0].content.get("first")
            if self.record is None or first is None or first == self._first:
                self.take_up(found[0])
                return
        self.drafts.show_drafts([(one, one.title) for one in found])

    def _discard_other(self, draft: KeptDraft) -> None:
        self.context.runner.write(
            lambda file: file.discard_draft(draft.form, draft.content),
            initiator=self,
            then=lambda _: self.keeper.ask(),
        )

    def put_away(self) -> None:
        """Closes the form and leaves its draft: the window is being locked or closed."""
        self.keeper.keep()
        self._closing = True
        super().reject()

    def reject(self) -> None:
        """Put away on purpose: the draft goes too; undo brings it back."""
        if not self._closing:
            self._closing = True
            self.keeper.discard()
        super().reject()

    def accept(self) -> None:
        self._closing = True
        self.keeper.forget()
        super().accept()

    @property
    def fields(self) -> dict[str, Field]:
        return self.rows.boxes

    def add(self, name: str, caption: str, editor: QWidget, *, beside: bool = False) -> Field:
        """A row that is no field of the record, under the others or `beside` the one that was added before."""
        self.rows.add(name, caption, editor)
        return self._place(name, beside)

    def add_fields(
        self,
        record: RecordFields,
        line: object,
        *lines: str,
        captions: Mapping[str, str] | None = None,
        editors: Mapping[str, QWidget] | None = None,
        beside: bool = False,
    ) -> None:
        """Declared fields with the values of `line`, None: empty. Each of `lines` names the fields (a space between)
        that stand beside one another, the first `beside` what was added before; `captions` replace declared ones,
        `editors` a line or a chooser of codes."""
        for keys in lines:
            for place, key in enumerate(keys.split()):
                field, value = record[key], getattr(line, key, None)
                editor = (editors or {}).get(key)
                if editor is None:
                    make = code_chooser if field.kind is FieldKind.CHOICE else typed_line
                    editor = make(self.context.language, field, value)
                self.rows.add_field(field, editor, caption=(captions or {}).get(key, ""))
                self._place(key, beside or place > 0)

    def _place(self, name: str, beside: bool) -> Field:
        if not beside or self._row is None:
            self._row = QHBoxLayout()
            self._row.setSpacing(10)
            self.box.addLayout(self._row)
        made = self.rows.box(name)
        self._row.addWidget(made, 1)
        return made

    def read(self) -> dict[str, Any]:
        """The values of the declared fields. Raises UserError naming one."""
        return self.rows.read(self.context.today)

    def field_place(self, focus: QWidget) -> FieldPlace | None:
        """Where the value of the focused field is kept (ui/field_history.py)."""
        return None if self.record is None else self.rows.place(focus, *self.record)

    def typed(self, name: str) -> str:
        """What stands in a line or a block of text, as typed."""
        return str(value_of(self.fields[name].editor))

    def command(self) -> AnyCommand:
        """What the fields ask for. Raises UserError naming a field."""
        raise NotImplementedError

    def save(self) -> None:
        self.rows.clear_errors()
        self.problem.hide()
        try:
            command = self.command()
        except UserError as error:
            self._show(error)
            return
        self.keeper.keep()
        # What would be typed between the key and the disk would be in neither: the fields wait.
        self._focus = self.focusWidget()
        self.setFocus()
        self._scroll.setEnabled(False)
        self.keep.setEnabled(False)
        draft = self.keeper.key
        self.context.runner.run(command, draft=draft, initiator=self, then=lambda _: self.accept(), failed=self._show)

    def _show(self, error: SamenlevenError) -> None:
        self.keep.setEnabled(True)
        if not self._scroll.isEnabled():
            self._scroll.setEnabled(True)
            if self._focus is not None:
                self._focus.setFocus()
        words = self.context.language.error(error)
        if not self.rows.show_error(error.field, words):
            self.problem.setText(words)
            self.problem.show()
