"""The directory as a map with its table."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.logic.atlas import read_land
from corridor.directory.models import Organisation
from tests import make

As = Callable[..., Client]
MAP = "organisations-map"


def at(place: str, latitude: float, longitude: float, home: str = "LA", **facts: object) -> Organisation:
    return make.organisation(
        home, place=place, latitude=Decimal(str(latitude)), longitude=Decimal(str(longitude)), **facts
    )


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_the_map_reads_in_every_language(as_: As, language: str) -> None:
    at("Pakse", 15.12, 105.8)
    client = as_(None, language)
    client.cookies["django_language"] = language
    page = client.get(reverse(MAP))
    assert (page.status_code, page.content.decode().count("<circle")) == (200, 1)


def test_neighbours_are_one_circle_and_one_row_that_lead_to_them(as_: As) -> None:
    at("Vientiane", 17.97, 102.6)
    at("Vientiane", 17.96, 102.61)
    at("Pakse", 15.12, 105.8)
    text = as_().get(reverse(MAP)).content.decode()
    assert (text.count("<circle"), "Vientiane: 2 organisations" in text, "Pakse: 1 organisation" in text) == (
        2,
        True,
        True,
    )
    assert '<td class="number">2</td>' in text
    listed = as_().get(reverse("organisations"), {"country": "LA", "area": "102,16.5,103.5,18"}).content.decode()
    assert (listed.count("<article"), "Only those of one part of the map." in listed) == (2, True)


def test_neighbours_across_a_border_are_not_mixed(as_: As) -> None:
    at("Nong Khai", 17.88, 102.74, home="TH")
    at("Vientiane", 17.97, 102.6)
    assert as_().get(reverse(MAP)).content.decode().count("<circle") == 2


def test_filters_are_shared_with_the_list(as_: As) -> None:
    at("Pakse", 15.12, 105.8, type="hospital")
    at("Bangkok", 13.74, 100.5, home="TH", type="university")
    text = as_().get(reverse(MAP), {"type": "hospital"}).content.decode()
    assert ("Pakse" in text, "Bangkok" in text) == (True, False)
    assert f'href="{reverse("organisations")}?type=hospital"' in text
    assert (
        f'href="{reverse(MAP)}?type=hospital"'
        in as_().get(reverse("organisations"), {"type": "hospital"}).content.decode()
    )


def test_organisations_without_a_place_are_counted_and_none_at_all_says_what_to_do(as_: As) -> None:
    make.organisation()
    text = as_().get(reverse(MAP)).content.decode()
    assert (
        "1 organisation has no place on the map yet" in text,
        "No organisation with a known place fits" in text,
    ) == (True, True)


@pytest.mark.parametrize(
    "area", ["", "x", "1,2,3", "1,2,3,4,5", "1;2;3;4", "999999,1,2,3", "'; drop table", "1,2,3,4\0"]
)
def test_an_area_that_is_none_counts_for_nothing(as_: As, area: str) -> None:
    make.organisation()
    assert as_().get(reverse("organisations"), {"area": area}).content.decode().count("<article") == 1


def test_the_map_asks_the_database_as_often_for_many_as_for_few(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_()
    at("Pakse", 15.12, 105.8)
    with django_assert_num_queries(2):
        client.get(reverse(MAP))
    for i in range(30):
        at(f"Town {i}", 12 + i / 3, 100 + i / 5)
    with django_assert_num_queries(2):
        client.get(reverse(MAP))


def test_the_shipped_outline_is_land_without_boundaries_and_light() -> None:
    land = read_land(settings.MAP_FILE)
    assert (land["type"], set(land)) == ("MultiPolygon", {"type", "coordinates"})
    assert settings.MAP_FILE.stat().st_size < 60_000


def test_the_circles_come_as_json_under_the_same_filters_and_finer_when_asked(as_: As) -> None:
    at("Vientiane", 17.97, 102.6)
    at("Luang Prabang", 19.89, 102.13)
    at("Xaythany", 17.92, 102.78)
    at("Bangkok", 13.74, 100.5, home="TH")
    client = as_()
    coarse = client.get(reverse("organisations-map-places"), {"country": "TH"}).json()
    assert [(circle["says"], circle["count"]) for circle in coarse] == [("Bangkok (1)", 1)]
    url = reverse("organisations-map-places")
    counts = [sorted(circle["count"] for circle in client.get(url, {"cell": cell}).json()) for cell in ("", "0.1")]
    assert counts == [[1, 1, 2], [1, 1, 1, 1]]
    listed = client.get(client.get(url, {"cell": "0.1"}).json()[0]["url"]).content.decode()
    assert listed.count("<article") == 1


@pytest.mark.parametrize("cell", ["0", "-1", "0.00001", "nan", "1e-9", "0.5;"])
def test_a_cell_that_was_not_offered_counts_as_none(as_: As, cell: str) -> None:
    at("Vientiane", 17.97, 102.6)
    at("Xaythany", 17.92, 102.78)
    assert len(as_().get(reverse("organisations-map-places"), {"cell": cell}).json()) == 1


def test_the_outline_comes_as_geojson_with_nothing_but_land(as_: As) -> None:
    answer = as_().get(reverse("organisations-map-land"))
    (feature,) = answer.json()["features"]
    assert (feature["properties"], feature["geometry"]["type"]) == ({"name": ""}, "MultiPolygon")
    assert answer["Cache-Control"] == "public, max-age=86400"
