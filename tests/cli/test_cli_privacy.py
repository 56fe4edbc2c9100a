"""erase, person, backup restore and check --repair: through the real entry point."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import AddAttachment, AddContact, ContactContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.workfile.workspace import open_workspace
from tests.builders import TODAY, WorkFile
from tests.cli.conftest import Caller

NAME = "Kwetsbaar Persoontje"


@pytest.fixture
def known(work_file: WorkFile) -> WorkFile:
    """A work file with a contact who is also named in an attachment."""
    workspace = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    mechelen = workspace.query(government_by_code, "12025").id
    workspace.run(AddContact(ContactContent(NAME, mechelen, email="k@bestuur.example")))
    workspace.run(AddAttachment(mechelen, "nota.txt", f"Over {NAME}.".encode()))
    workspace.close()
    return work_file


def test_erase_asks_shows_and_does(ask: Caller, known: WorkFile) -> None:
    asked = ask("erase", NAME)
    assert (asked.code, "--preview" in asked.err) == (1, True)
    preview = ask("erase", NAME, "--preview", "--json")
    assert (preview.code, preview.json["erased"], preview.json["attachments"]) == (0, False, ["nota.txt"])
    done = ask("erase", NAME, "--yes", "--json")
    assert (done.code, done.json["erased"], done.json["attachments_kept"]) == (0, True, 0)
    again = ask("erase", NAME, "--yes")
    assert (again.code, again.out) == (1, "")
    assert NAME in again.err


def test_attachments_that_are_kept_are_left_to_decide(ask: Caller, known: WorkFile) -> None:
    done = ask("erase", "k@bestuur.example", "--yes", "--keep-attachments", "--json")
    assert (done.code, done.json["attachments_kept"]) == (4, 1)


def test_what_may_be_the_person_is_listed_and_left_or_erased(ask: Caller, known: WorkFile) -> None:
    with_texts = open_workspace(known.path, Runtime(day=TODAY), known.passphrase)
    mechelen = with_texts.query(government_by_code, "12025").id
    with_texts.run(AddAgreement(mechelen, Party.COACH, "Persoontje belt terug"))
    with_texts.close()
    preview = ask("erase", NAME, "--preview")
    assert "Persoontje belt terug" in preview.out
    kept = ask("erase", "kwetsbaar\u00a0PERSOONTJE", "--preview", "--probable", "--json")
    assert [one["words"] for one in kept.json["probable"]] == ["Persoontje belt terug"]
    assert ask("person", NAME, "--out", known.path.with_name("p.json"), "--json").json["probable"] == 1
    done = ask("erase", NAME, "--yes", "--json")
    assert (done.code, done.json["left"], done.json["attachments_kept"]) == (4, 1, 0)


def test_what_may_be_the_person_is_erased_when_asked(ask: Caller, known: WorkFile) -> None:
    with_texts = open_workspace(known.path, Runtime(day=TODAY), known.passphrase)
    mechelen = with_texts.query(government_by_code, "12025").id
    with_texts.run(AddAgreement(mechelen, Party.COACH, "Persoontje belt terug"))
    with_texts.close()
    done = ask("erase", NAME, "--yes", "--probable", "--json")
    assert (done.code, done.json["left"]) == (0, 0)
    assert "Persoontje" not in ask("list", "follow-ups", "--json").out


def test_person_writes_json_and_pdf(ask: Caller, known: WorkFile, tmp_path: Path) -> None:
    data, paper = tmp_path / "alles.json", tmp_path / "alles.pdf"
    assert ask("person", NAME, "--out", data, "--json").json["attachments"] == 1
    assert json.loads(data.read_text())["data"]["contacts"][0]["name"] == NAME
    assert ask("person", NAME, "--out", paper).code == 0
    assert paper.read_bytes().startswith(b"%PDF")
    wrong = ask("person", NAME, "--out", tmp_path / "alles.txt")
    assert (wrong.code, (tmp_path / "alles.txt").exists()) == (1, False)
    assert ask("person", "Onbekend Iemand", "--out", data).code == 1


def test_a_backup_is_compared_and_put_back(ask: Caller, known: WorkFile) -> None:
    made = Path(ask("backup", "make", "--json").json["backup"]["file"])
    assert ask("erase", NAME, "--yes").code == 0
    preview = ask("backup", "restore", made, "--preview", "--json")
    assert (preview.code, preview.json["done"]) == (0, False)
    done = ask("backup", "restore", "--json")
    assert (done.code, done.json["done"]) == (0, True)
    assert ask("check", "--json").json["sound"]
    assert ask("list", "contacts", "--filter", "Persoontje", "--json").json["count"] == 0
    assert ask("backup", "restore", known.path.parent / "geen.db").code == 1
    assert ask("backup", "restore", made.with_name(made.name + ".key")).code == 3


def test_a_damaged_file_is_rescued_from_its_newest_backup(ask: Caller, known: WorkFile) -> None:
    assert ask("backup", "make").code == 0
    known.path.write_bytes(known.path.read_bytes()[:-4096])
    refused = ask("check")
    assert (refused.code, refused.out) == (3, "")
    assert ask("backup", "restore", "--preview").code == 1
    done = ask("backup", "restore", "--json")
    assert done.code == 0
    assert Path(done.json["kept_aside"]).exists()
    assert ask("check").code == 0
    assert ask("list", "contacts", "--filter", "Persoontje", "--json").json["count"] == 1


def test_check_repairs_what_can_be(ask: Caller, known: WorkFile) -> None:
    workspace = open_workspace(known.path, Runtime(day=TODAY), known.passphrase)
    with workspace.store.write_untracked() as connection:
        connection.exec_driver_sql("DELETE FROM search_row WHERE number % 2 = 0")
    workspace.close()
    broken = ask("check", "--json")
    assert (broken.code, broken.json["sound"], len(broken.json["findings"])) == (3, False, 1)
    mended = ask("check", "--repair", "--json")
    assert (mended.code, mended.json["sound"], mended.json["repaired"] > 0) == (0, True, True)
