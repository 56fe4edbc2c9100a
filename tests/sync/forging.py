"""Packs by hand, so that they can lie: signed and encrypted as the real ones, whatever stands in them."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from pathlib import Path
from typing import Any

import msgspec
import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from samenleven_desktop.domain.exchange import PackedChange, PackedPlace, ranges_of
from samenleven_desktop.services.exchange.colleagues import own_card, own_keys
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

    def close(self, sender: Colleague, path: Path, *others: Colleague) -> Path:
        """Signed by `sender`, for the others."""
        if self.packed is None:
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
