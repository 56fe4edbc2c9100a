"""Any pack, with deletions, attachments, plans and erasures, taken over and back: the digest is that of before."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.person_pattern import SearchPattern
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.exchange.received_packs import (
    list_waiting,
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
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions.commands import DeleteSession, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
    AddKpiEntry,
    ChangeAgreement,
    DeleteAgreement,
)
from samenleven_desktop.services.sessions.track_commands import AddTrack, TrackContent
from samenleven_desktop.storage.models import TRACKED
from tests.builders import TODAY, WorkFile
from tests.several_plans import add_work, take_in_use
from tests.sync.colleagues import Colleague, all_know, copy_of
from tests.sync.states import differences, live, newest, state
from tests.sync.test_newer_versions import sql

pytestmark = pytest.mark.slow
NAME = "Zxqw Vwrst"


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
