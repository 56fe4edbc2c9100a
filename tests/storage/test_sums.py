"""A sum of comparisons comes back from SQLAlchemy as a truth value: 0 or 1, however many rows there are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import samenleven_desktop

PACKAGE = Path(samenleven_desktop.__file__).parent
SUMMING = {"sum", "avg", "total"}


def summed_comparisons(code: str) -> list[int]:
    """The lines on which func.sum, func.avg or func.total gets a comparison that no case() turned into a number."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SUMMING:
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == "func" and any(_compares(one) for one in node.args):
                found.append(node.lineno)
    return found


def _compares(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "case":
        return False
    if isinstance(node, ast.Compare | ast.BoolOp) or (isinstance(node, ast.Constant) and isinstance(node.value, bool)):
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("is_", "is_not"):
        return True
    return any(_compares(child) for child in ast.iter_child_nodes(node))


def test_no_query_adds_up_truth_values() -> None:
    found = {
        str(path.relative_to(PACKAGE)): lines
        for path in sorted(PACKAGE.rglob("*.py"))
        if (lines := summed_comparisons(path.read_text(encoding="utf-8")))
    }
    assert not found


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("func.sum(func.coalesce(row.c.due < today, False))", [1]),
        ("func.avg(row.c.done_on.is_(None))", [1]),
        ("func.sum(case((row.c.due < today, 1), else_=0))", []),
        ("func.sum(row.c.units)", []),
    ],
)
def test_the_check_finds_the_kind(code: str, lines: list[int]) -> None:
    assert summed_comparisons(code) == lines
