"""Whoever writes under the name of a third is refused whole, with one sentence that names them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.exchange import PackedBinding
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.i18n.exchange_labels import author_sentences
from samenleven_desktop.readmodels.exchange import AuthorLine
from samenleven_desktop.services.exchange.apply_pack import apply_pack, preview_pack
from samenleven_desktop.services.exchange.colleagues import own_card, own_keys, revoke
from samenleven_desktop.sync import proof
from tests.sync.colleagues import all_know, newcomer
from tests.sync.forging import Opened, opened
from tests.sync.test_authors_and_clocks import device_of
from tests.sync.test_damaged_packs import everything
from tests.sync.three_colleagues import ENGLISH, People, agreement, refusal, with_officer

pytestmark = pytest.mark.slow


def _another_value(inside: Opened, author: str) -> None:
    change = _of(inside, author)
    change[9] = json.dumps(json.loads(change[9]) | {"what": "iets anders"})


def _another_row(inside: Opened, author: str) -> None:
    _of(inside, author)[6] = new_id()


def _another_clock(inside: Opened, author: str) -> None:
    _of(inside, author)[3] += 5


def _another_officer(inside: Opened, author: str) -> None:
    _of(inside, author)[2] = None


def _one_more(inside: Opened, author: str) -> None:
    """A change of the forger, under the next number and place of the author."""
    change, command = [*_of(inside, author)], new_id()
    place = next([*one] for one in inside.body["places"] if (one[1], one[3]) == (author, author))
    number = max(one[1] for one in inside.body["changes"] if one[0] == author) + 1
    change[1], change[4], change[6] = number, command, new_id()
    place[2], place[4] = max(one[2] for one in inside.body["places"] if one[:2] == place[:2]) + 1, number
    step = next([*one] for one in inside.body["commands"] if one[1] == author)
    inside.body["changes"].append(change)
    inside.body["places"].append(place)
    inside.body["commands"].append([command, *step[1:]])


def _another_name_of_the_step(inside: Opened, author: str) -> None:
    next(one for one in inside.body["commands"] if one[1] == author)[5] = "Alles gewist"


def _other_details(inside: Opened, author: str) -> None:
    next(one for one in inside.body["commands"] if one[1] == author)[6] = '{"name": "x"}'


def _another_moment(inside: Opened, author: str) -> None:
    next(one for one in inside.body["commands"] if one[1] == author)[3] = "2019-01-01T00:00:00+00:00"


def _without_signatures(inside: Opened, author: str) -> None:
    inside.body["seals"] = [one for one in inside.body["seals"] if one[1] != author]


def _as_if_erased(inside: Opened, author: str) -> None:
    """The hash of the true text, with another text and no redaction."""
    _another_value(inside, author)
    for seal in inside.body["seals"]:
        if seal[1] == author:
            seal[6] = [(number, bytes(32)) for number in range(seal[2], seal[3] + 1)]


def _left_out(inside: Opened, author: str) -> None:
    """Hashes instead of what they are about."""
    _another_value(inside, author)
    for seal in inside.body["seals"]:
        if seal[1] == author:
            seal[7] = [(number, bytes(32)) for number in range(seal[2], seal[3] + 1)]


def _taken_place(inside: Opened, author: str) -> None:
    """A change of the forger takes the next place in the stream of the author."""
    place = next([*one] for one in inside.body["places"] if (one[1], one[3]) == (author, author))
    mine = next(one for one in inside.body["changes"] if one[0] == inside.manifest["device_id"])
    place[2] = max(one[2] for one in inside.body["places"] if one[:2] == place[:2]) + 1
    inside.body["places"].append([*place[:3], mine[0], mine[1]])


def _of(inside: Opened, author: str) -> Any:
    return next(one for one in inside.body["changes"] if one[0] == author and one[7] is None)


LIES: list[Callable[[Opened, str], None]] = [
    _another_value,
    _another_row,
    _another_clock,
    _another_officer,
    _one_more,
    _another_name_of_the_step,
    _other_details,
    _another_moment,
    _without_signatures,
    _as_if_erased,
    _left_out,
    _taken_place,
]


def passed_on(three: People) -> Opened:
    """A pack that the second makes for the third, with new work of the first in it, and some of its own."""
    author, middle, reader = three
    agreement(author, "van de schrijver")
    agreement(author, "nog iets")
    middle.take(author.give(middle))
    agreement(middle, "van de doorgever")
    return opened(middle.give(reader), reader)


@pytest.mark.parametrize("lie", LIES)
def test_nobody_writes_as_a_third(lie: Callable[[Opened, str], None], three: People, tmp_path: Path) -> None:
    author, middle, reader = three
    inside = passed_on(three)
    lie(inside, device_of(author))
    said = refusal(reader, inside.close(middle, tmp_path / "vals.samenleven", reader))
    assert "under the name of coach schrijver that coach schrijver did not sign" in said
    assert "coach doorgever" in said
    # The honest one is taken after it.
    apply_pack(reader.workspace, middle.give(reader))
    assert reader.digest == middle.digest


def test_whatever_is_changed_is_refused(three: People, tmp_path: Path) -> None:
    """Any other word in any field of a change, step or place of another: a search with a fixed beginning."""
    author, middle, reader = three
    passed_on(three)
    path, device, chance = middle.give(reader), device_of(author), random.Random(11)
    refused = 0
    for number in range(40):
        inside = opened(path, reader)
        name, owner = chance.choice([("changes", 0), ("commands", 1), ("places", 1)])
        one = chance.choice([row for row in inside.body[name] if row[owner] == device])
        at = chance.choice([n for n in range(len(one)) if n != owner])
        other = chance.choice(["iets", "x:1", '"tekst"', '{"what": "iets"}'])
        one[at] = one[at] + chance.choice([1, 1000]) if isinstance(one[at], int) else other
        refusal(reader, inside.close(middle, tmp_path / f"{number}.samenleven", reader))
        refused += 1
    assert refused > 30


def test_nobody_writes_as_a_device_that_nobody_bound(three: People, tmp_path: Path) -> None:
    author, middle, reader = three
    inside, unbound = passed_on(three), new_id()
    for change in inside.body["changes"]:
        change[0] = unbound if change[0] == device_of(author) else change[0]
    for place in inside.body["places"]:
        place[1:4] = [unbound if one == device_of(author) else one for one in place[1:4]]
    for command in inside.body["commands"]:
        command[1] = unbound if command[1] == device_of(author) else command[1]
    inside.body["seals"] = [one for one in inside.body["seals"] if one[1] != device_of(author)]
    path = inside.close(middle, tmp_path / "vals.samenleven", reader)
    before = everything(reader)
    with pytest.raises(UserError, match="coach schrijver"):
        apply_pack(reader.workspace, path)
    assert everything(reader) == before
    # Work from before devices signed anything comes in this way, with a mark, when the reader agrees.
    (line,) = preview_pack(reader.workspace, path).unproven
    assert line.label == "coach schrijver"
    assert "not proven to be theirs" in author_sentences(ENGLISH, (line,), "x")[0]


def test_nobody_binds_the_device_of_another(three: People, tmp_path: Path) -> None:
    author, middle, reader = three
    inside, keys, card = passed_on(three), own_keys(middle.workspace.store), own_card(middle.workspace)
    bare = PackedBinding(device_of(author), None, 0, card.label, card.verify_key.hex(), card.recipient, "")
    mine = proof.signed_binding(bare, keys.signing_key)
    kept = inside.body["bindings"]
    inside.body["bindings"] = [one for one in kept if one[0] != device_of(author)] + [list(mine)]
    said = refusal(reader, inside.close(middle, tmp_path / "vals.samenleven", reader))
    assert "coach schrijver" in said
    assert "coach doorgever" in said
    # Nor with a signature that is not theirs.
    inside.body["bindings"] = [one if one[0] != device_of(author) else [*one[:2], 7, *one[3:]] for one in kept]
    inside.packed = None
    assert "does not hold what it says" in refusal(reader, inside.close(middle, tmp_path / "nog.samenleven", reader))
    # Nor mine.
    mine = proof.signed_binding(bare._replace(device_id=device_of(reader)), keys.signing_key)
    inside.body["bindings"], inside.packed = [*kept, list(mine)], None
    assert "under the name of this computer" in refusal(
        reader, inside.close(middle, tmp_path / "mij.samenleven", reader)
    )


def test_a_device_that_was_bound_by_a_thief_is_its_owners_again(three: People, tmp_path: Path) -> None:
    author, middle, _ = three
    late = with_officer(newcomer(tmp_path, "nieuw"), "coach nieuw")
    all_know(late, middle, author)
    inside, keys, card = opened(middle.give(late), late), own_keys(middle.workspace.store), own_card(middle.workspace)
    bare = PackedBinding(device_of(author), None, 0, card.label, card.verify_key.hex(), card.recipient, "")
    others = [one for one in inside.body["bindings"] if one[0] != device_of(author)]
    inside.body |= {"changes": [], "places": [], "commands": [], "seals": []}
    inside.body["bindings"] = [*others, list(proof.signed_binding(bare, keys.signing_key))]
    inside.manifest |= {"digests": {}, "contents": []}
    inside.contents = b""
    late.take(inside.close(middle, tmp_path / "vals.samenleven", late))
    assert "coach doorgever" in refusal(late, author.give(late))
    revoke(late.workspace, card.fingerprint)
    late.take(author.give(late))
    author.take(late.give(author))
    assert late.digest == author.digest
    late.close()


def test_nobody_takes_the_name_of_another_on_their_own_device(three: People, tmp_path: Path) -> None:
    author, middle, reader = three
    agreement(middle, "van de doorgever")
    officer = own_card(author.workspace).officer_id
    inside = opened(middle.give(reader), reader)
    for change in inside.body["changes"]:
        change[2] = officer
    said = refusal(reader, inside.close(middle, tmp_path / "vals.samenleven", reader))
    assert "under the name of coach schrijver from a computer of coach doorgever" in said
    # Also when the device is bound to that officer, the card says otherwise: then the reader is asked.
    middle.workspace.choose_officer(officer)
    agreement(middle, "weer van de doorgever")
    pack = middle.give(reader)
    with pytest.raises(UserError, match="under the name of coach schrijver"):
        apply_pack(reader.workspace, pack)
    assert preview_pack(reader.workspace, pack).unproven == (AuthorLine("coach schrijver", 1, False, False),)
