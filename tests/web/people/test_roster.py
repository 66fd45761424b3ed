"""The roster of experts: who is on it for whom, and what narrows it down."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import Profile
from corridor.directory.operations.people import Spoken, withdraw_everything
from corridor.directory.operations.roster import join_roster, leave_roster
from corridor.directory.states import CONSENT_VERSION as WORDS
from corridor.kernel.models import User
from tests import make, waiting

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def expert(name: str, home: str = "LA", *, theme: str = "health", circle: str = "public", **facts: object) -> Profile:
    """Somebody on the roster whose name, country and languages everybody may read, unless told otherwise."""
    shown = facts.pop("shown", {"name": "public", "home": "public", "languages": "public", "expertise": "public"})
    said = {"languages": [Spoken("lo", speaks=True)], **facts}
    profile = make.profile(make.member(home=home), name=name, shown=shown, **said)
    join_roster(profile, by=profile.user, theme=theme, visibility=circle, words=WORDS)
    return profile


def names(client: Client, **query: str) -> list[str]:
    """Who is listed, by name."""
    return sorted(listed(client, **query))


def listed(client: Client, **query: str) -> list[str]:
    """Who is listed, in the order of the page."""
    text = client.get(reverse("roster"), query).content.decode()
    return re.findall(r'<article class="listed">\s*<h2><a [^>]*>(.*?)</a>', text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_in_every_language_with_and_without_experts(as_: As, language: str) -> None:
    client = as_(None, language)
    assert client.get(reverse("roster")).status_code == 200
    expert("Kham")
    assert client.get(reverse("roster")).status_code == 200


def test_experts_stand_in_an_order_that_every_day_changes_and_no_reading_does(as_: As) -> None:
    for number, home in enumerate(("KH", "CN", "LA", "MM", "TH", "VN")):
        expert(f"Expert {number}", home)
    assert listed(as_()) == listed(as_(make.member()))
    days = [datetime.date(2026, month, day) for month in (10, 12) for day in range(1, 31)]
    orders = [tuple(Profile.objects.in_order_of_the_day(day).values_list("home", flat=True)) for day in days]
    assert len(set(orders)) > 40
    assert {order[0] for order in orders} == {"KH", "CN", "LA", "MM", "TH", "VN"}


def test_it_is_narrowed_by_theme_country_and_language(as_: As) -> None:
    expert("Anong", "LA", languages=[Spoken("lo", speaks=True), Spoken("hmn", speaks=True)])
    expert("Bopha", "KH", theme="green", languages=[Spoken("km", reads=True)])
    both = expert("Chan", "TH", languages=[Spoken("th", reads=True), Spoken("km", speaks=True)])
    join_roster(both, by=both.user, theme="green", visibility="public", words=WORDS)
    client = as_()
    assert names(client, theme="health") == ["Anong", "Chan"]
    assert names(client, theme="green") == ["Bopha", "Chan"]
    assert names(client, country="KH") == ["Bopha"]
    assert names(client, language="km") == ["Bopha", "Chan"]
    assert names(client, language="hmn") == ["Anong"]
    assert names(client, theme="green", language="km", country="TH") == ["Chan"]
    assert names(client, theme="policy") == []
    assert names(client, theme="magic", country="XX", language="tlh") == ["Anong", "Bopha", "Chan"]


def test_it_is_searched_by_what_people_know(as_: As) -> None:
    expert("Anong", expertise="Dengue surveillance in border districts.")
    expert("Bopha", expertise="Repair of X-ray machines.")
    waiting.do_all()
    assert listed(as_(), q="repair of X-ray machines")[0] == "Bopha"
    assert names(as_(), q="repair of X-ray machines", theme="green") == []


def test_nobody_is_listed_without_consent_to_be(as_: As) -> None:
    make.profile(shown={"name": "public", "themes": "public", "expertise": "public"}, themes=["health"])
    waiting.do_all()
    for user in (None, make.member(home="LA"), make.officer("LA")):
        assert (names(as_(user)), names(as_(user), q=make.EXPERTISE)) == ([], [])


def test_who_may_not_read_the_entry_or_the_name_does_not_find_the_expert(as_: As) -> None:
    expert("For members", circle="members")
    expert("Named for members", shown={"name": "members", "expertise": "public"})
    waiting.do_all()
    member = make.member(home="VN")
    assert (names(as_()), names(as_(make.operator())), names(as_(make.person()))) == ([], [], [])
    assert names(as_(), q=make.EXPERTISE) == []
    assert names(as_(member)) == ["For members", "Named for members"]
    assert set(names(as_(member), q=make.EXPERTISE)) == {"For members", "Named for members"}


def test_filters_tell_nothing_that_may_not_be_read(as_: As) -> None:
    expert("Kham", shown={"name": "public", "home": "members", "languages": "six"})
    assert (names(as_(), country="LA"), names(as_(), language="lo")) == ([], [])
    assert names(as_()) == ["Kham"]
    member, officer = as_(make.member(home="VN")), as_(make.officer("KH"))
    assert (names(member, country="LA"), names(member, language="lo")) == (["Kham"], [])
    assert names(officer, language="lo") == ["Kham"]
    assert "Lao PDR" not in as_().get(reverse("roster")).content.decode().split('id="found"')[1].split("</main>")[0]


def test_who_leaves_withdraws_or_closes_the_account_is_gone_at_once(as_: As) -> None:
    left, withdrew, closed, ended = (expert(name) for name in ("Anong", "Bopha", "Chan", "Dara"))
    leave_roster(left, by=left.user, theme="health")
    withdraw_everything(withdrew, by=withdrew.user)
    User.objects.filter(pk=closed.user_id).update(is_active=False)
    make.end(ended.user)
    assert names(as_(make.officer("LA"))) == []


def test_a_page_of_the_roster_takes_as_many_queries_for_twenty_as_for_one(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    expert("Anong")
    client = as_()
    client.get(reverse("roster"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("roster"))
    for number in range(21):
        expert(f"Expert {number:02d}", ("KH", "CN", "LA", "MM", "TH", "VN")[number % 6])
    with django_assert_num_queries(len(one)):
        assert len(names(client)) == 20
    assert len({*names(client), *names(client, page="2")}) == 22


def test_article_five_leads_to_it_and_other_searches_stay(as_: As) -> None:
    text = as_().get(reverse("article", args=[5])).content.decode()
    assert f'<a href="{reverse("roster")}?theme=health">' in text
    assert f'<a href="{reverse("search")}?kind=hospital">' in text


def test_its_text_names_no_theme_before_the_others(as_: As) -> None:
    groups = as_().get(reverse("roster")).context["filters"]
    assert [choice.label for choice in groups[1].choices][1:] == [
        "Cambodia", "China", "Lao PDR", "Myanmar", "Thailand", "Viet Nam"
    ]  # fmt: skip
