"""A small form in a dialog: fields with their errors, one button to save, Escape to cancel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError, UserError
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField, RecordFields
from samenleven_desktop.domain.kept_draft import KeptDraft
from samenleven_desktop.readmodels.history import FieldPlace
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.dialog_drafts import draft_name, encode_call, remembering
from samenleven_desktop.ui.dialogs.fit_to_screen import FieldsArea, FittingDialog
from samenleven_desktop.ui.draft_keeper import DraftKeeper
from samenleven_desktop.ui.field_history_key import show_field_history
from samenleven_desktop.ui.forms import FormRows, code_chooser, put_value, typed_line, value_of
from samenleven_desktop.ui.shared_keys import FIELD_HISTORY_KEY
from samenleven_desktop.ui.widgets.basic import Field, button, label
from samenleven_desktop.ui.widgets.day_edit import DayEdit
from samenleven_desktop.ui.widgets.draft_list import DraftList
from samenleven_desktop.ui.widgets.shortcuts import window_key


class FormDialog(FittingDialog):
    """Subclasses add fields and build the command; the dialog closes once the change is committed.

    Input is kept as a draft (ui/draft_keeper.py), unless `keeps_draft` is off.
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
        window_key(self, "Ctrl+S", text("Save"), self.save)
        window_key(self, FIELD_HISTORY_KEY, text("History of this field"), lambda: show_field_history(context, self))

    # Draft

    def begin_draft(self) -> None:
        """Called when the form is built: input is saved from now on, and an existing draft is restored."""
        if not self.keeps_draft:
            return
        self._call = encode_call(self.opened_with)
        self._first = self.rows.content()
        self.rows.connect(self.keeper.touch)
        self.keeper.begin(draft_name(type(self), self.record, self._call))

    def take_up(self, draft: KeptDraft) -> None:
        """Shows this draft and continues it; the current input is kept as a separate draft."""
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
        """Restores the only draft of a form without input.

        Several drafts are listed instead, and so is one whose record has changed since the draft was started.
        """
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
        """Closes the form and keeps its draft: the window is being locked or closed."""
        self.keeper.keep()
        self._closing = True
        super().reject()

    def reject(self) -> None:
        """The user cancelled: deletes the draft too; undo restores it."""
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
        """Adds a row that is not a field of the record, below the others or `beside` the previous one."""
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
        """Adds declared fields with the values of `line` (None: empty).

        Each of `lines` names fields, separated by spaces, that are shown side by side, the first one `beside` the
        previous field if set. `captions` replaces declared captions, `editors` replaces a line edit or a chooser of
        codes.
        """
        for keys in lines:
            for place, key in enumerate(keys.split()):
                field, value = record[key], getattr(line, key, None)
                editor = (editors or {}).get(key)
                if editor is None:
                    editor = self._editor(field, value)
                self.rows.add_field(field, editor, caption=(captions or {}).get(key, ""))
                self._place(key, beside or place > 0)

    def _editor(self, field: RecordField, value: Any) -> QWidget:
        if field.kind is FieldKind.CHOICE:
            return code_chooser(self.context.language, field, value)
        if field.kind is FieldKind.DAY:
            return DayEdit(self.context, field.toward, value)
        return typed_line(self.context.language, field, value)

    def _place(self, name: str, beside: bool) -> Field:
        if not beside or self._row is None:
            self._row = QHBoxLayout()
            self._row.setSpacing(10)
            self.box.addLayout(self._row)
        made = self.rows.box(name)
        self._row.addWidget(made, 1)
        return made

    def read(self) -> dict[str, Any]:
        """Returns the values of the declared fields. Raises UserError naming one."""
        return self.rows.read(self.context.today)

    def field_place(self, focus: QWidget) -> FieldPlace | None:
        """Returns where the value of the focused field is stored (ui/field_history_key.py)."""
        return None if self.record is None else self.rows.place(focus, *self.record)

    def typed(self, name: str) -> str:
        """Returns the unparsed text of a line edit or a text box."""
        return str(value_of(self.fields[name].editor))

    def command(self) -> AnyCommand:
        """Returns the command for the input. Raises UserError naming a field."""
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
        # Disabled while saving: input typed now would be neither in the command nor in the draft.
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
