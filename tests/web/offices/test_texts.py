"""Reported and suspended texts at the country desk."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.kernel.models import Event
from corridor.matching.models import Notice, Report
from corridor.matching.operations import notices
from corridor.matching.states import NoticeState
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def reported(**fields: object) -> Notice:
    """A public text about which a reader said something."""
    notice = make.published(**fields)
    notices.report(notice, by=None, reason="false", remark="The dryer does not exist.")
    return notice


def press(client: Client, notice: Notice, decision: str, **said: str) -> object:
    """Press a button beside a reported text."""
    return client.post(reverse("country-desk-reported", args=[notice.pk]), {"decision": decision, **said})


def test_a_reported_text_may_stand_and_the_report_is_closed(as_: As) -> None:
    notice, officer = reported(), make.officer("LA")
    press(as_(officer), notice, "stands")
    notice.refresh_from_db()
    assert (notice.state, Report.objects.get().answered_by) == (NoticeState.PUBLISHED, officer)


def test_a_reported_text_is_suspended_with_a_reason(as_: As) -> None:
    notice = reported()
    client = as_(make.officer("LA"))
    assert press(client, notice, "suspend", reason="").status_code == 200
    press(client, notice, "suspend", reason="The maker does not exist.")
    notice.refresh_from_db()
    assert notice.state == NoticeState.SUSPENDED
    assert "The maker does not exist." in client.get(reverse("country-desk-suspended")).content.decode()
    assert press(client, notice, "stands").status_code == 302


def test_a_suspended_text_is_put_back_once(as_: As) -> None:
    notice, officer = make.published(), make.officer("LA")
    notices.suspend(notice, by=officer, reason="To be checked.")
    client, url = as_(officer), reverse("country-desk-lifting", args=[notice.pk])
    client.post(url)
    text = client.post(url, follow=True).content.decode()
    notice.refresh_from_db()
    assert notice.state == NoticeState.PUBLISHED
    assert "This notice is not suspended." in text
    assert Event.objects.filter(verb="notice.published", subject_id=str(notice.pk)).count() == 2


def test_another_countrys_reports_and_suspensions_are_not_there(as_: As) -> None:
    notice = reported(title="Reported in Lao PDR")
    hidden = make.published(title="Suspended in Lao PDR")
    notices.suspend(hidden, by=make.officer("LA"), reason="To be checked.")
    client = as_(make.head("MM"))
    assert press(client, notice, "stands").status_code == 404
    assert client.post(reverse("country-desk-lifting", args=[hidden.pk])).status_code == 404
    pages = [client.get(reverse(f"country-desk-{name}")).content.decode() for name in ("reports", "suspended")]
    assert ["in Lao PDR" in page for page in pages] == [False, False]
    assert Report.objects.get().answered_at is None


def test_a_draft_cannot_be_reached_as_a_reported_or_suspended_text(as_: As) -> None:
    draft = make.notice()
    client = as_(make.officer("LA"))
    assert press(client, draft, "stands").status_code == 404
    assert client.post(reverse("country-desk-lifting", args=[draft.pk])).status_code == 404


@pytest.mark.parametrize(("name", "queries"), [("country-desk-reports", 8), ("country-desk-suspended", 9)])
def test_both_queues_ask_as_often_for_15_as_for_3(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries, name: str, queries: int
) -> None:
    officer = make.officer("LA")
    client = as_(officer)

    def more(number: int) -> None:
        for _ in range(number):
            reported(publisher=officer)
            notices.suspend(make.published(publisher=officer), by=officer, reason="To be checked.")

    more(3)
    with django_assert_num_queries(queries):
        client.get(reverse(name))
    more(12)
    with django_assert_num_queries(queries):
        client.get(reverse(name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_queues_and_a_single_report_read_in_every_language(as_: As, language: str) -> None:
    notice, officer = reported(), make.officer("LA")
    notices.suspend(make.published(publisher=officer), by=officer, reason="To be checked.")
    client = as_(officer, language)
    urls = [
        reverse("country-desk-reports"),
        reverse("country-desk-suspended"),
        reverse("country-desk-reported", args=[notice.pk]),
    ]
    assert [client.get(url).status_code for url in urls] == [200, 200, 200]
