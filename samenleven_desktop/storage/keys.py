"""The key of a work file: a random 256-bit key, wrapped by a passphrase and by a recovery code, in `FILE.key`.

Passphrase and recovery code become wrapping keys through Argon2id; the wrapping is AES-256-GCM bound to the id of
the work file, so that the key file of another work file is recognised. Keeping the key in the system's keyring is
system_keyring.py's. This is the one place in `storage` that knows cryptography.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.storage.files import write_whole

KEY_BYTES = 32
SHORTEST_PASSPHRASE = 8
_FORMAT = 1

WRONG_PASSPHRASE = N_("The passphrase does not fit {file}. Nothing was changed.")
WRONG_RECOVERY = N_("The recovery code does not fit {file}. Nothing was changed.")
NO_KEY_FILE = N_(
    "The key file {file} is missing. Put it back beside the work file; without it nobody can read the work."
)
BAD_KEY_FILE = N_("The key file {file} is damaged. Put back the key file of a backup; nothing was changed.")
SHORT_PASSPHRASE = N_("Choose a passphrase of at least {n} characters.")


@dataclass(frozen=True)
class KeyCost:
    """Argon2id: rounds, memory in KiB, lanes. The default takes about a tenth of a second on a laptop."""

    iterations: int = 3
    memory_kib: int = 65536
    lanes: int = 1


@dataclass(frozen=True)
class _Wrap:
    salt: bytes
    nonce: bytes
    wrapped: bytes
    cost: KeyCost


@dataclass(frozen=True)
class KeyFile:
    """What `FILE.key` holds; no secret can be read from it without passphrase or recovery code."""

    store_id: str
    passphrase: _Wrap
    recovery: _Wrap | None
    public: bool = False
    """The passphrase is the one of practice files that everybody may know."""


def key_file_path(store: Path) -> Path:
    return store.with_name(store.name + ".key")


def make_key_file(store_id: str, passphrase: str, cost: KeyCost, public: bool = False) -> tuple[KeyFile, bytes]:
    """A new random data key and its key file. Raises UserError for a passphrase that is too short."""
    _check_length(passphrase)
    key = secrets.token_bytes(KEY_BYTES)
    return KeyFile(store_id, _wrap(key, passphrase, store_id, cost), None, public), key


def unwrap(key_file: KeyFile, passphrase: str, store: Path) -> bytes:
    """The data key. Raises EnvironmentFault when the passphrase does not fit."""
    return _unwrap(key_file.passphrase, passphrase, key_file.store_id, WRONG_PASSPHRASE, store)


def unwrap_with_recovery(key_file: KeyFile, code: str, store: Path) -> bytes:
    """The data key through the recovery sheet; spaces, dashes and small letters in the code do not matter."""
    if key_file.recovery is None:
        raise UserError(N_("No recovery sheet was made for {file}."), file=store.name)
    return _unwrap(key_file.recovery, _tidy(code), key_file.store_id, WRONG_RECOVERY, store)


def with_passphrase(key_file: KeyFile, key: bytes, passphrase: str) -> KeyFile:
    """The key file under another passphrase; the data key and the recovery code stay."""
    _check_length(passphrase)
    wrap = _wrap(key, passphrase, key_file.store_id, key_file.passphrase.cost)
    return replace(key_file, passphrase=wrap, public=False)


def with_new_recovery(key_file: KeyFile, key: bytes) -> tuple[KeyFile, str]:
    """A fresh recovery code (125 bits, five groups of five) that replaces an earlier one, and its key file."""
    code = base64.b32encode(secrets.token_bytes(16)).decode()[:25]
    wrap = _wrap(key, code, key_file.store_id, key_file.passphrase.cost)
    return replace(key_file, recovery=wrap), "-".join(code[i : i + 5] for i in range(0, 25, 5))


def save_key_file(key_file: KeyFile, store: Path) -> None:
    """Writes `FILE.key` whole or not at all."""
    content: dict[str, object] = {
        "format": _FORMAT,
        "store_id": key_file.store_id,
        "passphrase": _to_json(key_file.passphrase),
        "recovery": None if key_file.recovery is None else _to_json(key_file.recovery),
    }
    if key_file.public:
        content["public_passphrase"] = True
    write_whole(key_file_path(store), json.dumps(content, indent=1).encode())


def load_key_file(store: Path) -> KeyFile:
    """Raises EnvironmentFault when the file is missing or damaged."""
    path = key_file_path(store)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise EnvironmentFault(NO_KEY_FILE, file=path.name) from None
    try:
        content = json.loads(raw)
        if content["format"] > _FORMAT:
            raise EnvironmentFault(
                N_("{file} was made by a newer version. Install that version to open it."), file=path.name
            )
        recovery = content["recovery"]
        return KeyFile(
            str(content["store_id"]),
            _from_json(content["passphrase"]),
            None if recovery is None else _from_json(recovery),
            content.get("public_passphrase") is True,
        )
    except (ValueError, KeyError, TypeError):
        raise EnvironmentFault(BAD_KEY_FILE, file=path.name) from None


def _check_length(passphrase: str) -> None:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError(SHORT_PASSPHRASE, field="passphrase", n=SHORTEST_PASSPHRASE)


def _tidy(code: str) -> str:
    return "".join(ch for ch in code.upper() if ch.isalnum())


def _derive(secret: str, salt: bytes, cost: KeyCost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(secret.encode())


def _wrap(key: bytes, secret: str, store_id: str, cost: KeyCost) -> _Wrap:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    wrapped = AESGCM(_derive(secret, salt, cost)).encrypt(nonce, key, store_id.encode())
    return _Wrap(salt, nonce, wrapped, cost)


def _unwrap(wrap: _Wrap, secret: str, store_id: str, message: str, store: Path) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_derive(secret, wrap.salt, wrap.cost)).decrypt(wrap.nonce, wrap.wrapped, store_id.encode())
    except InvalidTag:
        raise EnvironmentFault(message, field="passphrase", file=store.name) from None


def _to_json(wrap: _Wrap) -> dict[str, object]:
    return {
        "kdf": "argon2id",
        "iterations": wrap.cost.iterations,
        "memory_kib": wrap.cost.memory_kib,
        "lanes": wrap.cost.lanes,
        "salt": wrap.salt.hex(),
        "nonce": wrap.nonce.hex(),
        "key": wrap.wrapped.hex(),
    }


def _from_json(content: dict[str, object]) -> _Wrap:
    # Bounds: a damaged or hostile key file must not make us spend minutes or gigabytes.
    cost = KeyCost(int(str(content["iterations"])), int(str(content["memory_kib"])), int(str(content["lanes"])))
    if not (1 <= cost.iterations <= 20 and 8 <= cost.memory_kib <= 1 << 20 and 1 <= cost.lanes <= 16):
        raise ValueError("key derivation out of bounds")
    return _Wrap(
        bytes.fromhex(str(content["salt"])),
        bytes.fromhex(str(content["nonce"])),
        bytes.fromhex(str(content["key"])),
        cost,
    )
