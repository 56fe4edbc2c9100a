"""Before a colleague's file erases something, a backup is made that keeps it: until it is let go, or thirty days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.exchange.apply_pack import apply_pack
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.people.queries import list_contacts
from samenleven_desktop.services.safekeeping import backups
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.safekeeping.keys import renew_backups
from samenleven_desktop.services.safekeeping.workspace_file import (
    back_up,
    check_health,
    choose_second_place,
    daily_backup,
    let_backup_go,
    list_backups,
    put_back,
)
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.storage import backup
from samenleven_desktop.storage.backup import Backup
from samenleven_desktop.storage.engine import connect
from tests.builders import PASSPHRASE, WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of

NAME, OTHER = "Zxqw Vwrst", "Bkpl Mnt"


@pytest.fixture
def pair(work_file: WorkFile, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague]]:
    """Both know a person; the first erased them, and both wrote the name in a text."""
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    mechelen = one.workspace.query(government_by_code, "12025").id
    contact = one.workspace.run(AddContact(ContactContent(NAME, mechelen))).result
    one.workspace.run(AddAgreement(mechelen, Party.COACH, f"bel {NAME}"))
    two.take(one.give(two))
    back_up(two.workspace)
    one.workspace.run(EraseContact(contact))
    yield one, two
    one.close()
    two.close()


def holds(two: Colleague, path: Path, words: str = NAME) -> bool:
    """Whether the log of a backup still has these words."""
    connection = connect(path, two.workspace.store._key)
    try:
        query = "SELECT count(*) FROM change WHERE new LIKE ? OR old LIKE ?"
        return bool(connection.execute(query, (f"%{words}%", f"%{words}%")).fetchone()[0])
    finally:
        connection.close()


def kept(two: Colleague) -> list[Backup]:
    return [one for one in list_backups(two.workspace) if one.kept_until is not None]


def later(two: Colleague, days: int) -> None:
    now = two.workspace.store.runtime.now()
    store = two.workspace.store
    store.runtime = replace(store.runtime, now=lambda: now + timedelta(days=days))


def names(two: Colleague) -> set[str]:
    return {line.name for line in two.workspace.query(list_contacts)}


def test_only_the_backup_of_just_before_keeps_it(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    two.take(one.give(two))
    (found,) = kept(two)
    assert (found.reason, holds(two, found.path)) == ("erasing", True)
    assert found.kept_until is not None
    assert (found.kept_until - found.made_at).days in (29, 30)
    others = [line for line in list_backups(two.workspace) if line.kept_until is None]
    assert others
    assert not any(holds(two, line.path) for line in others)
    assert check_health(two.workspace) == []


def test_a_pack_without_erasures_keeps_nothing(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    two.take(one.give(two))
    one.workspace.run(AddAgreement(one.workspace.query(government_by_code, "12025").id, Party.COACH, "verder"))
    two.take(one.give(two))
    assert len(kept(two)) == 1


def test_it_goes_after_thirty_days_from_the_second_place_too(pair: tuple[Colleague, Colleague], tmp_path: Path) -> None:
    one, two = pair
    stick = tmp_path / "stick"
    stick.mkdir()
    choose_second_place(two.workspace, stick)
    two.take(one.give(two))
    (found,) = kept(two)
    (copy,) = stick.rglob(found.path.name)
    daily_backup(two.workspace)
    later(two, 29)
    daily_backup(two.workspace)
    assert found.path.exists()
    assert copy.exists()
    later(two, 2)
    daily_backup(two.workspace)
    assert not found.path.exists()
    assert not copy.exists()
    assert not any(holds(two, line.path) for line in list_backups(two.workspace))


def test_letting_it_go_reaches_a_second_place_that_was_away(pair: tuple[Colleague, Colleague], tmp_path: Path) -> None:
    one, two = pair
    stick = tmp_path / "stick"
    stick.mkdir()
    choose_second_place(two.workspace, stick)
    two.take(one.give(two))
    (found,) = kept(two)
    (copy,) = stick.rglob(found.path.name)
    stick.rename(tmp_path / "weg")
    let_backup_go(two.workspace, found.path)
    assert not found.path.exists()
    assert kept(two) == []
    (tmp_path / "weg").rename(stick)
    assert copy.exists()
    back_up(two.workspace)
    assert not copy.exists()


def test_another_backup_is_not_let_go(pair: tuple[Colleague, Colleague]) -> None:
    _, two = pair
    made = back_up(two.workspace).backup
    with pytest.raises(backups.UserError):
        let_backup_go(two.workspace, made.path)
    assert made.path.exists()


def test_putting_it_back_returns_what_was_erased_until_it_is_erased_again(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    pack = one.give(two)
    two.take(pack)
    assert NAME not in names(two)
    put_back(two.workspace, kept(two)[0].path)
    assert NAME in names(two)
    made = back_up(two.workspace).backup
    assert holds(two, made.path)
    assert two.take(pack).erased == 1
    assert NAME not in names(two)
    assert not holds(two, made.path)
    assert check_health(two.workspace) == []


def test_another_backup_put_back_returns_nothing(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    earlier = next(line for line in list_backups(two.workspace) if line.reason == "manual")
    two.take(one.give(two))
    put_back(two.workspace, earlier.path)
    assert NAME not in names(two)


def test_who_is_erased_here_goes_from_the_kept_backup_too(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    mechelen = two.workspace.query(government_by_code, "12025").id
    other = two.workspace.run(AddContact(ContactContent(OTHER, mechelen))).result
    two.workspace.run(AddAgreement(mechelen, Party.COACH, f"bel {OTHER}"))
    two.take(one.give(two))
    (found,) = kept(two)
    assert holds(two, found.path, OTHER)
    two.workspace.run(EraseContact(other))
    assert not holds(two, found.path, OTHER)
    assert holds(two, found.path)
    put_back(two.workspace, found.path)
    assert NAME in names(two)
    assert OTHER not in names(two)


def test_it_is_not_thinned_and_follows_a_new_passphrase(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    two.take(one.give(two))
    for _ in range(5):
        later(two, 1)
        back_up(two.workspace)
        back_up(two.workspace)
    (found,) = kept(two)
    backup.thin([replace(one, made_at=one.made_at) for one in list_backups(two.workspace)])
    assert found.path.exists()
    two.workspace.store.change_passphrase(PASSPHRASE, "een heel andere zin om te openen")
    renew_backups(two.workspace)
    (renewed,) = kept(two)
    assert renewed.kept_until == found.kept_until
    assert holds(two, renewed.path)


def test_a_pack_that_is_stopped_leaves_everything(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    seen: list[str] = []

    def stop(stage: str) -> None:
        seen.append(stage)
        if seen.count("taking over") > 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply_pack(two.workspace, one.give(two), stop, erase=True)
    assert NAME in names(two)
