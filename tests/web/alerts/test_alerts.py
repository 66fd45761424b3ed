"""Pages of saved searches, ending letters by one click, and the private calendar."""

import datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from icalendar import Calendar as Sheet

from corridor.kernel.models import Event
from corridor.matching.models import Calendar, SavedSearch
from corridor.matching.operations import notices
from corridor.matching.operations.saved_searches import ending_of
from tests import make
from tests.matching.alerts import QUESTION, came_in, saved

LANGUAGES = [code for code, _ in settings.LANGUAGES]
NEW = "saved-search-new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_in_every_language(as_, language):
    user = make.member()
    search = saved(user)
    came_in()
    browser = as_(user, language)
    for url in (
        reverse("saved-searches"), f"{reverse(NEW)}?q=rice&kind=need", reverse("saved-search", args=[search.pk]),
        reverse("saved-search-removal", args=[search.pk]), reverse("calendar"), reverse("desk"),
    ):  # fmt: skip
        page = browser.get(url)
        assert (page.status_code, f'<html lang="{language}"' in page.content.decode()) == (200, True)


def test_a_search_is_saved_from_its_results_and_finds_what_comes_in(as_):
    user = make.member()
    browser = as_(user)
    results = browser.get(reverse("search"), {"q": QUESTION, "kind": "need", "country": "LA"})
    url = results.context["saving_url"]
    assert url in results.content.decode().replace("&amp;", "&")
    done = browser.post(url, {"rhythm": "daily"})
    search = SavedSearch.objects.get()
    assert done["Location"] == reverse("saved-search", args=[search.pk])
    assert (search.user, search.text, search.rhythm) == (user, QUESTION, "daily")
    assert search.asked == {"q": QUESTION, "kind": "need", "country": "LA"}
    assert search.facets == {"kinds": ["notice"], "directions": ["need"], "countries": ["LA"]}
    notice = came_in()
    page = browser.get(reverse("saved-search", args=[search.pk]))
    assert [row.record for row in page.context["rows"]] == [notice]
    assert [line.new for line in browser.get(reverse("saved-searches")).context["lines"]] == [1]
    assert [hits[0].record_id for _, hits in browser.get(reverse("desk")).context["searches"]] == [notice.pk]
    browser.post(reverse("saved-search-look", args=[search.pk]))
    assert [line.new for line in browser.get(reverse("saved-searches")).context["lines"]] == [0]


def test_a_visitor_is_led_to_the_sign_in_and_back_to_the_search(as_):
    url = f"{reverse(NEW)}?q=rice"
    assert as_().get(url)["Location"].startswith(f"{reverse('account_login')}?next=")
    assert SavedSearch.objects.count() == 0


def test_a_wrong_rhythm_and_a_search_without_words_are_told_at_the_form(as_):
    browser = as_(make.member())
    wrong = browser.post(f"{reverse(NEW)}?q=rice", {"rhythm": "hourly"})
    wordless = browser.post(f"{reverse(NEW)}?q=%3F%21", {"rhythm": "daily"})
    assert ([*wrong.context["form"].errors], [*wordless.context["form"].errors]) == (["rhythm"], ["__all__"])
    assert SavedSearch.objects.count() == 0


@pytest.mark.parametrize("name", ["saved-search", "saved-search-look", "saved-search-removal"])
def test_the_saved_search_of_another_person_does_not_exist(as_, name):
    search = saved(make.member())
    browser = as_(make.officer())
    before = Event.objects.count()
    assert browser.post(reverse(name, args=[search.pk]), {"rhythm": "never"}).status_code == 404
    search.refresh_from_db()
    assert (search.rhythm, Event.objects.count()) == ("daily", before)


def test_a_saved_search_is_removed_after_its_page_said_what_goes(as_):
    user = make.member()
    search = saved(user)
    url = reverse("saved-search-removal", args=[search.pk])
    assert (as_(user).get(url).status_code, SavedSearch.objects.count()) == (200, 1)
    as_(user).post(url)
    assert SavedSearch.objects.count() == 0


def test_the_list_takes_the_same_number_of_queries_for_one_search_and_for_many(as_, django_assert_num_queries):
    user = make.member()
    saved(user)
    came_in()
    browser = as_(user)
    browser.get(reverse("saved-searches"))
    with django_assert_num_queries(8):
        browser.get(reverse("saved-searches"))
    for number in range(5):
        saved(user, f"{QUESTION} {number}")
    came_in()
    with django_assert_num_queries(8):
        browser.get(reverse("saved-searches"))


def test_one_click_of_a_mail_program_ends_all_letters_without_signing_in_and_without_a_token_of_the_page(settings):
    user = make.member()
    saved(user)
    other = saved(make.member(), rhythm="weekly")
    strict = Client(enforce_csrf_checks=True)
    url = reverse("letters-end", args=[ending_of(user)])
    assert (strict.get(url).status_code, SavedSearch.objects.get(user=user).rhythm) == (200, "daily")
    answers = [strict.post(url, {"List-Unsubscribe": "One-Click"}).status_code for _ in range(2)]
    other.refresh_from_db()
    assert (answers, SavedSearch.objects.get(user=user).rhythm, other.rhythm) == ([200, 200], "never", "weekly")


@pytest.mark.parametrize(("picked", "spoken"), [("", "km"), ("vi", "vi"), ("nonsense", "km")])
def test_the_page_that_ends_letters_is_in_their_language_unless_another_was_picked_on_the_device(picked, spoken):
    user = make.member(language="km")
    saved(user)
    browser = Client(headers={"Accept-Language": "en"})
    browser.cookies["django_language"] = picked
    url = reverse("letters-end", args=[ending_of(user)])
    for answer in (browser.get(url), browser.post(url)):
        assert f'<html lang="{spoken}"' in answer.content.decode()
        assert answer.headers["Content-Language"] == spoken


def test_an_address_that_was_not_made_here_ends_nothing():
    user = make.member()
    saved(user)
    url = reverse("letters-end", args=[ending_of(user)[:-2] + "xx"])
    assert (Client().post(url).status_code, SavedSearch.objects.get().rhythm) == (404, "daily")


def test_a_private_calendar_holds_the_last_days_that_everybody_may_read(as_):
    own = make.organisation("LA")
    user = make.member(own)
    browser = as_(user)
    notice = make.published(
        user, of=own, title="Dryer; with, signs", valid_until=make.today() + datetime.timedelta(days=9)
    )
    make.published(user, of=own, visibility="members")
    browser.post(reverse("calendar"))
    address = browser.get(reverse("calendar")).context["address"]
    answer = Client().get(address.removeprefix(settings.SITE_URL))
    (event,) = Sheet.from_ical(answer.content).walk("VEVENT")
    assert (answer["Content-Type"], event["SUMMARY"]) == (
        "text/calendar; charset=utf-8",
        "Last day: Dryer; with, signs",
    )
    assert event["DTSTART"].dt == notice.valid_until
    assert event["URL"] == f"{settings.SITE_URL}{reverse('notice', args=[notice.pk])}"
    same = Client().get(address.removeprefix(settings.SITE_URL), headers={"If-None-Match": answer["ETag"]})
    assert same.status_code == 304


def test_a_calendar_has_what_saved_searches_found_and_what_one_watches(as_):
    user = make.member(home="VN")
    saved(user)
    found = came_in()
    own = make.organisation("VN")
    mine = make.published(make.member(own), of=own, title="Mine")
    notices.watch(mine, by=mine.author)
    assert [n.pk for n in as_(user).get(reverse("calendar")).context["notices"]] == [found.pk]
    assert [n.pk for n in as_(mine.author).get(reverse("calendar")).context["notices"]] == [mine.pk]


def test_a_closed_address_stays_closed_and_the_next_one_is_another(as_):
    browser = as_(make.member())
    browser.post(reverse("calendar"))
    first = browser.get(reverse("calendar")).context["address"].removeprefix(settings.SITE_URL)
    browser.post(reverse("calendar"), {"deed": "close"})
    browser.post(reverse("calendar"))
    second = browser.get(reverse("calendar")).context["address"].removeprefix(settings.SITE_URL)
    assert [Client().get(url).status_code for url in (first, second)] == [404, 200]


def test_a_guessed_address_of_a_calendar_does_not_exist():
    calendar = Calendar.objects.create(user=make.member())
    assert Client().get(reverse("calendar-feed", args=[f"{calendar.pk.hex}:guessed"])).status_code == 404
