"""The work-around for constants acts in one place only: the program run from source on Python 3.11."""

from __future__ import annotations

import subprocess
import sys

import pytest

ON_311 = sys.version_info < (3, 12) and sys.implementation.name == "cpython"


@pytest.mark.parametrize(("frozen", "acts"), [(False, ON_311), (True, False)], ids=["from source", "frozen"])
def test_constants_are_made_immortal_only_from_source_on_311(frozen: bool, acts: bool) -> None:
    code = f"import sys; sys.frozen = {frozen}; import samenleven_desktop.ui; print(sys.getrefcount(None) >= 1 << 39)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(acts)
