"""What the parts that are no packages of their own say their version is, asked of the very interpreter that is frozen.

python installer/versions.py FILE     a JSON object: name in resources/about/parts.toml, version
"""

from __future__ import annotations

import json
import platform
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samenleven_desktop.services.core.about import Component


def asked() -> dict[str, str]:
    """The version of everything that travels inside a package or is the interpreter itself."""
    import pikepdf
    import sqlcipher3.dbapi2 as cipher
    from cryptography.hazmat.backends.openssl.backend import backend
    from PySide6.QtCore import qVersion

    store = cipher.connect(":memory:")
    store.execute("pragma key = 'nothing to hide'")

    def told(question: str) -> str:
        return str(store.execute(question).fetchone()[0])

    said = {
        "Python": platform.python_version(),
        "Qt": qVersion(),
        "SQLCipher": told("pragma cipher_version"),
        "SQLite": told("select sqlite_version()"),
        "OpenSSL (SQLCipher)": told("pragma cipher_provider_version"),
        "OpenSSL (cryptography)": backend.openssl_version_text(),
        "qpdf": pikepdf.__libqpdf_version__,
    }
    store.close()
    if sys.platform == "win32":
        # On Debian this one is Debian's and stays outside.
        import ssl

        said["OpenSSL (Python)"] = ssl.OPENSSL_VERSION
    return {name: _number(name, text) for name, text in said.items()}


def filled_in(found: list[Component], told: Mapping[str, str]) -> list[Component]:
    """The list with the version of every library in it; ends the build when one is not known."""
    strangers = told.keys() - {one.name for one in found}
    whole = [replace(one, version=told.get(one.name, one.version)) for one in found]
    without = [one.name for one in whole if one.kind == "library" and not one.version]
    if strangers or without:
        raise SystemExit(f"No part is called {sorted(strangers)}; no version is known of {without} (parts.toml)")
    return whole


def _number(name: str, text: str) -> str:
    found = re.search(r"\d+(\.\d+)+", text)
    if found is None:
        raise SystemExit(f"{name} does not tell its version: {text!r}")
    return found[0]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(asked(), indent=1) + "\n", encoding="utf-8")
