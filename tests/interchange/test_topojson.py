"""The outlines of the map: complete, whole and in the right place; and files with faults."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.interchange.reference_files import read_reference
from samenleven_desktop.interchange.topojson import Topology, read_topology
from samenleven_desktop.paths import resources_dir
from samenleven_desktop.readmodels.map import Outline, Ring

FOLDER = resources_dir() / "reference"
FILE = FOLDER / "flanders_municipalities.topojson"
BEFORE, AFTER = date(2024, 12, 31), date(2025, 1, 1)


@pytest.fixture(scope="module")
def topology() -> Topology:
    return read_topology(FILE)


def area(ring: Ring) -> float:
    """In square metres; the sign tells which way round."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring)) / 2


def inside(outline: Outline, x: float, y: float) -> bool:
    crossings = 0
    for ring in outline.rings:
        for (x0, y0), (x1, y1) in pairwise(ring):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                crossings += 1
    return crossings % 2 == 1


def lambert72(north: float, east: float) -> tuple[float, float]:
    """Degrees to metres, by the published formula of Belgian Lambert 72; without the shift of datum (some 100 m)."""
    n, f, r0, e = 0.77164219, 1.81329763, 6_378_388.0, 0.08199188998
    phi, sine = math.radians(north), math.sin(math.radians(north))
    t = math.tan(math.pi / 4 - phi / 2) / ((1 - e * sine) / (1 + e * sine)) ** (e / 2)
    r, angle = r0 * f * t**n, n * (math.radians(east) - math.radians(4.367158666))
    return 150_000.01256 + r * math.sin(angle), 5_400_088.4378 - r * math.cos(angle)


@pytest.mark.parametrize("day", [date(2022, 6, 1), BEFORE, AFTER, date(2027, 1, 1)])
def test_every_municipality_in_force_has_a_shape(topology: Topology, day: date) -> None:
    found = topology.outlines(topology.layer_on(day))
    governments = {one.code: one.name for one in read_reference(FOLDER).in_force(day)}
    assert {code: one.name for code, one in found.items()} == governments


@pytest.mark.parametrize("layer", ["municipalities_2019", "municipalities_2025", "brussels"])
def test_no_ring_is_degenerate_and_the_whole_has_its_size(topology: Topology, layer: str) -> None:
    found = topology.outlines(layer)
    for outline in found.values():
        left, bottom, right, top = outline.box
        assert left < right
        assert bottom < top
        for ring in outline.rings:
            assert ring[0] == ring[-1]
            assert len(set(ring)) >= 3
            assert abs(area(ring)) > 1_000
            assert all(left <= x <= right and bottom <= y <= top for x, y in ring)
    total = abs(sum(area(ring) for one in found.values() for ring in one.rings)) / 1_000_000
    assert total == pytest.approx(162.36 if layer == "brussels" else 13_626.15, abs=0.01)


@pytest.mark.parametrize("layer", ["municipalities_2019", "municipalities_2025"])
def test_mechelen_holds_its_centre(topology: Topology, layer: str) -> None:
    x, y = lambert72(51.028, 4.48)
    holders = [one.name for one in topology.outlines(layer).values() if inside(one, x, y)]
    assert holders == ["Mechelen"]


def test_a_merged_municipality_covers_what_it_was(topology: Topology) -> None:
    before, after = topology.outlines("municipalities_2019"), topology.outlines("municipalities_2025")
    parts = sum(abs(area(ring)) for code in ("11002", "11007") for ring in before[code].rings)
    whole = sum(abs(area(ring)) for ring in after["11002"].rings)
    assert whole == pytest.approx(parts, rel=0.0001)


def small() -> dict[str, Any]:
    """A square of two arcs, in steps, under one code."""
    return {
        "type": "Topology",
        "transform": {"scale": [2, 3], "translate": [100, 200]},
        "objects": {
            "municipalities_2025": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, -2]], "properties": {"nis": "12025", "name": "Mechelen"}}
                ],
            }
        },
        "arcs": [[[0, 0], [10, 0], [0, 10]], [[0, 0], [0, 10], [10, 0]]],
    }


def write(folder: Path, content: object) -> Path:
    path = folder / "kaart.topojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_arcs_are_steps_and_a_negative_number_walks_back(tmp_path: Path) -> None:
    outline = read_topology(write(tmp_path, small())).outlines("municipalities_2025")["12025"]
    assert outline.rings == (((100, 200), (120, 200), (120, 230), (100, 230), (100, 200)),)
    assert outline.box == (100, 200, 120, 230)


def cut(content: dict[str, Any]) -> None:
    del content["transform"]


def word(content: dict[str, Any]) -> None:
    content["arcs"][1][2] = ["x", 0]


def lone(content: dict[str, Any]) -> None:
    content["arcs"][1] = [[0, 0], 5]


def far(content: dict[str, Any]) -> None:
    content["objects"]["municipalities_2025"]["geometries"][0]["arcs"] = [[0, 7]]


def gap(content: dict[str, Any]) -> None:
    content["arcs"][1][0] = [1, 0]


def flat(content: dict[str, Any]) -> None:
    content["objects"]["municipalities_2025"]["geometries"][0]["arcs"] = [[0, -1]]


def point(content: dict[str, Any]) -> None:
    content["objects"]["municipalities_2025"]["geometries"][0]["type"] = "Point"


def nameless(content: dict[str, Any]) -> None:
    del content["objects"]["municipalities_2025"]["geometries"][0]["properties"]


def other(content: dict[str, Any]) -> None:
    content["objects"] = {"provinces": {}}


def empty_layer(content: dict[str, Any]) -> None:
    content["objects"]["municipalities_2025"] = {}


SHAPE = "objects.municipalities_2025.geometries[0]"


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (cut, "transform"),
        (word, "arcs[1]"),
        (lone, "arcs[1]"),
        (far, f"{SHAPE} (12025)"),
        (gap, f"{SHAPE} (12025)"),
        (flat, f"{SHAPE} (12025)"),
        (point, f"{SHAPE} (12025)"),
        (nameless, SHAPE),
        (other, "objects"),
        (empty_layer, "objects.municipalities_2025"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, spoil: Callable[[dict[str, Any]], None], place: str) -> None:
    content = small()
    spoil(content)
    path = write(tmp_path, content)
    with pytest.raises(UserError) as caught:
        topology = read_topology(path)
        topology.outlines(topology.layer_on(AFTER))
    assert caught.value.values == {"file": "kaart.topojson", "place": place}


def test_no_json_no_file_and_no_such_layer(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="JSON:2"):
        read_topology(write(tmp_path, '{"type":\n"Topology"'))
    with pytest.raises(UserError, match="transform"):
        read_topology(write(tmp_path, "[]"))
    with pytest.raises(UserError, match="does not exist"):
        read_topology(tmp_path / "nergens.topojson")
    with pytest.raises(UserError, match="lakes"):
        read_topology(write(tmp_path, small())).outlines("lakes")
