"""The report of the subsidy portal: values in quotes of their own, candidacies and contacts, no account numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.interchange.subsidy_portal import COLUMNS, read_portal
from samenleven_desktop.services.importing.import_plan import ImportPlan
from samenleven_desktop.services.importing.run import preview_document, read_file, take_document_over
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.stimuli.queries import stimuli
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile

ACCOUNT = "BE00 0000 0000 0000"


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def report(*rows: dict[str, str]) -> bytes:
    """As the portal writes it: each value in quotes, then CSV quoting on top; line breaks and tabs as two signs."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        plain = (row.get(name, "").replace("\n", "\\n").replace("\t", "\\t") for name in COLUMNS)
        writer.writerow(f'"{value}"' for value in plain)
    return stream.getvalue().encode()


def row(**values: str) -> dict[str, str]:
    return {
        "subsidieURI": "http://voorbeeld/1",
        "modified": "2023-05-04",
        "rekeningnummer": ACCOUNT,
        "bestuurseenheid": "Mechelen",
        "samenwerking": "false",
        "socialImpactBond": "false",
        "mentorschap": "false",
        **values,
    }


def planned(workspace: Workspace, content: bytes, folder: Path) -> ImportPlan:
    (folder / "portaal.csv").write_bytes(content)
    plan = preview_document(workspace, read_file(folder / "portaal.csv"), 2)
    assert plan is not None
    return plan


MENTOR = row(
    mentorschap="true",
    mentorschapActie="9",
    mentorschapMotivering='Wij "doen" dit al; jaren.\nMet\teen tweede lijn.',
    contactFirstName="Diensthoofd",
    contactLastName="Samenleven",
    contactEmail="dienst@bestuur.be",
    contactTelephone="015 00 00 00",
)


def test_a_value_arrives_as_it_was_typed() -> None:
    raw = report(MENTOR)
    assert b'"""Mechelen"""' in raw
    (found,) = read_portal("portaal.csv", raw)
    assert found.values["mentorschapMotivering"] == 'Wij "doen" dit al; jaren.\nMet\teen tweede lijn.'
    assert "rekeningnummer" not in found.values


def test_candidacies_and_contacts_come_in_once(workspace: Workspace, tmp_path: Path) -> None:
    bond = row(socialImpactBond="true", voorstelSocialImpactBond="Jongeren zonder werk.", samenwerking="ja")
    plan = planned(workspace, report(MENTOR, bond), tmp_path)
    assert [one.state for one in plan.rows] == [RowState.NEW] * 4
    take_document_over(workspace, plan)
    lines = {
        one.kind: one for one in workspace.query(stimuli, 2) if one.government_name == "Mechelen" and one.record_id
    }
    assert lines.keys() == {"mentorrol", "samenwerking", "sociale_impact_obligatie"}
    contact = next(one for one in workspace.query(list_contacts) if one.email == "dienst@bestuur.be")
    assert (contact.name, contact.phone) == ("Diensthoofd Samenleven", "015 00 00 00")
    again = planned(workspace, report(MENTOR, bond), tmp_path)
    assert {one.state for one in again.rows} == {RowState.SAME}
    assert check_health(workspace) == []
    workspace.undo()
    assert not [one for one in workspace.query(stimuli, 2) if one.record_id]


def test_a_shared_mailbox_is_no_match_and_a_person_comes_in_once(workspace: Workspace, tmp_path: Path) -> None:
    take_document_over(workspace, planned(workspace, report(MENTOR, MENTOR), tmp_path))
    other = {**MENTOR, "contactFirstName": "Iemand", "contactLastName": "Anders"}
    plan = planned(workspace, report(other), tmp_path)
    (row,) = plan.undecided
    assert row.state == RowState.NEW
    take_document_over(workspace, plan)
    names = [one.name for one in workspace.query(list_contacts) if one.email == "dienst@bestuur.be"]
    assert sorted(names) == ["Diensthoofd Samenleven", "Iemand Anders"]
    again = planned(workspace, report(MENTOR, other), tmp_path)
    assert {one.state for one in again.rows} == {RowState.SAME}


def test_account_numbers_are_not_kept(workspace: Workspace, tmp_path: Path) -> None:
    take_document_over(workspace, planned(workspace, report(MENTOR), tmp_path))
    with workspace.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT coalesce(new, '') || coalesce(old, '') FROM change").scalars()
        assert not any(ACCOUNT in one for one in rows)


def test_by_kbo_first_and_what_is_not_understood_is_listed(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        row(bestuurseenheid="Een naam die niemand kent", kbo="0207499430", mentorschap="true", mentorschapActie="99"),
        row(bestuurseenheid="Mechlen"),
        row(samenwerking="misschien"),
        row(mentorschap="true", mentorschapActie="9", mentorschapMotivering="x" * 3000),
    )
    plan = planned(workspace, report(*rows), tmp_path)
    columns = [one.fault.column for one in plan.rejected() if one.fault]
    assert columns == ["mentorschapActie", "bestuurseenheid", "samenwerking", "mentorschapMotivering"]
    assert plan.rejected()[1].fault.proposal[0] == "Mechelen"  # type: ignore[union-attr,index]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"subsidieURI;mentorschap\r\n1;true\r\n", "is missing"),
        (report(), "no rows"),
        (report(MENTOR) + b'"een";"twee"\r\n', "has 2 values, not 16"),
    ],
)
def test_a_report_that_is_wrong_is_a_sentence(
    workspace: Workspace, tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        planned(workspace, content, tmp_path)
