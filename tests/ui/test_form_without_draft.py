"""A form that keeps no draft is cancelled without a fault."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from samenleven_desktop.ui.dialogs.make_pack import PackDialog
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui


def test_escape_closes_a_form_that_keeps_no_draft(window: WindowPage) -> None:
    window.application.navigator.open_exchange().make_file()
    window.until(lambda: bool(window.application.shell.findChildren(PackDialog)))
    (dialog,) = window.application.shell.findChildren(PackDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    window.until(lambda: not window.application.shell.findChildren(PackDialog))
