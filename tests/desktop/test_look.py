"""The window follows the scheme and the letters of the desktop while it is open, unless the coach chose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desktop.display import Display, need

pytestmark = pytest.mark.desktop


@pytest.mark.parametrize("plugin", ["", "gnome", "xdgdesktopportal"])
def test_the_window_follows_the_desktop(display: Display, filled: Path, tmp_path: Path, plugin: str) -> None:
    """With every plugin of Qt, with Qt alone (the installed package has no plugin for GTK), and with the dialogs of
    the portal."""
    need("xsettingsd")
    # The choice of a run before is not there.
    own = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    display.more.update({"XDG_CURRENT_DESKTOP": "XFCE", "QT_QPA_PLATFORMTHEME": plugin, **own})
    display.run("tests.desktop.following", str(filled), str(tmp_path))
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert seen["start"] == ["light", 1.0, 13]
    assert seen["dark"] == ["dark", 1.0, 13]
    assert seen["large"] == ["dark", 1.4, 18]
    assert seen["contrast"] == ["light-contrast", 1.4, 18]
    assert seen["chosen"] == ["light", 1.0, 13]
