"""The list of keys: those of the window, of the page or dialog in sight, and those of lists, grids and days.

The keys of window, pages and dialogs come with their captions from where they are bound (ui/widgets/shortcuts.py);
those that a list or a field handles itself stand in `_OF_WIDGETS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from samenleven_desktop.domain.name_match import ranked
from samenleven_desktop.i18n.language import N_, Language
from samenleven_desktop.ui.dialogs.fit_to_screen import FittingDialog
from samenleven_desktop.ui.keyboard import key_words
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.shell import Shell
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.shortcuts import bound_keys
from samenleven_desktop.ui.widgets.table import DataTable

_OF_WIDGETS = (
    (
        N_("In every list"),
        (
            ("Up", N_("The row above")),
            ("Down", N_("The row below")),
            ("Return", N_("Open the row")),
            ("Ctrl+C", N_("Copy")),
            ("Esc", N_("Close without saving")),
        ),
    ),
    (
        N_("Rows of Start and of a dossier"),
        (
            ("Space", N_("Tick the row off")),
            ("Right", N_("Press the link of the row")),
        ),
    ),
    (
        N_("In a grid"),
        (
            ("F2", N_("Change the cell")),
            ("Tab", N_("The next cell")),
            ("Ctrl+D", N_("Fill down")),
            ("Ctrl+V", N_("Paste")),
            ("Ctrl+X", N_("Cut")),
            ("Del", N_("Empty the chosen cells")),
            ("Ctrl+Return", N_("Open the row")),
        ),
    ),
    (N_("In a field for a day"), (("Alt+Down", N_("Open the calendar")),)),
)


@dataclass(frozen=True)
class KeyLine:
    """One key: where it works, the key as it is read, and what it does."""

    where: str
    keys: str
    what: str


def key_lines(language: Language, shell: Shell, dialog: QDialog | None) -> list[KeyLine]:
    """Returns the keys of the place in sight first, then those of the window, then those of lists and fields."""
    text = language.text
    found: list[tuple[str, tuple[str, str]]] = []
    if dialog is not None:
        found += [(dialog.windowTitle(), one) for one in bound_keys(dialog)]
    else:
        page = shell.pages.get(shell.current)
        found += [(text("This page"), one) for one in (bound_keys(page) if page is not None else [])]
        found += [(text("Everywhere"), one) for one in bound_keys(shell, inside=False)]
    for where, keys in _OF_WIDGETS:
        found += [(text(where), (one, text(what))) for one, what in keys]
    return [KeyLine(where, key_words(language, keys), what) for where, (keys, what) in found]


class KeysDialog(FittingDialog):
    """The list of keys with a field that narrows it. Works without an open work file."""

    def __init__(self, language: Language, theme: Theme, lines: Sequence[KeyLine], owner: QWidget) -> None:
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lines = lines
        text, kinds = language.text, ColumnKinds(language)
        self.setWindowTitle(text("Keys"))
        self.setMinimumSize(480, 320)
        self.resize(720, 640)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(10)
        box.addWidget(label(text("Keys"), "card-title"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(text("Filter by key or by what it does ..."))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.textChanged.connect(self._narrow)
        box.addWidget(self.filter)
        self.model = RowsModel[KeyLine](
            [
                kinds.text(text("Key"), lambda one: one.keys, 190, strong=True),
                kinds.text(text("What it does"), lambda one: one.what, stretch=3),
                kinds.text(text("Where"), lambda one: one.where, stretch=2),
            ]
        )
        self.table = DataTable(theme, self.model, text("Keys"))
        self.table.setMinimumHeight(160)
        box.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = button(text("Close"), self.accept, kind="primary")
        close.setDefault(True)
        row.addWidget(close)
        box.addLayout(row)
        self.model.set_rows(list(lines))

    def _narrow(self, words: str) -> None:
        self.model.set_rows(ranked(self._lines, words, lambda one: one.what, lambda one: f"{one.keys} {one.where}"))
