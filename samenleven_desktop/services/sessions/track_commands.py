"""Commands on tracks of support: a goal, planned hours, first and last day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.fields import TRACK
from samenleven_desktop.services.core.checks import check_period, record_values
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.repositories import work


@dataclass(frozen=True)
class TrackContent:
    """A track as entered: planned time in minutes, both days inclusive."""

    title: str
    start: date
    goal: str | None = None
    planned_minutes: int | None = None
    end: date | None = None

    def checked(self) -> dict[str, object]:
        """Returns the values of the row. Raises UserError naming the field."""
        values = record_values(TRACK, self)
        check_period(self.start, self.end, "end")
        return values


@dataclass(frozen=True)
class AddTrack:
    """Opens a track for a government; returns its id."""

    government_id: str
    content: TrackContent

    name: ClassVar[str] = N_("Track opened: {track}")

    def details(self) -> Mapping[str, object]:
        return {"track": TRACK["title"].tidy(self.content.title)}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> str:
        return work.add_track(unit, government_id=self.government_id, **self.content.checked())


@dataclass(frozen=True)
class ChangeTrack:
    track_id: str
    content: TrackContent

    name: ClassVar[str] = N_("Track changed: {track}")

    def details(self) -> Mapping[str, object]:
        return {"track": TRACK["title"].tidy(self.content.title)}

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        work.change_track(unit, self.track_id, **self.content.checked())


@dataclass(frozen=True)
class DeleteTrack(WithoutDetails):
    """Deletes a track; its sessions stay, without a track."""

    track_id: str

    name: ClassVar[str] = N_("Track deleted")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> None:
        work.delete_track(unit, self.track_id)
