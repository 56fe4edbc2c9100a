"""The shipped reference data against the control counts of its sources, and files with faults."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.interchange.plan_reader import read_plan
from samenleven_desktop.interchange.reference_files import (
    ReferenceData,
    read_offers,
    read_reference,
    read_version,
)
from samenleven_desktop.paths import resources_dir

FOLDER = resources_dir() / "reference"
BEFORE, AFTER = date(2024, 12, 31), date(2025, 1, 1)


@pytest.fixture(scope="module")
def data() -> ReferenceData:
    return read_reference(FOLDER)


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2019, 1, 1), 300),
        (date(2022, 6, 1), 300),
        (BEFORE, 300),
        (AFTER, 285),
        (date(2026, 6, 1), 285),
    ],
)
def test_municipalities_in_force(data: ReferenceData, day: date, count: int) -> None:
    assert len(data.in_force(day)) == count


def test_counts_per_province_and_reference_region(data: ReferenceData) -> None:
    def per(attribute: str, day: date) -> dict[str, int]:
        return dict(Counter(getattr(government, attribute) for government in data.in_force(day)))

    provinces = ("Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen")
    assert per("province", BEFORE) == dict(zip(provinces, (69, 42, 60, 65, 64), strict=True))
    assert per("province", AFTER) == dict(zip(provinces, (67, 38, 55, 63, 62), strict=True))
    names = sorted(region.name for region in data.regions)
    assert len(names) == 15
    before = (14, 33, 27, 42, 17, 32, 30, 10, 23, 7, 12, 14, 9, 17, 13)
    after = (14, 31, 27, 38, 15, 32, 28, 10, 20, 7, 12, 14, 7, 17, 13)
    assert per("reference_region", BEFORE) == dict(zip(names, before, strict=True))
    assert per("reference_region", AFTER) == dict(zip(names, after, strict=True))


def test_every_municipality_of_before_leads_to_one_of_after(data: ReferenceData) -> None:
    ended = [government for government in data.in_force(BEFORE) if not government.in_force(AFTER)]
    assert len(ended) == 27
    assert all(government.successor_code is not None for government in ended)
    reached = {government.successor_code or government.code for government in data.in_force(BEFORE)}
    assert reached == {government.code for government in data.in_force(AFTER)}
    assert len(data.mergers) == 28
    assert len({merger.new_code for merger in data.mergers}) == 13
    assert {merger.day for merger in data.mergers} == {AFTER}


def test_zwijndrecht_is_the_only_one_that_changed_reference_region(data: ReferenceData) -> None:
    changed = [
        merger.old_code
        for merger in data.mergers
        if data.government(merger.old_code).reference_region != data.government(merger.new_code).reference_region
    ]
    assert changed == ["11056"]
    assert data.government("11056").reference_region == "Regio Antwerpen"
    assert data.government("46030").reference_region == "Waasland"
    assert data.government("46030").province == "Oost-Vlaanderen"


def test_borsbeek_goes_to_antwerpen_which_keeps_its_code(data: ReferenceData) -> None:
    assert data.government("11007").successor_code == "11002"
    assert data.government("11002").valid_until is None


def test_vzw_de_rand_applies_with_the_six_facility_municipalities(data: ReferenceData) -> None:
    rand = data.government("RAND")
    assert (rand.kind, rand.reference_region) == (GovernmentKind.RAND, "Halle-Vilvoorde")
    assert [data.government(code).name for code in data.rand_members] == [
        "Drogenbos",
        "Kraainem",
        "Linkebeek",
        "Sint-Genesius-Rode",
        "Wemmel",
        "Wezembeek-Oppem",
    ]
    assert set(data.rand_members) == {government.code for government in data.governments if government.facility}


def test_brussels_is_the_vgc_and_nineteen_municipalities(data: ReferenceData) -> None:
    kinds = Counter(government.kind for government in data.governments)
    assert kinds == {
        GovernmentKind.MUNICIPALITY: 312,
        GovernmentKind.BRUSSELS_MUNICIPALITY: 19,
        GovernmentKind.VGC: 1,
        GovernmentKind.RAND: 1,
    }
    vgc = data.government("VGC")
    assert vgc.population is None  # the file has the region's inhabitants, which are not the VGC's target group


def test_old_and_new_codes_may_share_a_kbo_number(data: ReferenceData) -> None:
    numbers = {government.code: government.kbo for government in data.governments if government.kbo is not None}
    assert len(numbers) == 302
    shared = Counter(numbers.values())
    pairs = {tuple(sorted(c for c, kbo in numbers.items() if kbo == k)) for k, n in shared.items() if n > 1}
    assert pairs == {
        ("37015", "37022"),
        ("37018", "37021"),
        ("44034", "44087"),
        ("46014", "46029"),
        ("71022", "71072"),
    }
    day = AFTER
    for kbo in shared:
        in_force = [g.code for g in data.governments if g.kbo == kbo and g.in_force(day)]
        assert len(in_force) <= 1
    without = {g.code for g in data.governments if g.kbo is None and g.kind is GovernmentKind.MUNICIPALITY}
    assert without == {"12041", "44083", "44084", "44085", "45068", "71071", "72042", "72043", "73110", "73111"}


def test_population_and_origin_have_the_published_totals(data: ReferenceData) -> None:
    flemish = {g.code for g in data.governments if g.kind is GovernmentKind.MUNICIPALITY}
    now = data.in_force(date(2026, 1, 1))
    assert sum(government.population or 0 for government in now) == 6_898_350
    assert len(data.origin) == 2218
    rows = Counter(figure.year for figure in data.origin if figure.government_code in flemish)
    assert rows == {**dict.fromkeys(range(2019, 2025), 300), 2025: 285}
    for year, non_eu in ((2019, 835_062), (2025, 1_152_858)):
        figures = [f for f in data.origin if f.year == year and f.government_code in flemish]
        assert sum(f.non_eu27 for f in figures) == non_eu
    assert len(data.postal_codes) == 546


def test_the_map_has_every_municipality(data: ReferenceData) -> None:
    with (FOLDER / "flanders_municipalities.topojson").open(encoding="utf-8") as stream:
        layers = json.load(stream)["objects"]
    for layer, day in (("municipalities_2019", BEFORE), ("municipalities_2025", AFTER)):
        drawn = {shape["properties"]["nis"] for shape in layers[layer]["geometries"]}
        assert drawn == {government.code for government in data.in_force(day)}


def test_ids_are_derived_and_fixed(data: ReferenceData) -> None:
    ids = [government.id for government in data.governments]
    assert len(set(ids)) == len(ids)
    # Stores out there hold these ids: a change here would orphan their rows.
    assert data.government("12025").id == "ff2afe50-f9e6-5ccb-aa34-43b777077608"
    assert data.government("RAND").id == "238d138a-d41d-5ab2-a636-e9149632ddec"


def test_offers_keep_cost_actions_and_address(data: ReferenceData) -> None:
    offers = {offer.code: offer for offer in read_offers(FOLDER / "offers.csv")}
    assert len(offers) == len({offer.id for offer in offers.values()}) == 18
    assert Counter(offer.cost for offer in offers.values()) == {
        OfferCost.AGENCY: 3,
        OfferCost.FREE: 3,
        OfferCost.PAID: 2,
        OfferCost.UNKNOWN: 10,
    }
    assert offers["agii"].all_actions
    assert offers["agii"].helps(19)
    assert not offers["jobroad"].helps(9)
    assert (offers["inter-convenant"].price_cents, offers["inter-convenant"].price_unit) == (7200, "uur")
    mentors = {(n, o.mentor_code) for o in offers.values() if o.mentor for n in o.action_numbers}
    plan = read_plan(resources_dir() / "plans" / "plan-samenleven.yaml")
    assert mentors == {(mentor.action_number, mentor.government_code) for mentor in plan.mentors}
    for mentor in plan.mentors:
        assert data.government(mentor.government_code).name == mentor.name
    for example in plan.examples:
        if example.government_code is not None:
            assert example.title.startswith(data.government(example.government_code).name)
    assert all(offer.source.startswith("http") for offer in offers.values())


def test_the_applicants_of_the_plan_exist(data: ReferenceData) -> None:
    plan = read_plan(resources_dir() / "plans" / "plan-samenleven.yaml")
    for year in plan.years:
        for code in year.facts.other_applicants:
            assert data.government(code).kind.value in {applicant.kind for applicant in plan.applicants}


FAULTS = [
    (
        "municipalities.csv",
        "11004,Boechout",
        "1104,Boechout",
        "row 4, column nis: 1104 is not a NIS code of five digits.",
    ),
    ("municipalities.csv", "11004,Boechout", "11002,Boechout", "row 4, column nis: 11002 stands in this file twice."),
    ("municipalities.csv", ",14106,2026", ",veel,2026", "row 4, column population: veel is not a whole number."),
    (
        "municipalities.csv",
        "11004,Boechout,Antwerpen,Antwerpen,Regio Antwerpen,1970-01-01",
        "11004,Boechout,Antwerpen,Antwerpen,Regio Antwerpen,1/1/1970",
        "row 4, column valid_from: 1/1/1970 is not a date such as 2025-01-31.",
    ),
    (
        "municipalities.csv",
        "11004,Boechout,Antwerpen,Antwerpen,Regio Antwerpen",
        "11004,Boechout,Antwerpen,Antwerpen,Regio Mars",
        "row 4, column reference_region: there is no reference region Regio Mars.",
    ),
    ("municipalities.csv", "11004,Boechout,", "11004,Boechout,x,", "row 4: this row has 12 cells, not 11."),
    ("municipalities.csv", "nis,name", "nis,naam", "row 1: the columns must be nis, name, province,"),
    (
        "municipalities.csv",
        "11004,Boechout",
        '11004,"Boech"out',
        "row 4: the quotes or line ends of this row are wrong.",
    ),
    ("kbo.csv", "0207508932", "0207508933", "row 2, column kbo: 0207508933 is not a valid KBO number."),
    ("kbo.csv", "11001,", "99999,", "row 2, column nis: there is no government with code 99999."),
    (
        "origin.csv",
        "1332,585,458,11918,14293",
        "1333,585,458,11918,14293",
        "row 2, column total: the groups do not add",
    ),
    ("mergers_2025.csv", "11007,Borsbeek,11002", "11007,Borsbeek,11001", "row 3, column new_nis: no government 11001"),
    ("applicants.csv", "23098 ", "12025 ", "row 2, column members: 12025 is not a facility municipality."),
    (
        "brussels.csv",
        "Anderlecht,municipality",
        "Anderlecht,stad",
        "row 3, column kind: stad must be one of vgc, municip",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "sentence"), FAULTS, ids=[f"{f[0]}-{f[2]}" for f in FAULTS])
def test_a_fault_names_file_row_and_column(tmp_path: Path, name: str, old: str, new: str, sentence: str) -> None:
    for source in [*FOLDER.glob("*.csv"), FOLDER / "VERSION"]:
        shutil.copy(source, tmp_path)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_reference(tmp_path)
    assert str(caught.value).startswith(f"{name}, {sentence}")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "agii,all,",
            "agii,alle,",
            "row 2, column actions: alle must be numbers of actions, the word all, or nothing.",
        ),
        (",free,", ",gratis,", "row 7, column cost: gratis must be one of agency, paid, free, unknown."),
        (",72,uur", ",72.005,uur", "row 11, column price_eur: 72.005 is not an amount in euro."),
        (",72,uur", ',"72,00",uur', "row 11, column price_eur: 72,00 is not an amount in euro."),
        (",72,uur", ",nan,uur", "row 11, column price_eur: nan is not an amount in euro."),
        ("jobroad,", "agii,", "row 14, column code: agii stands in this file twice."),
    ],
)
def test_a_fault_in_the_offers_is_named(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    text = (FOLDER / "offers.csv").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "offers.csv"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_offers(path)
    assert str(caught.value) == f"offers.csv, {sentence}"


def test_a_folder_without_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="VERSION does not exist"):
        read_reference(tmp_path)
    (tmp_path / "VERSION").write_text("1\n")
    with pytest.raises(UserError, match=r"reference_regions\.csv does not exist"):
        read_reference(tmp_path)
    (tmp_path / "reference_regions.csv").write_bytes(b"code,name,other_name\nA,Bru\xe9,\n")
    with pytest.raises(UserError, match=r"reference_regions\.csv is not text in UTF-8"):
        read_reference(tmp_path)
    assert read_version(FOLDER) == read_reference(FOLDER).version
