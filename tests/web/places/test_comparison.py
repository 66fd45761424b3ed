"""Two to four things side by side, and what the page says when something chosen cannot stand there."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import Facility
from corridor.directory.operations import facilities
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
TOO_FEW = "Choose at least two to compare."
TOO_MANY = "Four at most stand side by side. The first four are shown."
UNKNOWN = "Not in the directory: 1 of those you chose."


def compare(client: Client, *chosen: object, **more: str) -> HttpResponse:
    """The page for what was chosen, given as facilities or as texts."""
    ids = [str(one.pk) if isinstance(one, Facility) else str(one) for one in chosen]
    return client.get(reverse("facility-comparison"), {"id": ids, **more})


def heads(page: HttpResponse) -> list[str]:
    """The names above the columns."""
    return [column.facility.name for column in page.context["columns"]]


@pytest.fixture
def five() -> list[Facility]:
    """Five facilities of five countries."""
    homes = zip("ABCDE", ("KH", "CN", "LA", "MM", "TH"), strict=True)
    return [make.facility(make.organisation(home), name=f"Device {name}") for name, home in homes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_reads_in_every_language(as_: As, five: list[Facility], language: str) -> None:
    client = as_(None, language)
    assert [compare(client, *five[:number]).status_code for number in range(6)] == [200] * 6


def test_they_stand_in_the_order_in_which_they_were_chosen(as_: As, five: list[Facility]) -> None:
    page = compare(as_(), five[2], five[0], five[2])
    assert (heads(page), page.context["notes"]) == (["Device C", "Device A"], [])


def test_it_is_a_real_table_with_a_heading_for_each_row_and_column(as_: As) -> None:
    first = make.facility(
        make.organisation("LA", name="Lab"), name="ເຄື່ອງ", name_language="lo", price="ຟຣີ", about_language="lo"
    )
    second = make.facility(
        make.organisation("VN", name="Park"), name="Plot", kind="land", capacity=3, capacity_unit="ha"
    )
    text = compare(as_(), first, second).content.decode()
    rows = {
        re.sub(r"<[^>]+>", "", head): [
            " ".join(re.sub(r"<[^>]+>", " ", re.sub(r'<span class="whose".*?</span>', "", cell)).split())
            for cell in re.findall(r'<td role="cell">(.*?)</td>', cells, re.S)
        ]
        for head, cells in re.findall(r'<th scope="row" role="rowheader">(.*?)</th>(.*?)</tr>', text, re.S)
    }
    assert rows["Kind"] == ["Equipment", "Land"]
    assert rows["Country"] == ["Lao PDR", "Viet Nam"]
    assert rows["How much or how many"] == ["not said", "3 hectares"]
    assert rows["Price"] == ["ຟຣີ", "not said"]
    assert "Where to ask" not in rows  # nobody said it
    assert '<span lang="lo" dir="auto">ຟຣີ</span>' in text
    assert len(re.findall('<th scope="col" role="columnheader">', text)) == 2


@pytest.mark.parametrize("number", [0, 1])
def test_fewer_than_two_are_asked_for_more(as_: As, five: list[Facility], number: int) -> None:
    page = compare(as_(), *five[:number])
    assert (heads(page), page.context["notes"], "<table" in page.content.decode()) == ([], [TOO_FEW], False)


def test_of_more_than_four_the_first_four_are_shown_and_the_rest_is_named(as_: As, five: list[Facility]) -> None:
    page = compare(as_(), *five)
    assert heads(page) == ["Device A", "Device B", "Device C", "Device D"]
    assert (page.context["notes"], page.context["left_out"]) == ([TOO_MANY], [five[4]])


@pytest.mark.parametrize("unknown", [uuid4(), "x", "' OR 1=1 --", "<b>", "\0", "1" * 5000])
def test_an_unknown_one_is_said_and_the_others_are_compared(as_: As, five: list[Facility], unknown: object) -> None:
    page = compare(as_(), five[0], unknown, five[1])
    assert (heads(page), page.context["notes"]) == (["Device A", "Device B"], [UNKNOWN])
    assert compare(as_(), five[0], unknown).context["notes"] == [UNKNOWN, TOO_FEW]


def test_several_unknown_ones_are_counted(as_: As, five: list[Facility]) -> None:
    page = compare(as_(), five[0], five[1], uuid4(), "x", "y")
    assert page.context["notes"] == ["Not in the directory: 3 of those you chose."]


def test_a_closed_one_is_named_and_left_out(as_: As, five: list[Facility]) -> None:
    facilities.close(five[1], by=make.officer("CN"), reason="Sold.")
    page = compare(as_(), *five[:3])
    assert (heads(page), page.context["closed"], page.context["notes"]) == (["Device A", "Device C"], [five[1]], [])
    assert "Closed meanwhile, and left out:" in page.content.decode()
    alone = compare(as_(), five[0], five[1])
    assert (heads(alone), alone.context["notes"]) == ([], [TOO_FEW])


def test_one_can_be_left_out_down_to_two(as_: As, five: list[Facility]) -> None:
    client = as_()
    three = compare(client, *five[:3])
    without = client.get(three.context["columns"][1].without_url)
    assert heads(without) == ["Device A", "Device C"]
    assert "Leave out" in three.content.decode()
    assert "Leave out" not in without.content.decode()


def test_the_way_back_keeps_the_choice_and_the_filters(as_: As, five: list[Facility]) -> None:
    client = as_()
    back = client.get(
        compare(client, five[0], five[2], "x", country="LA", kind="equipment", theme="").context["list_url"]
    )
    assert [(line.facility.name, line.is_chosen) for line in back.context["lines"]] == [("Device C", True)]
    assert back.context["elsewhere"] == [five[0]]
    assert (back.context["wanted"].country, back.context["wanted"].kind) == ("LA", "equipment")


def test_hundreds_of_choices_do_no_harm(
    as_: As, five: list[Facility], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_()
    with django_assert_num_queries(2):
        page = compare(client, *five[:2], *(UUID(int=number) for number in range(400)))
    assert heads(page) == ["Device A", "Device B"]


def test_four_are_read_in_as_many_queries_as_two(
    as_: As, five: list[Facility], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_()
    for number in (2, 4):
        with django_assert_num_queries(2):
            compare(client, *five[:number])
