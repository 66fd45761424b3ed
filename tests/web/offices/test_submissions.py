"""The country desk: what waits to be published, who may decide, and what the second officer is told."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.kernel.models import User
from corridor.kernel.states import Office, Scope
from corridor.matching.models import Notice, Return, Wording
from corridor.matching.operations import notices
from corridor.matching.states import NoticeState, WordingState
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
QUEUES = [
    "country-desk",
    "country-desk-people",
    "country-desk-organisations",
    "country-desk-reports",
    "country-desk-suspended",
    "country-desk-members",
    "country-desk-settings",
]


def seen(wording: Wording) -> str:
    """What the form says about the text that was read."""
    return f"{wording.number}@{wording.submitted_at.isoformat()}"


def decide(client: Client, wording: Wording, decision: str, **said: str) -> object:
    """Press a button at the desk."""
    data = {"decision": decision, "seen": seen(wording), **said}
    return client.post(reverse("country-desk-submission", args=[wording.pk]), data)


@pytest.mark.parametrize("name", QUEUES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_queue_reads_in_every_language(as_: As, name: str, language: str) -> None:
    make.submitted()
    page = as_(make.head("LA"), language).get(reverse(name))
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


@pytest.mark.parametrize("name", QUEUES)
def test_whoever_sits_at_no_desk_is_refused_with_the_reason(as_: As, name: str) -> None:
    for person in (make.person("LA"), make.member(home="LA"), make.operator()):
        page = as_(person).get(reverse(name))
        assert page.status_code == 403
        assert "for officers and heads" in page.content.decode()


@pytest.mark.parametrize("name", QUEUES)
def test_a_visitor_is_led_to_the_sign_in(as_: As, name: str) -> None:
    page = as_().get(reverse(name))
    assert page.status_code == 302
    assert page["Location"] == f"{reverse('account_login')}?next={reverse(name)}"


def test_another_countrys_desk_is_not_there(as_: As) -> None:
    assert as_(make.officer("KH")).get(reverse("country-desk"), {"country": "LA"}).status_code == 404


def test_another_countrys_submissions_and_drafts_appear_on_no_queue(as_: As) -> None:
    make.notice(title="A draft about dams")
    make.submitted(title="A submission about rice")
    client = as_(make.head("KH"))
    pages = "".join(client.get(reverse(name)).content.decode() for name in QUEUES)
    assert ("A draft about dams" in pages, "A submission about rice" in pages) == (False, False)


def test_ones_own_countrys_drafts_appear_on_no_queue(as_: As) -> None:
    make.notice(title="A draft about dams")
    client = as_(make.head("LA"))
    pages = "".join(client.get(reverse(name)).content.decode() for name in QUEUES)
    assert "A draft about dams" not in pages


def test_submissions_lie_oldest_first_and_late_ones_are_marked(as_: As) -> None:
    newer, older = make.submitted(title="The newer one"), make.submitted(title="The older one")
    Wording.objects.filter(notice=older).update(submitted_at=timezone.now() - datetime.timedelta(days=30))
    text = as_(make.officer("LA")).get(reverse("country-desk")).content.decode()
    assert re.findall(r"The (\w+) one</a>", text) == ["older", "newer"]
    assert text.count('<article class="case late">') == 1
    assert newer.latest.state == WordingState.SUBMITTED


def test_the_queue_asks_the_database_as_often_for_30_texts_as_for_3(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer = make.officer("LA")
    client = as_(officer)
    for _ in range(3):
        make.submitted()
    with django_assert_num_queries(14):
        client.get(reverse("country-desk"))
    for _ in range(27):
        make.submitted()
    with django_assert_num_queries(14):
        client.get(reverse("country-desk"))


def test_an_officer_publishes_right_at_the_desk(as_: As) -> None:
    notice = make.submitted()
    answer = decide(as_(make.officer("LA")), notice.latest, "publish")
    notice.refresh_from_db()
    assert (answer.status_code, notice.state) == (302, NoticeState.PUBLISHED)


def test_an_officer_returns_with_a_reason_that_is_kept(as_: As) -> None:
    notice = make.submitted()
    decide(as_(make.officer("LA")), notice.latest, "return", reason="Say how many tons a day.")
    notice.refresh_from_db()
    assert notice.state == NoticeState.DRAFT
    assert list(Return.objects.values_list("reason", flat=True)) == ["Say how many tons a day."]


def test_returning_without_a_reason_is_refused_and_nothing_happens(as_: As) -> None:
    notice = make.submitted()
    page = decide(as_(make.officer("LA")), notice.latest, "return", reason="  ")
    assert page.status_code == 200
    assert "What you typed is kept" in page.content.decode()
    assert notice.latest.state == WordingState.SUBMITTED


def test_another_countrys_officer_cannot_find_a_submission(as_: As) -> None:
    notice = make.submitted()
    client = as_(make.officer("KH"))
    assert client.get(reverse("country-desk-submission", args=[notice.latest.pk])).status_code == 404
    assert decide(client, notice.latest, "publish").status_code == 404
    assert notice.latest.state == WordingState.SUBMITTED


def test_a_draft_is_not_there_for_its_own_officer_either(as_: As) -> None:
    notice = make.notice()
    assert as_(make.officer("LA")).get(reverse("country-desk-submission", args=[notice.latest.pk])).status_code == 404


def test_the_second_of_two_officers_is_told_who_was_first(as_: As) -> None:
    notice = make.submitted()
    wording = notice.latest
    first, second = make.officer("LA", name="Khampha"), make.officer("LA", name="Bounmy")
    decide(as_(first), wording, "publish")
    client = as_(second)
    answer = decide(client, wording, "return", reason="Too short.")
    text = client.get(answer["Location"]).content.decode()
    assert "Khampha published this text in the meantime. Nothing is left to do." in text
    assert Return.objects.count() == 0


def test_an_officer_who_reads_a_text_that_was_taken_back_is_told_and_sees_no_draft(as_: As) -> None:
    notice = make.submitted(title="Taken back")
    notices.take_back(notice, by=notice.author)
    notices.write(notice, by=notice.author, texts={"title": "A secret draft"})
    client = as_(make.officer("LA"))
    text = client.get(reverse("country-desk-submission", args=[notice.latest.pk]), follow=True).content.decode()
    assert "Its author took this text back in the meantime." in text
    assert "A secret draft" not in text


def test_a_text_that_was_changed_after_it_was_opened_is_not_published_unread(as_: As) -> None:
    notice = make.submitted()
    before = notice.latest
    notices.take_back(notice, by=notice.author)
    notices.write(notice, by=notice.author, texts={"text": "Something quite different that nobody has read yet."})
    notices.submit(notice, by=notice.author)
    page = decide(as_(make.officer("LA")), before, "publish")
    assert "This text was changed after you opened it." in page.content.decode()
    assert notice.latest.state == WordingState.SUBMITTED


def test_a_text_of_somebody_whom_nobody_confirmed_cannot_be_published_yet(as_: As) -> None:
    author, organisation = make.person("LA"), make.organisation()
    make.request(author, of=organisation)
    notice = make.submitted(author, of=organisation)
    client = as_(make.officer("LA"))
    assert "Confirm its author as a member first." in client.get(reverse("country-desk")).content.decode()
    page = decide(client, notice.latest, "publish")
    assert "Confirm its author as a member first." in page.content.decode()
    assert notice.latest.state == WordingState.SUBMITTED


def test_figures_are_counted_from_events_of_this_country_and_month_without_the_sample(as_: As) -> None:
    officer = make.officer("LA")
    for _ in range(2):
        make.published(publisher=officer)
    make.published(of=make.organisation("KH"), publisher=make.officer("KH"))
    Notice.objects.filter(pk=make.published(publisher=officer).pk).update(is_sample=True)
    unloaded = make.officer("LA")
    make.published(publisher=unloaded)
    User.objects.filter(pk=unloaded.pk).update(is_sample=True)
    notices.give_back(make.submitted().latest, by=officer, reason="Too short.")
    page = as_(officer).get(reverse("country-desk"))
    figures = page.context["figures"]
    assert (figures.published, dict(figures.month)["Texts returned"], figures.waiting) == (2, 1, 0)
    assert figures.median != ""


def test_a_person_of_two_desks_chooses_between_them_in_the_order_of_the_six(as_: As) -> None:
    person = make.officer("VN")
    make.grant(person, Office.FOCAL_POINT_OFFICER, over=(Scope.COUNTRY, "KH"), home="KH", by=None, reason="set-up")
    page = as_(person).get(reverse("country-desk"))
    assert page.context["country"].code == "KH"
    assert [choice.label for choice in page.context["countries"]] == ["Cambodia", "Viet Nam"]
