"""The first screen: a new work file, a practice file to try the program, or an existing file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from samenleven_desktop.domain.passphrase import SHORTEST
from samenleven_desktop.paths import default_store, user_data_dir
from samenleven_desktop.ui.dialogs.file_dialogs import ask_file
from samenleven_desktop.ui.widgets.basic import CardFrame, Field, button, label
from samenleven_desktop.ui.widgets.passphrase_hint import PassphraseHint
from samenleven_desktop.ui.widgets.responsive import bare

if TYPE_CHECKING:
    from samenleven_desktop.ui.main_window import WorkFileControl


class WelcomeScreen(QWidget):
    """Three ways to start, each with a one-sentence explanation."""

    def __init__(self, files: WorkFileControl) -> None:
        super().__init__()
        self.setObjectName("page")
        self._files = files
        text = files.language.text
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        title = label(text("Welcome to Samenleven"), "title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(title)
        under = label(text("Your governments, sessions and KPIs, encrypted on this computer."), "muted")
        under.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(under)
        outer.addSpacing(14)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addStretch(1)
        row.addWidget(self._new_card(), 3)
        row.addWidget(self._other_cards(), 3)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(3)

    def _new_card(self) -> QWidget:
        text = self._files.language.text
        card = CardFrame(text("New work file"))
        card.setMinimumWidth(300)
        card.body.addWidget(
            label(text("For your own work. Choose a passphrase: a sentence that only you know."), "muted", wrap=True)
        )
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        for edit in (self.passphrase, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase_field = Field(text("Passphrase"), self.passphrase)
        self.again_field = Field(text("The passphrase once more"), self.again)
        card.body.addWidget(self.passphrase_field)
        self.hint = PassphraseHint(self._files.language, self.passphrase)
        card.body.addWidget(self.hint)
        card.body.addWidget(self.again_field)
        card.body.addWidget(
            label(
                text("Nobody can help you without it. Print a recovery sheet afterwards, in Settings."),
                "small",
                wrap=True,
            )
        )
        self.make = button(text("Make work file"), self._make, kind="primary")
        self.again.returnPressed.connect(self._make)
        card.body.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        return card

    def _other_cards(self) -> QWidget:
        text = self._files.language.text
        both = QWidget()
        box = bare(QVBoxLayout(both), 14)
        practice = CardFrame(text("Practice file"))
        practice.body.addWidget(
            label(
                text("Look around with real governments and invented figures. Nothing in it counts."),
                "muted",
                wrap=True,
            )
        )
        self.practice = button(text("Open practice file"), self._practice)
        practice.body.addWidget(self.practice, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(practice)
        existing = CardFrame(text("Existing work file"))
        existing.body.addWidget(
            label(text("A file you made before, on this computer or on a stick."), "muted", wrap=True)
        )
        self.existing = button(text("Open file ..."), self._choose)
        existing.body.addWidget(self.existing, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(existing)
        box.addStretch(1)
        return both

    def _make(self) -> None:
        text = self._files.language.text
        self.passphrase_field.show_error("")
        self.again_field.show_error("")
        if len(self.passphrase.text()) < SHORTEST:
            self.passphrase_field.show_error(text("Choose a passphrase of at least {n} characters.", n=SHORTEST))
            self.passphrase.setFocus()
        elif self.passphrase.text() != self.again.text():
            self.again_field.show_error(text("This is not the same passphrase. Type it once more."))
            self.again.setFocus()
        else:
            self.make.setEnabled(False)
            self._files.make_file(_free_path(default_store()), self.passphrase.text(), lambda: None)

    def _practice(self) -> None:
        self.practice.setEnabled(False)
        self._files.make_practice(user_data_dir() / "oefenbestand.oefendb")

    def _choose(self) -> None:
        text = self._files.language.text
        filters = (text("Work files") + " (*.samenlevendb *.oefendb *.db)", text("All files") + " (*)")
        ask_file(self, text("Open work file"), filters, self._files.open_file, kind="work file", start=user_data_dir())


def _free_path(path: Path) -> Path:
    """Returns the path itself, or the first numbered variant that does not exist."""
    number, free = 2, path
    while free.exists():
        free = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return free
