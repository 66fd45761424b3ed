"""Atom feeds of searches and countries: only what everybody may read, whoever asks; and alerts with the real model."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from corridor.kernel.states import Visibility
from corridor.language.operations import arrivals
from corridor.matching.models import Finding
from corridor.matching.operations import saved_searches
from corridor.web.search.asked import PAGE
from tests import make
from tests.matching.alerts import match

ATOM = {"a": "http://www.w3.org/2005/Atom"}
COFFEE = {
    "title": "提供小型太阳能咖啡烘干设备 <b>",
    "text": "设备白天利用太阳能，夜间以咖啡壳为燃料，适合雨季干燥咖啡豆。 & <script>alert(1)</script> \x0b",
    "language": "zh-hans",
}
POWER = {
    "title": "Course on double-entry book-keeping",
    "text": "We teach small shops to keep their books and to file their taxes.",
}


def entries(answer) -> list[ElementTree.Element]:
    """The entries of a feed that is whole XML."""
    return ElementTree.fromstring(answer.content).findall("a:entry", ATOM)


def titles(answer) -> list[str]:
    """Their titles."""
    return [entry.find("a:title", ATOM).text for entry in entries(answer)]


@pytest.mark.parametrize("asked", [{"country": "LA"}, {"q": "coffee dryer for the rainy season"}])
@pytest.mark.parametrize("reader", ["visitor", "author"])
def test_a_feed_holds_what_everybody_may_read_and_nothing_else_whoever_asks(found, asked, reader):
    own = make.organisation("LA")
    author = make.member(own)
    for circle in Visibility:
        found(by=author, of=own, title=f"Coffee dryer for {circle.value}", visibility=circle)
    client = Client()
    if reader == "author":
        client.force_login(author)
    assert titles(client.get(reverse("search-feed"), asked)) == ["Coffee dryer for public"]


def test_an_entry_says_its_language_and_what_was_written_is_escaped(found):
    notice = found(home="CN", **COFFEE)
    answer = Client().get(reverse("search-feed"), {"q": "coffee dryer"})
    (entry,) = entries(answer)
    summary = entry.find("a:summary", ATOM)
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-hans"
    assert (entry.find("a:title", ATOM).text, entry.find("a:id", ATOM).text) == (
        COFFEE["title"],
        f"urn:uuid:{notice.pk}",
    )
    assert (summary.get("type"), "&lt;script&gt;" in summary.text, "<script>" in summary.text) == ("html", True, False)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_the_name_of_an_anonymous_organisation_is_in_no_feed(found):
    own = make.organisation("LA", name="Mill with a name that nobody reads")
    found(of=own, is_anonymous=True)
    answer = Client().get(reverse("search-feed"), {"country": "LA"})
    assert (len(entries(answer)), own.name in answer.content.decode()) == (1, False)


def test_a_feed_that_did_not_change_is_not_sent_again(found):
    found()
    first = Client().get(reverse("search-feed"), {"country": "LA"})
    same = Client().get(reverse("search-feed"), {"country": "LA"}, headers={"If-None-Match": first["ETag"]})
    found(title="A second one")
    changed = Client().get(reverse("search-feed"), {"country": "LA"}, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, changed.status_code) == (304, 200)


def test_what_is_far_from_the_question_is_in_no_feed(found):
    found(**COFFEE)
    found(**POWER)
    assert titles(Client().get(reverse("search-feed"), {"q": "coffee dryer"})) == [COFFEE["title"]]


def test_people_are_in_no_feed_since_a_copy_cannot_be_taken_back():
    profile = make.profile(shown={"expertise": "public", "name": "public", "home": "public"})
    answer = Client().get(reverse("search-feed"), {"kind": "person", "country": profile.home})
    assert entries(answer) == []


def test_the_feed_of_a_country_asks_the_database_as_often_for_many_as_for_few(
    django_assert_num_queries: DjangoAssertNumQueries,
):
    own = make.organisation("LA")
    asked, client = (reverse("search-feed"), {"country": "LA"}), Client()
    few = [make.published(of=own) for _ in range(2)]
    with CaptureQueriesContext(connection) as first:
        answer = client.get(*asked)
    assert len(entries(answer)) == len(few)
    many = [*few, *(make.published(of=own) for _ in range(2 * PAGE))]
    with django_assert_num_queries(len(first)):
        answer = client.get(*asked)
    assert len(entries(answer)) == len(many)


def test_a_feed_of_nothing_does_not_exist():
    assert Client().get(reverse("search-feed")).status_code == 404


def test_results_and_country_pages_lead_to_their_feed():
    results = Client().get(reverse("search"), {"q": "rice", "kind": "need"}).content.decode()
    (link,) = re.findall(r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)"', results)
    country = Client().get(reverse("country", args=["LA"])).content.decode()
    assert link == f"{reverse('search-feed')}?q=rice&amp;kind=need"
    assert f'href="{reverse("search-feed")}?country=LA"' in country


def test_a_saved_question_finds_the_same_meaning_in_another_language_and_nothing_that_is_far(found):
    user = make.member()
    search = saved_searches.keep(
        by=user,
        text="ต้องการเครื่องอบกาแฟในฤดูฝน",
        spoken="",
        asked={"q": "x"},
        facets={"kinds": ["notice"]},
        rhythm="daily",
    )
    near = found(**COFFEE)
    found(**POWER)
    match()
    assert list(Finding.objects.values_list("search", "record_id")) == [(search.pk, near.pk)]
    assert arrivals.take(10) == []
