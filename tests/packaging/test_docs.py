"""The documentation names files that exist, and every how-to can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from samenleven_desktop.domain.stimulus import CHECKS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
HOW_TO = sorted((DOCS / "how-to").glob("*.md"))
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(path for path in DOCS.rglob("*.md") if "decisions" not in path.parts),
]
# Where a path may begin, beside the repository and the folder of the page.
BASES = (ROOT, ROOT / "samenleven_desktop")
# Made by a command, or on the machine of a user.
MADE = ("build/", "dist/", ".venv", "_shipped", "samenleven_desktop/_shipped")
ENDINGS = (".py", ".md", ".toml", ".yaml", ".sql", ".po", ".spec", ".ps1", ".schema.json")
# In an example: the reader's own name, a number, several files.
PLACEHOLDER = re.compile(r"NAME|NNNN|000N|<[a-z-]+>|\.\.\.|…")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
PATH = re.compile(r"[\w.<>*…-]+(?:[/\\][\w.<>*…-]+)+|[\w<>*…-]+(?:\.[\w]+)+")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def paths_in(page: Path) -> Iterator[str]:
    """What looks like a path of the repository in code of the page: a known ending, or a first folder that exists."""
    for code in CODE.findall(page.read_text("utf-8")):
        for found in PATH.findall(code):
            path = found.replace("\\", "/").rstrip(".")
            if path.startswith(MADE):
                continue
            first = path.split("/")[0]
            is_folder = "/" in path and any((base / first).is_dir() for base in BASES)
            if is_folder or ("/" in path and path.endswith(ENDINGS)):
                yield path


def exists(path: str, page: Path) -> bool:
    pattern = PLACEHOLDER.sub("*", path)
    if "*" in pattern:
        # The folder of an example may be new too.
        pattern = pattern.split("*")[0].rpartition("/")[0] or "."
    return any((base / pattern).exists() for base in (*BASES, page.parent))


def page_name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_path_of_a_page_exists(page: Path) -> None:
    missing = [path for path in paths_in(page) if not exists(path, page)]
    assert not missing, missing


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert not missing, missing


@pytest.mark.parametrize("page", HOW_TO, ids=page_name)
def test_every_how_to_is_linked_from_contributing(page: Path) -> None:
    assert f"(docs/how-to/{page.name})" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_every_check_of_a_stimulus_is_described(check: str) -> None:
    assert f"| `{check}` |" in (DOCS / "stimuli.md").read_text("utf-8")


def test_a_path_that_is_gone_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("See `ui/turns.py`, `storage/NAME.py` and\n```\nmake -f tests/nowhere/at/all.py\n```\n")
    assert [path for path in paths_in(page) if not exists(path, page)] == ["ui/turns.py", "tests/nowhere/at/all.py"]


# Names of an example that a reader makes, and of other programs.
INVENTED = frozenset({"location", "archive_offer"})
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*[A-Za-z0-9_]")


def names_in(page: Path) -> Iterator[str]:
    """The names of Python in code of a page: with an underscore, a dot or a bracket, so that no plain word is one."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for code in re.findall(r"`([^`\n]+)`", text):
        name = code.partition("(")[0]
        if NAME.fullmatch(name) and ("_" in name or "(" in code) and not name.endswith(ENDINGS):
            yield name.rpartition(".")[2]


@pytest.mark.parametrize("page", [*HOW_TO, ROOT / "CONTRIBUTING.md", DOCS / "architecture.md"], ids=page_name)
def test_every_name_of_a_page_exists(page: Path) -> None:
    sources = "\n".join(
        path.read_text("utf-8")
        for folder in ("samenleven_desktop", "db", "tests", "installer")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".sql", ".json", ".yaml")
    )
    words = set(re.findall(r"\w+", sources + (ROOT / "Makefile").read_text("utf-8")))
    assert sorted(set(names_in(page)) - words - INVENTED) == []


NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_test_that_the_threats_name_exists() -> None:
    named = NAMED_TEST.findall((DOCS / "threats.md").read_text("utf-8"))
    assert len(named) > 40
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).exists() or f"def {name}(" not in (ROOT / file).read_text("utf-8")
    ]
    assert missing == []


def test_every_promise_against_a_threat_is_proven() -> None:
    rows = [line for line in (DOCS / "threats.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    promises = [line for line in rows if not line.startswith(("| They can", "| It can"))]
    assert [line for line in promises if not NAMED_TEST.search(line)] == []
