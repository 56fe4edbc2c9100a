"""The About dialog: version and licence of the program, and the third-party components with their licence texts."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from samenleven_desktop import __version__
from samenleven_desktop.i18n.language import N_, Language
from samenleven_desktop.paths import log_file
from samenleven_desktop.services.core.about import LICENCE, Component, components, parts_list
from samenleven_desktop.services.core.diagnostics import support_file
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.ui.dialogs.file_dialogs import JSON, ZIP, ask_save
from samenleven_desktop.ui.dialogs.fit_to_screen import FittingDialog
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.runner import Runner
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.table import DataTable

KINDS = {
    "library": N_("library"),
    "font": N_("font"),
    "icons": N_("icons"),
    "data": N_("data"),
}
_NO_TEXT = N_("Its makers added no text of the licence.")


class AboutDialog(FittingDialog):
    """Works without an open work file."""

    def __init__(self, language: Language, theme: Theme, runner: Runner, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._language, self._runner = language, runner
        text = language.text
        kinds = ColumnKinds(language)
        self.setWindowTitle(text("About this program"))
        self.setMinimumSize(560, 330)
        self.resize(820, 600)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(10)
        box.addWidget(label(text("Samenleven, version {version}", version=__version__), "card-title"))
        box.addWidget(
            label(
                text(
                    "The work file of the coaches behind the Plan Samenleven. Open source, under licence {licence}. "
                    "It works without a network and sends nothing to anybody.",
                    licence=LICENCE,
                ),
                wrap=True,
            )
        )
        self.model = RowsModel[Component](
            [
                kinds.text(text("Part"), lambda one: one.name, stretch=3, strong=True),
                kinds.text(text("Version"), lambda one: one.version or None, 110),
                kinds.choice(text("Kind"), KINDS, lambda one: one.kind, 100),
                kinds.text(text("Licence"), lambda one: one.licence, stretch=3),
            ]
        )
        self.caption = label(text("Parts made by others"), "muted")
        box.addWidget(self.caption)
        self.table = DataTable(theme, self.model, text("Parts made by others"))
        self.table.setMinimumHeight(110)
        box.addWidget(self.table, 3)
        self.licence = QPlainTextEdit()
        self.licence.setReadOnly(True)
        self.licence.setTabChangesFocus(True)
        self.licence.setAccessibleName(text("Licence of the chosen part"))
        self.licence.setMinimumHeight(70)
        box.addWidget(self.licence, 2)
        self.log = label(
            text("Technical log, without what you typed: {file}", file=str(log_file())), "muted", wrap=True
        )
        self.log.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(self.log)
        row = QHBoxLayout()
        self.copy = button(text("Copy version"), self._copy)
        self.copy.setToolTip(text("Version of program and computer, for who helps you"))
        row.addWidget(self.copy)
        row.addWidget(button(text("Save list of parts ..."), self._ask_where_list))
        self.support = button(text("Make support file ..."), self._ask_where_support)
        self.support.setToolTip(text("The technical log and the versions, to send to who helps you"))
        row.addWidget(self.support)
        row.addStretch(1)
        close = button(text("Close"), self.accept, kind="primary")
        close.setDefault(True)
        row.addWidget(close)
        box.addLayout(row)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_licence())
        runner.free(components, then=self._show, owner=self)

    @property
    def facts(self) -> str:
        """Returns one line for support; contains no personal data."""
        system = f"{platform.system()} {platform.release()}"
        return f"Samenleven {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {system}"

    def _show(self, found: list[Component]) -> None:
        self.model.set_rows(found)
        words = self._language.plural("{n} part made by others", "{n} parts made by others", len(found))
        self.caption.setText(words)
        self.table.select_row(0)
        self.table.setFocus()

    def _show_licence(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            one = self.model.row(index)
            self.licence.setPlainText(one.read_texts() or self._language.text(_NO_TEXT))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.facts)

    def _ask_where_list(self) -> None:
        title = self._language.text("Save list of parts ...")
        ask_save(self, title, "samenleven-sbom.cdx.json", (JSON,), self.save_list, kind="parts")

    def _ask_where_support(self) -> None:
        title = self._language.text("Make support file ...")
        ask_save(self, title, "samenleven-support", (ZIP,), self.save_support, kind="support")

    def save_list(self, path: Path) -> None:
        self._save(path, lambda: parts_list().encode(), self._language.text("The list is saved."))

    def save_support(self, path: Path) -> None:
        versions = {"qt": qVersion(), "platform": QGuiApplication.platformName()}
        saved = self._language.text("The support file is saved. Send it to who helps you; it holds nothing you typed.")
        self._save(path, lambda: support_file(versions), saved)

    def _save(self, path: Path, content: Callable[[], bytes], saved: str) -> None:
        self._runner.free(
            lambda: write_file(path, content()),
            then=lambda _: self.caption.setText(saved),
            owner=self,
            failed=lambda error: self.caption.setText(self._language.error(error)),
        )
