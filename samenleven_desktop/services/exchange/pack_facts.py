"""Reads the header of a colleague's pack without merging it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from samenleven_desktop.domain.exchange import CATALOGUE, Profile
from samenleven_desktop.readmodels.exchange import PackFacts
from samenleven_desktop.services.exchange.apply_pack import local_identity, read_pack
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.exchange import peers
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.view import View


def pack_facts(workspace: Workspace, path: Path) -> PackFacts:
    """Verifies every byte of the pack first. Raises UserError."""
    us = local_identity(workspace)
    found, sender = read_pack(us, path)
    manifest = found.manifest
    with workspace.store.read() as connection:
        wanted = [one for one in manifest.scopes if one != CATALOGUE]
        names = [one.name for one in reference.governments_by_id(View(connection), wanted).values()]
        view, plans = View(connection), manifest.plan_names
        lacking = {name for id_, name in plans.items() if not reference.plan_versions(view, id_)}
        applied = any(one.pack_id == manifest.pack_id for one in peers.pack_notes(connection, "in"))
    if found.numbers is not None:
        names = [str(one["name"]) for one in found.numbers.get("governments", [])]
    return PackFacts(
        file_name=path.name,
        size=path.stat().st_size,
        pack_id=manifest.pack_id,
        number=manifest.recipients[us.fingerprint],
        sender=sender.label,
        fingerprint=sender.fingerprint,
        profile=Profile(manifest.profile),
        made_at=datetime.fromisoformat(manifest.made_at),
        program=manifest.program,
        practice=manifest.practice,
        changes=manifest.changes,
        attachments=len(manifest.contents),
        governments=tuple(sorted(names)),
        ranges=tuple((one.scope, one.device_id, one.first, one.last) for one in manifest.ranges),
        applied=applied,
        plans_lacking=tuple(sorted(lacking)),
    )
