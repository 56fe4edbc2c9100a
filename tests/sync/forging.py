"""Packs by hand, so that they can lie: signed and encrypted as the real ones, whatever stands in them."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from samenleven_desktop.domain import change_proof
from samenleven_desktop.domain.exchange import PackedChange, PackedPlace, PackedSeal, ranges_of
from samenleven_desktop.services.exchange.colleagues import own_card, own_keys
from samenleven_desktop.sync import pack
from samenleven_desktop.sync.proof import Hasher, signed_seal
from tests.sync.colleagues import Colleague

MARK = b"samenleven-pack\n"
CONTEXT = b"samenleven-pack-v1\0"


class Opened:
    """The inside of a pack, to be changed and closed again."""

    def __init__(self, plain: bytes) -> None:
        length = struct.unpack(">I", plain[16:20])[0]
        self.manifest: dict[str, Any] = msgspec.json.decode(plain[20 : 20 + length])
        self.signature = plain[20 + length : 84 + length]
        end = 84 + length + self.manifest["body_bytes"]
        self.body: dict[str, Any] = msgspec.msgpack.decode(zlib.decompress(plain[84 + length : end]))
        self.contents = plain[end:]
        self.text: bytes | None = None
        self.packed: bytes | None = None

    def change(self, **values: Any) -> list[Any]:
        """The first change of the pack, with these parts other."""
        names = list(PackedChange._fields)
        found: list[Any] = self.body["changes"][0]
        for name, value in values.items():
            found[names.index(name)] = value
        return found

    def true_to_body(self) -> Opened:
        """Makes the manifest say what stands in the body, as a program of a liar would."""
        plain = msgspec.msgpack.encode(self.body)
        self.packed = zlib.compress(plain, 9)
        places = [PackedPlace(*one) for one in self.body["places"]]
        self.manifest |= {
            "ranges": [list(one) for one in ranges_of(places)],
            "changes": len(self.body["changes"]),
            "body_bytes": len(self.packed),
            "body_size": len(plain),
            "body_sha256": hashlib.sha256(self.packed).hexdigest(),
        }
        return self

    def signed_anew(self, sender: Colleague) -> Opened:
        """Signs the stream of the device of this pack over what stands in the body now."""
        body = msgspec.convert(self.body, pack._Body)
        key, device = own_keys(sender.workspace.store).signing_key, self.manifest["device_id"]
        places = {one[:3]: (one.author, one.change_number) for one in body.places}
        changes = {(one.device_id, one.number): one for one in body.changes}
        steps = {one.id: one for one in body.commands}
        hasher, found = Hasher(), [one for one in body.seals if one.device_id != device]
        for scope, stream, first, last in ranges_of(body.places):
            for start in range(first, last + 1, change_proof.LONGEST_SEAL) if stream == device else ():
                end = min(start + change_proof.LONGEST_SEAL - 1, last)
                salts = os.urandom((end - start + 1) * change_proof.SALT)
                hashes = []
                for number in range(start, end + 1):
                    ref = places[scope, device, number]
                    change = changes.get(ref) if ref[0] == device else None
                    step = None if change is None else steps.get(change.command_id)
                    if change is None or step is None:
                        hashes.append(change_proof.place_hash(*ref))
                    else:
                        salt = change_proof.salt_of(salts, number - start)
                        hashes.append(hasher.whole(change, step, salt))
                seal = PackedSeal(scope, device, start, end, b"", salts, [], [], [])
                found.append(signed_seal(seal, hashes, key))
        self.body["seals"] = [list(one) for one in found]
        return self

    def close(self, sender: Colleague, path: Path, *others: Colleague) -> Path:
        """Signed by `sender`, for the others."""
        if self.packed is None:
            with suppress(msgspec.MsgspecError, RecursionError, TypeError, ValueError):
                self.signed_anew(sender)
            self.true_to_body()
        assert self.packed is not None
        text = self.text if self.text is not None else msgspec.json.encode(self.manifest)
        key = Ed25519PrivateKey.from_private_bytes(own_keys(sender.workspace.store).signing_key)
        signature = key.sign(CONTEXT + text)
        plain = MARK + struct.pack(">I", len(text)) + text + signature + self.packed + self.contents
        return encrypted(plain, path, *others)


def encrypted(plain: bytes, path: Path, *others: Colleague) -> Path:
    recipients = [pyrage.x25519.Recipient.from_str(own_card(one.workspace).recipient) for one in others]
    path.write_bytes(pyrage.encrypt(plain, recipients))
    return path


def deciphered(path: Path, reader: Colleague) -> bytes:
    identity = pyrage.x25519.Identity.from_str(own_keys(reader.workspace.store).age_identity)
    sink = io.BytesIO()
    with path.open("rb") as source:
        pyrage.decrypt_io(source, sink, [identity])
    return sink.getvalue()


def opened(path: Path, reader: Colleague) -> Opened:
    return Opened(deciphered(path, reader))
