"""Provinces of the six by ISO 3166-2, in a reader's language."""

import pytest

from corridor.directory.logic.subdivisions import by_geonames, recognised, subdivisions

OWN = {"KH": "km", "CN": "zh-hans", "LA": "lo", "MM": "my", "TH": "th", "VN": "vi"}


@pytest.mark.parametrize(("country", "count"), [("KH", 25), ("LA", 18), ("MM", 15), ("VN", 63), ("FR", 0)])
def test_there_are_as_many_as_the_standard_lists(country: str, count: int) -> None:
    found = subdivisions(country) if country in OWN else ()
    assert (len(found), len({row.code for row in found})) == (count, count)


@pytest.mark.parametrize(
    ("country", "text", "code"),
    [
        ("CN", "云南省", "CN-YN"),
        ("CN", "Yunnan Sheng", "CN-YN"),
        ("KH", "ខេត្តកំពត", "KH-7"),
        ("KH", "Pousaat", "KH-15"),
        ("VN", "Ha Noi", "VN-HN"),
        ("TH", "จังหวัดน่าน", "TH-55"),
        ("MM", "ရှမ်းပြည်နယ်", "MM-17"),
        ("LA", "LA-CH", "LA-CH"),
    ],
)
def test_a_province_is_recognised_in_many_spellings(country: str, text: str, code: str) -> None:
    found = recognised(country, text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(("country", "text"), [("LA", "Vientiane"), ("LA", "Yunnan"), ("LA", ""), ("TH", "Province")])
def test_what_names_none_or_two_is_not_guessed(country: str, text: str) -> None:
    assert recognised(country, text) is None


@pytest.mark.parametrize(("country", "language"), list(OWN.items()))
def test_each_country_reads_its_provinces_in_its_own_script(country: str, language: str) -> None:
    foreign = [row.code for row in subdivisions(country) if row.called(language).isascii()]
    latin = {"vi"}
    assert language in latin or len(foreign) <= 1, foreign


def test_a_half_translated_name_is_not_shown() -> None:
    [tboung] = [row for row in subdivisions("KH") if row.code == "KH-25"]
    assert tboung.called("lo") == "Tboung Khmum"


@pytest.mark.parametrize("country", list(OWN))
def test_every_code_of_geonames_leads_to_one_province(country: str) -> None:
    codes = by_geonames(country)
    assert len(set(codes.values())) == len(codes) > 10
