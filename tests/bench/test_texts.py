"""Short terms, taken from CLDR when they are measured."""

from pathlib import Path

from bench.crowd import write_dump
from bench.texts import CLDR, write_terms
from corridor.directory.logic.ror import Row, opened, read, records
from corridor.launch.evaluation.retrieval import read_folder


def test_terms_are_aligned_short_and_distinct(tmp_path: Path):
    counts = write_terms(tmp_path, 1)
    texts = read_folder(tmp_path)
    assert list(texts) == list(CLDR)
    assert {len(lines) for lines in texts.values()} == {sum(counts.values())}
    assert [line for line in texts["en"] if not 1 <= len(line.split()) <= 3] == []
    assert {code: len({line.casefold() for line in lines}) for code, lines in texts.items()} == dict.fromkeys(
        CLDR, sum(counts.values())
    )


def test_one_line_names_one_thing(tmp_path: Path):
    write_terms(tmp_path, 1)
    texts = read_folder(tmp_path)
    place = texts["en"].index("Egypt")
    assert [texts[code][place] for code in ("km", "lo", "th", "vi", "zh")] == ["អេហ្ស៊ីប", "ອີຢິບ", "อียิปต์", "Ai Cập", "埃及"]


def test_a_quick_run_takes_every_tenth(tmp_path: Path):
    whole = sum(write_terms(tmp_path, 1).values())
    assert sum(write_terms(tmp_path, 10).values()) == -(-whole // 10)


def test_the_crowd_is_a_dump_that_the_directory_reads_whole(tmp_path: Path):
    write_dump(tmp_path / "crowd.json", 24)
    countries = frozenset({"KH", "CN", "LA", "MM", "TH", "VN"})
    with opened(tmp_path / "crowd.json") as stream:
        rows = [read(record, countries) for record in records(stream)]
    assert [row.country for row in rows if isinstance(row, Row)] == ["KH", "CN", "LA", "MM", "TH", "VN"] * 4
    assert len({row.ror for row in rows if isinstance(row, Row)}) == 24
