"""What the benchmark writes and says."""

import re
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from bench import __main__ as command
from bench import report, tables
from bench.suites import SUITES

RECALL = {"recall": {"th": 0.9, "en": 0.8}, "mean": 0.85, "worst_over_best": 0.8889}
FIGURES = {"texts": 8, "queries": 8, "k": 1, "systems": dict.fromkeys(("raw", "words", "unfair", "ours"), RECALL)}


def test_every_suite_has_its_place_on_the_page_and_no_other_has():
    page = command.PAGE.read_text(encoding="utf-8")
    assert re.findall(r"<!-- measured: (\w+) -->", page) == list(SUITES)
    assert re.findall(r"<!-- end: (\w+) -->", page) == list(SUITES)


def test_figures_replace_what_stood_between_the_markers(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- measured: x -->\nold\n<!-- end: x -->\nb\n<!-- measured: y -->\nold\n<!-- end: y -->\n")
    report.write_page(page, "x", r"new \1")
    assert page.read_text() == (
        "a\n<!-- measured: x -->\nnew \\1\n<!-- end: x -->\nb\n<!-- measured: y -->\nold\n<!-- end: y -->\n"
    )


def test_a_page_without_a_place_is_an_error(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text("nothing")
    with pytest.raises(ValueError, match="has no place"):
        report.write_page(page, "x", "new")


def test_a_table_stands_beside_its_baseline():
    assert tables.retrieval(FIGURES).splitlines()[:3] == [
        "| system | en | th | mean | worst/best | mean beside raw |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| raw vectors | 0.800 | 0.900 | 0.850 | 0.889 | 1.00× |",
    ]


def test_an_aim_that_was_not_reached_says_so():
    assert tables.sentences(FIGURES).splitlines()[-1] == (
        "Aims: mean at least 0.94: **not met** (0.850); worst/best at least 0.95: **not met** (0.889)."
    )


def test_a_suite_without_its_data_says_one_line_and_is_skipped(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    settings.BENCH_DATA = tmp_path
    wanting = [name for name, suite in SUITES.items() if suite.needs]
    assert [command.measured(name, quick=True) for name in wanting] == [True] * len(wanting)
    assert capsys.readouterr().out.splitlines() == [
        f"{name}: skipped, {tmp_path / SUITES[name].needs} is not there (CORRIDOR_BENCH_DATA names the folder)."
        for name in wanting
    ]
