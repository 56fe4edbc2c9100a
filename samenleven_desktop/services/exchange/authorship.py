"""Judges who wrote what a pack holds: the sender, somebody whose signature proves it, or somebody it is only said of.

Nobody writes as a device that its owner has not bound, nor what its owner has not signed. Work of before devices signed
anything is marked, and taken over only when the officer agrees.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.exchange import PackedBinding, PackedSeal, Profile
from samenleven_desktop.readmodels.exchange import AuthorLine
from samenleven_desktop.storage.exchange import seals
from samenleven_desktop.storage.exchange.authors import WRITES_AS_YOU
from samenleven_desktop.storage.exchange.peers import Colleague
from samenleven_desktop.storage.exchange.seals import SealKey
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.store import Store
from samenleven_desktop.storage.view import View
from samenleven_desktop.sync import proof
from samenleven_desktop.sync.pack import NOT_TRUE, Pack

FORGED = N_(
    "{file} holds work under the name of {author} that {author} did not sign. Nothing was taken over. "
    "Ask {colleague} where it comes from."
)
OTHERS_DEVICE = N_(
    "{file} says that the computer of {author} is of {other}. Nothing was taken over. Ask both who works on it."
)
OTHER_NAME = N_(
    "{file} holds work under the name of {author} from a computer of {other}. Nothing was taken over. "
    "Ask {other} who wrote it."
)
OLDER_FORM = N_(
    "{file} holds work of {author} without proof that it is theirs, although they sign their work. "
    "Ask {colleague} for a file that is not made for an older version."
)
NOT_PROVEN = N_(
    "{file} holds work under the name of {names} that nothing proves to be theirs. Look at it with --preview; with "
    "--unproven it is taken over, and marked."
)
UNKNOWN = N_("somebody unknown")
# Some 10,000 changes: what an ordinary pack never has, and a large one can bear.
_MOST_CHECKED = 40


@dataclass(frozen=True)
class Us:
    """Of this work file: its device and those before it, officer, fingerprint, and the colleagues by fingerprint."""

    fingerprint: str
    officer_id: str | None
    devices: frozenset[str]
    colleagues: Mapping[str, Colleague]


@dataclass(frozen=True)
class Authorship:
    """The other authors of a pack; what it proves is kept by `keep`."""

    lines: tuple[AuthorLine, ...] = ()
    bindings: tuple[tuple[str, PackedBinding], ...] = ()
    seals: frozenset[SealKey] = frozenset()

    asks: bool = True
    """False for a pack of an earlier version, which proves nothing of anybody."""

    @property
    def unproven(self) -> tuple[AuthorLine, ...]:
        """Whose work it is only said to be, and which is taken over only when the officer agrees."""
        return tuple(line for line in self.lines if self.asks and not line.proven)

    def as_json(self) -> str | None:
        return json.dumps([asdict(line) for line in self.lines], ensure_ascii=False) if self.lines else None

    def keep(self, connection: Any, found: Pack) -> None:
        """Stores bindings and signatures, so that the work can be passed on; its changes were taken in before."""
        for owner, one in self.bindings:
            seals.drop_bindings(connection, one.device_id, but=owner)
            seals.put_binding(connection, owner, one)
        seals.take_in(connection, found.bundle, set(self.seals))


def judge(
    store: Store, fingerprint: str, colleagues: Mapping[str, Colleague], found: Pack, file_name: str
) -> Authorship:
    """Raises UserError if somebody else wrote under another name than their own."""
    if found.manifest.profile == Profile.NUMBERS:
        return Authorship()
    with store.read() as connection:
        devices = frozenset(seals.own_devices(connection))
        us = Us(fingerprint, store.meta(connection, "officer_id"), devices, colleagues)
        return _Judge(connection, us, found, file_name).run()


class _Judge:
    def __init__(self, connection: Any, us: Us, found: Pack, file_name: str) -> None:
        self._connection = connection
        self._us = us
        self._bundle, self._manifest = found.bundle, found.manifest
        self._sender = found.manifest.fingerprint
        self._file = file_name
        self._names: dict[str | None, str] = {}
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for one in self._bundle.changes:
            self._numbers[one.device_id].append(one.number)
        self._streams = {place[:2] for place in self._bundle.places}
        devices = {*self._numbers, *(device for _, device in self._streams), self._manifest.device_id}
        given = self._verified() if self._manifest.proves else []
        devices |= {one.device_id for _, one in given}
        self._bindings = given
        self._bound: dict[str, list[tuple[str, PackedBinding]]] = defaultdict(list)
        for owner, binding in (*self._known(devices, given), *given):
            self._bound[binding.device_id].append((owner, binding))

    def run(self) -> Authorship:
        if not self._manifest.proves:
            return self._of_older_form()
        self._check_owners()
        if self._owner(self._manifest.device_id) != self._sender:
            raise self._refused(NOT_TRUE)
        self._check_officers()
        checked = self._check_sender()
        others = self._others()
        named = self._lines(self._under_another_name())
        if not others:
            return Authorship(tuple(named), tuple(self._bindings), checked)
        devices = {device for device in others if self._owner(device)}
        found = proof.proven(
            self._bundle, self._keys(devices), [one for one in self._bundle.seals if one.device_id in devices]
        )
        lines = (*named, *self._judged(others, found))
        return Authorship(lines, tuple(self._bindings), found.seals | checked)

    def _of_older_form(self) -> Authorship:
        """A pack of an earlier version proves nothing, and brings nothing new of devices that sign their work."""
        found = {}
        for device, numbers in self._numbers.items():
            new = set() if device in self._us.devices else seals.fresh(self._connection, device, numbers)
            if new and self._owner(device):
                raise self._refused(OLDER_FORM, author=self._label(device))
            if new and device != self._manifest.device_id:
                found[device] = new
        for scope, device in sorted(self._streams):
            if self._owner(device) and device not in self._us.devices and self._fresh_places(scope, device):
                raise self._refused(OLDER_FORM, author=self._label(device))
        said = [(device, number, False) for device, new in found.items() for number in new]
        return Authorship(tuple(self._lines(said)), asks=False)

    # Bindings

    def _verified(self) -> list[tuple[str, PackedBinding]]:
        if not all(map(proof.is_signed, self._bundle.bindings)):
            raise self._refused(NOT_TRUE)
        return [(proof.owner_of(one), one) for one in self._bundle.bindings]

    def _known(self, devices: Iterable[str], given: list[tuple[str, PackedBinding]]) -> list[tuple[str, PackedBinding]]:
        """Returns the bindings that are here, without those of a revoked colleague of what another claims now."""
        claimed = {(one.device_id, owner) for owner, one in given}
        contested = {device for device, _ in claimed}
        revoked = {print_ for print_, one in self._us.colleagues.items() if one.revoked_at is not None}
        return [
            (owner, one)
            for owner, one in seals.bindings(self._connection, devices)
            if not (owner in revoked and one.device_id in contested and (one.device_id, owner) not in claimed)
        ]

    def _check_owners(self) -> None:
        """A device is of one person: of those who bound it, and of whom packs came that were made on it."""
        givers = seals.givers(self._connection, self._bound)
        for device, known in self._bound.items():
            owners = {owner for owner, _ in known}
            if device in self._us.devices and owners != {self._us.fingerprint}:
                raise self._refused(WRITES_AS_YOU)
            trusted = {one for one in givers.get(device, ()) if self._us.colleagues[one].revoked_at is None}
            if len(owners | trusted) > 1:
                first, second = sorted(owners | trusted, key=lambda one: (one == self._sender, one))[:2]
                raise self._refused(
                    OTHERS_DEVICE, author=self._person(first, device), other=self._person(second, device)
                )

    def _check_officers(self) -> None:
        """What is under the name of an officer comes from a device that its owner bound to that officer."""
        for device, officer in {(one.device_id, one.officer_id) for one in self._bundle.changes}:
            known = self._bound.get(device)
            if not known or device in self._us.devices:
                continue
            bound = {one.officer_id for _, one in known}
            if officer is not None and officer not in bound and self._new_of(device, officer):
                owner = known[0][0]
                raise self._refused(OTHER_NAME, author=self._officer(officer), other=self._person(owner, device))

    def _new_of(self, device: str, officer: str) -> set[int]:
        named = (device, officer)
        numbers = [one.number for one in self._bundle.changes if (one.device_id, one.officer_id) == named]
        return seals.fresh(self._connection, device, numbers)

    def _under_another_name(self) -> list[tuple[str, int, bool]]:
        """Returns what the sender wrote on a device of theirs under the name of somebody whose card is another."""
        found = []
        for device, officer in sorted({(one.device_id, one.officer_id or "") for one in self._bundle.changes}):
            owner = self._owner(device)
            if owner == self._sender and officer and self._is_of_another(owner, officer):
                found += [(device, number, True) for number in sorted(self._new_of(device, officer))]
        return found

    def _is_of_another(self, owner: str, officer: str | None) -> bool:
        """Returns whether a card that was compared here names this officer, and it is not the card of `owner`."""
        if officer is None or owner == self._us.fingerprint:
            return False
        card = self._us.colleagues.get(owner)
        if card is not None and card.officer_id == officer:
            return False
        others = [one for one in self._us.colleagues.values() if one.revoked_at is None and one.fingerprint != owner]
        return officer == self._us.officer_id or any(one.officer_id == officer for one in others)

    def _check_sender(self) -> frozenset[SealKey]:
        """The signature of the pack proves what its sender wrote; their signatures are for those after us.

        All of an ordinary pack are checked, and some of a large one. The rest is checked when it is passed on.
        """
        own = {device for device in self._bound if self._owner(device) == self._sender}
        streams = {one[:2] for one in self._manifest.ranges}
        given = [one for one in self._bundle.seals if one.device_id in own and (one.scope, one.device_id) in streams]
        self._check_covered(given)
        chosen = given if len(given) <= _MOST_CHECKED else random.sample(given, _MOST_CHECKED)
        found = proof.proven(self._bundle, self._keys(own), chosen)
        if found.false:
            raise self._refused(NOT_TRUE)
        return found.seals

    def _check_covered(self, given: list[PackedSeal]) -> None:
        """Nobody could pass on what the device of a pack did not sign."""
        for scope, device, first, last in self._manifest.ranges:
            if device != self._manifest.device_id:
                continue
            for one in sorted(given, key=lambda seal: seal.first):
                if (one.scope, one.device_id) == (scope, device) and one.first <= first <= one.last:
                    first = one.last + 1
            if first <= last:
                raise self._refused(NOT_TRUE)

    def _keys(self, devices: Iterable[str]) -> dict[str, bytes]:
        return {device: bytes.fromhex(self._bound[device][0][1].verify_key) for device in devices}

    # Others than the sender

    def _others(self) -> dict[str, set[int]]:
        """Returns device -> new changes, of devices that are not the sender's and not this one, and write in it."""
        found, here = {}, seals.own_devices(self._connection)[0]
        for device in {*self._numbers, *(device for _, device in self._streams)}:
            if device == here or self._owner(device) == self._sender:
                continue
            new = seals.fresh(self._connection, device, self._numbers.get(device, []))
            places = any(self._fresh_places(scope, one) for scope, one in self._streams if one == device)
            if new or places:
                found[device] = new
        return found

    def _judged(self, others: Mapping[str, set[int]], found: proof.Proven) -> tuple[AuthorLine, ...]:
        redacted = {one.ref for one in self._bundle.redactions} | seals.redacted_here(self._connection)
        steps = {(one.device_id, one.number): one.command_id for one in self._bundle.changes}
        said: list[tuple[str, int, bool]] = []
        for device, new in others.items():
            since = min((one.since for _, one in self._bound[device]), default=None)
            for number in new:
                ref = (device, number)
                true = ref in found.changes
                if ref in found.worn:
                    true = bool({f"{device}:{number}", steps[ref]} & redacted)
                if not true and since is not None and number > since:
                    raise self._forged(device)
                said.append((device, number, true))
            if since is not None:
                self._check_places(device, since, found)
        return tuple(self._lines(said, found.worn))

    def _check_places(self, device: str, since: int, found: proof.Proven) -> None:
        """The places in a stream are its owner's too: another could otherwise take their numbers."""
        new = {
            (scope, number)
            for scope, one in self._streams
            if one == device
            for number in self._fresh_places(scope, one)
        }
        for place in self._bundle.places:
            if place.device_id != device or (place.scope, place.number) not in new or place[:3] in found.places:
                continue
            if since == 0 or (place.author == device and place.change_number > since):
                raise self._forged(device)

    def _fresh_places(self, scope: str, device: str) -> set[int]:
        numbers = [one.number for one in self._bundle.places if one[:2] == (scope, device)]
        return seals.fresh_places(self._connection, device, scope, numbers)

    def _lines(self, said: Iterable[tuple[str, int, bool]], worn: Iterable[tuple[str, int]] = ()) -> list[AuthorLine]:
        officers = {(one.device_id, one.number): one.officer_id for one in self._bundle.changes}
        # The first changes of a file have no officer yet: they are of the one who worked there next.
        named = {(one.device_id, one.officer_id) for one in self._bundle.changes if one.officer_id is not None}
        several = Counter(device for device, _ in named)
        only = {device: officer for device, officer in named if several[device] == 1}
        worn = frozenset(worn)
        counts: Counter[tuple[str, bool, bool]] = Counter()
        less: Counter[tuple[str, bool, bool]] = Counter()
        for device, number, true in said:
            owner, officer = self._owner(device), officers[device, number]
            if owner == self._us.fingerprint or (device in self._us.devices and not owner):
                continue
            true = true and not self._is_of_another(owner, officer)
            compared = owner in self._us.colleagues
            label = self._person(owner, device) if owner and true else self._officer(officer or only.get(device))
            counts[label, true, compared and true] += 1
            less[label, true, compared and true] += (device, number) in worn
        return [
            AuthorLine(label, n, true, compared, less[label, true, compared])
            for (label, true, compared), n in sorted(counts.items(), key=lambda one: (one[0][1], one[0][0]))
        ]

    # Names

    def _owner(self, device: str) -> str:
        known = self._bound.get(device)
        return known[0][0] if known else ""

    def _label(self, device: str) -> str:
        return self._person(self._owner(device), device)

    def _person(self, owner: str, device: str) -> str:
        known = self._us.colleagues.get(owner)
        if known is not None:
            return known.label
        return next((one.label for print_, one in self._bound.get(device, ()) if print_ == owner), UNKNOWN)

    def _officer(self, officer: str | None) -> str:
        if officer not in self._names:
            self._names[officer] = self._name_of(officer)
        return self._names[officer]

    def _name_of(self, officer: str | None) -> str:
        for id_, label, _ in reference.officers(View(self._connection)):
            if id_ == officer:
                return label
        for one in self._bundle.changes:
            if one.table_name == "officer" and one.row_id == officer and one.field is None and one.new is not None:
                return str(json.loads(one.new).get("label", UNKNOWN))
        return UNKNOWN

    def _forged(self, device: str) -> UserError:
        return self._refused(FORGED, author=self._label(device))

    def _refused(self, sentence: str, **names: str) -> UserError:
        sender = self._us.colleagues[self._sender].label
        return UserError(sentence, field="file", file=self._file, colleague=sender, **names)
