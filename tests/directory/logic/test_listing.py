"""What a row of an imported table says of an organisation, and what is wrong with which of its cells."""

import pytest
from django.conf import settings

from corridor.directory.logic.atlas import kept_land
from corridor.directory.logic.listing import COLUMNS, Row, Words, columns_of, look_for_same, row_of, site_of
from corridor.directory.logic.tables.table import Line, NotATable

HEADS = {code.replace("_", "").replace("-", ""): code for code in COLUMNS}
WORDS = Words(
    types={"cooperative": "cooperative", "สหกรณ์": "cooperative"},
    sizes={"small": "small"},
    languages={"lo": "lo", "ລາວ": "lo", "zhhans": "zh-hans"},
)
GOOD = {"name": "ສະຫະກອນກາເຟ", "type": "cooperative"}


def row(home: str = "LA", number: int = 2, **cells: str) -> Row:
    """A row with these cells, looked at."""
    said = {**GOOD, **cells}
    line = Line(number, tuple(said.values()))
    return row_of(line, tuple(said), home, WORDS, kept_land(settings.MAP_FILE))


def faults(found: Row) -> list[tuple[str, str]]:
    """Which cells are wrong, and how."""
    return [(remark.column, remark.code) for remark in found.faults]


def doubts(found: Row) -> list[tuple[str, str]]:
    """Which cells should be looked at."""
    return [(remark.column, remark.code) for remark in found.doubts]


def test_a_good_row_becomes_an_entry() -> None:
    found = row(
        size="small", place="ປາກເຊ", website="www.coffee.example", about="It dries coffee.", name_en="Coffee Cooperative",
        other_names="ECC; Coffee people;ECC",
    )  # fmt: skip
    assert (found.faults, found.doubts) == ([], [])
    assert found.names == [
        ("official", "lo", "ສະຫະກອນກາເຟ"),
        ("translation", "en", "Coffee Cooperative"),
        ("acronym", "", "ECC"),
        ("alias", "", "Coffee people"),
    ]
    assert found.facts == {
        "type": "cooperative", "size": "small", "place": "ປາກເຊ", "province": "Champasak", "latitude": "15.12022",
        "longitude": "105.79898", "about": "It dries coffee.", "about_language": "", "website": "https://www.coffee.example",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"name": ""}, [("name", "required")]),
        ({"name": "—"}, [("name", "required")]),
        ({"name": "🙂"}, [("name", "no_words")]),
        ({"name": "x" * 301}, [("name", "too_long")]),
        ({"name": "=HYPERLINK(1)"}, [("name", "formula")]),
        ({"place": "@SUM(1)"}, [("place", "formula")]),
        ({"place": "+856 21 123 456"}, [("place", "telephone")]),
        ({"type": ""}, [("type", "required")]),
        ({"type": "castle"}, [("type", "unknown_type")]),
        ({"size": "huge"}, [("size", "unknown_size")]),
        ({"name_language": "Klingon"}, [("name_language", "unknown_language")]),
        ({"website": "javascript:alert(1)"}, [("website", "no_website")]),
        ({"website": "https://user@host.example"}, [("website", "no_website")]),
        ({"website": "https://[broken"}, [("website", "no_website")]),
        ({"latitude": "north", "longitude": "102"}, [("latitude", "no_degrees")]),
        ({"latitude": "17.9", "longitude": ""}, [("latitude", "half")]),
        ({"latitude": "102.6", "longitude": "17.9667"}, [("latitude", "swapped")]),
        ({"latitude": "21.0", "longitude": "105.8"}, [("latitude", "elsewhere")]),
        ({"latitude": "217.9", "longitude": "302.6"}, [("latitude", "range")]),
        ({"about": "x" * 4001}, [("about", "too_long")]),
        ({"other_names": "y" * 301}, [("other_names", "too_long")]),
        ({"name": "", "type": "castle", "website": "x"}, [("name", "required"), ("type", "unknown_type"), ("website", "no_website")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_of_its_cell(cells: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert faults(row(**cells)) == expected


def test_a_place_in_the_sea_is_said_so() -> None:
    assert faults(row("TH", latitude="9.5", longitude="101.5")) == [("latitude", "sea")]


def test_words_are_understood_in_other_languages() -> None:
    found = row(type="สหกรณ์", name_language="ລາວ")
    assert (found.facts["type"], found.names[0][1], found.faults) == ("cooperative", "lo", [])


def test_a_negative_number_is_no_formula() -> None:
    assert faults(row(latitude="-17.9", longitude="102.6")) == [("latitude", "elsewhere")]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"province": "Middle Earth"}, [("province", "unknown_province")]),
        ({"place": "Nowhere at all"}, []),
    ],
)
def test_what_should_be_looked_at_keeps_no_row_back(cells: dict[str, str], expected: list[tuple[str, str]]) -> None:
    found = row(**cells)
    assert (doubts(found), found.faults) == (expected, [])


def test_of_several_towns_none_is_guessed() -> None:
    found = row("CN", place="Honghe")
    assert (doubts(found), found.facts["latitude"]) == ([("place", "several_towns")], None)
    assert row("CN", place="Honghe", province="甘肃省").facts["latitude"] == "34.40972"


def test_a_name_in_zawgyi_is_turned_into_unicode_and_said() -> None:
    found = row("MM", name="ျမန္မာႏိုင္ငံ နည္းပညာတကၠသိုလ္")
    assert doubts(found) == [("name", "zawgyi")]
    assert found.names[0][1:] == ("my", "မြန်မာနိုင်ငံ နည်းပညာတက္ကသိုလ်")


def test_errors_and_formulas_of_a_workbook_are_said_of_their_cells() -> None:
    line = Line(3, ("Works", "hub", "17"), frozenset({2}), frozenset({1}))
    found = row_of(line, ("name", "type", "latitude"), "LA", WORDS, kept_land(settings.MAP_FILE))
    assert faults(found) == [("type", "error_value"), ("latitude", "formula")]


def test_a_telephone_number_in_a_column_that_is_not_taken_does_not_matter() -> None:
    line = Line(2, ("Works", "cooperative", "+856 21 123 456", "=1+1"))
    found = row_of(line, ("name", "type", "", ""), "LA", WORDS, kept_land(settings.MAP_FILE))
    assert faults(found) == [("#4", "formula")]


def test_a_cell_beyond_the_head_is_said() -> None:
    found = row_of(Line(2, ("Works", "cooperative", "x")), ("name", "type"), "LA", WORDS, kept_land(settings.MAP_FILE))
    assert faults(found) == [("#3", "beyond")]


def test_the_head_may_be_written_in_many_ways() -> None:
    assert columns_of(Line(1, ("NAME", "Type ", "name zh-hans", "phone")), HEADS) == (
        "name",
        "type",
        "name_zh-hans",
        "",
    )


@pytest.mark.parametrize(
    ("head", "code"),
    [(("name",), "no_columns"), (("a", "b"), "no_columns"), (("name", "type", "Name"), "column_twice")],
)
def test_a_head_without_what_is_needed_is_no_head(head: tuple[str, ...], code: str) -> None:
    with pytest.raises(NotATable) as refusal:
        columns_of(Line(1, head), HEADS)
    assert refusal.value.code == code


def test_the_same_name_or_web_site_in_one_table_is_said_with_the_other_row() -> None:
    rows = [
        row(number=2, name="Bolaven Works", website="https://www.works.example/"),
        row(number=3, name="BOLAVEN-works"),
        row(number=4, name="Other", website="http://works.example"),
        row(number=5, name="Third", website="http://works.example/other"),
    ]
    look_for_same(rows)
    assert [[(r.column, r.code, r.facts) for r in one.doubts] for one in rows] == [
        [], [("name", "same_in_file", {"row": 2})], [("website", "same_site_in_file", {"row": 2})], [],
    ]  # fmt: skip


def test_web_sites_are_compared_without_what_does_not_matter() -> None:
    assert site_of("https://WWW.Works.example/lab/") == site_of("http://works.example/lab") == "works.example/lab"
    assert site_of("https://[broken") == ""
