"""The officer's own card, the cards of colleagues, and how much of this file each of them has."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.readmodels.exchange import ColleagueLine
from samenleven_desktop.services.core.output_files import check_target, write_file
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.exchange import lag, peers
from samenleven_desktop.storage.exchange.peers import Colleague, OwnKeys
from samenleven_desktop.storage.queries import reference
from samenleven_desktop.storage.store import Store
from samenleven_desktop.storage.view import View
from samenleven_desktop.sync import crypto
from samenleven_desktop.sync.card import Card, read_card, words_of, write_card
from samenleven_desktop.sync.pack_validation import LONGEST_LABEL

OWN_CARD = N_("{file} is your own card. Give it to your colleague, and ask for theirs.")
NO_SUCH_COLLEAGUE = N_("There is no colleague {colleague} here. Add the card first.")
SEVERAL_COLLEAGUES = N_("More than one colleague is called {colleague}. Use the card or the beginning of the code.")
COACH = N_("coach")
_SHORTEST = 6


def own_keys(store: Store) -> OwnKeys:
    """Returns the keys of this work file, generated at first use."""
    with store.read() as connection:
        found = peers.own_keys(connection)
    if found is not None:
        return found
    with store.write_untracked() as connection:
        fresh = OwnKeys(crypto.new_signing_key(), crypto.new_age_identity())
        peers.put_own_keys(connection, fresh, store.runtime.now().isoformat(timespec="milliseconds"))
        kept = peers.own_keys(connection)
    assert kept is not None
    return kept


def own_card(workspace: Workspace) -> Card:
    """Returns the card for colleagues: role, keys, and the id of this officer."""
    keys = own_keys(workspace.store)
    with workspace.store.read() as connection:
        officer_id = workspace.store.meta(connection, "officer_id")
        label = next((name for id_, name, _ in reference.officers(View(connection)) if id_ == officer_id), None)
    shown = "".join(one for one in " ".join((label or "").split()) if one.isprintable())[:LONGEST_LABEL]
    return Card(shown or COACH, officer_id, crypto.verify_key(keys.signing_key), crypto.recipient_of(keys.age_identity))


def save_card(workspace: Workspace, path: Path) -> Card:
    """Writes the card of this work file for a colleague."""
    check_target(path, workspace.store.path)
    card = own_card(workspace)
    write_file(path, write_card(card, own_keys(workspace.store).signing_key), workspace.store.path, for_others=True)
    return card


def look_at_card(workspace: Workspace, path: Path) -> Card:
    """Reads a card before it is trusted. Raises UserError for anything else, and for the user's own card."""
    card = read_card(path)
    if card.fingerprint == own_card(workspace).fingerprint:
        raise UserError(OWN_CARD, field="card", file=path.name)
    return card


def trust(workspace: Workspace, card: Card) -> None:
    """Trusts packs from and for this colleague from now on; the user compared the words."""
    moment = workspace.store.runtime.now().isoformat(timespec="milliseconds")
    colleague = Colleague(card.fingerprint, card.label, card.officer_id, card.verify_key, card.recipient, moment)
    with workspace.store.write_untracked() as connection:
        peers.put_colleague(connection, colleague)


def revoke(workspace: Workspace, fingerprint: str) -> None:
    """Stops the exchange with this colleague; received data stays."""
    moment = workspace.store.runtime.now().isoformat(timespec="milliseconds")
    with workspace.store.write_untracked() as connection:
        peers.revoke(connection, fingerprint, moment)


def find_colleague(workspace: Workspace, named: str) -> Colleague:
    """Finds a colleague by card file, by role, or by the beginning of the code. Raises UserError."""
    with workspace.store.read() as connection:
        known = [one for one in peers.colleagues(connection) if one.revoked_at is None]
    path = Path(named)
    wanted = read_card(path).fingerprint if path.is_file() else fold(named)
    found = [one for one in known if fold(one.label) == wanted]
    if not found and len(wanted) >= _SHORTEST:
        found = [one for one in known if one.fingerprint.startswith(wanted)]
    if not found:
        raise UserError(NO_SUCH_COLLEAGUE, field="to", colleague=path.name)
    if len(found) > 1:
        raise UserError(SEVERAL_COLLEAGUES, field="to", colleague=named)
    return found[0]


def list_colleagues(workspace: Workspace) -> list[ColleagueLine]:
    """Returns colleagues by role, revoked ones last."""
    with workspace.store.read() as connection:
        notes = peers.pack_notes(connection)
        found = []
        for one in peers.colleagues(connection):
            known = peers.known_by(connection, one.fingerprint)
            waiting, since = lag.behind(connection, known) if known else (0, None)
            own = [note for note in notes if note.fingerprint == one.fingerprint]
            received = [note.made_at for note in own if note.direction == "in"]
            sent = [note.done_at for note in own if note.direction == "out"]
            found.append(
                ColleagueLine(
                    fingerprint=one.fingerprint,
                    label=one.label,
                    words=words_of(one.fingerprint),
                    trusted_at=datetime.fromisoformat(one.trusted_at),
                    revoked=one.revoked_at is not None,
                    last_received=_moment(received[0] if received else None),
                    last_sent=_moment(sent[0] if sent else None),
                    heard=bool(known),
                    has_until=_moment(since),
                    waiting=waiting,
                )
            )
    return sorted(found, key=lambda line: (line.revoked, line.label))


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
