"""Whether a place on earth can lie in a country: told from the outline of land and from the country's towns, without any boundary."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from corridor.directory.logic.gazetteer import COUNTRIES, EARTH_KM, nearest_km

COAST_KM: Final = 12.0
"""How far outside of the outline still counts as coast: the outline that is shipped is simplified by about so much."""

TOWN_KM: Final = 15.0
"""So near to a town of the country, a place lies there, whatever the outline says: small islands are not on it."""

OWN_KM: Final = 30.0
"""So near to a town of the country, a place may lie in it even if a town of another country is nearer."""

ABROAD_KM: Final = 1000.0
"""Farther from every town of the country than this, a place is somewhere else, and the outline may not even reach there."""

# The loneliest town of each country lies so far, in km, from the nearest other one (measured, rounded up): its land may be as far from any.
REACH_KM: Final = {"KH": 60.0, "CN": 300.0, "LA": 90.0, "MM": 150.0, "TH": 60.0, "VN": 110.0}

Places = npt.NDArray[np.float64]


class Doubt(Enum):
    """Why a place cannot be right."""

    RANGE = "range"
    HALF = "half"
    SWAPPED = "swapped"
    SEA = "sea"
    ELSEWHERE = "elsewhere"


class NoDegrees(ValueError):  # noqa: N818 - said of a text
    """The text is no number of degrees."""


def degrees(text: str) -> Decimal | None:
    """A number of degrees as people type it, with five decimals (about a metre); None for an empty text. Raises `NoDegrees`.

    Digits of any script, a decimal comma and a degree sign at the end are understood; degrees with minutes are not.
    """
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("°").strip().replace("−", "-").replace(",", ".")
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise NoDegrees(text) from error
    if not number.is_finite() or abs(number) > 1000:
        raise NoDegrees(text)
    return number.quantize(Decimal("0.00001"))


def doubt(
    country: str, latitude: Decimal | float | None, longitude: Decimal | float | None, land: dict[str, Any]
) -> Doubt | None:
    """Why a place in degrees (WGS 84) cannot lie in one of the six; None when it can, or when there is none.

    `land` is a GeoJSON Polygon or MultiPolygon of the outline of land. No boundary of a country is used: a place may lie in a country
    when a town of that country is near, or is the nearest one and within the reach of its loneliest town. Of the towns of the six only:
    a place just beyond them, in a seventh country, passes.
    """
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        return Doubt.HALF
    y, x = float(latitude), float(longitude)
    found = _doubt(country, y, x, land)
    if found and y != x and not _doubt(country, x, y, land):
        return Doubt.SWAPPED
    return found


def _doubt(country: str, latitude: float, longitude: float, land: dict[str, Any]) -> Doubt | None:
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return Doubt.RANGE
    if country not in REACH_KM:
        return None
    own = nearest_km(country, latitude, longitude)
    if own <= TOWN_KM:
        return None
    if own > ABROAD_KM:
        return Doubt.ELSEWHERE
    if not is_land(land, latitude, longitude):
        return Doubt.SEA
    if own <= OWN_KM:
        return None
    others = min(nearest_km(code, latitude, longitude) for code in COUNTRIES if code != country)
    return None if own <= REACH_KM[country] and own <= others else Doubt.ELSEWHERE


@dataclass(frozen=True, eq=False)
class _Held:
    """An outline as something that a cache can know again: by what it is, not by what it holds."""

    land: dict[str, Any]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.land is self.land

    def __hash__(self) -> int:
        return id(self.land)


def is_land(land: dict[str, Any], latitude: float, longitude: float) -> bool:
    """Whether a place in degrees lies within the outline or at most `COAST_KM` outside of it."""
    rings = _rings(_Held(land))
    inside = sum(_is_within(ring, latitude, longitude) for ring in rings) % 2 == 1
    return inside or any(_coast_km(ring, latitude, longitude) <= COAST_KM for ring in rings)


@lru_cache(maxsize=4)
def _rings(held: _Held) -> tuple[Places, ...]:
    land = held.land
    polygons: Sequence[Any] = land["coordinates"] if land["type"] == "MultiPolygon" else [land["coordinates"]]
    return tuple(np.array([point[:2] for point in ring], dtype=np.float64) for polygon in polygons for ring in polygon)


def _is_within(ring: Places, latitude: float, longitude: float) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times (Shimrat 1962, Algorithm 112)."""
    x, y = ring[:-1, 0], ring[:-1, 1]
    next_x, next_y = ring[1:, 0], ring[1:, 1]
    crosses = (y > latitude) != (next_y > latitude)
    rise = np.where(crosses, next_y - y, 1.0)
    return bool((crosses & (longitude < (next_x - x) * (latitude - y) / rise + x)).sum() % 2)


def _coast_km(ring: Places, latitude: float, longitude: float) -> float:
    """Distance in km to the nearest point of the ring, on a plane that touches the earth at the place."""
    scale = math.radians(1) * EARTH_KM
    flat = (ring - [longitude, latitude]) * [scale * math.cos(math.radians(latitude)), scale]
    start, along = flat[:-1], np.diff(flat, axis=0)
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(-(start * along).sum(axis=1) / length, 0, 1)
    return float(np.sqrt(((start + along * share[:, None]) ** 2).sum(axis=1)).min())
