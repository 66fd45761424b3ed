"""Whether a place can lie in a country, told without boundaries."""

from decimal import Decimal

import pytest
from django.conf import settings

from corridor.directory.logic.atlas import kept_land
from corridor.directory.logic.coordinates import REACH_KM, Doubt, NoDegrees, degrees, doubt, is_land
from corridor.directory.logic.gazetteer import COUNTRIES, km_between, towns

LAND = kept_land(settings.MAP_FILE)


@pytest.mark.parametrize(
    ("country", "latitude", "longitude", "expected"),
    [
        ("LA", 17.9667, 102.6, None),
        ("VN", 10.2, 103.97, None),  # Phú Quốc, an island
        ("MM", 21.16, 96.44, None),  # Ywangan, which the gazetteer lacks
        ("LA", 102.6, 17.9667, Doubt.SWAPPED),
        ("VN", 105.8, 21.0, Doubt.SWAPPED),
        ("CN", 102.7, 25.05, Doubt.SWAPPED),
        ("TH", 9.5, 101.5, Doubt.SEA),
        ("MM", 15.0, 92.5, Doubt.SEA),
        ("LA", 21.0, 105.8, Doubt.ELSEWHERE),
        ("TH", 3.1, 101.7, Doubt.ELSEWHERE),
        ("VN", 48.8, 2.3, Doubt.ELSEWHERE),
        ("LA", 17.9667, 202.6, Doubt.RANGE),
        ("LA", 17.9667, None, Doubt.HALF),
        ("LA", None, 102.6, Doubt.HALF),
        ("LA", None, None, None),
    ],
)
def test_a_place_is_doubted_for_a_reason(
    country: str, latitude: float | None, longitude: float | None, expected: Doubt | None
) -> None:
    assert doubt(country, latitude, longitude, LAND) == expected


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_town_of_a_country_is_doubted(country: str) -> None:
    some = towns(country)[::25]
    assert [town.name for town in some if doubt(country, town.latitude, town.longitude, LAND)] == []


@pytest.mark.parametrize("country", [code for code in COUNTRIES if code != "CN"])
def test_the_reach_is_that_of_the_loneliest_town(country: str) -> None:
    places = [(town.latitude, town.longitude) for town in towns(country)]
    farthest = max(sorted(km_between(*here, *there) for there in places)[1] for here in places[::-1][:200])
    assert farthest <= REACH_KM[country]


def test_the_coast_counts_as_land_and_the_open_sea_does_not() -> None:
    square = {"type": "Polygon", "coordinates": [[[100, 10], [101, 10], [101, 11], [100, 11], [100, 10]]]}
    assert [is_land(square, 10.5, x) for x in (100.5, 101.09, 101.2)] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("17.9667", "17.96670"),
        ("17,9667", "17.96670"),
        (" 17.966712345° ", "17.96671"),
        ("១៧.៥", "17.50000"),
        ("−3", "-3.00000"),
    ],
)
def test_degrees_are_read_as_people_type_them(text: str, number: str) -> None:
    assert degrees(text) == Decimal(number)


def test_nothing_is_no_degrees() -> None:
    assert degrees("  ") is None


@pytest.mark.parametrize("text", ["17°58'N", "north", "NaN", "Infinity", "1e9", "1.2.3"])
def test_what_is_no_number_is_said(text: str) -> None:
    with pytest.raises(NoDegrees):
        degrees(text)
