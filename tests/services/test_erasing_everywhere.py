"""After an erasure all files together, decrypted, hold none of sixty spellings: wherever a text can have been."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.person_pattern import ERASED
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.services.core.open_copies import OpenCopies
from samenleven_desktop.services.core.saved_filters import list_filters, save_filter
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.safekeeping.erasure import erase_preview
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.safekeeping.workspace_file import back_up, check_health, choose_second_place
from samenleven_desktop.services.sessions.commands import ChangeSession, DeleteSession, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.services.sessions.track_commands import AddTrack, TrackContent
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.repositories import partnerships
from samenleven_desktop.storage.unit_of_work import Step
from samenleven_desktop.storage.view import View
from tests.builders import TODAY, WorkFile
from tests.services.test_erasing_spellings import MAIL, NAME, PHONE, SPELLINGS, add_person, add_text, mechelen, traces


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def session(workspace: Workspace, report: str) -> SessionContent:
    return SessionContent(TODAY, 540, 600, SessionMode.VISIT, (mechelen(workspace),), report)


def test_filters_whose_names_become_the_same_stay_apart(workspace: Workspace) -> None:
    contact = add_person(workspace)
    for words in (NAME, MAIL, PHONE):
        save_filter(workspace, "agenda", f"van {words}", {"words": words})
    assert workspace.run(EraseContact(contact)).problem is None
    assert len({one.name for one in workspace.query(list_filters, "agenda")}) == 3
    assert traces(workspace, SPELLINGS) == []


def test_a_chosen_filter_that_also_has_the_whole_name_loses_both(workspace: Workspace) -> None:
    contact = add_person(workspace)
    save_filter(workspace, "agenda", f"van {NAME} en Zoë", {"words": f"{NAME}, Maes"})
    (place,) = workspace.query(erase_preview, contact).probable
    workspace.run(EraseContact(contact, probable=((place.table_name, place.row_id, place.field),)))
    (left,) = workspace.query(list_filters, "agenda")
    assert (left.name, left.content) == (f"van {ERASED} en {ERASED}", {"words": f"{ERASED}, {ERASED}"})


@pytest.mark.slow
def test_sixty_spellings_go_from_log_bin_undone_steps_names_of_steps_and_open_copies(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each spelling was in a report since changed, a session in the bin, a step taken back, a track and a draft."""
    temporary, stick = tmp_path / "tijdelijk", tmp_path / "stick"
    temporary.mkdir()
    stick.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    choose_second_place(workspace, stick)
    contact = add_person(workspace)
    for number, words in enumerate(SPELLINGS):
        changed = workspace.run(RegisterSession(session(workspace, f"Gesprek met {words} erbij."))).result
        workspace.run(ChangeSession(changed, session(workspace, "niemand")))
        binned = workspace.run(RegisterSession(session(workspace, f"{words}\n{words}"))).result
        workspace.run(DeleteSession(binned, TODAY))
        add_text(workspace, f"niet doorgegaan: {words}")
        workspace.undo()
        workspace.run(AddTrack(mechelen(workspace), TrackContent(f"Traject {words}", TODAY, f"doel: {words}")))
        workspace.save_draft(f"session:{number}", {"report": words})
    _left_by_a_killed_process(temporary, NAME)
    back_up(workspace)
    assert len(traces(workspace, SPELLINGS)) == len(SPELLINGS)

    assert workspace.run(EraseContact(contact)).problem is None

    assert traces(workspace, SPELLINGS) == []
    assert [path for path in tmp_path.rglob("*") if path.is_relative_to(temporary) and path.is_file()] == []
    assert check_health(workspace) == []


def _left_by_a_killed_process(temporary: Path, words: str) -> None:
    copies = OpenCopies(temporary)
    copies.put(f"nota {words}.txt", words.encode())
    copies._lock.release()


@pytest.mark.slow
def test_the_name_goes_from_the_name_of_a_partnership_too(workspace: Workspace) -> None:
    """It stayed on screen, while the log lost it, so that the health check found a fault."""
    contact = add_person(workspace)
    certain = add_partnership(workspace, f"Werk van {NAME}", "SW-ZOE")
    likely = add_partnership(workspace, "Huis van mevrouw Maes", "SW-MAES")
    back_up(workspace)
    preview = workspace.query(erase_preview, contact)
    assert [(one.table_name, one.row_id, one.field) for one in preview.mentions] == [("government", certain, "name")]
    (place,) = [(one.table_name, one.row_id, one.field) for one in preview.probable]
    assert place == ("government", likely, "name")

    assert workspace.run(EraseContact(contact, probable=(place,))).problem is None

    named = {one: government_name(workspace, one) for one in (certain, likely)}
    assert (named[certain], named[likely]) == (f"Werk van {ERASED}", f"Huis van mevrouw {ERASED}")
    assert traces(workspace, (*SPELLINGS, "mevrouw Maes")) == []
    assert check_health(workspace) == []


@pytest.mark.parametrize("name", ["coach", "visit", "increment", "partnership", "2024-03-11", "540"])
def test_a_name_that_is_also_a_code_leaves_codes_alone(workspace: Workspace, name: str) -> None:
    contact = workspace.run(AddContact(ContactContent(name, mechelen(workspace)))).result
    add_text(workspace, f"met {name} erbij")
    back_up(workspace)
    assert workspace.run(EraseContact(contact)).problem is None
    assert check_health(workspace) == []
    assert f"met {ERASED} erbij" in {one.what for one in workspace.query(list_agreements)} or name == "540"


def government_name(workspace: Workspace, government: str) -> str:
    with workspace.store.read() as connection:
        return reference.government(View(connection), government).name


def add_partnership(workspace: Workspace, name: str, code: str) -> str:
    with workspace.store.write(Step("partnership", kind="setup")) as unit:
        values = {"code": code, "name": name, "search_name": fold(name), "valid_from": TODAY}
        return partnerships.add_partnership(unit, **values, reference_region="RIV", applicant_id=mechelen(workspace))
