"""`samenleven do`: every command by its name, with its schema; what it refuses is one sentence that names the field."""

from __future__ import annotations

import inspect
import io
import json
import pkgutil
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import samenleven_desktop.services as services
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.core.registry import COMMANDS, commands_by_name, schema_of, schema_of_all
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.sessions.queries import list_agreements, list_sessions
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace, open_workspace
from samenleven_desktop.storage.queries.reference import officers
from tests.builders import CHEAP, PASSPHRASE, TODAY, WorkFile
from tests.cli.conftest import Caller
from tests.tools.schema import COMMANDS_SCHEMA

SESSION = {
    "day": "2024-03-12",
    "start_minute": 540,
    "end_minute": 600,
    "form": "visit",
    "government_ids": ["12025"],
    "action_ids": ["A5"],
    "report": "Twee nieuwe praattafels.",
}


def as_json(schema: object) -> Any:
    return json.loads(json.dumps(schema))


def opened(file: WorkFile) -> Workspace:
    return open_workspace(file.path, Runtime(day=TODAY), file.passphrase)


def test_every_command_class_is_in_the_registry() -> None:
    found = set()
    for module in pkgutil.walk_packages(services.__path__, services.__name__ + "."):
        for _, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            if kind.__module__ == module.name and "execute" in vars(kind) and hasattr(kind, "details"):
                found.add(kind.__name__)
    assert found - {"Command"} == {kind.__name__ for kind in COMMANDS}


def test_the_published_schema_is_the_golden_one() -> None:
    assert json.loads(COMMANDS_SCHEMA.read_text(encoding="utf-8")) == as_json(schema_of_all()), (
        "write it with make schema"
    )


def test_no_schema_names_an_action_by_its_number() -> None:
    words = json.dumps(schema_of_all())
    assert "action_number" not in words
    assert {"action_id", "action_ids", "linked_action_ids"} <= _names(schema_of_all())


def _names(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(_names, schema))
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", {})).union(*map(_names, schema.values()))


def test_the_list_names_every_command_without_a_work_file(call: Caller) -> None:
    answer = call("do", "--list", "--json")
    assert [one["name"] for one in answer.json["commands"]] == list(commands_by_name())
    words = call("do", "--list", "--lang", "nl").out
    assert all(name in words for name in commands_by_name())
    assert "Sessie van {day} geregistreerd" in words


def test_a_schema_is_shown_without_a_work_file(call: Caller) -> None:
    answer = call("do", "register_session", "--schema")
    assert answer.json == as_json(schema_of("register_session"))
    assert answer.json["$defs"]["SessionContent"]["additionalProperties"] is False


def test_a_session_by_codes_gives_its_id_and_one_undo_step(ask: Caller, work_file: WorkFile) -> None:
    agreement = {"who": "coach", "what": "Cijfers opvragen", "due": "2024-04-02"}
    answer = ask("do", "register_session", json.dumps({"content": SESSION, "agreements": [agreement]}))
    assert (answer.code, answer.err) == (0, "")
    found = answer.json
    assert found["command"] == "register_session"
    assert {one["table"] for one in found["rows"]} >= {"support_session", "session_government", "follow_up"}
    workspace = opened(work_file)
    try:
        mechelen = workspace.query(government_by_code, "12025").id
        line = next(one for one in workspace.query(list_sessions, mechelen) if one.id == found["result"])
        assert (line.report, line.action_numbers) == (SESSION["report"], (5,))
        (made,) = workspace.query(list_agreements, session_id=line.id)
        assert made.what == "Cijfers opvragen"
        assert workspace.undo().command_id
        assert all(one.id != line.id for one in workspace.query(list_sessions, mechelen))
    finally:
        workspace.close()


@pytest.mark.parametrize("way", ["file", "stdin"])
def test_json_comes_from_a_file_or_standard_input(
    way: str, ask: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = json.dumps({"content": SESSION}).encode()
    (tmp_path / "sessie.json").write_bytes(b"\xef\xbb\xbf" + content)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    answer = ask("do", "register_session", f"@{tmp_path / 'sessie.json'}" if way == "file" else "-")
    assert (answer.code, answer.err) == (0, "")


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        (
            "register_session",
            {"content": {**SESSION, "end_minute": SESSION["start_minute"]}},
            "times: The end must come after the start.",
        ),
        ("register_session", {"content": {**SESSION, "goverment_ids": []}}, "content.goverment_ids: There is no such"),
        (
            "register_session",
            {"content": {**SESSION, "day": "12-03-2024"}},
            "content.day: This does not fit the schema",
        ),
        ("register_session", {"content": {"day": "2024-03-12"}}, "content.start_minute: This field is missing."),
        ("register_session", {"content": {**SESSION, "action_ids": ["A99"]}}, "The plan has no action A99."),
        ("register_session", {"content": {**SESSION, "government_ids": ["99999"]}}, "content.government_ids: "),
        ("register_session", {"content": {**SESSION, "offer_ids": ["x"]}}, "There is no record x."),
        ("register_session", [], "register_session: This does not fit the schema"),
        ("change_commitments", {"edits": [{"row_id": "x", "field": "rank", "value": 5000}]}, "rank: Type a rank"),
        ("change_commitments", {"edits": [{"row_id": "x", "field": "rank", "value": 5}]}, "no longer there"),
        ("change_commitments", {"edits": [{"row_id": "x", "field": "rank", "value": "5"}]}, "rank: This does not fit"),
        ("change_commitments", {"edits": [{"row_id": "x", "field": "id", "value": 5}]}, "cannot be changed here"),
        ("import_rows", {"file": "a", "commands": [{"delete_track": {}}]}, "commands[0].track_id: This field"),
        ("put_value_back", {"table_name": "government", "row_id": "x", "field": "name", "value": 1}, "no longer there"),
        (
            "note_official_figure",
            {"government_id": "12025", "year": 2022, "value": 10**30, "source": "a"},
            "value: This number is too large",
        ),
        (
            "import_rows",
            {"file": "a", "commands": [{"note_official_figure": {"government_id": "12025", "year": 1, "value": 1}}]},
            "commands[0].source: This field",
        ),
        ("erase_rows", {"rows": [["nothing", "x"]]}, "no longer there"),
    ],
)
def test_what_is_refused_is_one_sentence_with_its_field(ask: Caller, name: str, data: object, part: str) -> None:
    answer = ask("--lang", "en", "do", name, json.dumps(data))
    assert (answer.code, answer.out) == (1, "")
    assert part in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    "words", [("do",), ("do", "register_session"), ("do", "no_such", "{}"), ("do", "register_session", "{", "too many")]
)
def test_what_is_not_understood_is_wrong_usage(call: Caller, words: tuple[str, ...]) -> None:
    assert call(*words).code == 2


def test_broken_json_says_where(ask: Caller, tmp_path: Path) -> None:
    (tmp_path / "stuk.json").write_text('{"content":\n  {,', encoding="utf-8")
    answer = ask("--lang", "en", "do", "register_session", f"@{tmp_path / 'stuk.json'}")
    assert (answer.code, answer.err) == (1, "stuk.json cannot be read as JSON: line 2, column 4.\n")
    assert ask("do", "register_session", f"@{tmp_path / 'weg.json'}").code == 1
    typed = ask("do", "register_session", "{broken")
    assert (typed.code, typed.err) == (1, "{broken kan niet als JSON gelezen worden: regel 1, kolom 2.\n")


def test_a_value_that_a_field_never_had_is_not_put_back(ask: Caller, work_file: WorkFile) -> None:
    made = ask("do", "add_offer", json.dumps({"content": {"title": "a", "organisation": "b", "cost": "free"}}))
    place = {"table_name": "offer", "row_id": made.json["result"], "field": "title"}
    assert ask("do", "put_value_back", json.dumps({**place, "value": "verzonnen"})).code == 1
    assert ask("do", "put_value_back", json.dumps({**place, "value": "a"})).json["result"] is False


def test_several_commands_in_one_undo_step(ask: Caller, work_file: WorkFile) -> None:
    track = {"add_track": {"government_id": "12025", "content": {"title": "Traject", "start": "2024-03-01"}}}
    bad = {"add_track": {"government_id": "12025", "content": {"title": " ", "start": "2024-03-01"}}}
    before = len(ask("list", "tracks", "--json").json["tracks"])
    assert ask("do", "import_rows", json.dumps({"file": "scenario", "commands": [track, bad]})).code == 1
    assert len(ask("list", "tracks", "--json").json["tracks"]) == before
    assert ask("do", "import_rows", json.dumps({"file": "scenario", "commands": [track, track]})).json["result"] == 2
    assert len(ask("list", "tracks", "--json").json["tracks"]) == before + 2
    assert ask("undo").code == 0
    assert len(ask("list", "tracks", "--json").json["tracks"]) == before


@pytest.mark.slow
def test_no_command_ends_in_a_fault_of_the_program_whatever_the_ids(ask: Caller) -> None:
    """Each command with what its schema asks for, and ids of records that are not there."""
    for name in commands_by_name():
        schema = schema_of(name)
        data = _example(schema["$defs"][name], schema["$defs"])
        answer = ask("--lang", "en", "do", name, json.dumps(data))
        assert answer.code in (0, 1), (name, data, answer)


def _example(schema: dict[str, Any], defs: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _example(defs[schema["$ref"].rpartition("/")[2]], defs)
    if "anyOf" in schema:
        return _example(schema["anyOf"][0], defs)
    if "enum" in schema or "const" in schema:
        return schema.get("const", (schema.get("enum") or [None])[0])
    if "prefixItems" in schema:
        return [_example(one, defs) for one in schema["prefixItems"]]
    kind = schema.get("type")
    if kind == "object":
        return {key: _example(one, defs) for key, one in schema.get("properties", {}).items()}
    if kind == "array":
        return [_example(schema["items"], defs)]
    formats = {"date": "2024-03-01", "base64": "eA=="}
    plain = formats.get(schema.get("format") or schema.get("contentEncoding") or "", "nergens")
    return {"integer": 1, "boolean": True}.get(str(kind), plain)


def test_the_first_officer_of_a_file_works_in_it(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "nieuw.samenlevendb"
    create_workspace(path, PASSPHRASE, Runtime(day=TODAY), CHEAP).close()
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", PASSPHRASE)
    made = call("--store", path, "do", "add_officer", '{"label": "coach Rivierenland"}')
    workspace = open_workspace(path, Runtime(day=TODAY), PASSPHRASE)
    try:
        assert workspace.officer_id == made.json["result"]
        assert len(workspace.query(lambda context: officers(context.view))) == 1
    finally:
        workspace.close()
