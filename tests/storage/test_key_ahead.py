"""A key that is derived ahead of opening is derived once, is used only for its own passphrase, and does not stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.storage import keys
from tests.builders import CHEAP

PASSPHRASE = "een lange zin"


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The secrets that a key was derived from, in order."""
    asked: list[bytes] = []
    real = keys._argon2id

    def counted(secret: bytes, salt: bytes, cost: keys.KeyCost) -> bytes:
        asked.append(bytes(bytearray(secret)))
        return real(secret, salt, cost)

    monkeypatch.setattr(keys, "_argon2id", counted)
    return asked


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "w.samenlevendb"
    key_file, _, _ = keys.make_key_file("een", PASSPHRASE, CHEAP)
    keys.save_key_file(key_file, path)
    return path


def test_opening_takes_the_key_that_was_derived_ahead(store: Path, derived: list[bytes]) -> None:
    key_file = keys.load_key_file(store)
    plain = keys.unwrap(key_file, PASSPHRASE, store)
    derived.clear()
    keys.derive_ahead(store, PASSPHRASE)
    assert keys.unwrap(key_file, PASSPHRASE, store) == plain
    assert len(derived) == 1
    assert keys.unwrap(key_file, PASSPHRASE, store) == plain
    assert len(derived) == 2


def test_another_passphrase_never_gets_it(store: Path, derived: list[bytes]) -> None:
    keys.derive_ahead(store, PASSPHRASE)
    with pytest.raises(EnvironmentFault) as fault:
        keys.unwrap(keys.load_key_file(store), "een andere zin", store)
    assert fault.value.field == "passphrase"
    keys.derive_ahead(store, "een andere zin")
    with pytest.raises(EnvironmentFault):
        keys.unwrap(keys.load_key_file(store), "een andere zin", store)


def test_what_is_not_used_is_overwritten(store: Path) -> None:
    keys.derive_ahead(store, PASSPHRASE)
    (begun,) = keys._ahead
    assert any(begun.key.result())
    keys.drop_ahead()
    assert not any(begun.key.result())
    assert not any(begun.secret)
    assert keys._ahead == []


def test_a_key_file_that_is_missing_is_reported_by_opening(tmp_path: Path) -> None:
    keys.derive_ahead(tmp_path / "nergens.samenlevendb", PASSPHRASE)
    assert keys._ahead == []
