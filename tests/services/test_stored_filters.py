"""Saved filters: they survive reopening, belong to one screen, and stay out of log and undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.services.core.saved_filters import delete_filter, list_filters, save_filter
from samenleven_desktop.services.safekeeping.workspace_file import file_facts
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import PASSPHRASE, WorkFile

TODAY = date(2024, 3, 11)
CONTENT = {"words": "méch", "conditions": [{"column": "last_contact", "how": "older", "value": 60}]}


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield opened
    opened.close()


def test_a_filter_survives_reopening_the_file(workspace: Workspace) -> None:
    save_filter(workspace, "governments", "  Mijn   eigen ", CONTENT)
    save_filter(workspace, "sessions", "Iets anders", {})
    workspace.close()
    again = open_workspace(workspace.path, Runtime(day=TODAY), PASSPHRASE)
    try:
        (kept,) = again.query(list_filters, "governments")
        assert (kept.name, kept.content) == ("Mijn eigen", CONTENT)
    finally:
        again.close()


def test_filters_are_no_step_to_undo(workspace: Workspace) -> None:
    before = file_facts(workspace).changes_not_exchanged
    save_filter(workspace, "governments", "Eigen", CONTENT)
    assert workspace.undo_names().undo is None
    assert file_facts(workspace).changes_not_exchanged == before


def test_removing_one_leaves_the_others(workspace: Workspace) -> None:
    for name in ("Één", "twee", "Drie"):
        save_filter(workspace, "governments", name, {})
    delete_filter(workspace, "governments", "twee")
    delete_filter(workspace, "governments", "twee")
    assert [one.name for one in workspace.query(list_filters, "governments")] == ["Drie", "Één"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (" ", "Give the filter a name"),
        ("x" * 61, "at most 60"),
        ("eigen", "There is a filter eigen"),
        ("loopt achter", "remove"),
    ],
)
def test_a_name_that_will_not_do(workspace: Workspace, name: str, words: str) -> None:
    save_filter(workspace, "governments", "Eigen", CONTENT)
    with pytest.raises(UserError, match=words) as raised:
        save_filter(workspace, "governments", name, {}, taken=["Loopt achter"])
    assert raised.value.field == "name"
    assert [one.content for one in workspace.query(list_filters, "governments")] == [CONTENT]
