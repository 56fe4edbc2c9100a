"""The officer's own keys, colleagues, what they have received, and the packs sent and received."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from samenleven_desktop.domain.exchange import Profile, Vector
from samenleven_desktop.storage.models import (
    Change,
    ColleagueRow,
    CommandLog,
    IdentityRow,
    Meta,
    PackLogRow,
    PeerKnownRow,
    PlanRow,
    TeamNumbersRow,
    table_of,
)

_IDENTITY, _COLLEAGUE = table_of(IdentityRow), table_of(ColleagueRow)
_KNOWN, _LOG, _NUMBERS = table_of(PeerKnownRow), table_of(PackLogRow), table_of(TeamNumbersRow)
_CHANGE, _COMMAND, _META = table_of(Change), table_of(CommandLog), table_of(Meta)
_PLAN = table_of(PlanRow)
_PLAN_NAMES = "plans_of_colleagues"
_GIVEN = "given_up_to"
"""The `meta` key with the device and number of the last own change for which a pack was made."""


@dataclass(frozen=True)
class OwnKeys:
    """The 32-byte Ed25519 seed, and the age identity."""

    signing_key: bytes
    age_identity: str


@dataclass(frozen=True)
class Colleague:
    """`label` is a role; times are ISO text. `officer_id` is the officer record that represents the colleague."""

    fingerprint: str
    label: str
    officer_id: str | None
    verify_key: bytes
    recipient: str
    trusted_at: str
    revoked_at: str | None = None


@dataclass(frozen=True)
class PackNote:
    """A logged pack; `direction` is in or out; `command_id` is the step that applied it; `authors` is JSON."""

    pack_id: str
    direction: str
    fingerprint: str
    device_id: str
    number: int
    profile: str
    file_name: str
    changes: int
    made_at: str
    done_at: str
    command_id: str | None = None
    authors: str | None = None


def own_keys(connection: Connection) -> OwnKeys | None:
    row = connection.execute(select(_IDENTITY)).first()
    return None if row is None else OwnKeys(bytes(row.signing_key), row.age_identity)


def put_own_keys(connection: Connection, keys: OwnKeys, made_at: str) -> None:
    """Stores the keys once; existing keys are not replaced."""
    put = insert(_IDENTITY).prefix_with("OR IGNORE")
    connection.execute(put.values(id=1, made_at=made_at, **vars(keys)))


def colleagues(connection: Connection) -> list[Colleague]:
    """Returns all colleagues, revoked ones included, in order of label."""
    query = select(_COLLEAGUE).order_by(_COLLEAGUE.c.label, _COLLEAGUE.c.fingerprint)
    return [Colleague(**row) for row in connection.execute(query).mappings()]


def put_colleague(connection: Connection, one: Colleague) -> None:
    put = upsert(_COLLEAGUE).values(**vars(one))
    connection.execute(put.on_conflict_do_update(index_elements=["fingerprint"], set_=vars(one)))


def revoke(connection: Connection, fingerprint: str, moment: str) -> None:
    connection.execute(update(_COLLEAGUE).where(_COLLEAGUE.c.fingerprint == fingerprint).values(revoked_at=moment))


def known_by(connection: Connection, fingerprint: str) -> dict[tuple[str, str], int]:
    """Returns (dossier, device) -> number, according to the newest pack of the colleague; empty for a new colleague."""
    query = select(_KNOWN.c.scope, _KNOWN.c.device_id, _KNOWN.c.number).where(_KNOWN.c.fingerprint == fingerprint)
    return {(scope, device): number for scope, device, number in connection.execute(query)}


def sealed_by(connection: Connection, fingerprint: str) -> dict[tuple[str, str], int]:
    """Returns (dossier, device) -> the place up to which the colleague can prove who wrote what."""
    query = select(_KNOWN.c.scope, _KNOWN.c.device_id, _KNOWN.c.sealed).where(_KNOWN.c.fingerprint == fingerprint)
    return {(scope, device): number for scope, device, number in connection.execute(query)}


def put_known(connection: Connection, fingerprint: str, vector: Vector, sealed: Vector) -> None:
    """Replaces what was known: a colleague who restored a backup has less than before."""
    connection.execute(delete(_KNOWN).where(_KNOWN.c.fingerprint == fingerprint))
    rows = [
        {
            "fingerprint": fingerprint,
            "scope": scope,
            "device_id": device,
            "number": vector.get((scope, device), 0),
            "sealed": sealed.get((scope, device), 0),
        }
        for scope, device in {**vector, **sealed}
    ]
    if rows:
        connection.execute(insert(_KNOWN), rows)


def pack_notes(connection: Connection, direction: str | None = None) -> list[PackNote]:
    """Returns the logged packs, newest first."""
    query = select(*(_LOG.c[name] for name in PackNote.__dataclass_fields__)).order_by(_LOG.c.seq.desc())
    if direction is not None:
        query = query.where(_LOG.c.direction == direction)
    return [PackNote(**row) for row in connection.execute(query).mappings()]


def put_notes(connection: Connection, notes: Iterable[PackNote]) -> None:
    rows = [vars(one) for one in notes]
    if rows:
        connection.execute(insert(_LOG), rows)


def drop_note(connection: Connection, command_id: str) -> None:
    """Forgets a pack that was reverted, so that it can be applied again."""
    connection.execute(delete(_LOG).where(_LOG.c.command_id == command_id))


def next_number(connection: Connection, fingerprint: str, device_id: str) -> int:
    """Returns the number of the next pack from this device to that colleague."""
    query = select(func.max(_LOG.c.number)).where(
        _LOG.c.direction == "out", _LOG.c.fingerprint == fingerprint, _LOG.c.device_id == device_id
    )
    return int(connection.execute(query).scalar() or 0) + 1


def numbers_received(connection: Connection, fingerprint: str, device_id: str) -> set[int]:
    """Returns the numbers of the packs of a colleague's device that were applied here."""
    query = select(_LOG.c.number).where(
        _LOG.c.direction == "in", _LOG.c.fingerprint == fingerprint, _LOG.c.device_id == device_id
    )
    return set(connection.execute(query).scalars())


def last_number(connection: Connection, device_id: str) -> int:
    """Returns the number of the newest change of a device; 0 if there is none."""
    query = select(func.max(_CHANGE.c.number)).where(_CHANGE.c.device_id == device_id)
    return int(connection.execute(query).scalar() or 0)


def put_given(connection: Connection, device_id: str, number: int) -> None:
    """Records that a pack was made after this device wrote its change of this number."""
    put = upsert(_META).values(key=_GIVEN, value=f"{device_id}:{number}")
    connection.execute(put.on_conflict_do_update(index_elements=["key"], set_={"value": put.excluded.value}))


def count_not_given(connection: Connection) -> int:
    """Counts the changes of this device since the last pack for a colleague was made; all of them if none was made.

    Counted by position in the log, so that a clock jump has no effect.
    """
    facts = select(_META.c.key, _META.c.value).where(_META.c.key.in_(["device_id", _GIVEN]))
    found = {key: str(value) for key, value in connection.execute(facts)}
    own = found.get("device_id", "")
    query = select(func.count()).select_from(_CHANGE).where(_CHANGE.c.device_id == own)
    device, _, number = found.get(_GIVEN, "").partition(":")
    if device == own and number:
        query = query.where(_CHANGE.c.number > int(number))
    else:
        # For a file whose last pack was made by an earlier version of the program, which stored only the time.
        made = select(func.max(_LOG.c.done_at)).where(_LOG.c.direction == "out", _LOG.c.profile != Profile.NUMBERS)
        query = query.join(_COMMAND, _COMMAND.c.id == _CHANGE.c.command_id).where(
            _COMMAND.c.made_at > func.coalesce(made.scalar_subquery(), "")
        )
    return int(connection.execute(query).scalar() or 0)


def put_plan_names(connection: Connection, names: Mapping[str, str]) -> None:
    """Remembers the names of the plans under which colleagues work, by the id of the plan."""
    known = _plan_names(connection)
    if not names.items() <= known.items():
        value = json.dumps(known | dict(names), ensure_ascii=False, sort_keys=True)
        put = upsert(_META).values(key=_PLAN_NAMES, value=value)
        connection.execute(put.on_conflict_do_update(index_elements=["key"], set_={"value": put.excluded.value}))


def missing_plans(connection: Connection) -> list[str]:
    """Returns the names of the plans of colleagues that this file lacks."""
    here = {str(row[0]) for row in connection.execute(select(_PLAN.c.id))}
    return sorted({name for id_, name in _plan_names(connection).items() if id_ not in here})


def _plan_names(connection: Connection) -> dict[str, str]:
    found = connection.execute(select(_META.c.value).where(_META.c.key == _PLAN_NAMES)).scalar()
    return dict(json.loads(found)) if found else {}


def put_team_numbers(connection: Connection, fingerprint: str, made_at: str, content: str) -> None:
    """Stores the team numbers of a colleague unless newer ones are stored already."""
    put = upsert(_NUMBERS).values(fingerprint=fingerprint, made_at=made_at, content=content)
    values = {"made_at": put.excluded.made_at, "content": put.excluded.content}
    newer = put.on_conflict_do_update(
        index_elements=["fingerprint"], set_=values, where=_NUMBERS.c.made_at < put.excluded.made_at
    )
    connection.execute(newer)


def team_numbers(connection: Connection) -> list[tuple[str, str, str]]:
    """Returns (colleague, made at, JSON) of each colleague who sent team numbers."""
    query = select(_NUMBERS.c.fingerprint, _NUMBERS.c.made_at, _NUMBERS.c.content).order_by(_NUMBERS.c.fingerprint)
    return [(one, made_at, content) for one, made_at, content in connection.execute(query)]
