"""A map as plain drawing: a view of the earth, the outline of land, the Lancang-Mekong, and points gathered into circles."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

Place = tuple[float, float]
"""Longitude and latitude, in degrees."""

# The course of the river from its upper reaches to the sea, drawn by hand from well-known towns on it; no survey.
RIVER: Final[tuple[Place, ...]] = (
    (94.7, 33.1), (96.0, 32.3), (97.2, 31.1), (97.9, 30.2), (98.6, 29.2), (98.8, 28.4), (99.1, 27.3), (99.35, 26.2),
    (99.2, 25.4), (99.8, 24.7), (100.4, 24.6), (100.4, 24.0), (100.5, 23.2), (100.4, 22.6), (100.8, 22.0), (101.1, 21.7),
    (101.1, 21.5), (100.6, 21.3), (100.2, 20.8), (100.1, 20.35), (100.4, 20.27), (100.6, 20.15), (101.1, 19.9),
    (102.13, 19.89), (101.85, 19.43), (101.7, 18.8), (101.4, 18.2), (101.66, 17.9), (102.2, 18.05), (102.6, 17.96),
    (103.0, 18.0), (103.65, 18.37), (104.2, 18.1), (104.78, 17.4), (104.75, 16.55), (105.2, 16.05), (105.5, 15.32),
    (105.8, 15.12), (105.85, 14.2), (105.97, 13.53), (106.02, 12.48), (105.46, 11.99), (104.93, 11.56), (105.25, 10.8),
    (105.76, 10.3), (106.36, 10.35), (106.75, 10.2),
)  # fmt: skip

PAD: Final = 0.08
LEAST_SPAN: Final = 6.0
"""Degrees that a view is high at least: one town alone would else fill the map."""

RADIUS: Final = (5.0, 26.0)


@dataclass(frozen=True)
class View:
    """A rectangle of the earth in degrees, drawn `width` units wide by the equirectangular projection with its middle latitude true
    (Snyder 1987, Map Projections, p. 90): simple, and fair to all at this scale."""

    west: float
    south: float
    east: float
    north: float
    width: float = 760.0

    @property
    def scale(self) -> float:
        """Units for a degree of longitude."""
        return self.width / (self.east - self.west)

    @property
    def height(self) -> float:
        """Units from top to bottom."""
        return (self.north - self.south) * self._stretch * self.scale

    @property
    def _stretch(self) -> float:
        return 1 / math.cos(math.radians((self.south + self.north) / 2))

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place lies on the drawing, from its upper left corner."""
        return (
            round((longitude - self.west) * self.scale, 1),
            round((self.north - latitude) * self._stretch * self.scale, 1),
        )


def fitting(places: Iterable[Place], *, always: Sequence[Place] = RIVER) -> View:
    """The view that holds all places and `always`, with some room around."""
    held = [*places, *always]
    west, east = min(x for x, _ in held), max(x for x, _ in held)
    south, north = min(y for _, y in held), max(y for _, y in held)
    short = max(0.0, LEAST_SPAN - (north - south)) / 2
    wide = max(0.0, LEAST_SPAN - (east - west)) / 2
    x_pad, y_pad = (east - west) * PAD + wide, (north - south) * PAD + short
    return View(west - x_pad, max(south - y_pad, -80.0), east + x_pad, min(north + y_pad, 80.0))


def line(places: Iterable[Place], view: View) -> str:
    """A line as the `d` of an SVG path."""
    return "M" + "L".join("{:g} {:g}".format(*view.at(*place)) for place in places)


def outline(land: dict[str, Any], view: View) -> str:
    """The land of a GeoJSON Polygon or MultiPolygon as the `d` of an SVG path; polygons out of view are left out."""
    polygons = land["coordinates"] if land["type"] == "MultiPolygon" else [land["coordinates"]]
    return "".join(
        line(((x, y) for x, y, *_ in ring), view) + "Z"
        for polygon in polygons
        if _meets(polygon[0], view)
        for ring in polygon
    )


def _meets(ring: Sequence[Sequence[float]], view: View) -> bool:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return min(xs) < view.east and max(xs) > view.west and min(ys) < view.north and max(ys) > view.south


class NoMap(ValueError):  # noqa: N818 - said of a file
    """The file is no GeoJSON of land; the message says why."""


def read_land(path: Path) -> dict[str, Any]:
    """The outline of land from a GeoJSON file: a Polygon or MultiPolygon, bare or as the one feature. Raises `NoMap`."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        found = found["features"][0] if found.get("type") == "FeatureCollection" else found
        found = found["geometry"] if found.get("type") == "Feature" else found
        if found["type"] not in ("Polygon", "MultiPolygon"):
            raise NoMap(f"{path}: a Polygon or MultiPolygon is needed, not {found['type']}")
        outline(found, View(-180, -80, 180, 80))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        if isinstance(error, NoMap):
            raise
        raise NoMap(f"{path}: {error}") from error
    return dict(found)


@cache
def kept_land(path: Path) -> dict[str, Any]:
    """As `read_land`, once for each file of a process."""
    return read_land(path)


def radius(count: int, largest: int) -> float:
    """The radius of a circle for so many, its area growing with the number (as circles are read, Flannery 1971)."""
    least, most = RADIUS
    return round(max(least, most * math.sqrt(count / max(largest, 1))), 1)
