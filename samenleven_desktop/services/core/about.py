"""About the program: its version and licence, and every third-party component with its licence.

A frozen program ships the list made when it was built (installer/inventory.py); a checkout and a wheel read the
metadata of the installed packages. Needs no work file.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from samenleven_desktop.paths import built_list_dir, resources_dir

PROGRAM = "samenleven-desktop"
LICENCE = "EUPL-1.2"
LIST, SBOM, TEXTS = "components.json", "sbom.cdx.json", "texts"

# Old licence names, and the SPDX names that replace them.
_SAID_OTHERWISE = {"BSD License": "BSD-3-Clause", "MIT License": "MIT", "Apache 2.0": "Apache-2.0"}

Find = Callable[[str], metadata.Distribution]


@dataclass(frozen=True)
class Component:
    """A third-party component. `kind` is library, font, icons or data; `licence` an SPDX expression."""

    name: str
    version: str
    licence: str
    kind: str
    texts: tuple[Path, ...] = ()

    def read_texts(self) -> str:
        """Returns the full licence text as distributed; empty if there is none."""
        return "\n\n".join(path.read_text(encoding="utf-8", errors="replace") for path in self.texts)


def components() -> list[Component]:
    """Returns all components by name."""
    built = built_list_dir()
    return built_components(built) if built is not None else installed_components()


def parts_list() -> str:
    """Returns the list in machine-readable form.

    CycloneDX if the program is frozen, otherwise the same rows as plain JSON.
    """
    built = built_list_dir()
    if built is not None:
        return (built / SBOM).read_text(encoding="utf-8")
    rows = [
        {"name": one.name, "version": one.version, "licence": one.licence, "kind": one.kind} for one in components()
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


def built_components(folder: Path) -> list[Component]:
    """Returns the list made when the program was frozen."""
    rows = json.loads((folder / LIST).read_text(encoding="utf-8"))
    return [
        Component(
            row["name"],
            row["version"],
            row["licence"],
            row["kind"],
            tuple(folder / TEXTS / one for one in row["texts"]),
        )
        for row in rows
    ]


def installed_components(
    wanted: Iterable[str] | None = None, find: Find = metadata.distribution, platform: str = sys.platform
) -> list[Component]:
    """Returns the list from the metadata of installed packages; `wanted` are names, by default all dependencies."""
    known = tomllib.loads((resources_dir() / "about" / "parts.toml").read_text(encoding="utf-8"))
    names = _needed(find) if wanted is None else list(wanted)
    found = [_package(name, known, find) for name in names]
    found += [_part(part) for part in known["part"] if part.get("only", platform) == platform]
    return sorted(found, key=lambda one: one.name.lower())


def _package(name: str, known: dict[str, Any], find: Find) -> Component:
    distribution = find(name)
    info = distribution.metadata
    own = known["texts"].get(name)
    texts = [resources_dir() / "about" / "texts" / one for one in own] if own else _licence_files(distribution)
    licence = known["licences"].get(name) or _licence(info)
    return Component(info["Name"], info["Version"], licence, "library", tuple(texts))


def _licence(info: Any) -> str:
    expression = info.get("License-Expression")
    if expression:
        return str(expression)
    short = str(info.get("License") or "").strip()
    if short and len(short) < 30 and "\n" not in short:
        return _SAID_OTHERWISE.get(short, short)
    classes = [str(one).rpartition(" :: ")[2] for one in info.get_all("Classifier") or [] if "License ::" in str(one)]
    return " AND ".join(_SAID_OTHERWISE.get(one, one) for one in classes)


def _licence_files(distribution: metadata.Distribution) -> list[Path]:
    names = re.compile(r"(.*/)?(licen[cs]es?|copying|notice)[^/]*$|.*\.dist-info/licenses/.*", re.IGNORECASE)
    listed = [one for one in distribution.files or [] if ".dist-info/" in str(one) and names.match(str(one))]
    return sorted(path for path in (Path(str(one.locate())) for one in listed) if path.is_file())


def _part(part: dict[str, str]) -> Component:
    texts = (resources_dir() / part["text"],) if "text" in part else ()
    return Component(part["name"], part.get("version", ""), part["licence"], part["kind"], texts)


def _needed(find: Find) -> list[str]:
    """Returns the direct and transitive dependencies of the program that are installed."""
    seen: dict[str, None] = {}
    todo = [PROGRAM]
    while todo:
        name = todo.pop()
        try:
            requires = find(name).requires or []
        except metadata.PackageNotFoundError:
            continue
        if name != PROGRAM:
            seen[name] = None
        todo += [one for one in _names(requires) if one not in seen]
    return sorted(seen)


def _names(requires: Iterable[str]) -> Iterator[str]:
    """Yields the names of requirements, without those of extras."""
    for line in requires:
        if "extra ==" not in line:
            yield re.sub(r"[-_.]+", "-", re.split(r"[\s;<>=!~\[(]", line)[0]).lower()
