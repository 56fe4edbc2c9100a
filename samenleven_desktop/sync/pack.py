"""The file for a colleague: written as a stream, read and verified as a stream. Specified in docs/pack-format.md.

Inside the age encryption: a magic number, a manifest with its Ed25519 signature, the changes (zlib, msgpack), then the
contents of attachments one after another. The signed manifest has the length and SHA-256 of each part.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import msgspec

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.exchange import (
    Bundle,
    PackedBinding,
    PackedChange,
    PackedCommand,
    PackedErasure,
    PackedPlace,
    PackedRedaction,
    PackedSeal,
    Profile,
    Range,
    ranges_of,
)
from samenleven_desktop.sync import age_header, crypto, pack_validation, proof_validation

ENDING = ".samenleven"
FORMAT = "samenleven-pack"
FORMAT_VERSION = 2
OLDER_VERSION = 1
"""Without proof of who wrote what; for colleagues who have an earlier version of the program."""
_MAGIC = b"samenleven-pack\n"
_CONTEXT = b"samenleven-pack-v1\0"
_LARGEST_MANIFEST = 16 << 20
_LARGEST_BODY = 1 << 30
_SMALL_BODY = 1 << 20
_SHRINKS = 100
_LARGEST_CONTENT = 256 << 20
_SIGNATURE = 64
_CHUNK = 256 * 1024

NO_PACK = N_("{file} is no file of a colleague, or it is damaged or not copied whole. Ask for it again.")
NO_FILE = N_("There is no file {file}.")
NOT_FOR_YOU = N_("{file} is not for you: the colleague did not choose your card when making it.")
NOT_TRUSTED = N_("{file} comes from somebody whose card you do not have: {label}. Ask for the card, and compare words.")
REVOKED = N_("{file} comes from {label}, whose card you no longer trust. Nothing was taken over.")
NEWER_PACK = N_("{file} was made by a newer version of Samenleven. Install that version first.")
NOT_SIGNED = N_(
    "The signature of {file} does not fit. Somebody changed it, or it is from somebody else. Throw it away."
)
NOT_TRUE = N_("{file} does not hold what it says it holds. Ask the colleague to make it again.")
TOO_LARGE = N_("{file} would be too large. Choose fewer governments.")
FOLDER_IN_NAME = N_("{file} holds an attachment with a folder in its name. Nothing was taken over.")


class Sender(msgspec.Struct, kw_only=True):
    label: str
    officer_id: str | None
    verify_key: str
    recipient: str


class Manifest(msgspec.Struct, kw_only=True):
    """The header of a pack; only trusted if signed.

    `recipients`: fingerprint -> number of this pack in the sequence from that device to that person. `practice`: the
    date of a practice file, else None.
    """

    format: str
    format_version: int
    reader_version: int
    pack_id: str
    made_at: str
    program: str
    profile: str
    practice: str | None
    sender: Sender
    device_id: str
    recipients: dict[str, int]
    plans: dict[str, str]
    scopes: list[str]
    ranges: list[Range]
    vector: list[tuple[str, str, int]]
    digests: dict[str, str]
    changes: int
    body_bytes: int
    body_size: int
    body_sha256: str
    contents: list[tuple[str, int]]
    handover: dict[str, str] | None = None
    plan_names: dict[str, str] = {}
    sealed: list[tuple[str, str, int]] = []

    @property
    def proves(self) -> bool:
        """Whether it says of every device whose it is (format 2)."""
        return self.format_version > OLDER_VERSION

    @property
    def fingerprint(self) -> str:
        return crypto.fingerprint(bytes.fromhex(self.sender.verify_key), self.sender.recipient)


class _Body(msgspec.Struct, kw_only=True):
    commands: list[PackedCommand] = []
    changes: list[PackedChange] = []
    places: list[PackedPlace] = []
    erasures: list[PackedErasure] = []
    redactions: list[PackedRedaction] = []
    bindings: list[PackedBinding] = []
    seals: list[PackedSeal] = []
    numbers: dict[str, Any] | None = None
    plan_versions: list[dict[str, Any]] = []


class Pack(msgspec.Struct, kw_only=True):
    """A verified pack."""

    manifest: Manifest
    bundle: Bundle
    numbers: dict[str, Any] | None
    plan_versions: list[dict[str, Any]]


def write_pack(
    target: IO[bytes],
    manifest: Manifest,
    bundle: Bundle,
    contents: Iterator[tuple[str, bytes]],
    sizes: dict[str, int],
    recipients: list[str],
    signing_key: bytes,
    numbers: dict[str, Any] | None = None,
    plan_versions: Sequence[dict[str, Any]] = (),
) -> Manifest:
    """Completes the manifest, signs it, and writes the encrypted file.

    `sizes`: content by SHA-256 -> bytes, in the order of `contents`. Raises UserError if the pack would be too large to
    read.
    """
    plain = msgspec.msgpack.encode(
        _Body(
            commands=bundle.commands,
            changes=bundle.changes,
            places=bundle.places,
            erasures=bundle.erasures,
            redactions=bundle.redactions,
            bindings=bundle.bindings,
            seals=bundle.seals,
            numbers=numbers,
            plan_versions=list(plan_versions),
        )
    )
    body = zlib.compress(plain, 1)
    if len(plain) > _largest_body(len(body)):
        raise UserError(TOO_LARGE, file=getattr(target, "name", ENDING))
    manifest = msgspec.structs.replace(
        manifest,
        ranges=ranges_of(bundle.places),
        changes=len(bundle.changes),
        body_bytes=len(body),
        body_size=len(plain),
        body_sha256=hashlib.sha256(body).hexdigest(),
        contents=list(sizes.items()),
    )
    head = msgspec.json.encode(manifest)
    signature = crypto.sign(signing_key, _CONTEXT + head)

    def parts() -> Iterator[bytes]:
        yield _MAGIC + struct.pack(">I", len(head)) + head + signature
        yield body
        for _, content in contents:
            yield content

    crypto.encrypt(_Source(parts()), target, recipients)
    return manifest


def read_pack(
    path: Path,
    age_identity: str,
    own_fingerprint: str,
    key_of: Callable[[Manifest, str], bytes],
    on_content: Callable[[str, bytes], None] = lambda _sha256, _content: None,
) -> Pack:
    """Returns a fully verified pack; `on_content` receives each content once its hash was verified.

    `key_of` returns the key of a trusted sender, or raises. Raises UserError with one sentence for any other error.
    """
    reader = _Reader(path.name, own_fingerprint, key_of, on_content)
    _decrypt(path, reader, age_identity)
    return reader.finish()


class _Enough(Exception):
    """Stops reading after the manifest."""


def read_manifest(
    path: Path, age_identity: str, own_fingerprint: str, key_of: Callable[[Manifest, str], bytes]
) -> Manifest:
    """Returns the proven manifest of a pack that is there whole; the rest of it is neither deciphered nor verified.

    For the watched folder: what that costs does not depend on the size of the file. Raises UserError.
    """
    reader = _Reader(path.name, own_fingerprint, key_of, lambda _sha256, _content: None, only_manifest=True)
    with suppress(_Enough):
        _decrypt(path, reader, age_identity)
    manifest = reader.manifest
    try:
        with path.open("rb") as source:
            whole = age_header.file_length(age_header.header_length(source), reader.size)
        there = path.stat().st_size
    except (OSError, age_header.BadHeader):
        raise UserError(NO_PACK, field="file", file=path.name) from None
    if manifest is None or there != whole:
        raise UserError(NO_PACK, field="file", file=path.name)
    return manifest


def _decrypt(path: Path, reader: _Reader, age_identity: str) -> None:
    try:
        with path.open("rb") as source:
            crypto.decrypt(source, reader, age_identity)
    except FileNotFoundError:
        raise UserError(NO_FILE, field="file", file=path.name) from None
    except crypto.NotForThisKey:
        raise UserError(NOT_FOR_YOU, field="file", file=path.name) from None
    except (crypto.Undecipherable, OSError):
        raise UserError(NO_PACK, field="file", file=path.name) from None


def _bundle(body: _Body) -> Bundle:
    return Bundle(body.commands, body.changes, body.places, body.erasures, body.redactions, body.bindings, body.seals)


def _largest_body(packed: int) -> int:
    """Returns the maximum uncompressed size: changes contain ids, so they never compress as well as a zip bomb."""
    return min(_LARGEST_BODY, max(_SMALL_BODY, packed * _SHRINKS))


class _Source:
    """A readable stream over chunks of bytes."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        while not len(self._rest):
            part = next(self._parts, None)
            if part is None:
                return b""
            self._rest = memoryview(part)
        taken = bytes(self._rest[: size if size >= 0 else _CHUNK])
        self._rest = self._rest[len(taken) :]
        return taken


class _Reader:
    """Receives the decrypted bytes in chunks and verifies each part as soon as it is complete."""

    def __init__(
        self,
        name: str,
        own_fingerprint: str,
        key_of: Callable[[Manifest, str], bytes],
        on_content: Callable[[str, bytes], None],
        *,
        only_manifest: bool = False,
    ) -> None:
        self._name = name
        self._only_manifest = only_manifest
        self._own = own_fingerprint
        self._key_of = key_of
        self._on_content = on_content
        self._waiting = bytearray()
        self._steps = self._read()
        self._wanted = next(self._steps)
        self._manifest: Manifest | None = None
        self._body: _Body | None = None
        self._done = False
        self._head = 0

    @property
    def manifest(self) -> Manifest | None:
        return self._manifest

    @property
    def size(self) -> int:
        """The number of bytes that the manifest announces, itself included; 0 as long as there is none."""
        if self._manifest is None:
            return 0
        sizes = (size for _, size in self._manifest.contents)
        return self._head + self._manifest.body_bytes + sum(sizes)

    def write(self, data: bytes, /) -> int:
        if self._done:
            raise self._refused(NOT_TRUE)
        self._waiting += data
        while not self._done and len(self._waiting) >= self._wanted:
            part = bytes(self._waiting[: self._wanted])
            del self._waiting[: self._wanted]
            self._go_on(part)
        if self._done and self._waiting:
            raise self._refused(NOT_TRUE)
        return len(data)

    def flush(self) -> None:
        pass

    def finish(self) -> Pack:
        if not self._done or self._manifest is None or self._body is None:
            raise self._refused(NO_PACK)
        body = self._body
        return Pack(
            manifest=self._manifest, bundle=_bundle(body), numbers=body.numbers, plan_versions=body.plan_versions
        )

    def _go_on(self, part: bytes) -> None:
        try:
            self._wanted = self._steps.send(part)
        except StopIteration:
            self._done = True

    def _read(self) -> Generator[int, bytes, None]:
        """Yields the number of bytes it needs next and is sent them."""
        head = yield len(_MAGIC) + 4
        length = struct.unpack(">I", head[-4:])[0]
        if not head.startswith(_MAGIC) or length > _LARGEST_MANIFEST:
            raise self._refused(NO_PACK)
        text = yield length
        signature = yield _SIGNATURE
        manifest = self._manifest = self._proven(text, signature)
        self._head = len(head) + length + _SIGNATURE
        if self._only_manifest:
            raise _Enough
        packed = yield manifest.body_bytes
        self._body = self._opened(manifest, packed)
        for sha256, size in manifest.contents:
            content = b"" if size == 0 else (yield size)
            if hashlib.sha256(content).hexdigest() != sha256:
                raise self._refused(NOT_TRUE)
            self._on_content(sha256, content)

    def _proven(self, text: bytes, signature: bytes) -> Manifest:
        try:
            version = msgspec.json.decode(text, type=_Version)
            if version.format != FORMAT:
                raise self._refused(NO_PACK)
            if version.reader_version > FORMAT_VERSION:
                raise self._refused(NEWER_PACK)
            manifest = msgspec.json.decode(text, type=Manifest)
            claimed = bytes.fromhex(manifest.sender.verify_key)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise self._refused(NO_PACK) from None
        if not crypto.is_signed(claimed, signature, _CONTEXT + text):
            raise self._refused(NOT_SIGNED)
        if self._key_of(manifest, self._name) != claimed:
            raise self._refused(NOT_SIGNED)
        if self._own not in manifest.recipients:
            raise self._refused(NOT_FOR_YOU)
        try:
            self._check_manifest(manifest)
        except pack_validation.Untrue:
            raise self._refused(NOT_TRUE) from None
        return manifest

    def _check_manifest(self, manifest: Manifest) -> None:
        if manifest.profile not in list(Profile):
            raise self._refused(NEWER_PACK)
        sizes = [manifest.body_bytes, manifest.body_size, *(size for _, size in manifest.contents)]
        if min(sizes) < 0 or max(sizes[2:], default=0) > _LARGEST_CONTENT:
            raise pack_validation.Untrue
        if not 0 < manifest.body_bytes <= _LARGEST_BODY or manifest.body_size > _largest_body(manifest.body_bytes):
            raise pack_validation.Untrue
        pack_validation.check_moment(manifest.made_at)
        pack_validation.check_numbers(manifest.recipients.values(), pack_validation.MOST_PACKS)
        pack_validation.check_numbers(number for *_, number in (*manifest.vector, *manifest.sealed))
        if manifest.format_version < manifest.reader_version:
            raise pack_validation.Untrue
        if not all(map(pack_validation.is_label, [manifest.sender.label, *manifest.plan_names.values()])):
            raise pack_validation.Untrue

    def _opened(self, manifest: Manifest, packed: bytes) -> _Body:
        if hashlib.sha256(packed).hexdigest() != manifest.body_sha256:
            raise self._refused(NOT_TRUE)
        try:
            opener = zlib.decompressobj()
            # One byte beyond the stated size means a zip bomb; no more than that is ever decompressed.
            plain = opener.decompress(packed, manifest.body_size + 1)
            if len(plain) != manifest.body_size or opener.unconsumed_tail or opener.unused_data or not opener.eof:
                raise self._refused(NOT_TRUE)
            body = msgspec.msgpack.decode(plain, type=_Body)
        except (zlib.error, msgspec.MsgspecError, ValueError, RecursionError):
            raise self._refused(NOT_TRUE) from None
        if ranges_of(body.places) != manifest.ranges or len(body.changes) != manifest.changes:
            raise self._refused(NOT_TRUE)
        if {place.scope for place in body.places} - set(manifest.scopes):
            raise self._refused(NOT_TRUE)
        if (manifest.profile == Profile.NUMBERS) != (body.numbers is not None):
            raise self._refused(NOT_TRUE)
        try:
            if body.numbers is not None:
                pack_validation.check_team_numbers(body.numbers)
                if body.changes or body.erasures or body.redactions or body.plan_versions:
                    raise pack_validation.Untrue
            pack_validation.check_bundle(_bundle(body))
            proof_validation.check(body.bindings, body.seals)
        except pack_validation.FolderInName:
            raise self._refused(FOLDER_IN_NAME) from None
        except pack_validation.Untrue:
            raise self._refused(NOT_TRUE) from None
        return body

    def _refused(self, sentence: str) -> UserError:
        return UserError(sentence, field="file", file=self._name)


class _Version(msgspec.Struct):
    format: str
    reader_version: int
