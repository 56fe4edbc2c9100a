"""Who an imported row is about: name, organisation and government together; else a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.importing.import_plan import ImportPlan
from samenleven_desktop.services.importing.people_match import NEW_PERSON, SAME_MAILBOX, SAME_NAME
from samenleven_desktop.services.importing.run import preview, read_workbook, take_over, wish_for
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile

CASES = Path(__file__).resolve().parents[1] / "data" / "import_people"
HEADER = "Bestuur;Naam;Functie;E-mail;Telefoon;Organisatie;Opmerking"
BOX = "dienst@voorbeeld.be"


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def take(workspace: Workspace, path: Path, answers: dict[int, str] | None = None) -> ImportPlan:
    sheet = read_workbook(path).sheets[0]
    mapping = wish_for(workspace, sheet, "contacts")
    assert mapping is not None
    mapping = replace(mapping, people=answers or {})
    plan = preview(workspace, path.name, sheet, mapping)
    if plan.commands:
        take_over(workspace, plan, sheet, mapping)
    return plan


def file(folder: Path, *lines: str) -> Path:
    (folder / "contacten.csv").write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return folder / "contacten.csv"


def there(workspace: Workspace) -> list[tuple[str, str | None, str | None, str | None]]:
    """Name, organisation, phone and remark of those that were not there before."""
    found = workspace.query(list_contacts)
    rows = [(one.name, one.organisation, one.phone, one.note) for one in found if one.name != "diensthoofd"]
    return sorted(rows, key=str)


def states(plan: ImportPlan) -> list[str]:
    return [row.state.value for row in plan.rows]


def test_a_shared_mailbox_is_two_people_and_a_question(workspace: Workspace) -> None:
    take(workspace, CASES / "shared1.xlsx")
    plan = take(workspace, CASES / "shared2.xlsx")
    (row,) = plan.undecided
    assert row.question is not None
    assert (row.question.sentence, states(plan)) == (SAME_MAILBOX, ["new"])
    assert there(workspace) == [
        ("Ans Eerste", None, "015 11 11 11", "let op: eerste"),
        ("Bert Tweede", None, "015 22 22 22", None),
    ]
    again = take(workspace, CASES / "shared2.xlsx")
    assert (states(again), again.questions) == (["same"], ())


def test_namesakes_at_two_organisations_are_two_people(workspace: Workspace) -> None:
    take(workspace, CASES / "org1.xlsx")
    assert states(take(workspace, CASES / "org2.xlsx")) == ["new"]
    assert [one[1:3] for one in there(workspace)] == [
        ("Vereniging Noord", "015 55 55 55"),
        ("Vereniging Zuid", "015 66 66 66"),
    ]


def test_two_nameless_coordinators_at_two_organisations_are_two_people(workspace: Workspace) -> None:
    assert states(take(workspace, CASES / "org.xlsx")) == ["new"] * 4
    assert states(take(workspace, CASES / "org.xlsx")) == ["same"] * 4
    assert len(there(workspace)) == 4


def test_the_answer_same_person_changes_that_contact_and_new_makes_one(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, CASES / "shared1.xlsx")
    path = file(tmp_path, f"Mechelen;Ans Eerste-Janssens;coördinator;{BOX};;;", f"Mechelen;Bert;;{BOX};;;")
    asked = take_only(workspace, path)
    first, second = asked.undecided
    assert first.question
    assert second.question
    plan = take(workspace, path, {first.number: first.question.contact_id, second.number: NEW_PERSON})
    assert (states(plan), plan.undecided) == (["changed", "new"], ())
    assert [one[0] for one in there(workspace)] == ["Ans Eerste-Janssens", "Bert"]
    assert there(workspace)[0][3] == "let op: eerste"
    assert states(take(workspace, path)) == ["same", "same"]


def take_only(workspace: Workspace, path: Path) -> ImportPlan:
    """The preview."""
    sheet = read_workbook(path).sheets[0]
    mapping = wish_for(workspace, sheet, "contacts")
    assert mapping is not None
    return preview(workspace, path.name, sheet, mapping)


def test_a_name_without_organisation_may_be_the_one_that_has_one(workspace: Workspace, tmp_path: Path) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    workspace.run(AddContact(ContactContent("Els Voorbeeld", mechelen, "Welzijnshuis", note="belt liever")))
    plan = take(workspace, file(tmp_path, "Mechelen;Els Voorbeeld;;;015 12 34 56;;"))
    (row,) = plan.undecided
    assert row.question is not None
    assert row.question.sentence == SAME_NAME
    assert there(workspace)[1] == ("Els Voorbeeld", None, "015 12 34 56", None)
    # At another government it is somebody else.
    assert take(workspace, file(tmp_path, "Duffel;Els Voorbeeld;;;;;")).questions == ()


def test_the_same_person_with_another_mailbox_or_spelling_is_changed(workspace: Workspace, tmp_path: Path) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    workspace.run(AddContact(ContactContent("Zoë D’Hondt", mechelen, "Vzw Noord", email="oud@voorbeeld.be")))
    plan = take(workspace, file(tmp_path, "Mechelen;zoe d'hondt;;nieuw@voorbeeld.be;;VZW noord;"))
    assert (states(plan), plan.questions) == (["changed"], ())
    assert [one.email for one in workspace.query(list_contacts) if one.name != "diensthoofd"] == ["nieuw@voorbeeld.be"]


def test_two_people_with_one_function_and_two_mailboxes_stay_two(workspace: Workspace, tmp_path: Path) -> None:
    path = file(tmp_path, "Mechelen;;loket;een@voorbeeld.be;;;", "Mechelen;;loket;twee@voorbeeld.be;;;")
    assert states(take(workspace, path)) == ["new", "new"]
    assert states(take(workspace, path)) == ["same", "same"]


def test_the_same_person_twice_in_one_file_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    plan = take(workspace, file(tmp_path, "Mechelen;Jan Peeters;;;;;een", "Mechelen;JAN PEETERS;;;;;twee"))
    assert states(plan) == ["new", "rejected"]


def test_twins_that_are_there_are_not_multiplied(workspace: Workspace, tmp_path: Path) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    for phone in ("015 11 11 11", "015 22 22 22"):
        workspace.run(AddContact(ContactContent("Jan Peeters", mechelen, phone=phone)))
    assert states(take(workspace, file(tmp_path, "Mechelen;Jan Peeters;;;015 22 22 22;;"))) == ["same"]
    path = file(tmp_path, "Mechelen;Jan Peeters;;;015 33 33 33;;")
    assert states(take(workspace, path)) == ["new"]
    assert states(take(workspace, path)) == ["same"]
