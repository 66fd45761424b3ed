"""Suspending an organisation at the country desk: what the officer reads and presses, and that nobody else does."""

import datetime
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import Organisation, OrganisationSuspension
from corridor.directory.operations.suspensions import lift_suspension, object_to, suspend_organisation
from corridor.matching.models import Wording
from corridor.web.waiting import offices, waiting_for
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
WHY = "Several people were asked for money in its name."


def url(organisation: Organisation) -> str:
    """Where it is decided on."""
    return reverse("country-desk-suspension", args=[organisation.pk])


def test_an_officer_suspends_with_a_reason_reads_the_answer_and_lifts(as_: As) -> None:
    organisation, officer = make.organisation("LA"), make.officer("LA")
    own, client = make.member(organisation), as_(officer)
    assert url(organisation) in client.get(reverse("organisation", args=[organisation.pk])).content.decode()
    empty = client.post(url(organisation), {"decision": "suspend", "reason": ""})
    assert (empty.status_code, OrganisationSuspension.objects.count()) == (400, 0)
    assert client.post(url(organisation), {"decision": "suspend", "reason": WHY}).status_code == 302
    made = OrganisationSuspension.objects.get()
    assert (made.reason, made.suspended_by) == (WHY, officer)
    object_to(made, by=own, text="It was somebody else.")
    queue = client.get(reverse("country-desk-suspended")).content.decode()
    assert (WHY in queue, "The organisation has answered." in queue) == (True, True)
    assert "the officers of your country&#x27;s focal point read it" in empty.content.decode()
    shown = client.get(url(organisation)).content.decode()
    assert (WHY in shown, "It was somebody else." in shown) == (True, True)
    assert client.post(url(organisation), {"decision": "lift"}).status_code == 302
    assert Organisation.objects.get(pk=organisation.pk).acts
    later = client.get(url(organisation)).content.decode()
    assert (WHY in later, "It was somebody else." in later, "lifted by" in later) == (True, True, True)


def test_for_nobody_else_it_is_there(as_: As) -> None:
    organisation = make.organisation("LA")
    ended = make.officer("LA")
    make.end(ended)
    bare = make.officer("LA")
    bare.authenticator_set.all().delete()  # type: ignore[attr-defined]
    others = [make.officer("TH"), make.operator(), make.member(organisation), make.manager(organisation), ended, bare]
    answers = [as_(one).post(url(organisation), {"decision": "suspend", "reason": WHY}).status_code for one in others]
    assert answers == [404, 403, 403, 403, 403, 403]
    assert as_().post(url(organisation), {"decision": "suspend", "reason": WHY}).status_code == 403
    assert OrganisationSuspension.objects.count() == 0
    for one in (*others, None):
        page = as_(one).get(reverse("organisation", args=[organisation.pk])).content.decode()
        assert url(organisation) not in page


def test_an_answer_is_counted_on_the_tab_and_in_what_waits_until_it_is_lifted(as_: As) -> None:
    organisation, officer = make.organisation("LA"), make.officer("LA")
    own = make.member(organisation)
    against = suspend_organisation(organisation, by=make.officer("LA"), reason=WHY)
    assert offices(officer)[0].objections == 0
    tabs = as_(officer).get(reverse("country-desk")).context["tabs"]
    assert [tab.count for tab in tabs if "suspended" in tab.url] == [
        None
    ]  # a nought beside "Suspended" would say that none is
    object_to(against, by=own, text="It was somebody else.")
    assert offices(officer)[0].objections == 1
    assert [one.objections for one in offices(make.officer("TH"))] == [0]
    waits = [(one.label, one.count) for one in waiting_for(officer)]
    assert ("Suspended", 1) in waits
    tabs = as_(officer).get(reverse("country-desk")).context["tabs"]
    assert [tab.count for tab in tabs if "suspended" in tab.url] == [1]
    lift_suspension(Organisation.objects.get(pk=organisation.pk), by=officer)
    assert offices(officer)[0].objections == 0


def test_texts_of_a_suspended_organisation_are_listed_apart_and_are_not_late(as_: As) -> None:
    notice, officer = make.submitted(), make.officer("LA")
    Wording.objects.update(submitted_at=timezone.now() - datetime.timedelta(days=60))
    client = as_(officer)
    assert (offices(officer)[0].submissions, offices(officer)[0].is_late) == (1, True)
    suspend_organisation(notice.organisation, by=officer, reason=WHY)
    desk = offices(officer)[0]
    assert (desk.submissions, desk.oldest, desk.is_late) == (0, None, False)
    context = client.get(reverse("country-desk")).context
    assert (context["figures"].waiting, context["figures"].late, context["submissions"]) == (0, 0, [])
    assert [(item.wording.notice_id, item.is_late) for item in context["resting"]] == [(notice.pk, False)]
    lift_suspension(Organisation.objects.get(pk=notice.organisation_id), by=officer)
    context = client.get(reverse("country-desk")).context
    assert (context["figures"].late, len(context["submissions"]), context["resting"]) == (1, 1, [])


def test_who_comes_second_is_told_and_nothing_typed_is_lost(as_: As) -> None:
    organisation, client = make.organisation("LA"), as_(make.officer("LA"))
    suspend_organisation(organisation, by=make.officer("LA"), reason="The first reason.")
    late = client.post(url(organisation), {"decision": "suspend", "reason": WHY})
    assert (late.status_code, "This organisation is suspended already." in late.content.decode()) == (400, True)
    lift_suspension(organisation, by=make.officer("LA"))
    late = client.post(url(organisation), {"decision": "lift"})
    assert (late.status_code, "This organisation is not suspended." in late.content.decode()) == (400, True)
    assert OrganisationSuspension.objects.count() == 1


def test_the_queue_asks_as_often_for_15_as_for_3(as_: As, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client, officer = as_(make.officer("LA")), make.officer("LA")

    def more(number: int) -> None:
        for _ in range(number):
            suspend_organisation(make.organisation("LA"), by=officer, reason=WHY)

    more(3)
    client.get(reverse("country-desk-suspended"))
    with django_assert_num_queries(7):
        client.get(reverse("country-desk-suspended"))
    more(12)
    with django_assert_num_queries(7):
        client.get(reverse("country-desk-suspended"))


def test_the_queue_shows_one_country_only(as_: As) -> None:
    own, other = make.organisation("LA"), make.organisation("TH")
    for one in (own, other):
        suspend_organisation(one, by=make.officer(one.home), reason=WHY)
    text = as_(make.officer("LA")).get(reverse("country-desk-suspended")).content.decode()
    assert (own.name in text, other.name in text) == (True, False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_pages_read_in_every_language(as_: As, language: str) -> None:
    organisation, client = make.organisation("LA"), as_(make.officer("LA"), language)
    assert client.get(url(organisation)).status_code == 200
    suspend_organisation(organisation, by=make.officer("LA"), reason=WHY)
    assert [client.get(one).status_code for one in (url(organisation), reverse("country-desk-suspended"))] == [200, 200]
