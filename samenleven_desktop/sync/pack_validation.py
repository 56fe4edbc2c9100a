"""Checks that the content of a signed pack is consistent: numbers, times, references and JSON, before it is used.

A signature proves who made a pack, not that the sender's program was correct. Errors caught here would otherwise appear
later, halfway or in a screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from samenleven_desktop.domain.exchange import Bundle, PackedChange, PackedCommand, PackedRedaction

# Room for the receiver's clock to advance from the highest value it has seen.
HIGHEST_CLOCK = 1 << 62
# A device that wrote a change every second would reach this after thirty years.
HIGHEST_NUMBER = 10**9
MOST_PACKS = 1_000_000
LONGEST_LABEL = 200
# Of a step: the longest of the program has some 60 characters, and values of a few words.
LONGEST_NAME, LONGEST_DETAILS = 500, 64 * 1024
_REFS = re.compile(r"[^\s:]+:[0-9]{1,15}(?: [^\s:]+:[0-9]{1,15})*")
_ID = re.compile(r"[^\s:]{1,100}")


class Untrue(Exception):
    """The pack contradicts itself or contains impossible values."""


class FolderInName(Exception):
    """An attachment whose name contains a path."""


class TeamTarget(msgspec.Struct):
    code: str
    existing_reach: int | None
    requested: int | None
    confirmed: int | None
    interim_reached: int | None
    final_reached: int | None
    reached_to_date: int | None
    state: str


class TeamYear(msgspec.Struct):
    year: int
    targets: list[TeamTarget]
    sessions: int
    minutes: int


class TeamGovernment(msgspec.Struct):
    code: str | None
    name: str
    years: list[TeamYear]


class TeamNumbers(msgspec.Struct):
    """The structure of team numbers; fields of a newer version may be present as well."""

    plan: str
    plan_version: str
    day: str
    governments: list[TeamGovernment]


def is_label(text: str) -> bool:
    """Returns whether a role can be displayed: one short line, without terminal control characters."""
    return 0 < len(text) <= LONGEST_LABEL and text.isprintable()


def check_moment(text: str) -> None:
    """Checks for an ISO time with a time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Untrue from None
    if moment.tzinfo is None:
        raise Untrue


def check_numbers(numbers: Iterable[int], highest: int = HIGHEST_NUMBER) -> None:
    found = list(numbers)
    if found and not (min(found) > 0 and max(found) <= highest):
        raise Untrue


def check_team_numbers(numbers: dict[str, Any]) -> None:
    try:
        msgspec.convert(numbers, TeamNumbers)
    except msgspec.MsgspecError:
        raise Untrue from None


def check_bundle(bundle: Bundle) -> None:
    """Raises Untrue or FolderInName."""
    try:
        _check_changes(bundle.changes)
        _check_commands(bundle.commands)
        _check_redactions(bundle.redactions)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Untrue from None
    places = bundle.places
    check_numbers([place.number for place in places])
    # A change may have only one position in a stream: otherwise a pack could claim numbers without their changes.
    if len({place[:3] for place in places}) < len(places):
        raise Untrue
    if len({(place.scope, place.device_id, place.author, place.change_number) for place in places}) < len(places):
        raise Untrue
    for one in bundle.erasures:
        check_moment(one.made_at)
    check_numbers([one.hlc for one in bundle.erasures], HIGHEST_CLOCK)
    _check_ids({place.device_id for place in places} | {one.device_id for one in bundle.erasures})


def _check_changes(changes: Sequence[PackedChange]) -> None:
    if len({(change.device_id, change.number) for change in changes}) < len(changes):
        raise Untrue
    check_numbers([change.number for change in changes])
    check_numbers([change.hlc for change in changes], HIGHEST_CLOCK)
    _check_ids({change.device_id for change in changes})
    decode = msgspec.json.Decoder().decode
    for change in changes:
        new = None if change.new is None else decode(change.new)
        if change.old is not None:
            decode(change.old)
        if change.field is None:
            if not isinstance(new, dict):
                raise Untrue
        elif change.field == "id":
            raise Untrue
        if change.replaces is not None and not _REFS.fullmatch(change.replaces):
            raise Untrue
        if change.table_name == "attachment":
            name = new.get("name") if isinstance(new, dict) else new if change.field == "name" else None
            if isinstance(name, str) and "\0" in name:
                raise Untrue
            if isinstance(name, str) and ("/" in name or "\\" in name or name in (".", "..")):
                raise FolderInName


def _check_commands(commands: Sequence[PackedCommand]) -> None:
    if len({command.id for command in commands}) < len(commands):
        raise Untrue
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    for command in commands:
        check_moment(command.made_at)
        if len(command.name) > LONGEST_NAME or len(command.details) > LONGEST_DETAILS:
            raise Untrue
        decode(command.details)


def _check_redactions(redactions: Sequence[PackedRedaction]) -> None:
    decode = msgspec.json.Decoder().decode
    for one in redactions:
        for value in (one.old, one.new):
            if value is not None:
                decode(value)
        if ":" not in one.ref:
            if one.new is None or not isinstance(decode(one.new), dict):
                raise Untrue
        elif not _REFS.fullmatch(one.ref) or " " in one.ref:
            raise Untrue


def _check_ids(ids: Iterable[str]) -> None:
    if not all(_ID.fullmatch(one) for one in ids):
        raise Untrue
