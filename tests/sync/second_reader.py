"""A second reader of packs, from docs/pack-format.md alone: public libraries, nothing of the program.

second_reader.py PACK CARD AGE_IDENTITY_FILE prints what the pack holds, as JSON. Raises when anything is not proven.
"""

import hashlib
import io
import json
import sys
import zlib
from pathlib import Path

import msgspec
import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def read_card(path: Path) -> dict:
    card = json.loads(path.read_text("utf-8"))
    parts = [card["label"], card["officer_id"], card["verify_key"], card["recipient"]]
    said = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(card["verify_key"]))
    key.verify(bytes.fromhex(card["signature"]), b"samenleven-card-v1\0" + said)
    both = bytes.fromhex(card["verify_key"]) + card["recipient"].encode()
    return card | {"fingerprint": hashlib.sha256(b"samenleven-card-v1\0" + both).hexdigest()}


def read_pack(path: Path, card: dict, identity: str) -> tuple[dict, dict, dict]:
    sink = io.BytesIO()
    with path.open("rb") as source:
        pyrage.decrypt_io(source, sink, [pyrage.x25519.Identity.from_str(identity)])
    plain = sink.getvalue()
    assert plain[:16] == b"samenleven-pack\n"
    end = 20 + int.from_bytes(plain[16:20], "big")
    text, signature, at = plain[20:end], plain[end : end + 64], end + 64
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(card["verify_key"]))
    key.verify(signature, b"samenleven-pack-v1\0" + text)
    manifest = json.loads(text)
    assert manifest["format"] == "samenleven-pack" and manifest["reader_version"] in (1, 2)  # noqa: PT018
    packed, at = plain[at : at + manifest["body_bytes"]], at + manifest["body_bytes"]
    assert hashlib.sha256(packed).hexdigest() == manifest["body_sha256"]
    opener = zlib.decompressobj()
    body = msgspec.msgpack.decode(opener.decompress(packed, manifest["body_size"]))
    claimed = {(s, d, n) for s, d, first, last in manifest["ranges"] for n in range(first, last + 1)}
    assert claimed == {tuple(place[:3]) for place in body["places"]}
    assert len(body["changes"]) == manifest["changes"]
    contents = {}
    for sha256, size in manifest["contents"]:
        contents[sha256], at = plain[at : at + size], at + size
        assert hashlib.sha256(contents[sha256]).hexdigest() == sha256
    assert at == len(plain)
    return manifest, body, contents


if __name__ == "__main__":
    pack, card_file, identity_file = map(Path, sys.argv[1:])
    says, inside, files = read_pack(pack, read_card(card_file), identity_file.read_text("utf-8").strip())
    found = {"manifest": says, "body": inside, "contents": {name: content.hex() for name, content in files.items()}}
    sys.stdout.write(json.dumps(found, default=bytes.hex))
