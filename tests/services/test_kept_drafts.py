"""Drafts in the work file: kinds, throwing away as an undo step in the right order, erasing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.kept_draft import DISCARDED
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield opened
    opened.close()


def agree(workspace: Workspace, what: str) -> None:
    workspace.run(AddAgreement(workspace.query(government_by_code, "12025").id, Party.COACH, what))


def agreed(workspace: Workspace) -> set[str]:
    return {one.what for one in workspace.query(list_agreements)}


def test_drafts_are_found_by_kind_and_by_key(workspace: Workspace) -> None:
    for key in ("session:new", "session:new:a", "session:newer:b", "session:id:c", "form:X:1:d"):
        workspace.save_draft(key, {"title": key})
    assert {one.form for one in workspace.drafts_of("session:new")} == {"session:new", "session:new:a"}
    assert {one.form for one in workspace.drafts_of("session:id")} == {"session:id:c"}
    assert len(workspace.drafts_of("session")) == 4
    assert [one.title for one in workspace.drafts_of("form:X:1:d")] == ["form:X:1:d"]


def test_a_draft_thrown_away_is_undone_in_its_turn(workspace: Workspace) -> None:
    agree(workspace, "eerst")
    workspace.save_draft("session:new:a", {"title": "Sessie", "report": "oud"})
    workspace.discard_draft("session:new:a", {"title": "Sessie", "report": "zoals het er stond"})
    assert workspace.drafts() == []
    assert workspace.drafts_of("session") == []
    agree(workspace, "daarna")
    workspace.undo()
    assert "daarna" not in agreed(workspace)
    names = workspace.undo_names()
    assert names.undo == (DISCARDED, {"what": "Sessie", "draft": "session:new:a"})
    assert workspace.undo().result == names.undo
    assert workspace.draft("session:new:a") == {"title": "Sessie", "report": "zoals het er stond"}
    assert "eerst" in agreed(workspace)
    workspace.undo()
    assert "eerst" not in agreed(workspace)
    with pytest.raises(UserError, match="nothing to undo"):
        workspace.undo()


def test_several_thrown_away_come_back_last_first_also_twice_the_same(workspace: Workspace) -> None:
    for key in ("session:new:a", "form:X:1:b", "session:new:a"):
        workspace.discard_draft(key, {"title": key})
    assert workspace.undo().result[1]["draft"] == "session:new:a"
    assert workspace.undo().result[1]["draft"] == "form:X:1:b"
    with pytest.raises(UserError):
        workspace.undo()


def test_erasing_a_person_cleans_drafts_that_wait_and_that_were_thrown_away(workspace: Workspace) -> None:
    government = workspace.query(government_by_code, "12025").id
    contact = workspace.run(AddContact(ContactContent("Zoë Verzonnen", government))).result
    agreement = ["coach", "Zoë Verzonnen bellen", ""]
    content = {"title": "Sessie", "report": "Zoë Verzonnen belde.", "agreements": [agreement]}
    workspace.save_draft("session:new:a", content)
    workspace.save_draft("grid:offer_use:row", {"cells": {"evaluation": "volgens Zoë Verzonnen"}})
    workspace.discard_draft("session:new:b", content)
    workspace.run(EraseContact(contact))
    workspace.undo_names()
    with workspace.store.read() as connection:
        kept = [bytes(row[0]).decode() for row in connection.exec_driver_sql("SELECT content FROM draft")]
    assert len(kept) == 3
    assert not any("Verzonnen" in one for one in kept)
