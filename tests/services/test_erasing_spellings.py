"""A person is erased in every spelling, or the preview named the place and left it to the user."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.comparison import fold, phone_digits
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.person_pattern import ERASED, SearchPattern
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.core.saved_filters import list_filters, save_filter
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.access_request import person_file
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.safekeeping.erasure import erase_preview, find_contact
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.safekeeping.workspace_file import back_up, check_health, put_back
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, ChangeAgreement
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile
from tests.raw_pages import decrypted

NAME, MAIL, PHONE = "Zoë D'Hondt-Maes", "zoe.dhondt-maes@bestuur.example", "0470 12 34 56"
NAMES = (
    NAME, "Zoë D’Hondt-Maes", "Zoë D‘Hondt-Maes", "Zoë D´Hondt-Maes", "Zoë D`Hondt-Maes", "Zoë DʼHondt-Maes",
    "Zoë D′Hondt-Maes", "Zoë D＇Hondt-Maes", "Zoe\u0308 D'Hondt-Maes", "Zoe D'Hondt-Maes", "ZOË D'HONDT-MAES",
    "zoë d'hondt-maes", "Zoë D'Hondt\u2011Maes", "Zoë D'Hondt\u2010Maes", "Zoë D'Hondt–Maes", "Zoë D'Hondt—Maes",
    "Zoë D'Hondt Maes", "Zoë D'Hondt\u00adMaes", "Zo\u00adë D'Hondt-Maes", "Zoë D'Hon\u200bdt-Maes",
    "Zoë D'Hon\u2060dt-Maes", "\ufeffZoë D'Hondt-Maes", "Zoë\u00a0D'Hondt-Maes", "Zoë\u202fD’Hondt\u2011Maes",
    "Zoë  D'Hondt-Maes", "Zoë\nD'Hondt-Maes", "Zoë\tD’Hondt-Maes", "Zoë\u2028D’Hondt-Maes", "Zoë Dhondt-Maes",
    "Zoë D Hondt-Maes", "Zoë D. Hondt-Maes", "\u200eZoë\u200f D'Hondt-Maes", "\u202aZoë D'Hondt-Maes\u202c",
    "Ｚｏë D'Hondt-Maes", "Zoë D'Hond\ufffet-Maes", "Zoë\u200d D’Hondt\u00ad-Maes",
)  # fmt: skip
NUMBERS = (
    PHONE, "+32 470 12 34 56", "+32470123456", "0032 470 12 34 56", "+32 (0)470 12 34 56", "0470/12.34.56",
    "0470/123456", "0470-12-34-56", "0470‑12‑34‑56", "0470–12–34–56", "0470\u00a012\u00a034\u00a056", "(0470) 12 34 56",
    "\u202a+32 470 12 34 56\u202c", "0470123456", "04 70 12 34 56", "0470\u200b123456", "+32.470.12.34.56",
    "٠٤٧٠ ١٢ ٣٤ ٥٦",
)  # fmt: skip
MAILS = (
    MAIL, MAIL.upper(), "zoe.dhondt-maes@bestuur.example\u200b", "zoe.dhondt\u2011maes@bestuur.example",
    "zoe.dhondt-\u200bmaes@bestuur.example", "zoë.dhondt-maes@bestuur.example", "ｚoe.dhondt-maes@bestuur.example",
)  # fmt: skip
SPELLINGS = (*NAMES, *NUMBERS, *MAILS)
# May be the person: the preview names these places, and only what is chosen goes.
PROBABLE = (
    "Zoë", "Zoé D'Hont-Maes", "D'Hondt-Maes, Zoë", "Z. D'Hondt-Maes", "mevrouw Maes", "ZoëDHondtMaes", "nr. 12 34 56",
    "zoe.dhondt",
)  # fmt: skip


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def mechelen(workspace: Workspace) -> str:
    return workspace.query(government_by_code, "12025").id


def add_person(workspace: Workspace) -> str:
    return workspace.run(AddContact(ContactContent(NAME, mechelen(workspace), email=MAIL, phone=PHONE))).result


def add_text(workspace: Workspace, what: str) -> str:
    return workspace.run(AddAgreement(mechelen(workspace), Party.COACH, what, TODAY)).result


def content(workspace: Workspace) -> str:
    """Everything in all files around the work file, decrypted: live and free pages, write-ahead log, backups."""
    folder, key = workspace.path.parent, workspace.store._key
    files = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size]
    raw = [
        decrypted(path, key) if path.suffix == ".samenlevendb" or path.name.endswith("-wal") else path.read_bytes()
        for path in files
    ]
    return "\n".join(one.decode("utf-8", errors="ignore") for one in raw)


def traces(workspace: Workspace, spellings: tuple[str, ...]) -> list[str]:
    """The spellings that are still there, as written, decomposed, as JSON escapes them, or folded."""
    everything = content(workspace)
    plain = re.sub(r"\W", "", fold(everything))
    found = {one for one in spellings for form in ("NFC", "NFD") if unicodedata.normalize(form, one) in everything}
    return sorted(found | {one for one in spellings if re.sub(r"\W", "", fold(one)) in plain})


@pytest.mark.slow
def test_sixty_spellings_are_found_nowhere_after_erasing(workspace: Workspace) -> None:
    contact = add_person(workspace)
    written = [add_text(workspace, f"Gesprek met {one}, en verder.") for one in SPELLINGS]
    changed = add_text(workspace, f"eerst {NAMES[1]}")
    workspace.run(ChangeAgreement(changed, Party.COACH, "nu niemand", TODAY))
    for number, one in enumerate(SPELLINGS):
        workspace.save_draft(f"session:{number}", {"report": f'Nog met "{one}"\nen {one}'})
    save_filter(workspace, "agenda", f"van {NAMES[1]}", {"words": NAMES[12]})
    back_up(workspace)
    assert len(SPELLINGS) >= 60
    preview = workspace.query(erase_preview, contact)
    assert {one.row_id for one in preview.mentions} == set(written)
    held = workspace.query(person_file, NAME)
    assert {one.row_id for one in held.mentions} == set(written)

    assert workspace.run(EraseContact(contact)).problem is None

    assert traces(workspace, SPELLINGS) == []
    assert check_health(workspace) == []
    texts = {one.what for one in workspace.query(list_agreements) if one.id in written}
    assert all(re.fullmatch(r"Gesprek met \W*\[gewist\]\W*, en verder\.", one) for one in texts), texts


@pytest.mark.slow
def test_the_preview_names_what_may_be_the_person_and_leaves_it_to_the_user(workspace: Workspace) -> None:
    contact = add_person(workspace)
    written = {add_text(workspace, f"Afspraak met {one}."): one for one in PROBABLE}
    changed = add_text(workspace, "eerst Zoë, dan niemand")
    workspace.run(ChangeAgreement(changed, Party.COACH, "nu niemand", TODAY))
    other = add_text(workspace, "Afspraak over zoeken, hond, 12 en Maesen.")
    workspace.save_draft("session:new", {"report": "Zoë belt"})
    save_filter(workspace, "agenda", "van Zoë", {"words": "Maes"})
    back_up(workspace)

    preview = workspace.query(erase_preview, contact)

    places = {(one.table_name, one.row_id) for one in preview.probable}
    named = {("follow_up", one) for one in (*written, changed)}
    assert places == named | {("draft", "session:new"), ("saved_filter", "agenda")}
    assert ("follow_up", other) not in places
    assert preview.mentions == ()
    kept = next(one for one, words in written.items() if words == "mevrouw Maes")
    chosen = tuple((one.table_name, one.row_id, one.field) for one in preview.probable if one.row_id != kept)
    assert workspace.run(EraseContact(contact, probable=chosen)).problem is None

    texts = {one.id: one.what for one in workspace.query(list_agreements)}
    assert texts[kept] == "Afspraak met mevrouw Maes."
    assert all(ERASED in texts[one] for one in written if one != kept), texts
    assert workspace.draft("session:new") == {"report": f"{ERASED} belt"}
    assert [one.name for one in workspace.query(list_filters, "agenda")] == [f"van {ERASED}"]
    everything = content(workspace)
    assert [one for one in PROBABLE if one != "mevrouw Maes" and one in everything] == []
    assert "mevrouw Maes" in everything
    assert check_health(workspace) == []


@pytest.mark.slow
def test_a_restored_backup_from_a_stick_has_lost_what_was_chosen(workspace: Workspace, tmp_path: Path) -> None:
    contact = add_person(workspace)
    text = add_text(workspace, "Zoë belt terug")
    made = back_up(workspace).backup
    stick = tmp_path.parent / f"{tmp_path.name}-stick"
    stick.mkdir()
    for path in (made.path, made.path.with_name(made.path.name + ".key")):
        shutil.copy(path, stick / path.name)
    workspace.run(EraseContact(contact, probable=(("follow_up", text, "what"),)))

    put_back(workspace, stick / made.path.name)

    assert next(one.what for one in workspace.query(list_agreements) if one.id == text) == f"{ERASED} belt terug"
    assert "Zoë belt" not in content(workspace)


def test_a_place_that_cannot_name_a_person_is_refused(workspace: Workspace) -> None:
    contact = add_person(workspace)
    with pytest.raises(UserError):
        workspace.run(EraseContact(contact, probable=(("follow_up", contact, "government_id"),)))


def test_contacts_are_found_in_every_spelling(workspace: Workspace) -> None:
    contact = add_person(workspace)
    for sought in (*SPELLINGS, "dhondt\u2011maes".replace("dh", "d’h")):
        assert workspace.query(find_contact, sought.strip()) == contact, ascii(sought)


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("+32 (0)470 12 34 56", "0470123456"), ("0032470123456", "0470123456"), ("0470/12.34.56", "0470123456"),
        ("+31 6 12 34 56 78", "0031612345678"), ("02 123 45 67", "021234567"), ("+32 2 123 45 67", "021234567"),
        ("", ""), ("intern 32", "32"),
    ],
)  # fmt: skip
def test_phone_numbers_are_compared_by_their_digits(number: str, digits: str) -> None:
    assert phone_digits(number) == digits


def test_names_without_spaces_around_them_and_short_names() -> None:
    assert SearchPattern(["王伟"]).without("和王伟说") == f"和{ERASED}说"
    assert SearchPattern(["김민준"]).without("김민준은 온다") == f"{ERASED}은 온다"
    words = SearchPattern(["Jo Li", "02 123 45 67 / 0470 12 34 56"])
    assert words.without("jo  li, 0470123456 of +32 2 123.45.67") == f"{ERASED}, {ERASED} of {ERASED}"
    assert words.without("Jolig en 10470123456") == "Jolig en 10470123456"
    assert words.probable().found("met Jo")


@given(st.text(alphabet=st.characters(), max_size=60), st.sampled_from(SPELLINGS), st.text(max_size=60))
def test_the_rest_of_a_text_stays(before: str, name: str, after: str) -> None:
    words = SearchPattern([NAME, MAIL, PHONE])
    left = words.without(f"{before} | {name} | {after}")
    assert left.startswith(before) or words.found(before)
    assert left.endswith(after) or words.found(after)
    assert not words.found(left)
