"""Everything of exchange in one place for those above; its methods block, as those of the workspace do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from samenleven_desktop.domain.erasure import SearchPattern
from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.readmodels.exchange import (
    ColleagueLine,
    FolderLine,
    MadePack,
    PackFacts,
    PackLine,
    PackPreview,
    PackUndo,
    PackWish,
)
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.exchange import apply as taking
from samenleven_desktop.services.exchange import colleagues as people
from samenleven_desktop.services.exchange import create, folder, inbox, inspect
from samenleven_desktop.services.exchange.folder import FolderScan
from samenleven_desktop.storage.exchange.peers import Colleague
from samenleven_desktop.storage.store import Store
from samenleven_desktop.storage.unit_of_work import ChangedRow
from samenleven_desktop.storage.view import View
from samenleven_desktop.sync.card import Card


class ExchangeDesk:
    """Cards, colleagues and packs of one open work file."""

    def __init__(
        self,
        store: Store,
        reading_of: Callable[[View], QueryContext],
        finish_erasing: Callable[[SearchPattern], EnvironmentFault | None],
    ) -> None:
        self._store = store
        self._reading_of = reading_of
        self._finish_erasing = finish_erasing

    def own_card(self) -> Card:
        return people.own_card(self._store)

    def save_card(self, path: Path) -> Card:
        return people.save_card(self._store, path)

    def look_at_card(self, path: Path) -> Card:
        return people.look_at_card(self._store, path)

    def trust(self, card: Card) -> None:
        people.trust(self._store, card)

    def revoke(self, fingerprint: str) -> None:
        people.revoke(self._store, fingerprint)

    def colleagues(self) -> list[ColleagueLine]:
        return people.list_colleagues(self._store)

    def find_colleague(self, named: str) -> Colleague:
        return people.find_colleague(self._store, named)

    def make(self, wish: PackWish, target: Path) -> MadePack:
        """See making.make_pack."""
        people.own_keys(self._store)
        with self._store.read() as connection:
            return create.make_pack(self._store, self._reading_of(View(connection)), wish, target)

    def show(self, path: Path) -> PackFacts:
        """What a pack says of itself; nothing is merged."""
        return inspect.pack_facts(self._store, path)

    def preview(self, path: Path) -> PackPreview:
        return taking.preview_pack(self._store, self._reading_of, path)

    def apply(
        self, path: Path, progress: Callable[[str], None] = lambda _: None
    ) -> tuple[PackPreview, tuple[ChangedRow, ...], EnvironmentFault | None]:
        """See taking.apply_pack."""
        return taking.apply_pack(self._store, self._reading_of, path, self._finish_erasing, progress)

    def numbers(self) -> list[dict[str, Any]]:
        """The newest team numbers of each colleague."""
        return folder.received_numbers(self._store)

    def folder(self) -> Path | None:
        """The shared folder or stick that is watched."""
        return folder.watched(self._store)

    def watch(self, path: Path | None) -> None:
        folder.watch(self._store, path)

    def look_in_folder(self) -> list[FolderLine]:
        return folder.scan(self._store)

    def ask_folder(self) -> FolderScan | None:
        """What looking in the folder takes from this file; see folder.look_at."""
        return folder.prepare_scan(self._store)

    # Afterwards

    def packs(self) -> list[PackLine]:
        return inbox.pack_lines(self._store)

    def look_at_undo(self, command_id: str) -> PackUndo:
        return inbox.look_at_undo(self._store, command_id)

    def next_built_upon(self) -> PackUndo | None:
        return inbox.next_built_upon(self._store)

    def take_back(self, command_id: str) -> Done[str]:
        return inbox.take_back(self._store, command_id)
