"""Applies the file of a colleague: verified, previewed, after a backup, as one step."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from samenleven_desktop.domain.clock import Runtime, day_of
from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.domain.exchange import CATALOGUE, Profile
from samenleven_desktop.domain.offer_use import UseWarning
from samenleven_desktop.readmodels.exchange import ErasingLine, PackPreview
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.exchange.authorship import NOT_PROVEN, Authorship, judge
from samenleven_desktop.services.exchange.colleagues import own_card, own_keys
from samenleven_desktop.services.exchange.pack_content import check_against, check_values
from samenleven_desktop.services.exchange.pack_plans import PackedPlan, lacking, plans_in, store_plans
from samenleven_desktop.services.offers import queries as offers
from samenleven_desktop.services.safekeeping import backups
from samenleven_desktop.services.sessions.queries import assigned_ids
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.exchange import forward_compatibility, incoming, outgoing, peers
from samenleven_desktop.storage.exchange.incoming import ApplyResult
from samenleven_desktop.storage.exchange.peers import Colleague, OwnKeys, PackNote
from samenleven_desktop.storage.plan_use import PLAN_VERSIONS
from samenleven_desktop.storage.queries import conflicts, pack_reach, reference
from samenleven_desktop.storage.store import Store
from samenleven_desktop.storage.unit_of_work import ChangedRow, Step, UnitOfWork
from samenleven_desktop.storage.view import View
from samenleven_desktop.sync import pack

PACK_STEP = N_("File of {colleague} taken over")
PACK_KIND = "pack"
PRACTICE_AND_REAL = N_("{file} comes from a practice file, this is real work. They are kept apart.")
OWN_PACK = N_("{file} was made here. Give it to your colleague.")
REAL_AND_PRACTICE = N_("{file} holds real work, this is a practice file. They are kept apart.")
ERASES = N_(
    "{file} erases {n} of your records for good: {names}. Look at it with --preview; with --yes they are erased too."
)
_NAMED = 5
# Record types that the user knows; links between two of them are not counted.
_COUNTED = frozenset(
    {
        "assignment",
        "attachment",
        "call_budget",
        "commitment",
        "condition_judgement",
        "contact",
        "example",
        "follow_up",
        "government",
        "instrument",
        "kpi_entry",
        "mentor",
        "offer",
        "offer_use",
        "officer",
        "official_figure",
        "organisation_service",
        "partnership_member",
        "stimulus",
        "support_session",
        "support_track",
    }
)

Progress = Callable[[str], None]
READING, BACKUP, MERGING = N_("reading the file"), N_("making a backup"), N_("taking over")


class _DryRun(Exception):
    """Raised to roll back a dry run."""


@dataclass(frozen=True)
class LocalIdentity:
    """The data of this work file needed to read a pack; read once, before a transaction locks the store."""

    keys: OwnKeys
    fingerprint: str
    practice: str | None
    colleagues: dict[str, Colleague]


def local_identity(workspace: Workspace) -> LocalIdentity:
    store = workspace.store
    keys, card = own_keys(store), own_card(workspace)
    with store.read() as connection:
        known = {one.fingerprint: one for one in peers.colleagues(connection)}
        return LocalIdentity(keys, card.fingerprint, store.meta(connection, "practice_date"), known)


def read_pack(us: LocalIdentity, path: Path) -> tuple[pack.Pack, Colleague]:
    """Returns a verified pack and its sender, a trusted colleague. Raises UserError with one sentence."""
    found = pack.read_pack(path, us.keys.age_identity, us.fingerprint, _key_of(us))
    check_values(found, path.name)
    return found, _sender(us, found.manifest, path)


def read_manifest(us: LocalIdentity, path: Path) -> tuple[pack.Manifest, Colleague]:
    """As `read_pack`, for the header alone: the rest of the file is not verified."""
    manifest = pack.read_manifest(path, us.keys.age_identity, us.fingerprint, _key_of(us))
    return manifest, _sender(us, manifest, path)


def _key_of(us: LocalIdentity) -> Callable[[pack.Manifest, str], bytes]:
    def key_of(manifest: pack.Manifest, name: str) -> bytes:
        if manifest.fingerprint == us.fingerprint:
            raise UserError(OWN_PACK, field="file", file=name)
        sender = us.colleagues.get(manifest.fingerprint)
        if sender is None:
            raise UserError(pack.NOT_TRUSTED, field="file", file=name, label=manifest.sender.label)
        if sender.revoked_at is not None:
            raise UserError(pack.REVOKED, field="file", file=name, label=sender.label)
        return sender.verify_key

    return key_of


def _sender(us: LocalIdentity, manifest: pack.Manifest, path: Path) -> Colleague:
    if manifest.practice is not None and us.practice is None:
        raise UserError(PRACTICE_AND_REAL, field="file", file=path.name)
    if manifest.practice is None and us.practice is not None:
        raise UserError(REAL_AND_PRACTICE, field="file", file=path.name)
    return us.colleagues[manifest.fingerprint]


def preview_pack(workspace: Workspace, path: Path) -> PackPreview:
    """Returns the effect of applying a pack: it is merged in a transaction that is then rolled back."""
    us = local_identity(workspace)
    found, sender = read_pack(us, path)
    if found.numbers is not None:
        return _numbers_preview(us, found, sender, path)
    check_against(workspace.store, found, path.name)
    reach = _reach(workspace, us, found, path)
    seen: list[PackPreview] = []
    plans = _plans(workspace.store, found, path)
    try:
        with workspace.store.write(Step(PACK_STEP, {}, PACK_KIND)) as unit:
            store_plans(View(unit.connection), plans)
            taken = incoming.take_in(unit, found.bundle, path.name)
            peers.put_plan_names(unit.connection, found.manifest.plan_names)
            seen.append(
                _described(us, workspace.context(View(unit.connection)), found, sender, path, taken, reach, plans)
            )
            raise _DryRun
    except _DryRun:
        return seen[0]


def apply_pack(
    workspace: Workspace,
    path: Path,
    progress: Progress = lambda _: None,
    *,
    erase: bool = False,
    unproven: bool = False,
) -> tuple[PackPreview, tuple[ChangedRow, ...], EnvironmentFault | None]:
    """Makes a backup, applies the pack as one undo step in one transaction, and compares the result with the sender's.

    Returns the result, the changed rows, and the error if cleaning up outside the file was not completed. Raises
    UserError or EnvironmentFault; then nothing is changed. A pack that erases something here is refused too, unless
    `erase` agrees, and one with work of others that nothing proves, unless `unproven` does. `progress` is called
    repeatedly with the current stage; it may raise to cancel.
    """
    store = workspace.store
    progress(READING)
    us = local_identity(workspace)
    found, sender = read_pack(us, path)
    if found.numbers is not None:
        return _keep_numbers(store, us, found, sender, path), (), None
    check_against(store, found, path.name)
    reach = _reach(workspace, us, found, path)
    if reach.authorship.unproven and not unproven:
        told = "; ".join(line.label for line in reach.authorship.unproven[:_NAMED])
        raise UserError(NOT_PROVEN, field="--unproven", file=path.name, names=told)
    if reach.erasing and not erase:
        names = "; ".join(filter(None, (one.words or one.governments for one in reach.erasing[:_NAMED])))
        raise UserError(ERASES, field="--yes", file=path.name, n=len(reach.erasing), names=names)
    plans = _plans(store, found, path)
    if not plans and _brings_nothing(store, found):
        # Merged in a dry run first: a pack that is refused is not noted as received.
        shown = preview_pack(workspace, path)
        if not (shown.new or shown.changed or shown.deleted):
            with store.write_untracked() as connection:
                reach.authorship.keep(connection, found)
                _note(connection, store.runtime, us, found, sender, path, None)
            return replace(shown, applied=True), (), None
    progress(BACKUP)
    kept = backups.back_up_before_erasing(store, reach.erases) if reach.takes_away else None
    if not reach.takes_away:
        backups.back_up(store, "exchange")
    details: dict[str, object] = {"colleague": sender.label, "changes": found.manifest.changes}
    if plans:
        details[PLAN_VERSIONS] = [one.plan.content_hash for one in plans]
    with _merging(store, kept, progress), store.write(Step(PACK_STEP, details, PACK_KIND)) as unit:
        store_plans(View(unit.connection), plans)
        if found.manifest.contents:
            _keep_contents(unit, us, found, path)
        taken = incoming.take_in(unit, found.bundle, path.name, lambda: progress(MERGING))
        peers.put_plan_names(unit.connection, found.manifest.plan_names)
        shown = _described(us, workspace.context(View(unit.connection)), found, sender, path, taken, reach, plans)
        reach.authorship.keep(unit.connection, found)
        _note(unit.connection, unit.runtime, us, found, sender, path, unit.command_id, reach.authorship.as_json())
    if plans:
        workspace.reload_plans()
    problem = None if unit.erased_words is None else workspace.finish_erasing(unit.erased_words)
    with store.read() as connection:
        different = _different(connection, found) if not taken.waiting else ()
    return replace(shown, applied=True, different=different), tuple(unit.changed), problem


@contextmanager
def _merging(store: Store, kept: backups.MadeBackup | None, progress: Progress) -> Iterator[None]:
    """If the block fails, the backup that was `kept` for it is one like any other."""
    try:
        progress(MERGING)
        yield
    except BaseException:
        if kept is not None:
            backups.keep_no_longer(store, kept)
        raise


@dataclass(frozen=True)
class _Reach:
    """What a pack erases here, which governments it touches that are not its sender's, and who else wrote it.

    `mine`: the governments of this coach before it is merged. `erases`: every row (table, id) that it erases anew;
    `takes_away`: something that stands here goes.
    """

    erasing: tuple[ErasingLine, ...]
    outside: tuple[str, ...]
    mine: set[str]
    erases: tuple[tuple[str, str], ...]
    takes_away: bool
    authorship: Authorship


def _reach(workspace: Workspace, us: LocalIdentity, found: pack.Pack, path: Path) -> _Reach:
    authorship = judge(workspace.store, us.fingerprint, us.colleagues, found, path.name)
    with workspace.store.read() as connection:
        view, officer = View(connection), found.manifest.sender.officer_id
        erasing = pack_reach.erasing_lines(view, found.bundle)
        return _Reach(
            erasing,
            pack_reach.outside(view, found.bundle, officer),
            assigned_ids(workspace.context(view)),
            tuple(incoming.new_erasures(connection, found.bundle)),
            bool(erasing) or pack_reach.strikes(view, found.bundle),
            authorship,
        )


def _plans(store: Store, found: pack.Pack, path: Path) -> list[PackedPlan]:
    """Returns the versions of plans in a pack that this file lacks. Raises UserError for one that is no plan."""
    with store.read() as connection:
        return lacking(View(connection), plans_in(found, path.name))


def _brings_nothing(store: Store, found: pack.Pack) -> bool:
    """Returns whether everything in it was applied before: then there is no undo step and no backup."""
    with store.read() as connection:
        for one in found.manifest.ranges:
            here = outgoing.has_numbers(connection, *one)
            if here < one.last - one.first + 1:
                return False
        return not incoming.has_new_erasures(connection, found.bundle)


def _keep_contents(unit: UnitOfWork, us: LocalIdentity, found: pack.Pack, path: Path) -> None:
    """Reads the file a second time, so that contents are streamed into the store; every byte is verified again."""
    put = "INSERT OR IGNORE INTO attachment_content (sha256, content) VALUES (?, ?)"

    def keep(sha256: str, content: bytes) -> None:
        unit.connection.exec_driver_sql(put, (sha256, content))

    again = pack.read_pack(path, us.keys.age_identity, us.fingerprint, _key_of(us), keep)
    if again.manifest != found.manifest:
        raise UserError(pack.NOT_TRUE, field="file", file=path.name)


def _note(
    connection: Any,
    runtime: Runtime,
    us: LocalIdentity,
    found: pack.Pack,
    sender: Colleague,
    path: Path,
    command_id: str | None,
    authors: str | None = None,
) -> None:
    """Records the pack and, if it is the sender's newest, what the sender had when making it."""
    manifest = found.manifest
    notes = [one for one in peers.pack_notes(connection, "in") if one.fingerprint == sender.fingerprint]
    number = manifest.recipients[us.fingerprint]
    older = [one for one in notes if one.device_id == manifest.device_id]
    if not older or max(one.number for one in older) <= number:
        vector, sealed = ({(scope, dev): n for scope, dev, n in one} for one in (manifest.vector, manifest.sealed))
        peers.put_known(connection, sender.fingerprint, vector, sealed)
    if all(one.pack_id != manifest.pack_id for one in notes):
        moment = runtime.now().isoformat(timespec="milliseconds")
        note = PackNote(
            manifest.pack_id, "in", sender.fingerprint, manifest.device_id, number, manifest.profile, path.name,
            manifest.changes, manifest.made_at, moment, command_id, authors,
        )  # fmt: skip
        peers.put_notes(connection, [note])


def _described(
    us: LocalIdentity,
    context: QueryContext,
    found: pack.Pack,
    sender: Colleague,
    path: Path,
    taken: ApplyResult,
    reach: _Reach,
    plans: Sequence[PackedPlan],
) -> PackPreview:
    view, manifest = context.view, found.manifest
    merged = taken.merged
    lost = sorted(reach.mine - assigned_ids(context))
    added = Counter(table for table, _ in merged.added if table in _COUNTED)
    changed = Counter(table for table, _ in merged.changed if table in _COUNTED)
    deleted = Counter(table for table, _ in merged.deleted if table in _COUNTED)
    moments = [one.made_at for one in found.bundle.commands]
    names = reference.governments_by_id(view, [one for one in manifest.scopes if one != CATALOGUE])
    return PackPreview(
        file_name=path.name,
        size=path.stat().st_size,
        pack_id=manifest.pack_id,
        number=manifest.recipients[us.fingerprint],
        sender=sender.label,
        fingerprint=sender.fingerprint,
        profile=Profile(manifest.profile),
        made_at=datetime.fromisoformat(manifest.made_at),
        changes=taken.new_changes,
        known=taken.known_changes,
        new=added.total(),
        changed=changed.total(),
        deleted=deleted.total(),
        conflicts=tuple(conflicts.conflicts(view, taken.disputes)),
        not_understood=taken.not_understood,
        waiting=tuple(conflicts.waiting(view)) if taken.waiting else (),
        erased=taken.erased,
        missing_packs=_missing(view.connection, found, us.fingerprint),
        since=datetime.fromisoformat(min(moments)) if moments else None,
        governments=tuple(sorted(one.name for one in names.values())),
        overspent=_overspent(context, taken),
        by_table=tuple(
            (table, added[table], changed[table], deleted[table])
            for table in sorted(added.keys() | changed.keys() | deleted.keys())
        ),
        handover=_handed_over(us, view, manifest),
        ahead=taken.ahead,
        ahead_until=day_of(taken.ahead_until) if taken.ahead else None,
        erasing=reach.erasing,
        outside=reach.outside,
        no_longer_mine=tuple(sorted(one.name for one in reference.governments_by_id(view, lost).values())),
        plans=tuple((one.plan.name, one.plan.version) for one in plans),
        authors=reach.authorship.lines,
        unproven=reach.authorship.unproven,
    )


def _handed_over(us: LocalIdentity, view: View, manifest: pack.Manifest) -> str | None:
    handed = manifest.handover or {}
    if handed.get("to") != us.fingerprint:
        return None
    named = reference.governments_by_id(view, [handed["government_id"]] if "government_id" in handed else [])
    return next((one.name for one in named.values()), None)


def _missing(connection: Any, found: pack.Pack, own: str) -> tuple[int, ...]:
    """Returns the numbers of the sender's missing packs before this one; empty if there is no gap."""
    after = outgoing.vector(connection, found.manifest.scopes)
    if all(after.get((scope, device), 0) >= last for scope, device, _, last in found.manifest.ranges):
        return ()
    number = found.manifest.recipients[own]
    received = peers.numbers_received(connection, found.manifest.fingerprint, found.manifest.device_id)
    return tuple(sorted(set(range(1, number)) - received)) or (number,)


def _overspent(context: QueryContext, taken: ApplyResult) -> tuple[str, ...]:
    """Returns offers whose combined uses now cost more than the subsidy of their target."""
    touched = {row_id for table, row_id in taken.merged.rows if table == "offer_use"}
    found = []
    for commitment_id in offers.commitments_of_uses(context, touched):
        for line in offers.uses_of_commitment(context, commitment_id):
            if UseWarning.ABOVE_GRANTED in line.warnings:
                found.append(f"{line.government_name}: {line.offer_title}")
    return tuple(sorted(set(found)))


def _different(connection: Any, found: pack.Pack) -> tuple[str, ...]:
    """Returns dossiers with the same changes but different content on both sides; there should never be one."""
    sent = {(scope, device): number for scope, device, number in found.manifest.vector}
    held = outgoing.vector(connection, found.manifest.digests)
    unlike = {scope for scope, _ in {at for at, _ in held.items() ^ sent.items()}}
    scopes = sorted(found.manifest.digests.keys() - unlike - forward_compatibility.scopes_beyond(connection))
    here = outgoing.digests(connection, scopes)
    wrong = [scope for scope in scopes if here[scope] != found.manifest.digests[scope]]
    names = reference.governments_by_id(View(connection), wrong)
    return tuple(names[one].name if one in names else one for one in wrong)


def _numbers_preview(us: LocalIdentity, found: pack.Pack, sender: Colleague, path: Path) -> PackPreview:
    numbers = found.numbers or {}
    manifest = found.manifest
    return PackPreview(
        file_name=path.name,
        size=path.stat().st_size,
        pack_id=manifest.pack_id,
        number=manifest.recipients[us.fingerprint],
        sender=sender.label,
        fingerprint=sender.fingerprint,
        profile=Profile.NUMBERS,
        made_at=datetime.fromisoformat(manifest.made_at),
        changes=0,
        known=0,
        new=0,
        changed=0,
        deleted=0,
        conflicts=(),
        not_understood=0,
        waiting=(),
        erased=0,
        missing_packs=(),
        since=None,
        governments=tuple(str(one["name"]) for one in numbers.get("governments", [])),
    )


def _keep_numbers(store: Store, us: LocalIdentity, found: pack.Pack, sender: Colleague, path: Path) -> PackPreview:
    content = json.dumps(found.numbers, ensure_ascii=False)
    with store.write_untracked() as connection:
        peers.put_team_numbers(connection, sender.fingerprint, found.manifest.made_at, content)
        _note(connection, store.runtime, us, found, sender, path, None)
    return replace(_numbers_preview(us, found, sender, path), applied=True)
