"""The six countries, each with its focal point, its time and what is open there."""

import datetime
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import Country, FocalPoint
from corridor.directory.operations.starter import load_starter
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
SIX = ["KH", "CN", "LA", "MM", "TH", "VN"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_six_and_each_of_them_read_in_every_language(as_: As, language: str) -> None:
    load_starter()
    client = as_(None, language)
    urls = [reverse("countries"), reverse("directory"), *(reverse("country", args=[code.lower()]) for code in SIX)]
    assert [client.get(url).status_code for url in urls] == [200] * 8


def test_the_six_stand_in_the_order_of_the_seed(as_: As) -> None:
    assert [tile.country.code for tile in as_().get(reverse("countries")).context["tiles"]] == SIX


def test_each_focal_point_stands_by_its_native_and_its_english_name(as_: As) -> None:
    load_starter()
    text = as_().get(reverse("country", args=["la"])).content.decode()
    assert 'lang="lo">ກະຊວງເຕັກໂນໂລຊີ ແລະ ການສື່ສານ</a>' in text
    assert "Ministry of Technology and Communications" in text


def test_former_focal_points_stand_with_their_dates(as_: As) -> None:
    day = datetime.date(2020, 1, 1)
    old, new = (make.organisation(name=name, type="ministry") for name in ("Old ministry", "New ministry"))
    FocalPoint.objects.create(home="LA", organisation=old, starts_on=day, ends_on=datetime.date(2024, 1, 1))
    FocalPoint.objects.create(home="LA", organisation=new, starts_on=datetime.date(2024, 1, 1))
    page = as_().get(reverse("country", args=["la"]))
    assert [held.line.title for held in page.context["present"]] == ["New ministry"]
    assert [held.line.title for held in page.context["former"]] == ["Old ministry"]


def test_it_says_how_the_country_publishes(as_: As) -> None:
    url = reverse("country", args=["la"])
    assert "The focal point publishes every notice." in as_().get(url).content.decode()
    Country.objects.filter(pk="LA").update(verified_publish_themselves=True)
    assert "Verified organisations publish their own" in as_().get(url).content.decode()


def test_it_shows_what_the_reader_may_read_and_no_draft(as_: As) -> None:
    make.published(title="For everybody")
    make.published(title="Within the country", visibility="national")
    make.notice(title="A draft")
    make.submitted(title="A submission")
    url = reverse("country", args=["la"])

    def titles(client: Client) -> list[str]:
        page = client.get(url)
        assert page.context["open_count"] == len(page.context["rows"])
        return sorted(row.title for row in page.context["rows"])

    readers = [None, make.person("LA"), make.officer("KH"), make.operator()]
    assert [titles(as_(reader)) for reader in readers] == [["For everybody"]] * 4
    assert titles(as_(make.member(home="LA"))) == ["For everybody", "Within the country"]


def test_an_anonymous_notice_keeps_its_organisation_hidden_there(as_: As) -> None:
    organisation = make.organisation(name="A hidden name")
    make.published(of=organisation, title="Without our name", is_anonymous=True)
    text = as_().get(reverse("country", args=["la"])).content.decode()
    assert ("Without our name" in text, "A hidden name" in text, str(organisation.pk) in text) == (True, False, False)


def test_types_are_counted_and_lead_to_the_list(as_: As) -> None:
    for kind in ("hospital", "hospital", "university"):
        make.organisation("MM", type=kind)
    types = as_().get(reverse("country", args=["mm"])).context["types"]
    assert [(str(choice.label), choice.count) for choice in types] == [("University", 1), ("Hospital", 2)]


@pytest.mark.parametrize("code", ["xx", "laos", "12"])
def test_there_is_no_seventh_country(as_: As, code: str) -> None:
    assert as_().get(reverse("country", args=[code])).status_code == 404


def test_the_page_asks_as_often_for_8_notices_as_for_3(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer, client = make.officer("LA"), as_()
    for _ in range(3):
        make.published(publisher=officer)
    with django_assert_num_queries(8):
        client.get(reverse("country", args=["la"]))
    for _ in range(9):
        make.published(publisher=officer)
    with django_assert_num_queries(8):
        client.get(reverse("country", args=["la"]))
