"""Taking a pack back: to the state of before, for every kind of pack, except for what it erased."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samenleven_desktop.i18n.exchange_labels import stays_erased_text
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.exchange.received_packs import (
    list_waiting,
    look_at_undo,
    next_to_ask_about,
    pack_lines,
    take_back,
)
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import (
    AddAttachment,
    AddContact,
    ContactContent,
)
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact, EraseRows
from samenleven_desktop.services.safekeeping.workspace_file import back_up, check_health, put_back
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
)
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.services.sessions.track_commands import AddTrack, TrackContent
from tests.builders import TODAY, WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of
from tests.sync.states import differences, live, newest, state
from tests.sync.test_newer_versions import sql

pytestmark = pytest.mark.slow
NAME = "Zxqw Vwrst"


@pytest.fixture
def pair(work_file: WorkFile, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague]]:
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    yield one, two
    one.close()
    two.close()


def place(one: Colleague) -> str:
    return str(one.workspace.query(government_by_code, "12025").id)


def test_attachments_go_with_their_contents(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    two.take(one.give(two))
    before = state(two)
    one.workspace.run(AddAttachment(place(one), "nota.txt", b"inhoud"))
    pack = one.give(two)
    two.take(pack)
    assert len(sql(two, "SELECT sha256 FROM attachment_content")) == 1
    two.workspace.undo()
    assert state(two) == before
    assert check_health(two.workspace) == []
    two.take(pack)
    assert two.digest == one.digest


def test_rows_that_waited_for_the_pack_wait_again(pair: tuple[Colleague, Colleague]) -> None:
    """The sender counts on a first file that was let go; it comes after what hangs on it, and is taken back."""
    one, two = pair
    contact = one.workspace.run(AddContact(ContactContent(NAME, place(one)))).result
    track = one.workspace.run(AddTrack(place(one), TrackContent("Oefenkansen", TODAY))).result
    first = one.give(two)
    two.take(first)
    one.take(two.give(one))
    two.workspace.undo()
    content = SessionContent(
        TODAY, 540, 600, SessionMode.VISIT, (place(one),), "verslag", contact_ids=(contact,), track_id=track
    )
    one.workspace.run(RegisterSession(content))
    two.take(one.give(two))
    assert two.workspace.query(list_waiting)
    before = state(two)
    two.take(first)
    assert two.workspace.query(list_waiting) == []
    assert two.digest == one.digest
    found = look_at_undo(two.workspace, newest(two))
    assert not found.built_upon
    take_back(two.workspace, newest(two))
    assert state(two) == before
    assert check_health(two.workspace) == []
    two.take(first)
    assert two.digest == one.digest


def test_work_about_a_record_of_the_pack_builds_upon_it(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    agreement = one.workspace.run(AddAgreement(place(one), Party.COACH, "bel")).result
    two.take(one.give(two))
    two.workspace.run(AddAttachment(place(two), "nota.txt", b"woorden", "follow_up", agreement))
    found = look_at_undo(two.workspace, newest(two))
    assert (found.built_upon, found.by_changes) == (True, True)


def test_an_earlier_pack_can_still_be_taken_back_after_a_restore(pair: tuple[Colleague, Colleague]) -> None:
    """In a restored file, the steps of before are those of another device."""
    one, two = pair
    one.workspace.run(AddAgreement(place(one), Party.COACH, "eerste"))
    two.take(one.give(two))
    put_back(two.workspace, back_up(two.workspace).backup.path)
    one.workspace.run(AddAgreement(place(one), Party.COACH, "tweede"))
    two.take(one.give(two))
    take_back(two.workspace, newest(two))
    left = [line.standing for line in pack_lines(two.workspace) if line.received]
    assert left == [True]
    take_back(two.workspace, newest(two))
    assert "eerste" not in {line.what for line in two.workspace.query(list_agreements, place(two))}


def test_the_content_of_what_was_erased_here_does_not_come_again(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    attachment = one.workspace.run(AddAttachment(place(one), "nota.txt", b"over iemand")).result
    pack = one.give(two)
    two.take(pack)
    two.workspace.run(EraseRows((("attachment", attachment),)))
    one.workspace.run(AddAgreement(place(one), Party.COACH, "verder"))
    two.take(one.give(two))
    assert sql(two, "SELECT count(*) FROM attachment_content") == [(0,)]


def test_a_shipped_row_keeps_its_true_value(pair: tuple[Colleague, Colleague]) -> None:
    """A pack that an earlier version took over wrote another name for a municipality; then it is taken back."""
    one, two = pair
    mechelen = place(two)
    one.workspace.run(AddAgreement(mechelen, Party.COACH, "bel"))
    before = two.digest
    two.take(one.give(two))
    with two.workspace.store.write_untracked() as connection:
        row = connection.exec_driver_sql("SELECT * FROM change WHERE arrived_in IS NOT NULL").mappings().first()
        assert row is not None
        lie = {**row, "seq": row["seq"] + 1, "number": row["number"] + 1, "table_name": "government"}
        lie |= {"row_id": mechelen, "field": "name", "old": '"Onwaar"', "new": '"Elders"'}
        marks = ", ".join(f":{name}" for name in lie)
        connection.exec_driver_sql(f"INSERT INTO change ({', '.join(lie)}) VALUES ({marks})", lie)
        connection.exec_driver_sql("UPDATE government SET name = 'Elders' WHERE id = ?", (mechelen,))
    two.workspace.store.set_meta(rows_made_with="an earlier version", shipped_data="2")
    two.workspace.load()
    assert two.workspace.query(government_by_code, "12025").name == "Mechelen"
    assert [found.code for found in check_health(two.workspace)] == ["set_right"]
    take_back(two.workspace, newest(two))
    assert two.digest == before
    assert two.workspace.query(government_by_code, "12025").name == "Mechelen"
    assert check_health(two.workspace) == []


# With an erasure


def erasing(pair: tuple[Colleague, Colleague]) -> str:
    """A contact that both know is erased by the first, who also wrote something new; returns the id."""
    one, two = pair
    contact = one.workspace.run(AddContact(ContactContent(NAME, place(one)))).result
    two.take(one.give(two))
    one.take(two.give(one))
    one.workspace.run(EraseContact(contact))
    one.workspace.run(AddAgreement(place(one), Party.COACH, "iets nieuws"))
    return str(contact)


def test_what_a_pack_erased_stays_so_and_the_rest_goes_back(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    contact = erasing(pair)
    before = live(two)
    pack = one.give(two)
    two.take(pack)
    found = next_to_ask_about(two.workspace)
    assert found is not None
    assert (found.erases, found.built_upon, found.by_changes) == (True, False, False)
    assert stays_erased_text(Language("nl"), found) == "Blijft gewist: contact (Mechelen)."
    two.workspace.undo()
    assert differences(before, live(two)) == {("contact", contact, "name")}
    assert sql(two, "SELECT name FROM contact WHERE id = ?", contact) == [("",)]
    assert check_health(two.workspace) == []
    assert two.take(pack).erased == 0
    assert two.digest == one.digest


def test_texts_that_lost_a_name_stay_without_it(pair: tuple[Colleague, Colleague]) -> None:
    """The receiver named the person too: taking back is then a change of the receiver's own."""
    one, two = pair
    contact = erasing(pair)
    mine = two.workspace.run(AddAgreement(place(two), Party.COACH, f"bel {NAME} terug")).result
    before = live(two)
    two.take(one.give(two))
    found = look_at_undo(two.workspace, newest(two))
    assert (found.erases, found.built_upon, found.by_changes) == (True, False, True)
    assert found.erased
    take_back(two.workspace, newest(two))
    assert differences(before, live(two)) == {("contact", contact, "name"), ("follow_up", mine, "what")}
    assert live(two)["follow_up", mine]["what"] == "bel [gewist] terug"
    assert check_health(two.workspace) == []
    one.take(two.give(one))
    two.take(one.give(two))
    assert one.digest == two.digest
