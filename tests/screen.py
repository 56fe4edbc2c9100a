"""The screen of the tests: that of the offscreen platform is 800 x 800, and a window stays inside its screen."""

from __future__ import annotations

import os
from pathlib import Path

_CHOSEN = os.environ.get("QT_QPA_PLATFORM", "offscreen")
_SCREEN = Path(__file__).parent / "data" / "screen.json"
PLATFORM = f"offscreen:configfile={_SCREEN}" if _CHOSEN == "offscreen" else _CHOSEN
