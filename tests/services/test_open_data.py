"""All data out and in again gives an equal store; a file that is wrong says where and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.importing.open_data import export_all, import_all, preview_all
from samenleven_desktop.services.people.commands import AddAttachment
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.open_data import json_schema
from tests.builders import PASSPHRASE, TODAY, WorkFile
from tests.services.test_history import STEPS, Coach, digest
from tests.tools.schema import OPEN_DATA


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def into_a_new_file(content: bytes, empty: WorkFile, folder: Path, then: Callable[[Workspace], None]) -> None:
    file = empty.copy_to(folder, "nieuw.samenlevendb")
    other = open_workspace(file.path, Runtime(day=TODAY), file.passphrase)
    try:
        import_all(other, "alles.json", content)
        then(other)
    finally:
        other.close()


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 40)), max_size=15))
def test_out_and_in_gives_an_equal_store(
    work_file: WorkFile, empty_template: WorkFile, steps: list[tuple[str, int]]
) -> None:
    with TemporaryDirectory() as folder:
        file = work_file.copy_to(Path(folder))
        workspace = open_workspace(file.path, Runtime(day=TODAY), file.passphrase)
        try:
            coach = Coach(workspace)
            for step in steps:
                coach.run(*step)
            mechelen = workspace.query(government_by_code, "12025").id
            workspace.run(AddAttachment(mechelen, "nota.txt", b"\x00\xffinhoud"))
            content, wanted = export_all(workspace), digest(workspace)

            def equal(other: Workspace) -> None:
                assert digest(other) == wanted
                assert check_health(other) == []
                second = json.loads(export_all(other))
                first = json.loads(content)
                assert {**first, "made_at": ""} == {**second, "made_at": ""}

            into_a_new_file(content, empty_template, Path(folder), equal)
        finally:
            workspace.close()


def test_taken_in_again_changes_nothing_and_is_one_step(workspace: Workspace) -> None:
    before = digest(workspace)
    done = import_all(workspace, "alles.json", export_all(workspace))
    assert (done.result.added, done.result.changed) == (0, 0)
    content = json.loads(export_all(workspace))
    content["tables"]["follow_up"][0]["what"] = "iets anders"
    shown = preview_all(workspace, "alles.json", json.dumps(content).encode())
    assert (shown.added, shown.changed) == (0, 1)
    assert digest(workspace) == before
    content["tables"]["support_track"] = []
    done = import_all(workspace, "alles.json", json.dumps(content).encode())
    assert (done.result.added, done.result.changed) == (0, 1)
    workspace.undo()
    assert digest(workspace) == before


def test_the_schema_is_published_and_says_what_goes_out(workspace: Workspace) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads(OPEN_DATA.read_text(encoding="utf-8"))
    assert schema == json.loads(json.dumps(json_schema()))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(export_all(workspace)))


def test_no_key_goes_out(workspace: Workspace) -> None:
    content = export_all(workspace)
    assert workspace.store._key.hex().encode() not in content
    assert PASSPHRASE.encode() not in content


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda all_: all_.update(format="iets anders"), "holds no open data"),
        (lambda all_: all_.update(format_version=99), "newer version"),
        (lambda all_: all_["plan"].update(version="1999-01-01"), "Load that plan file first"),
        (lambda all_: all_["tables"].update(geheim=[{}]), "no table that the program knows"),
        (lambda all_: all_["tables"].update(contact={"a": 1}), "must be a list of rows"),
        (
            lambda all_: all_["tables"]["follow_up"][0].update(leeftijd=3),
            "follow_up, row 1: there is no field leeftijd",
        ),
        (lambda all_: all_["tables"]["follow_up"][0].pop("what"), "follow_up, row 1: the field what is missing"),
        (lambda all_: all_["tables"]["follow_up"][1].update(due="gisteren"), "follow_up, row 2, field due"),
        (lambda all_: all_["tables"]["commitment"][0].update(confirmed=True), "commitment, row 1, field confirmed"),
        (lambda all_: all_["tables"]["contact"][0].update(id="x"), "contact, row 1, field id"),
        (lambda all_: all_["attachments"].append({"sha256": "0", "content": "AAAA"}), "fingerprint"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(
    workspace: Workspace, change: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    before = digest(workspace)
    content = json.loads(export_all(workspace))
    change(content)
    for take in (preview_all, import_all):
        with pytest.raises(UserError, match=sentence):
            take(workspace, "alles.json", json.dumps(content).encode())
    assert digest(workspace) == before


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000, b'{"format": "samenleven-open-data"']
)
def test_what_is_no_json_is_a_sentence(workspace: Workspace, content: bytes) -> None:
    with pytest.raises(UserError):
        import_all(workspace, "alles.json", content)
