"""The reference data that ships with the program.

It has governments with their succession, regions, origin, postal codes, and the offers named on public pages. Files are
checked when they are read (references, sums, KBO numbers), because they may be replaced by a newer set. Ids are derived
from code and validity, so every device gives a government the same id. Errors are `UserError`s that name the file, the
row and the column.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.government import (
    Government,
    GovernmentKind,
    Merger,
    OriginFigure,
    PostalCode,
    ReferenceRegion,
)
from samenleven_desktop.domain.ids import shipped_id
from samenleven_desktop.domain.offer import Offer, OfferCost
from samenleven_desktop.interchange.csv_table import Row, read_rows

# The first day of Statbel's list of codes: "at the latest since then". Also for applicants without such a list.
LIST_BEGINS = date(1970, 1, 1)

_MUNICIPALITIES = (
    "nis", "name", "province", "arrondissement", "reference_region", "valid_from", "valid_until", "successor_nis",
    "facility", "population", "population_year",
)  # fmt: skip
_ORIGIN = (
    "nis", "year", "non_eu_origin", "neighbouring_origin", "other_eu27_origin", "belgian_background", "total", "source",
)  # fmt: skip
_OFFERS = (
    "code", "actions", "organisation", "cost", "title", "mentor_code", "price_eur", "price_unit", "note", "source",
)  # fmt: skip


@dataclass(frozen=True)
class ReferenceData:
    """All shipped reference data. `rand_members` are the facility municipalities for which vzw de Rand applies."""

    version: str
    governments: tuple[Government, ...]
    regions: tuple[ReferenceRegion, ...]
    origin: tuple[OriginFigure, ...]
    postal_codes: tuple[PostalCode, ...]
    mergers: tuple[Merger, ...]
    rand_members: tuple[str, ...]

    def government(self, code: str) -> Government:
        """Looks up a NIS code, `VGC` or `RAND`; raises KeyError for an unknown code."""
        for government in self.governments:
            if government.code == code:
                return government
        raise KeyError(code)

    def in_force(self, day: date) -> list[Government]:
        """Returns the Flemish municipalities whose code is valid on that day."""
        return [
            government
            for government in self.governments
            if government.kind is GovernmentKind.MUNICIPALITY and government.in_force(day)
        ]


def read_version(folder: Path) -> str:
    """Returns the version of the reference data, without reading the data."""
    path = folder / "VERSION"
    try:
        version = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise UserError(N_("The file {file} does not exist."), file=str(path)) from error
    except UnicodeDecodeError as error:
        raise UserError(N_("{file} is not text in UTF-8."), file=path.name) from error
    except OSError as error:
        raise UserError(N_("The file {file} cannot be read."), file=str(path)) from error
    if not version:
        raise UserError(N_("{file} is empty."), file=path.name)
    return version


def read_reference(folder: Path) -> ReferenceData:
    """Returns the complete content of the folder, checked."""
    version = read_version(folder)
    regions = _regions(folder)
    governments = _municipalities(folder, {region.name for region in regions})
    governments |= _brussels(folder, governments)
    applicants, members = _applicants(folder, governments, {region.name for region in regions})
    governments |= applicants
    governments = _with_kbo(folder, governments)
    return ReferenceData(
        version=version,
        governments=tuple(governments.values()),
        regions=tuple(regions),
        origin=tuple(_origin(folder, governments)),
        postal_codes=tuple(_postal_codes(folder, governments)),
        mergers=tuple(_mergers(folder, governments)),
        rand_members=members,
    )


def read_offers(path: Path) -> tuple[Offer, ...]:
    """Returns the shipped offers, in the order of the file."""
    offers: dict[str, Offer] = {}
    for row in read_rows(path, _OFFERS):
        code = row.string("code")
        if code in offers:
            raise _twice(row, "code")
        actions = row.optional("actions")
        try:
            numbers = () if actions in (None, "all") else tuple(int(number) for number in str(actions).split())
        except ValueError:
            raise row.fault(
                "actions",
                N_("{file}, row {row}, column {column}: {value} must be numbers of actions, the word all, or nothing."),
            ) from None
        offers[code] = Offer(
            id=shipped_id("offer", code),
            code=code,
            organisation=row.string("organisation"),
            cost=_cost(row),
            title=row.optional("title"),
            all_actions=actions == "all",
            action_numbers=numbers,
            mentor_code=row.optional("mentor_code"),
            price_cents=row.cents("price_eur"),
            price_unit=row.optional("price_unit"),
            note=row.optional("note"),
            source=row.string("source"),
        )
    return tuple(offers.values())


def _cost(row: Row) -> OfferCost:
    try:
        return OfferCost(row.string("cost"))
    except ValueError:
        raise row.fault(
            "cost",
            N_("{file}, row {row}, column {column}: {value} must be one of {choices}."),
            choices=", ".join(OfferCost),
        ) from None


def _regions(folder: Path) -> list[ReferenceRegion]:
    return [
        ReferenceRegion(row.string("code"), row.string("name"), row.optional("other_name"))
        for row in read_rows(folder / "reference_regions.csv", ("code", "name", "other_name"))
    ]


def _municipalities(folder: Path, regions: set[str]) -> dict[str, Government]:
    found: dict[str, Government] = {}
    ended: list[tuple[Row, Government]] = []
    for row in read_rows(folder / "municipalities.csv", _MUNICIPALITIES):
        code = _nis(row, "nis")
        if code in found:
            raise _twice(row, "nis")
        if row.string("reference_region") not in regions:
            raise row.fault(
                "reference_region", N_("{file}, row {row}, column {column}: there is no reference region {value}.")
            )
        valid_from = row.day("valid_from")
        government = Government(
            id=shipped_id("government", code, valid_from),
            code=code,
            kind=GovernmentKind.MUNICIPALITY,
            name=row.string("name"),
            kbo=None,
            province=row.string("province"),
            reference_region=row.string("reference_region"),
            valid_from=valid_from,
            valid_until=row.optional_day("valid_until"),
            successor_code=row.optional("successor_nis"),
            facility=row.flag("facility"),
            population=row.number("population"),
            population_year=row.number("population_year"),
        )
        found[code] = government
        if government.valid_until is not None or government.successor_code is not None:
            ended.append((row, government))
    for row, government in ended:
        if government.valid_until is None or government.valid_until < government.valid_from:
            raise row.fault(
                "valid_until", N_("{file}, row {row}, column {column}: the last day of this code is wrong.")
            )
        successor = found.get(government.successor_code or "")
        if successor is None or not successor.in_force(government.valid_until + timedelta(days=1)):
            raise row.fault(
                "successor_nis", N_("{file}, row {row}, column {column}: no government {value} follows on this one.")
            )
    return found


def _brussels(folder: Path, governments: dict[str, Government]) -> dict[str, Government]:
    """Returns the nineteen municipalities and the VGC.

    The VGC has no NIS code and no inhabitants of its own: its row in the file has those of the region it works in
    (CREDITS.md).
    """
    found: dict[str, Government] = {}
    for row in read_rows(folder / "brussels.csv", ("nis", "name", "kind", "population", "population_year")):
        kind = row.string("kind")
        if kind not in ("vgc", "municipality"):
            raise row.fault(
                "kind",
                N_("{file}, row {row}, column {column}: {value} must be one of {choices}."),
                choices="vgc, municipality",
            )
        vgc = kind == "vgc"
        code = "VGC" if vgc else _nis(row, "nis")
        if code in governments or code in found:
            raise _twice(row, "nis")
        population, population_year = row.number("population"), row.number("population_year")
        found[code] = Government(
            id=shipped_id("government", code, LIST_BEGINS),
            code=code,
            kind=GovernmentKind.VGC if vgc else GovernmentKind.BRUSSELS_MUNICIPALITY,
            name=row.string("name"),
            kbo=None,
            province=None,
            reference_region=None,
            valid_from=LIST_BEGINS,
            valid_until=None,
            successor_code=None,
            facility=False,
            population=None if vgc else population,
            population_year=None if vgc else population_year,
        )
    return found


def _applicants(
    folder: Path, governments: dict[str, Government], regions: set[str]
) -> tuple[dict[str, Government], tuple[str, ...]]:
    """Returns applicants other than municipalities, with the municipalities they apply with: at present vzw de Rand."""
    found: dict[str, Government] = {}
    members: tuple[str, ...] = ()
    for row in read_rows(folder / "applicants.csv", ("code", "kind", "name", "reference_region", "members")):
        code = row.string("code")
        if code in governments or code in found:
            raise _twice(row, "code")
        if row.string("kind") != GovernmentKind.RAND:
            raise row.fault(
                "kind", N_("{file}, row {row}, column {column}: {value} must be one of {choices}."), choices="rand"
            )
        if row.string("reference_region") not in regions:
            raise row.fault(
                "reference_region", N_("{file}, row {row}, column {column}: there is no reference region {value}.")
            )
        members = tuple(row.string("members").split())
        for member in members:
            if member not in governments or not governments[member].facility:
                raise row.fault(
                    "members",
                    N_("{file}, row {row}, column {column}: {member} is not a facility municipality."),
                    member=member,
                )
        found[code] = Government(
            id=shipped_id("government", code, LIST_BEGINS),
            code=code,
            kind=GovernmentKind.RAND,
            name=row.string("name"),
            kbo=None,
            province=None,
            reference_region=row.string("reference_region"),
            valid_from=LIST_BEGINS,
            valid_until=None,
            successor_code=None,
            facility=False,
            population=None,
            population_year=None,
        )
    return found, members


def _with_kbo(folder: Path, governments: dict[str, Government]) -> dict[str, Government]:
    """A KBO number may belong to an old and a new code: the legal entity continued through the merger of 2025."""
    completed = dict(governments)
    for row in read_rows(folder / "kbo.csv", ("nis", "kbo")):
        code = _known(row, governments)
        number = row.string("kbo")
        if (
            not (number.isascii() and number.isdigit())
            or len(number) != 10
            or 97 - int(number[:8]) % 97 != int(number[8:])
        ):
            raise row.fault("kbo", N_("{file}, row {row}, column {column}: {value} is not a valid KBO number."))
        completed[code] = replace(completed[code], kbo=number)
    return completed


def _origin(folder: Path, governments: dict[str, Government]) -> list[OriginFigure]:
    figures: dict[tuple[str, int], OriginFigure] = {}
    for row in read_rows(folder / "origin.csv", _ORIGIN):
        figure = OriginFigure(
            government_code=_known(row, governments),
            year=row.number("year"),
            non_eu27=row.number("non_eu_origin"),
            neighbouring=row.number("neighbouring_origin"),
            other_eu27=row.number("other_eu27_origin"),
            belgian=row.number("belgian_background"),
            total=row.number("total"),
            source=row.string("source"),
        )
        if figure.non_eu27 + figure.neighbouring + figure.other_eu27 + figure.belgian != figure.total:
            raise row.fault("total", N_("{file}, row {row}, column {column}: the groups do not add up to {value}."))
        if (figure.government_code, figure.year) in figures:
            raise _twice(row, "year")
        figures[figure.government_code, figure.year] = figure
    return list(figures.values())


def _postal_codes(folder: Path, governments: dict[str, Government]) -> list[PostalCode]:
    return [
        PostalCode(row.string("postal_code"), _known(row, governments))
        for row in read_rows(folder / "postal_codes.csv", ("postal_code", "nis"))
    ]


def _mergers(folder: Path, governments: dict[str, Government]) -> list[Merger]:
    columns = ("old_nis", "old_name", "new_nis", "new_name", "effective_date")
    mergers: list[Merger] = []
    for row in read_rows(folder / "mergers_2025.csv", columns):
        merger = Merger(
            _known(row, governments, "old_nis"), _known(row, governments, "new_nis"), row.day("effective_date")
        )
        if merger.old_code != merger.new_code and governments[merger.old_code].successor_code != merger.new_code:
            raise row.fault(
                "new_nis", N_("{file}, row {row}, column {column}: no government {value} follows on this one.")
            )
        mergers.append(merger)
    return mergers


def _nis(row: Row, column: str) -> str:
    code = row.string(column)
    if len(code) != 5 or not (code.isascii() and code.isdigit()):
        raise row.fault(column, N_("{file}, row {row}, column {column}: {value} is not a NIS code of five digits."))
    return code


def _known(row: Row, governments: dict[str, Government], column: str = "nis") -> str:
    code = row.string(column)
    if code not in governments:
        raise row.fault(column, N_("{file}, row {row}, column {column}: there is no government with code {value}."))
    return code


def _twice(row: Row, column: str) -> UserError:
    return row.fault(column, N_("{file}, row {row}, column {column}: {value} stands in this file twice."))
