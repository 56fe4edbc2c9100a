"""The shape of the package: short files, modules named after what they hold, one class per name."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "samenleven_desktop"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)
LONGEST = 450

NAMED_IN_ING = {
    "ui/keyring.py": "a noun: the keyring of the system",
    "storage/system_keyring.py": "a noun: the keyring of the system",
    "reports/coaching.py": "a noun: the coaching report, as the customer calls it",
    "reports/tagging.py": "the standard term for the structure of an accessible PDF",
    "storage/exchange/incoming.py": "an adjective: the incoming pack",
    "storage/exchange/outgoing.py": "an adjective: the outgoing pack",
    "services/workfile/opening.py": "opening a work file, of which there are three kinds",
    "ui/gil_scheduling.py": "the standard term for sharing the interpreter lock",
}
SHARED_CLASS_NAMES = {
    "Action": "an action of the plan (domain), and an action of the window as Qt calls it (ui)",
}


def test_no_file_is_too_long() -> None:
    lines = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


def test_modules_are_named_after_what_they_hold() -> None:
    assert {name_of(path) for path in FILES if path.stem.endswith("ing")} == set(NAMED_IN_ING)


def test_two_public_classes_do_not_share_a_name() -> None:
    places = defaultdict(list)
    for path in FILES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(name_of(path))
    shared = {name: found for name, found in places.items() if len(found) > 1}
    assert set(shared) == set(SHARED_CLASS_NAMES), shared


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()
