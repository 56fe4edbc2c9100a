"""The support file: the technical log, versions and the list of components. Contains no value of a record."""

from __future__ import annotations

import io
import json
import platform
import sys
import zipfile
from collections.abc import Mapping

from samenleven_desktop import __version__
from samenleven_desktop.services.core.about import parts_list
from samenleven_desktop.technical_log import log_parts


def support_file(versions: Mapping[str, str]) -> bytes:
    """Returns a zip with the log, the versions of program and system (with those of the caller) and the components."""
    facts = {
        "program": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "frozen": bool(getattr(sys, "frozen", False)),
        **versions,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("versions.json", json.dumps(facts, indent=1))
        archive.writestr("parts.json", parts_list())
        for part in log_parts():
            archive.writestr(part.name, part.read_bytes())
    return made.getvalue()
