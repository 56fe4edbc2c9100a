"""Taking a pack back: to the state of before, for every kind of pack, except for what it erased."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.person_pattern import SearchPattern
from samenleven_desktop.i18n.exchange_labels import stays_erased_text
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.exchange.received_packs import (
    list_waiting,
    look_at_undo,
    next_to_ask_about,
    pack_lines,
    take_back,
)
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import ChangeCommitments
from samenleven_desktop.services.people.commands import (
    AddAttachment,
    AddContact,
    ContactContent,
    DeleteAttachment,
    DeleteContact,
)
from samenleven_desktop.services.plans.stored_plans import load_plan
from samenleven_desktop.services.safekeeping import backups
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact, EraseRows
from samenleven_desktop.services.safekeeping.workspace_file import back_up, check_health, put_back
from samenleven_desktop.services.sessions.commands import DeleteSession, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
    AddKpiEntry,
    ChangeAgreement,
    DeleteAgreement,
)
from samenleven_desktop.services.sessions.queries import list_agreements
from samenleven_desktop.services.sessions.track_commands import AddTrack, TrackContent
from samenleven_desktop.storage.exchange import outgoing
from samenleven_desktop.storage.models import TRACKED
from tests.builders import TODAY, WorkFile
from tests.several_plans import add_work, take_in_use
from tests.sync.colleagues import Colleague, all_know, copy_of
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


def state(one: Colleague) -> tuple[Any, ...]:
    """What a pack may change and taking it back must restore."""
    return (
        one.digest,
        one.workspace.query(lambda reading: outgoing.vector(reading.view.connection)),
        sql(one, "SELECT * FROM change ORDER BY seq"),
        sql(one, "SELECT id, reverted_by FROM command_log ORDER BY seq"),
        sql(one, "SELECT table_name, row_id, field, heads FROM conflict ORDER BY 1, 2, 3"),
        sql(one, "SELECT * FROM waiting_row ORDER BY 1, 2"),
        sql(one, "SELECT value FROM meta WHERE key = 'scopes_beyond'"),
        orphans_and_floor(one),
    )


def orphans_and_floor(one: Colleague) -> tuple[int, bool]:
    """Contents that no attachment has, and whether the clock stands higher than anything that is known here."""
    orphans = "SELECT count(*) FROM attachment_content WHERE sha256 NOT IN (SELECT sha256 FROM attachment)"
    floor = "SELECT 1 FROM meta WHERE key = 'clock_floor' AND CAST(value AS INTEGER) > (SELECT max(hlc) FROM change)"
    return sql(one, orphans)[0][0], bool(sql(one, floor))


def newest(one: Colleague) -> str:
    found = next(line.command_id for line in pack_lines(one.workspace) if line.received)
    assert found is not None
    return found


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


def live(one: Colleague) -> dict[tuple[str, str], dict[str, Any]]:
    def ask(reading: Any) -> dict[tuple[str, str], dict[str, Any]]:
        found = {}
        for name in TRACKED:
            query = f"SELECT * FROM {name} WHERE deleted_at IS NULL"
            for row in reading.view.connection.exec_driver_sql(query).mappings():
                found[name, str(row["id"])] = dict(row)
        return found

    return one.workspace.query(ask)


def differences(before: dict[tuple[str, str], Any], after: dict[tuple[str, str], Any]) -> set[tuple[str, str, str]]:
    """Returns table, row and column of what is not as before; no column for a row that came or went."""
    found = {(*at, "") for at in before.keys() ^ after.keys()}
    for at in before.keys() & after.keys():
        found |= {(*at, name) for name, value in before[at].items() if after[at][name] != value}
    return found


# Any pack


class Work:
    """Random work of one officer, through the commands of the program."""

    def __init__(self, one: Colleague, chance: random.Random) -> None:
        self.one, self.chance = one, chance
        self.names: list[str] = []
        self.plans = 0

    def do(self, *, erasing: bool = False) -> None:
        most = [self.agree, self.agree_otherwise, self.drop, self.meet, self.attach, self.visit, self.count, self.edit]
        if erasing:
            most += [self.forget, self.forget]
        elif self.plans < 2:
            most.append(self.plan)
        with contextlib.suppress(UserError):  # nothing to undo, or changed since
            self.chance.choice([*most, self.undo])()

    def government(self) -> str:
        return str(self.one.workspace.query(government_by_code, self.chance.choice(["12025", "12021"])).id)

    def row(self, table: str) -> str | None:
        rows = sql(self.one, f"SELECT id FROM {table} WHERE deleted_at IS NULL ORDER BY id")
        return str(self.chance.choice(rows)[0]) if rows else None

    def words(self) -> str:
        name = self.chance.choice([*self.names, "iemand"])
        return f"{self.chance.choice(['bel', 'mail', 'zie'])} {name} {self.chance.randrange(99)}"

    def agree(self) -> None:
        self.one.workspace.run(AddAgreement(self.government(), Party.COACH, self.words()))

    def agree_otherwise(self) -> None:
        row = self.row("follow_up")
        if row is not None:
            self.one.workspace.run(ChangeAgreement(row, Party.GOVERNMENT, self.words(), TODAY))

    def drop(self) -> None:
        doors = {"follow_up": DeleteAgreement, "contact": DeleteContact, "attachment": DeleteAttachment}
        table = self.chance.choice([*doors, "support_session"])
        row = self.row(table)
        if row is not None:
            self.one.workspace.run(doors[table](row) if table in doors else DeleteSession(row, TODAY))

    def meet(self) -> None:
        name = f"Zxqw{self.chance.randrange(10**9)}"
        self.names.append(name)
        self.one.workspace.run(AddContact(ContactContent(name, self.government(), role="diensthoofd")))

    def attach(self) -> None:
        content = f"inhoud {self.chance.randrange(4)}".encode()
        about = self.row("follow_up") if self.chance.random() < 0.3 else None
        table = None if about is None else "follow_up"
        self.one.workspace.run(AddAttachment(self.government(), "nota.txt", content, table, about))

    def visit(self) -> None:
        government, contact = self.government(), self.row("contact")
        track = self.one.workspace.run(AddTrack(government, TrackContent("Oefenkansen", TODAY))).result
        contacts = () if contact is None else (contact,)
        content = SessionContent(
            TODAY, 540, 600, SessionMode.VISIT, (government,), self.words(), contact_ids=contacts, track_id=track
        )
        self.one.workspace.run(RegisterSession(content))

    def count(self) -> None:
        row = self.row("commitment")
        if row is not None:
            self.one.workspace.run(
                AddKpiEntry(row, TODAY, EntryKind.INCREMENT, self.chance.randint(1, 9), self.words())
            )

    def edit(self) -> None:
        row = self.row("commitment")
        if row is not None:
            self.one.workspace.run(ChangeCommitments((FieldEdit(row, "note", self.words()),)))

    def plan(self) -> None:
        name = ("two-years", "same-numbers")[self.plans]
        self.plans += 1
        (plan,) = take_in_use(self.one.workspace, name)
        add_work(self.one.workspace, plan, self.government(), 0)

    def undo(self) -> None:
        self.one.workspace.undo()

    def forget(self) -> None:
        row = self.row("contact")
        if row is not None:
            self.one.workspace.run(EraseContact(row))


def play(
    work_file: WorkFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, rounds: int, *, erasing: bool
) -> int:
    """Takes packs over and back, one by one; returns how many changed something here."""
    # Backups are tested elsewhere; here they would be half of the time.
    monkeypatch.setattr(backups, "back_up", lambda _store, _reason: None)
    monkeypatch.setattr(backups, "back_up_before_erasing", lambda _store, _rows: None)
    monkeypatch.setattr(backups, "clean_all", lambda _store, _words: 0)
    chance = random.Random(seed)
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    try:
        all_know(one, two)
        theirs, mine = Work(one, chance), Work(two, chance)
        waiting: list[Path] = []
        counted = 0
        for _ in range(rounds):
            for _ in range(chance.choice((1, 2, 4))):
                theirs.do(erasing=erasing)
            if chance.random() < 0.4:
                mine.do()
            waiting.append(one.give(two))
            pack = waiting.pop(chance.randrange(len(waiting)))
            counted += _there_and_back(two, pack, [*theirs.names, *mine.names], erasing=erasing)
            if chance.random() < 0.7:
                two.take(pack)
                if chance.random() < 0.4:
                    one.take(two.give(one))
            elif not erasing and two.take(pack).changes:
                # The sender counts on a pack that was taken back: what hangs on it waits.
                one.take(two.give(one))
                take_back(two.workspace, newest(two))
                waiting.append(pack)
            if chance.random() < 0.1:
                for plan in one.workspace.plans.in_use:
                    if plan.code not in {known.code for known in two.workspace.plans.in_use}:
                        load_plan(two.workspace, plan)
        assert [found.code for found in check_health(two.workspace) if found.code != "backup"] == []
        for _ in range(3):
            for pack in waiting:
                two.take(pack)
            one.take(two.give(one))
            two.take(one.give(two))
        assert {line.needs_table for line in two.workspace.query(list_waiting)} <= {"project_year", "action", "target"}
        return counted
    finally:
        one.close()
        two.close()


def _there_and_back(two: Colleague, pack: Path, names: list[str], *, erasing: bool) -> bool:
    before, rows = state(two), live(two)
    got = two.take(pack)
    if got.changes + got.erased == 0:
        return False
    if not erasing:
        take_back(two.workspace, newest(two))
        assert state(two) == before
        return True
    take_back(two.workspace, newest(two))
    markers = {(table, row_id) for table, row_id in sql(two, "SELECT table_name, row_id FROM erasure")}
    after = live(two)
    for table, row_id, column in differences(rows, after):
        assert column, (table, row_id)
        there = rows[table, row_id][column]
        if (table, row_id) in markers:
            assert column in TRACKED[table].personal
            assert not after[table, row_id][column]
        else:
            assert any(name in there for name in names)
            assert after[table, row_id][column] == SearchPattern(names).without(there)
    return True


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(4))
def test_fifty_packs_there_and_back(
    seed: int, work_file: WorkFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert play(work_file, tmp_path, monkeypatch, seed, 50, erasing=False) > 25


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(4, 6))
def test_fifty_packs_with_erasures_there_and_back(
    seed: int, work_file: WorkFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert play(work_file, tmp_path, monkeypatch, seed, 50, erasing=True) > 25
