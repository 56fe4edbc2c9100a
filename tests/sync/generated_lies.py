"""What a generated pack lies about besides its values: author, clock, number, place, step, references, and itself."""

from __future__ import annotations

import random
from typing import Any

from samenleven_desktop.domain.ids import new_id

CLOCKS = (1, 0, -1, 1 << 16, 1 << 57, (1 << 62) - 1, 1 << 62, (1 << 62) + 1, 1 << 63)
NUMBERS = (0, -1, 10**9, 10**9 + 1, 10**15)
STEPS: dict[int, tuple[Any, ...]] = {
    1: ("", "a b", "a:b"),
    3: ("gisteren", "0001-01-01T00:00:00", "9999-12-31T23:59:59+00:00", "1970-01-01T00:00:00+00:00"),
    4: ("undo", "redo", "setup", "pack", "later", ""),
    5: ("{x:>99999999}", "{nobody}", "{0.__class__}", "%s %n", "x" * 501, "", "\u202egnirts", "Session of {day}"),
    6: ('{"day": "gisteren"}', '{"day": {"a": [1]}}', "[]", "geen json", '{"n": ' + "9" * 400 + "}", "x" * 70_000),
}


class Liar:
    """Changes the body of a pack of device `own`, for a reader whose device is `mine` and officer `officer`."""

    def __init__(self, chance: random.Random, own: str, mine: str, officer: str | None) -> None:
        self._chance, self._own, self._mine, self._officer = chance, own, mine, officer

    def lie(self, body: dict[str, Any]) -> None:
        """One lie, sometimes two."""
        kinds = (self._author, self._clock, self._number, self._place, self._step, self._seen, self._proof)
        for kind in self._chance.sample(kinds, self._chance.choice((1, 1, 1, 2))):
            kind(body)

    def lie_of_itself(self, manifest: dict[str, Any], before: str, reader: str) -> None:
        """In the header: `before` is the id of an earlier pack, `reader` the fingerprint of the reader."""
        chance = self._chance
        numbers = [["catalogue", self._own, chance.choice([1, 10**9, 10**9 + 1, 0])], ["x" * 99, "een toestel", 5]]
        name = chance.choice(["vector", "sealed", "pack_id", "made_at", "scopes", "digests", "plans", "handover", "nr"])
        match name:
            case "vector" | "sealed":
                manifest[name] = chance.choice([numbers, numbers[:1] * 2, [["catalogue", self._mine, 10**9]]])
            case "pack_id":
                manifest[name] = chance.choice([before, before, "", "x" * 5000, "a\0b"])
            case "made_at":
                manifest[name] = chance.choice(["", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-14:00"])
            case "scopes":
                manifest[name] = [*manifest[name], chance.choice(["", "catalogue", new_id(), "a b", "x" * 5000])]
            case "digests":
                manifest[name] = {scope: chance.choice(["", "0" * 64]) for scope in [*manifest["scopes"], "elders"]}
            case "plans":
                manifest["plans"] = {new_id(): "x" * 300, "": "", **manifest["plans"]}
                manifest["plan_names"] = {new_id(): "{x:>999999}", "": chance.choice(["plan", "", "a\nb"])}
            case "handover":
                place = chance.choice([*manifest["scopes"], new_id(), ""])
                manifest[name] = chance.choice(
                    [{}, {"government_id": place}, {"government_id": place, "to": reader}, {"to": reader, "meer": "x"}]
                )
            case "nr":
                manifest["recipients"] = {reader: chance.choice([1, 2, 7, 10**6, 10**6 + 1, 0]), "x": 5}

    def _device(self) -> str:
        return self._chance.choice([self._mine, self._mine, new_id(), self._own, "", "a b"])

    def _author(self, body: dict[str, Any]) -> None:
        """Another device, of the reader or of nobody, in all or in a part; or another officer."""
        device, chance = self._device(), self._chance
        if chance.random() < 0.3:
            change = chance.choice(body["changes"])
            change[2] = chance.choice([self._officer, new_id(), "", "x" * 100])
            return
        whole = chance.random() < 0.5
        for change in body["changes"]:
            change[0] = device if whole or chance.random() < 0.3 else change[0]
        for step in body["commands"]:
            step[1] = device if whole or chance.random() < 0.3 else step[1]
        for place in body["places"]:
            place[3] = device if whole or chance.random() < 0.3 else place[3]
            place[1] = device if chance.random() < 0.3 else place[1]

    def _clock(self, body: dict[str, Any]) -> None:
        clock = self._chance.choice(CLOCKS)
        for change in body["changes"] if self._chance.random() < 0.5 else body["changes"][:1]:
            change[3] = clock

    def _number(self, body: dict[str, Any]) -> None:
        """Numbers that were given before, that leave a hole, that are at the limit, or that are twice there."""
        change, chance = self._chance.choice(body["changes"]), self._chance
        number = chance.choice([*NUMBERS, change[1] - 1, change[1] + 1000, body["changes"][0][1]])
        for place in body["places"] if chance.random() < 0.8 else ():
            if place[3:] == [change[0], change[1]]:
                place[4] = number
        change[1] = number

    def _place(self, body: dict[str, Any]) -> None:
        chance = self._chance
        if not body["places"] or chance.random() < 0.2:
            body["places"] = []
            return
        place = chance.choice(body["places"])
        at = chance.randrange(5)
        if at == 0:
            place[0] = chance.choice(["", "catalogue", new_id(), "x" * 200])
        elif at in (1, 3):
            place[at] = self._device()
        else:
            place[at] = chance.choice([*NUMBERS, place[at] - 1, place[at] + 7])
        if chance.random() < 0.2:
            body["places"].append([*place])

    def _step(self, body: dict[str, Any]) -> None:
        chance, step = self._chance, body["commands"][0]
        at = chance.choice([0, 2, 7, *STEPS, *STEPS])
        if at in STEPS:
            step[at] = chance.choice(STEPS[at])
        else:
            step[at] = chance.choice([new_id(), "", None, step[0]])

    def _seen(self, body: dict[str, Any]) -> None:
        """What a change says to have seen: nothing that exists, itself, of the reader, or no reference at all."""
        change = self._chance.choice(body["changes"])
        itself = f"{change[0]}:{change[1]}"
        change[10] = self._chance.choice(
            [itself, f"{self._mine}:1 {self._mine}:2", f"{new_id()}:7", "x", "", f"{itself} " * 500, "a:99999999999999"]
        )

    def _proof(self, body: dict[str, Any]) -> None:
        """Bindings and signatures that are missing, doubled or of another."""
        chance, name = self._chance, self._chance.choice(["bindings", "bindings", "seals"])
        if not body[name] or chance.random() < 0.3:
            body[name] = []
            return
        one = [*chance.choice(body[name])]
        one[0 if name == "bindings" else 1] = self._device()
        body[name].append(one)
