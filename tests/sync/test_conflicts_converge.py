"""An open conflict follows from the changes that are known, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.readmodels.exchange import Choice, ConflictKind
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.exchange.conflict_commands import ResolveConflicts
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment, ChangeCommitments, DeleteCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.sessions.commands import ChangeSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, ChangeAgreement
from samenleven_desktop.services.sessions.queries import list_agreements, list_sessions
from samenleven_desktop.storage.queries.conflicts import conflicts
from tests.builders import WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of
from tests.sync.test_merge_machine import CODES, counted_targets, small_file

__all__ = ["small_file"]


@pytest.fixture
def three(small_file: WorkFile, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague, Colleague]]:
    one, two, three = (copy_of(small_file, tmp_path, name) for name in ("one", "two", "three"))
    all_know(one, two, three)
    yield one, two, three
    for person in (one, two, three):
        person.close()


def everything_to_everyone(*people: Colleague) -> None:
    for _ in range(3):
        for one in people:
            others = [other for other in people if other is not one]
            pack = one.give(*others)
            for other in others:
                other.take(pack)


def report(one: Colleague, words: str, *codes: str) -> None:
    line = one.workspace.query(list_sessions)[0]
    ids = tuple(one.workspace.query(government_by_code, code).id for code in codes)
    content = SessionContent(line.day, line.start_minute, line.end_minute, line.form, ids, words)
    one.workspace.run(ChangeSession(line.id, content))


def note(one: Colleague, words: str, row: str = "") -> str:
    row = row or min(line.id for line in one.workspace.query(list_commitments, 2, None))
    one.workspace.run(ChangeCommitments((FieldEdit(row, "note", words),)))
    return row


def asked(one: Colleague) -> list[tuple[str, str, str]]:
    return sorted(
        (line.table_name, line.row_id, line.field)
        for line in one.workspace.query(lambda reading: conflicts(reading.view))
    )


def stored(one: Colleague) -> list:
    query = "SELECT table_name, row_id, field, kind, heads FROM conflict WHERE kept_at IS NULL ORDER BY 1, 2, 3"
    return one.workspace.query(lambda reading: list(reading.view.connection.exec_driver_sql(query)))


def shown(one: Colleague, row: str) -> str | None:
    lines = one.workspace.query(list_commitments, 2, None)
    return next((line.note for line in lines if line.id == row), None)


@pytest.mark.slow
def test_a_history_that_the_search_found(small_file: WorkFile, tmp_path: Path) -> None:
    """A kept a conflict that B never got: an edit made here did not close it, a pack of both values did not open it."""
    a, b = (copy_of(small_file, tmp_path, name) for name in ("a", "b"))
    all_know(a, b)
    first, second = CODES
    report(a, "rood", first, second)
    report(b, "rood", first)
    report(a, "geel", first)
    a.take(b.give(a, profile=Profile.CHOICE, governments=(b.workspace.query(government_by_code, first).id,)))
    report(a, "rood", first, second)
    everything_to_everyone(a, b)
    assert a.digest == b.digest
    assert stored(a) == stored(b) == []
    a.close()
    b.close()


@pytest.mark.slow
def test_who_writes_over_both_values_closes_the_conflict_everywhere(
    three: tuple[Colleague, Colleague, Colleague],
) -> None:
    one, two, third = three
    row = note(one, "rood")
    note(two, "blauw")
    for taker in (two, third):
        taker.take(one.give(taker))
    for taker in (one, third):
        taker.take(two.give(taker))
    assert asked(one) == asked(two) == asked(third) == [("commitment", row, "note")]
    note(one, "geel")
    assert asked(one) == []
    everything_to_everyone(*three)
    assert asked(two) == asked(third) == asked(one) == []
    assert {shown(who, row) for who in three} == {"geel"}


@pytest.mark.slow
def test_undo_of_equal_words_ends_alike(three: tuple[Colleague, Colleague, Colleague]) -> None:
    one, two, _ = three
    row = note(one, "rood")
    note(two, "rood")
    one.take(two.give(one))
    note(one, "wit")
    one.workspace.undo()
    everything_to_everyone(*three)
    assert [stored(who) for who in three] == [[], [], []]
    assert {shown(who, row) for who in three} == {"rood"}


@pytest.mark.slow
def test_a_deletion_that_had_seen_both_values_is_not_asked(three: tuple[Colleague, Colleague, Colleague]) -> None:
    one, two, _ = three
    row = note(one, "rood")
    note(two, "blauw")
    one.take(two.give(one))
    one.workspace.run(DeleteCommitment(row))
    everything_to_everyone(*three)
    assert [asked(who) for who in three] == [[], [], []]


@pytest.mark.slow
def test_keeping_both_of_a_double_is_kept_everywhere(three: tuple[Colleague, Colleague, Colleague]) -> None:
    one, two, third = three
    target = counted_targets(one.workspace)[3]
    government = one.workspace.query(government_by_code, CODES[1]).id
    for who in (one, two):
        who.workspace.run(AddCommitment(government, 2, target, existing_reach=0, requested=10, confirmed=10))
    everything_to_everyone(*three)
    (line,) = one.workspace.query(lambda reading: conflicts(reading.view))
    assert line.kind is ConflictKind.DOUBLE
    assert [len(asked(who)) for who in three] == [1, 1, 1]
    one.workspace.run(ResolveConflicts({line.id: Choice.BOTH}))
    everything_to_everyone(*three)
    assert [asked(who) for who in three] == [[], [], []]
    note(two, "later", line.row_id)
    everything_to_everyone(*three)
    assert [asked(who) for who in three] == [[], [], []]
    assert len({who.digest for who in three}) == 1
    third.workspace.run(DeleteCommitment(line.row_id))
    everything_to_everyone(*three)
    assert [asked(who) for who in three] == [[], [], []]


@pytest.mark.slow
def test_an_erasure_leaves_the_same_conflicts(three: tuple[Colleague, Colleague, Colleague]) -> None:
    one, two, _ = three
    government = one.workspace.query(government_by_code, CODES[0]).id
    person = one.workspace.run(AddContact(ContactContent("Zxqw Proef", government, role="diensthoofd"))).result
    everything_to_everyone(*three)
    row = one.workspace.query(list_agreements)[0].id
    one.workspace.run(ChangeAgreement(row, Party.COACH, "bel Zxqw Proef terug", None))
    two.workspace.run(ChangeAgreement(row, Party.COACH, "mail Zxqw Proef", None))
    one.take(two.give(one))
    assert asked(one) == [("follow_up", row, "what")]
    one.workspace.run(EraseContact(person))
    one.workspace.run(AddAgreement(government, Party.COACH, "verder"))
    everything_to_everyone(*three)
    assert stored(one) == stored(two) == stored(three[2])
    assert len({who.digest for who in three}) == 1
