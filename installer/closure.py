"""Which locked packages the program itself needs on a platform, without the tools of developers.

Follows the requirements of pyproject.toml through the metadata of what is installed here, and gives the lines of the
lock files that belong to them. A package that is only for the other platform is a leaf: its name is enough.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(platform: Mapping[str, str]) -> list[str]:
    """The names of everything that runs inside the program on that platform, sorted."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    todo = [Requirement(line) for line in project["dependencies"]]
    seen: set[str] = set()
    while todo:
        requirement = todo.pop()
        name = canonical(requirement.name)
        marker = requirement.marker
        extras = ("", *requirement.extras)
        if name in seen or (marker and not any(marker.evaluate({**platform, "extra": one}) for one in extras)):
            continue
        seen.add(name)
        todo += [_with_extras(line, extras, platform) for line in _requires(name)]
    return sorted(seen)


def _requires(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def _with_extras(line: str, extras: Iterable[str], platform: Mapping[str, str]) -> Requirement:
    """A requirement whose marker is settled for the extras that were asked for."""
    requirement = Requirement(line)
    if requirement.marker and any(requirement.marker.evaluate({**platform, "extra": one}) for one in extras):
        requirement.marker = None
    return requirement


def locked(path: Path) -> dict[str, str]:
    """The entries of a lock file by name, each with its hashes."""
    text = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    entries = re.split(r"\n(?=\S)", text.strip())
    return {canonical(re.split(r"[=\s\[]", entry)[0]): entry for entry in entries if entry}


def lines(platform: Mapping[str, str], *, tools: bool) -> str:
    """A lock file for the frozen program; with `tools` also what freezes it."""
    ours, theirs = locked(ROOT / "requirements.lock"), locked(ROOT / "installer" / "requirements.lock")
    names = needed(platform)
    chosen = [ours[name] for name in names]
    if tools:
        extra = {"packaging", "sortedcontainers", "typing-extensions", "pywin32-ctypes"} - set(names)
        chosen += [ours[name] for name in sorted(extra)] + list(theirs.values())
    # They are for the platform that was asked for; pip would ask the one it runs on.
    return "".join(re.sub(r" ; [^\\\n]*", " ", entry) + "\n" for entry in chosen if _is_for(entry, platform))


def _is_for(entry: str, platform: Mapping[str, str]) -> bool:
    requirement = Requirement(entry.partition("\\")[0].strip())
    return requirement.marker is None or requirement.marker.evaluate(dict(platform))
