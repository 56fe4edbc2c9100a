"""Packs that were damaged, swapped, or that lie under a good signature: refused in one sentence, nothing changed."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from samenleven_desktop.__main__ import main
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.exchange.apply_pack import apply_pack, local_identity, preview_pack, read_pack
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import AddAttachment
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.workfile.workspace import open_workspace
from tests.builders import PASSPHRASE, TODAY
from tests.sync.colleagues import Colleague, all_know, newcomer
from tests.sync.forging import Opened, deciphered, encrypted, opened

pytestmark = pytest.mark.slow

START = [sys.executable, "-m", "samenleven_desktop"]
BOUND = 48 << 20


@pytest.fixture(scope="module")
def trio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Colleague, Colleague, Colleague]]:
    """Three who trust one another; the first has an agreement and an attachment, the others nothing."""
    folder = tmp_path_factory.mktemp("damaged")
    people = tuple(newcomer(folder, name) for name in ("one", "two", "three"))
    one, two, three = people
    one.workspace.choose_officer(one.workspace.run(AddOfficer("coach")).result)
    mechelen = one.workspace.query(government_by_code, "12025").id
    one.workspace.run(AddAgreement(mechelen, Party.COACH, "bel terug", None))
    one.workspace.run(AddAttachment(mechelen, "nota.txt", b"kort"))
    all_know(*people)
    yield one, two, three
    for person in people:
        person.close()


@pytest.fixture
def good(trio: tuple[Colleague, Colleague, Colleague]) -> Path:
    one, two, _ = trio
    return one.give(two)


@pytest.fixture
def untouched(trio: tuple[Colleague, Colleague, Colleague]) -> Iterator[None]:
    """What the second has is the same before and after: content, log, colleagues, packs, undo."""
    before = everything(trio[1])
    yield
    assert everything(trio[1]) == before


def everything(one: Colleague) -> str:
    """A digest over every table of the store, drafts and log included."""

    def ask(reading: Any) -> str:
        connection = reading.view.connection
        names = [
            row[0]
            for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        found = hashlib.sha256()
        for name in names:
            if not name.startswith(("search_words", "sqlite_")):
                cursor = connection.exec_driver_sql(f'SELECT * FROM "{name}"').cursor
                found.update(repr((name, cursor.fetchall())).encode())
        return found.hexdigest()

    return one.workspace.query(ask)


def sentence(one: Colleague, path: Path) -> str:
    """What the refusal says; there must be one, for looking and for taking over."""
    said = set()
    for ask in (preview_pack, apply_pack):
        with pytest.raises(UserError) as refusal:
            ask(one.workspace, path)
        said.add(Language("en").error(refusal.value))
    (only,) = said
    assert path.name in only
    assert "\n" not in only
    return only


def all_refused(one: Colleague, path: Path, damaged: Iterable[bytes]) -> None:
    """By the reading that looking and taking over begin with; every 32nd by taking over itself."""
    us = local_identity(one.workspace)
    for number, content in enumerate(damaged):
        path.write_bytes(content)
        with pytest.raises(UserError):
            if number % 32 == 0:
                apply_pack(one.workspace, path)
            else:
                read_pack(us, path)


@pytest.mark.slow
@pytest.mark.usefixtures("untouched")
def test_every_byte_flipped_is_refused(trio: tuple[Colleague, Colleague, Colleague], good: Path) -> None:
    content = good.read_bytes()
    flipped = (content[:at] + bytes([content[at] ^ (1 << at % 8)]) + content[at + 1 :] for at in range(len(content)))
    all_refused(trio[1], good, flipped)


@pytest.mark.slow
@pytest.mark.usefixtures("untouched")
def test_every_truncation_is_refused(trio: tuple[Colleague, Colleague, Colleague], good: Path) -> None:
    content = good.read_bytes()
    all_refused(trio[1], good, (content[:length] for length in range(len(content))))
    all_refused(trio[1], good, [content + b"\0", content + content])


def test_what_was_damaged_on_the_way_is_good_when_it_comes_again(
    trio: tuple[Colleague, Colleague, Colleague], tmp_path: Path
) -> None:
    """The pack of these tests is a good one: otherwise they would prove nothing."""
    one, _, three = trio
    got = three.take(one.give(three))
    assert (got.new, got.different) == (3, ())
    assert three.digest == one.digest


def test_swapped_signatures(trio: tuple[Colleague, Colleague, Colleague], tmp_path: Path) -> None:
    one, two, _ = trio
    first, second = deciphered(one.give(two), two), deciphered(one.give(two), two)
    at = [84 + int.from_bytes(plain[16:20], "big") for plain in (first, second)]
    before = everything(two)
    swapped = first[: at[0] - 64] + second[at[1] - 64 : at[1]] + first[at[0] :]
    assert "signature" in sentence(two, encrypted(swapped, tmp_path / "swapped.samenleven", two))
    assert everything(two) == before


@pytest.mark.usefixtures("untouched")
def test_a_pack_for_somebody_else(trio: tuple[Colleague, Colleague, Colleague], tmp_path: Path) -> None:
    one, two, three = trio
    assert "not for you" in sentence(two, one.give(three))
    # Encrypted again by somebody who got it, for somebody it was not made for.
    passed_on = encrypted(deciphered(one.give(three), three), tmp_path / "on.samenleven", two)
    assert "not for you" in sentence(two, passed_on)
    assert "made here" in sentence(one, encrypted(deciphered(one.give(two), two), tmp_path / "own.samenleven", one))


@pytest.mark.usefixtures("untouched")
def test_a_pack_of_a_stranger(trio: tuple[Colleague, Colleague, Colleague], good: Path, tmp_path: Path) -> None:
    _, two, three = trio
    assert "signature" in sentence(two, opened(good, two).close(three, tmp_path / "other.samenleven", two))
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    stranger = newcomer(folder, "stranger")
    try:
        stranger.knows(two)
        assert "whose card you do not have" in sentence(two, stranger.give(two))
    finally:
        stranger.close()


Lie = Callable[[Opened], object]


def _value_of(field: str, value: object) -> Lie:
    """The first new agreement says this of a field."""

    def lie(one: Opened) -> None:
        change = next(change for change in one.body["changes"] if change[5] == "follow_up" and change[7] is None)
        change[9] = json.dumps(json.loads(change[9]) | {field: value})

    return lie


def _everywhere(name: str, value: object) -> Lie:
    """A part of the first change says this, and the manifest agrees."""
    return lambda one: one.change(**{name: value})


def _says(**values: object) -> Lie:
    """The manifest says this."""

    def lie(one: Opened) -> None:
        one.true_to_body()
        one.manifest |= values

    return lie


def _all_numbers(value: int) -> Lie:
    def lie(one: Opened) -> None:
        one.true_to_body()
        one.manifest["recipients"] = dict.fromkeys(one.manifest["recipients"], value)

    return lie


def _one_more_range(one: Opened) -> None:
    one.true_to_body()
    first = one.manifest["ranges"][0]
    first[3] += 5


def _range_without_content(one: Opened) -> None:
    """Numbers claimed for changes that are not there."""
    scope, device, number, author, _ = one.body["places"][-1]
    one.body["places"].append([scope, device, number + 1, author, 999])


def _range_filled_with_one_change(one: Opened) -> None:
    """Numbers claimed by telling the same change again."""
    scope, device, number, author, change = one.body["places"][-1]
    one.body["places"] += [[scope, device, number + more, author, change] for more in range(1, 9)]


def _dossier_that_was_not_named(one: Opened) -> None:
    scope = one.body["places"][0][0]
    one.manifest["scopes"] = [other for other in one.manifest["scopes"] if other != scope]


def _twice_the_same_number(one: Opened) -> None:
    one.body["changes"].append([*one.body["changes"][0]])


def _step_that_is_missing(one: Opened) -> None:
    del one.body["commands"][0]


def _step(at: int, value: object) -> Lie:
    def lie(one: Opened) -> None:
        one.body["commands"][0][at] = value

    return lie


def _redaction(ref: str, new: str) -> Lie:
    return lambda one: one.body["redactions"].append([ref, None, new])


def _attachment(name: str) -> Lie:
    def lie(one: Opened) -> None:
        change = next(change for change in one.body["changes"] if change[5] == "attachment" and change[7] is None)
        change[9] = json.dumps(json.loads(change[9]) | {"name": name})

    return lie


def _other_content(one: Opened) -> None:
    one.contents = b"lang"


def _content_that_grew(one: Opened) -> None:
    one.true_to_body()
    one.manifest["contents"] = [[sha256, 1 << 40] for sha256, _ in one.manifest["contents"]]


def _long_manifest(one: Opened) -> None:
    one.true_to_body()
    one.text = msgspec.json.encode(one.manifest | {"more": "x" * (17 << 20)})


def _deep_manifest(one: Opened) -> None:
    one.true_to_body()
    one.text = msgspec.json.encode(one.manifest)[:-1] + b',"more":' + b"[" * 50_000 + b"]" * 50_000 + b"}"


def _bomb(says: int | None) -> Lie:
    """A body that unpacks to 100 MB; says how large it is, or something else."""

    def lie(one: Opened) -> None:
        one.true_to_body()
        opener = zlib.compressobj(9)
        parts = [opener.compress(b"\0" * (1 << 20)) for _ in range(100)]
        one.packed = b"".join(parts) + opener.flush()
        one.manifest |= {
            "body_bytes": len(one.packed),
            "body_size": (100 << 20) if says is None else says,
            "body_sha256": hashlib.sha256(one.packed).hexdigest(),
        }

    return lie


def _numbers_and_changes(one: Opened) -> None:
    one.manifest["profile"] = "team_numbers"
    one.body["numbers"] = {"plan": "p", "plan_version": "1", "day": "2024-03-11", "governments": []}


def _numbers_of_another_shape(one: Opened) -> None:
    one.manifest["profile"] = "team_numbers"
    one.body |= {"changes": [], "places": [], "commands": [], "numbers": {"governments": ["Mechelen"]}}


NOT_TRUE, IN_FOLDER = "does not hold what it says", "folder in its name"
LIES: dict[str, tuple[Lie, str]] = {
    "range too long": (_one_more_range, NOT_TRUE),
    "range without content": (_range_without_content, "names changes that are not in it"),
    "range filled with one change": (_range_filled_with_one_change, NOT_TRUE),
    "dossier not named": (_dossier_that_was_not_named, NOT_TRUE),
    "number of changes": (_says(changes=1), NOT_TRUE),
    "same number twice": (_twice_the_same_number, NOT_TRUE),
    "step missing": (_step_that_is_missing, "names changes that are not in it"),
    "moment of a step": (_step(3, "gisteren"), NOT_TRUE),
    "moment without zone": (_step(3, "2024-03-11T10:00:00"), NOT_TRUE),
    "details of a step": (_step(6, "[]"), NOT_TRUE),
    "hash of the body": (_says(body_sha256="0" * 64), NOT_TRUE),
    "size of the body": (_says(body_size=7), NOT_TRUE),
    "negative size": (_says(body_size=-1), NOT_TRUE),
    "very negative size": (_says(body_size=-9), NOT_TRUE),
    "no body": (_says(body_bytes=0), NOT_TRUE),
    "more body than file": (_says(body_bytes=1 << 29), "damaged or not copied whole"),
    "moment of the pack": (_says(made_at="ooit"), NOT_TRUE),
    "profile of the future": (_says(profile="half"), "newer version"),
    "reader of the future": (_says(reader_version=3), "newer version"),
    "another format": (_says(format="iets"), "no file of a colleague"),
    "number of the pack": (_all_numbers(1 << 40), NOT_TRUE),
    "number of the pack below one": (_all_numbers(0), NOT_TRUE),
    "vector beyond all": (_says(vector=[["catalogue", "toestel", 1 << 70]]), NOT_TRUE),
    "long manifest": (_long_manifest, "no file of a colleague"),
    "deep manifest": (_deep_manifest, "no file of a colleague"),
    "bomb": (_bomb(None), NOT_TRUE),
    "bomb that says it is small": (_bomb(1000), NOT_TRUE),
    "bomb that says it is less than nothing": (_bomb(-1), NOT_TRUE),
    "other content": (_other_content, NOT_TRUE),
    "endless content": (_content_that_grew, NOT_TRUE),
    "folder in a name": (_attachment("../../nota.txt"), IN_FOLDER),
    "folder of Windows in a name": (_attachment("C:\\nota.txt"), IN_FOLDER),
    "the folder above": (_attachment(".."), IN_FOLDER),
    "clock at the end of time": (_everywhere("hlc", (1 << 63) - 1), NOT_TRUE),
    "clock before time": (_everywhere("hlc", -1), NOT_TRUE),
    "number beyond all": (_everywhere("number", 1 << 63), NOT_TRUE),
    "value that is no JSON": (_everywhere("new", "{"), NOT_TRUE),
    "value that is too deep": (_everywhere("new", "[" * 50_000), NOT_TRUE),
    "reference that is none": (_everywhere("replaces", "toestel"), NOT_TRUE),
    "another id": (lambda one: one.change(field="id", new='"x"'), NOT_TRUE),
    "words for a moment": (_value_of("due", "morgen"), "agreement, by: this is no day"),
    "number for words": (_value_of("what", 7), "agreement, what: this is no text"),
    "nobody who exists": (_value_of("who", "buurman"), "agreement, who: buurman is not in the list"),
    "nothing where something must be": (_value_of("what", None), NOT_TRUE),
    "list for words": (_value_of("what", []), "agreement, what: this is no text"),
    "redaction of nothing": (_redaction("toestel:x", '"x"'), NOT_TRUE),
    "redaction of a step": (_redaction("stap", '"x"'), NOT_TRUE),
    "numbers and changes": (_numbers_and_changes, NOT_TRUE),
    "numbers of another shape": (_numbers_of_another_shape, NOT_TRUE),
}


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("name", LIES)
def test_a_lie_under_a_good_signature(
    name: str, trio: tuple[Colleague, Colleague, Colleague], good: Path, tmp_path: Path
) -> None:
    lie, part = LIES[name]
    one, two, _ = trio
    inside = opened(good, two)
    lie(inside)
    path = inside.close(one, tmp_path / "leugen.samenleven", two)
    tracemalloc.start()
    try:
        assert part in sentence(two, path)
        assert tracemalloc.get_traced_memory()[1] < BOUND
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_a_place_that_is_known_for_another_change(tmp_path: Path) -> None:
    """What a number of a stream stands for never changes: a pack that says otherwise hides what stands there."""
    one, two = newcomer(tmp_path, "one"), newcomer(tmp_path, "two")
    try:
        all_know(one, two)
        mechelen = one.workspace.query(government_by_code, "12025").id
        for words in ("bel terug", "bel nog eens"):
            one.workspace.run(AddAgreement(mechelen, Party.COACH, words, None))
        two.take(one.give(two))
        one.workspace.run(AddAgreement(mechelen, Party.COACH, "nog iets", None))
        before = everything(two)
        inside = opened(one.give(two), two)
        first, second = inside.body["places"][:2]
        first[3:], second[3:] = second[3:], first[3:]
        assert "two copies of one work file" in sentence(two, inside.close(one, tmp_path / "ander.samenleven", two))
        assert everything(two) == before
    finally:
        one.close()
        two.close()


def test_without_a_lie_the_same_path_is_good(
    trio: tuple[Colleague, Colleague, Colleague], good: Path, tmp_path: Path
) -> None:
    """Forging itself breaks nothing: what is refused above is refused for the lie."""
    one, two, _ = trio
    shown = preview_pack(two.workspace, opened(good, two).close(one, tmp_path / "waar.samenleven", two))
    assert (shown.new, shown.changed) == (3, 0)


@pytest.mark.slow
def test_twenty_of_each_through_the_program(
    trio: tuple[Colleague, Colleague, Colleague],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All by the entry point of the program; the first of each also in a process of its own."""
    one, two, _ = trio
    content, chance = one.give(two).read_bytes(), random.Random(7)
    damaged = []
    for at in chance.sample(range(len(content)), 20):
        damaged += [content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :], content[:at]]
    before = everything(two)
    store = two.workspace.path
    two.workspace.close()
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "stuk.samenleven"
    words = ["pack", "apply", str(path), "--store", str(store)]
    try:
        for number, broken in enumerate(damaged):
            path.write_bytes(broken)
            answers = [(main(words), *capsys.readouterr())]
            if number < 2:
                done = subprocess.run([*START, *words], capture_output=True, text=True, timeout=300)
                answers.append((done.returncode, done.stdout, done.stderr))
            for code, out, error in answers:
                assert (code, out, len(error.splitlines())) == (1, "", 1), error
                assert path.name in error
    finally:
        two.workspace = open_workspace(store, Runtime(day=TODAY), PASSPHRASE)
    assert everything(two) == before
