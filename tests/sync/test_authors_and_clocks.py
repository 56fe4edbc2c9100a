"""Nobody writes as me; a clock from the future is kept as it was signed, and spoils nothing here."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.clock import HybridClock, Runtime, is_ahead
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.field_merge import Logged, current, heads, unseen_edits
from samenleven_desktop.services.exchange.apply_pack import apply_pack, preview_pack
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.storage.exchange import outgoing
from tests.builders import TODAY, WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of
from tests.sync.forging import Opened, opened
from tests.sync.test_damaged_packs import everything
from tests.sync.test_exchange import commitment, edit, inbox


@pytest.fixture
def three(work_file: WorkFile, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague, Colleague]]:
    people = tuple(copy_of(work_file, tmp_path, name) for name in ("one", "two", "third"))
    all_know(*people)
    yield people  # type: ignore[misc]
    for who in people:
        who.close()


def device_of(who: Colleague) -> str:
    with who.workspace.store.read() as connection:
        return who.workspace.store.meta(connection, "device_id") or ""


def _as_mine(inside: Opened, mine: str) -> None:
    """The new change under my name, in a step of mine."""
    for change in inside.body["changes"]:
        change[0], change[1] = mine, change[1] + 1000
    for place in inside.body["places"]:
        place[3], place[4] = mine, place[4] + 1000
    for command in inside.body["commands"]:
        command[1] = mine


def _in_my_stream(inside: Opened, mine: str) -> None:
    for place in inside.body["places"]:
        place[1], place[2] = mine, place[2] + 1000


def _step_of_mine(inside: Opened, mine: str) -> None:
    for command in inside.body["commands"]:
        command[1] = mine


def _far_number(inside: Opened, _mine: str) -> None:
    number = 10**14
    for change, place in zip(inside.body["changes"], inside.body["places"], strict=True):
        number += 1
        change[1] = place[4] = number


@pytest.mark.parametrize("lie", [_as_mine, _in_my_stream, _step_of_mine, _far_number])
def test_nobody_writes_as_me(
    lie: Callable[[Opened, str], None], three: tuple[Colleague, Colleague, Colleague], tmp_path: Path
) -> None:
    one, two, _ = three
    two.take(one.give(two))
    one.take(two.give(one))
    edit(one, "note", "vals")
    inside = opened(one.give(two), two)
    assert len(inside.body["changes"]) == 1
    lie(inside, device_of(two))
    path = inside.close(one, tmp_path / "vals.samenleven", two)
    before, undo = everything(two), two.workspace.undo_names()
    for ask in (preview_pack, apply_pack):
        with pytest.raises(UserError):
            ask(two.workspace, path)
    assert (everything(two), two.workspace.undo_names()) == (before, undo)


def test_my_own_work_in_another_wording_is_refused(
    three: tuple[Colleague, Colleague, Colleague], tmp_path: Path
) -> None:
    one, two, third = three
    edit(two, "note", "zo schreef ik het")
    one.take(two.give(one))
    # The third was never heard of, so that my change goes along; the second gets it too.
    path = one.give(third, two)
    assert two.take(path).changes == 0
    inside = opened(path, two)
    (mine,) = [change for change in inside.body["changes"] if change[0] == device_of(two) and change[7] == "note"]
    mine[9] = json.dumps("zo schreef ik het niet")
    with pytest.raises(UserError, match="name of this computer"):
        two.take(inside.close(one, tmp_path / "anders.samenleven", two))


def test_nobody_undoes_my_step(three: tuple[Colleague, Colleague, Colleague], tmp_path: Path) -> None:
    one, two, _ = three
    two.take(one.give(two))
    one.take(two.give(one))
    edit(two, "motivation", "van mij")
    with two.workspace.store.read() as connection:
        step = two.workspace.store.next_undo(connection)
    assert step is not None
    edit(one, "note", "van een")
    inside = opened(one.give(two), two)
    for command in inside.body["commands"]:
        command[7] = step.command_id
    two.take(inside.close(one, tmp_path / "terug.samenleven", two))
    two.workspace.undo()  # the pack
    with two.workspace.store.read() as connection:
        assert two.workspace.store.next_undo(connection) == step


@pytest.mark.slow
def test_a_restored_file_takes_its_own_work_back(three: tuple[Colleague, Colleague, Colleague]) -> None:
    one, two, _ = three
    backup = two.workspace.store.back_up("manual")
    edit(two, "note", "na de back-up")
    one.take(two.give(one))
    two.workspace.store.restore(backup.path)
    one.take(two.give(one))  # so that the first knows that the second has less than before
    got = two.take(one.give(two))
    assert got.changes >= 1
    assert one.digest == two.digest


@pytest.mark.slow
@pytest.mark.parametrize("clock", [1, int(datetime(2038, 1, 19, tzinfo=UTC).timestamp() * 1000) << 16, 1 << 62])
def test_a_clock_from_another_time_spoils_nothing(
    clock: int, three: tuple[Colleague, Colleague, Colleague], tmp_path: Path
) -> None:
    one, two, third = three
    two.take(one.give(two))
    one.take(two.give(one))
    edit(one, "note", "van een andere tijd")
    inside = opened(one.give(two), two)
    for change in inside.body["changes"]:
        change[3] = clock
    forged = inside.close(one, tmp_path / "tijd.samenleven", two)
    shown = preview_pack(two.workspace, forged)
    assert (shown.ahead, shown.ahead_until is None) == ((0, True) if clock == 1 else (1, False))
    two.take(forged)
    edit(two, "note", "mijn woorden")
    assert note_of(two) == "mijn woorden"
    assert check_health(two.workspace) == []
    pack = two.give(third)
    assert all(change[3] < 1 << 58 for change in opened(pack, third).body["changes"] if change[0] == device_of(two))
    third.take(pack)
    assert third.digest == two.digest
    assert note_of(third) == "mijn woorden"
    assert inbox(third) == inbox(two) == []


def note_of(who: Colleague) -> Any:
    query = "SELECT note FROM commitment WHERE id = ?"
    row = commitment(who.workspace)
    return who.workspace.query(lambda reading: reading.view.connection.exec_driver_sql(query, (row,)).scalar())


@pytest.mark.slow
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_all_receivers_end_alike_whatever_the_clocks(
    order: tuple[int, ...], work_file: WorkFile, tmp_path: Path
) -> None:
    """Writers in 1970, 2038 and 4090; two receivers, of whom one is years behind, take the packs in any order."""
    starts = [datetime(1970, 1, 2, tzinfo=UTC), datetime(2038, 1, 19, tzinfo=UTC), datetime(4090, 1, 1, tzinfo=UTC)]

    def clock(start: datetime) -> Callable[[], datetime]:
        begin = datetime.now(UTC)
        return lambda: start + (datetime.now(UTC) - begin)

    writers = [
        copy_of(work_file, tmp_path, f"w{n}", Runtime(now=clock(one), day=TODAY)) for n, one in enumerate(starts)
    ]
    late = Runtime(now=lambda: datetime.now(UTC) - timedelta(days=9000), day=TODAY)
    receivers = [copy_of(work_file, tmp_path, "r0"), copy_of(work_file, tmp_path, "r1", late)]
    all_know(*writers, *receivers)
    for number, who in enumerate(writers):
        edit(who, "note", f"van {number}")
        edit(who, "motivation", f"waarom {number}")
    packs = [who.give(*receivers) for who in writers]
    for place in order:
        receivers[0].take(packs[place])
    for place in range(3):
        receivers[1].take(packs[place])
    first, second = receivers
    assert first.digest == second.digest
    assert [(line.id, line.field) for line in inbox(first)] == [(line.id, line.field) for line in inbox(second)]
    vectors = [who.workspace.query(lambda reading: outgoing.vector(reading.view.connection)) for who in receivers]
    assert vectors[0] == vectors[1]
    edit(second, "note", "na alles")
    first.take(second.give(first))
    assert note_of(first) == note_of(second) == "na alles"
    assert first.digest == second.digest
    for who in (*writers, *receivers):
        who.close()


CLOCKS = st.sampled_from([1, 1 << 56, 1 << 57, (1 << 57) + 1, 1 << 62])
CHANGES = st.lists(
    st.tuples(
        CLOCKS, st.sampled_from("abc"), st.sampled_from(["x", "y", None]), st.lists(st.integers(0, 9), max_size=3)
    ),
    min_size=1,
    max_size=10,
)


@given(CHANGES, st.randoms(use_true_random=False))
def test_the_value_follows_from_the_set_of_changes(found: list[Any], chance: Any) -> None:
    """Also with clocks from any time, and with changes that name one another in a circle."""
    refs = [f"{device}:{number}" for number, (_, device, _, _) in enumerate(found)]
    changes = [
        Logged(hlc, device, number, "deleted_at", new, " ".join(refs[i] for i in seen if i < len(refs)) or None)
        for number, (hlc, device, new, seen) in enumerate(found)
    ]
    mixed = changes[:]
    chance.shuffle(mixed)
    assert current(changes) == current(mixed)
    assert heads(changes) == heads(mixed)
    assert unseen_edits(changes) == unseen_edits(mixed)


def test_a_clock_adopts_no_future() -> None:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    here = int(now.timestamp() * 1000) << 16
    clock = HybridClock(lambda: now)
    clock.has_seen(1 << 62)
    assert clock.tick() == here
    clock.has_seen(here + (3600_000 << 16))
    assert clock.tick() == here + (3600_000 << 16) + 1
    assert is_ahead(here + (25 * 3600_000 << 16), now)
    assert not is_ahead(here + (23 * 3600_000 << 16), now)
