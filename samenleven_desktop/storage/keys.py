"""The key of a work file: a random 256-bit key, wrapped by a passphrase and by a recovery code, in `FILE.key`.

Passphrase and recovery code are turned into wrapping keys with Argon2id. The wrapping is AES-256-GCM bound to the id of
the work file, so that the key file of another work file is recognised. system_keyring.py stores the key in the system
keyring. This is the only module in `storage` that uses cryptography.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.domain.passphrase import SHORTEST
from samenleven_desktop.storage.file_lock import os_fault, real_place
from samenleven_desktop.storage.file_writer import write_whole
from samenleven_desktop.storage.memory import wipe

KEY_BYTES = 32
_FORMAT = 1
_SALT, _NONCE, _TAG = 16, 12, 16
_LARGEST, _LONGEST_ID = 1 << 16, 100

WRONG_PASSPHRASE = N_("The passphrase does not fit {file}. Nothing was changed.")
WRONG_RECOVERY = N_("The recovery code does not fit {file}. Nothing was changed.")
NO_KEY_FILE = N_(
    "The key file {file} is missing. Put it back beside the work file; without it nobody can read the work."
)
BAD_KEY_FILE = N_("The key file {file} is damaged. Put back the key file of a backup; nothing was changed.")
SHORT_PASSPHRASE = N_("Choose a passphrase of at least {n} characters.")


@dataclass(frozen=True)
class KeyCost:
    """Argon2id: rounds, memory in KiB, lanes. The default takes about 0.1 s on a laptop."""

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
    """The content of `FILE.key`; it discloses no secret without the passphrase or recovery code."""

    store_id: str
    passphrase: _Wrap
    recovery: _Wrap | None
    key_id: str = ""
    """Identifies the data key, so that key files can be compared without a passphrase; empty in older key files."""
    following: KeyFile | None = None
    """Only while the data key is being changed: the key file to use once the work file has that key."""
    public: bool = False
    """The passphrase is the public one of practice files."""


def key_file_path(store: Path) -> Path:
    real = real_place(store)
    return real.with_name(real.name + ".key")


def make_key_file(
    store_id: str, passphrase: str, cost: KeyCost, *, with_recovery: bool = False, public: bool = False
) -> tuple[KeyFile, bytearray, str | None]:
    """Returns a new random data key, its key file and, if requested, a recovery code (125 bits, five groups of five).

    Raises UserError for a passphrase that is too short.
    """
    _check_length(passphrase)
    key = bytearray(secrets.token_bytes(KEY_BYTES))
    wrap, recovery, shown = _wrap(key, passphrase, store_id, cost), None, None
    if with_recovery:
        code = base64.b32encode(secrets.token_bytes(16)).decode()[:25]
        recovery = _wrap(key, code, store_id, cost)
        shown = "-".join(code[i : i + 5] for i in range(0, 25, 5))
    return KeyFile(store_id, wrap, recovery, secrets.token_hex(8), public=public), key, shown


def unwrap(key_file: KeyFile, passphrase: str, store: Path) -> bytearray:
    """Returns the data key. Raises EnvironmentFault if the passphrase is wrong."""
    return _unwrap(key_file.passphrase, passphrase, key_file.store_id, WRONG_PASSPHRASE, store)


def unwrap_with_recovery(key_file: KeyFile, code: str, store: Path) -> bytearray:
    """Returns the data key from a recovery code; spaces, dashes and case in the code do not matter."""
    if key_file.recovery is None:
        raise UserError(N_("No recovery sheet was made for {file}."), file=store.name)
    return _unwrap(key_file.recovery, _tidy(code), key_file.store_id, WRONG_RECOVERY, store)


def save_key_file(key_file: KeyFile, store: Path) -> None:
    """Writes `FILE.key` atomically."""
    write_whole(key_file_path(store), json.dumps(_content(key_file), indent=1).encode())


def load_key_file(store: Path) -> KeyFile:
    """Raises EnvironmentFault if the file is missing or damaged."""
    return read_key_file(key_file_path(store))


def read_key_file(path: Path) -> KeyFile:
    """Reads a key file from any path. Raises EnvironmentFault if the file is missing or damaged."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise EnvironmentFault(NO_KEY_FILE, file=path.name) from None
    except IsADirectoryError:
        raise EnvironmentFault(BAD_KEY_FILE, file=path.name) from None
    except OSError as error:
        raise os_fault(error, path) from error
    try:
        if len(raw) > _LARGEST:
            raise ValueError("too large for a key file")
        return _key_file(json.loads(raw), path)
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        raise EnvironmentFault(BAD_KEY_FILE, file=path.name) from None


def key_id_of(store: Path) -> str | None:
    """Returns the data key id of a work file or backup, without a passphrase; None if its key file is unreadable."""
    try:
        return load_key_file(store).key_id
    except EnvironmentFault:
        return None


def _check_length(passphrase: str) -> None:
    if len(passphrase) < SHORTEST:
        raise UserError(SHORT_PASSPHRASE, field="passphrase", n=SHORTEST)


def _tidy(code: str) -> str:
    return "".join(ch for ch in code.upper() if ch.isalnum())


@dataclass(frozen=True)
class _Ahead:
    """A derivation that runs on a thread of its own, before the work file is opened."""

    secret: bytes
    salt: bytes
    cost: KeyCost
    key: Future[bytes]


_ahead: list[_Ahead] = []
_ahead_lock = threading.Lock()


def derive_ahead(store: Path, passphrase: str) -> None:
    """Starts deriving the wrapping key of a passphrase beside other work, such as importing what opening needs.

    The next derivation from the same passphrase takes the result. Call `drop_ahead` when the file is open, or did not
    open. A key file that cannot be read is reported when the work file is opened.
    """
    drop_ahead()
    with suppress(EnvironmentFault):
        wrap = load_key_file(store).passphrase
        begun = _Ahead(_encoded(passphrase), wrap.salt, wrap.cost, Future())
        with _ahead_lock:
            _ahead.append(begun)
        threading.Thread(target=_run_ahead, args=(begun,), name="key", daemon=True).start()


def drop_ahead() -> None:
    """Overwrites a key that was derived ahead and not used; one that is still being derived, when it is ready."""
    with _ahead_lock:
        left = list(_ahead)
        _ahead.clear()
    for one in left:
        one.key.add_done_callback(partial(_wipe_ahead, one.secret))


def _run_ahead(begun: _Ahead) -> None:
    try:
        begun.key.set_result(_argon2id(begun.secret, begun.salt, begun.cost))
    except Exception as error:  # noqa: BLE001 - raised again where the key is used
        begun.key.set_exception(error)


def _wipe_ahead(secret: bytes, key: Future[bytes]) -> None:
    wipe(secret)
    if key.exception() is None:
        wipe(key.result())


def _derive(secret: bytes, salt: bytes, cost: KeyCost) -> bytes:
    with _ahead_lock:
        fitting = [one for one in _ahead if (one.secret, one.salt, one.cost) == (secret, salt, cost)]
        for one in fitting:
            _ahead.remove(one)
    for one in fitting:
        derived = one.key.result()
        wipe(one.secret)
        return derived
    return _argon2id(secret, salt, cost)


def _argon2id(secret: bytes, salt: bytes, cost: KeyCost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(secret)


def _wrap(key: bytearray, secret: str, store_id: str, cost: KeyCost) -> _Wrap:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    with _wrapping_key(secret, salt, cost) as wrapping_key:
        return _Wrap(salt, nonce, AESGCM(wrapping_key).encrypt(nonce, key, store_id.encode()), cost)


def _unwrap(wrap: _Wrap, secret: str, store_id: str, message: str, store: Path) -> bytearray:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    with _wrapping_key(secret, wrap.salt, wrap.cost) as wrapping_key:
        try:
            plain = AESGCM(wrapping_key).decrypt(wrap.nonce, wrap.wrapped, store_id.encode())
        except InvalidTag:
            raise EnvironmentFault(message, field="passphrase", file=store.name) from None
    key = bytearray(plain)
    wipe(plain)
    return key


def _encoded(secret: str) -> bytes:
    return secret.encode("utf-8", "surrogatepass")


@contextmanager
def _wrapping_key(secret: str, salt: bytes, cost: KeyCost) -> Iterator[bytes]:
    """Derives the wrapping key from a passphrase or code; overwrites it and our copy of the passphrase afterwards."""
    encoded = _encoded(secret)
    try:
        derived = _derive(encoded, salt, cost)
    finally:
        wipe(encoded)
    try:
        yield derived
    finally:
        wipe(derived)


def _content(key_file: KeyFile) -> dict[str, object]:
    content: dict[str, object] = {
        "format": _FORMAT,
        "store_id": key_file.store_id,
        "key_id": key_file.key_id,
        "passphrase": _to_json(key_file.passphrase),
        "recovery": None if key_file.recovery is None else _to_json(key_file.recovery),
    }
    if key_file.public:
        content["public_passphrase"] = True
    if key_file.following is not None:
        content["following"] = _content(key_file.following)
    return content


def _key_file(content: Any, path: Path) -> KeyFile:
    """Raises ValueError, KeyError or TypeError for content that this program cannot have written."""
    if content["format"] > _FORMAT:
        raise EnvironmentFault(
            N_("{file} was made by a newer version. Install that version to open it."), file=path.name
        )
    recovery, following = content["recovery"], content.get("following")
    return KeyFile(
        _short_text(content["store_id"]),
        _from_json(content["passphrase"]),
        None if recovery is None else _from_json(recovery),
        _short_text(content.get("key_id", "")),
        None if following is None else replace(_key_file(following, path), following=None),
        content.get("public_passphrase") is True,
    )


def _short_text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_ID or not value.isascii():
        raise ValueError("no id")
    return value


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
    if content["kdf"] != "argon2id":
        raise ValueError("another key derivation")
    # Limits: a damaged or hostile key file must not cost minutes or gigabytes.
    cost = KeyCost(int(str(content["iterations"])), int(str(content["memory_kib"])), int(str(content["lanes"])))
    if not (1 <= cost.iterations <= 20 and 8 * cost.lanes <= cost.memory_kib <= 1 << 18 and 1 <= cost.lanes <= 16):
        raise ValueError("key derivation out of bounds")
    wrap = _Wrap(
        bytes.fromhex(str(content["salt"])),
        bytes.fromhex(str(content["nonce"])),
        bytes.fromhex(str(content["key"])),
        cost,
    )
    if (len(wrap.salt), len(wrap.nonce), len(wrap.wrapped)) != (_SALT, _NONCE, KEY_BYTES + _TAG):
        raise ValueError("wrong lengths")
    return wrap
