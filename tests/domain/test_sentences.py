"""Values are filled into sentences without a format language; no code formats a text that it did not write itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import samenleven_desktop
from samenleven_desktop.domain.sentences import filled, names_in
from samenleven_desktop.i18n.labels import command_name
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.services.core.registry import COMMANDS

PACKAGE = Path(samenleven_desktop.__file__).parent


def test_only_a_name_in_braces_is_replaced() -> None:
    assert filled("{a} en {b}", {"a": 1, "b": "{a}"}) == "1 en {a}"
    assert filled("{a:>9} {a.b} {a[0]} {} {{a}}", {"a": 1}) == "{a:>9} {a.b} {a[0]} {} {1}"
    assert names_in("{a} {b} {a:>3}") == {"a", "b"}
    with pytest.raises(KeyError):
        filled("{a}", {})


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize(
    "name",
    [
        "{x:>99999999}",
        "{nobody}",
        "{x.__class__.__mro__}",
        "{",
        "}{",
        "{0}",
        "%(x)s %s",
        "Session of {government} registered {nobody}",
        "",
        "\x1b]0;a\x07{x!r:>{x}}",
    ],
)
def test_a_foreign_name_of_a_step_is_plain_text(code: str, name: str) -> None:
    shown = command_name(Language(code), name, {"x": "9" * 5000})
    assert len(shown) <= 300
    assert "\x1b" not in shown
    assert "999" not in shown.replace("99999999", "")


def test_a_sentence_without_its_values_is_plain_text() -> None:
    assert command_name(Language("nl"), "File of {colleague} taken over", {}) == "File of {colleague} taken over"
    shown = command_name(Language("nl"), "File of {colleague} taken over", {"colleague": "\u202ex{y}" + "z" * 500})
    assert "x{y}z" in shown
    assert "\u202e" not in shown
    assert len(shown) < 400


def test_every_name_of_a_command_is_a_sentence_of_the_catalogue() -> None:
    for code in ("nl", "en"):
        assert [kind.name for kind in COMMANDS if not Language(code).knows(kind.name)] == []


@pytest.mark.slow
def test_no_code_formats_a_text_that_it_did_not_write() -> None:
    """`str.format` and `%` only on a literal; no Template; no format specification that is itself a value."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if _formats(node):
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")  # type: ignore[attr-defined]
    assert found == []


def _formats(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        of_text = node.func.attr in ("format", "format_map", "vformat", "safe_substitute")
        own = isinstance(node.func.value, ast.Constant) or ast.unparse(node.func) in OTHER_FORMATS
        return of_text and not own
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return isinstance(node.right, ast.Tuple | ast.Dict | ast.JoinedStr) and not isinstance(node.left, ast.Constant)
    if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
        return any(isinstance(part, ast.FormattedValue) and not _is_number(part) for part in ast.walk(node.format_spec))
    return False


def _is_number(part: ast.FormattedValue) -> bool:
    return ast.unparse(part.value) in WIDTHS


# These are no methods of texts.
OTHER_FORMATS = {"msgspec.json.format", "super().format"}
# A width that the code computes itself, and a constant.
WIDTHS = {"width", "_STAMP"}
