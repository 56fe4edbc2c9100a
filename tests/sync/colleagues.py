"""Colleagues for tests: work files that differ in device and keys, trust one another, and hand packs over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.readmodels.exchange import PackPreview, PackRequest
from samenleven_desktop.services.exchange.apply_pack import apply_pack
from samenleven_desktop.services.exchange.colleagues import look_at_card, own_card, save_card, trust
from samenleven_desktop.services.exchange.create_pack import make_pack
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace, open_workspace
from tests.builders import CHEAP, PASSPHRASE, TODAY, WorkFile
from tests.digest import content_digest


@dataclass
class Colleague:
    """An open work file in a folder of its own."""

    name: str
    folder: Path
    workspace: Workspace

    @property
    def digest(self) -> str:
        return self.workspace.query(lambda reading: content_digest(reading.view))

    def knows(self, other: Colleague) -> None:
        card = self.folder / f"{other.name}.samenlevenkaart"
        save_card(other.workspace, card)
        trust(self.workspace, look_at_card(self.workspace, card))

    def give(
        self, *others: Colleague, profile: Profile = Profile.EVERYTHING, governments: tuple[str, ...] = ()
    ) -> Path:
        path = self.folder / f"{self.name}-{new_id()}.samenleven"
        prints = tuple(own_card(one.workspace).fingerprint for one in others)
        make_pack(self.workspace, PackRequest(profile, prints, governments), path)
        return path

    def take(self, path: Path) -> PackPreview:
        return apply_pack(self.workspace, path, erase=True, unproven=True)[0]

    def close(self) -> None:
        self.workspace.close()


def copy_of(work_file: WorkFile, folder: Path, name: str, runtime: Runtime | None = None) -> Colleague:
    """A colleague with the same past, as after a hand-over of everything, on a device of its own."""
    made = opened_copy(work_file, folder, name, runtime)
    made.workspace.store.set_meta(device_id=new_id())
    return made


def opened_copy(work_file: WorkFile, folder: Path, name: str, runtime: Runtime | None = None) -> Colleague:
    """The same file in a folder of its own, opened, its device included."""
    own = folder / name
    own.mkdir()
    copied = work_file.copy_to(own)
    return Colleague(name, own, open_workspace(copied.path, runtime or Runtime(day=TODAY), copied.passphrase))


def reopened(one: Colleague) -> Colleague:
    """The same work file opened again."""
    workspace = open_workspace(one.workspace.path, Runtime(day=TODAY), PASSPHRASE)
    return Colleague(one.name, one.folder, workspace)


def newcomer(folder: Path, name: str, runtime: Runtime | None = None) -> Colleague:
    """A colleague with an empty work file."""
    own = folder / name
    own.mkdir()
    workspace = create_workspace(own / "werk.samenlevendb", PASSPHRASE, runtime or Runtime(day=TODAY), CHEAP)
    return Colleague(name, own, workspace)


def all_know(*colleagues: Colleague) -> None:
    for one in colleagues:
        for other in colleagues:
            if one is not other:
                one.knows(other)
