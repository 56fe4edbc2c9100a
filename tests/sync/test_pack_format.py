"""docs/pack-format.md is true: its lists are those of the program, and a second reader written from it opens a pack."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature

from samenleven_desktop.services.exchange.apply_pack import preview_pack
from samenleven_desktop.services.exchange.colleagues import list_colleagues, look_at_card, trust
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.storage.exchange import outgoing, peers
from tests.sync import second_reader
from tests.sync.colleagues import Colleague, newcomer
from tests.sync.forging import deciphered, encrypted
from tests.sync.format_text import block, columns, columns_of_program, structs_of_program, values_of_program
from tests.sync.second_proof import owners_of, proven_of
from tests.sync.second_rows import digests_of, rows_of
from tests.sync.second_values import faults_of

PACKS = Path(__file__).resolve().parents[1] / "data" / "packs"


@pytest.fixture(params=["v1", "v2"])
def vector(request: pytest.FixtureRequest) -> Path:
    return PACKS / str(request.param)


@pytest.fixture
def recipient(vector: Path, tmp_path: Path) -> Iterator[Colleague]:
    """A new work file with the keys that the vector was made for, and the card of its sender."""
    found = newcomer(tmp_path, "recipient")
    signing = bytes.fromhex((vector / "recipient.signing").read_text("utf-8"))
    with found.workspace.store.write_untracked() as connection:
        peers.put_own_keys(connection, peers.OwnKeys(signing, identity_of(vector)), "2024-03-11T10:00:00+00:00")
    trust(found.workspace, look_at_card(found.workspace, vector / "sender.samenlevenkaart"))
    yield found
    found.close()


def identity_of(vector: Path) -> str:
    return (vector / "recipient.age").read_text("utf-8").strip()


def expected(vector: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((vector / "expected.json").read_text("utf-8"))
    return found


def test_the_lists_are_those_of_the_program() -> None:
    """A field that travels needs its line in docs/pack-format.md; a line that no longer fits is a broken promise."""
    assert block("travelling-structs") == structs_of_program()
    assert block("travelling-columns") == columns_of_program()
    assert block("travelling-values") == values_of_program()


def test_nothing_of_the_first_version_was_taken_away() -> None:
    promised = (PACKS / "travelling-1.txt").read_text("utf-8").splitlines()
    assert len(promised) > 250
    assert not set(promised) - {*block("travelling-structs"), *block("travelling-columns")}


def test_the_second_reader_is_short_and_leans_on_public_libraries() -> None:
    code = Path(second_reader.__file__).read_text("utf-8")
    assert len(code.splitlines()) <= 60
    assert "samenleven_desktop" not in code
    imported = set(re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE))
    assert imported <= {*sys.stdlib_module_names, "pyrage", "cryptography", "msgspec"}


def test_the_second_reader_opens_the_vector(vector: Path) -> None:
    files = ("werk.samenleven", "sender.samenlevenkaart", "recipient.age")
    words = [sys.executable, str(second_reader.__file__), *(str(vector / name) for name in files)]
    found = json.loads(subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout)
    wanted = expected(vector)
    assert found == {name: wanted[name] for name in ("manifest", "body", "contents")}
    rows = rows_of(found["body"], columns())
    assert [row for _, row in sorted(rows.items())] == [one["row"] for one in wanted["rows"]]
    assert digests_of(found["manifest"], found["body"], rows) == found["manifest"]["digests"]
    assert faults_of(found["body"], block("travelling-values")) == []


def test_the_program_opens_the_vector(recipient: Colleague, vector: Path) -> None:
    wanted = expected(vector)
    (sender,) = list_colleagues(recipient.workspace)
    assert list(sender.words) == wanted["sender_words"]
    got = recipient.take(vector / "werk.samenleven")
    assert (got.changes, got.not_understood, got.different, got.waiting) == (
        wanted["manifest"]["changes"],
        0,
        (),
        (),
    )
    here = recipient.workspace.query(lambda reading: outgoing.digests(reading.view.connection, got_scopes(wanted)))
    assert here == wanted["manifest"]["digests"]
    for one in wanted["rows"]:
        row = row_of_store(recipient, one["table"], one["row"]["id"])
        assert {name: row[name] for name in one["row"]} == one["row"]
    assert check_health(recipient.workspace) == []


def got_scopes(wanted: dict[str, Any]) -> list[str]:
    return list(wanted["manifest"]["scopes"])


def row_of_store(one: Colleague, table: str, row_id: str) -> dict[str, Any]:
    def ask(reading: Any) -> dict[str, Any]:
        query = f"SELECT * FROM {table} WHERE id = ?"
        return dict(reading.view.connection.exec_driver_sql(query, (row_id,)).mappings().one())

    found = one.workspace.query(ask)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def test_who_was_erased_is_nowhere_in_the_vector(vector: Path) -> None:
    assert "Vergeten" not in json.dumps(expected(vector))
    assert "Gevraagd" not in json.dumps(expected(vector))
    assert any(change[9] and "[gewist]" in change[9] for change in expected(vector)["body"]["changes"])


def test_the_second_reader_proves_who_wrote_what() -> None:
    """Two authors, one of whom passed the work of the other on; out of both something was erased."""
    vector = PACKS / "v2"
    card = second_reader.read_card(vector / "sender.samenlevenkaart")
    body = second_reader.read_pack(vector / "werk.samenleven", card, identity_of(vector))[1]
    assert len(set(owners_of(body).values())) == 2
    assert proven_of(body) == {(change[0], change[1]) for change in body["changes"]}
    assert any(seal[6] for seal in body["seals"])
    change = next(change for change in body["changes"] if change[0] != body["bindings"][0][0])
    change[3] += 1
    with pytest.raises(InvalidSignature):
        proven_of(body)


def test_the_program_proves_the_same(recipient: Colleague, vector: Path) -> None:
    shown = preview_pack(recipient.workspace, vector / "werk.samenleven")
    said = [(line.label, line.proven, line.compared) for line in shown.authors]
    assert said == ([("coach Kempen", True, False)] if vector.name == "v2" else [])
    assert shown.unproven == ()


def test_the_second_reader_proves_what_it_reads(recipient: Colleague, vector: Path, tmp_path: Path) -> None:
    card = second_reader.read_card(vector / "sender.samenlevenkaart")
    plain = deciphered(vector / "werk.samenleven", recipient)
    end = 20 + int.from_bytes(plain[16:20], "big")
    for at, error in ((end - 1, InvalidSignature), (end, InvalidSignature), (end + 70, AssertionError)):
        changed = plain[:at] + bytes([plain[at] ^ 1]) + plain[at + 1 :]
        path = encrypted(changed, tmp_path / "anders.samenleven", recipient)
        with pytest.raises(error):
            second_reader.read_pack(path, card, identity_of(vector))
    again = second_reader.read_pack(encrypted(plain, path, recipient), card, identity_of(vector))
    assert again[0] == expected(vector)["manifest"]
