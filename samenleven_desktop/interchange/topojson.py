"""Reads a TopoJSON file of outlines: quantised arcs shared by neighbours, joined to closed rings.

Recognises the layers `municipalities_YEAR` (the outlines from that year on) and others by name. Every error names the
place in the file. Coordinates are returned as stored; see the file's `metadata.crs`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.readmodels.map import Outline, Point, Ring

_MUNICIPALITIES = "municipalities_"
_NO_OUTLINE = N_("{file}, {place}: this is no outline that can be drawn. Install the program anew.")


class Topology:
    """A parsed file: arcs are decoded once, a layer on request."""

    def __init__(self, file: str, arcs: list[list[Point]], objects: dict[str, Any]) -> None:
        self._file = file
        self._arcs = arcs
        self._objects = objects

    def layer_on(self, day: date) -> str:
        """Returns the layer of municipalities on a day: the newest that has begun, otherwise the oldest."""
        years = sorted(
            int(name.removeprefix(_MUNICIPALITIES))
            for name in self._objects
            if name.startswith(_MUNICIPALITIES) and name.removeprefix(_MUNICIPALITIES).isdigit()
        )
        if not years:
            raise UserError(_NO_OUTLINE, file=self._file, place="objects")
        return f"{_MUNICIPALITIES}{max((year for year in years if year <= day.year), default=years[0])}"

    def outlines(self, layer: str) -> dict[str, Outline]:
        """Returns the shapes of a layer by NIS code, or by name for those without one.

        Raises UserError for a missing layer or an invalid shape.
        """
        place = f"objects.{layer}"
        try:
            shapes = self._objects[layer]["geometries"]
            found = [self._outline(shape, f"{place}.geometries[{number}]") for number, shape in enumerate(shapes)]
        except (KeyError, TypeError) as error:
            raise UserError(_NO_OUTLINE, file=self._file, place=place) from error
        return {one.code: one for one in found}

    def _outline(self, shape: Any, place: str) -> Outline:
        try:
            name = str(shape["properties"]["name"])
            code = str(shape["properties"].get("nis", name))
            place = f"{place} ({code})"
            rings = tuple(self._ring(numbers) for numbers in _ring_numbers(shape))
            xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
        except (KeyError, TypeError, IndexError, ValueError, AttributeError) as error:
            raise UserError(_NO_OUTLINE, file=self._file, place=place) from error
        return Outline(code, name, rings, (min(xs), min(ys), max(xs), max(ys)))

    def _ring(self, numbers: list[int]) -> Ring:
        """A negative number is the one's complement of an arc that is traversed in reverse.

        Consecutive arcs share their end points.
        """
        points: list[Point] = []
        for number in numbers:
            arc = self._arcs[number] if number >= 0 else self._arcs[~number][::-1]
            if points and points[-1] != arc[0]:
                raise ValueError("the arcs of a ring do not meet")
            points += arc[1:] if points else arc
        if points[0] != points[-1] or not _twice_the_area(points):
            raise ValueError("a ring ends where it began and has something inside")
        return tuple(points)


def read_topology(path: Path) -> Topology:
    """Raises UserError if the file is missing, is no TopoJSON, or has an invalid arc."""
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise UserError(N_("The file {file} does not exist."), file=str(path)) from error
    except OSError as error:
        raise UserError(N_("The file {file} cannot be read."), file=str(path)) from error
    except ValueError as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UserError(_NO_OUTLINE, file=path.name, place=f"JSON{line}") from error
    place = "transform"
    try:
        (wide, high), (left, bottom) = content["transform"]["scale"], content["transform"]["translate"]
        place = "objects"
        objects = dict(content["objects"])
        place = "arcs"
        arcs = []
        for number, arc in enumerate(content["arcs"]):
            place = f"arcs[{number}]"
            # Points are delta-encoded.
            steps_x, steps_y = zip(*arc, strict=True)
            xs = (step * wide + left for step in accumulate(steps_x))
            ys = (step * high + bottom for step in accumulate(steps_y))
            arcs.append(list(zip(xs, ys, strict=True)))
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(_NO_OUTLINE, file=path.name, place=place) from error
    return Topology(path.name, arcs, objects)


def _twice_the_area(points: list[Point]) -> float:
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(points))


def _ring_numbers(shape: Any) -> Iterator[list[int]]:
    if shape["type"] == "Polygon":
        yield from shape["arcs"]
    elif shape["type"] == "MultiPolygon":
        for polygon in shape["arcs"]:
            yield from polygon
    else:
        raise ValueError(f"no polygon: {shape['type']}")
