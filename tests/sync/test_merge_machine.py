"""Two to five colleagues work, lose, double, reorder and repeat packs, live in other years, and forget people.

After all packs have reached everyone: equal content, every ledger row once, every overwritten value in a history (but
what was erased, which is found nowhere), the same open conflicts, bin and log, no conflict decided in silence. `make
test-long` plays 5,000 new ones, tests/tools/long_search.py any number; test_conflicts_converge.py keeps what it found.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.readmodels.exchange import Choice
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.exchange.apply_pack import local_identity, read_pack
from samenleven_desktop.services.exchange.conflict_commands import ResolveConflicts
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment, ChangeCommitments, DeleteCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.safekeeping import backups
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions.commands import ChangeSession, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
    AddKpiEntry,
    ChangeAgreement,
    DeleteAgreement,
)
from samenleven_desktop.services.sessions.queries import list_agreements, list_sessions
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace
from samenleven_desktop.storage.exchange import outgoing
from samenleven_desktop.storage.models import TRACKED
from samenleven_desktop.storage.queries.conflicts import conflicts
from tests.builders import CHEAP, PASSPHRASE, TODAY, WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of, opened_copy

CODES = ("12025", "12021")
WORDS = st.sampled_from(["rood", "groen", "blauw", "geel", "paars", "wit"])
PERSON = "Zxqw"


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> WorkFile:
    return make_small_file(tmp_path_factory.mktemp("small") / "small.samenlevendb")


def make_small_file(path: Path) -> WorkFile:
    """An officer, two governments, a commitment, a session with both and an agreement."""
    workspace = create_workspace(path, PASSPHRASE, Runtime(day=TODAY), CHEAP)
    ids = [workspace.query(government_by_code, code).id for code in CODES]
    officer = workspace.run(AddOfficer("coach"), kind="setup").result
    workspace.choose_officer(officer)
    workspace.run(ChooseGovernments(officer, tuple(ids)), kind="setup")
    for target in counted_targets(workspace)[:2]:
        workspace.run(AddCommitment(ids[0], 2, target, existing_reach=5, requested=50, confirmed=50), kind="setup")
    content = SessionContent(TODAY, 540, 600, SessionMode.VISIT, (ids[0],), "verslag")
    workspace.run(RegisterSession(content), kind="setup")
    workspace.run(AddAgreement(ids[0], Party.COACH, "afspraak"), kind="setup")
    workspace.close()
    return WorkFile(path, PASSPHRASE)


@pytest.fixture(scope="session")
def teams(small_file: WorkFile, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teams]:
    found = Teams(small_file, tmp_path_factory.mktemp("teams"))
    yield found
    found.close()


class Teams:
    """Ready files by the number of colleagues, made when a number is first needed, and the open files of a history.

    Those stay open from one history to the next and get the content of the ready ones again: opening them, and
    compiling the queries of each anew, took as long as the history itself.
    """

    def __init__(self, small: WorkFile, folder: Path) -> None:
        self._small, self._folder = small, folder
        self._ready: dict[int, list[WorkFile]] = {}
        self._open: dict[tuple[int, int], Workspace] = {}

    def colleague(self, count: int, number: int, folder: Path, around: Runtime) -> Colleague:
        """One of so many who know one another; its packs come in a folder of its own."""
        ready = self._team(count)[number]
        name = f"c{number}"
        if (count, number) not in self._open:
            place = self._folder / f"open-{count}"
            place.mkdir(exist_ok=True)
            self._open[count, number] = opened_copy(ready, place, name, around).workspace
        workspace = self._open[count, number]
        workspace.store._engine.dispose()
        for ending in ("-wal", "-shm"):
            workspace.path.with_name(workspace.path.name + ending).unlink(missing_ok=True)
        shutil.copyfile(ready.path, workspace.path)
        workspace.store.runtime = around
        own = folder / name
        own.mkdir()
        return Colleague(name, own, workspace)

    def close(self) -> None:
        for workspace in self._open.values():
            workspace.close()

    def _team(self, count: int) -> list[WorkFile]:
        if count not in self._ready:
            folder = self._folder / f"team-{count}"
            folder.mkdir()
            people = [copy_of(self._small, folder, f"c{number}") for number in range(count)]
            all_know(*people)
            for one in people:
                one.close()
            self._ready[count] = [WorkFile(one.workspace.path, PASSPHRASE) for one in people]
        return self._ready[count]


def counted_targets(workspace: Any) -> list[str]:
    from samenleven_desktop.domain.plan import TargetKind

    return [one.id for action in workspace.plan.actions for one in action.targets if one.kind is TargetKind.COUNT]


class Exchange(RuleBasedStateMachine):
    """`writes`: what was typed in which field, with what its writer had seen by then."""

    teams: Teams
    packs = Bundle("packs")

    @initialize(count=st.integers(2, 5))
    def begin(self, count: int) -> None:
        self.place = tempfile.TemporaryDirectory(dir=in_memory())
        folder = Path(self.place.name)
        self.skew: dict[int, timedelta] = dict.fromkeys(range(count), timedelta(0))
        self.people: list[Colleague] = []
        for number in range(count):
            around = Runtime(now=self.clock(number), day=TODAY)
            self.people.append(self.teams.colleague(count, number, folder, around))
        self.ids = [self.people[0].workspace.query(government_by_code, code).id for code in CODES]
        self.floor = self.top(self.people[0])
        self.writes: dict[tuple[str, str], list[tuple[str, str, set[str]]]] = {}
        self.entries: set[str] = set()
        self.erased: set[str] = set()
        self.texts = 0

    def clock(self, number: int) -> Any:
        return lambda: datetime.now(UTC) + self.skew[number]

    def someone(self, number: int) -> Colleague:
        return self.people[number % len(self.people)]

    def top(self, one: Colleague) -> int:
        return int(self.sql(one, "SELECT max(seq) FROM change")[0][0])

    def sql(self, one: Colleague, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return list(one.workspace.query(lambda reading: reading.view.connection.exec_driver_sql(query, values).all()))

    def seen(self, one: Colleague) -> set[str]:
        rows = self.sql(one, "SELECT device_id || ':' || number FROM change WHERE seq > ?", (self.floor,))
        return {row[0] for row in rows}

    def wrote(self, one: Colleague, row_id: str, field: str, value: str) -> None:
        """Notes the newest change of a field, with what its writer had seen."""
        query = "SELECT device_id || ':' || number, new FROM change WHERE row_id = ? AND field = ? ORDER BY seq DESC"
        found = self.sql(one, query, (row_id, field))
        if found and found[0][1] is not None and json.loads(found[0][1]) == value:
            ref = found[0][0]
            known = self.writes.setdefault((row_id, field), [])
            if all(other != ref for other, *_ in known):
                known.append((ref, value, self.seen(one)))

    # What people do

    @rule(who=st.integers(0, 4), which=st.integers(0, 1), words=WORDS)
    def edit_commitment(self, who: int, which: int, words: str) -> None:
        one = self.someone(who)
        rows = sorted(line.id for line in one.workspace.query(list_commitments, 2, None))
        if rows:
            row = rows[which % len(rows)]
            one.workspace.run(ChangeCommitments((FieldEdit(row, "note", words),)))
            self.wrote(one, row, "note", words)

    @rule(who=st.integers(0, 4), units=st.integers(1, 9))
    def count(self, who: int, units: int) -> None:
        one = self.someone(who)
        rows = sorted(line.id for line in one.workspace.query(list_commitments, 2, None))
        if rows:
            done = one.workspace.run(AddKpiEntry(rows[0], TODAY, EntryKind.INCREMENT, units))
            self.entries.add(done.result)

    @rule(who=st.integers(0, 4), which=st.integers(0, 1))
    def take_a_target_up(self, who: int, which: int) -> None:
        one = self.someone(who)
        target = counted_targets(one.workspace)[which + 2]
        with contextlib.suppress(UserError):  # when this target was taken up already
            one.workspace.run(AddCommitment(self.ids[1], 2, target, existing_reach=0, requested=10, confirmed=10))

    @rule(who=st.integers(0, 4))
    def drop_a_target(self, who: int) -> None:
        one = self.someone(who)
        rows = sorted(line.id for line in one.workspace.query(list_commitments, 2, None))
        if rows:
            one.workspace.run(DeleteCommitment(rows[-1]))

    @rule(who=st.integers(0, 4), words=WORDS)
    def edit_agreement(self, who: int, words: str) -> None:
        one = self.someone(who)
        rows = sorted(one.workspace.query(list_agreements), key=lambda line: line.id)
        if rows:
            one.workspace.run(ChangeAgreement(rows[0].id, Party.COACH, words, rows[0].due))
            self.wrote(one, rows[0].id, "what", words)

    @rule(who=st.integers(0, 4))
    def delete_agreement(self, who: int) -> None:
        one = self.someone(who)
        rows = sorted(one.workspace.query(list_agreements), key=lambda line: line.id)
        if rows:
            one.workspace.run(DeleteAgreement(rows[0].id))

    @rule(who=st.integers(0, 4), both=st.booleans(), words=WORDS)
    def edit_session(self, who: int, both: bool, words: str) -> None:
        one = self.someone(who)
        found = sorted(one.workspace.query(list_sessions), key=lambda line: line.id)
        if found:
            line = found[0]
            governments = tuple(self.ids) if both else (self.ids[0],)
            content = SessionContent(line.day, line.start_minute, line.end_minute, line.form, governments, words)
            one.workspace.run(ChangeSession(line.id, content))
            self.wrote(one, line.id, "report", words)

    @rule(who=st.integers(0, 4))
    def meet_a_person(self, who: int) -> None:
        one = self.someone(who)
        self.texts += 1
        name = f"{PERSON}{self.texts}"
        done = one.workspace.run(
            AddContact(ContactContent(name, self.ids[0], role="diensthoofd", phone="015 12 34 56"))
        )
        one.workspace.run(AddAgreement(self.ids[0], Party.COACH, f"bel {name} terug"))
        assert done.result

    @rule(who=st.integers(0, 4))
    def forget_a_person(self, who: int) -> None:
        one = self.someone(who)
        rows = self.sql(
            one, "SELECT id, name FROM contact WHERE deleted_at IS NULL AND name LIKE ? ORDER BY id", (f"{PERSON}%",)
        )
        if rows:
            one.workspace.run(EraseContact(rows[0][0]))
            self.erased.add(rows[0][1])

    @rule(who=st.integers(0, 4), again=st.booleans())
    def undo(self, who: int, again: bool) -> None:
        one = self.someone(who)
        try:
            one.workspace.undo()
            if again:
                one.workspace.redo()
        except UserError:
            pass  # nothing to undo, or changed since

    @rule(who=st.integers(0, 4), choice=st.sampled_from(list(Choice)))
    def decide(self, who: int, choice: Choice) -> None:
        one = self.someone(who)
        found = one.workspace.query(lambda reading: conflicts(reading.view))
        if found:
            chosen = choice if found[0].can_both or choice is not Choice.BOTH else Choice.MINE
            one.workspace.run(ResolveConflicts({found[0].id: chosen}))

    @rule(who=st.integers(0, 4), years=st.sampled_from([-56, -30, -1, 0, 1, 12, 30, 60]))
    def live_in_another_year(self, who: int, years: int) -> None:
        self.skew[who % len(self.people)] = timedelta(days=365 * years)

    # What happens to packs

    @rule(target=packs, who=st.integers(0, 4), whole=st.booleans(), which=st.integers(0, 1))
    def make(self, who: int, whole: bool, which: int) -> Path:
        one = self.someone(who)
        others = [other for other in self.people if other is not one]
        if whole:
            return one.give(*others)
        return one.give(*others, profile=Profile.CHOICE, governments=(self.ids[which],))

    @rule(pack=packs, who=st.integers(0, 4))
    def take(self, pack: Path, who: int) -> None:
        one = self.someone(who)
        if pack.parent != one.folder:
            one.take(pack)

    # What must hold in the end

    def teardown(self) -> None:
        if not hasattr(self, "people"):
            return
        try:
            self.everything_to_everyone()
            self.check()
        finally:
            self.place.cleanup()

    def everything_to_everyone(self) -> None:
        for _ in range(6):
            before = [self.vector(one) for one in self.people]
            changed = False
            for one in self.people:
                others = [other for other in self.people if other is not one]
                pack = one.give(*others)
                for other in others:
                    got = other.take(pack)
                    changed = changed or bool(got.changes or got.erased)
            if not changed and before == [self.vector(one) for one in self.people]:
                return
        raise AssertionError("they never come to rest")

    def vector(self, one: Colleague) -> Any:
        return one.workspace.query(lambda reading: outgoing.vector(reading.view.connection))

    def check(self) -> None:
        first, *others = self.people
        for other in others:
            assert self.vector(other) == self.vector(first)
            assert other.digest == first.digest
            assert self.open_conflicts(other) == self.open_conflicts(first)
            assert self.asked(other) == self.asked(first)
            assert self.bin(other) == self.bin(first)
            assert self.log(other) == self.log(first)
        for one in self.people:
            assert [row for row in check_health(one.workspace) if row.code not in ("backup", "vacuum")] == []
            assert self.sql(one, "SELECT count(*) FROM waiting_row") == [(0,)]
            for entry in self.entries:
                assert self.sql(one, "SELECT count(*) FROM kpi_entry WHERE id = ?", (entry,)) == [(1,)]
            self.check_histories(one)
            self.check_forgotten(one)
        self.check_nothing_in_silence(first)

    def open_conflicts(self, one: Colleague) -> list[Any]:
        return self.sql(
            one, "SELECT table_name, row_id, field, heads FROM conflict WHERE kind != 'double' ORDER BY 1, 2, 3"
        )

    def asked(self, one: Colleague) -> list[Any]:
        """What the inbox shows: also two commitments to one target."""
        lines = one.workspace.query(lambda reading: conflicts(reading.view))
        return sorted((line.kind, line.table_name, line.row_id, line.field) for line in lines)

    def bin(self, one: Colleague) -> list[Any]:
        return [
            (table, *row)
            for table in sorted(TRACKED)
            for row in self.sql(one, f"SELECT id, deleted_at FROM {table} WHERE deleted_at IS NOT NULL ORDER BY id")
        ]

    def log(self, one: Colleague) -> list[Any]:
        columns = "device_id, number, officer_id, hlc, command_id, table_name, row_id, field, old, new, replaces"
        return self.sql(one, f"SELECT {columns} FROM change ORDER BY device_id, number")

    def check_histories(self, one: Colleague) -> None:
        for (row_id, field), known in self.writes.items():
            rows = self.sql(one, "SELECT new FROM change WHERE row_id = ? AND field = ?", (row_id, field))
            kept = {json.loads(row[0]) for row in rows if row[0] is not None}
            for _, value, _ in known:
                assert value in kept

    def check_forgotten(self, one: Colleague) -> None:
        if not self.erased:
            return
        tables = [row[0] for row in self.sql(one, "SELECT name FROM sqlite_master WHERE type = 'table'")]
        held = json.dumps([[str(row) for row in self.sql(one, f"SELECT * FROM [{table}]")] for table in tables])
        other = next(person for person in self.people if person is not one)
        pack, _ = read_pack(local_identity(other.workspace), one.give(other))
        held += repr(pack.bundle)
        for name in self.erased:
            assert f"{name}'" not in held, name
            assert f"{name} " not in held, name
            assert f'{name}"' not in held, name

    def check_nothing_in_silence(self, one: Colleague) -> None:
        """Two values of which neither writer had seen the other, and which nobody wrote over since, are both heads."""
        heads = {(row_id, field): set(refs.split()) for _, row_id, field, refs in self.open_conflicts(one)}
        for (row_id, field), known in self.writes.items():
            rows = self.sql(
                one,
                "SELECT device_id || ':' || number, replaces FROM change WHERE row_id = ? AND field = ?",
                (row_id, field),
            )
            replaced = {ref for _, replaces in rows if replaces for ref in replaces.split()}
            last = [(ref, value, seen) for ref, value, seen in known if ref not in replaced]
            for ref, value, seen in last:
                for other, words, other_seen in last:
                    if value != words and other not in seen and ref not in other_seen:
                        assert {ref, other} <= heads.get((row_id, field), set())


def in_memory() -> str | None:
    """A file system in memory, if there is one: nothing here is about what survives a power cut."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def run(teams: Teams, monkeypatch: pytest.MonkeyPatch, examples: int, part: int | None = None, steps: int = 20) -> None:
    """Plays histories: those of a part are the same each time, without a part they are searched anew."""
    # Backups before each pack are tested elsewhere; here they would be half of the time.
    monkeypatch.setattr(backups, "back_up", lambda _store, _reason: None)
    monkeypatch.setattr(backups, "back_up_before_erasing", lambda _store, _rows: None)
    machine = type("Machine", (Exchange,), {"teams": teams})
    if part is not None:
        machine = seed(part)(machine)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            **({} if part is None else {"database": None}),
        ),
    )


# Four parts, so that they share the processors. The search that begins anew each time is `make test-long`.
@pytest.mark.parametrize("part", range(4))
@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_colleagues_always_end_equal_with_nothing_lost(
    part: int, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(teams, monkeypatch, 50, part)


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize("half", range(2))
def test_five_thousand_times(half: int, teams: Teams, monkeypatch: pytest.MonkeyPatch) -> None:
    run(teams, monkeypatch, 2500, steps=30)
