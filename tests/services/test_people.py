"""Contacts, who was present, and attachments in the encrypted store with their copies outside it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import EnvironmentFault, UserError
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.services.core.open_copies import OpenCopies
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.services.people.commands import (
    MOST_BYTES,
    AddAttachment,
    AddContact,
    ChangeContact,
    ContactContent,
    DeleteAttachment,
    DeleteContact,
)
from samenleven_desktop.services.people.queries import (
    attachment_content,
    list_attachments,
    list_contacts,
    present,
    present_options,
    read_file,
)
from samenleven_desktop.services.sessions.commands import ChangeSession, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.queries import session
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile

TODAY = date(2024, 3, 11)


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield opened
    opened.close()


@pytest.fixture
def government(workspace: Workspace) -> str:
    return workspace.query(government_by_code, "12025").id


def test_a_contact_is_added_changed_and_deleted(workspace: Workspace, government: str) -> None:
    made = workspace.run(AddContact(ContactContent("diensthoofd", government, role="diensthoofd welzijn"))).result
    workspace.run(ChangeContact(made, ContactContent("", government, role="diensthoofd", email="dienst@bestuur.be")))
    (line,) = workspace.query(list_contacts, [government])
    assert (line.name, line.email, line.government_name) == ("diensthoofd", "dienst@bestuur.be", "Mechelen")
    workspace.run(DeleteContact(made))
    assert workspace.query(list_contacts) == []
    workspace.undo()
    assert len(workspace.query(list_contacts)) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "coach", "email": "geen adres"}, "email"),
        ({"name": "coach", "phone": "bel maar"}, "phone"),
        ({"name": "coach", "note": "x" * 200_000}, "note"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    workspace: Workspace, government: str, values: dict[str, str], field: str
) -> None:
    with pytest.raises(UserError) as caught:
        workspace.run(AddContact(ContactContent(government_id=government, **values)))
    assert caught.value.field == field


def test_a_contact_is_somewhere(workspace: Workspace) -> None:
    with pytest.raises(UserError) as caught:
        workspace.run(AddContact(ContactContent("coach")))
    assert caught.value.field == "organisation"
    workspace.run(AddContact(ContactContent("coach", organisation="Inter")))


def test_who_was_present_and_what_was_discussed_stay_when_a_session_changes(
    workspace: Workspace, government: str
) -> None:
    contact = workspace.run(AddContact(ContactContent("diensthoofd", government))).result
    colleague = workspace.run(AddOfficer("coach Halle", "Halle-Vilvoorde"), kind="setup").result
    offer = workspace.query(list_offers)[0].id
    content = SessionContent(
        TODAY,
        600,
        660,
        SessionMode.VISIT,
        (government,),
        "verslag",
        offer_ids=(offer,),
        contact_ids=(contact,),
        colleague_ids=(colleague,),
    )
    made = workspace.run(RegisterSession(content)).result
    assert workspace.query(present, made) == ((contact,), (colleague,))
    assert workspace.query(session, made).offer_ids == (offer,)
    (line,) = workspace.query(list_contacts, [government])
    assert (line.sessions, line.last_seen) == (1, TODAY)
    contacts, colleagues = workspace.query(present_options, [government])
    assert ([one.id for one in contacts], [id_ for id_, _ in colleagues]) == ([contact], [colleague])
    workspace.run(ChangeSession(made, SessionContent(TODAY, 600, 700, SessionMode.VISIT, (government,), "anders")))
    assert workspace.query(present, made) == ((), ())


def test_an_attachment_is_kept_once_and_comes_back_whole(workspace: Workspace, government: str, tmp_path: Path) -> None:
    content = bytes(range(256)) * 5000
    for name in ("/pad/naar/plan.pdf", "C:\\map\\kopie.pdf"):
        workspace.run(AddAttachment(government, name, content))
    lines = workspace.query(list_attachments, government)
    assert sorted(line.name for line in lines) == ["kopie.pdf", "plan.pdf"]
    assert workspace.query(attachment_content, lines[0]) == content
    with workspace.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM attachment_content").scalar() == 1
        logged = connection.exec_driver_sql("SELECT max(length(new)) FROM change").scalar()
    assert logged < 2000, "the change log holds the name and the hash, not the content"
    assert content[:64] not in (tmp_path / "w.db").read_bytes()


def test_content_goes_when_nothing_can_bring_it_back(workspace: Workspace, government: str) -> None:
    made = workspace.run(AddAttachment(government, "a.txt", b"inhoud")).result
    (line,) = workspace.query(list_attachments, government)
    workspace.run(DeleteAttachment(made))
    from samenleven_desktop.storage.repositories.people import purge_contents
    from samenleven_desktop.storage.view import View

    for limit, gone in ((0, 0), (1_000_000, 1)):
        with workspace.store.write_untracked() as connection:
            assert purge_contents(View(connection), limit) == gone
        if not gone:
            workspace.undo()
            assert workspace.query(attachment_content, line) == b"inhoud"
            workspace.redo()
    with pytest.raises(UserError):
        workspace.query(attachment_content, line)


def test_files_that_do_not_fit_are_refused_with_a_sentence(tmp_path: Path) -> None:
    big, empty = tmp_path / "groot.bin", tmp_path / "leeg.txt"
    with big.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    empty.touch()
    for path, words in ((big, "21 MB"), (empty, "empty"), (tmp_path, "not a file")):
        with pytest.raises(UserError) as caught:
            read_file(path)
        assert words in str(caught.value)
    with pytest.raises((UserError, EnvironmentFault)):
        read_file(tmp_path / "weg.txt")


def test_copies_are_for_this_user_read_only_and_gone_at_the_end(tmp_path: Path) -> None:
    copies = OpenCopies(tmp_path)
    first, second = copies.put("plan.txt", b"een"), copies.put("../../plan.txt", b"twee")
    assert (first.read_bytes(), second.read_bytes(), second.name) == (b"een", b"twee", "plan.txt")
    assert first != second
    assert copies.folder in second.parents
    if sys.platform != "win32":
        assert stat.S_IMODE(copies.folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(first.stat().st_mode) == 0o400
    copies.close()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_goes_at_the_next_start_and_what_is_in_use_stays(tmp_path: Path) -> None:
    script = (
        "import os, sys, pathlib\n"
        "from samenleven_desktop.services.core.open_copies import OpenCopies\n"
        "OpenCopies(pathlib.Path(sys.argv[1])).put('a.txt', b'geheim')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False, env={**os.environ})
    assert len(list(tmp_path.iterdir())) == 1
    in_use = OpenCopies(tmp_path)
    assert list(tmp_path.iterdir()) == [in_use.folder]
    other = OpenCopies(tmp_path)
    assert in_use.folder.exists()
    other.close()
    in_use.close()
