"""Finds attributes and methods of ours that hide a member of Qt: a class of bugs that shows far from its cause."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys

from PySide6.QtCore import QObject

import samenleven_desktop.ui

# What Qt means to be overridden and is one small word.
OVERRIDES = {"accept", "data", "event", "flags", "index", "paint", "parent", "reject", "sort", "translate"}


def is_override(member: str) -> bool:
    """Overrides are in camelCase, except for the few above; ours are in snake_case."""
    return member in OVERRIDES or not member.islower()


def clashes() -> list[str]:
    found = []
    for module in pkgutil.walk_packages(samenleven_desktop.ui.__path__, "samenleven_desktop.ui."):
        for name, cls in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if cls.__module__ != module.name or not issubclass(cls, QObject):
                continue
            bases = [base for base in cls.__mro__ if base.__module__.startswith("PySide6")]
            names = {*cls.__dict__, *_assigned(cls)}
            found += [
                f"{module.name}.{name}.{member} hides {base.__name__}.{member}"
                for member in sorted(names)
                if not member.startswith("_") and not is_override(member)
                for base in bases[:1]
                if hasattr(base, member)
            ]
    return found


def _assigned(cls: type) -> set[str]:
    """Names that a method puts on self."""
    return set(re.findall(r"self\.([a-z]\w*)(?:: [^=]+)? = ", _source(cls)))


def _source(cls: type) -> str:
    return inspect.getsource(cls)


if __name__ == "__main__":
    problems = clashes()
    print("\n".join(problems) or "Qt names: none hidden")
    sys.exit(1 if problems else 0)
