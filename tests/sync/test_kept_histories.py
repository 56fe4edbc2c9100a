"""Histories in which the search (`tests.tools.long_search`) found that colleagues did not end alike, made short."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from samenleven_desktop.services.safekeeping import backups
from tests.sync.test_merge_machine import Exchange, Teams, small_file, teams

__all__ = ["small_file", "teams"]

pytestmark = pytest.mark.slow


def only_the_erasure_came(machine: Exchange) -> None:
    """A text was erased before it was signed, and a choice of dossiers brought the erasure without the text.

    The pack that came back took the salts of the author's own signature away, so that nobody accepted the work.
    """
    machine.begin(count=3)
    machine.meet_a_person(who=1)
    machine.forget_a_person(who=1)
    pack = machine.make(which=1, who=1, whole=False)
    machine.take(pack=pack, who=0)


def a_linked_session_was_taken_back(machine: Exchange) -> None:
    """A pack linked a session that was here to another dossier; taken back, its places in that dossier stayed."""
    machine.begin(count=4)
    machine.edit_session(both=True, who=3, words="rood")
    machine.delete_agreement(who=0)
    pack = machine.make(which=0, who=3, whole=True)
    machine.take(pack=pack, who=0)
    machine.undo(again=False, who=0)


@pytest.mark.parametrize("history", [only_the_erasure_came, a_linked_session_was_taken_back])
def test_they_end_alike(
    history: Callable[[Exchange], None], teams: Teams, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(backups, "back_up", lambda _store, _reason: None)
    monkeypatch.setattr(backups, "back_up_before_erasing", lambda _store, _rows: None)
    machine = type("Machine", (Exchange,), {"teams": teams})()
    history(machine)
    machine.teardown()
