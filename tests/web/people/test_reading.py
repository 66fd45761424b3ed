"""The page of a person and search: what one's readers see, and that it is nothing without consent."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import Profile
from corridor.directory.operations.people import Spoken, withdraw, withdraw_everything
from corridor.directory.operations.roster import join_roster
from corridor.directory.states import CONSENT_VERSION as WORDS
from corridor.directory.states import ProfileField
from corridor.kernel.models import User
from corridor.language.models import Passage
from tests import make, waiting

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
# Each field by a text that stands for it on a page.
TRACES = {
    "name": "Kham Tuayang",
    "home": "Lao PDR</dd>",
    "headline": "Wells without arsenic",
    "expertise": "teach villages how to filter",
    "themes": "/themes/green/",
    "languages": "French",
    "affiliation": "Invented laboratory",
    "website": "https://kham.example",
    "orcid": "0000-0002-1825-0097",
}


def whole(shown: dict[str, str]) -> Profile:
    """Somebody who says something in every field."""
    own = make.organisation("LA", name="Invented laboratory")
    return make.profile(
        make.member(own), name="Kham Tuayang", headline="Wells without arsenic", expertise_language="en", affiliation=own,
        themes=["green"], website="https://kham.example", orcid="0000-0002-1825-0097", shown=shown,
        languages=[Spoken("lo", reads=True, writes=True, speaks=True), Spoken("fr", reads=True)],
    )  # fmt: skip


def at(profile: Profile) -> str:
    """The address of a person."""
    return reverse("person", args=[profile.pk])


def traces(client: Client, profile: Profile) -> set[str]:
    """Which fields stand on the page; without the frame, where themes and the reader's own things stand."""
    response = client.get(at(profile))
    if response.status_code == 404:
        return set()
    text = response.content.decode().split('<main id="main"')[1].split("</main>")[0]
    return {field for field, trace in TRACES.items() if trace in text}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_reads_in_every_language(as_: As, language: str) -> None:
    profile = whole(dict.fromkeys(ProfileField, "public"))
    assert as_(None, language).get(at(profile)).status_code == 200


def test_a_page_of_which_nothing_may_be_read_is_not_there_for_anybody(as_: As) -> None:
    profile = whole({})
    readers = [None, make.person("LA"), make.member(home="LA"), make.officer("LA"), make.operator(), profile.user]
    assert {as_(user).get(at(profile)).status_code for user in readers} == {404}
    assert as_().get(reverse("person", args=["00000000-0000-7000-8000-000000000000"])).status_code == 404


def test_everything_that_everybody_may_read_is_there(as_: As) -> None:
    assert traces(as_(), whole(dict.fromkeys(ProfileField, "public"))) == set(TRACES)


@pytest.mark.parametrize("field", ProfileField)
def test_each_field_stands_there_for_its_readers_alone(as_: As, field: str) -> None:
    profile = whole({field: "members"})
    outside = (None, make.person("LA"), make.operator())
    assert [traces(as_(user), profile) for user in outside] == [set()] * 3
    assert traces(as_(make.member(home="VN")), profile) == {field}


def test_a_page_shows_each_reader_what_is_theirs(as_: As) -> None:
    shown = {"name": "public", "headline": "members", "expertise": "national", "orcid": "six", "website": "team"}
    profile = whole(shown)
    readers = {
        "visitor": None, "member elsewhere": make.member(home="VN"), "member here": make.member(home="LA"),
        "officer elsewhere": make.officer("KH"), "officer here": make.officer("LA"),
        "colleague": make.member(profile.affiliation), "operator": make.operator(),
    }  # fmt: skip
    assert {who: traces(as_(user), profile) for who, user in readers.items()} == {
        "visitor": {"name"},
        "member elsewhere": {"name", "headline"},
        "member here": {"name", "headline", "expertise"},
        "officer elsewhere": {"name", "headline", "orcid"},
        "officer here": {"name", "headline", "expertise", "orcid"},
        "colleague": {"name", "headline", "expertise", "website"},
        "operator": {"name"},
    }


def test_the_address_of_an_account_is_never_on_a_page(as_: As) -> None:
    profile = whole(dict.fromkeys(ProfileField, "public"))
    pages = [at(profile), reverse("roster"), f"{reverse('search')}?kind=person"]
    assert not any(profile.user.email in as_(make.officer("LA")).get(page).content.decode() for page in pages)


def test_no_cache_and_no_search_engine_keeps_a_page_of_a_person(as_: As) -> None:
    response = as_().get(at(whole({"name": "public"})))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, noarchive"
    assert '<meta name="robots" content="noindex, noarchive">' in response.content.decode()


def test_an_orcid_is_a_link_that_says_that_nobody_confirmed_it(as_: As) -> None:
    text = as_().get(at(whole({"orcid": "public"}))).content.decode()
    assert '<a href="https://orcid.org/0000-0002-1825-0097" rel="nofollow noopener">0000-0002-1825-0097</a>' in text
    assert "not confirmed by ORCID" in text


def test_text_of_people_is_never_markup(as_: As) -> None:
    hostile = "<script>alert(1)</script>"
    profile = make.profile(name=hostile, headline=hostile, expertise=hostile, affiliation_text=hostile,
                           shown=dict.fromkeys(("name", "headline", "expertise", "affiliation"), "public"))  # fmt: skip
    join_roster(profile, by=profile.user, theme="health", visibility="public", words=WORDS)
    for page in (at(profile), reverse("roster"), f"{reverse('search')}?kind=person"):
        assert hostile not in as_().get(page).content.decode()
    assert hostile not in as_(profile.user).get(reverse("my-profile")).content.decode()


def test_withdrawing_takes_the_page_away_with_the_next_reading(as_: As) -> None:
    profile, client = whole({"name": "public", "headline": "public"}), as_()
    assert traces(client, profile) == {"name", "headline"}
    withdraw(profile, by=profile.user, field="headline")
    assert traces(client, profile) == {"name"}
    withdraw_everything(profile, by=profile.user)
    assert client.get(at(profile)).status_code == 404


def test_a_closed_account_has_no_page(as_: As) -> None:
    profile = whole({"name": "public"})
    User.objects.filter(pk=profile.user_id).update(is_active=False)
    assert as_(make.officer("LA")).get(at(profile)).status_code == 404


def found(client: Client, question: str = "", **filters: str) -> str:
    """The results of a search, without the frame around them."""
    text = client.get(reverse("search"), {"q": question, **filters}).content.decode()
    return "".join(part.split("</article>")[0] for part in text.split('<article class="result">')[1:])


def test_search_shows_people_with_what_may_be_read_of_them(as_: As) -> None:
    profile = whole({"name": "public", "home": "public", "expertise": "public"})
    waiting.do_all()
    assert "Kham Tuayang" in found(as_(), "arsenic in wells, filter water in villages")  # among everything
    text = found(as_(), "arsenic in wells, filter water in villages", kind="person")
    assert f'href="{at(profile)}"' in text
    assert "Kham Tuayang" in text
    assert "Lao PDR" in text
    assert "Wells without arsenic" not in text
    assert "Invented laboratory" not in text


def test_search_never_shows_people_without_consent(as_: As) -> None:
    profile = whole({})
    waiting.do_all()
    for user in (None, make.member(home="LA"), make.officer("LA"), profile.user):
        assert "Kham" not in found(as_(user), "Kham Tuayang arsenic in wells")
        assert found(as_(user), kind="person") == ""


def test_what_members_may_read_is_found_by_members_and_never_by_the_public(as_: As) -> None:
    profile = whole({"name": "public", "expertise": "members"})
    waiting.do_all()
    question = "teach villages how to filter their water"
    assert "filter" not in found(as_(), question)
    assert f'href="{at(profile)}"' in found(as_(make.member(home="VN")), question)


def test_a_name_that_may_not_be_read_is_not_in_the_results(as_: As) -> None:
    whole({"name": "members", "expertise": "public"})
    waiting.do_all()
    text = found(as_(), "teach villages how to filter their water")
    assert "Name not shown" in text
    assert "Kham" not in text


def test_a_passage_that_was_left_behind_in_the_index_shows_nothing(as_: As) -> None:
    profile = whole({"name": "public", "expertise": "public"})
    waiting.do_all()
    stale = list(Passage.objects.filter(kind="person").values())
    withdraw(profile, by=profile.user, field="expertise")
    Passage.objects.bulk_create([Passage(**row) for row in stale])  # as after a fault
    text = found(as_(), "teach villages how to filter their water", kind="person")
    assert "Kham Tuayang" in text
    assert "villages" not in text.replace("mark>", "")
    withdraw_everything(profile, by=profile.user)
    Passage.objects.bulk_create([Passage(**row) for row in stale])
    assert found(as_(), "teach villages how to filter their water", kind="person") == ""


def test_people_are_listed_by_filters_that_tell_nothing_hidden(as_: As) -> None:
    whole({"name": "public", "home": "members", "themes": "members", "expertise": "members"})
    member = as_(make.member(home="VN"))
    for filters in ({"country": "LA"}, {"theme": "green"}, {"language": "en"}):
        assert found(as_(), kind="person", **filters) == ""
        assert "Kham Tuayang" in found(member, kind="person", **filters)
    assert "Kham Tuayang" in found(as_(), kind="person")


def test_a_list_of_people_takes_as_many_queries_for_ten_as_for_one(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    whole(dict.fromkeys(ProfileField, "public"))
    client, url = as_(), f"{reverse('search')}?kind=person"
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(9):
        make.profile(shown={"name": "public", "headline": "public"})
    with django_assert_num_queries(len(one)):
        assert client.get(url).content.decode().count('<article class="result">') == 10


def test_people_are_in_no_list_of_places_for_programs(as_: As) -> None:
    profile = whole(dict.fromkeys(ProfileField, "public"))
    for part in ("pages", "notices", "organisations"):
        assert str(profile.pk) not in as_().get(f"/sitemap-{part}.xml").content.decode()
