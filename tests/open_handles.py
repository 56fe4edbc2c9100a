"""Which files of a work file this process has open. Linux only: it looks in /proc."""

from __future__ import annotations

from pathlib import Path


def open_handles(store: Path) -> list[str]:
    """The open files of this work file by path; other tests in the process may hold files with the same name."""
    found = []
    for one in Path("/proc/self/fd").iterdir():
        try:
            target = str(one.readlink())
        except OSError:
            continue  # closed since
        if target.startswith(str(store.resolve())):
            found.append(target)
    return found
