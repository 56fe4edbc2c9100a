"""A person who is erased is found nowhere; what does not identify stays; a restore does not bring the person back."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import String, select

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.person_pattern import ERASED, SearchPattern
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.core.search import search
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.people.access_request import person_bytes, person_file
from samenleven_desktop.services.people.commands import (
    AddAttachment,
    AddContact,
    ChangeContact,
    ContactContent,
    DeleteContact,
)
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.safekeeping.erasure import (
    DEFAULT_MONTHS,
    erase_preview,
    erased_so_far,
    find_contact,
    months_later,
    retention_review,
)
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact, EraseRows
from samenleven_desktop.services.safekeeping.workspace_file import (
    back_up,
    check_health,
    choose_second_place,
    daily_backup,
    put_back,
)
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, AddKpiEntry
from samenleven_desktop.services.sessions.queries import list_sessions
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.models import TRACKED, Base, table_of
from tests.builders import TODAY, WorkFile
from tests.raw_pages import decrypted
from tests.sync.colleagues import Colleague, all_know, newcomer

NAME, EARLIER = "Kwetsbaar Persoontje", "Zeldzaam Oudenaam"
MAIL, PHONE = "kwetsbaar@bestuur.example", "0470 11 22 33"
SPELLINGS = (NAME, EARLIER, MAIL, PHONE, "Persoontje", "Oudenaam", "0470/112233")


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def key_of(workspace: Workspace) -> bytes:
    return workspace.store._key


def everywhere(workspace: Workspace) -> dict[str, bytes]:
    """Every byte of the work file, what SQLite left beside it, and the backups, deciphered."""
    folder = workspace.path.parent
    files = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size]
    return {
        str(path.relative_to(folder)): decrypted(path, key_of(workspace)) if _is_database(path) else path.read_bytes()
        for path in files
    }


def _is_database(path: Path) -> bool:
    return path.suffix == ".samenlevendb" or path.name.endswith("-wal")


def traces(workspace: Workspace) -> list[tuple[str, str]]:
    return [
        (name, one)
        for name, content in everywhere(workspace).items()
        for one in SPELLINGS
        for coded in (one.encode(), one.lower().encode())
        if coded in content
    ]


def left(workspace: Workspace) -> set[str]:
    """What is still found where attachments that name the person were kept: their content, and nothing else."""
    return {one for _, one in traces(workspace)}


def add_person(workspace: Workspace) -> str:
    """A contact under two names, present at a session, named in texts, a draft, a filter and two attachments."""
    mechelen = workspace.query(government_by_code, "12025").id
    contact = workspace.run(AddContact(ContactContent(EARLIER, mechelen, role="diensthoofd"))).result
    workspace.run(ChangeContact(contact, ContactContent(NAME, mechelen, role="diensthoofd", email=MAIL, phone=PHONE)))
    report = f"Gesprek met {NAME} (eerder {EARLIER.upper()}), bereikbaar op 0470/112233 of {MAIL}.\nDe rest blijft."
    workspace.run(
        RegisterSession(SessionContent(TODAY, 540, 600, SessionMode.VISIT, (mechelen,), report, contact_ids=(contact,)))
    )
    workspace.run(AddAgreement(mechelen, Party.GOVERNMENT, f"{NAME} belt terug", TODAY))
    commitment = workspace.query(list_commitments, 2, [mechelen])[0].id
    workspace.run(AddKpiEntry(commitment, TODAY, EntryKind.INCREMENT, 3, f"volgens {NAME}"))
    workspace.save_draft("session:new", {"report": f'Nog met "{NAME}" praten', "times": [1, 2]})
    workspace.run(AddAttachment(mechelen, "nota.txt", f"Verslag over {NAME}".encode()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{NAME.split()[0]}</w:t> <w:t>{NAME.split()[1]}</w:t>")
    workspace.run(AddAttachment(mechelen, "nota.docx", packed.getvalue()))
    workspace.run(AddAttachment(mechelen, "agenda.txt", b"niets over iemand"))
    return contact


@pytest.mark.slow
def test_an_erased_person_is_found_nowhere(workspace: Workspace, tmp_path: Path) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    choose_second_place(workspace, second)
    contact = add_person(workspace)
    back_up(workspace)
    sessions = len(workspace.query(list_sessions))
    assert {name.rpartition("-")[2].partition(".")[0] for name, _ in traces(workspace)} >= {"wal", "manual"}
    preview = workspace.query(erase_preview, contact)
    assert (len(preview.mentions), {one.name for one in preview.attachments}) == (3, {"nota.txt", "nota.docx"})

    done = workspace.run(EraseContact(contact, tuple(one.id for one in preview.attachments)))

    assert done.problem is None
    assert traces(workspace) == []
    assert len([name for name in everywhere(workspace) if "-manual.n" in name and name.endswith("db")]) == 2
    assert len(workspace.query(list_sessions)) == sessions
    (report,) = [one.report for one in workspace.query(list_sessions) if ERASED in one.report]
    assert report.endswith("De rest blijft.")
    assert report.count(ERASED) == 4
    draft = workspace.draft("session:new")
    assert draft == {"report": f'Nog met "{ERASED}" praten', "times": [1, 2]}
    assert contact not in {one.id for one in workspace.query(list_contacts)}
    assert not workspace.query(search, "persoontje")
    assert check_health(workspace) == []
    made = back_up(workspace)
    assert traces(workspace) == []
    assert made.second is not None


@pytest.mark.slow
def test_restoring_a_backup_from_a_stick_does_not_bring_the_person_back(workspace: Workspace, tmp_path: Path) -> None:
    contact = add_person(workspace)
    made = back_up(workspace).backup
    stick = tmp_path / "stick" / made.path.name
    stick.parent.mkdir()
    shutil.copy(made.path, stick)
    shutil.copy(made.path.with_name(made.path.name + ".key"), stick.with_name(stick.name + ".key"))
    named = workspace.query(erase_preview, contact).attachments
    workspace.run(EraseContact(contact, tuple(one.id for one in named)))
    shutil.move(stick.parent, tmp_path.parent / f"{tmp_path.name}-away")
    elsewhere = tmp_path.parent / f"{tmp_path.name}-away" / stick.name

    put_back(workspace, elsewhere)

    assert traces(workspace) == []
    assert contact not in {one.id for one in workspace.query(list_contacts)}
    assert check_health(workspace) == []


@pytest.mark.slow
def test_packs_know_nothing_of_the_person_any_more(workspace: Workspace, tmp_path: Path) -> None:
    """Nor does a pack from before bring the person to a colleague who heard of the erasing."""
    contact = add_person(workspace)
    one, two = Colleague("one", workspace.path.parent, workspace), newcomer(tmp_path, "two")
    try:
        all_know(one, two)
        early = one.give(two)
        named = workspace.query(erase_preview, contact).attachments
        workspace.run(EraseContact(contact, tuple(one.id for one in named)))
        two.take(one.give(two))
        assert traces(two.workspace) == []
        assert two.digest == one.digest
        two.take(early)
        assert traces(two.workspace) == []
        assert two.digest == one.digest
        assert [one.code for one in check_health(two.workspace)] in ([], ["contents"])
    finally:
        two.close()


@pytest.mark.slow
def test_what_was_written_about_the_person_cannot_be_undone_the_rest_can(workspace: Workspace) -> None:
    contact = add_person(workspace)
    mechelen = workspace.query(government_by_code, "12025").id
    workspace.run(AddAgreement(mechelen, Party.COACH, "zaal vragen", TODAY))
    workspace.run(EraseContact(contact))
    assert workspace.undo().result[0] == AddAgreement.name
    while (names := workspace.undo_names()).undo is not None:
        assert names.undo[0] not in (EraseContact.name, AddContact.name, ChangeContact.name)
        workspace.undo()
    assert left(workspace) == {NAME, "Persoontje"}
    assert contact not in {one.id for one in workspace.query(list_contacts)}


def test_a_function_is_no_name_and_short_words_are_left_alone() -> None:
    words = SearchPattern(["Al", "Anneke Voorbeeld", "a.b@c.be", "+32 470 11 22 33"])
    text = "Al wat Anneke  Voorbeeld zegt (A.B@C.be, +32470112233), zegt Annekes Voorbeeldje niet."
    assert words.without(text) == f"Al wat {ERASED} zegt ({ERASED}, {ERASED}), zegt Annekes Voorbeeldje niet."
    assert not SearchPattern(["Al", ""])


def test_erasing_a_contact_named_by_function_leaves_the_word_in_texts(workspace: Workspace) -> None:
    mechelen = workspace.query(government_by_code, "12025").id
    contact = workspace.run(AddContact(ContactContent("", mechelen, role="jeugdconsulent"))).result
    workspace.run(AddAgreement(mechelen, Party.GOVERNMENT, "de jeugdconsulent belt", TODAY))
    assert workspace.query(erase_preview, contact).mentions == ()
    workspace.run(EraseContact(contact))
    assert workspace.query(search, "jeugdconsulent")


def test_contacts_are_found_by_name_mail_or_id(workspace: Workspace) -> None:
    contact = add_person(workspace)
    for sought in (NAME, NAME.lower(), MAIL, contact, "Persoontje"):
        assert workspace.query(find_contact, sought) == contact
    with pytest.raises(UserError, match="No contact"):
        workspace.query(find_contact, "niemand")
    mechelen = workspace.query(government_by_code, "12025").id
    workspace.run(AddContact(ContactContent("Nog een Persoontje", mechelen)))
    with pytest.raises(UserError, match="2 contacts"):
        workspace.query(find_contact, "persoontje")


def test_the_request_of_a_person_gives_everything_held(workspace: Workspace) -> None:
    add_person(workspace)
    found = workspace.query(person_file, NAME)
    assert len(found.contacts) == len(found.sessions) == 1
    assert (len(found.mentions), len(found.attachments)) == (3, 2)
    content = json.loads(person_bytes(found, Language("nl"), ".json"))
    assert content["data"]["contacts"][0]["email"] == MAIL
    everything = json.dumps(content, ensure_ascii=False)
    assert all(one in everything for one in (NAME, EARLIER, MAIL, PHONE, "nota.docx", "belt terug"))
    assert person_bytes(found, Language("nl"), ".pdf").startswith(b"%PDF")
    with pytest.raises(UserError, match="Nothing is held"):
        workspace.query(person_file, "Onbekend Iemand")


def test_no_unmarked_field_receives_a_contacts_values(workspace: Workspace) -> None:
    add_person(workspace)
    with workspace.store.read() as connection:
        for name, model in TRACKED.items():
            table = table_of(model)
            for row in connection.execute(select(table)).mappings():
                for column, value in row.items():
                    if isinstance(value, str) and any(one.lower() in value.lower() for one in SPELLINGS):
                        assert column in model.personal, (name, column)


# Columns of text that hold no free words: ids, codes, days and the closed words of the program.
CODES = {
    "instrument_state", "organisation_kind", "finding", "stimulus_kind", "condition_code",
    "id", "deleted_at", "kind", "state", "form", "who", "role", "paid_from", "cost", "actions", "linked_actions",
    "action_ids", "linked_action_ids", "report_kind", "report_language", "left_out",
    "plan_version", "plan_hash", "jury_result", "code", "sha256", "about_table", "mentor_code", "successor_code", "kbo",
}  # fmt: skip
# A partnership or an organisation is no person; its name, code, region and page are public.
PUBLIC = {("government", one) for one in ("name", "search_name", "province", "reference_region", "page")}


def test_every_column_of_text_is_marked_or_holds_a_code() -> None:
    for name, model in TRACKED.items():
        for column in table_of(model).c:
            if isinstance(column.type, String) and not column.foreign_keys and not column.name.endswith("_id"):
                known = column.name in model.personal or column.name in CODES or (name, column.name) in PUBLIC
                assert known, f"{name}.{column.name}: personal, or a code?"
    assert TRACKED["contact"].personal >= {"name", "role", "email", "phone", "note"}
    assert Base.metadata.tables["draft"] is not None


def later(workspace: Workspace, days: int) -> Workspace:
    moment = datetime.now(UTC) + timedelta(days=days)
    runtime = Runtime(now=lambda: moment, day=moment.date())
    path = workspace.path
    workspace.close()
    return open_workspace(path, runtime, "een lange zin om te testen")


@pytest.mark.slow
def test_what_lay_in_the_bin_for_ninety_days_is_erased(workspace: Workspace) -> None:
    contact = add_person(workspace)
    workspace.run(DeleteContact(contact))
    after = later(workspace, 91)
    try:
        # The days are counted up to the last day of use before this one: one start with a wrong clock erases nothing.
        daily_backup(after)
        assert after.query(erased_so_far) == []
        after = later(after, 92)
        daily_backup(after)
        assert [(table, n) for _, table, n in after.query(erased_so_far)] == [("contact", 1)]
        assert left(after) == {NAME, "Persoontje"}
        assert check_health(after) == []
    finally:
        after.close()


def test_the_retention_review_names_what_is_over_its_period(workspace: Workspace) -> None:
    before = workspace.query(retention_review, DEFAULT_MONTHS)
    assert before == []
    short = {"contact": 0, "report": 12, "agreement": 1, "attachment": 12}
    found = workspace.query(retention_review, short)
    limit = months_later(TODAY, -12)
    reports = [one for one in found if one.kind == "report"]
    assert {one.row_id for one in reports} == {one.id for one in workspace.query(list_sessions) if one.day < limit}
    assert all(one.until <= TODAY and one.until == months_later(one.last_used, 12) for one in reports)
    minutes = sum(one.minutes for one in workspace.query(list_sessions))
    back_up(workspace)
    workspace.run(EraseRows(tuple((one.table_name, one.row_id) for one in found)))
    assert workspace.query(retention_review, short) == []
    assert sum(one.minutes for one in workspace.query(list_sessions)) == minutes
    assert {table: n for _, table, n in workspace.query(erased_so_far)}["support_session"] == len(reports)
    assert check_health(workspace) == []


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 3, 11), -12, date(2023, 3, 11)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 5, 31), -3, date(2024, 2, 29)),
    ],
)
def test_months_later(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


def test_only_what_is_gone_or_may_hold_a_person_is_erased_alive(workspace: Workspace) -> None:
    """The label of a coach, a track or a commitment is no personal data of somebody else."""
    officer = str(workspace.officer_id)
    with pytest.raises(UserError, match="only be erased once it is deleted"):
        workspace.run(EraseRows((("officer", officer),)))
    assert workspace.query(erased_so_far) == []
