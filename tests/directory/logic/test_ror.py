"""Reading dumps of ROR: both schemas, zip or not, as a stream, and what each broken file is called."""

import json
import tracemalloc
from pathlib import Path

import pytest

from corridor.directory.logic.ror import NotADump, Row, Skipped, opened, read, records
from tests.directory import register

SIX = frozenset({"KH", "CN", "LA", "MM", "TH", "VN"})


def rows(path: Path) -> list[Row | Skipped]:
    """Everything in a file."""
    with opened(path) as stream:
        return [read(record, SIX) for record in records(stream)]


def test_schema_two_is_read():
    assert read(register.second(7), SIX) == Row(
        ror="0000007a1",
        country="LA",
        type="university",
        names=(
            ("official", "en", "University 7"),
            ("translation", "lo", "ມະຫາວິທະຍາໄລ 7"),
            ("acronym", "", "U7"),
            ("alias", "", "Old college 7"),
            ("translation", "zh-hans", "大学 7"),
        ),
        place="Pakse",
        province="Champasak",
        latitude=15.12,
        longitude=105.8,
        website="https://u7.example.org",
    )


def test_schema_one_is_read():
    assert read(register.first(7), SIX) == Row(
        ror="0000007b1",
        country="VN",
        type="institute",
        names=(
            ("official", "", "Institute 7"),
            ("translation", "vi", "Viện 7"),
            ("alias", "", "Old institute 7"),
            ("acronym", "", "I7"),
        ),
        place="Hue",
        province="Thua Thien",
        latitude=16.46,
        longitude=107.6,
        website="https://i7.example.org",
    )


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (["healthcare", "education"], "hospital"), (["education", "funder"], "university"), (["company"], "enterprise"),
        (["facility"], "institute"), (["government", "funder"], "agency"), (["nonprofit"], "ngo"), (["other"], "institute"),
        (["Education"], "university"), (["unheard of"], "institute"), ([], "institute"),
    ],
)  # fmt: skip
def test_types_of_the_register_become_ours_the_telling_ones_first(theirs, ours):
    assert read(register.second(1, types=theirs), SIX).type == ours


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (register.second(1, country="FR"), "other country"),
        (register.second(1, locations=[]), "other country"),
        (register.first(1, country="DE"), "other country"),
        (register.second(1, status="withdrawn"), "status withdrawn"),
        (register.second(1, status="inactive"), "status inactive"),
        (register.second(1, names=[]), "no name"),
        (register.second(1, names=[{"value": " \0 ", "types": ["label"], "lang": None}]), "no name"),
        ({}, "malformed"),
        ({"id": "https://ror.org/0000001a1", "names": "University"}, "malformed"),
        (register.second(1, id=""), "malformed"),
        (register.second(1, id=7), "malformed"),
        (register.second(1, id="https://ror.org/<script>"), "malformed"),
        (register.second(1, types=None), "malformed"),
        (register.second(1, types=[3]), "malformed"),
        (register.second(1, names=[{"value": None, "types": ["label"], "lang": None}]), "malformed"),
        (register.second(1, names=[{"value": "X", "types": ["label"], "lang": ["en"]}]), "malformed"),
        (register.second(1, locations=[{"geonames_details": {"country_code": ["LA"]}}]), "malformed"),
        (register.second(1, locations=[{"geonames_details": {"country_code": "LA", "name": {}, "lat": 1}}]), "other"),
        (register.second(1, links=None), "malformed"),
        (register.second(1, links=[{"type": "website", "value": 3}]), "malformed"),
        (register.first(1, country=None), "malformed"),
        (register.first(1, name=None), "malformed"),
    ],
)
def test_what_cannot_be_taken_is_skipped_with_its_reason(record, reason):
    found = read(record, SIX)
    if reason == "other":  # an empty object counts as no place
        assert isinstance(found, Row)
        assert found.place == ""
    else:
        assert found == Skipped(reason)


@pytest.mark.parametrize(
    ("lat", "lng"), [(91, 0), (-91, 0), (0, 181), ("15", "105"), (None, 105), (float("nan"), 0), (1e400, 0), ([], {})]
)
def test_an_organisation_whose_place_is_not_on_earth_is_taken_without_it(lat, lng):
    details = {"country_code": "LA", "name": "Pakse", "country_subdivision_name": None, "lat": lat, "lng": lng}
    row = read(register.second(1, locations=[{"geonames_details": details}]), SIX)
    assert (row.place, row.province, row.latitude, row.longitude) == ("Pakse", "", None, None)


def test_a_web_site_that_is_no_web_address_is_left_out():
    assert read(register.second(1, links=[{"type": "website", "value": "javascript:alert(1)"}]), SIX).website == ""


def test_names_lose_what_a_database_cannot_keep_and_long_ones_that_begin_alike_are_one():
    long = "ກ" * 400
    names = [
        {"value": "Uni\0versity ", "types": ["ror_display"], "lang": "en"},
        {"value": f"{long}a", "types": ["alias"], "lang": None},
        {"value": f"{long}b", "types": ["alias"], "lang": None},
    ]
    assert read(register.second(1, names=names), SIX).names == (
        ("official", "en", "University"),
        ("alias", "", "ກ" * 300),
    )


def test_a_plain_file_a_zip_file_and_both_schemas_in_one_give_the_same(tmp_path: Path):
    mixed = [register.second(1), register.first(2)]
    both = rows(register.plain(tmp_path, *mixed))
    assert both == rows(register.zipped(tmp_path, data__json=mixed))
    assert [row.ror for row in both] == ["0000001a1", "0000002b1"]


def test_of_a_zip_file_the_newest_schema_is_read(tmp_path: Path):
    path = register.zipped(
        tmp_path,
        **{
            "v1__50-ror-data__json": [register.first(1)],
            "v1__50-ror-data_schema_v2__json": [register.second(2)],
            "v1__50-ror-data__csv": "id,name",
            "__MACOSX/z__json".replace("__", "__", 1): "not JSON",
        },
    )
    assert [row.ror for row in rows(path)] == ["0000002a1"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not valid JSON"),
        (b"id,name\n1,University", "not valid JSON"),
        (b"[{}, {}", "not valid JSON"),
        (b'[{"id": "\xff\xfe"}]', "not valid JSON"),
        (b"\x89PNG\r\n\x1a\n", "not valid JSON"),
        (b"{}", "not a list of organisations"),
        (b'{"items": []}', "not a list of organisations"),
        (b'"text"', "not a list of organisations"),
        (b"[1, 2]", "a list, but not of organisations"),
    ],
)
def test_a_file_that_is_no_dump_says_what_it_is(tmp_path: Path, content: bytes, said: str):
    path = tmp_path / "dump.json"
    path.write_bytes(content)
    with pytest.raises(NotADump, match=said):
        rows(path)


def test_an_empty_list_is_a_dump_of_nothing(tmp_path: Path):
    assert rows(register.plain(tmp_path)) == []


def test_a_zip_file_without_json_says_so(tmp_path: Path):
    with pytest.raises(NotADump, match=r"holds no \.json file"):
        rows(register.zipped(tmp_path, readme__txt="hello"))


def test_a_damaged_zip_file_says_so(tmp_path: Path):
    path = register.zipped(tmp_path, data__json=[register.second(n) for n in range(200)])
    content = bytearray(path.read_bytes())
    content[200:260] = b"\0" * 60
    path.write_bytes(content)
    with pytest.raises(NotADump, match="damaged"):
        rows(path)


def test_a_zip_file_locked_with_a_password_says_so(tmp_path: Path):
    path = register.zipped(tmp_path, data__json=[register.second(1)])
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the flag in the file's own header
    content[content.index(b"PK\1\2") + 8] |= 1  # and in the directory
    path.write_bytes(content)
    with pytest.raises(NotADump, match="password"):
        rows(path)


class Endless:
    """A dump of many records, made while it is read."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.ready = b"["
        self.record = json.dumps(register.second(1)).encode() + b","

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        while self.left and len(self.ready) < size:
            self.ready += self.record
            self.left -= 1
        if not self.left and not self.ready.endswith(b"]"):
            self.ready = self.ready.rstrip(b",") + b"]" if self.ready else b""
        given, self.ready = self.ready[:size], self.ready[size:]
        return given


def test_a_huge_dump_is_read_without_holding_it_in_memory():
    tracemalloc.start()
    count = sum(1 for _ in records(Endless(2_500)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 2_500
    assert peak < 4 * 1024 * 1024
