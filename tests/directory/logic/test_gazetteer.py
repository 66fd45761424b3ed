"""Towns by their names in any script, by how a name begins, and how much memory they take."""

import subprocess
import sys

import pytest

from corridor.directory.logic.gazetteer import COUNTRIES, beginning, called, km_between, nearest_km, towns


@pytest.mark.parametrize(
    ("country", "text", "names"),
    [
        ("LA", "ປາກເຊ", ["Pakse"]),
        ("LA", "pakse", ["Pakse"]),
        ("KH", "បាត់ដំបង", ["Battambang"]),
        ("MM", "မန္တလေး", ["Mandalay"]),
        ("TH", "กรุงเทพมหานคร", ["Bangkok"]),
        ("CN", "昆明", ["Kunming"]),
        ("VN", "hue", ["Huế"]),
        ("KH", "Bavet, Svay Rieng", ["Bavet"]),
        ("KH", "Nowhere at all", []),
        ("KH", "", []),
        ("FR", "Paris", []),
    ],
)
def test_a_town_is_found_by_any_of_its_names(country: str, text: str, names: list[str]) -> None:
    assert [town.name for town in called(country, text)] == names


def test_a_town_of_another_country_is_not_found() -> None:
    assert called("KH", "ປາກເຊ") == ()


def test_a_province_leaves_only_the_towns_that_lie_there() -> None:
    assert {town.province for town in called("CN", "Honghe")} == {"CN-SD", "CN-GS", "CN-NX"}
    assert [town.province for town in called("CN", "Honghe", province="Gansu")] == ["CN-GS"]
    assert called("CN", "Honghe, Yunnan") == ()


def test_what_begins_so_is_given_in_the_script_in_which_it_is_typed() -> None:
    assert [(name, town.name) for name, town in beginning("LA", "ປາກເ")] == [("ປາກເຊ", "Pakse")]
    assert [name for name, _town in beginning("CN", "昆明", most=1)] == ["昆明"]
    assert beginning("LA", "") == []


def test_the_largest_come_first() -> None:
    sizes = [town.population for _name, town in beginning("TH", "Ch")]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == 8


def test_a_town_has_a_name_for_a_reader() -> None:
    [pakse] = called("LA", "Pakse")
    assert (pakse.called("lo"), pakse.called("zh-hans"), pakse.called("en")) == ("ປາກເຊ", "巴色", "Pakse")


def test_every_country_has_its_towns_and_no_others() -> None:
    assert [code for code in COUNTRIES if len(towns(code)) < 100] == []
    assert {town.country for code in COUNTRIES for town in towns(code)} == set(COUNTRIES)


def test_distances_are_those_on_the_earth() -> None:
    assert km_between(0, 0, 0, 90) == pytest.approx(6371 * 3.14159265 / 2)
    assert nearest_km("LA", 17.9667, 102.6) < 5
    assert nearest_km("FR", 48.8, 2.3) == float("inf")


def test_the_towns_of_six_countries_take_less_than_sixty_megabytes() -> None:
    script = (
        "from corridor.directory.logic import gazetteer as g\n"
        "def pages(): return int(open('/proc/self/statm').read().split()[1]) * 4096\n"
        "before = pages()\n"
        "for code in g.COUNTRIES: g.beginning(code, 'a')\n"
        "print((pages() - before) // 1_000_000)\n"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert int(said) < 60
