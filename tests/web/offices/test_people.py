"""The country desk vouches for people, verifies organisations, and knows who holds which office."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from corridor.directory.models import Country, Verification, Vouching, WithdrawnVerification
from corridor.directory.states import RequestState
from corridor.kernel.models import Audience, Grant
from corridor.kernel.states import Office
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def answer(client: Client, asked: object, decision: str, **said: str) -> object:
    """Press a button beside a request."""
    return client.post(reverse("country-desk-person", args=[asked.pk]), {"decision": decision, **said})


def test_an_officer_confirms_somebody_with_a_reason(as_: As) -> None:
    asked = make.request(make.person("LA"), of=make.organisation())
    answer(as_(make.officer("LA")), asked, "confirm", reason="We met in Pakse.")
    asked.refresh_from_db()
    assert (asked.state, asked.vouching.reason) == (RequestState.CONFIRMED, "We met in Pakse.")
    assert list(Grant.objects.filter(user=asked.user).values_list("office", flat=True)) == [Office.MEMBER]


def test_an_officer_makes_somebody_the_manager(as_: As) -> None:
    asked = make.request(make.person("LA"), of=make.organisation())
    answer(as_(make.officer("LA")), asked, "confirm", reason="Letter seen.", as_manager="on")
    assert list(Grant.objects.filter(user=asked.user).values_list("office", flat=True)) == [Office.ORGANISATION_MANAGER]


def test_declining_needs_a_reason_and_keeps_what_was_typed(as_: As) -> None:
    asked = make.request(make.person("LA"), of=make.organisation())
    page = answer(as_(make.officer("LA")), asked, "decline", reason="", as_manager="on")
    assert page.status_code == 200
    assert page.context["item"].form["as_manager"].value() is True
    assert Vouching.objects.count() == 0


def test_another_countrys_officer_finds_nobody(as_: As) -> None:
    asked = make.request(make.person("LA", name="Somphone"), of=make.organisation())
    client = as_(make.officer("VN"))
    assert answer(client, asked, "confirm", reason="I know them.").status_code == 404
    assert "Somphone" not in client.get(reverse("country-desk-people")).content.decode()


def test_the_second_officer_is_told_who_answered(as_: As) -> None:
    asked = make.request(make.person("LA"))
    answer(as_(make.officer("LA", name="Khampha")), asked, "confirm", reason="I know them.")
    client = as_(make.officer("LA"))
    page = client.get(answer(client, asked, "decline", reason="Unknown.")["Location"])
    assert "Khampha confirmed this person in the meantime." in page.content.decode()
    assert Vouching.objects.count() == 1


def test_the_mail_domain_stands_beside_the_web_domain_and_the_address_stays_hidden(as_: As) -> None:
    organisation = make.organisation(website="https://www.nuol.example.la/en")
    make.request(make.person("LA", email="kham@eng.nuol.example.la"), of=organisation)
    make.request(make.person("LA", email="kham@mail.example"), of=organisation)
    page = as_(make.officer("LA")).get(reverse("country-desk-people"))
    assert [item.is_same_domain for item in page.context["people"]] == [True, False]
    assert "kham@" not in page.content.decode()


def test_the_queue_of_people_asks_as_often_for_20_as_for_3(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(make.officer("LA"))
    for _ in range(3):
        make.request(make.person("LA"), of=make.organisation())
    with django_assert_num_queries(9):
        client.get(reverse("country-desk-people"))
    for _ in range(17):
        make.request(make.person("LA"), of=make.organisation())
    with django_assert_num_queries(9):
        client.get(reverse("country-desk-people"))


def test_organisations_with_work_waiting_come_first_and_drafts_count_for_nothing(as_: As) -> None:
    quiet, drafted, asked_for = (make.organisation(name=name) for name in ("Quiet", "Drafted", "Asked for"))
    make.notice(of=drafted)
    make.request(make.person("LA"), of=asked_for)
    make.organisation("KH", name="Elsewhere")
    make.organisation(name="Verified", is_verified=True)
    page = as_(make.officer("LA")).get(reverse("country-desk-organisations"))
    assert [found.name for found in page.context["organisations"]] == ["Asked for", "Drafted", "Quiet"]
    assert [found.open_notices + found.submissions for found in page.context["organisations"]] == [0, 0, 0]
    assert quiet.home == "LA"


def test_the_list_of_organisations_asks_as_often_for_60_as_for_3(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(make.officer("LA"))
    for _ in range(3):
        make.organisation()
    with django_assert_num_queries(7):
        client.get(reverse("country-desk-organisations"))
    for _ in range(57):
        make.organisation()
    with django_assert_num_queries(7):
        client.get(reverse("country-desk-organisations"))


def test_an_officer_verifies_an_organisation_once_and_with_a_reason(as_: As) -> None:
    organisation = make.organisation()
    client, url = as_(make.officer("LA")), reverse("country-desk-verification", args=[organisation.pk])
    assert client.post(url, {"reason": ""}).status_code == 200
    assert Verification.objects.count() == 0
    client.post(url, {"reason": "Register number seen."})
    page = client.post(url, {"reason": "Seen again."})
    assert "This organisation is verified already." in page.content.decode()
    assert list(Verification.objects.values_list("reason", flat=True)) == ["Register number seen."]


def test_an_officer_withdraws_a_verification_with_a_reason_that_is_kept(as_: As) -> None:
    organisation = make.organisation(is_verified=True)
    given = organisation.verification
    client = as_(officer := make.officer("LA"))
    url = reverse("country-desk-verification-withdrawal", args=[organisation.pk])
    assert url in client.get(reverse("organisation", args=[organisation.pk])).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 200
    assert Verification.objects.count() == 1
    client.post(url, {"reason": "Its licence ended."})
    kept = WithdrawnVerification.objects.values_list("reason", "withdrawn_by", "verified_reason", "verified_at")
    assert list(kept) == [("Its licence ended.", officer.pk, given.reason, given.created_at)]
    assert Verification.objects.count() == 0
    page = client.post(url, {"reason": "Once more."})
    assert "This organisation is not verified." in page.content.decode()
    assert WithdrawnVerification.objects.count() == 1


def test_another_countrys_verification_is_not_there_to_withdraw(as_: As) -> None:
    organisation = make.organisation("LA", is_verified=True)
    url = reverse("country-desk-verification-withdrawal", args=[organisation.pk])
    assert as_(make.officer("TH")).post(url, {"reason": "I do not like it."}).status_code == 404
    assert (Verification.objects.count(), WithdrawnVerification.objects.count()) == (1, 0)


def test_another_countrys_organisation_cannot_be_verified(as_: As) -> None:
    organisation = make.organisation("LA")
    url = reverse("country-desk-verification", args=[organisation.pk])
    assert as_(make.officer("TH")).post(url, {"reason": "I like it."}).status_code == 404
    assert Verification.objects.count() == 0


def test_an_officer_ends_a_membership_but_not_another_officers_office(as_: As) -> None:
    client = as_(make.officer("LA"))
    member, colleague = make.member(home="LA"), make.officer("LA")
    client.post(reverse("country-desk-ending", args=[member.grants.get().pk]))
    refused = client.post(reverse("country-desk-ending", args=[colleague.grants.get().pk]))
    assert refused.status_code == 403
    assert (Audience.of(member).is_member, Audience.of(colleague).offices_of) == (False, ("LA",))


def test_another_countrys_membership_is_not_there_to_end(as_: As) -> None:
    member = make.member(home="LA")
    assert as_(make.head("KH")).post(reverse("country-desk-ending", args=[member.grants.get().pk])).status_code == 404
    assert Audience.of(member).is_member


def test_members_are_listed_with_dates_and_without_addresses(as_: As) -> None:
    make.member(home="LA", name="Somphone", email="somphone@mail.example")
    text = as_(make.officer("LA")).get(reverse("country-desk-members")).content.decode()
    assert ("Somphone" in text, "somphone@mail.example" in text) == (True, False)


def test_the_list_of_members_asks_as_often_for_40_as_for_3(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(make.officer("LA"))
    for _ in range(2):
        make.member(make.organisation())
    with django_assert_num_queries(8):
        client.get(reverse("country-desk-members"))
    for _ in range(38):
        make.member(make.organisation())
    with django_assert_num_queries(8):
        client.get(reverse("country-desk-members"))


def test_the_head_lets_verified_organisations_publish_and_an_officer_does_not(as_: As) -> None:
    url = reverse("country-desk-settings")
    refused = as_(make.officer("LA")).post(url, {"themselves": "yes"})
    assert (refused.status_code, Country.objects.get(pk="LA").verified_publish_themselves) == (403, False)
    as_(make.head("LA")).post(url, {"themselves": "yes"})
    assert Country.objects.filter(verified_publish_themselves=True).count() == 1
    assert Country.objects.get(pk="LA").verified_publish_themselves


def test_the_head_lets_a_machine_translate_and_an_officer_does_not(as_: As) -> None:
    url = reverse("country-desk-machine")
    refused = as_(make.officer("LA")).post(url, {"allows": "yes"})
    assert (refused.status_code, Country.objects.filter(allows_machine_translation=True).count()) == (403, 0)
    client = as_(make.head("LA"))
    assert client.post(f"{url}?country=VN", {"allows": "yes"}).status_code == 404
    assert "This field is required." in client.post(url, {"allows": ""}).content.decode()
    assert Country.objects.filter(allows_machine_translation=True).count() == 0
    client.post(url, {"allows": "yes"})
    assert [country.pk for country in Country.objects.filter(allows_machine_translation=True)] == ["LA"]
    client.post(url, {"allows": "no"})
    assert Country.objects.filter(allows_machine_translation=True).count() == 0


def test_the_head_sees_where_texts_would_go(as_: As, settings: Settings) -> None:
    client = as_(make.head("LA"))
    assert "This installation has no machine now." in client.get(reverse("country-desk-settings")).content.decode()
    url = "https://user:secret@translate.example.org:5000"
    settings.TRANSLATION = {**settings.TRANSLATION, "engine": "libretranslate", "url": url, "key": "secret"}
    page = client.get(reverse("country-desk-settings")).content.decode()
    assert ("stands at translate.example.org." in page, "secret" in page) == (True, False)


def test_the_head_appoints_a_confirmed_member_of_the_country(as_: As) -> None:
    member = make.member(home="LA", email="kham@mail.example")
    said = {"office": "focal_point_officer", "email": "KHAM@mail.example", "reason": "Decree seen."}
    as_(make.head("LA")).post(reverse("country-desk-appointment"), said)
    assert (Audience.of(member).offices_of, len(Audience.of(member).resting)) == ((), 1)
    assert Audience.of(make.second_factor(member)).offices_of == ("LA",)


@pytest.mark.parametrize("home", ["KH", ""])
def test_nobody_else_becomes_an_officer_and_what_was_typed_stays(as_: As, home: str) -> None:
    person = make.member(home="KH", email="kham@mail.example") if home else make.person("LA", email="kham@mail.example")
    said = {"office": "focal_point_officer", "email": "kham@mail.example", "reason": "Decree seen."}
    page = as_(make.head("LA")).post(reverse("country-desk-appointment"), said)
    assert "No confirmed member of this country signs in with this address." in page.content.decode()
    assert "Decree seen." in page.content.decode()
    assert Audience.of(person).offices_of == ()


def test_an_officer_appoints_nobody(as_: As) -> None:
    member = make.member(home="LA", email="kham@mail.example")
    said = {"office": "focal_point_officer", "email": "kham@mail.example", "reason": "Decree seen."}
    assert as_(make.officer("LA")).post(reverse("country-desk-appointment"), said).status_code == 403
    assert Audience.of(member).offices_of == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_single_cases_read_in_every_language(as_: As, language: str) -> None:
    client = as_(make.head("LA"), language)
    asked, organisation = make.request(make.person("LA"), of=make.organisation()), make.organisation()
    member, wording = make.member(home="LA"), make.submitted().latest
    pages = [
        reverse("country-desk-person", args=[asked.pk]),
        reverse("country-desk-verification", args=[organisation.pk]),
        reverse("country-desk-ending", args=[member.grants.get().pk]),
        reverse("country-desk-submission", args=[wording.pk]),
    ]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200, 200]
