"""The starter directory: what it holds, that loading it twice changes nothing, and that what people mend stays."""

from collections import Counter

import pytest

from corridor.directory.models import Organisation
from corridor.directory.operations.starter import load_starter, read
from corridor.directory.states import OrganisationType
from corridor.language.logic.scripts import script_counts

# South, north, west and east of each country, roughly: what lies outside is a slip of the pen.
BOXES = {
    "KH": (10.0, 15.0, 102.0, 108.0),
    "CN": (18.0, 54.0, 73.0, 135.0),
    "LA": (13.8, 22.6, 100.0, 107.8),
    "MM": (9.5, 28.6, 92.0, 101.3),
    "TH": (5.5, 20.6, 97.2, 105.8),
    "VN": (8.0, 23.5, 102.0, 110.0),
}
SCRIPTS = {"km": "khmer", "zh-hans": "han", "lo": "lao", "my": "myanmar", "th": "thai", "vi": "latin", "en": "latin"}
ROWS = read("starter_organisations.json")


def test_it_holds_at_least_120_organisations_of_all_types_and_twenty_a_country():
    assert len(ROWS) >= 120
    assert {
        country: count >= 20 for country, count in Counter(row["country"] for row in ROWS).items()
    } == dict.fromkeys(BOXES, True)
    assert {row["type"] for row in ROWS} | {"ministry"} == set(OrganisationType.values)


def test_each_country_lists_hubs_zones_parks_or_incubators():
    kinds = {"hub", "zone", "park", "incubator"}
    assert {c: n >= 4 for c, n in Counter(r["country"] for r in ROWS if r["type"] in kinds).items()} == dict.fromkeys(
        BOXES, True
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_each_entry_is_a_fact_with_place_source_and_date(row):
    south, north, west, east = BOXES[row["country"]]
    assert (south <= row["latitude"] <= north, west <= row["longitude"] <= east) == (True, True)
    assert (row["code"][:3], bool(row["source"]), row["as_of"]) == (f"{row['country'].lower()}-", True, "2026-11")
    assert 20 <= len(row["about"]) <= 200
    if row["native_name"]:
        counts = script_counts(row["native_name"])
        assert counts[SCRIPTS[row["native_language"]]] * 2 > sum(counts.values())


def test_codes_and_names_are_each_there_once():
    assert len({row["code"] for row in ROWS}) == len({(row["country"], row["name_en"]) for row in ROWS}) == len(ROWS)


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_what_people_mended_stays():
    assert load_starter() == len(ROWS) + 6
    mended = Organisation.objects.get(identifiers__value="th-step")
    assert (mended.parent, mended.province, mended.about_language) == (
        Organisation.objects.get(identifiers__value="th-cmu"), "Chiang Mai", "en",
    )  # fmt: skip
    Organisation.objects.filter(pk=mended.pk).update(place="Elsewhere")
    assert load_starter() == 0
    assert Organisation.objects.get(pk=mended.pk).place == "Elsewhere"
