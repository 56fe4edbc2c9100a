"""Colleagues with versions that know more: what is not understood is kept, counted, passed on, and understood later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, String

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.exchange.received_packs import list_conflicts, list_waiting
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.offers.commands import UseOffer
from samenleven_desktop.services.offers.mentor_and_example_commands import AddMentor
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.safekeeping import history
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.workfile.workspace import open_workspace
from samenleven_desktop.storage.models import TRACKED, ContactRow, FollowUpRow, Tracked, table_of
from samenleven_desktop.storage.unit_of_work import Step
from tests.builders import PASSPHRASE, TODAY, WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of

PLANTED = "Qzwxplek"


@pytest.fixture
def trio(work_file: WorkFile, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague, Colleague]]:
    people = tuple(copy_of(work_file, tmp_path, name) for name in ("one", "two", "three"))
    one, two, three = people
    all_know(*people)
    yield one, two, three
    for person in people:
        person.close()


@dataclass
class NewerVersion:
    """The program with one more column in a table."""

    model: type[Tracked]
    column: str

    @contextmanager
    def runs(self, *people: Colleague) -> Iterator[None]:
        """These colleagues, and nobody else, work in it for as long as the block lasts."""
        table = table_of(self.model)
        added: Column[Any] = Column(self.column, String)
        table.append_column(added)
        try:
            for one in people:
                self._migrate(one)
                reopen(one)
            yield
        finally:
            table._columns.remove(added)  # type: ignore[attr-defined]
            for one in people:
                reopen(one)

    def _migrate(self, one: Colleague) -> None:
        with one.workspace.store.write_untracked() as connection:
            table = table_of(self.model).name
            present = {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")}
            if self.column not in present:
                connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {self.column} TEXT")


def reopen(one: Colleague) -> None:
    one.workspace.close()
    one.workspace = open_workspace(one.workspace.path, Runtime(day=TODAY), PASSPHRASE)


def sql(one: Colleague, query: str, *values: object) -> list[tuple[Any, ...]]:
    def ask(reading: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in reading.view.connection.exec_driver_sql(query, values)]

    return one.workspace.query(ask)


@pytest.mark.slow
def test_a_table_of_a_newer_version(
    trio: tuple[Colleague, Colleague, Colleague], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = trio
    gent = one.workspace.query(government_by_code, "44021").id
    action = one.workspace.plan.actions[0].id
    one.workspace.run(AddMentor(gent, action, "pagina"))
    pack = one.give(two)
    with monkeypatch.context() as older:
        older.delitem(TRACKED, "mentor")
        reopen(two)
        reopen(three)
        got = two.take(pack)
        assert (got.not_understood, got.new, got.different) == (1, 0, ())
        assert two.workspace.query(list_conflicts) == []
        assert two.workspace.query(history.list_history, limit=5)
        assert sql(two, "SELECT count(*) FROM mentor") == [(0,)]
        # Later packs of the same dossier are not said to differ because of what is not understood.
        one.workspace.run(AddAgreement(gent, Party.COACH, "bel terug", None))
        assert two.take(one.give(two)).different == ()
        assert three.take(two.give(three)).not_understood == 1
    for known in (two, three):
        assert known.digest != one.digest
        reopen(known)
        assert known.digest == one.digest
        assert check_health(known.workspace) == []
    assert one.take(two.give(one)).different == ()


@pytest.mark.slow
def test_a_field_of_a_newer_version(trio: tuple[Colleague, Colleague, Colleague]) -> None:
    one, two, three = trio
    newer = NewerVersion(FollowUpRow, "toon")
    mechelen = one.workspace.query(government_by_code, "12025").id
    old = sql(one, "SELECT min(id) FROM follow_up WHERE deleted_at IS NULL")[0][0]
    with newer.runs(one):
        with one.workspace.store.write(Step("newer")) as unit:
            made = unit.insert(FollowUpRow, government_id=mechelen, who="coach", what="nieuw", toon="vrolijk")
            unit.change(FollowUpRow, old, toon="ernstig")
        pack = one.give(two)
    got = two.take(pack)
    assert (got.new, got.not_understood, got.different) == (1, 2, ())
    assert check_health(two.workspace) == []
    assert three.take(two.give(three)).not_understood == 2
    two.workspace.run(AddAgreement(mechelen, Party.COACH, "bel terug", None))
    answers = [two.give(one), two.give(three)]
    with newer.runs(one):
        assert one.take(answers[0]).different == ()
    with newer.runs(three):
        query = "SELECT toon FROM follow_up WHERE id IN (?, ?) ORDER BY toon"
        assert sql(three, query, made, old) == [("ernstig",), ("vrolijk",)]
        assert three.take(answers[1]).different == ()
        assert check_health(three.workspace) == []
    assert one.digest == two.digest == three.digest


@pytest.mark.slow
def test_what_a_newer_version_knew_of_somebody_is_erased_too(
    trio: tuple[Colleague, Colleague, Colleague], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = trio
    newer = NewerVersion(ContactRow, "bureau")
    mechelen = one.workspace.query(government_by_code, "12025").id
    everything = "SELECT group_concat(coalesce(old, '') || coalesce(new, '')) FROM change"
    with newer.runs(one), monkeypatch.context() as personal:
        personal.setattr(ContactRow, "personal", ContactRow.personal | {"bureau"})
        contact = one.workspace.run(AddContact(ContactContent("Zxqw", mechelen))).result
        with one.workspace.store.write(Step("newer")) as unit:
            unit.change(ContactRow, contact, bureau=PLANTED)
        packs = [one.give(two)]
        one.workspace.run(EraseContact(contact))
        packs.append(one.give(two))
    two.take(packs[0])
    assert PLANTED in sql(two, everything)[0][0]
    two.take(packs[1])
    three.take(two.give(three))
    for person in (two, three):
        assert PLANTED not in sql(person, everything)[0][0]
        assert ("contact", contact) in sql(person, "SELECT table_name, row_id FROM erasure")
        assert PLANTED.encode() not in person.workspace.path.read_bytes()


@pytest.mark.slow
def test_who_was_erased_in_a_table_of_a_newer_version(
    trio: tuple[Colleague, Colleague, Colleague], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = trio
    mechelen = one.workspace.query(government_by_code, "12025").id
    contact = one.workspace.run(AddContact(ContactContent("Zxqw", mechelen, note=PLANTED))).result
    packs = [one.give(two)]
    one.workspace.run(EraseContact(contact))
    packs.append(one.give(two))
    with monkeypatch.context() as older:
        older.delitem(TRACKED, "contact")
        reopen(two)
        reopen(three)
        for pack in packs:
            two.take(pack)
        three.take(two.give(three))
        for person in (two, three):
            text = sql(person, "SELECT group_concat(coalesce(old, '') || coalesce(new, '')) FROM change")[0][0]
            assert PLANTED not in text
            assert "Zxqw" not in text
    for person in (two, three):
        reopen(person)
        assert person.digest == one.digest
        assert check_health(person.workspace) == []


def test_what_waits_for_a_row_that_a_newer_program_ships(trio: tuple[Colleague, Colleague, Colleague]) -> None:
    one, two, _ = trio
    mechelen = one.workspace.query(government_by_code, "12025").id
    used = "SELECT offer_id FROM offer_use UNION SELECT offer_id FROM session_offer"
    offer = sql(one, f"SELECT id FROM offer WHERE shipped AND mentor_code IS NULL AND id NOT IN ({used}) LIMIT 1")[0][0]
    with two.workspace.store.write_untracked() as connection:
        connection.exec_driver_sql("DELETE FROM offer WHERE id = ?", (offer,))
    one.workspace.run(UseOffer(offer, mechelen, TODAY))
    got = two.take(one.give(two))
    assert ("offer_use", "offer") in {(line.table_name, line.needs_table) for line in got.waiting}
    two.workspace.store.set_meta(shipped_data="1", rows_made_with="an older program")
    reopen(two)
    assert two.workspace.query(list_waiting) == []
    assert two.digest == one.digest
