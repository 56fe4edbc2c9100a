"""The organisations of a practice file: generic descriptions, no real or invented names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.organisation import SINCE_ALWAYS
from samenleven_desktop.storage.repositories import practice as rows
from samenleven_desktop.storage.unit_of_work import UnitOfWork

# Code, name (that of their offers), kind, region, governments that they serve.
_ORGANISATIONS = (
    ("VRIJWILLIG", "Lokaal vrijwilligersplatform", "network", "Rivierenland", ("12025", "12021")),
    ("SPORTREGIO", "Sportregio", "public", None, ("12025", "23088", "23027")),
    ("HOGESCHOOL", "Hogeschool in de buurt", "education", None, ()),
)


def add_organisations(unit: UnitOfWork, ids: Mapping[str, str], first: date) -> None:
    """Adds organisations that make offers, and the governments that they serve from `first` on."""
    for code, name, kind, region, served in _ORGANISATIONS:
        made = add_organisation(unit, code, name, kind, region)
        for government in served:
            unit.insert(rows.Service, organisation_id=made, government_id=ids[government], valid_from=first)


def add_organisation(unit: UnitOfWork, code: str, name: str, kind: str, region: str | None) -> str:
    return unit.insert(
        rows.Government,
        code=code,
        kind="organisation",
        name=name,
        search_name=fold(name),
        organisation_kind=kind,
        reference_region=region,
        valid_from=SINCE_ALWAYS,
        facility=False,
    )
