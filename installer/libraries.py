"""The libraries that run inside the program and their data files, as the metadata of each installed library lists them.

A freezer follows imports and sees no file that a library opens by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import PurePosixPath

from installer import closure, contents

_BY_HOOKS = ("pyside6-essentials", "pyside6-pdf", "shiboken6")
"""The freezer has rules of its own for Qt."""
_CODE = (".py", ".pyc", ".pyi", ".so", ".pyd", ".dll", ".typed", ".c", ".h", ".pxd", ".pyx", ".a", ".lib")
_NOT_AT_RUN_TIME = ("tests", "test", "testsuite", "__pycache__", "bin", "include", "..")


def data_files(platform: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Source, and name inside the bundle, of every data file that belongs in the program."""
    for library in installed(platform):
        if library in _BY_HOOKS:
            continue
        for file in metadata.distribution(library).files or []:
            if is_data(PurePosixPath(file)) and contents.belongs(str(file)):
                yield str(file.locate()), str(file)


def installed(platform: Mapping[str, str]) -> Iterator[str]:
    """The libraries of the program that are here; those for another platform are not."""
    for library in closure.needed(platform):
        try:
            metadata.distribution(library)
        except metadata.PackageNotFoundError:
            continue
        yield library


def is_data(path: PurePosixPath) -> bool:
    """Whether it is read by name while the program runs: no code, no test, no metadata of the installation."""
    parts = path.parts[:-1]
    if not parts or any(part in _NOT_AT_RUN_TIME or part.endswith((".dist-info", ".libs", ".data")) for part in parts):
        return False
    return not path.name.endswith(_CODE)
