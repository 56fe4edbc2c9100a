"""The tests that walk all pages know every page of the window."""

from __future__ import annotations

import pytest

from tests.pages.window import WindowPage
from tests.tools import soak
from tests.ui import inside_screen, test_stale_pages

pytestmark = pytest.mark.gui

# These hold unsaved input, or need a record; other tests open them.
HOLD_INPUT = {"session", "import", "who", "plan_editor"}


def test_the_walks_over_all_pages_leave_none_out(window: WindowPage) -> None:
    pages = set(window.application.shell.factories)
    assert set(inside_screen.PAGES) == pages
    assert set(test_stale_pages.PAGES) == pages - HOLD_INPUT
    assert set(soak.PAGES) == pages - {"session", "dossier", "action", "who", "plan_editor"}
