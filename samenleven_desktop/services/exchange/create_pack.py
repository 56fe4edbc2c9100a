"""Creates a pack for colleagues: the changes they lack in the selected dossiers, signed and encrypted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from samenleven_desktop import __version__
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.exchange import CATALOGUE, Bundle, Profile, Vector
from samenleven_desktop.domain.text_output import on_terminal
from samenleven_desktop.readmodels.exchange import MadePack, PackRequest
from samenleven_desktop.services.core.gc_pause import bulk_work
from samenleven_desktop.services.core.output_files import check_target, write_file
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.exchange import proofs
from samenleven_desktop.services.exchange.colleagues import own_card, own_keys
from samenleven_desktop.services.exchange.pack_plans import packed_plans
from samenleven_desktop.services.exchange.team_numbers import team_numbers
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.exchange import forward_compatibility, outgoing, peers, seals
from samenleven_desktop.storage.exchange.peers import Colleague, PackNote
from samenleven_desktop.storage.queries import organisations, partnerships, reference
from samenleven_desktop.storage.view import View
from samenleven_desktop.sync import pack
from samenleven_desktop.sync.age_header import MOST_RECIPIENTS
from samenleven_desktop.sync.pack_validation import LONGEST_LABEL

NO_RECIPIENT = N_("Choose for which colleague the file is.")
NO_LONGER_TRUSTED = N_("{label} is no longer trusted. Choose another colleague.")
NO_GOVERNMENTS = N_("Choose at least one government.")
NOTHING_ASSIGNED = N_("No governments are assigned to you. Choose governments, or everything.")
TOO_MANY_RECIPIENTS = N_("A file goes to at most {n} colleagues. Make two.")
ONE_RECIPIENT = N_("A hand-over goes to one colleague.")


def make_pack(workspace: Workspace, request: PackRequest, target: Path) -> MadePack:
    """Writes the pack beside the target and moves it there once complete.

    Raises UserError or EnvironmentFault; then there is no file.
    """
    own_keys(workspace.store)  # generated at first use, which writes to the file
    if _proves(request):
        proofs.bind_and_sign(workspace)
    with bulk_work(), workspace.store.read() as connection:
        return _make(workspace, workspace.context(View(connection)), request, target)


def _proves(request: PackRequest) -> bool:
    """Team numbers are never merged, so that every version reads them as they always were."""
    return not request.older and request.profile is not Profile.NUMBERS


def _make(workspace: Workspace, context: QueryContext, request: PackRequest, target: Path) -> MadePack:
    store = workspace.store
    check_target(target, store.path)
    keys, card = own_keys(store), own_card(workspace)
    connection = context.view.connection
    chosen = _recipients(peers.colleagues(connection), request)
    device = store.meta(connection, "device_id") or ""
    scopes = [] if request.profile is Profile.NUMBERS else _scopes(context, request)
    known = [peers.known_by(connection, one.fingerprint) for one in chosen]
    bundle, sizes, numbers, plans = Bundle(), {}, None, []
    version, checked = pack.FORMAT_VERSION if _proves(request) else pack.OLDER_VERSION, list[int]()
    if request.profile is Profile.NUMBERS:
        numbers = team_numbers(context)
    else:
        bundle = outgoing.gather(connection, scopes, _in_common(known))
        sizes = outgoing.content_sizes(connection, bundle)
        plans = packed_plans(context)
    if _proves(request):
        sealed = _in_common([peers.sealed_by(connection, one.fingerprint) for one in chosen])
        proof = proofs.collect(connection, bundle, scopes, sealed, card.fingerprint)
        bundle.bindings, bundle.seals, checked = proof.bindings, proof.seals, proof.checked
    written = peers.last_number(connection, device)
    moment = store.runtime.now().isoformat(timespec="milliseconds")
    places = {one.fingerprint: peers.next_number(connection, one.fingerprint, device) for one in chosen}
    manifest = pack.Manifest(
        format=pack.FORMAT,
        format_version=version,
        reader_version=version,
        pack_id=store.runtime.new_id(),
        made_at=moment,
        program=__version__,
        profile=request.profile,
        practice=store.meta(connection, "practice_date"),
        sender=pack.Sender(
            label=card.label, officer_id=card.officer_id, verify_key=card.verify_key.hex(), recipient=card.recipient
        ),
        device_id=device,
        recipients=places,
        plans={plan.id: plan.version for plan in context.plans},
        plan_names={plan.id: _one_line(plan.name) for plan in context.plans},
        scopes=scopes,
        ranges=[],
        vector=[(scope, one, number) for (scope, one), number in outgoing.vector(connection).items()],
        digests=outgoing.digests(
            connection,
            sorted({place.scope for place in bundle.places} - forward_compatibility.scopes_beyond(connection)),
        ),
        changes=0,
        body_bytes=0,
        body_size=0,
        body_sha256="",
        contents=[],
        handover=_handover(request, chosen),
        sealed=[(scope, one, n) for (scope, one), n in seals.sealed_until(connection).items()]
        if _proves(request)
        else [],
    )
    contents = outgoing.contents(connection, sizes)
    _write(target, manifest, bundle, contents, sizes, chosen, keys.signing_key, numbers, plans)
    profile = request.profile
    notes = [
        PackNote(
            manifest.pack_id, "out", one.fingerprint, device, places[one.fingerprint], profile, target.name,
            len(bundle.changes), moment, moment,
        )
        for one in chosen
    ]  # fmt: skip
    with store.write_untracked() as writing:
        peers.put_notes(writing, notes)
        seals.mark_checked(writing, checked)
        if profile is not Profile.NUMBERS:
            peers.put_given(writing, device, written)
    named = reference.governments_by_id(context.view, [one for one in scopes if one != CATALOGUE])
    return MadePack(
        path=target,
        size=target.stat().st_size,
        changes=len(bundle.changes),
        governments=tuple(sorted(one.name for one in named.values())),
        newcomers=tuple(one.label for one, vector in zip(chosen, known, strict=True) if not vector),
    )


def _one_line(name: str) -> str:
    return on_terminal(" ".join(name.split()))[:LONGEST_LABEL] or "–"


def scopes_of(context: QueryContext, governments: Sequence[str]) -> list[str]:
    """Returns these governments, their current and former partnerships, the organisations that serve or served them,
    those that serve nobody yet, and the scope of data without a government."""
    wanted = set(governments)
    services = organisations.services(context.view)
    wanted |= organisations.organisation_names(context.view).keys() - {one.organisation_id for one in services}
    wanted |= {one.organisation_id for one in services if one.government_id in wanted}
    wanted |= {one.partnership_id for one in partnerships.memberships(context.view) if one.member_id in wanted}
    return sorted({*wanted, CATALOGUE})


def _scopes(context: QueryContext, request: PackRequest) -> list[str]:
    if request.profile is Profile.EVERYTHING:
        return outgoing.scopes(context.view.connection)
    if request.profile is Profile.MINE:
        mine = sorted(support.assigned_ids(context))
        if not mine:
            raise UserError(NOTHING_ASSIGNED, field="profile")
        return scopes_of(context, mine)
    if not request.governments:
        raise UserError(NO_GOVERNMENTS, field="governments")
    return scopes_of(context, request.governments)


def _recipients(known: list[Colleague], request: PackRequest) -> list[Colleague]:
    by_print = {one.fingerprint: one for one in known}
    chosen = [by_print[one] for one in dict.fromkeys(request.recipients) if one in by_print]
    if not chosen or len(chosen) < len(set(request.recipients)):
        raise UserError(NO_RECIPIENT, field="to")
    for one in chosen:
        if one.revoked_at is not None:
            raise UserError(NO_LONGER_TRUSTED, field="to", label=one.label)
    if len(chosen) > MOST_RECIPIENTS:
        raise UserError(TOO_MANY_RECIPIENTS, field="to", n=MOST_RECIPIENTS)
    if request.handover is not None and len(chosen) > 1:
        raise UserError(ONE_RECIPIENT, field="to")
    return chosen


def _in_common(known: Sequence[Vector]) -> dict[tuple[str, str], int]:
    """Returns the changes that every recipient has."""
    first, *others = known
    return {
        place: min(number, *(one.get(place, 0) for one in others)) if others else number
        for place, number in first.items()
    }


def _handover(request: PackRequest, chosen: Sequence[Colleague]) -> dict[str, str] | None:
    if request.handover is None:
        return None
    return {"government_id": request.handover, "to": chosen[0].fingerprint}


def _write(
    target: Path,
    manifest: pack.Manifest,
    bundle: Bundle,
    contents: Any,
    sizes: dict[str, int],
    chosen: Sequence[Colleague],
    signing_key: bytes,
    numbers: dict[str, Any] | None,
    plans: Sequence[dict[str, Any]],
) -> None:
    def fill(file: BinaryIO) -> None:
        recipients = [one.recipient for one in chosen]
        pack.write_pack(file, manifest, bundle, contents, sizes, recipients, signing_key, numbers, plans)

    write_file(target, fill, for_others=True)
