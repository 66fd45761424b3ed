"""How the figures of pages are told, and that what is measured has something to show."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from bench import site, site_pages, site_sample, tables_site
from bench.crowd import MIDDLES, write_dump
from corridor.directory.logic import ror
from corridor.directory.rules import may_lie
from corridor.language.operations import engines, lexicon

HOME = {"p50_ms": 10.0, "p95_ms": 12.5, "sql_queries": 9, "kilobytes": 5.5, "beside_home": 1.0}
ROOM = {"p50_ms": 30.0, "p95_ms": 40.0, "sql_queries": 25, "kilobytes": 6.0, "beside_home": 3.0}


@pytest.fixture
def site_of_the_sample(db: None, settings: Settings) -> Iterator[None]:
    """Styles and scripts by their own names, and no engine or word remembered from another test."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    engines.forget()
    lexicon.forget()
    yield
    engines.forget()
    lexicon.forget()


def figures(**crowded: object) -> dict[str, Any]:
    """Two pages, the room in the crowd as it is told."""
    return {
        "organisations_more": 20000,
        "readers": {"home": "visitor", "room": "manager"},
        "sample": {"home": HOME, "room": ROOM},
        "crowded": {"home": {**HOME, "p50_ms": 20.0, "beside_home": 2.0}, "room": {**ROOM, **crowded}},
    }


def test_each_page_is_one_row_with_the_crowd_beside_the_sample():
    assert tables_site.site(figures(p50_ms=45.0, beside_home=4.5)).splitlines()[2:5] == [
        "| home | visitor | 10.0 | 20.0 | 12.5 | 12.5 | 9 | 9 | 5.5 | 5.5 |",
        "| room | manager | 30.0 | 45.0 | 40.0 | 40.0 | 25 | 25 | 6.0 | 6.0 |",
        "",
    ]


def test_every_column_has_a_head():
    head, _line, row = tables_site.site(figures()).splitlines()[:3]
    assert head.count("|") == row.count("|")
    assert "with 20000 more" in head


def test_times_stand_beside_a_baseline_the_slowest_first():
    told = tables_site.site(figures(p50_ms=45.0, beside_home=4.5))
    assert "grow most among the others: home 2.00×, room 1.50×." in told
    assert "beside home on the sample: room 4.50×, home 2.00×." in told


def test_a_number_of_queries_that_grows_is_named_as_a_fault():
    told = tables_site.site(figures(sql_queries=31)).splitlines()[-1]
    assert told == (
        "Aims: no more SQL queries among the others than on the sample alone: **not met**, a fault: room (25 and 31)."
    )


def test_a_number_of_queries_that_shrinks_is_told_and_is_no_fault():
    told = tables_site.site(figures(sql_queries=24)).splitlines()[-1]
    assert told.endswith(": met by every page. Fewer, where other records are found: room (25 and 24).")


def test_numbers_of_queries_that_stay_are_said_to():
    told = tables_site.site(figures()).splitlines()[-1]
    assert told == "Aims: no more SQL queries among the others than on the sample alone: met by every page."
    assert site.differing(figures()) == {}


def test_the_crowd_lies_within_its_countries(tmp_path: Path):
    dump = tmp_path / "dump.json"
    write_dump(dump, 60)
    with dump.open("rb") as stream:
        rows = [ror.read(record, frozenset(MIDDLES)) for record in ror.records(stream)]
    assert len(rows) == 60
    assert all(may_lie(row.country, row.latitude, row.longitude).allowed for row in rows)


@pytest.mark.usefixtures("site_of_the_sample")
def test_every_page_that_is_measured_is_there_for_its_reader():
    lexicon.load_lexicon()
    call_command("load", "sample", verbosity=0)
    scene = site_sample.furnish()
    clients = site.readers(scene)
    answered = {
        (page.name, address): clients[page.reader].get(address).status_code
        for page in site_pages.pages(scene)
        for address in page.addresses[:1]
    }
    assert {asked: status for asked, status in answered.items() if status != 200} == {}
    assert {page.name for page in site_pages.pages(scene) if not page.addresses} == set()
