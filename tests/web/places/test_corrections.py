"""Telling what is wrong in an entry, and answering it, on pages."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import Correction, CorrectionAnswer
from corridor.directory.operations.corrections import suggest_correction
from tests import make

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
SAID = {"aspect": "place", "text": "It is in Vang Vieng.", "source": ""}


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """No test inherits what another counted."""
    cache.clear()


def test_a_reader_without_an_account_tells_what_is_wrong(client: Client) -> None:
    organisation = make.organisation()
    answer = client.post(reverse("organisation-correction", args=[organisation.pk]), SAID)
    assert answer["Location"] == reverse("organisation", args=[organisation.pk])
    kept = Correction.objects.get()
    assert (kept.organisation, kept.aspect, kept.text, kept.said_by) == (organisation, "place", SAID["text"], None)


def test_bad_input_is_told_at_its_field_and_what_was_typed_stays(client: Client) -> None:
    organisation = make.organisation()
    said = {"aspect": "", "text": "ມັນຍ້າຍແລ້ວ", "source": "javascript:alert(1)"}
    answer = client.post(reverse("organisation-correction", args=[organisation.pk]), said)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (400, ["aspect", "source"])
    assert "ມັນຍ້າຍແລ້ວ" in answer.content.decode()
    assert not Correction.objects.exists()


def test_one_address_tells_ten_times_an_hour(client: Client) -> None:
    url = reverse("organisation-correction", args=[make.organisation().pk])
    answers = [client.post(url, SAID).status_code for _ in range(11)]
    assert answers == [*[302] * 10, 400]
    assert Correction.objects.count() == 10


def test_the_manager_reads_and_answers_on_one_page(as_: As) -> None:
    organisation = make.organisation()
    correction = suggest_correction(organisation, by=None, aspect="place", text="<b>In</b> Vang Vieng")
    client = as_(make.manager(organisation))
    shown = client.get(reverse("organisation-corrections", args=[organisation.pk])).content.decode()
    assert "&lt;b&gt;In&lt;/b&gt; Vang Vieng" in shown
    client.post(
        reverse("correction-answer", args=[correction.pk]), {"decision": "taken_up", "reason": "Moved last year."}
    )
    assert (correction.answer.is_taken_up, correction.answer.reason) == (True, "Moved last year.")


def test_an_answer_needs_a_reason(as_: As) -> None:
    correction = suggest_correction(make.organisation(), by=None, aspect="place", text="In Vang Vieng")
    client = as_(make.officer("LA"))
    answer = client.post(reverse("correction-answer", args=[correction.pk]), {"decision": "left", "reason": " "})
    assert answer.status_code == 400
    assert not CorrectionAnswer.objects.exists()


@pytest.mark.parametrize("home", ["KH", "CN", "MM", "TH", "VN"])
def test_other_countries_officers_read_and_answer_nothing(as_: As, home: str) -> None:
    correction = suggest_correction(make.organisation(), by=None, aspect="place", text="In Vang Vieng")
    client = as_(make.officer(home))
    read = client.get(reverse("organisation-corrections", args=[correction.organisation_id]))
    answered = client.post(reverse("correction-answer", args=[correction.pk]), {"decision": "left", "reason": "No."})
    assert (read.status_code, answered.status_code) == (403, 403)
    assert "Vang Vieng" not in client.get(reverse("country-desk-corrections")).content.decode()
    assert not CorrectionAnswer.objects.exists()


def test_the_desk_lists_them_in_the_same_number_of_queries(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(make.officer("LA"))
    url = reverse("country-desk-corrections")
    suggest_correction(make.organisation(), by=None, aspect="place", text="In Vang Vieng")
    client.get(url)
    with django_assert_num_queries(7) as few:
        client.get(url)
    for _ in range(5):
        suggest_correction(make.organisation(), by=make.person("VN"), aspect="name", text="Another name")
    with django_assert_num_queries(len(few)):
        shown = client.get(url).content.decode()
    assert shown.count("Another name") == 5


def test_a_claim_is_told_of_on_the_desk_with_who_looks_after_it_already(as_: As) -> None:
    organisation = make.organisation()
    make.manager(organisation)
    asked = make.request(make.person("LA"), of=organisation)
    client = as_(make.officer("LA"))
    assert "claims the entry" not in client.get(reverse("country-desk-people")).content.decode()
    asked.is_claim = True
    asked.save()
    shown = client.get(reverse("country-desk-people")).content.decode()
    assert "This person claims the entry" in shown
    assert "1 person looks after it already." in shown


def test_claiming_from_an_organisations_page_fills_the_form(as_: As) -> None:
    organisation = make.organisation()
    shown = as_(make.person("LA")).get(reverse("membership") + f"?organisation={organisation.pk}&claim=yes")
    assert shown.context["form"].initial["is_claim"] is True
