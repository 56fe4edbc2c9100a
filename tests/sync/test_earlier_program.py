"""Two stores of the program of before and one of this exchange both ways: the earlier program itself runs.

It comes from the history: `make test-long` runs this where the repository has that commit. Of format 1 without it:
tests/data/packs/v1 and test_proof_of_authors.py.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.readmodels.exchange import Choice, PackRequest
from samenleven_desktop.services.exchange.apply_pack import apply_pack, preview_pack
from samenleven_desktop.services.exchange.colleagues import look_at_card, own_card, save_card, trust
from samenleven_desktop.services.exchange.conflict_commands import ResolveConflicts
from samenleven_desktop.services.exchange.create_pack import make_pack
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
    ChangeAgreement,
    DeleteAgreement,
)
from samenleven_desktop.storage.queries.conflicts import conflicts
from tests.sync.colleagues import Colleague, newcomer
from tests.sync.three_colleagues import with_officer

ROOT = Path(__file__).resolve().parents[2]
DRIVER = ROOT / "tests" / "data" / "earlier_program.py"
TRAVELLING = ROOT / "tests" / "data" / "packs" / "travelling-1.txt"
COMMIT = "87fd8750"
"""The last one whose packs were all of format 1, and whose schema was that of travelling-1.txt."""

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


class Earlier:
    """A store of the earlier program, in a process of its own."""

    def __init__(self, program: Path, folder: Path, label: str, *, filled: bool = False) -> None:
        folder.mkdir()
        surroundings = {**os.environ, "PYTHONPATH": str(program)}
        self._process = subprocess.Popen(
            [sys.executable, str(DRIVER)],
            cwd=program,
            env=surroundings,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._say([str(folder), label, filled])
        self.card_path = folder / "kaart.samenlevenkaart"
        self.folder, self.fingerprint = folder, self("card", str(self.card_path))
        self._made = 0

    def _say(self, order: list[Any]) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def __call__(self, order: str, *values: Any) -> Any:
        answer = self._say([order, *values])
        assert "error" not in answer, answer["error"]
        return answer["answer"]

    def give(self, *fingerprints: str) -> Path:
        self._made += 1
        path = self.folder / f"{self._made}.samenleven"
        self("give", list(fingerprints), str(path))
        return path

    def take(self, path: Path) -> Any:
        return self("take", str(path))

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)
        assert self._process.stdout is not None
        self._process.stdout.close()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("earlier")
    made = subprocess.run(
        ["git", "archive", "--output", str(folder / "all.zip"), COMMIT], cwd=ROOT, capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(f"the history here does not reach back to {COMMIT}")
    with zipfile.ZipFile(folder / "all.zip") as packed:
        packed.extractall(folder)
    return folder


@pytest.fixture
def team(program: Path, tmp_path: Path) -> Iterator[tuple[Earlier, Earlier, Colleague]]:
    """Two of before, the first with a year of work, and one of now with an empty file; all know each other."""
    first = Earlier(program, tmp_path / "een", "", filled=True)
    second = Earlier(program, tmp_path / "twee", "coach Kempen")
    now = with_officer(newcomer(tmp_path, "nu"), "coach nu")
    card = tmp_path / "nu.samenlevenkaart"
    save_card(now.workspace, card)
    for one, other in ((first, second), (second, first)):
        one("trust", str(other.card_path))
        one("trust", str(card))
        trust(now.workspace, look_at_card(now.workspace, one.card_path))
    yield first, second, now
    for one in (first, second):
        one.close()
    now.close()


def given(now: Colleague, *others: Earlier) -> Path:
    """A file made for an older version."""
    path = now.folder / f"{len(list(now.folder.iterdir()))}.samenleven"
    prints = tuple(one.fingerprint for one in others)
    make_pack(now.workspace, PackRequest(Profile.EVERYTHING, prints, older=True), path)
    return path


def fingerprint(now: Colleague) -> str:
    return own_card(now.workspace).fingerprint


def everything_to_everyone(first: Earlier, second: Earlier, now: Colleague) -> None:
    for _ in range(2):
        for one, other in ((first, second), (second, first)):
            pack = one.give(other.fingerprint, fingerprint(now))
            got = other.take(pack)
            assert (got["not_understood"], got["waiting"], got["different"]) == (0, 0, [])
            here = apply_pack(now.workspace, pack, erase=True, unproven=True)[0]
            assert (here.not_understood, here.waiting, here.different) == (0, (), ())
        pack = given(now, first, second)
        for one in (first, second):
            got = one.take(pack)
            assert (got["waiting"], got["different"]) == (0, [])


def columns() -> dict[str, list[str]]:
    """Those that traveled in format 1, per table. Of rows that ship nothing travels: they are compared in none."""
    found: dict[str, list[str]] = {}
    for line in TRAVELLING.read_text("utf-8").splitlines():
        name = line.split()[0]
        if "." in name and name[0].islower():
            table, column = name.split(".")
            found.setdefault(table, []).append(column)
    return found


def rows(now: Colleague) -> Any:
    def ask(reading: Any) -> Any:
        found = {}
        for table, names in columns().items():
            query = f"SELECT {', '.join(names)} FROM {table} WHERE substr(id, 15, 1) = '7' ORDER BY id"
            read = reading.view.connection.exec_driver_sql(query)
            found[table] = [[None if one is None else str(one) for one in row] for row in read]
        return found

    return now.workspace.query(ask)


def asked(now: Colleague) -> list[list[str | None]]:
    lines = now.workspace.query(lambda reading: conflicts(reading.view))
    return sorted([one.table_name, one.row_id, one.field] for one in lines)


def all_alike(first: Earlier, second: Earlier, now: Colleague) -> None:
    mine = rows(now)
    for one in (first, second):
        theirs = one("rows", columns())
        for table in mine:
            assert [row for row in theirs[table] if row not in mine[table]] == [], table
            assert [row for row in mine[table] if row not in theirs[table]] == [], table
    assert first("asked") == second("asked") == asked(now)


def test_two_stores_of_before_and_one_of_now(team: tuple[Earlier, Earlier, Colleague]) -> None:
    first, second, now = team
    everything_to_everyone(*team)
    all_alike(*team)
    # Each writes, and one of both changes what the other changes.
    mechelen = now.workspace.query(government_by_code, "12025").id
    row = first("agree", "van de eerste")
    mine = now.workspace.run(AddAgreement(mechelen, Party.COACH, "van nu")).result
    gone = second("agree", "gaat weg")
    everything_to_everyone(*team)
    all_alike(*team)
    first("change", row, "anders, van de eerste")
    now.workspace.run(ChangeAgreement(row, Party.COACH, "anders, van nu", None))
    second("change", mine, "anders, van de tweede")
    now.workspace.run(DeleteAgreement(gone))
    everything_to_everyone(*team)
    all_alike(*team)
    assert asked(now) == [["follow_up", row, "what"]]
    # Decided here, and then there.
    open_one = now.workspace.query(lambda reading: conflicts(reading.view))[0]
    now.workspace.run(ResolveConflicts({open_one.id: Choice.MINE}))
    everything_to_everyone(*team)
    all_alike(*team)
    assert asked(now) == []
    now.workspace.run(ChangeAgreement(row, Party.COACH, "nog eens van nu", None))
    second("change", row, "nog eens van de tweede")
    everything_to_everyone(*team)
    assert asked(now) == [["follow_up", row, "what"]]
    second("decide", "mine")
    everything_to_everyone(*team)
    all_alike(*team)
    assert asked(now) == []
    assert [one.code for one in check_health(now.workspace) if one.code not in ("backup", "vacuum")] == []
    for one in (first, second):
        assert [code for code in one("check") if code not in ("backup", "vacuum")] == []


def test_erasing_goes_both_ways(team: tuple[Earlier, Earlier, Colleague]) -> None:
    first, second, now = team
    everything_to_everyone(*team)
    mechelen = now.workspace.query(government_by_code, "12025").id
    theirs = first("meet", "Zxqw Vwrst")
    mine = now.workspace.run(AddContact(ContactContent("Bkpl Mnt", mechelen))).result
    first("agree", "bel Bkpl Mnt en Zxqw Vwrst terug")
    everything_to_everyone(*team)
    now.workspace.run(EraseContact(mine))
    second("erase", theirs)
    everything_to_everyone(*team)
    all_alike(*team)
    told = json.dumps(rows(now))
    assert "Zxqw" not in told
    assert "Bkpl" not in told
    assert "bel [gewist] en [gewist] terug" in told


def test_what_they_passed_on_is_marked_and_later_proven(team: tuple[Earlier, Earlier, Colleague]) -> None:
    first, second, now = team
    first("agree", "van de eerste")
    second.take(first.give(second.fingerprint))
    pack = second.give(fingerprint(now))
    shown = preview_pack(now.workspace, pack)
    assert shown.authors
    assert all(not line.proven for line in shown.authors)
    # A file of now in the form of now is refused there, in words.
    path = now.folder / "nieuw.samenleven"
    now.take(pack)
    make_pack(now.workspace, PackRequest(Profile.EVERYTHING, (first.fingerprint,)), path)
    with pytest.raises(AssertionError, match="UserError"):
        first.take(path)
    first.take(given(now, first))
