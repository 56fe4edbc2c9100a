"""The catalogue of visible sentences: extracted from the code, translated in samenleven.po, compiled beside it.

catalogue.py update        take over new sentences, drop old ones, compile
catalogue.py add FILE.py   take translations from a file that holds one dict {english: dutch or (one, many)}
catalogue.py check         fail when anything lacks, differs in placeholders, is not compiled, or is asked for with
                           plural forms in one place and without in another
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "samenleven_desktop"
PO = ROOT / "resources" / "translations" / "nl" / "LC_MESSAGES" / "samenleven.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {
    "N_": None,
    "text": None,
    "plural": (1, 2),
    "UserError": None,
    "EnvironmentFault": None,
    "Bug": None,
}
# Bugs are shown as one fixed sentence; what they say is for developers.
KEYWORDS.pop("Bug")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


Id = str | tuple[str, ...]


def calls(package: Path = PACKAGE) -> Iterator[tuple[str, Id]]:
    """Each call that names a sentence, as FILE:LINE and its id; an id with plural forms is a pair."""
    for name, line, message, _, _ in extract_from_dir(package, [("**.py", "python")], keywords=KEYWORDS):
        if message and message != ("", ""):
            yield f"{name}:{line}", message
    yield from in_f_strings(package)


def in_f_strings(package: Path) -> Iterator[tuple[str, Id]]:
    """The calls inside f-strings, which the extraction sees from Python 3.12 on only."""
    for path in sorted(package.rglob("*.py")):
        strings = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.JoinedStr)]
        for call in (node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)):
            called = _called(call)
            ids = [one.value for one in call.args[: 2 if called == "plural" else 1] if isinstance(one, ast.Constant)]
            if called in KEYWORDS and ids and all(isinstance(one, str) for one in ids):
                yield f"{path.relative_to(package)}:{call.lineno}", tuple(ids) if len(ids) == 2 else ids[0]


def extracted() -> Catalog:
    catalogue = Catalog(charset="utf-8")
    for _, message in calls():
        catalogue.add(message)
    return catalogue


def asked_in_two_ways(package: Path = PACKAGE) -> list[str]:
    """Ids with plural forms that are also asked for in the singular, by a call or by way of a table or a variable.

    One sentence, one way: gettext() finds the forms of such an id in some versions of Python and not in others.
    """
    forms = {message: place for place, message in calls(package) if isinstance(message, tuple)}
    found = [f"other plural of {ids[0]!r}: {place}" for ids, place in forms.items() if _rivals(ids, forms)]
    plural = {form for ids in forms for form in ids}
    for path in sorted(package.rglob("*.py")):
        tree = _tree(path)
        in_order = {
            id(constant)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and _called(call) == "plural"
            for argument in call.args[:2]
            for constant in ast.walk(argument)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in plural and id(node) not in in_order:
                found.append(f"has plural forms, asked without: {node.value!r} in {path.name}:{node.lineno}")
    return found


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _rivals(ids: tuple[str, ...], all_ids: Iterable[tuple[str, ...]]) -> bool:
    return any(other != ids and set(other) & set(ids) for other in all_ids)


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def present() -> Catalog:
    if not PO.exists():
        return Catalog(locale="nl", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="nl")


def compiled(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def save(catalogue: Catalog) -> None:
    catalogue.project, catalogue.version = "Samenleven Desktop", "1"
    catalogue.creation_date = catalogue.revision_date = LONG_AGO
    catalogue.last_translator = catalogue.language_team = "Samenleven Desktop"
    catalogue.header_comment = "# Dutch (Flanders) sentences of Samenleven Desktop."
    out = io.BytesIO()
    write_po(out, catalogue, no_location=True, sort_output=True, width=110, ignore_obsolete=True)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(out.getvalue())
    MO.write_bytes(compiled(present()))


def update(translations: dict[str, str | tuple[str, str]]) -> None:
    old = present()
    new = Catalog(locale="nl", charset="utf-8")
    for message in extracted():
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        kept = old.get(key)
        value = translations.get(key) or (kept.string if kept else None)
        if isinstance(message.id, tuple) and isinstance(value, str):
            value = None
        new.add(message.id, value or "")
    save(new)


def faults(catalogue: Catalog) -> list[str]:
    wanted = {message.id: message for message in extracted() if message.id}
    found = [f"not in the catalogue: {id_!r}" for id_ in wanted if catalogue.get(_key(id_)) is None]
    for message in catalogue:
        if not message.id:
            continue
        if message.id not in wanted:
            found.append(f"no longer in the code: {message.id!r}")
        elif message.fuzzy or not all(_strings(message)):
            found.append(f"no Dutch for: {message.id!r}")
        elif not _same_placeholders(message):
            found.append(f"other placeholders: {message.id!r} / {message.string!r}")
    found += asked_in_two_ways()
    if not MO.exists() or MO.read_bytes() != compiled(catalogue):
        found.append("samenleven.mo is not what samenleven.po compiles to; run make catalogue")
    return found


def _key(id_: Id) -> str:
    return id_ if isinstance(id_, str) else id_[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _same_placeholders(message: Message) -> bool:
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    wanted = set().union(*(_names(id_) for id_ in ids))
    return all(_names(string) <= wanted for string in _strings(message)) and _names(_strings(message)[-1]) == wanted


def _names(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", sentence))


def read_dict(path: Path) -> dict[str, str | tuple[str, str]]:
    tree = ast.parse(path.read_text())
    found: dict[str, str | tuple[str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            found |= ast.literal_eval(node)
    return {_key(key): value for key, value in found.items()}


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["update"]:
        update({})
    elif arguments[:1] == ["add"]:
        translations: dict[str, str | tuple[str, str]] = {}
        for name in arguments[1:]:
            translations |= read_dict(Path(name))
        update(translations)
    elif arguments != ["check"]:
        print(__doc__)
        return 2
    found = faults(present())
    print("\n".join(found) or "catalogue: complete")
    return 1 if found and arguments == ["check"] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
