"""Asks for the name of a saved filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.services.core.saved_filters import SavedFilter, save_filter
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog


class SaveFilterDialog(FormDialog):
    """One field. Not a command: a filter is not a record, and cannot be undone."""

    keeps_draft = False

    def __init__(
        self,
        context: UiContext,
        owner: QWidget,
        screen: str,
        content: Mapping[str, object],
        taken: Sequence[str],
        saved: Callable[[SavedFilter], None],
    ) -> None:
        super().__init__(context, context.language.text("Save filter"), owner)
        self._screen, self._content, self._taken, self._saved = screen, content, taken, saved
        self.name_edit = QLineEdit()
        self.add("name", context.language.text("Name"), self.name_edit)

    def save(self) -> None:
        self.fields["name"].show_error("")
        self.problem.hide()
        self.keep.setEnabled(False)
        name, screen, content, taken = self.name_edit.text(), self._screen, self._content, self._taken
        self.context.runner.on_store(
            lambda workspace: save_filter(workspace, screen, name, content, taken),
            then=self._done,
            owner=self,
            failed=self._show,
        )

    def _done(self, saved: SavedFilter) -> None:
        self.accept()
        self._saved(saved)
